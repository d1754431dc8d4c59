"""The distinct stretches between white space, each of which is cut into chunks once.

The loops over bytes are compiled. New stretches of Latin letters, figures and common marks, most of all, are cut by one
that does what the pattern of chunks would; the pattern is asked about the others.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language.compiled import FNV_PRIME, FNV_SEED, Bytes, Hashes, Numbers, compiled, strings
from discourse.language.runs import Runs
from discourse.language.table import Spans, Table, spans, table


@dataclass(eq=False)
class Stretches:
    """The distinct stretches met so far, and the chunks of each; arrays only ever grow, by new ones in their place."""

    cut: Callable[[pl.Expr], pl.Expr]  # a stretch to the list of its chunks; most are cut here, as this would
    lock: threading.Lock = field(default_factory=threading.Lock)
    forms: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.String))  # distinct chunks
    first: Numbers = field(default_factory=lambda: np.zeros(1, np.int64))  # of each stretch, its first chunk
    form: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))  # of each chunk, which of the forms
    offset: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))  # code points from its stretch's start
    table: Table = field(default_factory=Table)
    chunks: Table = field(default_factory=Table)  # the forms

    def __len__(self) -> int:
        return len(self.table)

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
        chunks = Table().grown(spans(forms))
        if begin[-1] != len(data) or first[-1] != len(form) or not form.max(initial=-1) < len(forms) == len(chunks):
            raise ValueError("the tables of stretches do not fit together")
        self.forms, self.first, self.form, self.offset = forms, first, form, offset
        self.table, self.chunks = table(hashes, data, begin), chunks

    def numbers(self, data: Bytes, found: Runs) -> Numbers:
        """The number of each run's stretch; new ones are taken in."""
        texts = Spans(data, found.begin, found.end, found.hashes)
        result = self.table.find(texts)
        missing = np.flatnonzero(result < 0)
        if len(missing):
            with self.lock:
                result[missing] = self._add(texts.some(missing))
        return result

    def _add(self, texts: Spans) -> Numbers:
        """The numbers of these stretches, those taken in that are new."""
        old = self.table
        missing = np.flatnonzero(old.find(texts) < 0)  # others may have taken them in meanwhile
        if len(missing):
            new = old.grown(texts.some(missing))
            self._cut(new.texts(len(old)), new.data[old.begin[-1] :], new.begin[len(old) :] - old.begin[-1])
            self.table = new  # last: whoever finds a number finds its chunks
        return self.table.find(texts)

    def _cut(self, stretches: pl.Series, data: Bytes, begin: Numbers) -> None:
        """Take in the chunks of these stretches, of which there are the bytes too."""
        many = np.empty(len(stretches), np.int64)
        _count(data, begin, many)
        others = np.flatnonzero(many < 0)
        lists = stretches.gather(others).alias("run").to_frame().select(self.cut(pl.col("run"))).to_series()
        rest = strings(lists.explode(empty_as_null=False))
        plain = many >= 0
        many[others] = lists.list.len().to_numpy()
        first = np.append(0, np.cumsum(many))
        size = int(first[-1])
        begins, ends, offset = (np.empty(size, np.int64) for _ in range(3))
        hashes = np.empty(size, np.uint64)
        joined = np.concatenate([data, rest.data])
        _fill(joined, begin, plain, first, rest.begin + len(data), begins, ends, offset, hashes)
        pieces = Spans(joined, begins, ends, hashes)
        number = self.chunks.find(pieces)
        missing = np.flatnonzero(number < 0)
        if len(missing):
            old, self.chunks = len(self.chunks), self.chunks.grown(pieces.some(missing))
            number[missing] = self.chunks.find(pieces.some(missing))
            self.forms = pl.concat([self.forms, self.chunks.texts(old)], rechunk=True)
        self.offset = np.concatenate([self.offset, offset])
        self.form = np.concatenate([self.form, number])
        self.first = np.concatenate([self.first, self.first[-1] + first[1:]])


def spread(found: Runs, number: Numbers, known: Stretches) -> tuple[Numbers, Numbers, npt.NDArray[np.uint8], Numbers]:
    """Of each chunk of these runs: its document, start, gap, and which of the forms it is."""
    first, form, offset = known.first, known.form, known.offset
    size = int((first[number + 1] - first[number]).sum())
    doc, start, chunk = (np.empty(size, np.int64) for _ in range(3))
    gap = np.empty(size, np.uint8)
    _spread(found.doc, found.start, found.gap, number, first, form, offset, doc, start, gap, chunk)
    return doc, start, gap, chunk


@compiled
def _letter(data: Bytes, at: int) -> int:
    """How many bytes the letter here takes; 0 where there is none, or one that is not of Latin script."""
    byte = data[at]
    if 65 <= byte <= 90 or 97 <= byte <= 122:
        return 1
    if byte < 0xC3 or byte > 0xC8:
        return 0
    return 0 if byte == 0xC3 and (data[at + 1] == 0x97 or data[at + 1] == 0xB7) else 2  # × and ÷


@compiled
def _mark(data: Bytes, at: int) -> int:
    """How many bytes the mark here takes, if it is one that always is a chunk by itself, else 0."""
    byte = data[at]
    if byte == 0xC2:
        return 2 if data[at + 1] == 0xAB or data[at + 1] == 0xBB else 0  # « »
    if byte == 0xE2:
        third = data[at + 2]  # – — ‘ ’ ‚ “ ” „ …
        known = third == 0x93 or third == 0x94 or 0x98 <= third <= 0x9A or 0x9C <= third <= 0x9E or third == 0xA6
        return 3 if data[at + 1] == 0x80 and known else 0
    before, after = data[at - 1] if at else byte, data[at + 1]
    if byte == 46:  # before small letters the dot of an address or abbreviation, before A that of S.A
        www = at > 2 and before == 119 and data[at - 2] == 119 and data[at - 3] == 119
        return 0 if 97 <= after <= 122 or after == 65 or www else 1
    if byte == 47:  # of addresses and legal acts
        return 0 if not _letter(data, at - 1) or after == 47 else 1
    return 1 if 33 <= byte <= 126 else 0


@compiled
def _digit(data: Bytes, at: int) -> bool:
    return bool(48 <= data[at] <= 57)


@compiled
def _run(data: Bytes, at: int) -> int:
    """Where the letters and digits that begin here end."""
    size = 1 if _digit(data, at) else _letter(data, at)
    while size:
        at += size
        size = 1 if _digit(data, at) else _letter(data, at)
    return at


@compiled
def _piece(data: Bytes, at: int) -> int:
    """Where the chunk that begins here ends, as the pattern of chunks has it; -1 where the pattern has to be asked."""
    number = _digit(data, at)
    if data[at] == 64 and at and 33 < data[at - 1] < 127 and data[at - 1] != 40:  # an address of a person, perhaps
        return -1
    if data[at] == 35 or data[at] == 64:  # #tag @name
        at += 1
        while _digit(data, at) or _letter(data, at) or data[at] == 95:
            at = at + 1 if data[at] == 95 else _run(data, at)
        return at
    if not number and not _letter(data, at):
        size = _mark(data, at)
        return at + size if size else -1
    if number:
        while True:
            while _digit(data, at):
                at += 1
            if (data[at] == 44 or data[at] == 46) and _digit(data, at + 1):
                at += 1
            elif data[at] == 58 and _digit(data, at + 1) and _digit(data, at + 2) and not _digit(data, at + 3):
                at += 3
            else:
                break
        if data[at] == 58 and _digit(data, at + 1) and _digit(data, at + 2):
            at += 3
    at = _run(data, at)
    while True:
        joint = 1 if data[at] == 45 or data[at] == 39 else 0  # - '
        if data[at] == 0xE2 and data[at + 1] == 0x80 and data[at + 2] == 0x99:  # ’
            joint = 3
        if not joint or not (_letter(data, at + joint) or (not number and _digit(data, at + joint))):
            return at
        at = _run(data, at + joint)


@compiled
def _count(data: Bytes, begin: Numbers, many: Numbers) -> None:
    """How many chunks each stretch has; -1 where the pattern has to be asked."""
    for i in range(len(many)):
        at, end = begin[i], begin[i + 1] - 1  # a line break follows: nothing is read beyond it
        many[i] = 0
        while at < end and many[i] >= 0:
            at = _piece(data, at)
            many[i] = many[i] + 1 if at >= 0 else -1


@compiled
def _fill(
    data: Bytes, begin: Numbers, plain: npt.NDArray[np.bool_], first: Numbers, rest: Numbers,
    begins: Numbers, ends: Numbers, offset: Numbers, hashes: Hashes,
) -> None:  # fmt: skip
    """Of each chunk of the stretches its bytes, offset and hash; `rest` bounds those of stretches not plain."""
    other = 0
    for i in range(len(plain)):
        at, place = begin[i], 0
        for piece in range(first[i], first[i + 1]):
            if plain[i]:
                upto = _piece(data, at)
            else:
                at, upto = rest[other], rest[other + 1]
                other += 1
            state = FNV_SEED
            begins[piece], ends[piece], offset[piece] = at, upto, place
            for j in range(at, upto):
                place += data[j] & 0xC0 != 0x80
                state = (state ^ np.uint64(data[j])) * FNV_PRIME
            hashes[piece] = state
            at = upto


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
