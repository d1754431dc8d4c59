"""Contrasts against examples worked by hand."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from threadpoolctl import threadpool_limits

from discourse.core import schema
from discourse.core.errors import DiscourseError
from discourse.statistics.contrast import contrast
from discourse.statistics.multiple import benjamini_hochberg


def test_effects_of_two_groups_by_hand(table):
    row = contrast(*table({"a": [1, 2, 3, 4], "b": [3, 4, 5, 6]}), seed=1).row(0, named=True)
    assert (row["group_a"], row["group_b"], row["n_a"], row["n_b"]) == ("a", "b", 4, 4)
    assert (row["mean_a"], row["mean_b"], row["estimate"]) == (2.5, 4.5, -2.0)
    assert row["ratio"] == pytest.approx(2.5 / 4.5)
    # s² = 5/3 in both; J(6) = Γ(3) / (√3 Γ(5/2)), Γ(5/2) = ¾√π
    assert row["g"] == pytest.approx(-2 / math.sqrt(5 / 3) * 2 / (math.sqrt(3) * 0.75 * math.sqrt(math.pi)))
    # of 16 pairs one has a above b, two are equal
    assert row["delta"] == pytest.approx((1 - 13) / 16)
    assert row["low"] < -2 < row["high"] and row["delta_low"] < -0.75 < row["delta_high"]
    assert row["reason"] == "; ".join(
        f"interval: the mean of {group!r} rests on {worth} documents' worth of values, it may be too short"
        for group, worth in (("a", 3), ("b", 4))  # 10² / 30, 18² / 86
    )


def test_p_comes_near_the_p_of_all_permutations(table):
    # of the 20 ways to split six documents 3 : 3, two are as far apart as this one
    row = contrast(*table({"a": [1, 2, 3], "b": [10, 11, 13]}), seed=1, draws=8000).row(0, named=True)
    assert row["p"] == pytest.approx(0.1, abs=0.01)
    assert row["delta"] == -1 and row["delta_low"] is None
    assert "delta: the groups do not overlap" in row["reason"]


def test_the_interval_of_many_documents_is_that_of_the_normal_curve(table):
    random = np.random.default_rng(5)
    a, b = random.normal(3, 1, 1500), random.normal(2, 2, 1500)
    row = contrast(*table({"a": a, "b": b}), seed=1).row(0, named=True)
    error = math.sqrt(a.var(ddof=1) / 1500 + b.var(ddof=1) / 1500)
    assert row["low"] == pytest.approx(row["estimate"] - 1.96 * error, abs=0.01)
    assert row["high"] == pytest.approx(row["estimate"] + 1.96 * error, abs=0.01)


def test_under_the_null_one_p_in_twenty_is_below_five_in_a_hundred(table):
    random = np.random.default_rng(3)
    frames = [
        table({"a": random.gamma(1, 1, 40), "b": random.gamma(1, 1, 60)}, measure=f"m{i}") for i in range(300)
    ]
    found = contrast(pl.concat([values for values, _ in frames]), frames[0][1], seed=2, draws=500)
    assert 0.02 < (found["p"] < 0.05).mean() < 0.09
    assert (found["q"] < 0.05).sum() <= 1


def test_each_group_is_held_against_the_rest(table):
    values, groups = table({"a": [1, 2], "b": [3, 5], "c": [4, 8]})
    found = contrast(values, groups, seed=1)
    assert found.select("group_a", "group_b", "estimate", "n_b").rows() == [
        ("a", "rest", 1.5 - 5, 4),
        ("b", "rest", 4 - 3.75, 4),
        ("c", "rest", 6 - 2.75, 4),
    ]
    every = contrast(values, groups, seed=1, pairs="all")
    assert every.select("group_a", "group_b", "estimate").rows() == [
        ("a", "b", -2.5),
        ("a", "c", -4.5),
        ("b", "c", -2.0),
    ]
    schema.check(found, "contrasts")


def test_rows_in_any_order_any_threads_and_twice_give_the_same_bytes(table):
    random = np.random.default_rng(4)
    values, groups = table({"a": random.random(50), "b": random.random(70), "c": random.random(3)})
    first = contrast(values, groups, seed=9, draws=300)
    with threadpool_limits(limits=2):
        assert_frame_equal(contrast(values, groups, seed=9, draws=300), first, check_exact=True)
    mixed = [frame.sample(fraction=1, shuffle=True, seed=1) for frame in (values, groups)]
    assert_frame_equal(contrast(*mixed, seed=9, draws=300), first, check_exact=True)
    assert contrast(values, groups, seed=10, draws=300)["low"].to_list() != first["low"].to_list()


def test_chunks_do_not_show(table, monkeypatch):
    values, groups = table({"a": [1, 2, 3, 9], "b": [3, 4, 5, 6]})
    monkeypatch.setattr("discourse.statistics.resample._CELLS", 40)
    many = contrast(values, groups, seed=1, draws=4000).row(0, named=True)
    monkeypatch.undo()
    one = contrast(values, groups, seed=1, draws=4000).row(0, named=True)
    assert many["p"] == pytest.approx(one["p"], abs=0.05)
    assert many["low"] == pytest.approx(one["low"], abs=0.3)


def test_many_groups_are_permuted_another_way_to_the_same_end(table, monkeypatch):
    random = np.random.default_rng(6)
    values, groups = table({"a": random.random(9), "b": random.random(12) + 0.2, "c": random.random(5)})
    few = contrast(values, groups, seed=1, draws=4000)
    monkeypatch.setattr("discourse.statistics.resample._MANY", 2)
    many = contrast(values, groups, seed=1, draws=4000)
    assert many["p"].to_list() == pytest.approx(few["p"].to_list(), abs=0.03)
    assert many["low"].to_list() == few["low"].to_list()


def test_clusters_widen_the_interval(table):
    values, groups = table({"a": [1, 1, 1, 5, 5, 5] * 4, "b": [2, 2, 2, 4, 4, 4] * 4})
    clusters = groups.select("doc_id", (pl.col("group") + (pl.int_range(pl.len()) // 3).cast(str)).alias("cluster"))
    alone = contrast(values, groups, seed=1).row(0, named=True)
    together = contrast(values, groups, seed=1, clusters=clusters).row(0, named=True)
    assert together["estimate"] == alone["estimate"]
    assert together["high"] - together["low"] > 1.4 * (alone["high"] - alone["low"])
    assert together["delta_high"] - together["delta_low"] > 1.4 * (alone["delta_high"] - alone["delta_low"])


def test_clusters_that_cross_groups_are_drawn_for_both(table):
    # the same twenty authors write for both: what they share cancels out of the difference
    level = np.repeat(np.arange(20.0) * 10, 3)
    values, groups = table({"a": level + np.tile([0, 1, 2], 20), "b": level + np.tile([1, 2, 3], 20)})
    clusters = groups.select("doc_id", (pl.col("doc_id").str.slice(1).cast(int) // 3).alias("cluster"))
    row = contrast(values, groups, seed=1, clusters=clusters).row(0, named=True)
    assert row["low"] == pytest.approx(-1) == row["high"]
    assert row["p"] < 0.01


def test_what_is_missing_has_its_reason(table):
    def only(numbers):
        return contrast(*table(numbers), seed=1, draws=200).row(0, named=True)

    lonely = only({"a": [5], "b": [1, 2, 3]})
    assert (lonely["estimate"], lonely["low"], lonely["p"], lonely["reason"]) == (
        3.0, None, None, "'a' has one document with a value; give it more, or leave it out",
    )  # fmt: skip
    empty = only({"a": [None, None], "b": [1, 2, 3]})
    assert (empty["estimate"], empty["n_a"], empty["reason"]) == (None, 0, "no document of 'a' has a value")
    constant = only({"a": [2, 2], "b": [2, 2, 2]})
    assert (constant["estimate"], constant["g"], constant["p"]) == (0, None, None)
    assert constant["reason"] == "all values are equal"
    zero = only({"a": [1, 2, 0, 3] * 5, "b": [0, 0, 0, 0]})
    assert (zero["ratio"], zero["estimate"]) == (None, 1.5)
    assert zero["reason"].startswith("ratio: the mean of 'b' is not above 0; interval: the mean of 'b' rests on 0 doc")
    assert zero["low"] > 0


def test_q_is_over_all_that_was_tested(table):
    frames = [table({"a": [1, 2, 3, 4], "b": values}, measure=name) for name, values in
              (("x", [3, 4, 5, 6]), ("y", [1, 2, 3, 4]), ("z", [None] * 4))]  # fmt: skip
    found = contrast(pl.concat([values for values, _ in frames]), frames[0][1], seed=1)
    assert found["measure"].to_list() == ["x", "y", "z"]
    assert found["q"].to_list() == benjamini_hochberg(found["p"]).to_list()
    assert found["q"].null_count() == 1


def test_benjamini_hochberg_by_hand():
    q = benjamini_hochberg(pl.Series([0.04, None, 0.01, 0.2, 0.03]))
    assert q.to_list() == pytest.approx([0.16 / 3, None, 0.04, 0.2, 0.16 / 3])
    assert benjamini_hochberg(pl.Series([None], dtype=pl.Float64)).to_list() == [None]


def test_one_group_and_bad_tables_are_refused_in_a_line(table):
    values, groups = table({"a": [1, 2]})
    with pytest.raises(DiscourseError, match="a contrast needs two groups, it has only 'a'"):
        contrast(values, groups, seed=1)
    with pytest.raises(DiscourseError, match="document 'a0' stands twice"):
        contrast(values, pl.concat([groups, groups.with_columns(group=pl.lit("b"))]), seed=1)
    with pytest.raises(DiscourseError, match="document 'a0' has measure 'm' twice"):
        contrast(pl.concat([values, values]), groups.with_columns(group=pl.col("doc_id")), seed=1)
    with pytest.raises(DiscourseError, match="column 'group' is missing"):
        contrast(values, groups.drop("group"), seed=1)
    with pytest.raises(DiscourseError, match="unknown kind of pairs 'each'"):
        contrast(values, groups, seed=1, pairs="each")
