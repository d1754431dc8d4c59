"""Chance, learning curves, calibration, tuning, explanations: what stands beside a classifier's score."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from discourse.core.errors import DiscourseError
from discourse.models import explain
from discourse.models.chance import against_chance, learning_curve
from discourse.models.classify import classify, design
from discourse.models.features import within
from discourse.models.folds import blind_splits
from discourse.models.matrix import count
from discourse.models.scores import Drawn, calibration_table, reliability_table
from discourse.models.tuning import best_settings


@pytest.fixture
def telling(press):
    """Measures of which one tells the group and one does not."""
    documents, _ = press
    random = np.random.default_rng(2)
    own = (documents["group"] == "szpital").to_numpy() * 2.0
    frames = [
        documents.select("doc_id", pl.lit("telling").alias("measure"), pl.Series("value", own + random.random(40))),
        documents.select("doc_id", pl.lit("noise").alias("measure"), pl.Series("value", random.random(40))),
    ]
    return documents, pl.concat(frames)


def test_what_is_known_is_far_from_chance_and_what_is_not_within_it(telling):
    documents, values = telling
    known = against_chance(design(documents, measures=values, seed=1), ["logistic"], permutations=39, seed=1)
    assert known.select("estimate", "p", "shuffled").row(0) == (1.0, 1 / 40, "documents")
    noise = values.filter(pl.col("measure") == "noise")
    blind = against_chance(design(documents, measures=noise, seed=1), ["logistic"], permutations=39, seed=1)
    row = blind.row(0, named=True)
    assert row["low"] <= row["estimate"] <= row["high"] and row["p"] > 0.05


def test_whole_clusters_are_shuffled_where_each_is_of_one_class(telling):
    """Five authors a class, each with a manner of its own and nothing of the class: no news about the class."""
    documents, _ = telling
    cluster = documents["group"] + (pl.Series(range(40)) // 2 % 5).cast(pl.String)
    manner = cluster.rank("dense").cast(pl.Float64)
    values = documents.select("doc_id", pl.lit("m").alias("measure"), (manner * 7 % 10).alias("value"))
    clusters = documents.select("doc_id", cluster.alias("cluster"))
    made = design(documents, measures=values, clusters=clusters, seed=1)
    row = against_chance(made, ["logistic"], permutations=39, seed=1).row(0, named=True)
    assert row["shuffled"] == "clusters" and row["p"] > 0.05


def test_folds_that_look_at_no_class_keep_clusters_whole():
    unit = np.array([0, 0, 0, 1, 1, 2, 3, 4, 5, 6])
    parts = blind_splits(unit, 3, seed=1)
    assert sorted(row for _, test in parts for row in test) == list(range(10))
    assert all(not set(unit[train]) & set(unit[test]) for train, test in parts)


def test_a_learning_curve_rises_with_the_documents(press):
    documents, tokens = press
    made = design(documents, matrix=count(documents, tokens), features=["lemmas"], min_documents=1, seed=1)
    found = learning_curve(made, ["logistic"], shares=(0.25, 1.0), seed=1, draws=200)
    assert found["documents"].to_list() == [8.0, 32.0]
    assert found["estimate"][1] == 1.0 and found["low"][1] <= found["estimate"][1]


def test_a_part_without_a_class_says_so(press):
    documents, tokens = press
    lone = documents.with_columns(group=pl.when(pl.int_range(40) < 5).then(pl.lit("a")).otherwise(pl.lit("b")))
    made = design(lone, matrix=count(documents, tokens), features=["lemmas"], min_documents=1, seed=1)
    found = learning_curve(made, ["logistic"], shares=(0.01,), seed=1, draws=50)
    assert found.select("estimate", "reason").row(0) == (None, "a class has no training document in some fold")


def predictions(rows: list[tuple[str, str, float]]) -> Drawn:
    """Actual and predicted class and its probability, of two classes."""
    frame = pl.DataFrame(
        [("m", "f", 0, 0, f"d{i}", a, p, q, ((a == p) - q) ** 2 * 2) for i, (a, p, q) in enumerate(rows)],
        schema=["model", "features", "repeat", "fold", "doc_id", "actual", "predicted", "probability", "brier"],
        orient="row",
    )
    units = pl.DataFrame({"doc_id": frame["doc_id"], "unit": range(len(rows))})
    return Drawn(frame, units, ["a", "b"], seed=1, draws=200, level=0.95)


def test_calibration_by_hand():
    # of two at 0.9 both right, of two at 0.6 one
    drawn = predictions([("a", "a", 0.9), ("b", "b", 0.9), ("a", "a", 0.6), ("a", "b", 0.6)])
    scores = dict(calibration_table(drawn).select("score", "estimate").iter_rows())
    assert scores["brier"] == pytest.approx(2 * (0.1**2 + 0.1**2 + 0.4**2 + 0.6**2) / 4)
    assert scores["ece"] == pytest.approx(0.5 * (1 - 0.9) + 0.5 * (0.6 - 0.5))
    assert reliability_table(drawn).select("bin", "documents", "right").rows() == [(0.6, 2.0, 0.5), (0.9, 2.0, 1.0)]


def test_a_model_without_probabilities_has_no_calibration(telling):
    documents, values = telling
    found = classify(documents, measures=values, models=["svm"], folds=4, repeats=1, draws=50, seed=1)
    svm = found.calibration.filter(pl.col("model") == "svm")
    assert set(svm["reason"]) == {"the model gives no probabilities"} and svm["estimate"].null_count() == 2


def test_boosted_trees_tell_what_no_line_can(press):
    documents, _ = press
    value = pl.int_range(40) // 2 % 4
    values = documents.select("doc_id", pl.lit("m").alias("measure"), value.cast(pl.Float64).alias("value"))
    inside = documents.with_columns(group=value.is_in([1, 2]).cast(pl.String))
    found = classify(inside, measures=values, models=["logistic", "boosting"], folds=4, repeats=1, draws=50, seed=1)
    scores = dict(found.scores.filter(pl.col("score") == "macro_f1").select("model", "estimate").iter_rows())
    assert scores["boosting"] == 1.0 > scores["logistic"]


def test_settings_are_chosen_among_the_training_documents_and_counted(telling):
    documents, values = telling
    found = classify(documents, measures=values, folds=4, repeats=1, tune=True, draws=50, seed=1)
    assert found.tuning.group_by("model", maintain_order=True).agg(pl.col("folds").sum()).rows() == [
        ("logistic", 4), ("svm", 4),
    ]  # fmt: skip
    few = np.array(["a", "a", "b", "b", "b", "b"])
    assert best_settings("logistic", np.zeros((6, 1)), few, np.arange(6), False, 1) == {"C": 1.0}


def test_shuffling_costs_where_the_model_looks(telling):
    documents, values = telling
    found = classify(
        documents, measures=values, models=["logistic"], folds=4, repeats=1, importance=True, draws=50, seed=1
    ).importance
    assert found["feature"].to_list() == ["telling", "noise"]
    assert found["loss"][0] > 0.2 > abs(found["loss"][1])
    assert found["above_zero"][0] == 1.0


def test_agreement_of_folds_by_hand():
    weights = [("m", "f", "a", name, fold, value) for fold, names in enumerate(["xy", "xz"])
               for name, value in zip(names, (1.0, -2.0), strict=True)]  # fmt: skip
    assert explain.agreement(weights)["agreement"].to_list() == [1 / 3]
    x = explain.coefficients([*weights, ("m", "f", "a", "x", 2, -0.5)]).filter(pl.col("feature") == "x")
    assert x.select("coefficient", "folds", "same_sign").row(0) == (0.5, 3, 2 / 3)


def test_models_and_features_are_compared_in_pairs(telling, press):
    documents, values = telling
    matrix = count(*press)
    found = classify(documents, measures=values, matrix=matrix, folds=4, repeats=1, draws=50, seed=1).differences
    key = ["model", "features", "against", "against_features"]
    pairs = found.filter(pl.col("score") == "macro_f1").select(key).rows()
    assert ("svm", "lemmas", "logistic", "lemmas") in pairs and ("svm", "lemmas", "svm", "both") in pairs
    assert ("logistic", "measures", "dummy", "measures") in pairs
    assert all(pair[2] == "dummy" or (pair[0] == pair[2]) != (pair[1] == pair[3]) for pair in pairs)
    assert len(pairs) == len(set(pairs)) == 3 * 2 + 3 + 2 * 3


def test_topics_are_fitted_on_the_training_documents_alone(press):
    documents, tokens = press
    made = design(documents, matrix=count(documents, tokens), features=["topics", "lemmas"], topics=2, seed=1)
    train, test = np.arange(20), np.arange(20, 40)
    x_train, x_test, names = within(made.blocks, ["topics"], train, test)["topics"]
    assert x_train.shape == (20, 2) and x_test.shape == (20, 2) and names[0].startswith("topic: ")
    other = made.labels["doc_id"].to_list()[30:]
    changed = tokens.with_columns(lemma=pl.when(pl.col("doc_id").is_in(other)).then(pl.lit("las")).otherwise("lemma"))
    again = design(documents, matrix=count(documents, changed), features=["topics"], topics=2, seed=1)
    assert (within(again.blocks, ["topics"], train, test)["topics"][0] == x_train).all()


def test_the_same_in_any_order_with_everything_on(telling, press):
    documents, values = telling
    _, tokens = press
    options = {"features": ["measures", "all"], "models": ["logistic", "boosting"], "folds": 3, "repeats": 1,
               "tune": True, "importance": True, "topics": 2, "draws": 50, "seed": 1}  # fmt: skip
    first = classify(documents, measures=values, matrix=count(documents, tokens), **options)
    mixed = documents.reverse(), values.reverse(), tokens.sample(fraction=1, shuffle=True, seed=1)
    again = classify(mixed[0], measures=mixed[1], matrix=count(mixed[0], mixed[2]), **options)
    for table in ("scores", "calibration", "agreement", "importance", "tuning", "predictions"):
        assert_frame_equal(getattr(again, table), getattr(first, table), check_exact=True)


def test_features_that_are_not_given_are_named(telling):
    documents, values = telling
    with pytest.raises(DiscourseError, match="features 'all' need lemmas and topics, which are not given"):
        classify(documents, measures=values, features=["all"], seed=1)
    with pytest.raises(DiscourseError, match="unknown kind of features 'words'"):
        classify(documents, measures=values, features=["words"], seed=1)
