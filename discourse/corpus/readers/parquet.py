"""Parquet with a `text` column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.corpus.readers import Document, reader


@reader("parquet", ".parquet")
def read_parquet(path: Path) -> Iterator[Document]:
    """One document a row."""
    try:
        frame = pl.read_parquet(path, glob=False)
    except FileNotFoundError:
        raise DiscourseError(f"{path}: no such file") from None
    except (pl.exceptions.PolarsError, OSError) as error:
        raise DiscourseError(f"{path}: not a readable Parquet file ({str(error).splitlines()[0]})") from None
    if "text" not in frame.columns:
        raise DiscourseError(f"{path}: no column 'text'; it has {', '.join(frame.columns) or 'none'}")
    yield from frame.iter_rows(named=True)
