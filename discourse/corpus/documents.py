"""The documents of a corpus, with the metadata that its manifest declares, and those that could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.progress import say
from discourse.corpus.dates import day
from discourse.corpus.load import files, frame, tagged
from discourse.corpus.manifest import Corpus
from discourse.corpus.names import name_pattern
from discourse.corpus.readers import TABLES, Document, reader_of, stem
from discourse.corpus.recurrent import COLUMN as RECURRENT
from discourse.corpus.recurrent import places, read_lines
from discourse.corpus.rejected import Rejected, summary
from discourse.corpus.sidecar import read_table
from discourse.corpus.store import verified

#: What is added to the name of a column of days, for what was written there.
WRITTEN = "_written"


@dataclass(frozen=True)
class Reading:
    """The documents of a corpus (as `documents` gives them) and what was rejected on the way."""

    documents: pl.DataFrame
    rejected: list[Rejected]


def documents(corpus: Corpus, data: Path | None = None) -> pl.DataFrame:
    """One row a document, with a column `corpus` and the manifest's metadata.

    Documents that cannot be read are left out and counted on standard error; `reading` has them with their reasons.
    Raises `DiscourseError` for texts that are missing or other than declared, for metadata without a document, and for
    a grouping column that no document has.
    """
    found = reading(corpus, data)
    declared = corpus.manifest.found.rejected if corpus.manifest.found else 0
    if len(found.rejected) > declared:
        say(f"corpus {corpus.name!r}: {len(found.rejected)} documents could not be read "
            f"({summary(found.rejected)}); see: discourse corpus check {corpus.name}")  # fmt: skip
    return found.documents


def reading(corpus: Corpus, data: Path | None = None) -> Reading:
    """The documents of `documents`, and every document rejected with its reason.

    Raises `DiscourseError` as `documents` does, and where nothing at all can be read.
    """
    rejected: list[Rejected] = []
    found = frame(stream(corpus, data, rejected), rejected)
    if found.is_empty() and rejected:
        more = f" (and {len(rejected) - 1} more)" if len(rejected) > 1 else ""
        raise DiscourseError(f"{rejected[0].place}: {rejected[0].reason}{more}; corpus {corpus.name!r} has no document")
    if corpus.manifest.table:
        found = _ordered(corpus, found)
    if corpus.manifest.document:
        if found.height != 1:
            raise DiscourseError(f"{corpus.path}: [document] describes one document, but there are {found.height}")
        found = found.with_columns(pl.lit(value).alias(key) for key, value in corpus.manifest.document.items())
    for column in corpus.manifest.groups:
        if column not in found.columns:
            raise DiscourseError(f"{corpus.path}: no document has the grouping column {column!r}")
    if corpus.manifest.boilerplate:
        found = places(found, read_lines(corpus.folder / corpus.manifest.boilerplate)).rename({"places": RECURRENT})
    return Reading(found.with_columns(pl.lit(corpus.name).alias("corpus")), rejected)


def stream(
    corpus: Corpus, data: Path | None = None, rejected: list[Rejected] | None = None
) -> Iterator[tuple[str, Document]]:
    """Every document in turn with the place it came from: renamed, with the metadata of names, table and dates.

    Memory does not grow with the corpus, but for its table. Without a list `rejected`, a mistake in a file is an error.
    """
    manifest = corpus.manifest
    named = name_pattern(manifest.names, corpus.path) if manifest.names else None
    paths = files(verified(corpus, data), quiet=True)
    table = read_table(corpus, paths) if manifest.table else None
    paths = [path for path in paths if table is None or path.resolve() != table.path.resolve()]
    if manifest.reader and len(own := [path for path in paths if reader_of(path) == manifest.reader]):
        paths = own  # a stray file of another format in the folder is none of the corpus
    options = dict(manifest.options)
    for column, name in manifest.rename.items():
        if name == "text" and manifest.reader in TABLES:
            options.setdefault("text", column)
    used: Counter[str] = Counter()
    for place, document in tagged(paths, manifest.reader, options, rejected, rename=manifest.rename):
        if named is not None and (match := named.search(_without_suffix(place))):
            document |= {k: v for k, v in match.groupdict().items() if k == "doc_id" or not document.get(k)}
        if table is not None:
            row = table.rows.get(str(document["doc_id"]))
            if row is None and manifest.table_rows == "all":
                raise DiscourseError(
                    f"corpus {corpus.name!r}: no row in {table.path.name} for doc_id {document['doc_id']!r}"
                )
            used[str(document["doc_id"])] += row is not None
            document |= row if row is not None else dict.fromkeys(table.columns)
        for column in manifest.dates:
            _dated(document, column)
        yield place, document
    if table is not None and manifest.table_rows == "all" and (lone := [key for key in table.rows if not used[key]]):
        if rejected:
            return  # the row's document may be among those that could not be read
        raise DiscourseError(f"corpus {corpus.name!r}: no document for doc_id {lone[0]!r}")


def _without_suffix(place: str) -> str:
    path = Path(place)
    return (path.parent / stem(path)).as_posix()


def _dated(document: dict[str, Any], column: str) -> None:
    written = document.get(column)
    if written in (None, ""):
        document[column] = None
        return
    document[column] = day(str(written))
    if document[column] != str(written):
        document[f"{column}{WRITTEN}"] = written


def _ordered(corpus: Corpus, found: pl.DataFrame) -> pl.DataFrame:
    """Documents with a table are sorted, so that their order is not that of file names in folders."""
    first = ["doc_id", "title", "text"]
    return found.select(*first, pl.exclude(first)).sort("doc_id")
