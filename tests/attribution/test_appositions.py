"""Persons named in apposition to a description are candidates with a feature of their own."""

from __future__ import annotations

import pytest

from discourse.attribution.lexicon import load_lexicon
from discourse.attribution.reports import reports
from discourse.attribution.speakers import Resolver
from discourse.attribution.view import articles
from discourse.language.annotate import tokens
from tests.attribution.reading import documents


def apposed(text: str) -> list[str]:
    """Who stands in apposition to the descriptions of a text."""
    frame, lexicon = documents([text]), load_lexicon()
    (article,) = articles(frame, tokens(frame), lexicon)
    resolver = Resolver(article, lexicon)
    resolver.log = []
    resolver.resolve(reports(article, lexicon))
    found = [one for _, candidates, _ in resolver.log for one in candidates if "apposed" in one.features]
    return [one.speaker.name for one in found if one.speaker is not None]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Szef grupy ds. mostów w sejmie i lider frakcji Jan Sowa mówi, że runie.", ["Jan Sowa"]),
        ("Szef grupy ds. mostów w sejmie i lider frakcji Guy Hamid mówi, że runie.", ["Guy Hamid"]),
        ("Zdaniem brata rannego, Piotra Sowy, most runie.", ["Piotr Sowa"]),
        ("Doradca w biurze prezydenta Joe Hamid mówi, że most runie.", []),
        ("Zdaniem brata rannego most runie, a Piotra Sowy nie ma.", []),
        ("Szef grupy ds. mostów w sejmie mówi, że Jan Sowa milczy.", []),
    ],
)
def test_names_in_apposition_have_a_feature(text: str, wanted: list[str]) -> None:
    assert apposed(text) == wanted
