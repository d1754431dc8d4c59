"""The terminal: the same reading in colour and without."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from discourse.measures import measure
from discourse.report.terminal import print_reading

from .conftest import Annotated, annotated


def shown(frames: Annotated, colour: bool = False, language: str = "pl", measures: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=100, force_terminal=colour, color_system="truecolor" if colour else None)
    print_reading(*frames.frames, measures=measure(*frames.frames) if measures else None, language=language,
                  console=console)
    return out.getvalue()


def test_without_colour_markers_and_voices_are_in_signs(article: Annotated) -> None:
    text = shown(article)
    assert "\x1b" not in text
    assert "‹1 to ⟦niestety⟧attitude nie koniec 1›" in text
    assert "{REKLAMA}" in text
    assert "2. Jan Okoński · władza · „zapewnia” (potwierdzający) · mowa zależna" in text


def test_the_strip_numbers_the_voices(article: Annotated) -> None:
    assert "·11111···········111111111·11111112222222···2222······333···  słowa autora 44%" in shown(article)


def test_in_colour_there_are_no_signs(article: Annotated) -> None:
    text = shown(article, colour=True)
    assert "\x1b[" in text and "⟦" not in text and "‹" not in text
    assert "<script>" in text


def test_no_color_is_honoured(article: Annotated, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "⟦raczej⟧hedge" in shown(article, colour=True)


def test_the_articles_own_brackets_are_no_markup() -> None:
    assert "[bold]Nie[/bold] :smile:" in shown(annotated("", "[bold]Nie[/bold] :smile:"))
    assert "Nie[/x]" in shown(annotated("[red]", "Nie[/x]"), colour=True)


def test_measures_are_shown_where_given(article: Annotated) -> None:
    assert "brak czasowników" in shown(article, measures=True)


def test_an_empty_document_says_so() -> None:
    assert "Dokument jest pusty." in shown(annotated("", ""))
    assert "Nobody but the author speaks." in shown(annotated("", ""), language="en")
