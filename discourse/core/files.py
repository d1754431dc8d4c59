"""Files written whole or not at all, and their digests."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from discourse.core.errors import DiscourseError


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`; what is written there takes its place when the block ends without an error.

    Raises `DiscourseError` where the place cannot be written.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise DiscourseError(f"cannot write {path}: it is a folder; name a file")
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        temporary.chmod(0o666 & ~_umask())
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise DiscourseError(f"cannot write {path}: {error.strerror or error}; choose another place") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def writable(path: Path, asked: Path | None = None) -> None:
    """Raises `DiscourseError` where `path` (named as `asked`) could not be written, before work would be lost."""
    asked = asked or path
    if path.is_dir():
        raise DiscourseError(f"cannot write {asked}: it is a folder; name a file")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise DiscourseError(f"cannot write {asked}: {error.strerror or error}; choose another place") from error


def write_text(path: Path, text: str) -> Path:
    """`text` as UTF-8 with \\n line ends, atomically."""
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> Path:
    """`data`, atomically."""
    with replacing(path) as temporary:
        temporary.write_bytes(data)
    return path


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
