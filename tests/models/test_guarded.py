"""Documents guarded as a whole, and the table that says so."""

from __future__ import annotations

import polars as pl
import pytest

from discourse.models.guarded import guard

SAME = [f"słowo{n}" for n in range(30)]


@pytest.fixture
def guarded_texts(tokens_of):
    """Six documents of two outlets; `b1` repeats `a1`."""
    texts = {
        "a1": SAME, "a2": ["Mucha", "las", "kurier"], "a3": ["rzeka", "most"],
        "b1": [*SAME, "dodać"], "b2": ["las", "pole"], "b3": ["góra", "las"],
    }  # fmt: skip
    documents = pl.DataFrame({
        "doc_id": list(texts),
        "outlet": ["Kurier"] * 3 + ["Zwornik"] * 3,
        "author": ["Anna Mucha", "redakcja", "redakcja", "Jan Lis", "Jan Lis", "Zespół Zwornika"],
        "date": ["2021-02-01", "2021-02-01", "2 lutego 2021", "2021-02-01", "2021-02-02", "2021-02-03"],
    })
    return documents, tokens_of(texts), documents.select("doc_id", pl.col("outlet").alias("group"))


def test_near_duplicates_are_one_cluster_where_documents_stand_alone(guarded_texts):
    found = guard(*guarded_texts)
    clusters = dict(found.clusters.iter_rows())
    assert clusters["b1"] == clusters["a1"] == "a1" and clusters["a2"] == "a2"
    assert found.left_out.is_empty()
    assert ("duplicate", "", 2, 0, "grouped") in found.report.rows()


def test_near_duplicates_of_another_author_are_left_out(guarded_texts):
    found = guard(*guarded_texts, cluster="author")
    assert found.left_out.rows() == [("b1", "near-duplicate of a1")]
    assert dict(found.clusters.iter_rows()) == {
        "a1": "Anna Mucha", "a2": "redakcja 2021-02-01", "a3": "redakcja 2021-02-02", "b2": "Jan Lis",
        "b3": "Zespół Zwornika 2021-02-03",
    }  # fmt: skip
    assert found.report.filter(pl.col("kind") == "byline")["item"].to_list() == ["redakcja", "Zespół Zwornika"]


def test_names_and_given_words_are_cut_and_said(guarded_texts):
    found = guard(*guarded_texts, mask=["Las"])
    assert not {"Mucha", "kurier", "las"} & set(found.content["lemma"])
    masked = found.report.filter(pl.col("done") == "masked").select("kind", "item", "documents", "words").rows()
    assert masked == [("outlet", "kurier", 1, 1), ("author", "mucha", 1, 1), ("mask", "las", 3, 3)]


def test_documents_without_a_class_do_not_count(guarded_texts):
    documents, content, target = guarded_texts
    found = guard(documents, content, target.filter(pl.col("doc_id") != "a1"))
    assert "a1" not in set(found.content["doc_id"])
    assert found.clusters is None
