"""Readers, one file a format: each yields documents (`doc_id`, `title`, `text` and metadata) from one file.

A reader is registered under its name with the suffixes it is chosen by. To add a format, add a file here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from discourse.core.errors import DiscourseError
from discourse.core.registry import Registry

Document = dict[str, Any]
Reader = Callable[[Path], Iterator[Document]]

READERS: Registry[Reader] = Registry("reader")
SUFFIXES: dict[str, str] = {}


def reader(name: str, *suffixes: str) -> Callable[[Reader], Reader]:
    """A decorator that files a reader under its name, for files with these suffixes."""

    def file(function: Reader) -> Reader:
        SUFFIXES.update(dict.fromkeys(suffixes, name))
        return READERS.register(name)(function)

    return file


def suffix(path: Path) -> str:
    """The suffix that tells the format, without a final .gz."""
    return (Path(path.stem) if path.suffix == ".gz" else path).suffix.lower()


def read(path: Path, name: str | None = None) -> Iterator[Document]:
    """The documents of one file, read by the named reader or by the one for its suffix."""
    if name is None:
        name = SUFFIXES.get(suffix(path))
        if name is None:
            known = ", ".join(sorted(SUFFIXES))
            raise DiscourseError(f"{path}: no reader for {suffix(path) or 'files without a suffix'!r}; known: {known}")
    return READERS.get(name)(path)


from discourse.corpus.readers import conllu, delimited, jsonlines, parquet, text  # noqa: E402, F401 - they file themselves
