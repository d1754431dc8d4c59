"""Text cut at white space into stretches, each distinct one of which is cut into chunks once.

The loops over bytes are compiled; patterns are asked only about stretches that have not been met before.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language.compiled import FNV_PRIME, FNV_SEED, Bytes, Hashes, Numbers, Strings, compiled, slot


@dataclass(frozen=True)
class Runs:
    """Stretches without white space, in order: arrays of one value each."""

    doc: Numbers
    begin: Numbers  # bytes, in the joined text
    end: Numbers
    start: Numbers  # code points, in the document
    gap: npt.NDArray[np.uint8]  # what stands before: see `tokenize.Chunks`
    hashes: Hashes


_COLUMNS = tuple(column.name for column in fields(Runs))


def runs(text: Strings) -> Runs:
    """The stretches of these documents."""
    most = len(text.data) // 2 + len(text.begin)
    doc, begin, end, start = (np.empty(most, np.int64) for _ in range(4))
    gap, hashes = np.empty(most, np.uint8), np.empty(most, np.uint64)
    size = _cut(text.data, text.begin, doc, begin, end, start, gap, hashes)
    return Runs(doc[:size], begin[:size], end[:size], start[:size], gap[:size], hashes[:size])


@dataclass(frozen=True)
class _Table:
    """An open table of stretches; stretch `i` is `data[begin[i]:begin[i + 1] - 1]`, then comes a line break."""

    slots: npt.NDArray[np.int32]
    hashes: Hashes
    data: Bytes
    begin: Numbers


@dataclass(eq=False)
class Stretches:
    """The distinct stretches met so far, and the chunks of each; arrays only ever grow, by new ones in their place."""

    cut: Callable[[pl.Expr], pl.Expr]  # a stretch to the list of its chunks
    lock: threading.Lock = field(default_factory=threading.Lock)
    forms: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.String))  # distinct chunks
    first: Numbers = field(default_factory=lambda: np.zeros(1, np.int64))  # of each stretch, its first chunk
    form: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))  # of each chunk, which of the forms
    offset: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))  # code points from its stretch's start
    table: _Table = field(
        default_factory=lambda: _Table(
            np.full(1 << 12, -1, np.int32), np.zeros(0, np.uint64), np.zeros(0, np.uint8), np.zeros(1, np.int64)
        )
    )

    def __len__(self) -> int:
        return len(self.table.hashes)

    def frames(self) -> dict[str, pl.DataFrame]:
        """All but the forms as tables: `stretches`, `pieces`, `bytes`."""
        table = self.table
        own = {"length": np.diff(table.begin), "pieces": np.diff(self.first), "hash": table.hashes}
        return {
            "stretches": pl.DataFrame(own),
            "pieces": pl.DataFrame({"form": self.form, "offset": self.offset}),
            "bytes": pl.DataFrame({"byte": table.data}),
        }

    def take(self, frames: Mapping[str, pl.DataFrame], forms: pl.Series) -> None:
        """Begin with what `frames` of others gave. Raises `ValueError` where the tables do not fit together."""
        own, pieces = frames["stretches"], frames["pieces"]
        begin, first = (np.append(0, np.cumsum(own.get_column(name).to_numpy())) for name in ("length", "pieces"))
        data, hashes = frames["bytes"].get_column("byte").to_numpy().copy(), own.get_column("hash").to_numpy().copy()
        form, offset = (pieces.get_column(name).to_numpy().copy() for name in ("form", "offset"))
        if begin[-1] != len(data) or first[-1] != len(form) or (form.max(initial=-1) >= len(forms)):
            raise ValueError("the tables of stretches do not fit together")
        slots = np.full(max(1 << 12, 1 << (2 * len(hashes)).bit_length()), -1, np.int32)
        _refill(slots, hashes)
        self.forms, self.first, self.form, self.offset = forms, first, form, offset
        self.table = _Table(slots, hashes, data, begin)

    def numbers(self, data: Bytes, found: Runs) -> Numbers:
        """The number of each run's stretch; new ones are taken in."""
        result = np.empty(len(found.begin), np.int64)
        if self._look_up(self.table, data, found, result):
            with self.lock:
                missing = np.flatnonzero(result < 0)
                rest = Runs(*(getattr(found, name)[missing] for name in _COLUMNS))
                result[missing] = self._add(data, rest)
        return result

    def _look_up(self, table: _Table, data: Bytes, found: Runs, result: Numbers) -> int:
        """How many are missing (-1 in `result`)."""
        return int(
            _look_up(
                table.slots, table.hashes, table.data, table.begin, data, found.begin, found.end, found.hashes, result
            )
        )

    def _add(self, data: Bytes, found: Runs) -> Numbers:
        """The numbers of these runs' stretches, those taken in that are new."""
        table = self.table
        numbers = np.empty(len(found.begin), np.int64)
        if not self._look_up(table, data, found, numbers):
            return numbers  # others have taken them in meanwhile
        missing = np.flatnonzero(numbers < 0)
        begin, end = found.begin[missing], found.end[missing]
        old, most = len(table.hashes), len(table.hashes) + len(missing)
        if 2 * most > len(table.slots):
            slots = np.full(1 << (2 * most).bit_length(), -1, np.int32)
            _refill(slots, table.hashes)
        else:
            slots = table.slots.copy()  # others may be reading it
        bytes_ = np.concatenate([table.data, np.empty(int((end - begin + 1).sum()), np.uint8)])
        hashes = np.concatenate([table.hashes, found.hashes[missing]])
        begins = np.concatenate([table.begin, np.empty(len(missing), np.int64)])
        size = _insert(slots, hashes, bytes_, begins, old, data, begin, end, found.hashes[missing])
        new = _Table(slots, hashes[:size].copy(), bytes_[: begins[size]].copy(), begins[: size + 1].copy())
        self._cut(bytes(new.data[table.begin[-1] :]).decode().split("\n")[:-1])
        self.table = new  # last: whoever finds a number finds its chunks
        self._look_up(new, data, found, numbers)
        return numbers

    def _cut(self, stretches: list[str]) -> None:
        """Take in the chunks of these stretches."""
        lists = pl.DataFrame({"run": stretches}, schema={"run": pl.String}).select(self.cut(pl.col("run"))).to_series()
        pieces = lists.explode(empty_as_null=False)
        distinct = pl.concat([self.forms, pieces]).unique(maintain_order=True)
        table = pl.DataFrame({"form": distinct}).with_row_index("number")
        form = pl.DataFrame({"form": pieces}).join(table, on="form", how="left", maintain_order="left")
        many = lists.list.len().to_numpy().astype(np.int64)
        length = pieces.str.len_chars().to_numpy().astype(np.int64)
        upto = np.cumsum(length) - length
        first = np.cumsum(many) - many
        self.offset = np.concatenate([self.offset, upto - np.repeat(upto[first], many)])
        self.form = np.concatenate([self.form, form.get_column("number").to_numpy().astype(np.int64)])
        self.first = np.concatenate([self.first, self.first[-1] + first + many])
        self.forms = distinct


def spread(found: Runs, number: Numbers, known: Stretches) -> tuple[Numbers, Numbers, npt.NDArray[np.uint8], Numbers]:
    """Of each chunk of these runs: its document, start, gap, and which of the forms it is."""
    first, form, offset = known.first, known.form, known.offset
    size = int((first[number + 1] - first[number]).sum())
    doc, start, chunk = (np.empty(size, np.int64) for _ in range(3))
    gap = np.empty(size, np.uint8)
    _spread(found.doc, found.start, found.gap, number, first, form, offset, doc, start, gap, chunk)
    return doc, start, gap, chunk


@compiled
def _white(data: Bytes, at: int, end: int) -> int:
    """How many bytes the white space here takes, 0 where there is none."""
    byte = data[at]
    if byte < 0x80:
        return 1 if byte == 32 or 9 <= byte <= 13 else 0
    if byte == 0xC2:
        return 2 if data[at + 1] == 0x85 or data[at + 1] == 0xA0 else 0
    if byte == 0xE2:
        second, third = data[at + 1], data[at + 2]
        if second == 0x80:
            return 3 if third <= 0x8B or third == 0xA8 or third == 0xA9 or third == 0xAF else 0
        return 3 if second == 0x81 and (third == 0x9F or third == 0xA0) else 0
    if byte == 0xE1:
        return 3 if data[at + 1] == 0x9A and data[at + 2] == 0x80 else 0
    if byte == 0xE3:
        return 3 if data[at + 1] == 0x80 and data[at + 2] == 0x80 else 0
    if byte == 0xEF:
        return 3 if data[at + 1] == 0xBB and data[at + 2] == 0xBF else 0
    return 0


@compiled
def _cut(
    data: Bytes, bounds: Numbers, doc: Numbers, begin: Numbers, end: Numbers, start: Numbers,
    gap: npt.NDArray[np.uint8], hashes: Hashes,
) -> int:  # fmt: skip
    size = 0
    for document in range(len(bounds) - 1):
        at, last = bounds[document], bounds[document + 1]
        place, before, breaks = 0, 3, 0
        while at < last:
            white = _white(data, at, last)
            if white:
                byte = data[at]
                if byte == 10:
                    breaks += at == bounds[document] or data[at - 1] != 13
                elif byte == 13 or (white == 3 and data[at + 1] == 0x80 and (data[at + 2] & 0xFE) == 0xA8):
                    breaks += 1
                before = max(before, 1 + min(breaks, 2))
                at += white
                place += 1
                continue
            state, here = FNV_SEED, at
            start[size] = place
            while at < last and (data[at] > 32 or not _white(data, at, last)):
                byte = data[at]
                if byte >= 0x80 and _white(data, at, last):
                    break
                state = (state ^ np.uint64(byte)) * FNV_PRIME
                place += byte & 0xC0 != 0x80
                at += 1
            doc[size], begin[size], end[size], gap[size], hashes[size] = document, here, at, before, state
            size += 1
            before, breaks = 0, 0
    return size


@compiled
def _look_up(
    slots: npt.NDArray[np.int32], hashes: Hashes, known: Bytes, known_begin: Numbers,
    data: Bytes, begin: Numbers, end: Numbers, states: Hashes, result: Numbers,
) -> int:  # fmt: skip
    mask = len(slots) - 1
    missing = 0
    for i in range(len(result)):
        at = slot(states[i], mask)
        result[i] = -1
        while slots[at] >= 0:
            number = slots[at]
            if hashes[number] == states[i] and known_begin[number + 1] - known_begin[number] - 1 == end[i] - begin[i]:
                same = True
                here = known_begin[number]
                for j in range(end[i] - begin[i]):
                    same = same and known[here + j] == data[begin[i] + j]
                if same:
                    result[i] = number
                    break
            at = (at + 1) & mask
        missing += result[i] < 0
    return missing


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


@compiled
def _spread(
    doc: Numbers, start: Numbers, gap: npt.NDArray[np.uint8], number: Numbers, first: Numbers, form: Numbers,
    offset: Numbers, chunk_doc: Numbers, chunk_start: Numbers, chunk_gap: npt.NDArray[np.uint8], chunk: Numbers,
) -> None:  # fmt: skip
    at = 0
    for i in range(len(number)):
        before = gap[i]
        for piece in range(first[number[i]], first[number[i] + 1]):
            chunk_doc[at] = doc[i]
            chunk_start[at] = start[i] + offset[piece]
            chunk_gap[at] = before
            chunk[at] = form[piece]
            before = 0
            at += 1
