"""Known error: counted by hand on two tiny articles; rates corrected as in Rogan & Gladen (1978)."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.evaluation.known_error import corrected, corrected_interval, known_error


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
