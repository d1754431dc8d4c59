"""Documents whose subject shows in their words."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from discourse.core import schema

_SUBJECTS = {
    "szpital": ["lekarz", "pacjent", "oddział", "łóżko", "dyżur", "leczyć"],
    "szkoła": ["uczeń", "nauczyciel", "lekcja", "klasa", "matura", "uczyć"],
}


@pytest.fixture
def tokens_of():
    """`tokens_of({"a": ["las", "!rzeka"]})`: tokens from lists of lemmas; `.` is punctuation, `!x` boilerplate."""
    return _tokens_of


def _tokens_of(texts: dict[str, list[str]], pos: str = "subst") -> pl.DataFrame:
    rows = []
    for doc_id, lemmas in texts.items():
        for tok, lemma in enumerate(lemmas):
            flagged, lemma = lemma.startswith("!"), lemma.lstrip("!")
            kind = "interp" if lemma == "." else pos
            rows.append((doc_id, 0, tok, tok, tok + 1, lemma, lemma, kind, kind, tok, kind != "interp", 0, flagged))
    return pl.DataFrame(rows, schema=schema.TABLES["tokens"], orient="row")


@pytest.fixture
def press():
    """Forty documents on two subjects: documents with `group`, and tokens."""
    random = np.random.default_rng(0)
    texts, groups = {}, []
    for number in range(40):
        subject = list(_SUBJECTS)[number % 2]
        texts[f"d{number:02d}"] = [str(word) for word in random.choice([*_SUBJECTS[subject], "miasto", "rok"], 30)]
        groups.append(subject)
    documents = pl.DataFrame({"doc_id": list(texts), "title": "", "text": "", "group": groups})
    return documents, _tokens_of(texts)
