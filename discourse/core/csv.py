"""CSV with full precision that a spreadsheet may open: no text in it is taken for a formula."""

from __future__ import annotations

import json
import re

import polars as pl

# Spreadsheets read a cell that begins so as a formula, the full-width forms included (OWASP, CSV injection); a sign
# alone, as a token may be, is none. Apostrophes before one count as well, so that `original` undoes this exactly.
_FORMULA = r"'*(?:[=+\-@＝＋－＠].|[\t\r\n])"
_DEFUSED = (rf"(?s)^({_FORMULA})", "'${1}")
_APOSTROPHE = re.compile(rf"(?s)'(?={_FORMULA})")


def csv_text(frame: pl.DataFrame) -> str:
    """The frame as CSV: a header of column names, \\n line ends, missing values empty, lists and structs as JSON.

    Text that begins like a formula gets an apostrophe before it; numbers are left as they are.
    """
    plain = frame.select(_plain(frame.get_column(column)) for column in frame.columns)
    heads = pl.Series(frame.columns, dtype=pl.String).str.replace(*_DEFUSED)
    return plain.rename(dict(zip(frame.columns, heads, strict=True))).write_csv(line_terminator="\n")


def original(cell: str) -> str:
    """The text of a cell that `csv_text` wrote: without the apostrophe before what looks like a formula."""
    return cell[1:] if _APOSTROPHE.match(cell) else cell


def _plain(column: pl.Series) -> pl.Series:
    if column.dtype.is_float():
        return column.fill_nan(None)
    if column.dtype.is_nested():
        cells = [None if value is None else json.dumps(value, ensure_ascii=False, default=str)
                 for value in column.to_list()]
        column = pl.Series(column.name, cells, dtype=pl.String)
    if column.dtype in (pl.Categorical, pl.Enum):
        column = column.cast(pl.String)
    if column.dtype == pl.String:
        return column.str.replace(*_DEFUSED)
    return column
