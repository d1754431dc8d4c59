"""Words asked together are read as words asked one by one."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.language import bulk, morfeusz

WORDS = ["Kim", "Nowak", "gdybyśmy", "miałem", "może", "prof.", "biało-czerwony", "Brzdąkowi", ";", "12", "PiS-u"]


def test_words_together_are_as_one_by_one() -> None:
    words = pl.Series(WORDS)
    assert morfeusz.analyse(words).equals(morfeusz._one_by_one(words))
    assert morfeusz.analyse([]).is_empty()


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.text(st.one_of(st.sampled_from("aąłbmyśZ"), st.characters(categories=["L"])), min_size=1), unique=True)
)
def test_any_letters_together_are_as_one_by_one(words: list[str]) -> None:
    chunks = pl.Series(words, dtype=pl.String)
    assert morfeusz.analyse(chunks).equals(morfeusz._one_by_one(chunks))


def test_without_the_library_words_are_asked_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = morfeusz.analyse(WORDS)
    monkeypatch.setattr(bulk, "_library", lambda: None)
    assert morfeusz.analyse(WORDS).equals(expected)
