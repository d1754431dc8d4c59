"""Scores of predictions, with intervals over documents or clusters, from sums over units alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.statistics.resample import percentiles, resampled_sums

Floats = npt.NDArray[np.float64]

#: Bins of predicted probability.
BINS = 10


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


def confusion_of(actual: npt.NDArray[np.intp], predicted: npt.NDArray[np.intp], classes: int) -> Floats:
    """Counts of documents by actual and predicted class, both numbered from 0."""
    return np.bincount(actual * classes + predicted, minlength=classes**2).reshape(classes, classes).astype(np.float64)


SCORES: dict[str, Callable[[Floats], Floats]] = {
    "macro_f1": macro_f1,
    "balanced_accuracy": balanced_accuracy,
    "accuracy": accuracy,
}
_KEY: dict[str, type[pl.DataType]] = dict.fromkeys(("model", "features", "score"), pl.String)
_COLUMNS: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(("estimate", "low", "high"), pl.Float64),
    "documents": pl.UInt32,
    "reason": pl.String,
}


class Drawn:
    """The predictions of all repeats as confusions, observed and in every draw of units; the draws are paired."""

    def __init__(
        self, predictions: pl.DataFrame, units: pl.DataFrame, classes: list[str], *, seed: int, draws: int, level: float
    ) -> None:
        self.units, self.classes, self.level, self.draws, self.seed = units, classes, level, draws, seed
        self.repeats = predictions["repeat"].n_unique()
        unit_of = units.with_columns((pl.col("unit").rank("dense") - 1).alias("unit"))
        self.many = unit_of["unit"].n_unique()
        number = {name: i for i, name in enumerate(classes)}
        self.coded = predictions.join(unit_of, on="doc_id", how="left", maintain_order="left").with_columns(
            pl.col("actual", "predicted").replace_strict(number, return_dtype=pl.Int64)
        )
        self.confusions: dict[tuple[str, str], tuple[Floats, Floats]] = {}
        k = len(classes)
        for (model, features), rows in self.coded.group_by("model", "features", maintain_order=True):
            cell = (rows["actual"] * k + rows["predicted"]).to_numpy()
            sums = self.by_unit(rows, cell, k * k)
            drawn = resampled_sums(sums, draws, seed, "classify").reshape(draws, k, k)
            self.confusions[str(model), str(features)] = (sums.sum(axis=0).reshape(k, k), drawn)

    def by_unit(
        self, rows: pl.DataFrame, cell: npt.NDArray[np.int64], cells: int, weight: Floats | None = None
    ) -> Floats:
        """How much falls into each cell, by unit: units × cells, a mean over the repeats."""
        sums = np.zeros((self.many, cells))
        given = np.ones(rows.height) if weight is None else weight
        np.add.at(sums, (rows["unit"].to_numpy().astype(np.intp), cell), given / self.repeats)
        return sums

    def row(self, estimate: float, drawn: Floats) -> dict[str, object]:
        """A score with the percentile interval of its draws."""
        row: dict[str, object] = {"estimate": estimate, "documents": self.units.height, "reason": None}
        if self.many < 2:
            return row | {"low": None, "high": None, "reason": "no interval: one cluster"}
        low, high = percentiles(drawn[:, None], self.level)
        return row | {"low": float(low[0]), "high": float(high[0])}


def score_table(drawn: Drawn) -> pl.DataFrame:
    """One row a model, features and score, with the percentile bootstrap interval over units."""
    rows = [
        {"model": model, "features": features, "score": name} | drawn.row(float(score(total)), score(draws))
        for (model, features), (total, draws) in drawn.confusions.items()
        for name, score in SCORES.items()
    ]
    return pl.DataFrame(rows, schema={**_KEY, **_COLUMNS}).fill_nan(None)


def differences(drawn: Drawn) -> pl.DataFrame:
    """One row a pair and score: how much better a model is than `against` with `against_features`, on the same draws.

    Pairs are two models on the same features, and two sets of features under the same model; the dummy, for which
    features are all the same, is only what others are held against.
    """
    keys = list(drawn.confusions)
    rows = []
    for at, (model, features) in enumerate(keys):
        for other, other_features in keys[:at] + keys[at + 1 :]:
            models = features == other_features and _rank(other, keys) < _rank(model, keys)
            sets = model == other != "dummy" and keys.index((other, other_features)) < at
            if not (models or sets):
                continue
            total, draws = drawn.confusions[model, features]
            base, base_draws = drawn.confusions[other, other_features]
            for name, score in SCORES.items():
                row = drawn.row(float(score(total) - score(base)), score(draws) - score(base_draws))
                key = {"model": model, "features": features, "against": other, "against_features": other_features}
                rows.append(key | {"score": name} | row)
    names = ("model", "features", "against", "against_features", "score")
    frame = pl.DataFrame(rows, schema={**dict.fromkeys(names, pl.String), **_COLUMNS}).fill_nan(None)
    return frame.sort(pl.col("against") != "dummy", maintain_order=True)


def _rank(model: str, keys: list[tuple[str, str]]) -> int:
    """The dummy first, then the models in order of appearance."""
    order = list(dict.fromkeys(name for name, _ in keys))
    return -1 if model == "dummy" else order.index(model)


def confusion_table(drawn: Drawn) -> pl.DataFrame:
    """One row a model, features, actual and predicted class: `documents`, a mean over the repeats, and their `share`.

    `share` is out of the actual class, with its interval `low, high` over draws of units.
    """
    rows = []
    for (model, features), (total, draws) in drawn.confusions.items():
        with np.errstate(invalid="ignore", divide="ignore"):
            share = total / total.sum(axis=1, keepdims=True)
            low, high = percentiles(draws / draws.sum(axis=2, keepdims=True), drawn.level)
        for i, actual in enumerate(drawn.classes):
            for j, predicted in enumerate(drawn.classes):
                bounds = (low[i, j], high[i, j]) if drawn.many > 1 else (np.nan, np.nan)
                rows.append((model, features, actual, predicted, total[i, j], share[i, j], *bounds))
    names = dict.fromkeys(("model", "features", "actual", "predicted"), pl.String)
    numbers = dict.fromkeys(("documents", "share", "low", "high"), pl.Float64)
    return pl.DataFrame(rows, schema={**names, **numbers}, orient="row").fill_nan(None)


def calibration_table(drawn: Drawn) -> pl.DataFrame:
    """One row a model, features and score of its probabilities: `brier` and `ece`, lower is better, with intervals.

    The Brier score sums (probability − outcome)² over the classes, a mean over documents, from 0 to 2 (Brier 1950).
    The expected calibration error is the mean distance between the probability of the predicted class and the share
    that was right, over ten bins of equal width (Naeini et al. 2015). Null, with the reason, for a model that gives no
    probabilities.
    """
    rows = []
    for (model, features), found in drawn.coded.group_by("model", "features", maintain_order=True):
        key = {"model": model, "features": features}
        if found["probability"].null_count():
            rows += [key | {"score": name, "reason": "the model gives no probabilities"} for name in ("brier", "ece")]
            continue
        n = found.height / drawn.repeats
        brier = drawn.by_unit(found, np.zeros(found.height, np.int64), 1, found["brier"].to_numpy())
        ones = drawn.by_unit(found, np.zeros(found.height, np.int64), 1)
        sums = np.hstack([brier, ones, _bins(drawn, found)])
        draws = resampled_sums(sums, drawn.draws, drawn.seed, "classify")
        rows.append(key | {"score": "brier"} | drawn.row(float(brier.sum() / n), draws[:, 0] / draws[:, 1]))
        rows.append(key | {"score": "ece"} | drawn.row(float(_ece(sums.sum(axis=0)[2:])), _ece(draws[:, 2:])))
    return pl.DataFrame(rows, schema={**_KEY, **_COLUMNS}).fill_nan(None)


def reliability_table(drawn: Drawn) -> pl.DataFrame:
    """One row a model, features and bin of the predicted class's probability: how often it was right.

    `bin` (its lower edge), `documents` (mean over the repeats), `probability` (mean), `right` (share) with its interval
    `low, high` over draws of units. Bins without documents are left out.
    """
    rows = []
    for (model, features), found in drawn.coded.group_by("model", "features", maintain_order=True):
        if found["probability"].null_count():
            continue
        sums = _bins(drawn, found)
        count, probability, right = sums.sum(axis=0).reshape(3, BINS)
        drawn_sums = resampled_sums(sums, drawn.draws, drawn.seed, "classify").reshape(-1, 3, BINS)
        with np.errstate(invalid="ignore", divide="ignore"):
            low, high = percentiles(drawn_sums[:, 2] / drawn_sums[:, 0], drawn.level)
        for at in np.flatnonzero(count):
            bounds = (low[at], high[at]) if drawn.many > 1 else (np.nan, np.nan)
            means = (probability[at] / count[at], right[at] / count[at])
            rows.append((model, features, at / BINS, count[at], *means, *bounds))
    numbers = dict.fromkeys(("bin", "documents", "probability", "right", "low", "high"), pl.Float64)
    schema = {**dict.fromkeys(("model", "features"), pl.String), **numbers}
    return pl.DataFrame(rows, schema=schema, orient="row").fill_nan(None)


def _bins(drawn: Drawn, rows: pl.DataFrame) -> Floats:
    """By unit: documents, summed probability and right ones of each bin."""
    probability = rows["probability"].to_numpy()
    at = np.minimum((probability * BINS).astype(np.int64), BINS - 1)
    right = (rows["actual"] == rows["predicted"]).to_numpy().astype(np.float64)
    return np.hstack([drawn.by_unit(rows, at, BINS, weight) for weight in (None, probability, right)])


def _ece(sums: Floats) -> Floats:
    count, probability, right = (sums[..., i * BINS : (i + 1) * BINS] for i in range(3))
    return np.abs(right - probability).sum(axis=-1) / count.sum(axis=-1)
