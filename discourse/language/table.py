"""Distinct strings met so far, each with a number: an open table over their bytes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language.compiled import FNV_PRIME, FNV_SEED, Bytes, Hashes, Numbers, compiled, slot, strings


@dataclass(frozen=True)
class Spans:
    """Strings in bytes: string `i` is `data[begin[i]:end[i]]`."""

    data: Bytes
    begin: Numbers
    end: Numbers
    hashes: Hashes

    def some(self, rows: Numbers) -> Spans:
        """Those at these places."""
        return Spans(self.data, self.begin[rows], self.end[rows], self.hashes[rows])


def spans(texts: pl.Series) -> Spans:
    """The strings of a column without nulls."""
    flat = strings(texts)
    begin, end = flat.begin[:-1], flat.begin[1:]
    hashes = np.empty(len(begin), np.uint64)
    _hash(flat.data, begin, end, hashes)
    return Spans(flat.data, begin, end, hashes)


@dataclass(frozen=True, eq=False)
class Table:
    """String `i` is `data[begin[i]:begin[i + 1] - 1]`, then comes a line break. A table is never changed."""

    slots: npt.NDArray[np.int32] = field(default_factory=lambda: np.full(1 << 12, -1, np.int32))
    hashes: Hashes = field(default_factory=lambda: np.zeros(0, np.uint64))
    data: Bytes = field(default_factory=lambda: np.zeros(0, np.uint8))
    begin: Numbers = field(default_factory=lambda: np.zeros(1, np.int64))

    def __len__(self) -> int:
        return len(self.hashes)

    def find(self, texts: Spans) -> Numbers:
        """The number of each string, -1 where it is not there."""
        result = np.empty(len(texts.begin), np.int64)
        _look_up(
            self.slots, self.hashes, self.data, self.begin, texts.data, texts.begin, texts.end, texts.hashes, result
        )
        return result

    def grown(self, texts: Spans) -> Table:
        """The table with these strings, none of which is there yet, after its own; one may come several times."""
        begin, end = texts.begin, texts.end
        old, most = len(self), len(self) + len(begin)
        # a copy, since others may be reading them
        slots = _slots(most, self.hashes) if 2 * most > len(self.slots) else self.slots.copy()
        data = np.concatenate([self.data, np.empty(int((end - begin + 1).sum()), np.uint8)])
        hashes = np.concatenate([self.hashes, np.empty(len(begin), np.uint64)])
        begins = np.concatenate([self.begin, np.empty(len(begin), np.int64)])
        size = _insert(slots, hashes, data, begins, old, texts.data, begin, end, texts.hashes)
        if size == most:
            return Table(slots, hashes, data, begins)
        return Table(slots, hashes[:size].copy(), data[: begins[size]].copy(), begins[: size + 1].copy())

    def texts(self, first: int = 0) -> pl.Series:
        """The strings from this number on; none of them may have a line break inside."""
        if first == len(self):
            return pl.Series([], dtype=pl.String)
        return pl.Series([self.data[self.begin[first] : -1].tobytes().decode()]).str.split("\n").explode()


def table(hashes: Hashes, data: Bytes, begin: Numbers) -> Table:
    """The table of these strings."""
    return Table(_slots(len(hashes), hashes), hashes, data, begin)


def _slots(most: int, hashes: Hashes) -> npt.NDArray[np.int32]:
    slots = np.full(max(1 << 12, 1 << (2 * most).bit_length()), -1, np.int32)
    _refill(slots, hashes)
    return slots


@compiled
def _hash(data: Bytes, begin: Numbers, end: Numbers, result: Hashes) -> None:
    for i in range(len(begin)):
        state = FNV_SEED
        for at in range(begin[i], end[i]):
            state = (state ^ np.uint64(data[at])) * FNV_PRIME
        result[i] = state


@compiled
def _look_up(
    slots: npt.NDArray[np.int32], hashes: Hashes, known: Bytes, known_begin: Numbers,
    data: Bytes, begin: Numbers, end: Numbers, states: Hashes, result: Numbers,
) -> None:  # fmt: skip
    mask = len(slots) - 1
    for i in range(len(result)):
        at, length = slot(states[i], mask), end[i] - begin[i]
        result[i] = -1
        while slots[at] >= 0:
            number = slots[at]
            if hashes[number] == states[i] and known_begin[number + 1] - known_begin[number] - 1 == length:
                here, there, j = known_begin[number], begin[i], 0
                while j < length and known[here + j] == data[there + j]:
                    j += 1
                if j == length:
                    result[i] = number
                    break
            at = (at + 1) & mask


@compiled
def _insert(
    slots: npt.NDArray[np.int32], hashes: Hashes, known: Bytes, known_begin: Numbers, size: int,
    data: Bytes, begin: Numbers, end: Numbers, states: Hashes,
) -> int:  # fmt: skip
    mask = len(slots) - 1
    for i in range(len(begin)):
        at = slot(states[i], mask)
        length = end[i] - begin[i]
        there = False
        while slots[at] >= 0 and not there:
            number = slots[at]
            if hashes[number] == states[i] and known_begin[number + 1] - known_begin[number] - 1 == length:
                there = True
                for j in range(length):
                    there = there and known[known_begin[number] + j] == data[begin[i] + j]
            if not there:
                at = (at + 1) & mask
        if not there:
            slots[at] = size
            hashes[size] = states[i]
            here = known_begin[size]
            for j in range(length):
                known[here + j] = data[begin[i] + j]
            known[here + length] = 10
            known_begin[size + 1] = here + length + 1
            size += 1
    return size


@compiled
def _refill(slots: npt.NDArray[np.int32], hashes: Hashes) -> None:
    mask = len(slots) - 1
    for number in range(len(hashes)):
        at = slot(hashes[number], mask)
        while slots[at] >= 0:
            at = (at + 1) & mask
        slots[at] = number
