"""How groups of documents differ in each measure: differences with intervals, effect sizes, and tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.core import schema
from discourse.core.errors import DiscourseError, unknown
from discourse.statistics.effects import cliffs_delta, hedges_g
from discourse.statistics.moments import Basis, Moments, difference, ratio, welch_t
from discourse.statistics.multiple import benjamini_hochberg
from discourse.statistics.resample import expanded_percentiles, permuted_sums, resampled_sums
from discourse.statistics.wide import Wide, units_of, wide

Floats = npt.NDArray[np.float64]
Pairs = Literal["each-to-rest", "all"]

#: What is read off the moments of two groups, with a bootstrap interval each.
_STATISTICS = {"estimate": difference, "ratio": ratio, "g": hedges_g}

#: A mean that is worth fewer equal documents than this has an interval that covers less than 90% where 95% are said.
CARRY = 8

#: The name of everything but the group, as `group_b`.
REST = "rest"

_NUMBERS = (
    *("mean_a", "mean_b", "estimate", "low", "high", "ratio", "ratio_low", "ratio_high"),
    *("g", "g_low", "g_high", "delta", "delta_low", "delta_high", "p", "q"),
)
#: The columns of the table.
COLUMNS: dict[str, type[pl.DataType]] = (
    dict.fromkeys(("measure", "group_a", "group_b"), pl.String)
    | dict.fromkeys(_NUMBERS, pl.Float64)
    | {"n_a": pl.UInt32, "n_b": pl.UInt32, "reason": pl.String}
)


def contrast(
    values: pl.DataFrame,
    groups: pl.DataFrame,
    *,
    seed: int,
    draws: int = 2000,
    clusters: pl.DataFrame | None = None,
    pairs: Pairs = "each-to-rest",
    level: float = 0.95,
) -> pl.DataFrame:
    """One row a measure and pair of groups: how far the mean of documents in `group_a` is from that in `group_b`.

    `values` has `doc_id, measure, value`, `groups` has `doc_id, group`, `clusters` has `doc_id, cluster` (author,
    event…). Each group is compared with all others together (`rest`), or `all` pairs are; of two groups there is one
    pair. `estimate` is the difference of means a − b, `ratio` is a / b, `g` Hedges' g: each with its percentile
    bootstrap interval `low, high`, documents (or clusters) drawn within their group, read at the level that the smaller
    group calls for (`resample.expanded`); `delta` is Cliff's delta with the
    interval of its placements. `p` is two-sided, from a permutation of the groups over documents (or clusters) of
    Welch's t, which holds under unequal variances (Janssen 1997; with clusters only where these are exchangeable), and
    counts the data as one of the draws (Phipson and Smyth 2010); `q` is its Benjamini–Hochberg value over the table.
    Where clusters cross groups, they are drawn from all together, and p inverts the bootstrap, since no permutation
    is exact.

    What cannot be computed is null, and `reason` says why; it also warns where so few documents make up a mean that the
    interval is known to be too short. Raises `DiscourseError` where there are not two groups.
    """
    if pairs not in ("each-to-rest", "all"):
        raise unknown("kind of pairs", pairs, ["each-to-rest", "all"])
    table = wide(values, groups, clusters)
    if len(table.groups) < 2:
        found = f"only {table.groups[0]!r}" if table.groups else "none"
        raise DiscourseError(f"table 'groups': a contrast needs two groups, it has {found}; group by another column")
    design = _Design(table, draws, seed)
    rows: list[dict[str, object]] = []
    for a, b in pairs_of(len(table.groups), pairs):
        rows += _compare(design, a, b, level)
    frame = pl.DataFrame(rows, schema=COLUMNS)
    order = pl.DataFrame({"measure": table.measures}, schema={"measure": pl.String}).with_row_index("_order")
    frame = frame.with_columns(benjamini_hochberg(frame["p"])).join(order, on="measure", maintain_order="left")
    return schema.check(frame.sort("_order", maintain_order=True).select(*COLUMNS), "contrasts")


def intervals(
    values: Floats, group: npt.NDArray[np.intp], draws: int, seed: int, level: float = 0.95
) -> dict[str, tuple[Floats, Floats]]:
    """Bounds by measure of `estimate`, `ratio` and `g` of group 0 against group 1, without names, tests and reasons.

    `values` is documents × measures. What `contrast` prints of the same documents; for simulations of its coverage.
    """
    many = len(values)
    table = Wide(
        [f"{number:09d}" for number in range(many)], [str(at) for at in range(values.shape[1])], values, ["a", "b"],
        group, np.arange(many),
    )  # fmt: skip
    design = _Design(table, draws, seed)
    drawn = design.moments((0,))[1], design.moments((1,))[1]
    units = design.units((0,), (1,))
    return {name: expanded_percentiles(one(*drawn), level, units) for name, one in _STATISTICS.items()}


def pairs_of(groups: int, pairs: Pairs) -> list[tuple[int, tuple[int, ...]]]:
    """Pairs of a group and the groups it is compared with."""
    if pairs == "all" or groups == 2:
        return [(a, (b,)) for a in range(groups) for b in range(a + 1, groups)]
    return [(a, tuple(b for b in range(groups) if b != a)) for a in range(groups)]


@dataclass(frozen=True)
class _Group:
    rows: npt.NDArray[np.intp]  # its documents
    sums: Floats  # what they sum to
    drawn: Floats  # draws × columns


class _Design:
    """The documents by group and unit, and the sums of every bootstrap draw."""

    def __init__(self, table: Wide, draws: int, seed: int) -> None:
        self.table, self.draws, self.seed = table, draws, seed
        self.basis = Basis.of(table.values)
        cells = np.unique(np.column_stack([table.cluster, table.group]), axis=0)
        self.crossed = len(cells) > len(np.unique(cells[:, 0]))
        self.groups = [self._group(number) for number in range(len(table.groups))]
        self._permuted: dict[tuple[int, ...], Floats] = {}

    def _group(self, number: int) -> _Group:
        rows = np.flatnonzero(self.table.group == number)
        if self.crossed:  # one draw of clusters for all groups: the same stream, the same number of units
            unit = np.unique(self.table.cluster, return_inverse=True)[1]
            masked = np.zeros((unit.max() + 1, self.basis.columns.shape[1]))
            own = np.unique(unit[rows], return_inverse=True)
            masked[own[0]] = self.basis.by_unit(rows, own[1])
            drawn = resampled_sums(masked, self.draws, self.seed, "contrast")
        else:
            unit = np.unique(self.table.cluster[rows], return_inverse=True)[1]
            columns = self.basis.by_unit(rows, unit)
            drawn = resampled_sums(columns, self.draws, self.seed, "contrast", self.table.groups[number])
        return _Group(rows, self.basis.columns[rows].sum(axis=0), drawn)

    def moments(self, members: tuple[int, ...]) -> tuple[Moments, Moments]:
        """Of these groups pooled: as observed, and in every draw."""
        observed = np.sum([self.groups[g].sums for g in members], axis=0)
        drawn = sum((self.groups[g].drawn for g in members[1:]), self.groups[members[0]].drawn)
        return self.basis.moments(observed), self.basis.moments(drawn)

    def units(self, *sides: tuple[int, ...]) -> npt.NDArray[np.int64]:
        """Of each measure, the units with a value on the side of groups that has fewer."""
        rows = [np.concatenate([self.groups[g].rows for g in members]) for members in sides]
        return np.min([units_of(self.table, docs) for docs in rows], axis=0)

    def permuted(self, a: int, b: tuple[int, ...]) -> tuple[Moments, Moments]:
        """Moments of group a and of the groups b in every permutation of their units."""
        members = tuple(sorted((a, *b)))
        if members not in self._permuted:
            if len(members) < len(self.table.groups):
                self._permuted.clear()
            rows = np.flatnonzero(np.isin(self.table.group, members))
            first, unit = np.unique(self.table.cluster[rows], return_index=True, return_inverse=True)[1:]
            labels = np.searchsorted(members, self.table.group[rows][first]).astype(np.intp)
            columns = self.basis.by_unit(rows, unit)
            names = [self.table.groups[g] for g in members]
            self._permuted[members] = permuted_sums(
                columns, labels, len(members), self.draws, self.seed, "contrast", *names
            )
        sums = self._permuted[members]
        own = sums[:, members.index(a)]
        return self.basis.moments(own), self.basis.moments(sums.sum(axis=1) - own)


def _compare(design: _Design, a: int, b: tuple[int, ...], level: float) -> list[dict[str, object]]:
    table = design.table
    name_a, name_b = table.groups[a], table.groups[b[0]] if len(b) == 1 else REST
    (seen_a, drawn_a), (seen_b, drawn_b) = design.moments((a,)), design.moments(b)
    rows_a, rows_b = design.groups[a].rows, np.concatenate([design.groups[g].rows for g in b])
    point = {key: one(seen_a, seen_b) for key, one in _STATISTICS.items()}
    fewer = design.units((a,), b)
    bounds = {key: expanded_percentiles(one(drawn_a, drawn_b), level, fewer) for key, one in _STATISTICS.items()}
    p = _p(design, a, b, seen_a, seen_b, difference(drawn_a, drawn_b))
    rows: list[dict[str, object]] = []
    for at, measure in enumerate(table.measures):
        in_a, in_b = (rows[~np.isnan(table.values[rows, at])] for rows in (rows_a, rows_b))
        x, y = table.values[in_a, at], table.values[in_b, at]
        units = [len(np.unique(table.cluster[docs])) for docs in (in_a, in_b)]
        reasons, testable = _reasons(x, y, units, name_a, name_b)
        row: dict[str, object] = {"measure": measure, "group_a": name_a, "group_b": name_b}
        mean_a, mean_b = (values.mean() if len(values) else np.nan for values in (x, y))
        row |= {"mean_a": _or_null(mean_a), "mean_b": _or_null(mean_b)}
        point["estimate"][at] = mean_a - mean_b  # sums of centred values would carry their rounding into the table
        point["ratio"][at] = mean_a / mean_b if mean_b > 0 else np.nan
        for key in _STATISTICS:
            low, high = (float(bound[at]) if testable else np.nan for bound in bounds[key])
            prefix = "" if key == "estimate" else f"{key}_"
            shown = testable if key == "g" else True
            row |= {key: _or_null(point[key][at] if shown else np.nan)}
            row |= {f"{prefix}low": _or_null(low), f"{prefix}high": _or_null(high)}
        delta = cliffs_delta(x, y, table.cluster[in_a], table.cluster[in_b], level)
        row |= dict(zip(("delta", "delta_low", "delta_high"), map(_or_null, delta), strict=True))
        row |= {"p": _or_null(p[at]) if testable else None, "q": None, "n_a": len(x), "n_b": len(y)}
        if testable:
            reasons += _shortfalls(row, name_b)
            sides = (x, table.cluster[in_a], name_a), (y, table.cluster[in_b], name_b)
            reasons += [line for side in sides if (line := _too_short(*side))]
        row["reason"] = "; ".join(reasons) or None
        rows.append(row)
    return rows


def _reasons(x: Floats, y: Floats, units: list[int], name_a: str, name_b: str) -> tuple[list[str], bool]:
    """Why a comparison has no interval and no test, and whether it has them."""
    for values, name in ((x, name_a), (y, name_b)):
        if not len(values):
            return [f"no document of {name!r} has a value"], False
    if x.min() == x.max() == y.min() == y.max():
        return ["all values are equal"], False
    for values, count, name in ((x, units[0], name_a), (y, units[1], name_b)):
        if count < 2:
            what = "document with a value" if len(values) < 2 else "cluster"
            return [f"{name!r} has one {what}; give it more, or leave it out"], False
    return [], True


def _shortfalls(row: dict[str, object], name_b: str) -> list[str]:
    """What is missing of a comparison that could be tested."""
    short = []
    if row["ratio"] is None:
        short.append(f"ratio: the mean of {name_b!r} is not above 0")
    elif row["ratio_low"] is None:
        short.append(f"ratio: the mean of {name_b!r} is 0 in too many draws for an interval")
    if row["g"] is None:
        short.append("g: neither group varies")
    elif row["g_low"] is None:
        short.append("g: too many draws without variance for an interval")
    if row["low"] is None:
        short.append("too many draws without a value for an interval")
    if row["delta_low"] is None:
        short.append("delta: the groups do not overlap")
    return short


def _too_short(values: Floats, unit: npt.NDArray[np.intp], name: str) -> str | None:
    """A warning where so few units make up the mean that the interval is known to cover less than it says.

    (Σx)² / Σx² is of how many equal values a mean is worth: 3 where three documents have the measure and the others
    none of it. Benchmarked with real articles (docs/decisions/statistics.md).
    """
    sums = np.bincount(np.unique(unit, return_inverse=True)[1], weights=np.abs(values))
    worth = sums.sum() ** 2 / (sums**2).sum() if sums.any() else 0.0
    if worth >= CARRY:
        return None
    return f"interval: the mean of {name!r} rests on {worth:.0f} documents' worth of values, it may be too short"


def _p(design: _Design, a: int, b: tuple[int, ...], seen_a: Moments, seen_b: Moments, drawn: Floats) -> Floats:
    if design.crossed:
        with np.errstate(invalid="ignore"):
            tail = np.minimum((~(drawn > 0)).sum(axis=0), (~(drawn < 0)).sum(axis=0))
        return np.minimum(2 * (1 + tail) / (design.draws + 1), 1.0)
    observed = np.abs(welch_t(seen_a, seen_b))
    permuted = np.abs(welch_t(*design.permuted(a, b)))
    reached = ~(permuted < observed * (1 - 1e-9))  # a draw in which t is undefined speaks against a finding
    return np.where(np.isnan(observed), np.nan, (1 + reached.sum(axis=0)) / (design.draws + 1))


def _or_null(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
