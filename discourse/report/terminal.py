"""One article read in the terminal: voices and markers in colour, or in signs where there is no colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import polars as pl
from rich import box
from rich.console import Console, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from discourse.core.polish import number
from discourse.report.labels import CATEGORY_LABELS, ROLE_LABELS, label, word
from discourse.report.labels import language as known_language
from discourse.report.names import evidence, measure_rows, share, tip, verbs, voice_name
from discourse.report.palette import TERMINAL
from discourse.report.reading import Paragraph, Reading, Span, reading

#: Marker category → colour of the terminal, readable on dark and light grounds.
_MARKERS = {"hedge": "blue", "approximator": "cyan", "booster": "red", "reportive": "magenta", "attitude": "yellow",
            "obligation": "green"}
_STRIP_WIDTH = 60


def print_reading(
    document: pl.DataFrame, tokens: pl.DataFrame, markers: pl.DataFrame, attributions: pl.DataFrame,
    speakers: pl.DataFrame, measures: pl.DataFrame | None = None, language: str = "pl", console: Console | None = None,
) -> None:
    """Prints the article with its markers and voices, the strip, the speakers, the counts (and measures, if given).

    On a terminal with colour (and without NO_COLOR) voices are underlined in their colour and markers are bold;
    elsewhere a marker is ⟦word⟧category and a passage ‹1 words 1›, where 1 numbers the speaker. Takes the same frames
    as `article_page`.
    """
    language = known_language(language)
    console = Console(highlight=False) if console is None else console
    article = reading(document, tokens, markers, attributions, speakers)
    colour = console.color_system is not None and not console.no_color
    width = min(console.width, 92)
    for part in _parts(article, measures, language, colour, width):
        # never rich's markup: the article's brackets are its own
        console.print(part, markup=False, highlight=False, emoji=False, soft_wrap=isinstance(part, str), width=width)


def plain_text(article: Reading) -> str:
    """The article's text with voices and markers in signs: a paragraph a line, a blank line between."""
    return "\n\n".join(_plain(paragraph) for paragraph in article.paragraphs())


def _parts(
    article: Reading, measures: pl.DataFrame | None, language: str, colour: bool, width: int
) -> Iterator[RenderableType]:
    if not article.string.strip():
        yield word("empty", language)
    for paragraph in article.paragraphs():
        if colour:
            yield _coloured(paragraph)
            yield ""
        else:
            yield textwrap.fill(_plain(paragraph), width, break_long_words=False, break_on_hyphens=False) + "\n"
    yield _heading(word("strip", language), colour)
    yield _strip(article, language, colour)
    yield ""
    yield _heading(word("speakers", language), colour)
    yield _speakers(article, language, colour) if article.voices else word("no_speakers", language)
    yield ""
    if article.passages:
        yield _heading(word("passages", language), colour)
        for passage in article.passages.values():
            yield textwrap.indent(tip(article, passage, language), "  ")
        yield ""
    yield _heading(word("markers", language), colour)
    yield _counts(article, language, colour)
    for family, rows in measure_rows(article, measures, language) if measures is not None else []:
        yield ""
        yield _heading(family or word("measures", language), colour)
        table = _table(language, ("measure", False), ("value", True), ("numerator", True), ("denominator", True))
        for row in rows:
            table.add_row(Text(row["name"]), Text(row["reason"] or row["value"]), row["numerator"], row["denominator"])
        yield table


def _plain(paragraph: Paragraph) -> str:
    parts: list[str] = ["# "] if paragraph.heading else []
    for event in paragraph.events:
        if event.what == "text":
            parts.append(event.text)
        elif event.span is not None and event.span.kind == "voice":
            parts.append(f"‹{event.span.voice} " if event.what == "open" else f" {event.span.voice}›")
        elif event.span is not None and event.span.kind == "marker":
            parts.append("⟦" if event.what == "open" else f"⟧{event.span.category}")
        elif event.span is not None and event.span.kind == "boilerplate":
            parts.append("{" if event.what == "open" else "}")
    return "".join(parts)


def _coloured(paragraph: Paragraph) -> Text:
    text = Text(style="bold" if paragraph.heading else "")
    stack: list[Span] = []
    for event in paragraph.events:
        if event.what == "text":
            style = Style.combine([_style(span) for span in stack]) if stack else Style()
            text.append(event.text, style)
        elif event.what == "close":
            stack.pop()
        elif event.span is not None:
            stack.append(event.span)
            if event.span.kind == "voice" and event.first and event.span.piece == 0:
                text.append(f"[{event.span.voice}] ", Style(color=_colour(event.span.voice), bold=True))
    return text


def _style(span: Span) -> Style:
    if span.kind == "boilerplate":
        return Style(dim=True)
    if span.kind == "voice":
        return Style(color=_colour(span.voice), underline=True)
    if span.kind in ("cue", "source"):
        return Style(italic=True)
    return Style(color=_MARKERS[span.category], bold=True, reverse=True)


def _colour(voice: int) -> str:
    return TERMINAL[(voice - 1) % len(TERMINAL)]


def _heading(text: str, colour: bool) -> RenderableType:
    return Text(text, style="bold") if colour else f"== {text} =="


def _strip(article: Reading, language: str, colour: bool) -> Text:
    """Whose words fill the text from its beginning to its end: blocks in colour, or numbers, '·' the author's."""
    cells = [0] * _STRIP_WIDTH
    for stretch in article.strip:
        for cell in range(round(stretch.start * _STRIP_WIDTH), round((stretch.start + stretch.length) * _STRIP_WIDTH)):
            cells[cell] = stretch.voice
    text = Text()
    for voice in cells if article.strip else []:
        if colour:
            text.append("█" if voice else "░", Style(color=_colour(voice)) if voice else Style(dim=True))
        else:
            text.append(_digit(voice))
    author = 1 - sum(voice.share for voice in article.voices)
    return text.append(f"  {word('own', language)} {number(100 * author, 0, language)}%" if article.words else "–")


def _digit(voice: int) -> str:
    return "·123456789abcdefghijklmnopqrstuvwxyz"[voice] if voice < 36 else "+"


def _speakers(article: Reading, language: str, colour: bool) -> Table:
    texts = [(key, False) for key in ("", "speaker", "role", "evidence", "verbs")]
    table = _table(language, *texts, ("words", True), ("prevalence", True), ("at", True))
    for voice in article.voices:
        mark = Text(str(voice.number), Style(color=_colour(voice.number), bold=True) if colour else "")
        table.add_row(
            mark, Text(voice_name(voice, language)), label(ROLE_LABELS, voice.role, language),
            Text(evidence(voice, language)), Text(verbs(voice) or "–"), number(voice.words, 0, language),
            share(voice, language, 1), f"{number(100 * voice.first, 0, language)}%")
    return table


def _counts(article: Reading, language: str, colour: bool) -> Table:
    numbers = [(key, True) for key in ("in_quotes", "in_indirect", "own", "total", "boilerplate")]
    table = _table(language, ("category", False), *numbers)
    for row in article.counts.iter_rows(named=True):
        style = Style(color=_MARKERS[row["category"]], bold=True, reverse=True) if colour else ""
        table.add_row(Text(label(CATEGORY_LABELS, row["category"], language), style),
                      *(str(row[column]) for column in ("quoted", "reported", "own", "total", "boilerplate")))
    return table


def _table(language: str, *columns: tuple[str, bool]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="", padding=(0, 1, 0, 0))
    for key, right in columns:
        table.add_column(word(key, language) if key else "", justify="right" if right else "left")
    return table
