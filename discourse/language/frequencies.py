"""The likeliest reading of a segment without its context: how often each was right in annotated text."""

from __future__ import annotations

import functools
from importlib import resources

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language import tagset
from discourse.language.forms import Forms

FILE = "frequencies.parquet"


def count(tokens: pl.DataFrame) -> pl.DataFrame:
    """One row a form (lower case), lemma and canonical tag of annotated tokens: `form, lemma, tag, count`."""
    return (
        tokens.select(
            form=pl.col("form").str.to_lowercase(),
            lemma=tagset.lemma_key(pl.col("lemma")),
            tag=tagset.canonical_column(tokens.get_column("tag")),
        )
        .group_by("form", "lemma", "tag")
        .agg(count=pl.len().cast(pl.UInt32))
        .filter(pl.col("tag") != "ign")
        .sort("form", "lemma", "tag")
    )


@functools.cache
def _table() -> pl.DataFrame:
    with resources.as_file(resources.files("discourse.language") / "weights" / FILE) as path:
        return pl.read_parquet(path, memory_map=False)


def best(store: Forms, begin: int = 0) -> npt.NDArray[np.int64]:
    """The likeliest reading of each of the store's segments from `begin` on.

    By the count of form, lemma and tag together; where none was met, by that of the tag. First of equals.
    """
    first = store.first_reading[begin:]
    sizes = np.diff(first)
    segment = np.repeat(np.arange(len(sizes)), sizes)
    frame = store.readings.slice(int(first[0])).select(
        segment=pl.Series(segment),
        form=store.segments.get_column("form").slice(begin).str.to_lowercase().gather(segment),
        lemma=tagset.lemma_key(pl.col("lemma")),
        tag=tagset.canonical_column(store.readings.get_column("tag").slice(int(first[0]))),
    )
    table = _table()
    tags = table.group_by("tag").agg(tag_count=pl.col("count").sum())
    scored = (
        frame.join(table, on=["form", "lemma", "tag"], how="left", maintain_order="left")
        .join(tags, on="tag", how="left", maintain_order="left")
        .select("segment", score=pl.col("count").fill_null(0) * 1e6 + pl.col("tag_count").fill_null(0))
    )
    best = scored.group_by("segment", maintain_order=True).agg(pl.col("score").arg_max()).get_column("score").to_numpy()
    return first[:-1] + best.astype(np.int64)
