"""Names of persons as they stand in sources: whose they are, in the nominative, as a whole."""

from __future__ import annotations

import pytest

from discourse.attribution.endings import one_letter_off
from tests.attribution.reading import voices


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Zdaniem Tolbarda most runie.", "Tolbard"),
        ("Rafaela Tolbarda pytał o to sąd. Zdaniem Tolbarda most runie.", "Rafael Tolbard"),
        ("Cytowano słowa przewodniczącego Budki, który mówił, że most runie.", "Budka"),
        ("- Most runie - mówił Jan R. Sowa.", "Jan R. Sowa"),
        ("Jan R. Sowa czeka. - Most runie - dodał Sowa.", "Jan R. Sowa"),
        ("Jan Tolbard czeka. - Most runie - dodał Tolbrad.", "Jan Tolbard"),
        ("- Most runie - powiedziała dyrektor Anna von der Sowen.", "Anna von der Sowen"),
        ("Pytana była Gabriela Tolbard. Gabriela Tolbard dodała, że most runie.", "Gabriela Tolbard"),
        ("- Most runie - powiedział rzecznik Danny Tolbard.", "Danny Tolbard"),
    ],
)
def test_names_in_the_nominative(text: str, speaker: str) -> None:
    assert [name for name, _ in voices(text)] == [speaker]


def test_a_letter_before_a_given_name_is_a_surname() -> None:
    assert voices("Zatrzymano Pawła R. Jan Sowa dodał, że most runie.")[0][0] == "Jan Sowa"


def test_two_surnames_a_letter_apart_stay_two() -> None:
    text = "Jan Tolbard i Piotr Tolbart czekają. - Most runie - dodał Tolbart. - Stoi - mówił Tolbard."
    assert [name for name, _ in voices(text)] == ["Piotr Tolbart", "Jan Tolbard"]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("tolbard", "tolbrad", True),
        ("tolbard", "tolbar", True),
        ("tolbard", "tolbart", True),
        ("tolbard", "tolbard", False),
        ("tolbard", "tlobrad", False),
        ("tolbard", "tolb", False),
    ],
)
def test_one_letter_off(one: str, other: str, near: bool) -> None:
    assert one_letter_off(one, other) is near
