"""Scores of predictions, with intervals over documents or clusters, from confusions alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.statistics.resample import percentiles, resampled_sums

Floats = npt.NDArray[np.float64]


def accuracy(confusion: Floats) -> Floats:
    """The share of documents told right; `confusion` is … × actual × predicted."""
    return np.trace(confusion, axis1=-2, axis2=-1) / confusion.sum(axis=(-2, -1))


def balanced_accuracy(confusion: Floats) -> Floats:
    """The mean recall of the classes; a class without documents is left out of the mean."""
    with np.errstate(invalid="ignore"):
        recall = np.diagonal(confusion, axis1=-2, axis2=-1) / confusion.sum(axis=-1)
    return np.nanmean(recall, axis=-1)


def macro_f1(confusion: Floats) -> Floats:
    """The mean F1 of the classes, 2·tp / (actual + predicted); 0 for a class never predicted right."""
    hits = np.diagonal(confusion, axis1=-2, axis2=-1)
    total = confusion.sum(axis=-1) + confusion.sum(axis=-2)
    with np.errstate(invalid="ignore"):
        return np.nanmean(2 * hits / total, axis=-1)


SCORES = {"macro_f1": macro_f1, "balanced_accuracy": balanced_accuracy, "accuracy": accuracy}
_COLUMNS: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(("estimate", "low", "high"), pl.Float64),
    "documents": pl.UInt32,
    "reason": pl.String,
}


def score_table(
    predictions: pl.DataFrame, units: pl.DataFrame, classes: list[str], *, seed: int, draws: int, level: float
) -> pl.DataFrame:
    """One row a model, features and score, with the percentile bootstrap interval over units."""
    rows = []
    for (model, features), (total, drawn) in _drawn(predictions, units, classes, seed, draws).items():
        for name, score in SCORES.items():
            row = _row(float(score(total)), score(drawn), units, level)
            rows.append({"model": model, "features": features, "score": name} | row)
    return pl.DataFrame(rows, schema={**dict.fromkeys(("model", "features", "score"), pl.String), **_COLUMNS})


def differences(
    predictions: pl.DataFrame,
    units: pl.DataFrame,
    classes: list[str],
    *,
    against: str,
    seed: int,
    draws: int,
    level: float,
) -> pl.DataFrame:
    """One row a model, features and score: how much better than `against` on the same draws of units."""
    made = _drawn(predictions, units, classes, seed, draws)
    rows = []
    for (model, features), (total, drawn) in made.items():
        if model == against:
            continue
        other, other_drawn = made[against, features]
        for name, score in SCORES.items():
            row = _row(float(score(total) - score(other)), score(drawn) - score(other_drawn), units, level)
            rows.append({"model": model, "against": against, "features": features, "score": name} | row)
    keys = dict.fromkeys(("model", "against", "features", "score"), pl.String)
    return pl.DataFrame(rows, schema={**keys, **_COLUMNS})


def confusion_table(predictions: pl.DataFrame, classes: list[str]) -> pl.DataFrame:
    """One row a model, features, actual and predicted class: the documents, averaged over the repeats."""
    repeats = predictions["repeat"].n_unique()
    keys = predictions.select("model", "features").unique(maintain_order=True)
    names = pl.DataFrame({"actual": classes})
    grid = keys.join(names, how="cross", maintain_order="left_right").join(
        names.rename({"actual": "predicted"}), how="cross", maintain_order="left_right"
    )
    columns = ["model", "features", "actual", "predicted"]
    counts = predictions.group_by(columns).agg((pl.len() / repeats).alias("documents"))
    return grid.join(counts, on=columns, how="left", maintain_order="left").with_columns(
        pl.col("documents").fill_null(0.0)
    )


def _drawn(
    predictions: pl.DataFrame, units: pl.DataFrame, classes: list[str], seed: int, draws: int
) -> dict[tuple[str, str], tuple[Floats, Floats]]:
    """For each model and features the confusion of all repeats, and that of each draw: draws × actual × predicted."""
    k, repeats = len(classes), predictions["repeat"].n_unique()
    unit_of = units.with_columns((pl.col("unit").rank("dense") - 1).alias("unit"))
    number = {name: i for i, name in enumerate(classes)}
    coded = predictions.join(unit_of, on="doc_id", how="left", maintain_order="left").with_columns(
        pl.col("actual", "predicted").replace_strict(number, return_dtype=pl.Int64)
    )
    made = {}
    for (model, features), rows in coded.group_by("model", "features", maintain_order=True):
        cell = (rows["actual"] * k + rows["predicted"]).to_numpy()
        sums = np.zeros((unit_of["unit"].n_unique(), k * k))
        np.add.at(sums, (rows["unit"].to_numpy().astype(np.intp), cell), 1 / repeats)
        drawn = resampled_sums(sums, draws, seed, "classify").reshape(draws, k, k)
        made[str(model), str(features)] = (sums.sum(axis=0).reshape(k, k), drawn)
    return made


def _row(estimate: float, drawn: Floats, units: pl.DataFrame, level: float) -> dict[str, object]:
    row: dict[str, object] = {"estimate": estimate, "documents": units.height, "reason": None}
    if units["unit"].n_unique() < 2:
        return row | {"low": None, "high": None, "reason": "no interval: one cluster"}
    low, high = percentiles(drawn[:, None], level)
    return row | {"low": float(low[0]), "high": float(high[0])}
