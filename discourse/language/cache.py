"""What is worked out once a distinct chunk, kept on disk between runs: a folder of files, one a batch of new keys.

Files are written whole or not at all and never changed, so that two processes, or a kill at any moment, can at
worst make a chunk be analysed twice. A cache that cannot be read or written is done without.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.files import replacing
from discourse.core.places import cache_folder, used

_FILES = 12  # beyond so many they are merged into one
_MANY = 2_000  # keys asked for at once, of which a tenth should be found
_SIZE = 50_000_000  # bytes on disk at most, about: who reads them holds all; the words of most texts come early


@dataclass
class Cache:
    """One kind of results, under its version; the schema's first column is their key, its rows stand together.

    The files are read once, when the first key is looked for.
    """

    kind: str
    version: str
    schema: pl.Schema
    kept: pl.DataFrame | None = None
    size: int = 0  # bytes of the files when they were read, and of those written since

    def find(self, keys: pl.Series) -> tuple[pl.DataFrame, pl.Series]:
        """The rows of these (distinct) keys that are kept, and the keys that are not, in their order."""
        if self.kept is None:
            self.kept = self.read()
            self.size = sum(map(_bytes, self._files()))
        key = next(iter(self.schema))
        rows = self.kept.join(pl.DataFrame({key: keys}), on=key, how="semi", maintain_order="left")
        missing = keys.filter(~keys.is_in(rows.get_column(key).implode()))
        if len(keys) >= _MANY and len(missing) > 0.9 * len(keys):
            self.kept = self.kept.clear()  # of little use to this text: its room is better used otherwise
        return rows, missing

    def folder(self) -> Path:
        """Where the results are: under `DISCOURSE_CACHE`, or the user's cache folder."""
        return cache_folder() / self.kind / self.version

    def read(self) -> pl.DataFrame:
        """The results kept so far, each key once; files beyond the size of a cache are passed over."""
        used(self.folder())
        frames: list[pl.DataFrame] = []
        done = 0
        for path in self._files():
            if done >= _SIZE:
                break
            done += _bytes(path)
            if (frame := self._read(path)) is not None:
                frames.append(frame)
        return self._once(frames)

    def write(self, frame: pl.DataFrame) -> None:
        """Keep new results while there is room; merge the files when they have become many."""
        if self.size >= _SIZE:
            return
        with contextlib.suppress(DiscourseError, OSError):
            self.size += _bytes(self._write(frame))
            files = self._files()
            if len(files) > _FILES:
                kept = self._write(self.read())
                for path in files:
                    if path != kept:
                        path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        with contextlib.suppress(OSError):
            return sorted(self.folder().glob("*.arrow"))
        return []

    def _read(self, path: Path) -> pl.DataFrame | None:
        with contextlib.suppress(OSError, pl.exceptions.PolarsError):
            frame = pl.read_ipc(path)
            if frame.schema == self.schema:
                return frame
        return None

    def _once(self, frames: list[pl.DataFrame]) -> pl.DataFrame:
        if not frames:
            return pl.DataFrame(schema=self.schema)
        if len(frames) == 1:
            return frames[0]
        key = next(iter(self.schema))
        owner = pl.concat([frame.select(key).unique().with_columns(part=pl.lit(i)) for i, frame in enumerate(frames)])
        twice = owner.filter(pl.col(key).is_duplicated())
        if twice.is_empty():
            return pl.concat(frames)
        later = twice.filter(pl.col("part") > pl.col("part").min().over(key))
        return pl.concat(
            [frame.join(later.filter(pl.col("part") == i), on=key, how="anti", maintain_order="left")
             for i, frame in enumerate(frames)]
        )  # fmt: skip

    def _write(self, frame: pl.DataFrame) -> Path:
        distinct = frame.get_column(next(iter(self.schema))).unique(maintain_order=True)
        name = hashlib.sha256("\0".join(distinct).encode()).hexdigest()[:24]
        path = self.folder() / f"{name}.arrow"
        with replacing(path) as temporary:
            frame.write_ipc(temporary, compression="uncompressed")
        return path


def _bytes(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return 0
