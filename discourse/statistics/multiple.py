"""Many tests at once."""

from __future__ import annotations

import numpy as np
import polars as pl


def benjamini_hochberg(p: pl.Series) -> pl.Series:
    """q for each p: the smallest false discovery rate at which it would be called a finding; null and NaN stay null.

    q₍ᵢ₎ = min over j ≥ i of p₍ⱼ₎ · m / j, with m the number of tests made (Benjamini and Hochberg 1995).
    """
    values = p.cast(pl.Float64).fill_nan(None).to_numpy()
    made = np.flatnonzero(~np.isnan(values))
    order = made[np.argsort(values[made], kind="stable")]
    steps = values[order] * len(order) / np.arange(1, len(order) + 1)
    q = np.full(len(values), np.nan)
    q[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return pl.Series("q", q).fill_nan(None)
