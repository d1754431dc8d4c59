"""Classifiers: can a document's group be told from its measures, its lemmas, or both, and by what?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from threadpoolctl import threadpool_limits

from discourse.core.errors import DiscourseError
from discourse.core.seeds import integer
from discourse.models.features import Features, lemma_features, measure_features
from discourse.models.folds import check_classes, splits
from discourse.models.learners import LEARNERS
from discourse.models.matrix import Matrix
from discourse.models.scores import confusion_table, differences, score_table


@dataclass(frozen=True)
class Classification:
    """What cross-validation found, as frames; `features` is `measures`, `lemmas` or `both`.

    scores: one row a model, features and score: `model, features, score, estimate, low, high, documents, reason`.
    differences: one row a model, features and score, paired with the dummy: the same with `against`.
    confusion: one row a model, features, actual and predicted class: `documents`, averaged over the repeats.
    coefficients: one row a linear model, features, class and feature: `coefficient` (mean over folds), `sd`, `folds`.
    predictions: one row a model, features, repeat and document: `fold, actual, predicted`.
    guards: one row a document left out, with the reason: `doc_id, reason`.
    """

    scores: pl.DataFrame
    differences: pl.DataFrame
    confusion: pl.DataFrame
    coefficients: pl.DataFrame
    predictions: pl.DataFrame
    guards: pl.DataFrame


def classify(
    target: pl.DataFrame,
    *,
    measures: pl.DataFrame | None = None,
    matrix: Matrix | None = None,
    clusters: pl.DataFrame | None = None,
    models: Sequence[str] = ("dummy", "logistic", "svm"),
    folds: int = 5,
    repeats: int = 5,
    min_documents: int = 3,
    max_share: float = 0.8,
    seed: int,
    draws: int = 2000,
    level: float = 0.95,
) -> Classification:
    """How well models tell the groups of `target` (`doc_id, group`) by repeated stratified cross-validation.

    Features are `measures` (`doc_id, measure, value`), the TF-IDF of the lemmas of `matrix`, and both, whichever are
    given. Everything is fitted within the training folds: medians for missing values, scales, the vocabulary (lemmas
    in at least `min_documents` training documents and at most `max_share` of them) and its weights. Where `clusters`
    (`doc_id, cluster`: author, event…) is given, no cluster stands on both sides of a split, and the intervals draw
    clusters; otherwise documents. Scores are of the predictions of all repeats together; the dummy is always among
    the models, since a score means nothing without it. The same for rows in any order.

    Raises `DiscourseError` for a target of one class, a class with fewer documents (or clusters) than folds, no
    features, or an unknown model.
    """
    names = list(dict.fromkeys(["dummy", *models]))
    learners = {name: LEARNERS.get(name) for name in names}
    labels, unit, guards = _target(target, clusters, measures, matrix)
    doc_id = labels["doc_id"].to_list()
    actual = labels["group"].to_numpy()
    classes = check_classes(actual, unit, folds, clusters is not None)
    sets = _feature_sets(doc_id, measures, matrix, min_documents, max_share)
    predictions: list[pl.DataFrame] = []
    weights: list[tuple[str, str, str, str, float]] = []
    with threadpool_limits(limits=1):  # sums on several threads differ in their last digits
        for repeat in range(repeats):
            parts = splits(actual, unit, folds, clusters is not None, integer(seed, "folds", repeat))
            for fold, (train, test) in enumerate(parts):
                for features, given in sets.items():
                    x_train, x_test, columns = given.within(train, test)
                    for name, learner in learners.items():
                        model = learner(integer(seed, "model", name, features, repeat, fold))
                        model.fit(x_train, actual[train])
                        found = model.predict(x_test)
                        predictions.append(_predicted(name, features, repeat, fold, labels[test], found))
                        weights += _weights(name, features, model, columns)
    table = pl.concat(predictions).sort("model", "features", "repeat", "doc_id")
    units = pl.DataFrame({"doc_id": doc_id, "unit": unit})
    return Classification(
        score_table(table, units, classes, seed=seed, draws=draws, level=level),
        differences(table, units, classes, against="dummy", seed=seed, draws=draws, level=level),
        confusion_table(table, classes),
        _coefficients(weights),
        table,
        guards,
    )


def _target(
    target: pl.DataFrame, clusters: pl.DataFrame | None, measures: pl.DataFrame | None, matrix: Matrix | None
) -> tuple[pl.DataFrame, np.ndarray, pl.DataFrame]:
    """Documents with a class and features, sorted; the number of each one's cluster; those left out."""
    target = _one_a_document(target, "target", "group")
    if measures is None and matrix is None:
        raise DiscourseError("nothing to classify by: give measures, a matrix of lemmas, or both")
    conditions = [pl.when(pl.col("group").is_null()).then(pl.lit("no class"))]
    if measures is not None:
        known = measures["doc_id"].cast(pl.String)
        conditions.append(pl.when(~pl.col("doc_id").is_in(known.implode())).then(pl.lit("not measured")))
    if matrix is not None:
        known = pl.Series(matrix.doc_id, dtype=pl.String)
        conditions.append(pl.when(~pl.col("doc_id").is_in(known.implode())).then(pl.lit("not in the matrix")))
    target = target.with_columns(pl.coalesce(conditions).alias("reason"))
    labels = target.filter(pl.col("reason").is_null()).drop("reason")
    unit = labels.select("doc_id", pl.lit(None, pl.String).alias("cluster"))
    if clusters is not None:
        given = _one_a_document(clusters, "clusters", "cluster")
        unit = labels.select("doc_id").join(given, on="doc_id", how="left", maintain_order="left")
    named = unit["cluster"].rank("dense").fill_null(0).to_numpy().astype(np.intp)
    alone = named == 0
    named[alone] = named.max(initial=0) + 1 + np.arange(alone.sum())
    return labels, named, target.filter(pl.col("reason").is_not_null()).select("doc_id", "reason")


def _one_a_document(frame: pl.DataFrame, table: str, column: str) -> pl.DataFrame:
    """The two columns as text, sorted by document, after making sure that they are there and no document is twice."""
    if missing := [name for name in ("doc_id", column) if name not in frame.columns]:
        raise DiscourseError(f"table {table!r}: column {missing[0]!r} is missing; it has {', '.join(frame.columns)}")
    frame = frame.select(pl.col("doc_id", column).cast(pl.String)).sort("doc_id")
    if (twice := frame.filter(pl.col("doc_id").is_duplicated())).height:
        raise DiscourseError(f"table {table!r}: document {twice['doc_id'][0]!r} stands twice; give it one {column}")
    return frame


def _feature_sets(
    doc_id: list[str], measures: pl.DataFrame | None, matrix: Matrix | None, min_documents: int, max_share: float
) -> dict[str, Features]:
    sets: dict[str, Features] = {}
    if measures is not None:
        sets["measures"] = Features([measure_features(measures, doc_id)])
    if matrix is not None:
        sets["lemmas"] = Features([lemma_features(matrix, doc_id, min_documents, max_share)])
    if len(sets) == 2:
        sets["both"] = Features([*sets["measures"].blocks, *sets["lemmas"].blocks])
    return sets


def _predicted(
    model: str, features: str, repeat: int, fold: int, labels: pl.DataFrame, found: np.ndarray
) -> pl.DataFrame:
    return labels.select(
        pl.lit(model).alias("model"),
        pl.lit(features).alias("features"),
        pl.lit(repeat, pl.UInt32).alias("repeat"),
        pl.lit(fold, pl.UInt32).alias("fold"),
        "doc_id",
        pl.col("group").alias("actual"),
        pl.Series("predicted", found.tolist(), dtype=pl.String),
    )


def _weights(model: str, features: str, fitted: object, columns: list[str]) -> list[tuple[str, str, str, str, float]]:
    """A linear model's coefficients by class; of two classes those of the second, and their opposites."""
    found = getattr(fitted, "coef_", None)
    if found is None:
        return []
    classes = [str(name) for name in fitted.classes_]  # type: ignore[attr-defined]
    rows = np.asarray(found)
    if len(rows) == 1:
        rows = np.vstack([-rows, rows])
    return [
        (model, features, name, column, float(value))
        for name, row in zip(classes, rows, strict=True)
        for column, value in zip(columns, row, strict=True)
    ]


def _coefficients(weights: list[tuple[str, str, str, str, float]]) -> pl.DataFrame:
    columns = {"model": pl.String, "features": pl.String, "class": pl.String, "feature": pl.String}
    frame = pl.DataFrame(weights, schema={**columns, "coefficient": pl.Float64}, orient="row")
    return (
        frame.group_by(*columns, maintain_order=True)
        .agg("coefficient")
        .with_columns(
            pl.col("coefficient").list.mean(),
            pl.col("coefficient").list.std().alias("sd"),
            pl.col("coefficient").list.len().alias("folds"),
        )
        .sort(*list(columns)[:3], pl.col("coefficient").abs(), "feature", descending=[False] * 3 + [True, False])
    )
