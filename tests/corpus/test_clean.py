"""Boilerplate is found by its patterns, and nothing of the article with it."""

from __future__ import annotations

import time

import polars as pl
import pytest

from discourse.core import schema
from discourse.corpus.clean import boilerplate


def documents(*texts: str) -> pl.DataFrame:
    return pl.DataFrame({"doc_id": [f"d{i}" for i in range(len(texts))], "title": [""] * len(texts), "text": texts})


def found(text: str) -> list[tuple[str, str]]:
    table = schema.check(boilerplate(documents(text)), "boilerplate")
    return [(text[start:end], kind) for _, start, end, kind in table.iter_rows()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rada obradowała.\n\nREKLAMA\n\nGłosowano nocą.", [("REKLAMA", "advertisement")]),
        (
            "Koniec.\nZobacz wideo Most nad Wisłą. Kto zapłaci?\nDalej.",
            [("Zobacz wideo Most nad Wisłą. Kto zapłaci?", "video")],
        ),
        ("Koniec. CZYTAJ TAKŻE: Most nad Wisłą Rada obradowała.", [("CZYTAJ TAKŻE:", "teaser")]),
        (
            "Koniec.<!-- p {margin: 0} -->Czytaj równieżMost",
            [("<!-- p {margin: 0} -->", "markup"), ("Czytaj również", "teaser")],
        ),
        ("fot. Ewa Lis / Agencja\nRada obradowała.", [("fot. Ewa Lis / Agencja", "credit")]),
        ("Rada obradowała.\nŹródło: Kurier", [("Źródło: Kurier", "source")]),
        ("Dalsza część artykułu poniżej.\n\nRada obradowała.", [("Dalsza część artykułu poniżej.", "notice")]),
    ],
)
def test_calls_and_leftovers_are_flagged(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Reklama jest dźwignią handlu, a polecamy ją wszyscy.",
        "Chcę zobaczyć wideo i czytać także nocą.",
        "Jako źródło: rzeki, podał jezioro. Zobacz, co z tego wynika.",
        "",
    ],
)
def test_prose_stays(text: str) -> None:
    assert found(text) == []


def test_offsets_count_the_title() -> None:
    frame = pl.DataFrame({"doc_id": ["a"], "title": ["Żółw"], "text": ["REKLAMA\nTekst."]})
    assert boilerplate(frame).rows() == [("a", 6, 13, "advertisement")]


@pytest.mark.parametrize("piece", ["<!-- ", "<a ", "REKLAMA\n", "Zobacz wideo ", "\n "])
def test_long_hostile_text_takes_linear_time(piece: str) -> None:
    began = time.process_time()
    boilerplate(documents(piece * (2_000_000 // len(piece))))
    assert time.process_time() - began < 10


@pytest.mark.shared
def test_seed_article(shared: object) -> None:
    from pathlib import Path

    text = (Path(str(shared)) / "seeds" / "gazeta-2023-09-kim-putin.txt").read_text(encoding="utf-8")
    assert [(piece[:12], kind) for piece, kind in found(text)] == [
        ("REKLAMA", "advertisement"),
        ("Zobacz wideo", "video"),
    ]
