"""Morfeusz's readings of many plain words in one call, through the library's C interface.

Python's own interface makes an object of each reading; here readings are read as arrays, each once a word. Where the
library cannot be found beside the module, or answers otherwise than the module does, words are asked one by one.
"""

from __future__ import annotations

import ctypes
import functools
import threading
from pathlib import Path

import morfeusz2
import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language.compiled import Bytes, Numbers, compiled, memory

_AT_ONCE = 4000  # words of one call
_MARK = ";"  # stands between words: it is no part of any, and a token of its own
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
    return _edges(library, pl.Series(_SAMPLE)).rows() == list(dict.fromkeys(expected))


def _edges(library: ctypes.CDLL, words: pl.Series) -> pl.DataFrame:
    parts = [_some(library, words.slice(at, _AT_ONCE), at) for at in range(0, len(words), _AT_ONCE)]
    return pl.concat(parts) if parts else pl.DataFrame(schema=SCHEMA)


def _some(library: ctypes.CDLL, words: pl.Series, first: int) -> pl.DataFrame:
    text = f" {_MARK} ".join(words).encode()
    with _lock:
        address = library.morfeusz_analyse(text)
        size = _count(address, _SIZE)
        found = np.frombuffer(ctypes.string_at(address, size * _SIZE), dtype=_EDGE)
        start, end, form, lemma, tag = (found[name].copy() for name in _EDGE.names or ())
        word = np.empty(size, np.int64)
        rows = np.flatnonzero(_words(start, end, form, lemma, tag, ord(_MARK), word))
        forms, lemmas = _strings(form[rows]), _strings(lemma[rows])
        pointers, which = np.unique(tag[rows], return_inverse=True)
        tags = _strings(pointers)
    return pl.DataFrame(
        {
            "word": (word[rows] + first).astype(np.uint32),
            "start": start[rows],
            "end": end[rows],
            "form": forms,
            "lemma": lemmas,
            "tag": tags.gather(which),
        },
        schema=SCHEMA,
    )


def _strings(pointers: npt.NDArray[np.uintp]) -> pl.Series:
    """What stands at these addresses, up to the zero."""
    if len(pointers) == 0:
        return pl.Series([], dtype=pl.String)
    lengths = np.empty(len(pointers), np.int64)
    _lengths(pointers, lengths)
    joined = np.empty(int(lengths.sum()) + len(lengths), np.uint8)
    _copy(pointers, lengths, joined)
    return pl.Series([joined[:-1].tobytes().decode()]).str.split("\n").explode()


@compiled
def _count(address: int, step: int) -> int:
    """How many readings stand here; after the last there is one whose first node is -1."""
    data = memory(address)
    at = 0
    while data[at] & data[at + 1] & data[at + 2] & data[at + 3] != 0xFF:
        at += step
    return at // step


@compiled
def _words(
    start: npt.NDArray[np.int32], end: npt.NDArray[np.int32], form: npt.NDArray[np.uintp],
    lemma: npt.NDArray[np.uintp], tag: npt.NDArray[np.uintp], mark: int, word: Numbers,
) -> npt.NDArray[np.bool_]:  # fmt: skip
    """Which readings are of words, and new; into `word` whose each is, and nodes are counted from its beginning."""
    kept = np.zeros(len(word), np.bool_)
    number, head, node = 0, 0, np.int32(0)
    for row in range(len(word)):
        letters = memory(form[row])
        if letters[0] == mark and letters[1] == 0:
            number, head = number + 1, row + 1
            continue
        word[row], kept[row] = number, True
        if row == head:
            node = start[row]
        start[row] -= node
        end[row] -= node
        for other in range(head, row):
            if start[other] == start[row] and end[other] == end[row] and tag[other] == tag[row]:
                kept[row] = kept[row] and not _same(lemma[other], lemma[row])
    return kept


@compiled
def _same(one: np.uintp, other: np.uintp) -> bool:
    a, b, at = memory(one), memory(other), 0
    while a[at] == b[at] and a[at]:
        at += 1
    return bool(a[at] == b[at])


@compiled
def _lengths(pointers: npt.NDArray[np.uintp], result: Numbers) -> None:
    for i in range(len(pointers)):
        text, size = memory(pointers[i]), 0
        while text[size]:
            size += 1
        result[i] = size


@compiled
def _copy(pointers: npt.NDArray[np.uintp], lengths: Numbers, result: Bytes) -> None:
    at = 0
    for i in range(len(pointers)):
        text = memory(pointers[i])
        for j in range(lengths[i]):
            result[at + j] = text[j]
        at += lengths[i]
        result[at] = 10
        at += 1
