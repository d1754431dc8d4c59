"""What a classifier goes by: coefficients, and what is lost when a feature is shuffled; and whether folds agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from discourse.models.scores import confusion_of, macro_f1

#: Model, features, class, feature, fold (over all repeats), coefficient.
Weight = tuple[str, str, str, str, int, float]
#: Model, features, feature, fold (over all repeats), what macro F1 loses.
Loss = tuple[str, str, str, int, float]

#: Features by whose overlap folds are compared, and shuffles of a feature.
_TOP, _SHUFFLES = 20, 5


def weights(model: str, features: str, fold: int, fitted: Any, columns: Sequence[str]) -> list[Weight]:
    """A linear model's coefficients by class; of two classes those of the second, and their opposites."""
    found = getattr(fitted, "coef_", None)
    if found is None:
        return []
    rows = np.asarray(found)
    if len(rows) == 1:
        rows = np.vstack([-rows, rows])
    return [
        (model, features, str(name), column, fold, float(value))
        for name, row in zip(fitted.classes_, rows, strict=True)
        for column, value in zip(columns, row, strict=True)
    ]


def coefficients(found: list[Weight]) -> pl.DataFrame:
    """One row a linear model, features, class and feature: mean `coefficient`, `sd`, `folds`, `same_sign`.

    `folds` is the number of fits that knew the feature; `same_sign` the share of them in which the coefficient has the
    sign of the mean. Largest first.
    """
    keys = ["model", "features", "class", "feature"]
    value = pl.col("coefficient")
    return (
        _weights(found)
        .group_by(keys, maintain_order=True)
        .agg(
            value.mean().alias("coefficient"),
            value.std().alias("sd"),
            pl.len().alias("folds"),
            (value.sign() == value.mean().sign()).mean().alias("same_sign"),
        )
        .sort(*keys[:3], value.abs(), "feature", descending=[False] * 3 + [True, False])
    )


def agreement(found: list[Weight]) -> pl.DataFrame:
    """One row a linear model, features and class: how far the folds agree on its 20 largest coefficients.

    `agreement` is the mean Jaccard similarity of the sets of two folds, over all pairs: 1 where all name the same.
    """
    rows = []
    table = _weights(found)
    for key, part in table.group_by("model", "features", "class", maintain_order=True):
        tops = [
            set(fold.sort(pl.col("coefficient").abs(), "feature", descending=[True, False])["feature"].head(_TOP))
            for _, fold in part.group_by("fold", maintain_order=True)
        ]
        pairs = [len(a & b) / len(a | b) for i, a in enumerate(tops) for b in tops[:i]]
        rows.append((*key, len(tops), float(np.mean(pairs)) if pairs else None))
    schema = {**dict.fromkeys(("model", "features", "class"), pl.String), "folds": pl.UInt32, "agreement": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def losses(
    model: str, features: str, fold: int, fitted: Any, x: Any, actual: np.ndarray, columns: Sequence[str], seed: int
) -> list[Loss]:
    """What macro F1 of the test documents loses when a feature's values are shuffled among them (Breiman 2001).

    A mean of five shuffles. Features that say the same stand in for each other, and each then seems to matter little.
    """
    classes = [str(name) for name in fitted.classes_]
    number = {name: at for at, name in enumerate(classes)}
    known = np.array([name in number for name in actual])
    coded = np.array([number[name] for name in actual[known]], np.intp)
    dense = x.toarray() if hasattr(x, "toarray") else np.array(x, np.float64)
    dense = dense[known]

    def score() -> float:
        found = np.array([number[name] for name in fitted.predict(dense)], np.intp)
        return float(macro_f1(confusion_of(coded, found, len(classes))))

    base = score()
    random = np.random.default_rng(seed)
    rows = []
    for at, column in enumerate(columns):
        kept = dense[:, at].copy()
        lost = []
        for _ in range(_SHUFFLES):
            dense[:, at] = random.permutation(kept)
            lost.append(base - score())
        dense[:, at] = kept
        rows.append((model, features, column, fold, float(np.mean(lost))))
    return rows


def importance(found: list[Loss]) -> pl.DataFrame:
    """One row a model, features and feature: mean `loss` of macro F1 over folds, `sd`, `folds`, `above_zero`.

    `above_zero` is the share of folds in which shuffling the feature cost anything. Largest loss first.
    """
    keys = {"model": pl.String, "features": pl.String, "feature": pl.String}
    frame = pl.DataFrame(found, schema={**keys, "fold": pl.UInt32, "loss": pl.Float64}, orient="row")
    return (
        frame.group_by(*keys, maintain_order=True)
        .agg(
            pl.col("loss").mean(),
            pl.col("loss").std().alias("sd"),
            pl.len().alias("folds"),
            (pl.col("loss") > 0).mean().alias("above_zero"),
        )
        .sort("model", "features", "loss", "feature", descending=[False, False, True, False])
    )


def _weights(found: list[Weight]) -> pl.DataFrame:
    keys = dict.fromkeys(("model", "features", "class", "feature"), pl.String)
    return pl.DataFrame(found, schema={**keys, "fold": pl.UInt32, "coefficient": pl.Float64}, orient="row")
