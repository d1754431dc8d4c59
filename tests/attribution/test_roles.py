"""Signs of roles: offices of professions, reasons that are no plaintiffs, outlets of two words."""

from __future__ import annotations

import pytest

from discourse.attribution import roles
from discourse.attribution.lexicon import load_lexicon
from discourse.attribution.reports import reports
from discourse.attribution.speakers import Resolver
from discourse.attribution.view import articles
from discourse.language.annotate import tokens
from tests.attribution.reading import documents


def signs(text: str) -> list[tuple[str, str]]:
    """(role, words) of the signs of the first speaker of a text."""
    frame, lexicon = documents([text]), load_lexicon()
    article = next(iter(articles(frame, tokens(frame), lexicon)))
    first = next(one for one in Resolver(article, lexicon).resolve(reports(article, lexicon)) if one is not None)
    return [(sign.role, sign.words) for sign in first.signs]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Główny lekarz sanitarny Jan Sowa twierdzi, że most runie.", [("official", "Główny lekarz")]),
        ("Główny ekonomista Jan Sowa twierdzi, że most runie.", [("expert", "ekonomista")]),
        ("Jak podaje Polsat News, most runął.", [("media", "Polsat News")]),
    ],
)
def test_signs_of_a_role(text: str, wanted: list[tuple[str, str]]) -> None:
    assert signs(text) == wanted


def test_a_reason_is_no_plaintiff() -> None:
    lexicon = load_lexicon()
    assert roles.signs([("powód", "powodu")], lexicon) == []
    assert [sign.role for sign in roles.signs([("powód", "powoda")], lexicon)] == ["other"]
