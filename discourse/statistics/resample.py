"""Sums over resampled and over permuted units, for all columns at once: what every interval and every p rests on.

A draw is a row of weights (how often each unit was drawn), and its sums are a product of matrices: `weights @ columns`.
Draws are made in chunks whose size depends on the number of units alone, each from a random stream of its own, and
the products run on one thread: the same seed gives the same bytes on any number of workers, in bounded memory.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.stats import norm
from scipy.stats import t as student
from threadpoolctl import threadpool_limits

from discourse.core.seeds import stream

Floats = npt.NDArray[np.float64]

#: Weights held at once (cells of draws × units): 32 MB of floats.
_CELLS = 4_000_000

#: Groups from which on permutations gather rows instead of multiplying indicators.
_MANY = 12


def resampled_sums(columns: Floats, draws: int, seed: int, *names: object) -> Floats:
    """Column sums over units drawn with replacement: `draws × columns`.

    Each draw takes as many units as there are. Callers with equal seed, names and number of units get equal draws, so
    that statistics of several calls are paired.
    """
    units = len(columns)
    sums = np.zeros((draws, columns.shape[1]))
    if units == 0:
        return sums
    with threadpool_limits(limits=1):
        for number, (first, last) in enumerate(_chunks(draws, units)):
            drawn = stream(seed, *names, "resample", number).integers(0, units, size=(last - first, units))
            drawn += units * np.arange(last - first)[:, None]
            weights = np.bincount(drawn.ravel(), minlength=(last - first) * units).reshape(last - first, units)
            sums[first:last] = weights.astype(np.float64) @ columns
    return sums


def permuted_sums(
    columns: Floats, labels: npt.NDArray[np.intp], groups: int, draws: int, seed: int, *names: object
) -> Floats:
    """Column sums of each group after the units' labels were shuffled: `draws × groups × columns`."""
    units = len(columns)
    sums = np.zeros((draws, groups, columns.shape[1]))
    if units == 0:
        return sums
    if groups > _MANY:
        return _permuted_by_row(columns, labels, groups, draws, seed, *names)
    small = labels.astype(np.uint8)
    total = columns.sum(axis=0)
    with threadpool_limits(limits=1):
        for number, (first, last) in enumerate(_chunks(draws, units)):
            rows = np.tile(small, (last - first, 1))
            shuffled = stream(seed, *names, "permute", number).permuted(rows, axis=1, out=rows)
            for group in range(groups - 1):
                sums[first:last, group] = (shuffled == group).astype(np.float64) @ columns
            sums[first:last, -1] = total - sums[first:last, :-1].sum(axis=1)
    return sums


def _permuted_by_row(
    columns: Floats, labels: npt.NDArray[np.intp], groups: int, draws: int, seed: int, *names: object
) -> Floats:
    """The same by gathering rows, whose cost does not grow with the number of groups."""
    sizes = np.bincount(labels, minlength=groups)
    held = np.flatnonzero(sizes)
    bounds = np.concatenate([[0], np.cumsum(sizes[held])[:-1]])
    sums = np.zeros((draws, groups, columns.shape[1]))
    for number, (first, last) in enumerate(_chunks(draws, len(columns))):
        random = stream(seed, *names, "permute", number)
        for draw in range(first, last):
            sums[draw, held] = np.add.reduceat(columns[random.permutation(len(columns))], bounds, axis=0)
    return sums


def expanded(level: float, units: npt.NDArray[np.int64]) -> Floats:
    """The level at which the percentile interval of a mean of so many units is to be read to hold at `level`.

    Percentiles of bootstrap draws are too narrow in small samples: they spread by the biased variance, and by the
    normal law rather than Student's (Hesterberg 2015). NaN below two units.
    """
    n = np.where(units > 1, units, np.nan).astype(np.float64)
    return 1 - 2 * norm.cdf(-np.sqrt(n / (n - 1)) * student.ppf((1 + level) / 2, n - 1))


def expanded_percentiles(draws: Floats, level: float, units: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """`percentiles` of each column at its `expanded` level; NaN where it rests on fewer than two units."""
    low, high = np.full(draws.shape[1], np.nan), np.full(draws.shape[1], np.nan)
    for count in np.unique(units[units > 1]):
        own = units == count
        low[own], high[own] = percentiles(draws[:, own], float(expanded(level, count)))
    return low, high


def percentiles(draws: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
    """Lower and upper bound of the percentile interval over the first axis (Efron and Tibshirani 1993, ch. 13).

    Draws in which the statistic is undefined (NaN, infinite) are left out; where that is more than one in a hundred,
    the bounds are NaN.
    """
    finite = np.isfinite(draws)
    tails = [(1 - level) / 2, (1 + level) / 2]
    bounds = np.full((2, *draws.shape[1:]), np.nan)
    whole = finite.all(axis=0)
    bounds[:, whole] = np.quantile(draws[:, whole], tails, axis=0)
    for place in np.argwhere(~whole & (finite.mean(axis=0) >= 0.99)):
        at = tuple(place)
        column = draws[(slice(None), *at)]
        bounds[(slice(None), *at)] = np.quantile(column[np.isfinite(column)], tails)
    return bounds[0], bounds[1]


def _chunks(draws: int, units: int) -> list[tuple[int, int]]:
    size = max(1, _CELLS // units)
    return [(first, min(first + size, draws)) for first in range(0, draws, size)]
