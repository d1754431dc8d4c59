"""Attributions: who is given which words, introduced how; and the table of those who speak."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import polars as pl

from discourse.attribution.finder import Report
from discourse.attribution.grammar import MASCULINE, F
from discourse.attribution.lexicon import Lexicon, load_lexicon
from discourse.attribution.reports import reports
from discourse.attribution.speaker import Speaker
from discourse.attribution.speakers import resolve
from discourse.attribution.view import Article, articles
from discourse.core import schema
from discourse.core.collection import put_off

_SPEAKERS = {
    **schema.TABLES["speakers"],
    "person": pl.Boolean,
    "name": pl.String,
    "gender": pl.String,
    "titles": pl.String,
    "affiliation": pl.String,
    "mentions": pl.UInt32,
    "first": pl.UInt32,
    "words": pl.UInt32,
}


#: A written word from its first letter or digit on.
_WORD = re.compile(r"[^\W_]\S*")


def attribute(
    documents: pl.DataFrame, tokens: pl.DataFrame, *, lexicon: Lexicon | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(attributions, speakers) of the documents; see `schema.TABLES`.

    Attributions are numbered within a document by the beginning of their content. Speakers carry further columns:
    `person`, `name` (of a named person, else null), `gender` (m, f, null), `titles`, `affiliation` (the body that a
    named person is said to belong to, as it stands), `mentions` (attributions), `first` (offset of the first), `words`
    (written words attributed; those of nested reports count once).
    """
    lexicon = lexicon or load_lexicon()
    rows: list[tuple[Any, ...]] = []
    people: list[tuple[object, ...]] = []
    with put_off():
        for article in articles(documents, tokens, lexicon):
            found = reports(article, lexicon)
            speakers, everyone = resolve(article, found, lexicon)
            rows += [
                _row(article, number, report, speaker)
                for number, (report, speaker) in enumerate(zip(found, speakers, strict=True))
            ]
            given: dict[int, list[tuple[int, int]]] = {}
            for report, who in zip(found, speakers, strict=True):
                if who is not None:
                    given.setdefault(id(who), []).extend(report.content)
            people += [_person(article, who, _words(article, given.get(id(who), []))) for who in everyone if who.name]
    return (
        schema.check(_frame(rows), "attributions"),
        schema.check(pl.DataFrame(people, schema=_SPEAKERS, orient="row"), "speakers"),
    )


def attributions(documents: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """One row an attribution: a passage given to a source other than the author; see `attribute`."""
    return attribute(documents, tokens)[0]


def speakers(documents: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """One row a speaker of a document, with the role and the evidence for it; see `attribute`."""
    return attribute(documents, tokens)[1]


def _frame(rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    """The table of these rows; from lists of lists, polars would make a column of each."""
    layout = schema.TABLES["attributions"]
    if not rows:
        return pl.DataFrame(schema=layout)
    columns: dict[str, Any] = dict(zip(layout, map(list, zip(*rows, strict=True)), strict=True))
    pieces = columns["content"]
    row = np.repeat(np.arange(len(rows)), [len(own) for own in pieces])
    content = pl.DataFrame({"row": row, "content": _pairs([pair for own in pieces for pair in own])})
    columns["content"] = content.group_by("row", maintain_order=True).agg("content").get_column("content")
    return pl.DataFrame(columns | {name: _pairs(columns[name]) for name in ("cue", "source")}, schema=layout)


def _pairs(pairs: list[tuple[int, int] | None]) -> pl.Series:
    """[start, end] of each range, null where there is none."""
    there = pl.Series([pair is not None for pair in pairs], dtype=pl.Boolean)
    numbers = np.array([pair or (0, 0) for pair in pairs], dtype=np.uint32).reshape(-1, 2)
    return pl.select(pl.when(there).then(pl.Series(numbers).arr.to_list())).to_series()


def _row(article: Article, number: int, report: Report, speaker: Speaker | None) -> tuple[Any, ...]:
    source = None
    if report.source is not None:
        lo, hi = report.source
        source = article.start[lo], article.end[hi - 1]
    begin = report.content[0][0]
    boilerplate = article.boilerplate[min(report.tokens[0][0], len(article) - 1)] if report.tokens else False
    return (
        article.doc_id,
        number,
        report.type,
        report.cue or None,
        source,
        report.content,
        speaker.name or None if speaker else None,
        speaker.role if speaker else role_of_nobody(report),
        report.verb,
        report.stance,
        bool(boilerplate and begin >= 0),
    )


def role_of_nobody(report: Report) -> str:
    """The role of a report whose speaker is not told."""
    return "anonymous" if report.verb in ("zdaniem", "według") else "other"


def _words(article: Article, pieces: list[tuple[int, int]]) -> int:
    """The written words in pieces of text, those in several pieces once."""
    count, after = 0, 0
    for lo, hi in sorted(pieces):
        count += len(_WORD.findall(article.string, max(lo, after), hi))
        after = max(after, hi)
    return count


def _person(article: Article, speaker: Speaker, words: int) -> tuple[object, ...]:
    gender = None
    if speaker.person and not speaker.plural:
        gender = (
            "f"
            if speaker.gender & F and not speaker.gender & MASCULINE
            else "m"
            if speaker.gender & MASCULINE and not speaker.gender & F
            else None
        )
    return (
        article.doc_id,
        speaker.name,
        speaker.role,
        speaker.evidence,
        speaker.person,
        speaker.name if speaker.key else None,
        gender,
        ", ".join(speaker.titles),
        speaker.affiliation or None,
        len(speaker.mentions),
        article.start[speaker.mentions[0]] if speaker.mentions else 0,
        words,
    )
