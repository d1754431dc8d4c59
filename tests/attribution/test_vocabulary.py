"""What is known of words by themselves, and that forgetting it changes nothing."""

from __future__ import annotations

import pytest

from discourse.attribution import vocabulary
from discourse.attribution.grammar import DASH, GEN, NOM, F
from discourse.attribution.lexicon import load_lexicon
from discourse.attribution.vocabulary import BARRED, CAP, DIGITS, FIRST, PERSON, VOICE, Vocabulary


def test_a_form_is_one_number() -> None:
    known = Vocabulary(load_lexicon())
    expert, brand, year, my = known.forms(["ekspertka", "GovTech", "2021", "moim"]).tolist()
    assert expert & VOICE and expert & PERSON and not expert & (CAP | BARRED)
    assert brand & BARRED and brand & CAP
    assert year & DIGITS and my & FIRST
    words = known.forms(["ekspertka", "—"])
    assert vocabulary.kind(words)[1] == DASH
    assert vocabulary.cases(words)[0] & NOM and not vocabulary.cases(words)[0] & GEN
    assert vocabulary.nominative(words)[0] == F


def test_what_is_forgotten_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_LIMIT", 3)
    made: list[list[str]] = []

    def lengths(values: list[str]) -> list[int]:
        made.append(values)
        return [len(value) for value in values]

    known = vocabulary.Kept(lengths)
    assert known(["a", "bb"]).tolist() == [1, 2]
    assert known(["bb", "a"]).tolist() == [2, 1]
    assert known(["ccc", "a", "dddd"]).tolist() == [3, 1, 4]
    assert known(["a", "bb", "ccc", "dddd", "eeeee"]).tolist() == [1, 2, 3, 4, 5]
    assert made == [["a", "bb"], ["ccc", "a", "dddd"], ["a", "bb", "ccc", "dddd", "eeeee"]]
