"""Documents and other flat frames out: JSON lines, CSV, Parquet."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.files import replacing, write_text


def as_jsonl(frame: pl.DataFrame) -> str:
    """One JSON object a row."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in frame.iter_rows(named=True))


def as_csv(frame: pl.DataFrame) -> str:
    """CSV with a header; lists as JSON, and text that a spreadsheet would take for a formula behind an apostrophe."""
    nested = [name for name, dtype in frame.schema.items() if dtype.is_nested()]
    flat = frame.with_columns(
        pl.Series(name, [None if v is None else json.dumps(v) for v in frame[name].to_list()], dtype=pl.String)
        for name in nested
    )
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    formula = r"(?s)^[=+\-@].|^[\t\r]"  # a lone sign is no formula
    flat = flat.with_columns(
        pl.when(pl.col(name).str.contains(formula)).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name in texts
    )
    return flat.write_csv()


def export(frame: pl.DataFrame, path: Path, format_: str | None = None) -> Path:
    """The frame in the format named, or that the file's suffix names, written atomically."""
    kind = format_ or path.suffix.lower().removeprefix(".")
    if kind == "jsonl":
        return write_text(path, as_jsonl(frame))
    if kind == "csv":
        return write_text(path, as_csv(frame))
    if kind == "parquet":
        with replacing(path) as temporary:
            frame.write_parquet(temporary, compression="zstd")
        return path
    raise DiscourseError(f"{path}: unknown format {kind or 'without a suffix'!r}; known: jsonl, csv, parquet")
