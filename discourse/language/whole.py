"""What a process knows of words, kept whole on disk, so that the next one goes on where it ended.

A folder of Arrow files with the number of stretches in its name, put in its place at once and never changed; the
largest is read, by mapping its files into memory, which several processes then share. One that is missing or spoilt is
done without.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from discourse.core.places import cache_folder, used

KIND = "words"
_LEAST = 5_000  # stretches worth keeping; a few words are soon looked up again
_GROWTH = 1.5  # how much more than what lies there is worth keeping

Frames = Mapping[str, pl.DataFrame]


def folder(version: str) -> Path:
    """Where the words of this version of dictionary and rules are."""
    return cache_folder() / KIND / version


def largest(version: str) -> Path | None:
    """The folder that holds most; null where there is none."""
    with contextlib.suppress(OSError):
        there = [path for path in folder(version).iterdir() if path.name.isdigit()]
        return max(there, key=lambda path: int(path.name), default=None)
    return None


def read(path: Path, name: str) -> pl.DataFrame:
    """A table of the folder. Raises `OSError` or a polars error where it is missing or spoilt."""
    return pl.read_ipc(path / f"{name}.arrow")


def keep(version: str, stretches: int, frames: Callable[[], Frames]) -> None:
    """Keep these tables where they are so much more than those that lie there."""
    old = largest(version)
    if stretches < max(_LEAST, _GROWTH * int(old.name) if old else 0):
        return
    with contextlib.suppress(OSError, pl.exceptions.PolarsError):
        place = folder(version)
        place.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".", dir=place))
        try:
            for name, frame in frames().items():
                one = max(len(frame), 1)  # a piece: rows are gathered from a column of several many times more slowly
                frame.write_ipc(temporary / f"{name}.arrow", compression="uncompressed", record_batch_size=one)
            temporary.rename(place / str(stretches))
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        used(place)
        for path in place.iterdir():
            if path.name.isdigit() and int(path.name) < stretches:
                shutil.rmtree(path, ignore_errors=True)  # who has it mapped keeps it
