"""Counting lemmas."""

from __future__ import annotations

import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.models.matrix import count


@pytest.fixture
def texts(tokens_of):
    tokens = tokens_of({"b": ["Dom", "las", "dom", "."], "a": ["las", "!rzeka", "x", "1920"], "pusty": []})
    return pl.DataFrame({"doc_id": ["b", "a", "pusty"]}), tokens


def test_rows_are_documents_and_columns_lemmas_both_sorted(texts):
    matrix = count(*texts)
    assert matrix.doc_id == ["a", "b", "pusty"]
    assert matrix.terms == ["dom", "las"]  # no boilerplate, no digits, no single letters, no punctuation
    assert matrix.counts.toarray().tolist() == [[0, 1], [2, 1], [0, 0]]
    assert list(matrix.texts()) == [["las"], ["dom", "las", "dom"], []]


def test_document_frequency_bounds_the_vocabulary(texts):
    assert count(*texts, min_documents=2).terms == ["las"]
    assert count(*texts, max_share=0.5).terms == ["dom"]
    with pytest.raises(DiscourseError, match="no vocabulary left: of 2 lemmas in 3 documents"):
        count(*texts, min_documents=3)


def test_some_of_the_documents(texts):
    part = count(*texts).select(["pusty", "b"])
    assert part.doc_id == ["b", "pusty"]
    assert list(part.texts()) == [["dom", "las", "dom"], []]
    assert part.counts.toarray().tolist() == [[2, 1], [0, 0]]


def test_the_order_of_rows_does_not_matter(texts):
    documents, tokens = texts
    other = count(documents.reverse(), tokens.reverse())
    assert (other.doc_id, other.terms) == (["a", "b", "pusty"], ["dom", "las"])
    assert list(other.texts()) == list(count(*texts).texts())
