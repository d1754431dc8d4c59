"""Acronyms are spelled out as the article does, abbreviations of outlets by themselves."""

from __future__ import annotations

import pytest

from tests.attribution.reading import voices


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Wygrała Nowa Liga na rzecz Mostów. Według NLM most runie.", "Nowa Liga na rzecz Mostów"),
        ("Milczy Europejski Trybunał Praw Człowieka. ETPCz uznał, że runie.", "Europejski Trybunał Praw Człowieka"),
        ("„FAZ” pisze, że most runie.", "Frankfurter Allgemeine Zeitung"),
        (
            "Wie o tym szef Zarządu Dróg Wiejskich i Komunikacji Wodnej. ZDWiKW podał, że most runie.",
            "Zarząd Dróg Wiejskich i Komunikacji Wodnej",
        ),
        ("Jak mówi DUP, most runie. Według DUP to pewne.", "DUP"),
    ],
)
def test_acronyms_leave_out_small_words(text: str, speaker: str) -> None:
    assert voices(text)[-1][0] == speaker
