"""Where one document stands among others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.core.errors import DiscourseError
from discourse.statistics.intervals import wilson
from discourse.statistics.wide import wide

_SCHEMA: dict[str, type[pl.DataType]] = {
    "measure": pl.String,
    "group": pl.String,
    "value": pl.Float64,
    "n": pl.UInt32,
    **dict.fromkeys(("percentile", "low", "high", "median", "mad", "robust_z"), pl.Float64),
    "reason": pl.String,
}


def place(
    values: pl.DataFrame,
    doc_id: str,
    groups: pl.DataFrame,
    *,
    overall: str | None = "all",
    level: float = 0.95,
) -> pl.DataFrame:
    """One row a measure and group: where the document's value lies among those of the group's other documents.

    `percentile` is the mid-rank, 100 · (documents below + half of those equal) / n, with its interval `low, high`
    after Wilson (1927), which holds near 0 and 100 too, where a bootstrap of documents collapses. `robust_z` is
    0.6745 · (value − median) / MAD, with MAD the median distance from the median (Iglewicz and Hoaglin 1993); null
    where MAD is 0. `overall` names a first group of all documents; None leaves it out. What is missing has its
    `reason`. Raises `DiscourseError` where the document has no row in `values`.
    """
    if not values.filter(pl.col("doc_id") == doc_id).height:
        raise DiscourseError(f"table 'values': no document {doc_id!r} to place; measure it together with the others")
    own = pl.DataFrame({"doc_id": [doc_id], "group": [""]})
    mine = wide(values, own)
    others = wide(values, groups.filter(pl.col("doc_id") != doc_id))
    selections = {name: np.flatnonzero(others.group == number) for number, name in enumerate(others.groups)}
    if overall is not None:
        if overall in selections:
            raise DiscourseError(f"table 'groups': a group is called {overall!r} like the whole; name the whole anew")
        selections = {overall: np.arange(len(others.doc_id)), **selections}
    rows: list[dict[str, object]] = []
    for group, docs in selections.items():
        rows += _among(mine.measures, mine.values[0], others.values[docs], group, level)
    order = pl.DataFrame({"measure": mine.measures}, schema={"measure": pl.String}).with_row_index("_order")
    frame = pl.DataFrame(rows, schema=_SCHEMA).join(order, on="measure", maintain_order="left")
    return frame.sort("_order", maintain_order=True).drop("_order").fill_nan(None)


def _among(
    measures: list[str],
    value: npt.NDArray[np.float64],
    others: npt.NDArray[np.float64],
    group: str,
    level: float,
) -> list[dict[str, object]]:
    present = ~np.isnan(others)
    below = np.where(present & ~np.isnan(value), 50.0 * (1 + np.sign(value - others)), 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        counted = present.sum(axis=0)
        low, high = wilson(below.sum(axis=0) / 100 / counted, counted, level)
    rows: list[dict[str, object]] = []
    for at, measure in enumerate(measures):
        column = others[present[:, at], at]
        row: dict[str, object] = {"measure": measure, "group": group, "value": value[at], "n": len(column)}
        if len(column):
            median = float(np.median(column))
            mad = float(np.median(np.abs(column - median)))
            row |= {"median": median, "mad": mad}
            if np.isfinite(value[at]):
                row |= {"percentile": below[present[:, at], at].mean()}
                row |= {"robust_z": 0.6745 * (value[at] - median) / mad} if mad > 0 else {}
                row |= {"low": 100 * low[at], "high": 100 * high[at]} if len(column) > 1 else {}
        row["reason"] = _reason(row)
        rows.append(row)
    return rows


def _reason(row: dict[str, object]) -> str | None:
    if not row["n"]:
        return f"no document of {row['group']!r} has a value"
    if not np.isfinite(row["value"]):  # type: ignore[call-overload]
        return "the document has no value"
    reasons = ["no interval: one document to compare with"] if row["n"] == 1 else []
    if "robust_z" not in row:
        reasons.append("robust_z: half or more of the documents are equal (MAD is 0)")
    return "; ".join(reasons) or None
