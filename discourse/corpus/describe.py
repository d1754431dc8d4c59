"""What a corpus holds, in numbers."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

import polars as pl

from discourse.corpus.dates import day
from discourse.corpus.documents import documents
from discourse.corpus.duplicates import duplicate_groups
from discourse.corpus.examine import WORD
from discourse.corpus.flags import flags, summary
from discourse.corpus.manifest import Corpus
from discourse.corpus.store import locate


def describe(corpus: Corpus, data: Path | None = None) -> dict[str, Any]:
    """The manifest's facts, and where the texts are at hand the number of documents, words and groups."""
    manifest = corpus.manifest
    facts: dict[str, Any] = {
        "name": manifest.name,
        "title": manifest.title,
        "description": manifest.description,
        "why": " ".join(manifest.why.split()),
        "licence": manifest.licence,
        "citation": manifest.citation,
        "kind": manifest.kind,
        "manifest": str(corpus.path),
    }
    facts = {key: value for key, value in facts.items() if value}
    missing = [place.file.path for place in locate(corpus, data) if place.path is None]
    if missing:
        return facts | {"missing": ", ".join(missing)}
    found = documents(corpus, data)
    # runs of characters between white space that have a letter or a digit: close to the words that rates count
    words = found["text"].str.count_matches(WORD)
    facts |= {
        "documents": found.height,
        "words": int(words.sum() or 0),
        "words a document": _spread(words.to_list()),
        "columns": ", ".join(found.columns),
    }
    for column in manifest.groups:
        counts = found.group_by(column).len().sort(["len", column], descending=[True, False], nulls_last=True)
        facts[column] = {str(key): n for key, n in counts.iter_rows()}
    return facts


def _spread(counts: list[int]) -> str:
    return f"{min(counts)} to {max(counts)}, median {statistics.median(counts):g}" if counts else "none"


def in_full(corpus: Corpus, documents: pl.DataFrame) -> dict[str, Any]:
    """What takes longer to count: months, lengths, flags, groups of near-duplicates."""
    words = documents["text"].str.count_matches(WORD)
    quarters = {f"{100 * q:.0f}%": int(words.quantile(q, "nearest") or 0) for q in (0.05, 0.25, 0.5, 0.75, 0.95)}
    facts: dict[str, Any] = {"words a document, by rank": quarters}
    if not (by_month := months(corpus, documents)).is_empty():
        totals = by_month.group_by("month").agg(pl.col("documents").sum()).sort("month")
        facts["months"] = {month: number for month, number in totals.iter_rows() if month}
    if documents.is_empty():
        return facts
    facts["flags"] = {flag: number for flag, number, _ in summary(flags(documents)).iter_rows()}
    groups = duplicate_groups(documents.select("doc_id", "text")).group_by("group").len().filter(pl.col("len") > 1)
    facts["near-duplicates"] = {"groups": groups.height, "documents": int(groups["len"].sum() or 0)}
    return facts


def months(corpus: Corpus, documents: pl.DataFrame) -> pl.DataFrame:
    """One row a month and group (of the first grouping column): `month` (null without a day), `group`, `documents`."""
    column = next((c for c in (*corpus.manifest.dates, "date") if c in documents.columns), None)
    group = next(iter(corpus.manifest.groups), None)
    written = documents[column] if column else pl.Series("date", [None] * documents.height, dtype=pl.String)
    month = pl.Series("month", [(day(str(value)) or "")[:7] or None if value else None for value in written.to_list()])
    named = pl.col(group).fill_null("–") if group else pl.lit(corpus.name)
    rows = documents.with_columns(month.cast(pl.String).alias("month"), named.alias("group"))
    return rows.group_by("month", "group").len("documents").sort("month", "group", nulls_last=True)
