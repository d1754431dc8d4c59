"""What names and the places of their mentions tell of roles."""

from __future__ import annotations

import pytest

from discourse.attribution.lexicon import load_lexicon
from discourse.attribution.reports import reports
from discourse.attribution.speakers import Resolver
from discourse.attribution.view import articles
from discourse.language.annotate import tokens
from tests.attribution.reading import documents


def told(text: str) -> set[str]:
    """The features of all speakers of a text."""
    frame, lexicon = documents([text]), load_lexicon()
    found: set[str] = set()
    for article in articles(frame, tokens(frame), lexicon):
        resolver = Resolver(article, lexicon)
        resolver.role_weights, resolver.role_log = {}, []
        resolver.resolve(reports(article, lexicon))
        found.update(*(features for _, features in resolver.role_log))
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Jak mówi 43-letni Jan Sowa, most runie.", {"of an age", "names 2", "given name in n"}),
        ("Jan Sowa z Zielonej Doliny twierdzi, że most runie.", {"from", "from zielon", "first by full name"}),
        ("Sowa stwierdził na antenie radia, że most runie.", {"first by surname", "said in antenie"}),
        ("Komitet Mostów Polskich twierdzi, że most runie.", {"capital", "words 3", "head komite", "of mostów"}),
        ("– Most runie – napisał Jan Sowa (@jsowa).", {"handle"}),
    ],
)
def test_what_stands_beside_a_name_tells_of_the_role(text: str, wanted: set[str]) -> None:
    assert wanted <= told(text)
