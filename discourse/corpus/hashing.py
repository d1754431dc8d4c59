"""The compiled loops behind near-duplicates: shingles of words, MinHash by band, sets compared.

Words are numbers of 64 bits; overflow wraps around, which is arithmetic modulo 2⁶⁴.
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

_BASE = np.uint64(0x9E3779B97F4A7C15)
_S = np.uint64(33)
_M1, _M2 = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53)
_MOST = np.uint64(0xFFFFFFFFFFFFFFFF)


def shingles(words: Numbers, ends: Places, size: int) -> tuple[Numbers, Places]:
    """The distinct shingles of each document, sorted, one document after the other, and where each one's end.

    `words` are those of the documents one after the other, `ends` where each one's end. A document shorter than a
    shingle is one shingle, one without a word has none.
    """
    lengths = np.diff(ends, prepend=0)
    many = np.where(lengths > 0, np.maximum(lengths - size + 1, 1), 0)
    upto = np.cumsum(many)
    document = np.repeat(np.arange(len(ends)), many)
    at = np.arange(len(document)) - (upto - many)[document] + (ends - lengths)[document]
    found = np.zeros(len(document), np.uint64)
    for step in range(size):
        inside = at + step < ends[document]
        found[inside] = found[inside] * _BASE + words[at[inside] + step]
    new = np.ones(len(found), np.bool_)
    begin = 0
    for end in upto.tolist():
        found[begin:end].sort()
        begin = end
    new[1:] = (found[1:] != found[:-1]) | (document[1:] != document[:-1])
    return found[new], np.append(0, np.cumsum(new))[upto]


@numba.njit(cache=True)
def bands(sets: Numbers, ends: Places, a: Numbers, b: Numbers, count: int, rows: int) -> Numbers:
    """Documents × bands: a number for the `rows` least permuted shingles of each band (MinHash of affine hashes)."""
    found = np.zeros((len(ends), count), np.uint64)
    begin = 0
    for document in range(len(ends)):
        end = ends[document]
        mixed = np.empty(end - begin, np.uint64)
        for at in range(end - begin):
            value = sets[begin + at]
            value = (value ^ (value >> _S)) * _M1
            value = (value ^ (value >> _S)) * _M2
            mixed[at] = value ^ (value >> _S)
        for band in range(count):
            whole = np.uint64(band)
            for row in range(rows):
                factor, shift = a[band * rows + row], b[band * rows + row]
                least = _MOST
                for value in mixed:
                    least = min(least, value * factor + shift)
                whole = (whole ^ (least >> _S)) * _M1 + least
            found[document, band] = whole
        begin = end
    return found


@numba.njit(cache=True)
def jaccard(sets: Numbers, begins: Places, ends: Places, left: Places, right: Places) -> npt.NDArray[np.float64]:
    """The Jaccard similarity of each pair of sorted sets; `begins` and `ends` say where in `sets` each is."""
    found = np.zeros(len(left))
    for pair in range(len(left)):
        i, j = begins[left[pair]], begins[right[pair]]
        last_i, last_j = ends[left[pair]], ends[right[pair]]
        whole = last_i - i + last_j - j
        shared = 0
        while i < last_i and j < last_j:
            if sets[i] == sets[j]:
                shared += 1
                i += 1
                j += 1
            elif sets[i] < sets[j]:
                i += 1
            else:
                j += 1
        found[pair] = shared / (whole - shared) if whole > shared else 0.0
    return found
