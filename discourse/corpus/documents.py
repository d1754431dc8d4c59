"""The documents of a corpus, with the metadata that its manifest declares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.corpus.load import files, frame, tagged
from discourse.corpus.manifest import Corpus
from discourse.corpus.readers import Document
from discourse.corpus.readers.delimited import rows
from discourse.corpus.store import verified


def documents(corpus: Corpus, data: Path | None = None) -> pl.DataFrame:
    """One row a document, with a column `corpus` and the manifest's metadata.

    Raises `DiscourseError` for texts that are missing or other than declared, for metadata without a document, and for
    a grouping column that no document has.
    """
    found = frame(_renamed(corpus, tagged(files(verified(corpus, data)), corpus.manifest.reader)))
    if corpus.manifest.table:
        found = _with_table(corpus, found)
    if corpus.manifest.document:
        if found.height != 1:
            raise DiscourseError(f"{corpus.path}: [document] describes one document, but there are {found.height}")
        found = found.with_columns(pl.lit(value).alias(key) for key, value in corpus.manifest.document.items())
    for column in corpus.manifest.groups:
        if column not in found.columns:
            raise DiscourseError(f"{corpus.path}: no document has the grouping column {column!r}")
    return found.with_columns(pl.lit(corpus.name).alias("corpus"))


def _renamed(corpus: Corpus, found: Iterator[tuple[str, Document]]) -> Iterator[tuple[str, Document]]:
    names = corpus.manifest.rename
    for place, document in found:
        yield place, {names.get(key, key): value for key, value in document.items()}


def _with_table(corpus: Corpus, found: pl.DataFrame) -> pl.DataFrame:
    path = corpus.folder / (corpus.manifest.table or "")
    columns, lines = rows(path)
    if "doc_id" not in columns:
        raise DiscourseError(f"{path}: no column 'doc_id'; it has {', '.join(columns)}")
    table = pl.DataFrame(list(lines), schema=dict.fromkeys(columns, pl.String), orient="row")
    repeated = table.filter(pl.col("doc_id").is_duplicated())
    if not repeated.is_empty():
        raise DiscourseError(f"{path}: doc_id {repeated['doc_id'][0]!r} has more than one row")
    for one, other, what in ((table, found, "no document"), (found, table, f"no row in {path.name}")):
        lone = one.join(other, on="doc_id", how="anti")
        if not lone.is_empty():
            raise DiscourseError(f"corpus {corpus.name!r}: {what} for doc_id {lone['doc_id'][0]!r}")
    joined = found.drop([c for c in columns if c != "doc_id" and c in found.columns]).join(table, on="doc_id")
    first = ["doc_id", "title", "text"]
    if "title" not in joined.columns:
        joined = joined.with_columns(pl.lit("").alias("title"))
    return joined.select(*first, pl.exclude(first)).sort("doc_id")
