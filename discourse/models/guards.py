"""What gives a group away without saying how it writes: passages that recur, names of outlets and of authors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import numpy as np
import polars as pl

from discourse.models.bylines import is_collective

#: What ends the address of a site and names nobody.
_ENDINGS = frozenset({"www", "pl", "com", "eu", "org", "net", "info", "gov", "edu", "tv", "co", "uk", "html", ""})
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


def name_words(outlets: Iterable[str | None], authors: Iterable[str | None]) -> pl.DataFrame:
    """One row a word that names an outlet or an author: `term` (folded as `folded` does), `kind`, `name`.

    Of an outlet the parts of its name without the domain's endings (*oko*, *press*), and the whole; of a person the
    surname, for a first name is everybody's; of a handle the whole. Collective bylines give no words. Words of fewer
    than three letters are left out.
    """
    rows: dict[tuple[str, str], str] = {}
    for outlet in sorted({name for name in outlets if name}):
        parts = [part for part in re.split(r"[^\w]+", folded(outlet)) if part not in _ENDINGS]
        for word in (*parts, folded(outlet), "".join(parts)):
            rows.setdefault((word, "outlet"), outlet)
    for author in sorted({name for name in authors if name and not is_collective(name)}):
        for person in re.split(r",|;|/| i | oraz ", author):
            words = re.findall(r"[\w’'-]+", person)
            for word in words[-1:]:
                rows.setdefault((folded(word), "author"), author)
    kept = [(term, kind, name) for (term, kind), name in rows.items() if len(term) > 2]
    found = pl.DataFrame(kept, schema=dict.fromkeys(("term", "kind", "name"), pl.String), orient="row")
    return found.unique("term", keep="first", maintain_order=True).sort("term")


def folded(text: str) -> str:
    """In lower case, without diacritics, so that *Niezależna* is found by *niezalezna.pl*."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ł", "l"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def named(content: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """One row a token that names an outlet or an author: `doc_id, tok, term, kind, name`; `words` as by `name_words`.

    A surname is found by a lemma with a capital letter alone: *Mucha* the author, not *mucha* the fly.
    """
    lemmas = content["lemma"].unique().sort()
    known = pl.DataFrame({"lemma": lemmas, "term": [folded(lemma) for lemma in lemmas]}).join(words, on="term").filter(
        (pl.col("kind") != "author") | pl.col("lemma").str.contains(r"^\p{Lu}")
    )
    found = content.join(known, on="lemma", how="inner", maintain_order="left")
    return found.select(pl.col("doc_id").cast(pl.String), pl.col("tok").cast(pl.UInt32), "term", "kind", "name")


def signatures(content: pl.DataFrame, *, last: int = 3, minimum: int = 10, share: float = 0.5) -> pl.DataFrame:
    """One row a token of a term that signs documents: `doc_id, tok, term`, its `documents`: initials, agencies.

    A term signs where, of the documents that hold it (at least `minimum`), at least `share` have it among their `last`
    content words. No group label is looked at.
    """
    term = pl.col("lemma").str.to_lowercase().alias("term")
    rows = content.select(pl.col("doc_id").cast(pl.String), pl.col("tok").cast(pl.UInt32), term).sort("doc_id", "tok")
    ends = pl.int_range(pl.len()).over("doc_id") >= pl.len().over("doc_id") - last
    found = (
        rows.with_columns(ends.alias("ends"))
        .group_by("doc_id", "term")
        .agg(pl.col("ends").any())
        .group_by("term")
        .agg(pl.len().cast(pl.UInt32).alias("documents"), pl.col("ends").mean())
        .filter((pl.col("documents") >= minimum) & (pl.col("ends") >= share))
    )
    return rows.join(found.drop("ends"), on="term", how="inner", maintain_order="left")


def suspects(
    content: pl.DataFrame, groups: pl.DataFrame, *, share: float = 0.05, minimum: int = 5, most: int = 10
) -> pl.DataFrame:
    """One row a group and term that all but gives it away: `group, term, documents`, and `share` of the group's.

    Terms in at least `share` of a group's documents (and `minimum`) that hardly another group has: nine tenths of the
    shares of the groups together. It looks at the labels, so people are to read it and decide; nothing is masked by it.
    """
    sizes = groups.drop_nulls().group_by("group").agg(pl.len().alias("n"))
    seen = (
        content.select(pl.col("doc_id").cast(pl.String), pl.col("lemma").str.to_lowercase().alias("term"))
        .unique()
        .join(groups.drop_nulls().with_columns(pl.col("doc_id").cast(pl.String)), on="doc_id")
        .group_by("group", "term")
        .agg(pl.len().cast(pl.UInt32).alias("documents"))
        .join(sizes, on="group")
        .with_columns((pl.col("documents") / pl.col("n")).alias("share"))
        .with_columns((pl.col("share") / pl.col("share").sum().over("term")).alias("own"))
    )
    return (
        seen.filter((pl.col("share") >= share) & (pl.col("own") >= 0.9) & (pl.col("documents") >= minimum))
        .sort("group", "share", "term", descending=[False, True, False])
        .group_by("group", maintain_order=True)
        .head(most)
        .select("group", "term", "documents", "share")
    )
