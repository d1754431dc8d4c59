"""XLSX spreadsheets: one row of a sheet is one document."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from discourse.core.csv import original
from discourse.core.errors import DiscourseError
from discourse.corpus.archives import checked_zip
from discourse.corpus.damaged import damaged
from discourse.corpus.readers import Found, reader
from discourse.corpus.rejected import Rejected

_HEAD = 20  # rows among which the header is looked for
_EMPTY = 50_000  # empty rows in a row, after which nothing more is expected: whole columns may be formatted
_NAME = 80  # characters; longer cells are no names of columns

Row = tuple[int, list[Any] | None]


@reader("xlsx", ".xlsx", ".xlsm")
def read_xlsx(path: Path, text: str = "text", sheet: str = "") -> Iterator[Found]:
    """One document a row of `sheet` (the first one that has the column `text`), read as a stream.

    The header is the first row with the most filled cells, so that a title or merged headings above are passed over.
    Of a formula, the value last computed is read; a cell whose formula was never computed is empty. Empty rows are
    passed over; after 50,000 of them the sheet is taken for ended.
    """
    found: list[str] = []
    for name, columns, rows in sheets(path, sheet):
        if text not in columns:
            found = found or [column for column in columns if column]
            continue
        for number, cells in rows:
            if cells is None:
                reason = f"{_EMPTY} empty rows in a row; what stands below them was not looked at"
                yield Rejected(f"{path}, sheet {name!r}, row {number}", "rest of sheet", reason)
                return
            document = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
            if not isinstance(document.get(text), str) or not str(document[text]).strip():
                value = document.get(text)
                why = "its text is no text"
                if value is None:
                    why = "its text is empty (or a formula that was never computed)"
                yield Rejected(f"{path}, sheet {name!r}, row {number}", "empty row", why)
                continue
            yield document
        return
    raise DiscourseError(f"{path}: no column {text!r}; it has {', '.join(found) or 'none'}")


def sheets(path: Path, sheet: str = "") -> Iterator[tuple[str, list[str], Iterator[Row]]]:
    """Each sheet with its name, its columns, and its rows below the header with their numbers.

    A row that is None says that the rest of the sheet was not looked at.
    """
    import openpyxl

    checked_zip(path, entities=True)
    with damaged(path, "XLSX file"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that are left out
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        if sheet and sheet not in book.sheetnames:
            raise DiscourseError(f"{path}: no sheet {sheet!r}; it has {', '.join(book.sheetnames)}")
        for page in book.worksheets:
            if sheet and page.title != sheet:
                continue
            page.reset_dimensions()  # a size that the file only claims
            columns, top = _header(path, page)
            yield page.title, columns, _rows(path, page, top)
    finally:
        book.close()


def _header(path: Path, page: Any) -> tuple[list[str], int]:
    """The names of a sheet's columns and the number of their row, from 1."""
    best: tuple[int, list[str], int] = (0, [], 0)
    for number, cells in enumerate(_cells(path, page), start=1):
        names = ["" if cell is None else " ".join(str(cell).split()) for cell in cells]
        filled = sum(map(bool, names))
        heading = all(cell is None or (isinstance(cell, str) and len(cell) <= _NAME) for cell in cells)
        if heading and filled > best[0]:
            best = (filled, names, number)
        if number >= _HEAD:
            break
    _, columns, top = best
    if twice := [name for name in columns if name and columns.count(name) > 1]:
        raise DiscourseError(f"{path}, sheet {page.title!r}: two columns are called {twice[0]!r}; rename one")
    return columns, top


def _cells(path: Path, page: Any) -> Iterator[tuple[Any, ...]]:
    with damaged(path, f"sheet {page.title!r}"):
        yield from page.iter_rows(values_only=True)


def _rows(path: Path, page: Any, top: int) -> Iterator[Row]:
    empty = 0
    for number, cells in enumerate(_cells(path, page), start=1):
        if any(cell is not None for cell in cells):
            empty = 0
            if number > top:
                yield number, [_plain(cell) for cell in cells]
        elif (empty := empty + 1) > _EMPTY:
            yield number, None
            return


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(sep=" ")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    # what a spreadsheet cannot hold is escaped in the file: _x000D_ for a carriage return
    return original(cell.replace("_x000D_", "").replace("\r\n", "\n")) if isinstance(cell, str) else cell
