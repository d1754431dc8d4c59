"""A table with metadata beside the texts: one row a document, by `doc_id`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discourse.core.errors import DiscourseError
from discourse.corpus.manifest import Corpus
from discourse.corpus.readers import SUFFIXES, suffix
from discourse.corpus.readers.delimited import rows as delimited
from discourse.corpus.readers.jsonlines import objects
from discourse.corpus.readers.spreadsheet import sheets


@dataclass(frozen=True)
class Table:
    """The rows of a metadata table by the `doc_id` that they describe, without it."""

    path: Path
    columns: list[str]
    rows: dict[str, dict[str, Any]]


def read_table(corpus: Corpus, files: Sequence[Path] = ()) -> Table:
    """The metadata table of a corpus: CSV, TSV, XLSX or JSON lines, its columns renamed as the manifest says.

    It stands beside the manifest, in the root, or among the `files` (of an archive). Raises `DiscourseError` where it
    has no `doc_id`, or one twice.
    """
    name = corpus.manifest.table or ""
    packed = next((file for file in files if file.name == name), corpus.root / name)
    path = corpus.beside.get(name, packed)
    columns, lines = table_rows(path)
    rename = corpus.manifest.rename
    columns = [rename.get(column, column) for column in columns]
    if "doc_id" not in columns:
        raise DiscourseError(f"{path}: no column 'doc_id'; it has {', '.join(columns)}")
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        row = {rename.get(key, key): value for key, value in line.items()}
        doc_id = identifier(row.pop("doc_id"))
        if doc_id in found:
            raise DiscourseError(f"{path}: doc_id {doc_id!r} has more than one row")
        found[doc_id] = row
    return Table(path, [column for column in columns if column != "doc_id"], found)


def table_rows(path: Path) -> tuple[list[str], Iterator[dict[str, Any]]]:
    """The columns and rows of a table in any of the formats that a metadata table may have."""
    kind = SUFFIXES.get(suffix(path))
    if kind == "csv":
        return delimited(path)
    if kind == "xlsx":
        for _, columns, rows in sheets(path):
            named = [column for column in columns if column]
            filled = ([c for c, n in zip(cells, columns, strict=False) if n] for _, cells in rows if cells is not None)
            return named, (dict(zip(named, cells, strict=False)) for cells in filled)
        raise DiscourseError(f"{path}: has no sheet")
    if kind == "jsonl":
        lines = [value for _, value in objects(path)]
        return list(dict.fromkeys(key for line in lines for key in line)), iter(lines)
    raise DiscourseError(f"{path}: a metadata table is CSV, TSV, XLSX or JSON lines")


def identifier(value: Any) -> str:
    """A `doc_id` as a table writes it: a file's name may have its suffix there."""
    text = str(value if value is not None else "").strip()
    path = Path(text)
    return text[: -len(path.suffix)] if path.suffix.lower() in SUFFIXES else text
