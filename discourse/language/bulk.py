"""Morfeusz's readings of many plain words in one call, through the library's C interface.

Python's own interface makes an object of each reading; here readings are read as arrays. Where the library cannot be
found beside the module, or answers otherwise than the module does, words are asked one by one.
"""

from __future__ import annotations

import ctypes
import functools
import threading
from pathlib import Path

import morfeusz2
import numpy as np
import polars as pl

_AT_ONCE = 4000  # words of one call
_MARK = b";"  # stands between words: it is no part of any, and a token of its own
_SAMPLE = ["zrobiłbym", "Nowak", "może", "Zzyzxowi", "miałem"]
_lock = threading.Lock()  # the C interface has one state a process

#: One row a reading of a word: number of the word, nodes of the lattice, form, lemma, tag.
SCHEMA = pl.Schema(
    {"word": pl.UInt32, "start": pl.Int32, "end": pl.Int32, "form": pl.String, "lemma": pl.String, "tag": pl.String}
)


class _Edge(ctypes.Structure):
    _fields_ = [
        ("start", ctypes.c_int),
        ("end", ctypes.c_int),
        ("form", ctypes.c_void_p),
        ("lemma", ctypes.c_void_p),
        ("tag", ctypes.c_void_p),
    ]


_SIZE = ctypes.sizeof(_Edge)
_EDGE = np.dtype(
    [("start", np.int32), ("end", np.int32), ("form", np.uintp), ("lemma", np.uintp), ("tag", np.uintp)], align=True
)


def edges(words: pl.Series) -> pl.DataFrame | None:
    """One row a reading of each of these words of letters alone, see `SCHEMA`; `None` where there is no library."""
    library = _library()
    return None if library is None else _edges(library, words)


@functools.cache
def _library() -> ctypes.CDLL | None:
    names = ("libmorfeusz2.so", "libmorfeusz2.dylib", "morfeusz2.dll")
    for path in (Path(morfeusz2.__file__).parent / name for name in names):
        try:
            library = ctypes.CDLL(str(path))
            library.morfeusz_analyse.argtypes = [ctypes.c_char_p]
            library.morfeusz_analyse.restype = ctypes.c_void_p
        except (OSError, AttributeError):
            continue
        if _EDGE.itemsize == _SIZE and _agrees(library):
            return library
    return None


def _agrees(library: ctypes.CDLL) -> bool:
    """Whether the library reads a few words as the module does."""
    engine = morfeusz2.Morfeusz(expand_tags=False, generate=False)
    expected = [
        (number, start, end, form, lemma, tag)
        for number, word in enumerate(_SAMPLE)
        for start, end, (form, lemma, tag, *_) in engine.analyse(word)
    ]
    return _edges(library, pl.Series(_SAMPLE)).rows() == expected


def _edges(library: ctypes.CDLL, words: pl.Series) -> pl.DataFrame:
    parts = [_some(library, words.slice(at, _AT_ONCE), at) for at in range(0, len(words), _AT_ONCE)]
    return pl.concat(parts) if parts else pl.DataFrame(schema=SCHEMA)


def _some(library: ctypes.CDLL, words: pl.Series, first: int) -> pl.DataFrame:
    text = f" {_MARK.decode()} ".join(words).encode()
    with _lock:
        address = library.morfeusz_analyse(text)
        starts = (ctypes.c_int * (2**28)).from_address(address)  # a view: nothing is read beyond the end
        step, size = _SIZE // ctypes.sizeof(ctypes.c_int), 0
        while starts[size * step] != -1:
            size += 1
        found = np.frombuffer(ctypes.string_at(address, size * _SIZE), dtype=_EDGE)
        form, lemma = _strings(found["form"]), _strings(found["lemma"])
        pointers, tag = np.unique(found["tag"], return_inverse=True)
        tags = _strings(pointers)
    marks = np.fromiter((value == _MARK for value in form), np.bool_, size)
    word = np.cumsum(marks)
    kept = ~marks
    heads = np.flatnonzero(np.diff(word[kept], prepend=-1))
    node = found["start"][kept][heads][word[kept]] if size else np.zeros(0, np.int32)
    return pl.DataFrame(
        {
            "word": (word[kept] + first).astype(np.uint32),
            "start": found["start"][kept] - node,
            "end": found["end"][kept] - node,
            "form": _decoded(form).filter(pl.Series(kept)),
            "lemma": _decoded(lemma).filter(pl.Series(kept)),
            "tag": _decoded(tags).gather(tag[kept]),
        },
        schema=SCHEMA,
    )


def _strings(pointers: np.typing.NDArray[np.uintp]) -> list[bytes]:
    """What stands at these addresses, up to the zero."""
    copied = np.ascontiguousarray(pointers)
    return list((ctypes.c_char_p * len(copied)).from_address(copied.ctypes.data)) if len(copied) else []


def _decoded(values: list[bytes]) -> pl.Series:
    return pl.Series(values, dtype=pl.Binary).cast(pl.String)
