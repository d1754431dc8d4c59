"""How many documents it would take to see a difference."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.special import ndtri
from scipy.stats import norm

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
    members = groups.select("doc_id", "group").drop_nulls()
    joined = values.select("doc_id", "measure", "value").join(members, on="doc_id")
    value = pl.col("value").fill_nan(None)
    one = joined.group_by("measure", "group").agg(
        value.count().alias("n"), value.sum().alias("sum"), (value**2).sum().alias("squares")
    )
    whole = one.group_by("measure").agg(pl.col("n", "sum", "squares").sum())
    sums = {(m, g): (n, s, q) for m, g, n, s, q in one.iter_rows()}
    totals = {m: (n, s, q) for m, n, s, q in whole.iter_rows()}
    reach = ndtri(1 - alpha / 2)
    rows: list[tuple[object, ...]] = []
    for measure, a, b, estimate, low, high in contrasts.select(
        "measure", "group_a", "group_b", "estimate", "low", "high"
    ).iter_rows():
        if estimate is None or low is None:
            rows.append((measure, a, b, estimate, None, None, None, "the difference has no interval"))
            continue
        own = sums[measure, a]
        other = sums.get((measure, b)) or tuple(x - y for x, y in zip(totals[measure], own, strict=True))
        variances = [(q - s * s / n) / (n - 1) for n, s, q in (own, other)]
        plain = variances[0] / own[0] + variances[1] / other[0]
        error = ((high - low) / (2 * reach)) ** 2
        effect = max(1.0, error / plain) if clustered and plain > 0 else 1.0
        if estimate == 0 or plain <= 0:
            rows.append((measure, a, b, estimate, effect, None, None, "no difference, or nothing varies"))
            continue
        needed = (reach + ndtri(power)) ** 2 * sum(variances) * effect / estimate**2
        shift = abs(estimate) / np.sqrt(plain * effect)
        at_hand = float(norm.cdf(shift - reach) + norm.cdf(-shift - reach))
        rows.append((measure, a, b, estimate, effect, at_hand, max(2, int(np.ceil(needed))), None))
    return pl.DataFrame(rows, schema=_COLUMNS, orient="row")
