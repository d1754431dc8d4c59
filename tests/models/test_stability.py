"""Topics matched over runs, by hand."""

from __future__ import annotations

import polars as pl
import pytest

from discourse.models.coherence import diversity
from discourse.models.stability import matched, stability


def run(*lists: str) -> pl.DataFrame:
    rows = [(topic, rank, term) for topic, terms in enumerate(lists) for rank, term in enumerate(terms.split(), 1)]
    return pl.DataFrame(rows, schema={"topic": pl.UInt32, "rank": pl.UInt32, "term": pl.String}, orient="row")


HOSPITAL, SCHOOL = "lekarz pacjent oddział dyżur", "uczeń lekcja klasa matura"


def test_topics_find_their_partners_whatever_their_numbers():
    found = matched(run(HOSPITAL, SCHOOL), run(SCHOOL, "lekarz pacjent oddział szczepienie"), top=4)
    assert found.rows() == [(0, 1, 3 / 4), (1, 0, 1.0)]


def test_the_match_is_best_over_all_topics_not_one_by_one():
    # the first would rather have the second's only partner; together 2/4 + 3/4 is more than 3/4 + 0
    a = run("a b c d", "a b c e")
    b = run("a b c f", "a b x y")
    assert sorted(matched(a, b, top=4)["similarity"]) == [2 / 4, 3 / 4]


def test_the_representative_run_is_the_most_like_the_others():
    odd = run("las rzeka góra jezioro", SCHOOL)
    found = stability([odd, run(HOSPITAL, SCHOOL), run(SCHOOL, HOSPITAL)], top=4)
    assert found.chosen == 1
    assert found.runs["similarity"].to_list() == [0.5, 0.75, 0.75]
    assert found.runs["recurring"].to_list() == [0.5, 0.75, 0.75]
    assert found.recurring == pytest.approx(2 / 3)
    assert found.topics.filter(pl.col("run") == 1).rows() == [(1, 0, 0.5, 1, 2), (1, 1, 1.0, 2, 2)]


def test_a_topic_too_many_has_no_partner():
    found = stability([run(HOSPITAL, SCHOOL), run(SCHOOL)], top=4)
    assert found.topics["similarity"].to_list() == [0.0, 1.0, 1.0]


def test_one_run_says_nothing_of_stability():
    found = stability([run(HOSPITAL)], top=4)
    assert (found.chosen, found.topics.rows()) == (0, [(0, 0, None, None, 0)])
    assert found.runs["recurring"].to_list() == [None]


def test_diversity_is_the_share_of_distinct_terms():
    assert diversity(run("a b c d", "a b e f"), top=4) == 6 / 8
    assert diversity(run("a b c d", "a e f g"), top=1) == 1 / 2
