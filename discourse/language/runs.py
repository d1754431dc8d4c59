"""Text cut at white space, by a compiled loop over its bytes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from discourse.language.compiled import FNV_PRIME, FNV_SEED, Bytes, Hashes, Numbers, Strings, compiled


@dataclass(frozen=True)
class Runs:
    """Stretches without white space, in order: arrays of one value each."""

    doc: Numbers
    begin: Numbers  # bytes, in the joined text
    end: Numbers
    start: Numbers  # code points, in the document
    gap: npt.NDArray[np.uint8]  # what stands before: see `tokenize.Chunks`
    hashes: Hashes


def runs(text: Strings) -> Runs:
    """The stretches of these documents."""
    most = len(text.data) // 2 + len(text.begin)
    doc, begin, end, start = (np.empty(most, np.int64) for _ in range(4))
    gap, hashes = np.empty(most, np.uint8), np.empty(most, np.uint64)
    size = _cut(text.data, text.begin, doc, begin, end, start, gap, hashes)
    return Runs(doc[:size], begin[:size], end[:size], start[:size], gap[:size], hashes[:size])


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
def _may_be_white(byte: int) -> bool:
    """Whether white space may begin with this byte; no letter of Polish does."""
    return byte <= 32 or byte == 0xC2 or byte >= 0xE1


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
            byte = data[at]
            if byte == 32:
                before = max(before, 1)
                at += 1
                place += 1
                continue
            white = _white(data, at, last) if _may_be_white(byte) else 0
            if white:
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
            while at < last:
                byte = data[at]
                if _may_be_white(byte) and _white(data, at, last):
                    break
                state = (state ^ np.uint64(byte)) * FNV_PRIME
                place += byte & 0xC0 != 0x80
                at += 1
            doc[size], begin[size], end[size], gap[size], hashes[size] = document, here, at, before, state
            size += 1
            before, breaks = 0, 0
    return size
