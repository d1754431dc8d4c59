"""Whom relative pronouns stand for."""

from __future__ import annotations

import pytest

from tests.attribution.reading import voices


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Maj (OKX) odniósł się do słów Jana Tuska, który powiedział, że most runie.", "Jan Tusk"),
        ("W środę radio opublikowało nagranie, z którego wynika, że most runie.", "nagranie"),
        ("Rada przedstawiła stanowisko w sprawie kładki, które zakłada, że most runie.", "stanowisko"),
    ],
)
def test_whom_relatives_mean(text: str, speaker: str) -> None:
    found = [name for name, _ in voices(text)][-1]
    assert found is not None
    assert found.startswith(speaker)
