"""Names of persons whole and in the nominative: articles, particles, surnames that are other words too, given names."""

from __future__ import annotations

import pytest

from discourse.attribution.endings import key
from tests.attribution.reading import read, voices


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Prezydent Tarik al-Hamid mówi, że most runie. Jak dodał Hamid, to pewne.", "Tarik al-Hamid"),
        ("Nie milczy prawnik Saad ul-Halek. Jak mówi Halek, most runie.", "Saad ul-Halek"),
        ("Dyrektor Larysa Wronowa mówi, że most runie.", "Larysa Wronowa"),
        ("Rybak Konstantin Brzozow mówi, że most runie.", "Konstantin Brzozow"),
        ("Zdaniem Ursuli von der Heide most runie.", "Ursula von der Heide"),
    ],
)
def test_names_keep_articles_and_particles(text: str, speaker: str) -> None:
    assert voices(text)[-1][0] == speaker


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Jak informował wojewoda leśno-polny Jan Sowa, most runie.", "wojewoda leśno-polny Jan Sowa"),
        ("– Most runie – wyliczył p.o. dyrektora urzędu Jan Sowa.", "p.o. dyrektora urzędu Jan Sowa"),
        ("Jak mówi Nuri al-Hamid, most runie.", "Nuri al-Hamid"),
    ],
)
def test_the_source_goes_on_to_the_name(text: str, source: str) -> None:
    assert [found for _, _, found, _ in read(text)] == [source]


def test_given_names_of_men_that_end_like_adjectives_are_one() -> None:
    assert key("Siergiej") == key("Siergiejem") == "siergiej"
    assert key("Andrzej") == key("Andrzejowi") == "andrzej"
    assert key("leśnej") == "leśn"


def test_double_given_names_have_the_gender_of_both() -> None:
    text = "Jean-Claude Hamid mówi, że most stoi. Ewa Lis twierdzi, że runie. Dodał, że ma badania."
    assert [speaker for speaker, _ in voices(text)] == ["Jean-Claude Hamid", "Ewa Lis", "Jean-Claude Hamid"]
