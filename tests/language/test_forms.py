"""Words that several threads want at once are analysed once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest

from discourse.language import forms, morfeusz

WORDS = [
    *(stem + ending for stem in ("dom", "sad", "prof", "brzdąk") for ending in ("", "u", "em", "owi", "y")),
    "S",
    "m",
]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCOURSE_CACHE", str(tmp_path))


def test_threads_that_want_the_same_words_agree() -> None:
    store = forms.Forms()
    wanted = [pl.Series(WORDS[begin:] + WORDS[: begin // 2]) for begin in range(16)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(store.look_up, wanted))
    for words, numbers in zip(wanted, found, strict=True):
        assert store.known.gather(numbers).to_list() == words.to_list()
    assert store.known.is_unique().all()
    assert store.claims == []
    dotted = store.dotted[store.look_up(pl.Series(["prof"]))]
    assert store.known.gather(dotted).to_list() == ["prof."]


def test_what_could_not_be_analysed_is_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    store = forms.Forms()
    with monkeypatch.context() as broken:
        broken.setattr(morfeusz, "analyse", lambda chunks: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            store.look_up(pl.Series(WORDS))
    numbers = store.look_up(pl.Series(WORDS))
    assert store.known.gather(numbers).to_list() == WORDS
