"""Documents and other flat frames out: JSON lines, CSV, Parquet."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from discourse.core.csv import csv_text
from discourse.core.errors import DiscourseError
from discourse.core.files import replacing, write_text


def as_jsonl(frame: pl.DataFrame) -> str:
    """One JSON object a row."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in frame.iter_rows(named=True))


def export(frame: pl.DataFrame, path: Path, format_: str | None = None) -> Path:
    """The frame in the format named, or that the file's suffix names, written atomically."""
    kind = format_ or path.suffix.lower().removeprefix(".")
    if kind == "jsonl":
        return write_text(path, as_jsonl(frame))
    if kind == "csv":
        return write_text(path, csv_text(frame))
    if kind == "parquet":
        with replacing(path) as temporary:
            frame.write_parquet(temporary, compression="zstd")
        return path
    raise DiscourseError(f"{path}: unknown format {kind or 'without a suffix'!r}; known: jsonl, csv, parquet")
