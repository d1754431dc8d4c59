"""The place of one document, and what groups are like, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from polars.testing import assert_frame_equal

from discourse.core.errors import DiscourseError
from discourse.statistics.intervals import describe
from discourse.statistics.place import place


def test_place_by_hand(table):
    values, groups = table({"a": [1, 2, 3, 4, 10], "b": [3, 30]})
    found = place(values, "a2", groups)
    whole, a, b = found.iter_rows(named=True)
    assert [row["group"] for row in (whole, a, b)] == ["all", "a", "b"]
    # 3 among 1, 2, 4, 10, 3, 30: two below, one equal
    assert (whole["n"], whole["percentile"]) == (6, pytest.approx(100 * 2.5 / 6))
    # among 1, 2, 4, 10: median 3, distances 2, 1, 1, 7, their median 1.5
    assert (a["value"], a["n"], a["percentile"], a["median"], a["mad"], a["robust_z"]) == (3, 4, 50, 3, 1.5, 0)
    assert a["low"] <= 50 <= a["high"]
    # among 3, 30: median 16.5, MAD 13.5
    assert b["robust_z"] == pytest.approx(0.6745 * -1)


def test_place_without_spread_or_value_says_why(table):
    values, groups = table({"a": [0, 0, 0, 5, None], "b": [None, None], "c": [1]})
    a, b, c = place(values, "a3", groups, overall=None).iter_rows(named=True)
    assert (a["percentile"], a["robust_z"]) == (100, None)
    assert a["reason"] == "robust_z: half or more of the documents are equal (MAD is 0)"
    assert (b["n"], b["percentile"], b["reason"]) == (0, None, "no document of 'b' has a value")
    assert (c["percentile"], c["low"]) == (100, None)
    assert "no interval: one document to compare with" in c["reason"]
    nothing = place(values, "a4", groups).row(0, named=True)
    assert (nothing["value"], nothing["percentile"], nothing["reason"]) == (None, None, "the document has no value")


def test_the_interval_of_a_percentile_does_not_collapse_at_the_edge(table):
    values, groups = table({"a": np.arange(20.0), "b": [99]})
    row = place(values, "b0", groups, overall=None).row(0, named=True)
    # Wilson for 20 of 20: 20 / (20 + 1.96²)
    assert (row["percentile"], row["low"], row["high"]) == (100, pytest.approx(100 * 20 / 23.8415, abs=0.01), 100)


def test_the_interval_of_a_percentile_is_binomial(table):
    values, groups = table({"a": np.arange(400.0), "b": [99.5]})
    row = place(values, "b0", groups, overall=None).row(0, named=True)
    reach = 196 * (0.25 * 0.75 / 400) ** 0.5
    assert row["percentile"] == 25
    assert (row["low"], row["high"]) == (pytest.approx(25 - reach, abs=0.8), pytest.approx(25 + reach, abs=0.8))


def test_place_is_the_same_for_rows_in_any_order(table):
    values, groups = table({"a": [3, 1, 4, 1, 5], "b": [9, 2, 6]})
    mixed = [frame.sample(fraction=1, shuffle=True, seed=2) for frame in (values, groups)]
    assert_frame_equal(place(*_swap(mixed)), place(values, "a0", groups), check_exact=True)


def test_a_document_that_was_not_measured_is_refused(table):
    values, groups = table({"a": [1, 2]})
    with pytest.raises(DiscourseError, match="no document 'x' to place"):
        place(values, "x", groups)


def test_description_of_groups(table):
    values, groups = table({"a": [0, 0, 4, 8, None], "b": [7]})
    a, b = describe(values, groups, seed=1).iter_rows(named=True)
    assert (a["n"], a["missing"], a["zeros"], a["mean"], a["median"]) == (4, 1, 0.5, 3, 2)
    assert (a["min"], a["q1"], a["q3"], a["max"]) == (0, 0, 5, 8)
    assert a["sd"] == pytest.approx((44 / 3) ** 0.5)
    assert a["low"] < 3 < a["high"]
    assert (b["mean"], b["low"], b["sd"], b["reason"]) == (7, None, None, "no interval: one document with a value")


def _swap(frames):
    values, groups = frames
    return values, "a0", groups
