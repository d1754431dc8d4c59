"""CSV and TSV with a header line and a column of texts."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator
from pathlib import Path

from discourse.core.csv import original
from discourse.core.errors import DiscourseError
from discourse.corpus.encoding import text_stream
from discourse.corpus.packed import Broken
from discourse.corpus.readers import Found, reader, suffix
from discourse.corpus.rejected import Rejected

csv.field_size_limit(2**31 - 1)


@reader("csv", ".csv", ".tsv")
def read_csv(path: Path, text: str = "text") -> Iterator[Found]:
    """One document a row; raises `DiscourseError` with the columns there are where `text` is none of them.

    The apostrophe that our own CSV puts before what a spreadsheet would run (`'- Tak - mówi X.`) is taken off.
    """
    columns, found = table(path)
    if text not in columns:
        raise DiscourseError(f"{path}: no column {text!r}; it has {', '.join(columns) or 'none'}")
    yield from found


def rows(path: Path) -> tuple[list[str], Iterator[dict[str, str]]]:
    """The column names of a CSV or TSV file, and its rows; a malformed row is an error."""
    columns, found = table(path)

    def each() -> Iterator[dict[str, str]]:
        for row in found:
            if isinstance(row, Rejected):
                raise DiscourseError(f"{row.place}: {row.reason}")
            yield row

    return columns, each()


def table(path: Path) -> tuple[list[str], Iterator[dict[str, str] | Rejected]]:
    """The column names of a CSV or TSV file, and its rows in turn, read as they are asked for."""
    columns: list[str] = []
    with contextlib.suppress(Broken), text_stream(path) as stream:  # it is told when the rows before it are read
        columns = _columns(stream.readline, path)[0]

    def each() -> Iterator[dict[str, str] | Rejected]:
        with text_stream(path) as stream:
            _, lines, skipped = _columns(stream.readline, path)
            while True:
                try:
                    row = next(lines, None)
                except csv.Error as error:
                    raise DiscourseError(
                        f"{path}, line {skipped + lines.line_num}: malformed CSV ({error})"
                    ) from None
                if row is None:
                    return
                if not row:
                    continue
                if len(row) != len(columns):
                    yield Rejected(
                        f"{path}, line {skipped + lines.line_num}",
                        "malformed",
                        f"{len(row)} cells where the header has {len(columns)}",
                    )
                    continue
                yield dict(zip(columns, map(original, row), strict=True))

    return columns, each()


def _columns(readline: object, path: Path) -> tuple[list[str], csv._reader, int]:  # type: ignore[name-defined]
    """The header's names, the reader of the rows after it, and the lines that stand before the header."""
    assert callable(readline)
    skipped = 0
    header = readline()
    # empty lines, and the line by which spreadsheets tell each other the delimiter
    told = ""
    while header and (not header.strip() or header.lower().startswith("sep=")):
        told = header[4:5] if header.lower().startswith("sep=") else told
        skipped += 1
        header = readline()
    if not header:
        raise DiscourseError(f"{path}: is empty; a header line is needed")
    delimiter = told or ("\t" if suffix(path) == ".tsv" else max(",;\t|", key=header.count))

    def following() -> Iterator[str]:
        yield header
        yield from iter(readline, "")

    lines = csv.reader(following(), delimiter=delimiter, strict=True)
    try:
        columns = [name.strip() for name in next(lines)]
    except csv.Error as error:
        raise DiscourseError(f"{path}, line {skipped + lines.line_num}: malformed CSV ({error})") from None
    if twice := [name for name in columns if name and columns.count(name) > 1]:
        raise DiscourseError(f"{path}: two columns are called {twice[0]!r}; rename one")
    return columns, lines, skipped
