"""What gives a group away without saying how it writes: passages that recur, names of outlets and of authors."""

from __future__ import annotations

import numpy as np
import polars as pl

_COLUMNS = {"doc_id": pl.String, "tok": pl.UInt32, "passage": pl.String, "documents": pl.UInt32}


def recurring(
    content: pl.DataFrame, groups: pl.DataFrame | None = None, *, size: int = 8, minimum: int = 5
) -> pl.DataFrame:
    """One row a token in a passage that recurs: `doc_id`, `tok`, `passage` (its first lemmas), `documents` with it.

    A passage is `size` content lemmas in a row (`content` has `doc_id, tok, lemma`) that stand in at least `minimum`
    documents: pleas to subscribe, credits, a column's standing head. Near-duplicates count once where their `groups`
    (`doc_id, group`) are given. Where passages overlap, the first one to begin names the token. No group label is
    looked at.
    """
    rows = content.select(pl.col("doc_id").cast(pl.String), "tok", pl.col("lemma").str.to_lowercase())
    rows = rows.sort("doc_id", "tok")
    grams = [pl.col("lemma").shift(-step).over("doc_id") for step in range(size)]
    code = rows["lemma"].rank("dense").to_numpy().astype(np.uint64)
    hashed = np.zeros(len(code), np.uint64)
    for step in range(size):  # overflow wraps around: arithmetic modulo 2⁶⁴
        hashed = hashed * np.uint64(0x9E3779B97F4A7C15) + np.roll(code, -step)
    whole = rows.select((pl.len().over("doc_id") - pl.int_range(pl.len()).over("doc_id")) >= size).to_series()
    unit = rows.select("doc_id")
    if groups is not None:
        named = groups.select(pl.col("doc_id").cast(pl.String), "group")
        unit = unit.join(named, on="doc_id", how="left", maintain_order="left")
        unit = unit.select(pl.coalesce("group", "doc_id"))
    starts = rows.select(
        "doc_id", "tok",
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
        unit.to_series().alias("unit"),
        pl.Series("gram", hashed),
        pl.concat_str(grams, separator=" ").alias("passage"),
    ).filter(whole)  # fmt: skip
    held = starts.group_by("gram").agg(pl.col("unit").n_unique().cast(pl.UInt32).alias("documents"))
    starts = starts.join(held.filter(pl.col("documents") >= minimum), on="gram").sort("row")
    if starts.is_empty():
        return pl.DataFrame(schema=_COLUMNS)
    covered = starts.select("row", "documents", "passage").with_columns(
        pl.int_ranges(pl.col("row"), pl.col("row") + size).alias("covered")
    )
    # a passage goes on as long as its n-grams overlap; its first n-gram names all of it
    begins = (pl.col("row").diff().fill_null(size) >= size).cum_sum()
    covered = covered.with_columns(pl.col("passage").first().over(begins), pl.col("documents").max().over(begins))
    tokens = covered.explode("covered").unique("covered", keep="first").sort("covered")
    return rows[tokens["covered"]].select(
        "doc_id", pl.col("tok").cast(pl.UInt32), tokens["passage"], tokens["documents"]
    )
