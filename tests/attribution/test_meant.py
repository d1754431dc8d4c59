"""Whom names and descriptions mean: initials, bodies, offices, words without a cue, subjects of sentences before."""

from __future__ import annotations

import pytest

from discourse.attribution.lexicon import load_lexicon
from discourse.attribution.speaker import bare
from tests.attribution.reading import voices


def speakers(text: str) -> list[str | None]:
    return [speaker for speaker, _ in voices(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Paweł R. twierdzi, że nic nie wie. Dodał, że to pomyłka.", ["Paweł R.", "Paweł R."]),
        ("Naczelny rabin Polski mówi, że to mało.", ["Naczelny rabin Polski"]),
        ("Zdaniem 53 proc. badanych to zły pomysł.", ["badani"]),
        ("Informator „SE” mówi, że będzie gorzej.", ["Informator „SE”"]),
        ("Według rządu Jana Sowy most stoi.", ["rząd Jana Sowy"]),
        ("Ministerstwo Edukacji i Nauki liczy uczniów. MEiN mówi, że to mało.", ["Ministerstwo Edukacji i Nauki"]),
        ("Według źródeł PAP most runie.", ["źródła PAP"]),
    ],
)
def test_who_is_meant(text: str, wanted: list[str]) -> None:
    assert speakers(text) == wanted


def test_the_subject_of_the_sentence_before_is_the_dropped_one() -> None:
    text = "Wójt Jan Maj mówi, że most stoi. Rybacy ze wsi Dolna przynieśli zdjęcia. Twierdzą, że runie."
    assert speakers(text)[-1] != "Jan Maj"


def test_an_office_is_of_somebody() -> None:
    held = load_lexicon().holders
    assert held, "no holder in the lexicon"
    for offices in held.values():
        assert all(office.nouns and office.of for office in offices)


def test_quotation_marks_stay_inside_a_name() -> None:
    assert bare("źródła „Fali”") == "źródła „Fali”"
    assert bare("„Fala”") == "Fala"
    assert bare("gazeta „Fala") == "gazeta Fala"
