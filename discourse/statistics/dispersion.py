"""Dispersion: how evenly items are spread over documents, and frequencies that discount what stands in one place."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.core.errors import DiscourseError
from discourse.statistics.occurrences import Floats, Occurrences, occurrences

#: The columns of the table.
COLUMNS: dict[str, type[pl.DataType]] = {
    "item": pl.String,
    "count": pl.UInt64,
    "range": pl.UInt32,
    "n": pl.UInt32,
    **dict.fromkeys(("juilland_d", "dp", "dp_norm", "arf"), pl.Float64),
    "reason": pl.String,
}


def dispersion(
    counts: pl.DataFrame, *, sizes: pl.DataFrame | None = None, positions: pl.DataFrame | None = None
) -> pl.DataFrame:
    """One row an item: how evenly its occurrences are spread over the documents, which are the parts of the corpus.

    `counts` has `doc_id, item, n`; `sizes` has `doc_id, n`, the words of every document, those without an item too
    (without `sizes`, the sum of a document's counts); `positions` is what `reduced_frequency` takes. Documents of size
    0 are no parts. With n parts, v the item's occurrences in a part, f in all, and s the part's share of all words:

    - `range`: documents that contain it, out of `n`.
    - `juilland_d`: 1 − V / √(n − 1), V the standard deviation (over n) divided by the mean of the item's relative
      frequencies in the parts, each part weighing the same: Juilland's D for parts of unequal size as in Gries (2008).
      1 is even, 0 all in one part. It nears 1 for almost every item where parts are many: compare `dp_norm`.
    - `dp`: ½ Σ |v / f − s| (Gries 2008): 0 is even; `dp_norm`: dp / (1 − the smallest s), which reaches 1 (Lijffijt
      and Gries 2012).
    - `arf`: `reduced_frequency`, where there are positions.

    Sorted by item. What is missing has its `reason`.
    """
    found = occurrences(counts, sizes)
    n, share = len(found.doc_id), found.sizes / found.sizes.sum()
    cells = found.counts.tocoo()
    row, column, seen = cells.coords[0], cells.coords[1], cells.data
    items = len(found.items)
    total = np.bincount(column, weights=seen, minlength=items)
    holding = np.bincount(column, minlength=items)
    # sums over the parts that hold the item, and one term for all that do not
    apart = np.abs(seen / total[column] - share[row]) - share[row]
    dp = np.clip(0.5 * (1 + np.bincount(column, weights=apart, minlength=items)), 0, 1)
    frame = pl.DataFrame(
        {
            "item": pl.Series(found.items, dtype=pl.String),
            "count": total,
            "range": holding,
            "juilland_d": _juilland(found, holding) if n > 1 else np.full(items, np.nan),
            "dp": dp,
            "dp_norm": dp / (1 - share.min()) if n > 1 else np.full(items, np.nan),
        }
    ).with_columns(
        pl.lit(n).alias("n"),
        pl.lit("juilland_d, dp_norm: one document" if n == 1 else None, pl.String).alias("reason"),
    )
    if positions is None:
        frame = frame.with_columns(pl.lit(None, pl.Float64).alias("arf"))
    else:
        own = pl.DataFrame({"doc_id": found.doc_id, "n": found.sizes})
        frame = frame.join(reduced_frequency(positions, own).select("item", "arf"), on="item", how="left")
    return frame.fill_nan(None).select(pl.col(key).cast(kind) for key, kind in COLUMNS.items()).sort("item")


def _juilland(found: Occurrences, holding: npt.NDArray[np.intp]) -> Floats:
    cells = found.counts.tocoo()
    row, column = cells.coords
    n, items = len(found.doc_id), len(found.items)
    frequency = cells.data / found.sizes[row]
    mean = np.bincount(column, weights=frequency, minlength=items) / n
    square = np.bincount(column, weights=(frequency - mean[column]) ** 2, minlength=items) + (n - holding) * mean**2
    return np.clip(1 - np.sqrt(square / n) / mean / np.sqrt(n - 1), 0, 1)


def reduced_frequency(positions: pl.DataFrame, sizes: pl.DataFrame) -> pl.DataFrame:
    """One row an item: its `count` and `arf`, the average reduced frequency (Savický and Hlaváčová 2002).

    `positions` has `doc_id, item, position` (the word's number in its document, from 0), `sizes` has `doc_id, n` (the
    document's words). The documents, in order of id, make one ring of N words; d are the distances from each of the f
    occurrences to the next, round the ring; with v = N / f, ARF = (1 / v) Σ min(d, v). It is f for an item at even
    distances, and nears 1 for one that stands in one place.

    Raises `DiscourseError` for a position outside its document.
    """
    for table, frame, columns in (
        ("positions", positions, ("doc_id", "item", "position")),
        ("sizes", sizes, ("doc_id", "n")),
    ):
        for name in columns:
            if name not in frame.columns:
                raise DiscourseError(f"table {table!r}: column {name!r} is missing; it has {', '.join(frame.columns)}")
    size = sizes.select(pl.col("doc_id").cast(pl.String), pl.col("n").cast(pl.Int64)).sort("doc_id")
    before = size.with_columns((pl.col("n").cum_sum() - pl.col("n")).alias("before"))
    placed = positions.select(
        pl.col("doc_id").cast(pl.String), pl.col("item").cast(pl.String), pl.col("position").cast(pl.Int64)
    ).join(before, on="doc_id", how="left")
    inside = pl.col("position").is_between(0, pl.col("n") - 1).fill_null(False)
    outside = placed.filter(~inside).sort("doc_id", "position")
    if outside.height:
        first = outside.row(0, named=True)
        raise DiscourseError(
            f"table 'positions': {first['item']!r} stands at {first['position']} in document {first['doc_id']!r}, "
            f"which has {first['n'] or 0} words; count positions from 0"
        )
    words = int(size["n"].sum() or 0)
    at = pl.col("at")
    return (
        placed.select("item", (pl.col("before") + pl.col("position")).alias("at"))
        .unique()
        .sort("item", "at")
        .with_columns((at.shift(-1).over("item") - at).alias("distance"), at.first().over("item").alias("first"))
        .with_columns(pl.col("distance").fill_null(words - at + pl.col("first")), pl.len().over("item").alias("count"))
        .group_by("item")
        .agg(
            pl.col("count").first().cast(pl.UInt64),
            (pl.min_horizontal(pl.col("distance"), words / pl.col("count")).sum() * pl.col("count").first() / words)
            .alias("arf"),
        )
        .sort("item")
    )
