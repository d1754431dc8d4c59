"""A reading: spans that nest and cross, whose words fill the article, who speaks."""

from __future__ import annotations

import time

import polars as pl
import pytest

from discourse.core import schema
from discourse.core.errors import DiscourseError
from discourse.report.reading import Reading, reading
from discourse.report.terminal import plain_text

from .conftest import Annotated, annotated


def read(frames: Annotated) -> Reading:
    return reading(*frames.frames)


def test_speech_inside_speech_keeps_both_voices(article: Annotated) -> None:
    paragraphs = plain_text(read(article)).split("\n\n")
    assert paragraphs[3] == (
        "– ‹1 Rzeka ⟦prawdopodobnie⟧hedge nie wróci do dawnego stanu 1› – mówi badaczka. – ‹1 ⟦Trzeba⟧obligation "
        "oszczędzać wodę, a burmistrz powiedział mi, że ‹2 ⟦podobno⟧reportive miasto ma „⟦niemal⟧approximator "
        "<b>pełne</b> zbiorniki” & spokój 2›. 1›")
    assert paragraphs[2] == "{REKLAMA}"


def test_spans_that_cross_are_split_where_they_cross() -> None:
    crossing = annotated("", "Ala ma kota i psa", attributions=[
        {"type": "direct", "content": ["Ala ma kota"], "speaker": "A", "role": "other"},
        {"type": "direct", "content": ["kota i psa"], "speaker": "B", "role": "other"}])
    assert plain_text(read(crossing)) == "‹1 Ala ma ‹2 kota 2› 1›‹2  i psa 2›"


def test_a_marker_across_a_paragraph_break_is_split() -> None:
    assert plain_text(read(annotated("", "na\n\npewno", markers=[("na\n\npewno", "booster", False, None)]))) == (
        "⟦na⟧booster\n\n⟦pewno⟧booster")


def test_voices_count_words_once_for_the_innermost(article: Annotated) -> None:
    voices = read(article).voices
    assert [(v.number, v.speaker, v.role, v.evidence, v.words) for v in voices] == [
        (1, "Anna Zielińska", "expert", "tytuł: prof.", 26),
        (2, "Jan Okoński", "official", "funkcja: burmistrz", 13),
        (3, None, "anonymous", None, 4)]
    assert [v.verbs for v in voices] == [(("mówić", 1), ("zdaniem", 1)), (("powiedzieć", 1), ("zapewniać", 1)),
                                         (("twierdzić", 1),)]


def test_the_strip_runs_from_the_first_word_to_the_last(article: Annotated) -> None:
    made = read(article)
    assert [stretch.voice for stretch in made.strip] == [0, 1, 0, 1, 1, 0, 1, 2, 0, 2, 0, 3, 0]
    assert sum(stretch.length for stretch in made.strip) == pytest.approx(1)
    assert sum(stretch.length for stretch in made.strip if stretch.voice == 2) == pytest.approx(13 / made.words)


def test_markers_are_counted_inside_and_outside_of_quotation() -> None:
    frames = annotated("", "Chyba raczej może REKLAMA chyba", markers=[
        ("Chyba", "hedge", True, 0), ("raczej", "hedge", False, 0), ("może", "hedge", False, None),
        ("REKLAMA", "booster", None, None)], boilerplate="REKLAMA")
    counts = read(frames).counts
    assert counts.filter(pl.col("total") + pl.col("boilerplate") > 0).rows() == [
        ("hedge", 1, 1, 1, 3, 0), ("booster", 0, 0, 0, 0, 1)]


@pytest.mark.parametrize("text", ["", "\n\n", "… – !"])
def test_documents_without_words_can_be_read(text: str) -> None:
    made = read(annotated("", text))
    assert (made.words, made.voices, made.strip) == (0, (), ())
    assert made.counts["total"].sum() == 0


def test_control_characters_are_shown_not_sent() -> None:
    assert plain_text(read(annotated("", "a\x1b[31mb\u202ec"))) == "a\ufffd[31mb\ufffdc"


def test_more_than_one_document_is_refused(article: Annotated) -> None:
    with pytest.raises(DiscourseError, match="one document, not 2"):
        reading(pl.concat([article.document] * 2), *article.frames[1:])


def test_a_long_line_takes_linear_time() -> None:
    text = "– Może – mówi. " * 40_000
    starts = range(0, len(text), 15)
    markers = pl.DataFrame([("d1", s + 2, s + 6, "hedge", "może", False, True, None) for s in starts],
                           schema=schema.TABLES["markers"], orient="row")
    frames = annotated("", "x")
    document = frames.document.with_columns(pl.lit(text).alias("text"))
    began = time.process_time()
    made = reading(document, schema.empty("tokens"), markers, schema.empty("attributions"), schema.empty("speakers"))
    assert sum(len(p.events) for p in made.paragraphs()) > 100_000
    assert time.process_time() - began < 10
