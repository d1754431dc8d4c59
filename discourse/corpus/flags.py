"""Flags of documents that an analysis may want to leave out: a table to filter on, never a deletion."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from discourse.core.errors import DiscourseError, nearest
from discourse.corpus.clean import boilerplate
from discourse.corpus.duplicates import duplicate_groups
from discourse.corpus.languages import language_of
from discourse.corpus.mojibake import mojibake

#: Flag → what it says of a document.
FLAGS = {
    "empty": "has no word",
    "too_short": "has fewer words than asked for",
    "not_polish": "is in another language",
    "mostly_tables": "is a table or a list of numbers rather than prose",
    "mojibake": "has letters broken by a wrong encoding",
    "mostly_boilerplate": "is for more than half boilerplate",
    "duplicate": "has exactly the text of an earlier document",
    "near_duplicate": "says nearly the same in the same words as an earlier document",
}
SCHEMA = {"doc_id": pl.String, "flag": pl.String, "reason": pl.String}
SHORT = 10  # words
SIMILAR = 0.8  # Jaccard similarity of shingles of five words
_WORD = r"\S*[\p{L}\p{N}]\S*"


def flags(
    documents: pl.DataFrame, only: Collection[str] | None = None, *, short: int = SHORT, similar: float = SIMILAR
) -> pl.DataFrame:
    """One row a document and flag: `doc_id`, `flag` (of `FLAGS`), `reason` in words; sorted by both.

    `documents` have `doc_id`, `title`, `text`. The first of several duplicates in order of id has no flag, so that a
    filter on `duplicate` and `near_duplicate` keeps one of each group; the reason names the group. An empty document
    has that flag alone. `only`: the flags to look for. Raises `DiscourseError` for one that does not exist.
    """
    wanted = set(FLAGS if only is None else only)
    if wrong := sorted(wanted - FLAGS.keys()):
        raise DiscourseError(f"unknown flag {wrong[0]!r}{nearest(wrong[0], FLAGS)}")
    words = documents.select("doc_id", "text", words=pl.col("text").str.count_matches(_WORD))
    full = words.filter(pl.col("words") > 0)
    bare = full.select("doc_id", "text")
    parts = [pl.DataFrame(schema=SCHEMA)]
    if "empty" in wanted:
        parts.append(_flagged(words.filter(pl.col("words") == 0), "empty", pl.lit("no word")))
    if "too_short" in wanted:
        few = pl.format("{} words, fewer than {}", "words", pl.lit(short))
        parts.append(_flagged(full.filter(pl.col("words") < short), "too_short", few))
    if "not_polish" in wanted:
        parts.append(_rows("not_polish", _foreign(bare)))
    if "mostly_tables" in wanted:
        parts.append(_rows("mostly_tables", _tables(bare)))
    if "mojibake" in wanted:
        parts.append(_flagged(mojibake(bare), "mojibake", pl.format("{} signs, as in {}", "signs", "example")))
    if "mostly_boilerplate" in wanted:
        parts.append(_boilerplate(documents.join(bare.select("doc_id"), on="doc_id", how="semi")))
    exact = _exact(bare)
    if "duplicate" in wanted:
        parts.append(exact)
    if "near_duplicate" in wanted:
        parts.append(_near(bare.join(exact, on="doc_id", how="anti"), similar))
    return pl.concat(parts).sort("doc_id", "flag")


def summary(found: pl.DataFrame) -> pl.DataFrame:
    """One row a flag, in the order of `FLAGS`: `flag`, `documents`, and up to three `examples` (id and reason)."""
    order = {flag: number for number, flag in enumerate(FLAGS)}
    return (
        found.group_by("flag", maintain_order=True)
        .agg(pl.len().alias("documents"), pl.format("{}: {}", "doc_id", "reason").head(3).alias("examples"))
        .sort(pl.col("flag").replace_strict(order, return_dtype=pl.Int64))
    )


def _rows(flag: str, found: list[tuple[str, str]]) -> pl.DataFrame:
    return pl.DataFrame([(doc_id, flag, reason) for doc_id, reason in found], schema=SCHEMA, orient="row")


def _flagged(documents: pl.DataFrame, flag: str, reason: pl.Expr) -> pl.DataFrame:
    return documents.select("doc_id", flag=pl.lit(flag, dtype=pl.String), reason=reason.cast(pl.String))


def _foreign(documents: pl.DataFrame) -> list[tuple[str, str]]:
    found = []
    for doc_id, text in documents.iter_rows():
        if (language := language_of(text)) not in ("pl", ""):
            found.append((doc_id, f"its language looks like {language!r}"))
    return found


def _tables(documents: pl.DataFrame) -> list[tuple[str, str]]:
    lines = pl.col("text").str.split("\n").list.eval(pl.element().filter(pl.element().str.contains(r"\S")))
    row = pl.element().str.contains(r"^[^\t]*\t[^\t]*\t|^[^|]*\|[^|]*\|")
    tokens = pl.col("text").str.count_matches(r"\S+")
    shares = documents.select(
        "doc_id",
        lines=lines.list.len(),
        rows=lines.list.eval(row).list.sum(),
        # tokens without two letters in a row: numbers, signs, cells
        cells=1 - pl.col("text").str.count_matches(r"\S*\p{L}\p{L}\S*") / tokens,
        tokens=tokens,
    )
    found = []
    for doc_id, number, rows, cells, length in shares.iter_rows():
        if number >= 3 and rows > number / 2:
            found.append((doc_id, f"{rows} of {number} lines are rows of a table"))
        elif length >= 20 and cells > 0.5:
            found.append((doc_id, f"{cells:.0%} of what stands between spaces is no word"))
    return found


def _boilerplate(documents: pl.DataFrame) -> pl.DataFrame:
    size = boilerplate(documents).group_by("doc_id").agg((pl.col("end") - pl.col("start")).sum().alias("flagged"))
    share = (
        documents.select("doc_id", length=pl.col("text").str.len_chars())
        .join(size, on="doc_id")
        .with_columns(share=(100 * pl.col("flagged") / pl.col("length")).round().cast(pl.Int64))
    )
    much = share.filter(pl.col("share") > 50)
    return _flagged(much, "mostly_boilerplate", pl.format("{}% of its characters", "share"))


def _exact(documents: pl.DataFrame) -> pl.DataFrame:
    """Documents whose text, up to white space and case, an earlier one has."""
    plain = pl.col("text").str.replace_all(r"\s+", " ").str.strip_chars().str.to_lowercase()
    first = documents.sort("doc_id").with_columns(first=pl.col("doc_id").first().over(plain))
    again = first.filter(pl.col("first") != pl.col("doc_id"))
    return _flagged(again, "duplicate", pl.format("the text of {}", "first"))


def _near(documents: pl.DataFrame, similar: float) -> pl.DataFrame:
    groups = duplicate_groups(documents, similar).filter(pl.col("group") != pl.col("doc_id"))
    reason = pl.format("in the group of {}, similarity {}", "group", pl.col("similarity").round(2))
    return _flagged(groups, "near_duplicate", reason)
