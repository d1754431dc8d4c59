"""The study of topics: a grid scored on unseen documents, a representative run, and what the topics say."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from discourse.core.errors import DiscourseError
from discourse.models.matrix import count
from discourse.models.topic_study import study
from discourse.models.topic_tables import (
    exemplars,
    labels,
    largest,
    prevalence_by_group,
    topic_intrusion,
    word_intrusion,
)
from discourse.models.topics import fit_topics

HOSPITAL = {"lekarz", "pacjent", "oddział", "łóżko", "dyżur", "leczyć"}


@pytest.fixture(scope="module")
def quick():
    return {"engine": "sklearn-nmf", "runs": 3, "top": 6}


@pytest.fixture
def two(press):
    documents, tokens = press
    matrix = count(documents, tokens, max_share=0.6)
    return matrix, fit_topics(matrix, 2, 1, "sklearn-nmf", top=6)


def test_every_number_of_topics_is_scored_and_one_is_chosen(press, quick):
    matrix = count(*press, max_share=0.6)
    found = study(matrix, [5, 2, 3], 1, **quick)
    assert found.grid["k"].to_list() == [2, 3, 5]
    assert found.grid["chosen"].sum() == 1 and found.model.k == found.grid.filter("chosen")["k"][0]
    assert found.grid.select("c_npmi", "c_v", "diversity", "recurring").null_count().row(0) == (0, 0, 0, 0)
    assert found.stability["others"].to_list() == [2] * found.model.k
    assert found.runs.height == 3 and found.coherence.columns == ["topic", "c_npmi", "c_v"]


def test_the_study_is_the_same_for_documents_in_any_order(press, quick):
    documents, tokens = press
    first = study(count(documents, tokens, max_share=0.6), [2, 3], 1, **quick)
    mixed = count(documents.reverse(), tokens.sample(fraction=1, shuffle=True, seed=1), max_share=0.6)
    again = study(mixed, [2, 3], 1, **quick)
    assert_frame_equal(again.grid, first.grid, check_exact=True)
    assert_frame_equal(again.model.topics, first.model.topics, check_exact=True)


def test_topics_that_half_of_the_documents_cannot_bear_leave_the_reason(press, quick):
    found = study(count(*press), [2, 21], 1, **quick)
    assert found.grid["reason"][1] == (
        "on half of the documents: table 'content': 21 topics for 20 documents with terms; "
        "set k lower or give more documents"
    )
    assert found.model.k == 2
    with pytest.raises(DiscourseError, match="41 topics for 40 documents"):
        study(count(*press), [41], 1, **quick)


def test_labels_are_key_terms_and_exemplars_the_documents_with_most_of_it(press, two):
    documents, _ = press
    matrix, model = two
    named = dict(labels(model, matrix).iter_rows())
    assert {frozenset(label.split(" · ")) <= HOSPITAL for label in named.values()} == {True, False}
    best = exemplars(model, matrix, documents=2).join(documents, on="doc_id", maintain_order="left")
    assert best["rank"].to_list() == [1, 2, 1, 2]
    assert best.group_by("topic").agg(pl.col("group").n_unique())["group"].to_list() == [1, 1]
    assert largest(model).height == 40


def test_prevalence_has_an_interval_by_group(press, two):
    documents, _ = press
    _, model = two
    found = prevalence_by_group(model, documents.select("doc_id", "group"), seed=1, draws=200)
    assert found.columns == ["topic", "group", "n", "share", "low", "high", "reason"]
    assert found["n"].to_list() == [20] * 4
    main = found.filter(pl.col("share") > 0.9)
    assert main.height == 2 and (main["low"] <= main["share"]).all() and (main["share"] <= main["high"]).all()


def test_the_intruder_among_words_is_of_another_topic(two):
    _, model = two
    sheet, key = word_intrusion(model, seed=1)
    assert sheet.columns == ["item", *(f"word_{n}" for n in range(1, 7)), "answer"]
    for row, (item, topic, intruder) in zip(sheet.iter_rows(), key.iter_rows(), strict=True):
        words = set(row[1:7])
        own = set(model.topics.filter(pl.col("topic") == topic)["term"])
        assert row[0] == item and row[7] == "" and words - own == {intruder}


def test_the_intruder_among_topics_is_one_that_the_document_has_little_of(press):
    matrix = count(*press)
    model = fit_topics(matrix, 6, 1, "sklearn-nmf")
    sheet, key = topic_intrusion(model, seed=1, documents=5, titles={"d00": "Dyżur"})
    assert sheet.height == key.height == 5
    shares = {(doc_id, topic): share for doc_id, topic, share, _ in model.prevalence.iter_rows()}
    for _, doc_id, topic, place in key.iter_rows():
        below = sum(shares[doc_id, other] > shares[doc_id, topic] for other in range(6))
        assert below >= 3 or shares[doc_id, topic] == 0
        words = model.topics.filter((pl.col("topic") == topic) & (pl.col("rank") <= 5)).sort("rank")["term"]
        assert sheet.filter(pl.col("doc_id") == doc_id)[f"topic_{place}"][0] == ", ".join(words)


def test_a_model_of_few_topics_has_no_sheet_of_topics(two):
    assert topic_intrusion(two[1], seed=1)[0].is_empty()
