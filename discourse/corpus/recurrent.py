"""Boilerplate found by its recurrence: lines that stand in many documents of a corpus and belong to none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from discourse.core import schema
from discourse.core.csv import csv_text
from discourse.core.files import write_text
from discourse.corpus.readers.delimited import rows

#: The column of documents with the places of such lines: a list of `[start, end]` in the annotated string.
COLUMN = "recurrent"
MINIMUM = 5  # documents
SHARE = 0.01  # of the documents, or of those of one group: an outlet has its own footer
LONGEST = 400  # characters; a longer line that recurs is republished text, which is a duplicate's matter
_MOST = 500  # lines that are shown and kept, the commonest first
_SCHEMA = {"line": pl.String, "documents": pl.UInt32, "words": pl.UInt32}


def recurrent(documents: pl.DataFrame, by: str | None = None) -> pl.DataFrame:
    """One row a line that recurs: `line`, `documents` (how many have it), `words`; the commonest first.

    A line recurs where at least 5 documents and one per cent of the documents (or of those with one value of the
    column `by`) have it, once or several times, whatever their texts otherwise. Lines without a letter are left out,
    and so are those over 400 characters. Exact copies of a document count once, so that republished text is none.
    """
    columns = ["doc_id", "text", *([by] if by and by in documents.columns else [])]
    texts = documents.select(columns).unique("text", keep="first", maintain_order=True)
    group = pl.col(by).fill_null("") if by and by in documents.columns else pl.lit("")
    texts = texts.with_columns(group.alias("__group"))
    sizes = texts.group_by("__group").len("size")
    lines = (
        texts.lazy()
        .select("doc_id", "__group", line=pl.col("text").str.split("\n"))
        .explode("line", empty_as_null=True)
        .with_columns(pl.col("line").str.strip_chars())
        .filter(pl.col("line").str.contains(r"\p{L}") & (pl.col("line").str.len_chars() <= LONGEST))
        .unique(["doc_id", "line"])
        .group_by("__group", "line")
        .len("documents")
        .collect()
    )
    shares = lines.join(sizes, on="__group").with_columns(share=pl.col("documents") / pl.col("size"))
    return (
        shares.group_by("line")
        .agg(pl.col("documents").sum().cast(pl.UInt32), pl.col("share").max())
        .filter((pl.col("documents") >= MINIMUM) & (pl.col("share") >= SHARE))
        .with_columns(words=pl.col("line").str.count_matches(r"\S*[\p{L}\p{N}]\S*").cast(pl.UInt32))
        .sort(["documents", "line"], descending=[True, False])
        .head(_MOST)
        .select(*_SCHEMA)
    )


def places(documents: pl.DataFrame, lines: Sequence[str]) -> pl.DataFrame:
    """The documents with a column `places`: the `[start, end]` of every such line in the annotated string.

    A line counts where it fills a line of the text, up to white space around it.
    """
    wanted = frozenset(lines)
    strings = documents.select(schema.string()).to_series()
    found = [_in(text, wanted) for text in strings]
    return documents.with_columns(pl.Series("places", found, dtype=pl.List(pl.List(pl.UInt32))))


def write_lines(frame: pl.DataFrame, path: Path) -> Path:
    """The lines as CSV, one a row, to be looked through: what is taken out of the file is no longer flagged."""
    return write_text(path, csv_text(frame.select("line", "documents")))


def read_lines(path: Path) -> list[str]:
    """The lines of a file that `write_lines` wrote and a person may have shortened."""
    _, found = rows(path)
    return [row["line"] for row in found if row.get("line")]


def _in(text: str, wanted: frozenset[str]) -> list[list[int]]:
    found = []
    start = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare in wanted:
            left = start + len(line) - len(line.lstrip())
            found.append([left, left + len(bare)])
        start += len(line) + 1
    return found
