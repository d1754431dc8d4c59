"""Topics of two plain subjects; every engine passes the same tests."""

from __future__ import annotations

from typing import get_args

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from discourse.core.errors import DiscourseError
from discourse.experiment.config import Topics as TopicSettings
from discourse.models.coherence import coherence
from discourse.models.engines import ENGINES
from discourse.models.matrix import count
from discourse.models.topics import DEFAULT, fit_topics, placer

EVERY = pytest.mark.parametrize("engine", ENGINES.names())


# gensim's HDP does not find even two subjects that share no word but two: the comparison says what it is worth
@pytest.mark.parametrize("engine", [name for name in ENGINES.names() if name != "gensim-hdp"])
def test_two_subjects_are_two_topics(press, engine):
    documents, tokens = press
    found = fit_topics(count(documents, tokens, max_share=0.6), 2, seed=1, engine=engine, top=6)
    lists = [set(rows["term"]) for _, rows in found.topics.group_by("topic", maintain_order=True)]
    hospital = {"lekarz", "pacjent", "oddział", "łóżko", "dyżur", "leczyć"}
    assert hospital in lists
    main = found.prevalence.sort("share").group_by("doc_id").last().join(documents, on="doc_id")
    assert main.group_by("group").agg(pl.col("topic").n_unique())["topic"].to_list() == [1, 1]


def test_an_experiment_knows_the_engines_and_their_default():
    field = TopicSettings.model_fields["engine"]
    assert list(get_args(field.annotation)) == ENGINES.names()
    assert field.default == DEFAULT


@EVERY
def test_documents_that_were_fitted_are_placed_where_they_were(press, engine):
    documents, tokens = press
    matrix = count(documents, tokens)
    placed = placer(matrix, 2, 1, engine)
    shares = placed.shares(matrix.counts)
    fitted = fit_topics(matrix, 2, 1, engine).prevalence["share"].to_numpy().reshape(40, -1)
    assert shares.sum(axis=1) == pytest.approx([1] * 40)
    assert abs(shares - fitted).mean() < 0.12  # a sampler infers anew; the others are exact
    assert placed.shares(matrix.counts[:1] * 0).tolist() == [[0.0] * shares.shape[1]]
    assert len(placed.names) == shares.shape[1]


@EVERY
def test_shares_of_a_document_sum_to_one_and_topics_are_ordered_by_size(press, engine):
    documents, tokens = press
    found = fit_topics(count(documents, tokens), 3, seed=1, engine=engine)
    sums = found.prevalence.group_by("doc_id").agg(pl.col("share").sum())
    assert sums["share"].to_list() == pytest.approx([1] * 40)
    sizes = found.prevalence.group_by("topic").agg(pl.col("share").sum()).sort("topic")["share"]
    assert sizes.is_sorted(descending=True)
    assert found.topics["rank"].min() == 1


@EVERY
def test_same_seed_same_bytes_in_any_order(press, engine):
    documents, tokens = press
    first = fit_topics(count(documents, tokens), 3, seed=5, engine=engine)
    mixed = count(documents.sample(fraction=1, shuffle=True, seed=1), tokens.sample(fraction=1, shuffle=True, seed=1))
    again = fit_topics(mixed, 3, seed=5, engine=engine)
    assert_frame_equal(again.topics, first.topics, check_exact=True)
    assert_frame_equal(again.prevalence, first.prevalence, check_exact=True)


@EVERY
def test_a_document_without_terms_stays_without_shares(press, engine):
    documents, tokens = press
    empty = pl.DataFrame({"doc_id": ["pusty"], "title": [""], "text": [""], "group": ["x"]})
    found = fit_topics(count(pl.concat([documents, empty]), tokens), 2, seed=1, engine=engine)
    row = found.prevalence.filter(pl.col("doc_id") == "pusty")
    assert row["share"].to_list() == [None, None]
    assert row["reason"].to_list() == ["no term of the vocabulary"] * 2


def test_coherence_is_higher_for_terms_that_stand_together(press):
    documents, tokens = press
    matrix = count(documents, tokens)
    topics = pl.DataFrame({
        "topic": [0, 0, 0, 1, 1, 1, 2],
        "rank": [1, 2, 3, 1, 2, 3, 1],
        "term": ["lekarz", "pacjent", "łóżko", "lekarz", "uczeń", "lekcja", "nigdzie"],
    })
    found = coherence(topics, matrix, measures=("c_npmi",))
    good, mixed, absent = found["coherence"]
    assert good > mixed and absent is None
    assert found["reason"].to_list() == [None, None, "fewer than two of its terms stand in the documents"]
    assert_frame_equal(coherence(topics, matrix, measures=("c_npmi",)), found, check_exact=True)


def test_what_cannot_be_fitted_is_refused_in_a_line(press):
    matrix = count(*press)
    with pytest.raises(DiscourseError, match="41 topics for 40 documents with terms; set k lower"):
        fit_topics(matrix, 41, seed=1)
    with pytest.raises(DiscourseError, match="at least 2 topics, not 1"):
        fit_topics(matrix, 1, seed=1)
    with pytest.raises(DiscourseError, match="unknown topic engine 'lda'"):
        fit_topics(matrix, 2, seed=1, engine="lda")
