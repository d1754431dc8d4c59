"""Counts, sums and sums of squares of many measures at once, and the means and variances that they give.

They add up: those of two groups pooled are the sum of theirs, so that any comparison of groups can be read off sums.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Basis:
    """Values centred at each measure's mean (squares of large numbers cancel otherwise), as columns to be summed.

    `columns` holds a count for all complete measures together and for each incomplete one, then the values, then
    their squares; `count_of` says which count is a measure's.
    """

    columns: Floats
    centre: Floats
    count_of: npt.NDArray[np.intp]

    @classmethod
    def of(cls, values: Floats) -> Basis:
        """The basis of a matrix of documents × measures, NaN where a value is missing."""
        present = ~np.isnan(values)
        centre = np.divide(
            np.where(present, values, 0).sum(axis=0),
            present.sum(axis=0),
            out=np.zeros(values.shape[1]),
            where=present.any(axis=0),
        )
        centred = np.where(present, values - centre, 0.0)
        incomplete = np.flatnonzero(~present.all(axis=0))
        count_of = np.zeros(values.shape[1], np.intp)
        count_of[incomplete] = 1 + np.arange(len(incomplete))
        counts = np.column_stack([np.ones(len(values)), present[:, incomplete]])
        return cls(np.ascontiguousarray(np.hstack([counts, centred, centred**2])), centre, count_of)

    def by_unit(self, rows: npt.NDArray[np.intp], unit: npt.NDArray[np.intp]) -> Floats:
        """The columns of these rows summed by unit (numbered from 0): units × columns."""
        if len(rows) == unit.max(initial=-1) + 1 and (unit == np.arange(len(rows))).all():
            return self.columns[rows]
        shape = (int(unit.max(initial=-1)) + 1, len(rows))
        return csr_array((np.ones(len(rows)), (unit, np.arange(len(rows)))), shape=shape) @ self.columns[rows]

    def moments(self, sums: Floats) -> Moments:
        """What sums over these columns (the last axis) say of each measure."""
        measures = len(self.centre)
        count = sums[..., self.count_of]
        first = sums[..., -2 * measures : -measures]
        second = sums[..., -measures:]
        with np.errstate(invalid="ignore", divide="ignore"):
            shift = np.where(count > 0, first / count, np.nan)
            variance = np.where(count > 1, (second - first * shift) / (count - 1), np.nan)
        return Moments(count, shift, np.where(variance < 1e-12 * self._spread(), 0.0, variance), self.centre)

    def _spread(self) -> Floats:
        measures = len(self.centre)
        count = np.maximum(self.columns[:, self.count_of].sum(axis=0), 1)
        return self.columns[:, -measures:].sum(axis=0) / count


@dataclass(frozen=True)
class Moments:
    """Count, mean less the centre, and variance (NaN where undefined), for each measure on the last axis."""

    count: Floats
    shift: Floats
    variance: Floats
    centre: Floats

    @property
    def mean(self) -> Floats:
        return self.shift + self.centre


def difference(a: Moments, b: Moments) -> Floats:
    """Mean of a less mean of b."""
    return a.shift - b.shift


def ratio(a: Moments, b: Moments) -> Floats:
    """mean(a) / mean(b); NaN where the mean of b is not above zero."""
    below = np.where(b.mean > 1e-12 * np.abs(b.centre), b.mean, np.nan)
    return a.mean / below


def pooled_sd(a: Moments, b: Moments) -> Floats:
    """The standard deviation of both groups about their own means, with n − 1 each (Hedges 1981)."""
    freedom = a.count + b.count - 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.sqrt(((a.count - 1) * a.variance + (b.count - 1) * b.variance) / freedom)


def welch_t(a: Moments, b: Moments) -> Floats:
    """The difference over its standard error under unequal variances; infinite where nothing varies but the means."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return difference(a, b) / np.sqrt(a.variance / a.count + b.variance / b.count)
