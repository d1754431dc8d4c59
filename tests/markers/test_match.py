"""Markers in short texts: the exact spans, contexts that decide, the policy for overlaps, odd input."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from discourse.core.schema import TABLES, check
from discourse.core.seeds import stream
from discourse.language.annotate import tokens
from discourse.markers.lexicon import Lexicon, load_lexicons
from discourse.markers.match import markers


def documents(*texts: str) -> pl.DataFrame:
    return pl.DataFrame(
        {"doc_id": [f"d{i}" for i in range(len(texts))], "title": "", "text": list(texts)},
        schema={"doc_id": pl.String, "title": pl.String, "text": pl.String},
    )


def found(text: str, lexicon: Lexicon | None = None) -> list[tuple[str, str]]:
    table = markers(tokens(documents(text)), lexicon)
    return [(text[row["start"] : row["end"]], row["category"]) for row in table.iter_rows(named=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Być może most zamkną.", [("Być może", "hedge")]),
        ("Most może runąć.", [("może", "hedge")]),
        ("Uczeń może złożyć wniosek.", []),
        ("Budowa nie może trwać bez zgody.", [("nie może", "obligation")]),
        ("Zarząd musi wydać zgodę.", [("musi", "obligation")]),
        ("Stróż musiał o tym wiedzieć.", [("musiał", "hedge")]),
        ("Remont powinien potrwać rok.", [("powinien", "hedge")]),
        ("Każdy powinien mieć apteczkę.", [("powinien", "obligation")]),
        ("Prezes miał powiedzieć, że odchodzi.", [("miał", "reportive")]),
        ("Zebranie ma się odbyć w piątek.", []),
        ("To nie powieść, ale raczej reportaż.", []),
        ("Rząd raczej zmieni plany.", [("raczej", "hedge")]),
        ("Chyba że spadnie śnieg.", []),
        ("Trener uważa, że wygrają.", []),
        ("Uważam, że wygrają.", [("Uważam", "hedge")]),
        ("Byłoby to rozsądne.", [("Byłoby", "hedge")]),
        ("Czekało tam ok. 30 osób.", [("ok.", "approximator")]),
        ("Na pewno wrócą.", [("Na pewno", "booster")]),
        ("Niestety, zabrakło prądu.", [("Niestety", "attitude")]),
    ],
)
def test_context_decides(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_another_category_may_nest_in_a_gap() -> None:
    assert found("Nie ma chyba wątpliwości, że wrócą.") == [
        ("Nie ma chyba wątpliwości", "booster"),
        ("chyba", "hedge"),
    ]


def entry(name: str, pattern: str, category: str = "hedge", priority: int = 0) -> dict[str, object]:
    return {
        "id": name, "pattern": pattern, "category": category, "priority": priority,
        "hyland": "hedge", "engagement": "entertain", "yes": f"[{name}]",
    }  # fmt: skip


def lexicon(*entries: dict[str, object]) -> Lexicon:
    kind = type(load_lexicons().entries[0])
    return Lexicon(tuple(kind.model_validate(row) for row in entries))


def ids(text: str, *entries: dict[str, object]) -> list[str]:
    return markers(tokens(documents(text)), lexicon(*entries))["marker"].to_list()


def test_of_two_in_one_place_the_longer_wins() -> None:
    assert ids("Być może pada.", entry("a", "może", "booster"), entry("b", "być może")) == ["b"]


def test_priority_comes_before_length() -> None:
    assert ids("Być może pada.", entry("a", "może", "booster", 1), entry("b", "być może")) == ["a"]


def test_of_equals_the_earlier_place_wins_then_the_earlier_entry() -> None:
    assert ids("To być może pada.", entry("a", "może pada"), entry("b", "być może")) == ["b"]
    assert ids("Chyba pada.", entry("a", "chyba"), entry("b", "chyba", "booster")) == ["a"]


def test_the_same_category_does_not_nest() -> None:
    gap = entry("a", "@nie []{0,2} @wątpliwości")
    assert ids("Nie ma chyba wątpliwości.", gap, entry("b", "chyba")) == ["a"]
    assert ids("Nie ma chyba wątpliwości.", gap, entry("b", "chyba", "booster")) == ["a", "b"]


def test_unless_bars_only_its_own_entry() -> None:
    barred = {**entry("a", "chyba"), "unless": "chyba że"}
    assert ids("Chyba że pada. Chyba pada.", barred) == ["a"]
    assert ids("Chyba że pada.", barred, entry("b", "chyba", "booster")) == ["b"]


ODD = ["", " ", "...!?", "-", "\u00ad", "😀 👩‍👩‍👧", "a" * 100_000, "[chyba]", "<b>chyba</b>"]


@pytest.mark.parametrize("text", ODD)
def test_odd_input_does_no_harm(text: str) -> None:
    check(markers(tokens(documents(text))), "markers")


def test_no_document_gives_an_empty_table() -> None:
    table = markers(tokens(documents()))
    assert len(table) == 0
    assert dict(table.schema) == TABLES["markers"]


def test_documents_do_not_depend_on_each_other() -> None:
    texts = ["Chyba pada.", "", "Nie wiadomo, kto wygra.", "Podobno ma być ładnie, ale może spaść śnieg."]
    together = markers(tokens(documents(*texts)))
    apart = [markers(tokens(documents(*texts).slice(i, 1))) for i in range(len(texts))]
    assert together.equals(pl.concat(apart))
    assert together.equals(markers(tokens(documents(*texts))))


def test_the_flag_for_boilerplate_is_the_first_tokens() -> None:
    table = tokens(documents("Chyba pada. Chyba grad."))
    flagged = table.with_columns(boilerplate=pl.col("sent") == 1)
    assert markers(flagged)["boilerplate"].to_list() == [False, True]


def test_matching_agrees_with_a_plain_search_on_random_texts() -> None:
    """The automaton against the definition: `a []{0,2} @b`, not after `c`, in sentences of random letters."""
    draw = stream(7, "random texts")
    pattern = {**entry("x", "(?<! c) a []{0,2} @b")}
    for _ in range(20):
        letters = draw.choice(list("abcd"), size=40)
        table = tokens(documents(" ".join(letters)))
        expected = {
            place + gap + 1
            for place in np.flatnonzero(letters == "a")
            for gap in range(3)
            if place + gap + 1 < 40 and letters[place + gap + 1] == "b" and not (place and letters[place - 1] == "c")
        }
        starts = markers(table, lexicon(pattern))["start"].to_list()
        assert [start // 2 for start in starts] == sorted(expected)


@pytest.mark.shared
def test_many_markers_are_found_in_the_press(shared) -> None:  # type: ignore[no-untyped-def]
    from discourse.corpus.load import load

    table = tokens(load([shared / "data/press-events/press-events.jsonl.gz"]).head(200))
    hits = markers(table)
    words = table["word_start"].sum()
    assert 5 < 1000 * len(hits) / words < 25
