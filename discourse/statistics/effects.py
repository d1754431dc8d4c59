"""Effect sizes of a difference between two groups."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, ndtri

from discourse.statistics.moments import Moments, difference, pooled_sd

Floats = npt.NDArray[np.float64]


def hedges_g(a: Moments, b: Moments) -> Floats:
    """The difference of means in pooled standard deviations, corrected for small samples (Hedges 1981).

    g = J(ν) · (mean(a) − mean(b)) / s, ν = n(a) + n(b) − 2, J(ν) = Γ(ν/2) / (√(ν/2) Γ((ν−1)/2)). NaN where nothing
    varies or a group has fewer than two documents.
    """
    freedom = a.count + b.count - 2
    sd = pooled_sd(a, b)
    with np.errstate(invalid="ignore", divide="ignore"):
        half = np.where(freedom > 1, freedom / 2, np.nan)
        correction = np.exp(gammaln(half) - gammaln(half - 0.5)) / np.sqrt(half)
        return np.where(sd > 0, correction * difference(a, b) / sd, np.nan)


def cliffs_delta(
    a: Floats, b: Floats, unit_a: npt.NDArray[np.intp], unit_b: npt.NDArray[np.intp], level: float
) -> tuple[float, float, float]:
    """P(a > b) − P(a < b) over pairs of documents, with its interval (Cliff 1993); NaN where it has none.

    The standard error is that of the documents' placements, summed by unit (DeLong et al. 1988); the interval is
    symmetric on Fisher's scale, atanh δ, and so stays within −1 and 1. No interval where a group has fewer than two
    units, or the groups do not overlap at all.
    """
    if not len(a) or not len(b):
        return np.nan, np.nan, np.nan
    of_a = _placements(a, b)
    of_b = -_placements(b, a)
    delta = float(of_a.mean())
    units_a, units_b = len(np.unique(unit_a)), len(np.unique(unit_b))
    if min(units_a, units_b) < 2 or abs(delta) > 1 - 1e-12:
        return delta, np.nan, np.nan
    influence = np.concatenate([
        (of_a - delta) / len(a) * np.sqrt(units_a / (units_a - 1)),
        (of_b - delta) / len(b) * np.sqrt(units_b / (units_b - 1)),
    ])
    unit = np.unique(np.concatenate([unit_a, unit_b]), return_inverse=True)[1]
    error = np.sqrt(np.sum(np.bincount(unit, weights=influence) ** 2)) / (1 - delta**2)
    reach = ndtri((1 + level) / 2) * error
    return delta, float(np.tanh(np.arctanh(delta) - reach)), float(np.tanh(np.arctanh(delta) + reach))


def _placements(values: Floats, others: Floats) -> Floats:
    """For each value the share of others below it less the share above it."""
    ordered = np.sort(others)
    below = np.searchsorted(ordered, values, "left")
    not_above = np.searchsorted(ordered, values, "right")
    return (below + not_above) / len(others) - 1
