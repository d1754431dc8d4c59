"""Known error: counted by hand on two tiny articles; rates corrected as in Rogan & Gladen (1978)."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.core.schema import CATEGORIES
from discourse.evaluation.known_error import (
    TABLE,
    corrected,
    corrected_interval,
    corrected_rates,
    counts,
    known_error,
    shipped_counts,
)


def spans(*rows: tuple[str, int, int, str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["doc_id", "start", "end", "category", "marker"], orient="row")


GOLD = spans(("a", 0, 5, "hedge", ""), ("a", 20, 25, "hedge", ""), ("b", 0, 4, "booster", "")).drop("marker")
PREDICTED = spans(
    ("a", 0, 5, "hedge", "chyba"), ("a", 40, 44, "hedge", "może"), ("b", 2, 6, "booster", "na pewno"),
)  # fmt: skip
WORDS = {"a": 60, "b": 40}


def row(table: pl.DataFrame, category: str, marker: str | None = None) -> dict[str, object]:
    wanted = (pl.col("category") == category) & pl.col("marker").eq_missing(pl.lit(marker, dtype=pl.String))
    return table.filter(wanted).row(0, named=True)


def test_scores_are_counted_by_category_and_marker() -> None:
    table = known_error(GOLD, PREDICTED, WORDS)
    hedge = row(table, "hedge")
    assert (hedge["gold"], hedge["predicted"], hedge["precision"], hedge["recall"]) == (2, 2, 0.5, 0.5)
    assert hedge["false_rate"] == 0.01
    assert row(table, "booster")["f1"] == 1.0
    assert row(table, "micro")["f1"] == 0.6667
    assert row(table, "hedge", "chyba")["precision"] == 1.0
    assert row(table, "hedge", "może")["precision"] == 0.0
    assert row(table, "attitude")["precision"] is None


def test_a_missed_span_is_put_down_to_the_marker_that_was_not_judged_so() -> None:
    candidates = spans(("a", 20, 25, "hedge", "chyba"))
    assert row(known_error(GOLD, PREDICTED, WORDS), "hedge", "chyba")["recall"] == 1.0
    assert row(known_error(GOLD, PREDICTED, WORDS, candidates=candidates), "hedge", "chyba")["recall"] == 0.5


def test_intervals_come_from_articles_and_repeat() -> None:
    one, two = known_error(GOLD, PREDICTED, WORDS), known_error(GOLD, PREDICTED, WORDS)
    assert one.equals(two)
    micro = row(one, "micro")
    # article a alone scores 1/2, article b alone 1
    assert (micro["f1_low"], micro["f1_high"]) == (0.5, 1.0)


def test_no_article_is_refused() -> None:
    with pytest.raises(DiscourseError, match="no annotated article"):
        known_error(GOLD, PREDICTED, {})


def test_a_rate_is_corrected_for_missed_and_false_hits() -> None:
    # 1,000 words with 20 markers, of which 16 are found, and 9.8 false hits among the other 980 words
    assert corrected(0.0258, 0.8, 0.01) == pytest.approx(0.02)
    assert corrected(0.02, 1.0, 0.0) == 0.02
    assert corrected(0.005, 0.8, 0.01) == 0.0


def test_a_marker_found_by_chance_cannot_be_corrected() -> None:
    with pytest.raises(DiscourseError, match=r"recall 0\.010 is not above"):
        corrected(0.02, 0.01, 0.01)


def test_the_interval_contains_the_uncertainty_of_the_correction() -> None:
    rate, sure = np.full(100, 0.0258), np.full(100, 0.01)
    assert corrected_interval(rate, np.full(100, 0.8), sure) == pytest.approx((0.02, 0.02))
    low, high = corrected_interval(rate, np.linspace(0.7, 0.9, 100), sure)
    assert low < 0.019 < 0.021 < high


def test_counts_are_by_article_and_category_and_sum_up_to_the_table() -> None:
    table, by_article = known_error(GOLD, PREDICTED, WORDS), counts(GOLD, PREDICTED, WORDS)
    assert by_article.columns == ["doc_id", "category", "words", "hits", "predicted", "found", "gold"]
    hedges = by_article.filter(pl.col("category") == "hedge")
    assert hedges["doc_id"].to_list() == sorted(WORDS)
    whole = table.filter((pl.col("category") == "hedge") & pl.col("marker").is_null())
    assert hedges["hits"].sum() / hedges["predicted"].sum() == pytest.approx(whole["precision"].item(), abs=1e-4)


def test_corrected_rates_hold_the_rate_and_its_correction() -> None:
    error = pl.DataFrame(
        {"doc_id": ["a", "b"], "category": ["hedge"] * 2, "words": [500, 500], "hits": [4, 4], "predicted": [5, 5],
         "found": [4, 4], "gold": [5, 5]}
    )  # fmt: skip
    every = pl.concat([error.with_columns(category=pl.lit(name)) for name in CATEGORIES])
    found = pl.DataFrame({"doc_id": ["x"] * 10, "category": ["hedge"] * 10})
    rates = corrected_rates(found, {"x": 1000, "y": 0}, every).to_dicts()
    assert (rates[0]["category"], rates[0]["markers"], rates[0]["rate"]) == ("hedge", 10, 10.0)
    # (0.010 - 0.002) / (0.8 - 0.002)
    assert rates[0]["corrected"] == pytest.approx(10.025, abs=0.001)
    assert rates[0]["corrected_low"] <= rates[0]["corrected"] <= rates[0]["corrected_high"]
    assert corrected_rates(found, {"x": 1000}, every).equals(corrected_rates(found, {"x": 1000}, every))
    with pytest.raises(DiscourseError, match="corrected rates: no words"):
        corrected_rates(found, {})


def test_the_shipped_table_and_counts_agree() -> None:
    table, by_article = pl.read_csv(TABLE), shipped_counts()
    for category in CATEGORIES:
        whole = table.filter((pl.col("category") == category) & pl.col("marker").is_null())
        mine = by_article.filter(pl.col("category") == category)
        assert (whole["gold"].item(), whole["predicted"].item()) == (mine["gold"].sum(), mine["predicted"].sum())
