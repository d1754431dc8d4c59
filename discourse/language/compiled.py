"""Loops over tokens that arrays alone would have to pass many times, compiled by numba on first use.

What is compiled is kept beside this file, or in the user's cache folder. Nothing here knows the language: the
functions take and give arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numba
import numpy as np
import numpy.typing as npt
import polars as pl
from numba.extending import intrinsic

F = TypeVar("F", bound=Callable[..., Any])
Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

FNV_SEED, FNV_PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)  # FNV-1a, 64 bits


@dataclass(frozen=True)
class Strings:
    """Strings one after another in bytes; string `i` is `data[begin[i]:begin[i + 1]]`."""

    data: Bytes
    begin: Numbers


def strings(series: pl.Series) -> Strings:
    """The strings of a column without nulls."""
    joined = series.str.join("").cast(pl.Binary).item() if len(series) else b""
    begin = np.zeros(len(series) + 1, np.int64)
    np.cumsum(series.str.len_bytes().to_numpy(), out=begin[1:])
    return Strings(np.frombuffer(joined or b"\0", np.uint8), begin)


def compiled(function: F) -> F:
    """The function, compiled when first called; it lets other threads run."""
    return _compiled(function, False)


def compiled_in_any_order(function: F) -> F:
    """The same, where sums are exact and may be taken in any order."""
    return _compiled(function, {"reassoc", "nsz"})


def _compiled(function: F, fastmath: bool | set[str]) -> F:
    try:
        made: Any = numba.njit(nogil=True, cache=True, fastmath=fastmath)(function)
    except RuntimeError:  # no folder in which to keep what is compiled
        made = numba.njit(nogil=True, fastmath=fastmath)(function)
    return made


@intrinsic
def _pointer(context: Any, address: Any) -> Any:
    """The address as a pointer to bytes."""

    def code(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], target.get_value_type(signature.return_type))

    return numba.types.CPointer(numba.types.uint8)(address), code


@compiled
def memory(address: int | np.uintp) -> Bytes:
    """The bytes from this address on; how far they may be read is for the caller to know."""
    found: Bytes = numba.carray(_pointer(address), (1 << 40,))
    return found


@compiled
def slot(state: np.uint64, mask: int) -> int:
    """Where to look first for this hash in an open table of `mask + 1` places."""
    return int(np.int64((state ^ (state >> np.uint64(29))) & np.uint64(mask)))


@compiled
def sort(values: Numbers, size: int) -> None:
    """Put the first so many values in order, in place; meant for few."""
    for i in range(1, size):
        value = values[i]
        at = i
        while at > 0 and values[at - 1] > value:
            values[at] = values[at - 1]
            at -= 1
        values[at] = value


@compiled_in_any_order
def add_up(parts: Floats, types: npt.NDArray[np.int32], begin: int, end: int, out: Floats) -> None:
    """Rows `begin` to `end` of a convolution of five places over types: sums of their parts, cut at 0, rounded.

    `parts` is type × place × value. A type of -1 stands outside of sentences: its row is 0, its parts are those of
    the last type. Sums are exact, so that their order does not matter.
    """
    last = parts.shape[0] - 1
    for row in range(begin, end):
        target = out[row - begin]
        if row < 2 or row >= len(types) - 2 or types[row] < 0:
            target[:] = 0
            continue
        a, b, d, e = types[row - 2], types[row - 1], types[row + 1], types[row + 2]
        # all five in one loop: three times as fast as one after another
        one, two, three = parts[a if a >= 0 else last, 0], parts[b if b >= 0 else last, 1], parts[types[row], 2]
        four, five = parts[d if d >= 0 else last, 3], parts[e if e >= 0 else last, 4]
        for i in range(parts.shape[2]):
            target[i] = np.rint(max(one[i] + two[i] + three[i] + four[i] + five[i], np.float32(0)))


@compiled
def windows(rows: Floats, at: Numbers, out: Floats) -> None:
    """Round the rows; into `out`, one row each, those from each of these places on, as many as are as wide as it."""
    for i in range(rows.shape[0]):
        for j in range(rows.shape[1]):
            rows[i, j] = np.rint(rows[i, j])
    flat = rows.reshape(-1)
    for i in range(len(at)):
        begin = at[i] * rows.shape[1]
        for j in range(out.shape[1]):
            out[i, j] = flat[begin + j]


@compiled
def beside(values: Floats, bias: Floats, rows: Floats, at: Numbers) -> None:
    """To the first values of each row the bias, cut at 0, rounded; after them the row of `rows` at its place."""
    width = len(bias)
    for i in range(len(at)):
        for j in range(width):
            values[i, j] = np.rint(max(values[i, j] + bias[j], np.float32(0)))
        for j in range(rows.shape[1]):
            values[i, width + j] = rows[at[i], j]


@compiled_in_any_order
def best_readings(
    output: Floats,
    step: np.float32,
    segment: Numbers,
    first: Numbers,
    tag: npt.NDArray[np.int32],
    own: Floats,
    tags: Floats,
    best: Numbers,
) -> None:
    """Into `best`: the reading of each of these segments in its place whose score is highest, the first of equals.

    Readings of segment `s` are `first[s]` to `first[s + 1]`; a score is the product of the token's output, rounded, in
    such steps, and the vector of the reading's tag, and the reading's own score.
    """
    width = tags.shape[1]
    for i in range(len(segment)):
        for j in range(width):
            output[i, j] = np.rint(output[i, j]) * step
        highest = np.float32(-np.inf)
        for reading in range(first[segment[i]], first[segment[i] + 1]):
            vector = tags[tag[reading]]
            score = own[reading]
            for j in range(width):
                score += output[i, j] * vector[j]
            if score > highest:
                highest = score
                best[i] = reading
