"""Models of counts and the documents needed, against what can be worked by hand."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from scipy.stats import norm

from discourse.core.errors import DiscourseError
from discourse.statistics.contrast import contrast
from discourse.statistics.counts import MODELS, count_contrasts
from discourse.statistics.power import documents_needed


def counted(numbers: dict[str, list[tuple[int, int]]], measure: str = "m") -> tuple[pl.DataFrame, pl.DataFrame]:
    """`{"a": [(2, 100), …]}`: counts out of words of the documents a00, a01…"""
    rows = [(f"{g}{i:02d}", g, float(n), float(of)) for g, pairs in numbers.items() for i, (n, of) in enumerate(pairs)]
    frame = pl.DataFrame(rows, schema=["doc_id", "group", "numerator", "denominator"], orient="row")
    return frame.with_columns(pl.lit(measure).alias("measure")), frame.select("doc_id", "group")


PLAIN = {"a": [(4, 100), (6, 300), (5, 100)], "b": [(2, 200), (3, 100), (1, 300), (4, 200)]}


def test_the_ratio_is_that_of_the_pooled_rates_and_its_error_that_of_the_residuals():
    row = count_contrasts(*counted(PLAIN)).row(0, named=True)
    # 15 in 500 words against 10 in 800
    assert row["rate_ratio"] == pytest.approx((15 / 500) / (10 / 800))
    # each document's residual, squared and summed by group, over the square of the group's count; 7 / (7 − 2) for HC1
    a = sum((n - of * 15 / 500) ** 2 for n, of in PLAIN["a"]) / 15**2
    b = sum((n - of * 10 / 800) ** 2 for n, of in PLAIN["b"]) / 10**2
    error = math.sqrt((a + b) * 7 / 5)
    assert math.log(row["high"] / row["rate_ratio"]) == pytest.approx(norm.ppf(0.975) * error)
    # Pearson's chi-square over 5 degrees of freedom
    chi = sum((n - of * r) ** 2 / (of * r) for g, r in (("a", 15 / 500), ("b", 10 / 800)) for n, of in PLAIN[g])
    assert row["dispersion"] == pytest.approx(chi / 5)


def test_a_covariate_that_explains_all_takes_the_difference_away():
    # long ones have half the rate in both groups, and b has more of them
    rows = {"a": [(10, 100), (12, 100), (8, 100), (10, 200)], "b": [(10, 100), (9, 200), (11, 200), (10, 200)]}
    values, groups = counted(rows)
    kind = values.select("doc_id", kind=(pl.col("denominator") > 100).cast(pl.String))
    assert count_contrasts(values, groups)["rate_ratio"][0] == pytest.approx((40 / 500) / (40 / 700))
    assert count_contrasts(values, groups, covariates=kind)["rate_ratio"][0] == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("model", MODELS)
def test_the_ratio_of_overdispersed_counts_is_found(model):
    random = np.random.default_rng(4)
    length = random.integers(200, 1000, 400)
    rates = np.where(np.arange(400) < 200, 0.02, 0.01) * random.gamma(2, 1 / 2, 400)
    drawn = list(zip(random.poisson(rates * length).tolist(), length.tolist(), strict=True))
    row = count_contrasts(*counted({"a": drawn[:200], "b": drawn[200:]}), model=model).row(0, named=True)
    assert row["low"] < 2 < row["high"] and row["high"] / row["low"] < 1.6
    if model == "negative-binomial":
        assert row["dispersion"] == pytest.approx(1 / 2, abs=0.12)  # a gamma of shape 2 varies by a half


def test_clusters_that_write_alike_widen_the_interval_and_few_are_said():
    values, groups = counted({"a": [(8, 100)] * 10 + [(2, 100)] * 10, "b": [(6, 100)] * 10 + [(1, 100)] * 10})
    clusters = values.select("doc_id", cluster=pl.col("doc_id").str.head(1) + (pl.int_range(40) // 5).cast(pl.String))
    alone = count_contrasts(values, groups).row(0, named=True)
    together = count_contrasts(values, groups, clusters=clusters).row(0, named=True)
    assert together["high"] / together["low"] > alone["high"] / alone["low"]
    assert (together["clusters"], together["reason"]) == (8, "8 clusters: the interval may be too short")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ({"a": [(1, 10)] * 4, "b": [(0, 10)] * 4}, "'b' has no occurrence: a ratio of rates has no interval"),
        ({"a": [(1, 10)] * 4, "b": [(0, 0)] * 4}, "no document of 'b' has a value"),
        ({"a": [(1, 10)], "b": [(2, 10)]}, "fewer documents or clusters than the model has terms"),
    ],
)
def test_what_cannot_be_modelled_has_its_reason(rows, reason):
    row = count_contrasts(*counted(rows)).row(0, named=True)
    assert (row["rate_ratio"], row["p"], row["reason"]) == (None, None, reason)


def test_other_measures_go_on_beside_one_that_cannot_be_modelled():
    bad, groups = counted({"a": [(0, 100)] * 3, "b": [(0, 100)] * 4}, "bad")
    good, _ = counted(PLAIN)
    found = count_contrasts(pl.concat([bad, good]), groups)
    assert found["rate_ratio"].is_null().to_list() == [True, False]


def test_covariates_that_say_the_same_are_named_as_the_reason():
    values, groups = counted(PLAIN)
    found = count_contrasts(values, groups, covariates=groups.rename({"group": "side"}))
    assert found["reason"].to_list() == ["a covariate says the same as the group, or as another; leave one out"]


def test_one_group_and_an_unknown_model_are_refused_in_a_line():
    values, groups = counted({"a": [(1, 10)] * 3})
    with pytest.raises(DiscourseError, match="table 'groups': a contrast needs two groups, it has only 'a'"):
        count_contrasts(values, groups)
    with pytest.raises(DiscourseError, match="unknown model of counts 'poisson'"):
        count_contrasts(*counted(PLAIN), model="poisson")  # type: ignore[arg-type]


def test_documents_needed_by_hand(table):
    values, groups = table({"a": [1, 2, 3, 4], "b": [3, 4, 5, 6]})
    row = documents_needed(contrast(values, groups, seed=1), values, groups).row(0, named=True)
    # both variances are 5/3, the difference is 2
    needed = (norm.ppf(0.975) + norm.ppf(0.8)) ** 2 * (10 / 3) / 4
    assert row["needed"] == math.ceil(needed) == 7
    shift = 2 / math.sqrt(10 / 3 / 4)
    assert row["power"] == pytest.approx(norm.cdf(shift - norm.ppf(0.975)) + norm.cdf(-shift - norm.ppf(0.975)))


def test_clusters_that_write_alike_need_more_documents(table):
    values, groups = table({"a": [1, 1, 1, 4, 4, 4, 2, 2, 2], "b": [3, 3, 3, 6, 6, 6, 5, 5, 5]})
    clusters = values.select("doc_id", cluster=pl.col("doc_id").str.head(1) + (pl.int_range(18) // 3).cast(pl.String))
    found = contrast(values, groups, seed=1, clusters=clusters)
    plain = documents_needed(found, values, groups).row(0, named=True)
    clustered = documents_needed(found, values, groups, clustered=True).row(0, named=True)
    assert clustered["design_effect"] > 1.5 and clustered["needed"] > plain["needed"]


def test_no_difference_needs_no_number(table):
    values, groups = table({"a": [1, 2], "b": [1, 2]})
    row = documents_needed(contrast(values, groups, seed=1), values, groups).row(0, named=True)
    assert (row["needed"], row["reason"]) == (None, "no difference, or nothing varies")
