"""The survey of a lexicon: entries that repeat each other, are shadowed, or never match."""

from __future__ import annotations

import polars as pl

from discourse.language.annotate import tokens
from discourse.markers.lexicon import Entry, Lexicon
from discourse.markers.survey import duplicates, survey


def entry(name: str, *patterns: str) -> Entry:
    return Entry(
        id=name, category="hedge", pattern=patterns, hyland="hedge", engagement="entertain", yes=("[Ano].",)
    )  # fmt: skip


LEXICON = Lexicon((entry("a", "ano"), entry("b", "ano tak"), entry("c", "tak"), entry("d", "ano")))


def test_each_entry_has_its_verdict() -> None:
    table = tokens(pl.DataFrame({"doc_id": ["x"], "title": [""], "text": ["Ano tak. Ano pada."]}))
    assert survey(table, LEXICON).rows() == [
        ("a", "hedge", 2, 1, None),
        ("b", "hedge", 1, 1, None),
        ("c", "hedge", 1, 0, "shadowed"),
        ("d", "hedge", 2, 0, "shadowed"),
    ]
    assert survey(table, Lexicon((entry("e", "owszem"),)))["verdict"].to_list() == ["never matches"]


def test_patterns_given_twice_are_named() -> None:
    assert duplicates(LEXICON) == [("a", "d", "ano")]
