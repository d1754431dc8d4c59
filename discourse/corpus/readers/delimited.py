"""CSV and TSV with a header line and a `text` column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from discourse.core.csv import original
from discourse.core.errors import DiscourseError
from discourse.corpus.encoding import decode, read_bytes
from discourse.corpus.readers import Document, reader, suffix

csv.field_size_limit(2**31 - 1)


@reader("csv", ".csv", ".tsv")
def read_csv(path: Path) -> Iterator[Document]:
    """One document a row; raises `DiscourseError` with the columns there are where `text` is none of them.

    The apostrophe that our own CSV puts before what a spreadsheet would run (`'- Tak - mówi X.`) is taken off.
    """
    columns, found = rows(path)
    if "text" not in columns:
        raise DiscourseError(f"{path}: no column 'text'; it has {', '.join(columns) or 'none'}")
    yield from found


def rows(path: Path) -> tuple[list[str], Iterator[dict[str, str]]]:
    """The column names of a CSV or TSV file, and its rows."""
    data = decode(read_bytes(path), path)
    if not data.strip():
        raise DiscourseError(f"{path}: is empty; a header line is needed")
    header = data.lstrip("\n").split("\n", 1)[0]
    delimiter = "\t" if suffix(path) == ".tsv" else max(",;\t", key=header.count)
    lines = csv.reader(io.StringIO(data, newline=""), delimiter=delimiter, strict=True)

    def filled() -> Iterator[list[str]]:
        try:
            yield from filter(None, lines)
        except csv.Error as error:
            raise DiscourseError(f"{path}, line {lines.line_num}: malformed CSV ({error})") from None

    found = filled()
    columns = [name.strip() for name in next(found)]
    if twice := [name for name in columns if name and columns.count(name) > 1]:
        raise DiscourseError(f"{path}: two columns are called {twice[0]!r}; rename one")

    def each() -> Iterator[dict[str, str]]:
        for row in found:
            if len(row) != len(columns):
                raise DiscourseError(
                    f"{path}, line {lines.line_num}: {len(row)} cells where the header has {len(columns)}"
                )
            yield dict(zip(columns, map(original, row), strict=True))

    return columns, each()
