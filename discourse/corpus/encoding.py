"""Bytes to text: UTF-8, UTF-16 and the two old Polish encodings, recognised; anything else refused."""

from __future__ import annotations

import codecs
import gzip
import zlib
from pathlib import Path

from discourse.core.errors import DiscourseError

#: A file that unpacks to more than this is taken for a bomb or a mistake.
LARGEST = 4 * 1024**3
_POLISH = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_USUAL = _POLISH | set("„”“’‘–—…§°«»©®±·×÷áéíöüäëßčřšžçô€\u00a0\u00ad")


def read_bytes(path: Path) -> bytes:
    """The file's bytes, unpacked where its name ends in .gz; raises `DiscourseError` that names the file."""
    try:
        if path.suffix != ".gz":
            return path.read_bytes()
        with gzip.open(path) as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise DiscourseError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise DiscourseError(f"{path}: is a folder, not a file") from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DiscourseError(f"{path}: broken gzip file ({error}); download or pack it again") from None
    except OSError as error:
        raise DiscourseError(f"{path}: cannot be read: {error.strerror or error}") from None
    if len(data) > LARGEST:
        raise DiscourseError(f"{path}: unpacks to more than {LARGEST >> 30} GiB; split it")
    return data


def decode(data: bytes, where: object) -> str:
    """The text of `data` with \\n line ends; raises `DiscourseError` for bytes that are no text."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            try:
                return _lines(data[len(mark) :].decode(name), where)
            except UnicodeDecodeError as error:
                raise DiscourseError(f"{where}: broken {name.upper()} at byte {error.start}") from None
    try:
        return _lines(data.decode("utf-8"), where)
    except UnicodeDecodeError:
        return _lines(_old_polish(data, where), where)


def _old_polish(data: bytes, where: object) -> str:
    """The text in whichever of CP-1250 and ISO-8859-2 reads more like Polish.

    The two differ in the bytes of ą, ś, ź (and capitals), which in the wrong one become signs that Polish never has.
    """
    readings = [data.decode(name, errors="replace") for name in ("cp1250", "iso8859_2")]
    best = max(readings, key=_polishness)
    foreign = sum(ord(c) > 127 for c in best)
    if _polishness(best) < foreign * 0.5:
        raise DiscourseError(f"{where}: is no text in UTF-8, UTF-16, CP-1250 or ISO-8859-2; save it as UTF-8")
    return best


def _polishness(text: str) -> int:
    return sum((c in _USUAL) - (c not in _USUAL) for c in text if ord(c) > 127)


def _lines(text: str, where: object) -> str:
    if "\x00" in text:
        raise DiscourseError(f"{where}: is no text (it has NUL characters)")
    controls = sum(c < " " and c not in "\n\r\t\f\v" for c in text)
    if controls > max(2, len(text) * 0.01):
        raise DiscourseError(f"{where}: is no text ({controls} control characters)")
    return text.replace("\r\n", "\n").replace("\r", "\n")
