"""Parquet with a column of texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.corpus.damaged import damaged
from discourse.corpus.readers import Found, reader

_ROWS = 2_000  # read at a time


@reader("parquet", ".parquet")
def read_parquet(path: Path, text: str = "text") -> Iterator[Found]:
    """One document a row; the file is read in slices of rows."""
    lazy = scanned(path)
    columns = lazy.collect_schema().names()
    if text not in columns:
        raise DiscourseError(f"{path}: no column {text!r}; it has {', '.join(columns) or 'none'}")
    start = 0
    while True:
        with damaged(path, "Parquet file"):
            rows = lazy.slice(start, _ROWS).collect()
        yield from rows.iter_rows(named=True)
        if rows.height < _ROWS:
            return
        start += _ROWS


def scanned(path: Path, rows: int | None = None) -> pl.LazyFrame:
    """The table, or its first `rows` read; raises `DiscourseError` where the file is none."""
    with damaged(path, "Parquet file"):
        lazy = pl.scan_parquet(path, glob=False)
        lazy.collect_schema()
        return lazy if rows is None else lazy.head(rows).collect().lazy()
