"""What gives a group away: found, and cut or reported."""

from __future__ import annotations

import polars as pl

from discourse.models.guards import recurring

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
