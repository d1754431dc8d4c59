"""Bytes to text: UTF-8, UTF-16 and the two old Polish encodings, recognised file by file; anything else refused."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np

from discourse.core.errors import DiscourseError
from discourse.corpus.packed import Broken, opened

#: A file that is read whole may not unpack to more than this.
LARGEST = 4 * 1024**3
#: Larger files are read twice, once for their encoding and once as a stream, so that memory does not grow with them.
_WHOLE = 64 * 1024**2
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OLD = ("cp1250", "iso8859_2")
_POLISH = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_USUAL = _POLISH | set("„”“’‘–—…§°«»©®±·×÷áéíöüäëßčřšžçô€\u00a0\u00ad")
_CONTROLS = [code for code in range(32) if chr(code) not in "\n\r\t\f\v"]


def read_bytes(path: Path, largest: int | None = None) -> bytes:
    """The file's bytes, unpacked where it is packed; raises `DiscourseError` that names the file."""
    largest = LARGEST if largest is None else largest
    with opened(path) as stream:
        data = stream.read(largest + 1)
    if len(data) > largest:
        raise DiscourseError(f"{path}: unpacks to more than {_size(largest)}; split it")
    return data


def decode(data: bytes, where: object) -> str:
    """The text of `data` with \\n line ends; raises `DiscourseError` for bytes that are no text."""
    name, mark = encoding([data], where)
    return data[mark:].decode(name, "replace").replace("\r\n", "\n").replace("\r", "\n")


@contextmanager
def text_stream(path: Path) -> Iterator[IO[str]]:
    """The text of a file as a stream with \\n line ends, in its encoding; large files never stand in memory whole.

    Of a packed file that breaks off, the whole lines that are left come first, and the error when they are read.
    """
    data = bytearray()
    broken: Broken | None = None
    with opened(path) as stream:
        try:
            while len(data) <= _WHOLE and (chunk := stream.read(1 << 16)):
                data += chunk
        except Broken as error:
            broken = error
            del data[data.rfind(b"\n") + 1 :]
            if not data:
                raise
    if len(data) <= _WHOLE:
        yield io.StringIO(decode(bytes(data), path), newline="\n")
        if broken is not None:
            raise broken
        return
    data.clear()
    with opened(path) as stream:
        name, mark = encoding(iter(lambda: stream.read(1 << 20), b""), path)
    with opened(path) as stream:
        stream.read(mark)
        yield io.TextIOWrapper(stream, encoding=name, errors="replace")


def encoding(chunks: Iterable[bytes], where: object) -> tuple[str, int]:
    """The encoding of the bytes that come in chunks, and the length of the byte-order mark before them.

    Raises `DiscourseError` for bytes that are text in none of the known encodings.
    """
    first = True
    name, mark, broken, length = "utf-8", 0, -1, 0
    counts = np.zeros(256, dtype=np.int64)
    decoder: codecs.IncrementalDecoder = codecs.getincrementaldecoder("utf-8")()
    for chunk in chunks:
        if first:
            first = False
            name, mark = _marked(chunk)
            if mark or name != "utf-8":
                decoder = codecs.getincrementaldecoder(name)()
                chunk = chunk[mark:]
        if broken < 0:
            try:
                text = decoder.decode(chunk)
                if name.startswith("utf-16"):
                    chunk = text.encode("latin-1", "ignore")  # NULs and controls are then single bytes
            except UnicodeDecodeError as error:
                broken = length + error.start
        counts += np.bincount(np.frombuffer(chunk, dtype=np.uint8), minlength=256)
        length += len(chunk)
    if broken < 0:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            broken = length
    if counts[0]:
        raise DiscourseError(f"{where}: is no text (it has NUL characters)")
    if (controls := int(counts[_CONTROLS].sum())) > max(2, length * 0.01):
        raise DiscourseError(f"{where}: is no text ({controls} control characters)")
    if (broken >= 0 and mark) or (broken >= 0 and name != "utf-8"):
        raise DiscourseError(f"{where}: broken {name.upper()} at byte {broken + mark}")
    return (_old_polish(counts, broken, where), 0) if broken >= 0 else (name, mark)


def _marked(start: bytes) -> tuple[str, int]:
    """The encoding that the first bytes give away, and the length of their mark; UTF-8 where they do not."""
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name, len(mark)
    sample = np.frombuffer(start[: len(start[:4096]) // 2 * 2], dtype=np.uint8).reshape(-1, 2)
    if len(sample):
        # without a mark, UTF-16 of a European language still has a NUL in most second (or first) bytes
        zero = (sample == 0).mean(axis=0)
        for name, here, there in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
            if zero[here] > 0.6 and zero[there] < 0.1:
                return name, 0
    return "utf-8", 0


def _old_polish(counts: np.ndarray, broken: int, where: object) -> str:
    """Whichever of CP-1250 and ISO-8859-2 makes these bytes read more like Polish.

    The two differ in the bytes of ą, ś, ź (and capitals), which in the wrong one become signs that Polish never has.
    """
    foreign = int(counts[128:].sum())
    scores = {name: sum(int(counts[byte]) * _polishness(byte, name) for byte in range(128, 256)) for name in _OLD}
    best = max(_OLD, key=scores.__getitem__)
    if scores[best] < foreign * 0.5:
        raise DiscourseError(
            f"{where}: is no text in UTF-8 (broken at byte {broken}), UTF-16, CP-1250 or ISO-8859-2; save it as UTF-8"
        )
    return best


def _polishness(byte: int, name: str) -> int:
    return 1 if bytes([byte]).decode(name, errors="replace") in _USUAL else -1


def _size(number: int) -> str:
    return f"{number >> 30} GiB" if number >= 1 << 30 else f"{number >> 20} MiB"
