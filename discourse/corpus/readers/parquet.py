"""Parquet with a column of texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.corpus.readers import Found, reader

_ROWS = 2_000  # read at a time


@reader("parquet", ".parquet")
def read_parquet(path: Path, text: str = "text") -> Iterator[Found]:
    """One document a row; the file is read in slices of rows."""
    try:
        lazy = pl.scan_parquet(path, glob=False)
        columns = lazy.collect_schema().names()
    except FileNotFoundError:
        raise DiscourseError(f"{path}: no such file") from None
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _unreadable(path, error) from None
    if text not in columns:
        raise DiscourseError(f"{path}: no column {text!r}; it has {', '.join(columns) or 'none'}")
    start = 0
    while True:
        try:
            rows = lazy.slice(start, _ROWS).collect()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise _unreadable(path, error) from None
        yield from rows.iter_rows(named=True)
        if rows.height < _ROWS:
            return
        start += _ROWS


def _unreadable(path: Path, error: Exception) -> DiscourseError:
    return DiscourseError(f"{path}: not a readable Parquet file ({str(error).splitlines()[0]})")
