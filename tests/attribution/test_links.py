"""Teasers of other articles, whose line breaks the web has lost."""

from __future__ import annotations

import pytest

from discourse.attribution.lexicon import load_lexicon
from discourse.attribution.view import articles
from discourse.language.annotate import tokens
from tests.attribution.reading import documents, read


def links(text: str) -> list[str]:
    """The teasers found in a text."""
    frame = documents([text])
    article = next(articles(frame, tokens(frame), load_lexicon()))
    return [article.text(lo, hi) for lo, hi in article.links]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # where the article goes on without a stop before it
        (
            "Most stoi. CZYTAJ TAKŻE: — Remont mostu potrwa rok — Lis: Trzeba go zamknąć Jak podał urząd, stoi rok.",
            ["Remont mostu potrwa rok", "Lis: Trzeba go zamknąć"],
        ),
        ("CZYTAJ RÓWNIEŻ: Remont potrwa rok Urząd podał, że most stoi.", ["Remont potrwa rok"]),
        ("ZOBACZ TAKŻE: -Kto zapłaci za most? -Rada wybrała wykonawcę  Most stoi.",
         ["Kto zapłaci za most?", "Rada wybrała wykonawcę"]),
        # a paragraph of its own
        ("Czytaj też: Remont potrwa rok\n\nMost stoi.", ["Remont potrwa rok"]),
        # no teaser
        ("Czytaj uważnie: to ważne.", []),
        ("Zobacz też most.", []),
    ],
)  # fmt: skip
def test_teasers(text: str, expected: list[str]) -> None:
    assert links(text) == expected


def test_speech_does_not_reach_over_teasers() -> None:
    found = read("CZYTAJ TAKŻE: — Remont potrwa rok — Rada wybrała wykonawcę Nie boję się o most — powiedział Jan Maj.")
    assert found == [("direct", "powiedział", "Jan Maj", ["Nie boję się o most"])]


def test_a_name_before_a_colon_says_the_whole_teaser() -> None:
    found = read("CZYTAJ TAKŻE: — Jan Maj: Most runie. Trzeba go zamknąć — Rada wybrała wykonawcę")
    assert found == [("according", None, "Jan Maj", ["Most runie. Trzeba go zamknąć"])]


def test_a_teaser_glued_on_at_both_ends_is_no_part_of_the_sentences_around_it() -> None:
    found = read("Wójt mówi, że most stoi.Czytaj równieżMosty w Dolinie. Jan Sowa: Nie ma pieniędzyRada milczy.")
    assert [(source, content) for _, _, source, content in found] == [
        ("Wójt", ["most stoi"]),
        ("Jan Sowa", ["Nie ma pieniędzy"]),
    ]


def test_a_comment_of_the_pages_code_ends_what_is_reported() -> None:
    found = read("Wójt mówi, że most stoi.<!--\t.tekst img {width: 85px;}-->Rada milczy od rana.")
    assert [content for _, _, _, content in found] == [["most stoi"]]
