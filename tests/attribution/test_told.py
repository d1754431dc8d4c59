"""Outlets that somebody spoke to, or that cite somebody, are told from those who speak."""

from __future__ import annotations

import pytest

from tests.attribution.reading import read


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("– Most runie – mówi „Gazecie Wiejskiej” szef rady Jan Sowa.", "szef rady Jan Sowa"),
        ("– Most runie – mówi „Rz” Jan Sowa, rybak.", "Jan Sowa"),
        ("– Most runie – mówił rano na antenie PR 1 Jan Sowa, rybak.", "Jan Sowa"),
        ("– Most runie – powiedział w rozmowie z dziennikarką TVR.", None),
        ("W grudniu napisał w komentarzu dla serwisu mosty.com, że most runie.", None),
    ],
)
def test_outlets_that_were_told_do_not_speak(text: str, source: str | None) -> None:
    assert [found for _, _, found, _ in read(text)] == [source]


def test_a_man_s_name_in_the_nominative_does_not_belong_to_an_outlet() -> None:
    text = "– Most runie – uważa cytowany przez portal Dmitrij Brzoza, ekspert uczelni."
    assert [source for _, _, source, _ in read(text)] == ["Dmitrij Brzoza", "portal"]
