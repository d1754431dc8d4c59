"""Which attribution each word belongs to."""

from __future__ import annotations

import heapq

import numpy as np
import numpy.typing as npt
import polars as pl

#: Documents lie one after another on one axis of offsets; none is longer than this.
_ROOM = 32


def owners(words: pl.DataFrame, attributions: pl.DataFrame) -> pl.Series:
    """For each word the row of the innermost attribution whose content holds its start; null outside of any.

    `words` (`doc_id` as Enum, `start`) is sorted by document and position. Innermost is the attribution with the
    shortest piece of content around the word, then the later one, as for markers. The work grows with words and pieces
    of content, however deeply they nest.
    """
    owner = np.full(words.height, -1, np.int64)
    pieces = (
        attributions.select("doc_id", "content")
        .with_row_index("row")
        .explode("content")
        .with_columns(pl.col("content").list.get(0).alias("start"), pl.col("content").list.get(1).alias("end"))
        .filter(pl.col("start") < pl.col("end"))
        .with_columns(pl.col("start", "end").cast(pl.Int64))
        .with_columns((pl.col("end") - pl.col("start")).alias("length"))
    )
    if words.height and pieces.height:
        axis = _axis(words["doc_id"], words["start"])
        first = np.searchsorted(axis, _axis(pieces["doc_id"], pieces["start"]))
        last = np.searchsorted(axis, _axis(pieces["doc_id"], pieces["end"]))
        row = pieces["row"].to_numpy().astype(np.int64)
        for low, high, row_ in _innermost(first, last, row, pieces["length"].to_numpy()):
            owner[low:high] = row_
    return pl.Series("owner", owner).replace(-1, None).cast(pl.UInt32)


def _axis(doc_id: pl.Series, offset: pl.Series) -> npt.NDArray[np.int64]:
    return (doc_id.to_physical().to_numpy().astype(np.int64) << _ROOM) + offset.to_numpy().astype(np.int64)


def _innermost(
    first: npt.NDArray[np.int64], last: npt.NDArray[np.int64], row: npt.NDArray[np.int64], length: npt.NDArray[np.int64]
) -> list[tuple[int, int, int]]:
    """Stretches of words, none of which overlap, with the row that owns each; a sweep over the ends of pieces."""
    inside = first < last
    first, last, row, length = first[inside], last[inside], row[inside], length[inside]
    order = np.lexsort((row, first))
    starts, ends = first[order].tolist(), last[order].tolist()
    rows, lengths = row[order].tolist(), length[order].tolist()
    stretches: list[tuple[int, int, int]] = []
    open_: list[tuple[int, int, int]] = []  # (length, -row, end): the innermost open piece is the smallest
    at = 0

    def advance(to: float) -> None:
        nonlocal at
        while open_ and at < to:
            _, row_, end = open_[0]
            if end <= at:
                heapq.heappop(open_)
                continue
            stop = int(min(end, to))
            stretches.append((at, stop, -row_))
            at = stop

    for start, end, row_, size in zip(starts, ends, rows, lengths, strict=True):
        advance(start)
        at = start
        heapq.heappush(open_, (size, -row_, end))
    advance(float("inf"))
    return stretches
