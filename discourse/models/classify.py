"""Classifiers: can a document's group be told from its measures, its lemmas, its topics, or all, and by what?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from threadpoolctl import threadpool_limits

from discourse.core.errors import DiscourseError, unknown
from discourse.core.seeds import integer
from discourse.models import explain
from discourse.models.features import SETS, Block, lemma_features, measure_features, topic_features, within
from discourse.models.folds import check_classes, splits
from discourse.models.learners import LEARNERS
from discourse.models.matrix import Matrix
from discourse.models.scores import (
    Drawn,
    calibration_table,
    confusion_table,
    differences,
    reliability_table,
    score_table,
)
from discourse.models.tuning import best_settings, fitted


@dataclass(frozen=True)
class Classification:
    """What cross-validation found, as frames; `features` is `measures`, `lemmas`, `topics`, `both` or `all`.

    scores: one row a model, features and score: `model, features, score, estimate, low, high, documents, reason`.
    differences: one row a pair of models (or of features) and score, on the same draws: the same with `against,
    against_features`.
    confusion: one row a model, features, actual and predicted class: `documents, share, low, high`.
    calibration, reliability: of the probabilities; see `scores`.
    coefficients, agreement: of linear models; importance: of few features; see `explain`.
    tuning: one row a model, features and setting that was chosen: `setting, folds`.
    predictions: one row a model, features, repeat and document: `fold, actual, predicted, probability, brier`.
    guards: one row a document left out, with the reason: `doc_id, reason`.
    """

    scores: pl.DataFrame
    differences: pl.DataFrame
    confusion: pl.DataFrame
    calibration: pl.DataFrame
    reliability: pl.DataFrame
    coefficients: pl.DataFrame
    agreement: pl.DataFrame
    importance: pl.DataFrame
    tuning: pl.DataFrame
    predictions: pl.DataFrame
    guards: pl.DataFrame


@dataclass(frozen=True)
class Design:
    """Documents with a class and features, the unit (cluster or document) of each, and what their features are."""

    labels: pl.DataFrame  # doc_id, group
    unit: np.ndarray
    grouped: bool
    classes: list[str]
    blocks: dict[str, Block]
    sets: list[str]
    guards: pl.DataFrame

    @property
    def actual(self) -> np.ndarray:
        return self.labels["group"].to_numpy()

    @property
    def units(self) -> pl.DataFrame:
        return pl.DataFrame({"doc_id": self.labels["doc_id"], "unit": self.unit})


def design(
    target: pl.DataFrame,
    *,
    measures: pl.DataFrame | None = None,
    matrix: Matrix | None = None,
    clusters: pl.DataFrame | None = None,
    features: Sequence[str] | None = None,
    folds: int = 5,
    topics: int = 20,
    min_documents: int = 3,
    max_share: float = 0.8,
    seed: int,
) -> Design:
    """What is classified and by what; see `classify` for the arguments and for what is refused."""
    labels, unit, guards = _target(target, clusters, measures, matrix)
    classes = check_classes(labels["group"].to_numpy(), unit, folds, clusters is not None)
    doc_id = labels["doc_id"].to_list()
    blocks: dict[str, Block] = {}
    if measures is not None:
        blocks["measures"] = measure_features(measures, doc_id)
    if matrix is not None:
        blocks["lemmas"] = lemma_features(matrix, doc_id, min_documents, max_share)
        blocks["topics"] = topic_features(matrix, doc_id, topics, integer(seed, "topics"), min_documents, max_share)
    sets = [name for name in ("measures", "lemmas", "both") if blocks.keys() >= set(SETS[name])]
    for name in features or ():
        if name not in SETS:
            raise unknown("kind of features", name, SETS)
        if lacking := sorted(set(SETS[name]) - blocks.keys()):
            raise DiscourseError(f"features {name!r} need {' and '.join(lacking)}, which are not given")
    sets = list(dict.fromkeys(features)) if features else sets
    return Design(labels, unit, clusters is not None, classes, blocks, sets, guards)


def classify(
    target: pl.DataFrame,
    *,
    measures: pl.DataFrame | None = None,
    matrix: Matrix | None = None,
    clusters: pl.DataFrame | None = None,
    features: Sequence[str] | None = None,
    models: Sequence[str] = ("dummy", "logistic", "svm"),
    folds: int = 5,
    repeats: int = 5,
    tune: bool = False,
    importance: bool = False,
    topics: int = 20,
    min_documents: int = 3,
    max_share: float = 0.8,
    seed: int,
    draws: int = 2000,
    level: float = 0.95,
) -> Classification:
    """How well models tell the groups of `target` (`doc_id, group`) by repeated stratified cross-validation.

    Features are `measures` (`doc_id, measure, value`), the TF-IDF of the `lemmas` of `matrix`, `both`, the shares of
    `topics` topics, or `all`; without `features`, measures, lemmas and both, whichever are given. Everything is fitted
    within the training folds: medians for missing values, scales, the vocabulary (lemmas in at least `min_documents`
    training documents and at most `max_share` of them) and its weights, the topics, and with `tune` the settings of the
    models, by an inner cross-validation. Where `clusters` (`doc_id, cluster`: author, event…) is given, no cluster
    stands on both sides of a split, and the intervals draw clusters; otherwise documents. Scores are of the
    predictions of all repeats together; the dummy is always among the models, since a score means nothing without it.
    `importance` also shuffles each measure and topic. The same for rows in any order.

    Raises `DiscourseError` for a target of one class, a class with fewer documents (or clusters) than folds, no
    features, or an unknown model.
    """
    names = list(dict.fromkeys(["dummy", *models]))
    for name in names:
        LEARNERS.get(name)
    made = design(
        target, measures=measures, matrix=matrix, clusters=clusters, features=features, folds=folds, topics=topics,
        min_documents=min_documents, max_share=max_share, seed=seed,
    )  # fmt: skip
    found = _Found()
    with threadpool_limits(limits=1):  # sums on several threads differ in their last digits
        for repeat in range(repeats):
            parts = splits(made.actual, made.unit, folds, made.grouped, integer(seed, "folds", repeat))
            for fold, (train, test) in enumerate(parts):
                given = within(made.blocks, made.sets, train, test)
                for kind in made.sets:
                    for name in names:
                        number = integer(seed, "model", name, kind, repeat, fold)
                        _one(made, found, (name, kind, repeat, fold, folds), given[kind], train, test, tune, number,
                             importance)  # fmt: skip
    table = pl.concat(found.predictions).sort("model", "features", "repeat", "doc_id")
    drawn = Drawn(table, made.units, made.classes, seed=seed, draws=draws, level=level)
    return Classification(
        score_table(drawn),
        differences(drawn),
        confusion_table(drawn),
        calibration_table(drawn),
        reliability_table(drawn),
        explain.coefficients(found.weights),
        explain.agreement(found.weights),
        explain.importance(found.losses),
        _tuning(found.settings),
        table,
        made.guards,
    )


@dataclass
class _Found:
    predictions: list[pl.DataFrame] = field(default_factory=list)
    weights: list[explain.Weight] = field(default_factory=list)
    losses: list[explain.Loss] = field(default_factory=list)
    settings: list[tuple[str, str, str]] = field(default_factory=list)


def _one(
    made: Design,
    found: _Found,
    key: tuple[str, str, int, int, int],
    given: tuple[object, object, list[str]],
    train: np.ndarray,
    test: np.ndarray,
    tune: bool,
    seed: int,
    importance: bool,
) -> None:
    """One model fitted on one fold, and what it says of the test documents and of itself."""
    name, kind, repeat, fold, folds = key
    x_train, x_test, columns = given
    settings = None
    if tune:
        settings = best_settings(name, x_train, made.actual[train], made.unit[train], made.grouped, seed)
        found.settings += [(name, kind, f"{key.split('__')[-1]} = {value:g}") for key, value in settings.items()]
    model = fitted(name, x_train, made.actual[train], seed, settings)
    found.predictions.append(predicted(made, name, kind, repeat, fold, model, x_test, test))
    at = repeat * folds + fold
    found.weights += explain.weights(name, kind, at, model, columns)
    if importance and name != "dummy" and kind in ("measures", "topics"):
        found.losses += explain.losses(name, kind, at, model, x_test, made.actual[test], columns, seed)


def predicted(
    made: Design, name: str, kind: str, repeat: int, fold: int, model: object, x: object, test: np.ndarray
) -> pl.DataFrame:
    """What a fitted model says of the test documents; probabilities are null where it gives none."""
    said = model.predict(x)  # type: ignore[attr-defined]
    probability = brier = np.full(len(test), np.nan)
    if hasattr(model, "predict_proba"):
        shares = model.predict_proba(x)
        names = model.classes_  # type: ignore[attr-defined]
        probability = shares.max(axis=1)
        hits = made.actual[test][:, None] == names[None, :]
        # a class that no training document had is one that got no probability at all
        brier = ((shares - hits) ** 2).sum(axis=1) + (~hits.any(axis=1))
    return made.labels[test].select(
        pl.lit(name).alias("model"),
        pl.lit(kind).alias("features"),
        pl.lit(repeat, pl.UInt32).alias("repeat"),
        pl.lit(fold, pl.UInt32).alias("fold"),
        "doc_id",
        pl.col("group").alias("actual"),
        pl.Series("predicted", said.tolist(), dtype=pl.String),
        pl.Series("probability", probability).fill_nan(None),
        pl.Series("brier", brier).fill_nan(None),
    )


def _tuning(settings: list[tuple[str, str, str]]) -> pl.DataFrame:
    rows = [(*key, folds) for key, folds in sorted(Counter(settings).items())]
    schema = {**dict.fromkeys(("model", "features", "setting"), pl.String), "folds": pl.UInt32}
    return pl.DataFrame(rows, schema=schema, orient="row")


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
