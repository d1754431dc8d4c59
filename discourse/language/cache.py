"""Analyses kept on disk between runs: one folder a dictionary and version, one Parquet file a batch of new chunks.

Files are written whole or not at all and never changed, so that two processes, or a kill at any moment, can at
worst make a chunk be analysed twice. A cache that cannot be read or written is done without.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

import platformdirs
import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.files import replacing
from discourse.language import morfeusz

_FILES = 12  # beyond so many they are merged into one


def folder() -> Path:
    """Where this dictionary's analyses are: under `DISCOURSE_CACHE`, or the user's cache folder."""
    base = os.environ.get("DISCOURSE_CACHE")
    root = Path(base) if base else Path(platformdirs.user_cache_dir("discourse"))
    return root / "forms" / f"{morfeusz.dictionary()}-{morfeusz.VERSION}"


def read() -> pl.DataFrame:
    """All analyses kept so far, each chunk once."""
    frames = [frame for path in _files() if (frame := _read(path)) is not None]
    return _once(frames)


def write(frame: pl.DataFrame) -> None:
    """Keep new analyses; merge the files when they have become many."""
    with contextlib.suppress(DiscourseError, OSError):
        _write(frame)
        files = _files()
        if len(files) > _FILES:
            frames = [part for path in files if (part := _read(path)) is not None]
            kept = _write(_once(frames))
            for path in files:
                if path != kept:
                    path.unlink(missing_ok=True)


def _files() -> list[Path]:
    with contextlib.suppress(OSError):
        return sorted(folder().glob("*.parquet"))
    return []


def _read(path: Path) -> pl.DataFrame | None:
    with contextlib.suppress(OSError, pl.exceptions.PolarsError):
        frame = pl.read_parquet(path, memory_map=False)
        if frame.schema == morfeusz.SCHEMA:
            return frame
    return None


def _once(frames: list[pl.DataFrame]) -> pl.DataFrame:
    if not frames:
        return pl.DataFrame(schema=morfeusz.SCHEMA)
    if len(frames) == 1:
        return frames[0]
    numbered = pl.concat([frame.with_columns(part=pl.lit(i, pl.UInt32)) for i, frame in enumerate(frames)])
    return numbered.filter(pl.col("part") == pl.col("part").min().over("chunk")).drop("part")


def _write(frame: pl.DataFrame) -> Path:
    distinct = frame.get_column("chunk").unique(maintain_order=True)
    name = hashlib.sha256("\0".join(distinct).encode()).hexdigest()[:24]
    path = folder() / f"{name}.parquet"
    with replacing(path) as temporary:
        frame.write_parquet(temporary, compression="lz4")
    return path
