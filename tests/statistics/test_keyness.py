"""Keyness against examples worked by hand, and against the bigrams that Dunning (1993) prints."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from discourse.core.errors import DiscourseError
from discourse.statistics import keyness as module
from discourse.statistics.keyness import COLUMNS, keyness, log_likelihood
from discourse.statistics.multiple import benjamini_hochberg

Frames = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]


def corpus(groups: dict[str, Sequence[tuple[int, dict[str, int]]]]) -> Frames:
    """`{"x": [(100, {"a": 3})]}` → counts, groups and sizes: document x0 of 100 words has the item a three times."""
    documents = [(f"{group}{i}", group, *one) for group, each in groups.items() for i, one in enumerate(each)]
    counts = [(doc, item, n) for doc, _, _, items in documents for item, n in items.items()]
    return (
        pl.DataFrame(counts, schema={"doc_id": pl.String, "item": pl.String, "n": pl.Int64}, orient="row"),
        pl.DataFrame([row[:2] for row in documents], schema=["doc_id", "group"], orient="row"),
        pl.DataFrame([(row[0], row[2]) for row in documents], schema=["doc_id", "n"], orient="row"),
    )


def found(groups: dict[str, Sequence[tuple[int, dict[str, int]]]], **options: object) -> pl.DataFrame:
    counts, grouped, sizes = corpus(groups)
    return keyness(counts, grouped, sizes=sizes, **options)  # type: ignore[arg-type]


def test_effects_by_hand() -> None:
    # a: 10 of 100 words against 5 of 200
    table = found({"x": [(60, {"a": 6}), (40, {"a": 4})], "y": [(200, {"a": 5})]}, target="x")
    row = table.row(0, named=True)
    assert table.schema == pl.Schema(COLUMNS) and table.height == 1
    assert (row["item"], row["group_a"], row["group_b"]) == ("a", "x", "y")
    assert (row["count_a"], row["count_b"], row["size_a"], row["size_b"]) == (10, 5, 100, 200)
    assert (row["rate_a"], row["rate_b"]) == (100, 25)
    assert row["log_ratio"] == pytest.approx(2)
    reach = 1.959964 * math.sqrt(1 / 10 - 1 / 100 + 1 / 5 - 1 / 200) / math.log(2)
    assert (row["low"], row["high"]) == pytest.approx((2 - reach, 2 + reach))
    assert row["percent_diff"] == pytest.approx(300)
    assert row["odds_ratio"] == pytest.approx(10 * 195 / (90 * 5))
    reach = math.exp(1.959964 * math.sqrt(1 / 10 + 1 / 90 + 1 / 5 + 1 / 195))
    assert (row["odds_low"], row["odds_high"]) == pytest.approx((row["odds_ratio"] / reach, row["odds_ratio"] * reach))
    # expected: 5 and 10 of the item, 95 and 190 of the others
    g2 = 2 * (10 * math.log(2) + 5 * math.log(0.5) + 90 * math.log(90 / 95) + 195 * math.log(195 / 190))
    assert row["g2"] == pytest.approx(g2)
    assert row["p"] == pytest.approx(math.erfc(math.sqrt(g2 / 2)))  # chi-square of 1 degree is a squared normal
    assert row["reason"] is None


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        ((110, 2442, 111, 29114), 270.72),  # the swiss
        ((29, 13, 123, 31612), 263.90),  # can be
        ((31, 23, 139, 31584), 256.84),  # previous year
        ((10, 0, 3, 31764), 167.23),  # mineral water
    ],
)
def test_g2_is_what_dunning_prints_for_bigrams(cells: tuple[int, int, int, int], printed: float) -> None:
    both, second, first, neither = cells
    found = log_likelihood(np.array([both]), np.array([first]), both + second, first + neither)
    assert round(float(found[0]), 2) == printed


def test_documents_that_contain_the_item_are_compared_by_hand() -> None:
    # both documents of x, one of the four of y: 1 and 2 expected
    four = [(10, {"b": 1}), (10, {"a": 9, "b": 1}), (10, {"b": 1}), (10, {"b": 1})]
    row = found({"x": [(20, {"a": 1}), (20, {"a": 1})], "y": four}).filter(item="a", group_a="x").row(0, named=True)
    assert (row["documents_a"], row["documents_b"], row["n_a"], row["n_b"]) == (2, 1, 2, 4)
    assert row["dispersion_g2"] == pytest.approx(2 * (2 * math.log(2) - math.log(2) + 3 * math.log(1.5)))
    assert row["g2"] < 0  # rarer in x by words, commoner by documents


def test_zeros_have_their_convention_and_say_so() -> None:
    row = found({"x": [(50, {"a": 4})], "y": [(100, {"b": 1})]}).filter(item="a", group_a="x").row(0, named=True)
    assert row["log_ratio"] == pytest.approx(math.log2((4 / 50) / (0.5 / 100)))
    assert row["odds_ratio"] == pytest.approx((4.5 / 46.5) / (0.5 / 100.5))
    assert row["percent_diff"] is None
    assert row["reason"] == "log_ratio: 0 in 'y' taken as 0.5; percent_diff: none in 'y'"


def test_equally_frequent_is_not_key() -> None:
    row = found({"x": [(30, {"a": 3})], "y": [(70, {"a": 7})]}).row(0, named=True)
    assert (row["g2"], row["p"], row["percent_diff"]) == (0, 1, 0)
    assert row["log_ratio"] == pytest.approx(0, abs=1e-12)


def test_an_item_that_is_every_word() -> None:
    row = found({"x": [(9, {"a": 9})], "y": [(5, {"a": 5})]}).row(0, named=True)
    assert (row["g2"], row["log_ratio"], row["low"], row["high"]) == (0, 0, 0, 0)
    assert row["odds_ratio"] == pytest.approx((9.5 / 0.5) / (5.5 / 0.5))


def test_each_group_against_the_rest_from_most_to_least_key() -> None:
    table = found({
        "x": [(100, {"a": 9, "b": 1, "c": 1})], "y": [(100, {"a": 1, "b": 9, "c": 1})], "z": [(100, {"b": 1, "c": 1})]
    })  # fmt: skip
    assert table.select("group_a", "item").rows() == [
        ("x", "a"), ("x", "c"), ("x", "b"), ("y", "b"), ("y", "c"), ("y", "a"), ("z", "c"), ("z", "b"), ("z", "a"),
    ]  # fmt: skip
    assert set(table["group_b"]) == {"rest"}
    assert_frame_equal(table.select("q"), benjamini_hochberg(table["p"]).to_frame())
    only = found({"x": [(10, {"a": 2})], "y": [(10, {"a": 1})]}, target="y")
    assert only.select("group_a", "group_b").rows() == [("y", "x")]


def test_of_two_groups_both_sides_are_told_and_q_does_not_mind() -> None:
    table = found({"x": [(100, {"a": 9, "b": 3})], "y": [(100, {"a": 1, "b": 2})]})
    a, b = (table.filter(group_a=group).sort("item") for group in "xy")
    assert a["g2"].to_list() == pytest.approx((-b["g2"]).to_list())
    assert a["log_ratio"].to_list() == pytest.approx((-b["log_ratio"]).to_list())
    assert a["q"].to_list() == pytest.approx(benjamini_hochberg(a["p"]).to_list())


def test_words_that_come_in_bursts_have_a_wide_interval() -> None:
    groups = {
        "x": [(100, {"burst": 20, "even": 1}), *[(100, {"burst": 1, "even": 2})] * 19],
        "y": [(100, {"burst": 1, "even": 1})] * 20,
    }
    by_words, by_documents = (found(groups, target="x", draws=draws).sort("item") for draws in (0, 1000))
    assert_frame_equal(by_words.drop("low", "high"), by_documents.drop("low", "high"))
    burst, even = (by_documents["high"] - by_documents["low"]).to_list()
    formula = (by_words["high"] - by_words["low"]).to_list()
    assert burst > 1.2 * formula[0] and even < 0.5 * formula[1]
    assert (by_documents["low"] < by_documents["log_ratio"]).all()


def test_no_interval_by_documents_where_nothing_could_vary() -> None:
    never = found({"x": [(9, {"a": 1})] * 3, "y": [(9, {"b": 1})] * 3}, draws=50).filter(item="a").row(0, named=True)
    assert (never["low"], never["high"]) == (None, None)
    assert "no interval by documents: one group never has it" in never["reason"]
    one = found({"x": [(9, {"a": 1})], "y": [(9, {"a": 2})] * 3}, draws=50).row(0, named=True)
    assert one["low"] is None and one["reason"] == "no interval by documents: 'x' has one document"


def test_rows_in_any_order_in_any_blocks_and_twice_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(4)
    counts, groups, sizes = corpus({
        name: [(200, {item: int(n) for item, n in zip("abcdef", random.poisson(3, 6), strict=True)}) for _ in range(n)]
        for name, n in (("x", 20), ("y", 30), ("z", 5))
    })
    before = counts.clone()
    first = keyness(counts, groups, sizes=sizes, draws=100, seed=3)
    monkeypatch.setattr(module, "_CELLS", 1)
    again = keyness(
        counts.sample(fraction=1, shuffle=True, seed=1), groups.reverse(), sizes=sizes.reverse(), draws=100, seed=3
    )
    assert_frame_equal(first, again, check_exact=True)
    assert_frame_equal(counts, before)


def test_under_the_null_one_p_in_twenty_is_below_five_in_a_hundred() -> None:
    random = np.random.default_rng(7)
    items = [f"w{i}" for i in range(800)]
    table = found({
        name: [(100_000, dict(zip(items, random.poisson(20, 800).tolist(), strict=True)))] for name in ("x", "y")
    })
    assert 0.03 < (table.filter(group_a="x")["p"] < 0.05).mean() < 0.07  # type: ignore[operator]
    assert (table["q"] < 0.05).sum() <= 2


def test_empty_documents_and_documents_without_a_group_do_not_count() -> None:
    counts, groups, sizes = corpus({"x": [(10, {"a": 2}), (0, {})], "y": [(10, {"a": 1})], "w": [(50, {"a": 9})]})
    groups = groups.with_columns(pl.when(pl.col("group") != "w").then("group"))
    row = keyness(counts, groups, sizes=sizes).row(0, named=True)
    assert (row["size_a"], row["size_b"], row["n_a"], row["n_b"]) == (10, 10, 1, 1)


TWO = {"x": [(10, {"a": 2})], "y": [(10, {"a": 1})]}


@pytest.mark.parametrize(
    ("groups", "options", "line"),
    [
        ({"x": [(10, {"a": 2})]}, {}, "table 'groups': keyness needs two groups, it has only 'x'; group by another"),
        ({}, {}, "keyness needs two groups, it has none"),
        ({**TWO, "z": [(0, {})]}, {}, "group 'z' has nothing to count in its documents (1); leave it out"),
        (TWO, {"target": "xx"}, "target: unknown group 'xx'; did you mean"),
        (TWO, {"minimum": 4}, "no item occurs 4 times in these groups (the most frequent: 3 times); lower the minimum"),
        ({"x": [(10, {})], "y": [(10, {})]}, {}, "no item occurs 1 times in these groups (the most frequent: never)"),
        ({**TWO, "z": [(1, {"a": 2})]}, {}, "'a' occurs 2 times in document 'z0', whose size is 1; count sizes in"),
        ({**TWO, "z": [(1, {"a": -2})]}, {}, "table 'counts': document 'z0' has n = -2; give 0 or more"),
    ],
)
def test_bad_input_is_named(groups: dict, options: dict, line: str) -> None:
    with pytest.raises(DiscourseError) as error:
        found(groups, **options)
    assert line in str(error.value)


def test_frames_that_are_not_as_declared_are_named() -> None:
    counts, groups, sizes = corpus(TWO)
    with pytest.raises(DiscourseError, match="table 'counts': column 'item' is missing; it has doc_id, n"):
        keyness(counts.drop("item"), groups)
    with pytest.raises(DiscourseError, match="table 'counts': column 'item' has rows without a value"):
        keyness(counts.with_columns(pl.lit(None, pl.String).alias("item")), groups)
    with pytest.raises(DiscourseError, match="table 'groups': document 'x0' stands twice; give it one group"):
        keyness(counts, pl.concat([groups, groups.head(1)]))
    with pytest.raises(DiscourseError, match="table 'sizes': document 'x0' stands twice; give it one row"):
        keyness(counts, groups, sizes=pl.concat([sizes, sizes.head(1)]))
    with pytest.raises(DiscourseError, match="'a' occurs 2 times in document 'x0', which has no size"):
        keyness(counts, groups, sizes=sizes.tail(1))
