"""Intervals: of the mean of a group in each measure, and of a share."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.stats import norm

from discourse.statistics.moments import Basis
from discourse.statistics.resample import expanded_percentiles, resampled_sums
from discourse.statistics.wide import units_of, wide

Floats = npt.NDArray[np.float64]

_SCHEMA: dict[str, type[pl.DataType]] = {
    "measure": pl.String,
    "group": pl.String,
    "n": pl.UInt32,
    "missing": pl.UInt32,
    "zeros": pl.Float64,
    **dict.fromkeys(("mean", "low", "high", "sd", "min", "q1", "median", "q3", "max"), pl.Float64),
    "reason": pl.String,
}


def wilson(share: Floats, n: npt.NDArray[np.int64], level: float = 0.95) -> tuple[Floats, Floats]:
    """The score interval of a share seen among `n` (Wilson 1927), low and high; NaN where n is 0."""
    z = float(norm.ppf((1 + level) / 2))
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return middle - reach, middle + reach


def describe(
    values: pl.DataFrame,
    groups: pl.DataFrame,
    *,
    seed: int,
    draws: int = 2000,
    clusters: pl.DataFrame | None = None,
    level: float = 0.95,
) -> pl.DataFrame:
    """One row a measure and group: the mean of its documents with the expanded percentile bootstrap interval, and
    their spread.

    `n` counts the documents with a value, `missing` those without, `zeros` is the share of zeros among the former.
    Documents are drawn within the group, or whole clusters where `clusters` (`doc_id, cluster`) is given. Without two
    of them there is no interval, and `reason` says so.
    """
    table = wide(values, groups, clusters)
    basis = Basis.of(table.values)
    rows: list[dict[str, object]] = []
    for number, group in enumerate(table.groups):
        docs = np.flatnonzero(table.group == number)
        unit = np.unique(table.cluster[docs], return_inverse=True)[1]
        seen = basis.moments(basis.columns[docs].sum(axis=0))
        drawn = resampled_sums(basis.by_unit(docs, unit), draws, seed, "describe", group)
        counts = units_of(table, docs)
        low, high = expanded_percentiles(basis.moments(drawn).mean, level, counts)
        for at, measure in enumerate(table.measures):
            column = table.values[docs, at][~np.isnan(table.values[docs, at])]
            units = int(counts[at])
            row: dict[str, object] = {"measure": measure, "group": group, "n": len(column)}
            row |= {"missing": len(docs) - len(column), "reason": _reason(len(column), units)}
            if len(column):
                q1, median, q3 = np.quantile(column, [0.25, 0.5, 0.75])
                row |= {"zeros": np.mean(column == 0), "mean": seen.mean[at], "sd": np.sqrt(seen.variance[at])}
                row |= {"min": column.min(), "q1": q1, "median": median, "q3": q3, "max": column.max()}
            if units > 1:
                row |= {"low": low[at], "high": high[at]}
            rows.append(row)
    order = pl.DataFrame({"measure": table.measures}, schema={"measure": pl.String}).with_row_index("_order")
    frame = pl.DataFrame(rows, schema=_SCHEMA).join(order, on="measure", maintain_order="left")
    return frame.sort("_order", maintain_order=True).drop("_order").fill_nan(None)


def _reason(documents: int, units: int) -> str | None:
    if not documents:
        return "no document has a value"
    if units < 2:
        return f"no interval: one {'document with a value' if documents < 2 else 'cluster'}"
    return None
