"""Every registered measure passes the same tests, without asking."""

from __future__ import annotations

import math
from collections.abc import Iterator

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from discourse.core import schema
from discourse.measures import MEASURES, Measure, measure

EVERY = pytest.mark.parametrize("name", MEASURES.names())


@pytest.fixture
def frames(annotation):
    annotation.article("pusty")
    annotation.article("kreski", "- … -")
    annotation.article("słowo", "Pada/padać/fin:sg:ter:imperf")
    annotation.article("reklama", "REKLAMA Pada", boilerplate=("REKLAMA", "Pada"))
    annotation.article(
        "pełny",
        "Chyba/chyba/part pada/padać/fin:sg:ter:imperf , mówi/mówić/fin:sg:ter:imperf Anna Lis . "
        "Wiem/wiedzieć/fin:sg:pri:imperf , że na_pewno/na_pewno/part 3 dni/dzień . Kto/kto wie/wiedzieć/fin:sg:ter ? ",
    )
    annotation.says("pełny", "Chyba pada", speaker="Anna Lis", role="expert", verb="mówić", verb_stance="neutral")
    annotation.marker("pełny", "Chyba", "hedge", quoted=True, attribution=0)
    annotation.marker("pełny", "na_pewno", "booster")
    return annotation.frames()


@EVERY
def test_a_row_for_every_document_in_the_order_given(frames, name):
    table = measure(*frames, names=[name])
    assert table["doc_id"].to_list() == ["pusty", "kreski", "słowo", "reklama", "pełny"]
    assert table["measure"].unique().to_list() == [name]
    schema.check(table, "measures")


@EVERY
def test_a_document_without_words_counts_nothing_and_says_why(frames, name):
    table = measure(*frames, names=[name]).filter(pl.col("doc_id").is_in(["pusty", "kreski", "reklama"]))
    assert table["numerator"].to_list() == [0, 0, 0]
    if MEASURES.get(name).base is None:
        assert table["value"].to_list() == [0, 0, 0]
    else:
        assert table["value"].to_list() == [None, None, None]
        assert table["reason"].to_list() == [f"no {MEASURES.get(name).base}"] * 3


@EVERY
def test_values_are_finite_and_follow_from_numerator_and_denominator(frames, name):
    one = MEASURES.get(name)
    for row in measure(*frames, names=[name]).iter_rows(named=True):
        assert (row["value"] is None) == (row["reason"] is not None)
        if row["value"] is None:
            continue
        assert math.isfinite(row["value"])
        expected = row["numerator"] if one.base is None else one.scale * row["numerator"] / row["denominator"]
        assert row["value"] == expected
        assert one.kind != "proportion" or 0 <= row["value"] <= 100


@EVERY
def test_the_order_of_rows_does_not_matter(frames, name):
    documents, *layers = frames
    shuffled = [frame.sample(fraction=1, shuffle=True, seed=7) for frame in layers]
    assert_frame_equal(measure(documents, *shuffled, names=[name]), measure(*frames, names=[name]))


@EVERY
def test_input_is_left_alone_and_a_second_run_is_the_same(frames, name):
    before = [frame.clone() for frame in frames]
    first = measure(*frames, names=[name])
    assert_frame_equal(measure(*frames, names=[name]), first)
    for frame, copy in zip(frames, before, strict=True):
        assert_frame_equal(frame, copy)


@EVERY
def test_a_document_measures_the_same_alone(frames, name):
    alone = [frame.filter(pl.col("doc_id") == "pełny") for frame in frames]
    together = measure(*frames, names=[name]).filter(pl.col("doc_id") == "pełny")
    assert_frame_equal(measure(*alone, names=[name]), together)


@EVERY
def test_no_documents_no_rows(name):
    nothing = [schema.empty(table) for table in ("documents", "tokens", "markers", "attributions")]
    assert measure(*nothing, names=[name]).is_empty()


@EVERY
def test_it_says_what_it_is(name):
    one = MEASURES.get(name)
    assert one.name == name and one.pl and one.en and one.unit and one.family
    assert len(one.doc) > 15


def test_there_are_enough_of_them():
    families: dict[str, int] = {}
    for one in _all():
        families[one.family] = families.get(one.family, 0) + 1
    assert families.keys() >= {"stance", "framing", "lexical"}
    assert sum(families.values()) >= 24


def _all() -> Iterator[Measure]:
    return (MEASURES.get(name) for name in MEASURES)
