"""Counts compared by a regression: how many times as often, at equal length, other things held constant."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.special import ndtr, ndtri

from discourse.core.errors import DiscourseError, unknown
from discourse.statistics.contrast import REST, Pairs, pairs_of
from discourse.statistics.multiple import benjamini_hochberg

Floats = npt.NDArray[np.float64]
Model = Literal["quasi-poisson", "negative-binomial"]
MODELS: tuple[Model, ...] = ("quasi-poisson", "negative-binomial")

#: Fewer clusters than this make the robust error too small (Cameron and Miller 2015).
FEW = 30
COLUMNS: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(("measure", "group_a", "group_b", "model"), pl.String),
    **dict.fromkeys(("rate_ratio", "low", "high", "p", "q", "dispersion"), pl.Float64),
    **dict.fromkeys(("n_a", "n_b", "clusters"), pl.UInt32),
    "reason": pl.String,
}


def count_contrasts(
    values: pl.DataFrame,
    groups: pl.DataFrame,
    *,
    model: Model = "quasi-poisson",
    covariates: pl.DataFrame | None = None,
    clusters: pl.DataFrame | None = None,
    pairs: Pairs = "each-to-rest",
    level: float = 0.95,
) -> pl.DataFrame:
    """One row a measure and pair of groups: the ratio of their rates from a log-linear model of the counts.

    `values` has `doc_id, measure, numerator, denominator`; `groups` has `doc_id, group`. The model is
    log E(numerator) = log(denominator) + group + covariates: `denominator` (words) is an offset, so that long documents
    count for what they are. `quasi-poisson` lets the variance be a multiple of the mean, `negative-binomial` mean +
    dispersion · mean² (Cameron and Trivedi 2013); `dispersion` is that multiple, or that factor. Errors are robust, and
    where `clusters` (`doc_id, cluster`) are given, those of clusters (Liang and Zeger 1986), through statsmodels.
    `covariates` has `doc_id` and one column each: numbers as they are, text as classes. `p` is of a ratio of 1; `q` is
    its Benjamini–Hochberg value over the table. What cannot be fitted is null, with the `reason`.
    """
    if model not in MODELS:
        raise unknown("model of counts", model, MODELS)
    for column in ("doc_id", "measure", "numerator", "denominator"):
        if column not in values.columns:
            raise DiscourseError(f"table 'values': column {column!r} is missing; it has {', '.join(values.columns)}")
    table = _documents(groups, covariates, clusters)
    names = sorted(table["group"].unique())
    if len(names) < 2:
        found = f"only {names[0]!r}" if names else "none"
        raise DiscourseError(f"table 'groups': a contrast needs two groups, it has {found}; group by another column")
    extra = [column for column in (covariates.columns if covariates is not None else []) if column != "doc_id"]
    rows = []
    for measure in values["measure"].unique(maintain_order=True):
        own = values.filter(pl.col("measure") == measure).select("doc_id", "numerator", "denominator")
        joined = table.join(own, on="doc_id", maintain_order="left").filter(
            pl.col("numerator").is_not_null() & (pl.col("denominator") > 0)
        )
        for a, b in pairs_of(len(names), pairs):
            name_b = names[b[0]] if len(b) == 1 else REST
            part = joined.filter(pl.col("group").is_in([names[a], *(names[at] for at in b)]))
            key = {"measure": measure, "group_a": names[a], "group_b": name_b, "model": model}
            rows.append(key | _row(part, names[a], name_b, extra, model, clusters is not None, level))
    frame = pl.DataFrame(rows, schema=COLUMNS)
    return frame.with_columns(benjamini_hochberg(frame["p"])).select(*COLUMNS)


def _documents(
    groups: pl.DataFrame, covariates: pl.DataFrame | None, clusters: pl.DataFrame | None
) -> pl.DataFrame:
    table = groups.select(pl.col("doc_id").cast(pl.String), pl.col("group").cast(pl.String)).drop_nulls().sort("doc_id")
    if (twice := table.filter(pl.col("doc_id").is_duplicated())).height:
        raise DiscourseError(f"table 'groups': document {twice['doc_id'][0]!r} stands twice; give it one group")
    if covariates is not None:
        table = table.join(covariates, on="doc_id", how="left", maintain_order="left").drop_nulls()
    if clusters is not None:
        named = clusters.select("doc_id", pl.col("cluster").cast(pl.String))
        table = table.join(named, on="doc_id", how="left", maintain_order="left")
        return table.with_columns(pl.coalesce("cluster", "doc " + pl.col("doc_id")))
    return table.with_columns(pl.col("doc_id").alias("cluster"))


def _row(
    part: pl.DataFrame, a: str, b: str, extra: Sequence[str], model: Model, clustered: bool, level: float
) -> dict[str, object]:
    in_a = (part["group"] == a).to_numpy()
    many = part["cluster"].n_unique()
    row: dict[str, object] = {"n_a": int(in_a.sum()), "n_b": int((~in_a).sum())}
    row["clusters"] = many if clustered else None
    count = part["numerator"].to_numpy()
    for side, name in ((in_a, a), (~in_a, b)):
        if not side.any():
            return row | {"reason": f"no document of {name!r} has a value"}
        if not count[side].sum():
            return row | {"reason": f"{name!r} has no occurrence: a ratio of rates has no interval"}
    if (count != np.round(count)).any() or (count < 0).any():
        return row | {"reason": "not a count"}
    x = np.column_stack([np.ones(len(count)), in_a.astype(float), *_columns(part, extra)])
    if np.linalg.matrix_rank(x) < x.shape[1]:
        return row | {"reason": "a covariate says the same as the group, or as another; leave one out"}
    if len(count) <= x.shape[1] + 1 or (clustered and many <= x.shape[1]):
        return row | {"reason": "fewer documents or clusters than the model has terms"}
    fit, dispersion = _fit(x, count, part["denominator"].to_numpy(), model, part["cluster"], clustered)
    if fit is None or not np.isfinite(fit.bse[1]):
        return row | {"reason": "the model did not converge"}
    log = float(fit.params[1])
    # the library corrects for few clusters, but its HC1 of such models not for few documents
    error = float(fit.bse[1]) * (1.0 if clustered else np.sqrt(len(count) / (len(count) - x.shape[1])))
    low, high = (float(np.exp(log + side * ndtri((1 + level) / 2) * error)) for side in (-1, 1))
    row |= {"rate_ratio": float(np.exp(log)), "low": low, "high": high}
    few = f"{many} clusters: the interval may be too short" if clustered and many < FEW else None
    return row | {"p": float(2 * ndtr(-abs(log) / error)) if error else None, "dispersion": dispersion, "reason": few}


def _columns(part: pl.DataFrame, extra: Sequence[str]) -> list[Floats]:
    """Covariates as numbers: those that are, about their mean; classes as indicators of all but the first."""
    columns = []
    for name in extra:
        column = part[name]
        if column.dtype.is_numeric():
            numbers = column.cast(pl.Float64).to_numpy()
            columns.append(numbers - numbers.mean())
        else:
            classes = sorted(column.cast(pl.String).unique())
            columns += [(column.cast(pl.String) == one).to_numpy().astype(float) for one in classes[1:]]
    return columns


def _fit(
    x: Floats, count: Floats, length: Floats, model: Model, cluster: pl.Series, clustered: bool
) -> tuple[Any, float | None]:
    """The fitted model, None where it did not converge, and its dispersion."""
    import statsmodels.api as sm

    robust: dict[str, Any] = {"cov_type": "HC1"}
    if clustered:
        robust = {"cov_type": "cluster", "cov_kwds": {"groups": cluster.rank("dense").to_numpy()}}
    offset = np.log(length)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # what did not converge is said in the table
        poisson = sm.GLM(count, x, family=sm.families.Poisson(), offset=offset)
        if model == "quasi-poisson":
            fit = poisson.fit(**robust)
            return (fit if fit.converged else None), float(fit.pearson_chi2 / fit.df_resid)
        start = np.append(poisson.fit().params, 0.5)
        try:
            fit = sm.NegativeBinomial(count, x, offset=offset).fit(start, disp=0, maxiter=200, **robust)
        except (np.linalg.LinAlgError, ValueError):
            return None, None
        return (fit if fit.mle_retvals["converged"] else None), float(fit.params[-1])
