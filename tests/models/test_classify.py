"""Classifiers on two plain subjects, on noise, and on what cannot be classified."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from discourse.core.errors import DiscourseError
from discourse.models.classify import classify
from discourse.models.matrix import count
from discourse.models.scores import balanced_accuracy, macro_f1


def estimate(found, model, features, score="macro_f1"):
    row = found.filter((pl.col("model") == model) & (pl.col("features") == features) & (pl.col("score") == score))
    return row.row(0, named=True)


def noise(documents, columns=3):
    random = np.random.default_rng(1)
    frames = [documents.select("doc_id", pl.lit(f"m{i}").alias("measure"), pl.Series("value", random.random(40)))
              for i in range(columns)]  # fmt: skip
    return pl.concat(frames)


@pytest.fixture(scope="module")
def quick():
    return {"seed": 1, "folds": 4, "repeats": 2, "draws": 200}


def test_words_tell_subjects_and_noise_does_not(press, quick):
    documents, tokens = press
    found = classify(documents, measures=noise(documents), matrix=count(documents, tokens), **quick)
    lemmas = estimate(found.scores, "logistic", "lemmas")
    assert (lemmas["estimate"], lemmas["documents"]) == (1.0, 40)
    by_noise = estimate(found.scores, "logistic", "measures")
    assert by_noise["estimate"] < 0.8
    assert by_noise["low"] < by_noise["estimate"] < by_noise["high"]
    assert estimate(found.scores, "dummy", "lemmas", "accuracy")["estimate"] == 0.5
    better = estimate(found.differences, "svm", "both", "balanced_accuracy")
    assert (better["against"], better["estimate"]) == ("dummy", 0.5)
    assert better["low"] > 0.3


def test_coefficients_name_the_words_of_each_class(press, quick):
    documents, tokens = press
    found = classify(documents, matrix=count(documents, tokens), models=["logistic"], **quick)
    strongest = found.coefficients.filter(pl.col("class") == "szpital").head(6)
    assert set(strongest.filter(pl.col("coefficient") > 0)["feature"]) <= {
        "lekarz", "pacjent", "oddział", "łóżko", "dyżur", "leczyć",
    }  # fmt: skip
    assert found.coefficients["folds"].max() == 8


def test_every_document_is_predicted_once_a_repeat_and_counted_once_in_the_confusion(press, quick):
    documents, tokens = press
    found = classify(documents, matrix=count(documents, tokens), **quick)
    counted = found.predictions.group_by("model", "repeat").agg(pl.col("doc_id").n_unique(), pl.len().alias("n"))
    assert set(counted["doc_id"]) == {40} == set(counted["n"])
    assert found.confusion.group_by("model").agg(pl.col("documents").sum())["documents"].to_list() == [40.0] * 3


def test_clusters_stay_on_one_side(press, quick):
    documents, _ = press
    clusters = documents.select("doc_id", (pl.col("group") + (pl.int_range(40) // 2 % 5).cast(str)).alias("cluster"))
    found = classify(documents, measures=noise(documents), clusters=clusters, **quick)
    sides = found.predictions.join(clusters, on="doc_id").group_by("repeat", "cluster").agg(pl.col("fold").n_unique())
    assert set(sides["fold"]) == {1}


def test_a_missing_value_and_a_measure_missing_everywhere_do_no_harm(press, quick):
    documents, _ = press
    values = noise(documents).with_columns(
        pl.when((pl.col("measure") != "m0") & (pl.col("doc_id") != "d00")).then("value").alias("value")
    )
    values = values.with_columns(pl.when(pl.col("measure") != "m2").then("value").alias("value"))
    found = classify(documents, measures=values, **quick)
    assert found.scores.height == 9


def test_the_same_for_rows_in_any_order(press, quick):
    documents, tokens = press
    values = noise(documents)
    first = classify(documents, measures=values, matrix=count(documents, tokens), **quick)
    mixed = [frame.sample(fraction=1, shuffle=True, seed=3) for frame in (documents, values, tokens)]
    again = classify(mixed[0], measures=mixed[1], matrix=count(mixed[0], mixed[2]), **quick)
    for table in ("scores", "differences", "confusion", "coefficients", "predictions"):
        assert_frame_equal(getattr(again, table), getattr(first, table), check_exact=True)


def test_documents_without_class_or_measures_are_left_out_with_the_reason(press, quick):
    documents, _ = press
    target = documents.with_columns(pl.when(pl.col("doc_id") != "d00").then("group").alias("group"))
    values = noise(documents).filter(pl.col("doc_id") != "d01")
    found = classify(target, measures=values, **quick)
    assert found.guards.rows() == [("d00", "no class"), ("d01", "not measured")]


def test_scores_by_hand():
    confusion = np.array([[3.0, 1.0], [2.0, 2.0]])
    assert balanced_accuracy(confusion) == pytest.approx((3 / 4 + 2 / 4) / 2)
    assert macro_f1(confusion) == pytest.approx((6 / 9 + 4 / 7) / 2)


def test_what_cannot_be_classified_is_refused_in_a_line(press, quick):
    documents, tokens = press
    values = noise(documents)
    with pytest.raises(DiscourseError, match=r"one class \('x'\), nothing to tell apart"):
        classify(documents.with_columns(group=pl.lit("x")), measures=values, **quick)
    few = documents.with_columns(group=pl.when(pl.int_range(pl.len()) < 3).then(pl.lit("a")).otherwise(pl.lit("b")))
    with pytest.raises(DiscourseError, match="class 'a' has 3 documents, fewer than 4 folds"):
        classify(few, measures=values, **quick)
    one = documents.select("doc_id", cluster=pl.col("group"))
    with pytest.raises(DiscourseError, match="class 'szkoła' has 1 clusters, fewer than 4 folds"):
        classify(documents, measures=values, clusters=one, **quick)
    with pytest.raises(DiscourseError, match="nothing to classify by"):
        classify(documents, **quick)
    with pytest.raises(DiscourseError, match="unknown classifier 'forest'"):
        classify(documents, measures=values, models=["forest"], **quick)
    with pytest.raises(DiscourseError, match="no vocabulary left"):
        classify(documents, matrix=count(documents, tokens), min_documents=39, max_share=0.5, **quick)
