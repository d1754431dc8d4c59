"""Readers, one file a format: each yields documents (`doc_id`, `title`, `text` and metadata) from one file.

A reader is registered under its name with the suffixes it is chosen by. To add a format, add a file here.
It yields what it can as it goes, and a `Rejected` with its reason for a document that it cannot take; a file that it
cannot read at all is a `DiscourseError`. Its keyword arguments are the `[options]` of a manifest.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from discourse.core.errors import DiscourseError, unknown
from discourse.core.registry import Registry
from discourse.corpus.packed import packing
from discourse.corpus.rejected import Changed, Rejected

Document = dict[str, Any]
Found = Document | Rejected
Reader = Callable[..., Iterator[Found]]

#: Readers of tables, whose text may stand in a column of any name.
TABLES = ("csv", "xlsx", "jsonl", "json", "parquet")

READERS: Registry[Reader] = Registry("reader")
SUFFIXES: dict[str, str] = {}


def reader(name: str, *suffixes: str) -> Callable[[Reader], Reader]:
    """A decorator that files a reader under its name, for files with these suffixes."""

    def file(function: Reader) -> Reader:
        SUFFIXES.update(dict.fromkeys(suffixes, name))
        return READERS.register(name)(function)

    return file


def suffix(path: Path) -> str:
    """The suffix that tells the format, without a final .gz, .bz2 or .xz."""
    return (Path(path.stem) if packing(path) else path).suffix.lower()


def stem(path: Path) -> str:
    """The file's name without the suffix of its format and of its packing."""
    return Path(path.stem if packing(path) else path.name).stem


def reader_of(path: Path) -> str | None:
    """The name of the reader for a file, by its suffix and, for XML, by its first element."""
    name = SUFFIXES.get(suffix(path))
    return xml.dialect(path) if name == "xml" else name


def read(path: Path, name: str | None = None, options: Mapping[str, Any] | None = None) -> Iterator[Found]:
    """The documents of one file, read by the named reader or by the one for its suffix.

    Raises `DiscourseError` for a format or option that is not known, and `Changed` for a file that changes meanwhile.
    """
    if name is None:
        name = SUFFIXES.get(suffix(path))
        if name is None:
            known = ", ".join(sorted(SUFFIXES))
            raise DiscourseError(f"{path}: no reader for {suffix(path) or 'files without a suffix'!r}; known: {known}")
    if name == "xml":
        name = xml.dialect(path)
    function = READERS.get(name)
    return _unchanging(path, function, _fitting(name, function, options or {}))


def options_of(name: str) -> dict[str, Any]:
    """The options of a reader with their defaults."""
    parameters = list(inspect.signature(READERS.get(name)).parameters.values())[1:]
    return {parameter.name: parameter.default for parameter in parameters}


def _fitting(name: str, function: Reader, options: Mapping[str, Any]) -> dict[str, Any]:
    known = options_of(name)
    for option in options:
        if option not in known:
            raise unknown(f"option of the reader {name!r}", option, known)
    return dict(options)


def _unchanging(path: Path, function: Reader, options: dict[str, Any]) -> Iterator[Found]:
    before = _state(path)
    yield from function(path, **options)
    if before is not None and _state(path) != before:
        raise Changed(f"{path}: changed while it was read; read it again when nothing writes to it")


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_ino, state.st_size, state.st_mtime_ns


from discourse.corpus.readers import (  # noqa: E402, F401 - they file themselves
    conllu,
    delimited,
    docx,
    html,
    jsonlines,
    mediawiki,
    odt,
    parquet,
    pdf,
    spreadsheet,
    tei,
    text,
    vertical,
    warc,
    xml,
)
