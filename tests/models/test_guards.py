"""What gives a group away: found, and cut or reported."""

from __future__ import annotations

import polars as pl

from discourse.models.guards import name_words, named, recurring, signatures, suspects

PLEA = ["drogi", "czytelnik", "móc", "przeczytać", "cały", "artykuł"]


def test_a_passage_of_many_documents_is_found_where_it_stands(tokens_of):
    texts = {f"d{n}": [f"las{n}", *PLEA, f"rzeka{n}"] for n in range(5)} | {"x": ["las", *PLEA[:4]]}
    found = recurring(tokens_of(texts), size=5, minimum=5)
    assert found.filter(pl.col("doc_id") == "d3")["tok"].to_list() == [1, 2, 3, 4, 5, 6]
    assert found["doc_id"].n_unique() == 5
    assert set(found["passage"]) == {"drogi czytelnik móc przeczytać cały"}
    assert set(found["documents"]) == {5}


def test_near_duplicates_count_once(tokens_of):
    tokens = tokens_of({f"d{n}": PLEA for n in range(5)})
    groups = pl.DataFrame({"doc_id": [f"d{n}" for n in range(5)], "group": ["d0", "d0", "d2", "d3", "d4"]})
    assert recurring(tokens, groups, size=5, minimum=5).is_empty()
    assert recurring(tokens, groups, size=5, minimum=4).height == 30


def test_passages_do_not_run_from_one_document_into_the_next(tokens_of):
    tokens = tokens_of({f"{n}{half}": PLEA[:3] if half == "a" else PLEA[3:] for n in range(5) for half in "ab"})
    assert recurring(tokens, size=4, minimum=2).is_empty()
    assert recurring(tokens.head(0), size=4, minimum=2).is_empty()


def test_names_of_outlets_and_surnames_are_words_to_mask():
    words = name_words(["oko.example.pl", "Niezależny-Kurier.pl"], ["Anna Mucha", "@janlis", "Zespół Kuriera", None])
    assert set(words.filter(pl.col("kind") == "author")["term"]) == {"mucha", "janlis"}
    assert {"oko", "example", "niezalezny", "kurier"} <= set(words.filter(pl.col("kind") == "outlet")["term"])
    assert "pl" not in set(words["term"])


def test_a_surname_is_found_with_its_capital_and_an_outlet_without(tokens_of):
    words = name_words(["Kurier"], ["Anna Mucha"])
    found = named(tokens_of({"a": ["Mucha", "mucha", "kurier", "Kurier", "las"]}), words)
    assert found.select("tok", "kind").rows() == [(0, "author"), (2, "outlet"), (3, "outlet")]


def test_what_stands_at_the_end_of_its_documents_signs_them(tokens_of):
    texts = {f"d{n}": [f"las{n}", f"rzeka{n}", "most", f"pole{n}", "pap", "wkt"] for n in range(10)} | {
        f"e{n}": ["most", f"las{n}", f"rzeka{n}", f"pole{n}"] for n in range(10)
    }
    found = signatures(tokens_of(texts))
    assert found.group_by("term").agg(pl.col("documents").first()).sort("term").rows() == [("pap", 10), ("wkt", 10)]


def test_suspects_are_terms_of_one_group_alone(tokens_of):
    tokens = tokens_of({f"a{n}": ["kurier", "las"] for n in range(10)} | {f"b{n}": ["las", "most"] for n in range(10)})
    groups = tokens.select("doc_id", group=pl.col("doc_id").str.head(1)).unique()
    assert suspects(tokens, groups).rows() == [("a", "kurier", 10, 1.0), ("b", "most", 10, 1.0)]
