"""Files as streams of bytes, unpacked on the way where they are gzip, bzip2 or xz; a bomb is refused as it swells."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from discourse.core.errors import DiscourseError

#: Unpacked beyond so many bytes, a file that is more than RATIO times larger than its packed form is a bomb. Text
#: packs to a third or a twentieth, a dump full of one template to a hundredth; deflate's limit is 1,032.
SAFE = 100_000_000
RATIO = 200

PACKED = {".gz": "gzip", ".tgz": "gzip", ".bz2": "bzip2", ".tbz2": "bzip2", ".xz": "xz"}
#: What Python's unpackers raise for data that are damaged; `bz2` raises an `OSError` without a number.
BROKEN = (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError)


class Broken(DiscourseError):
    """A packed file breaks off or is damaged; what was unpacked before is good."""


def packing(path: Path) -> str | None:
    """`gzip`, `bzip2`, `xz`, or None for a file that its name says to be plain."""
    return PACKED.get(path.suffix.lower())


@contextmanager
def opened(path: Path) -> Iterator[io.BufferedReader[Any]]:
    """The file's bytes, unpacked; every failure to read them is a `DiscourseError` that names the file."""
    try:
        raw = path.open("rb")
    except FileNotFoundError:
        raise DiscourseError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise DiscourseError(f"{path}: is a folder, not a file") from None
    except OSError as error:
        raise DiscourseError(f"{path}: cannot be read: {error.strerror or error}") from None
    with raw, io.BufferedReader(_Unpacked(path, raw), 1 << 16) as stream:
        yield stream


class _Unpacked(io.RawIOBase):
    """A raw stream that counts what it gives out against what it took in."""

    def __init__(self, path: Path, raw: IO[bytes]) -> None:
        self._path = path
        self._raw = raw
        self._given = 0
        self._kind = packing(path)
        self._stream: IO[bytes] = _unpacking(self._kind, raw)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except BROKEN as error:
            raise self._broken(error) from None
        except OSError as error:
            if self._kind and error.errno is None:  # so bz2 and gzip say that the data are none of theirs
                raise self._broken(error) from None
            raise DiscourseError(f"{self._path}: cannot be read: {error.strerror or error}") from None
        self._given += len(data)
        if self._kind and self._given > SAFE and self._given > RATIO * self._raw.tell():
            raise DiscourseError(
                f"{self._path}: unpacks to over {RATIO} times its size; this looks like a bomb and was left alone"
            )
        buffer[: len(data)] = data
        return len(data)

    def _broken(self, error: Exception) -> Broken:
        return Broken(f"{self._path}: broken {self._kind} file ({error}); download or pack it again")


def _unpacking(kind: str | None, raw: IO[bytes]) -> IO[bytes]:
    if kind == "gzip":
        return gzip.GzipFile(fileobj=raw)  # type: ignore[return-value]
    if kind == "bzip2":
        return bz2.BZ2File(raw)
    if kind == "xz":
        return lzma.LZMAFile(raw)
    return raw
