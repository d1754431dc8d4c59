"""How many documents it would take to see a difference."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.special import ndtri
from scipy.stats import norm

from discourse.statistics.moments import Basis
from discourse.statistics.wide import wide

_COLUMNS = {"measure": pl.String, "group_a": pl.String, "group_b": pl.String, "estimate": pl.Float64,
            "design_effect": pl.Float64, "power": pl.Float64, "needed": pl.UInt64, "reason": pl.String}  # fmt: skip


def documents_needed(
    contrasts: pl.DataFrame,
    values: pl.DataFrame,
    groups: pl.DataFrame,
    *,
    clustered: bool = False,
    power: float = 0.8,
    alpha: float = 0.05,
) -> pl.DataFrame:
    """One row a contrast: the documents `needed` in each of two equal groups to see a difference as large as this one.

    `contrasts` is the table of `contrast` for these `values` and `groups`. For a two-sided test at `alpha` to find it
    with the wanted `power`, n = (z₁₋ₐ/₂ + z_power)² · (s²(a) + s²(b)) · deff / difference² (Cohen 1988, by the
    normal curve and without assuming equal variances). `power` in the table is that of the documents at hand. The
    `design_effect` is by how much documents of one cluster say less than others would: the squared error of the
    bootstrap over clusters, out of that of single documents, at least 1 (Kish 1965); 1 where there are no clusters.
    It takes the estimate for the truth: what was found by chance would need more than this.
    """
    table = wide(values, groups)
    basis = Basis.of(table.values)
    sums = basis.by_unit(np.arange(len(table.group)), table.group)  # one order of documents: the same last digits
    whole = sums.sum(axis=0)
    group, column = ({name: at for at, name in enumerate(names)} for names in (table.groups, table.measures))
    reach = ndtri(1 - alpha / 2)
    rows: list[tuple[object, ...]] = []
    for measure, a, b, estimate, low, high in contrasts.select(
        "measure", "group_a", "group_b", "estimate", "low", "high"
    ).iter_rows():
        if estimate is None or low is None:
            rows.append((measure, a, b, estimate, None, None, None, "the difference has no interval"))
            continue
        own = sums[group[a]]
        both = basis.moments(np.stack([own, sums[group[b]] if b in group else whole - own]))
        count, variance = both.count[:, column[measure]], both.variance[:, column[measure]]
        plain = float((variance / count).sum())
        error = ((high - low) / (2 * reach)) ** 2
        effect = max(1.0, error / plain) if clustered and plain > 0 else 1.0
        if estimate == 0 or plain <= 0:
            rows.append((measure, a, b, estimate, effect, None, None, "no difference, or nothing varies"))
            continue
        needed = (reach + ndtri(power)) ** 2 * float(variance.sum()) * effect / estimate**2
        shift = abs(estimate) / np.sqrt(plain * effect)
        at_hand = float(norm.cdf(shift - reach) + norm.cdf(-shift - reach))
        rows.append((measure, a, b, estimate, effect, at_hand, max(2, int(np.ceil(needed))), None))
    return pl.DataFrame(rows, schema=_COLUMNS, orient="row")
