"""A page of examples: what the rows of a table were counted from, in the words of the texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from discourse.report.labels import language as known_language
from discourse.report.pages.environment import render
from discourse.report.reading import visible
from discourse.report.tables import Table

_LONGEST = 220
_WORDS: Mapping[str, Mapping[str, str]] = {
    "pl": {"counted": "zliczono", "of": "z", "none": "Żadnego miejsca wśród obejrzanych dokumentów.",
           "away": "tekstu nie ma pod ręką",
           "about": "Po kilka miejsc z każdego wiersza, wybranych losowo, lecz zawsze tak samo. Wszystkie wypisze:",
           "title": "Skąd te liczby"},
    "en": {"counted": "counted", "of": "out of", "none": "No place in the documents looked at.",
           "away": "text not at hand",
           "about": "A few places of each row, chosen as if by chance and always the same. For all of them:",
           "title": "Where these numbers come from"},
}  # fmt: skip


@dataclass(frozen=True)
class Example:
    """A cell with some of what was counted: `lines` have `doc_id, start, end`, and `left, hit, right` with a text."""

    row: int
    label: str
    column: str
    numerator: float | None
    denominator: float | None
    lines: Sequence[Mapping[str, Any]]


def trace_page(table: Table, language: str, examples: Sequence[Example], command: str) -> str:
    """The page of examples of a table, a heading a row."""
    language = known_language(language)
    rows: dict[int, list[Example]] = {}
    for one in examples:
        rows.setdefault(one.row, []).append(one)
    return render(
        "trace.html.j2", language=language, title=visible(table.caption.get(language, table.name)),
        words=_WORDS[language], command=command, short=_short,
        rows=[{"number": number, "label": visible(cells[0].label), "cells": cells} for number, cells in rows.items()],
    )  # fmt: skip


def _short(text: str) -> str:
    """The text on one line, its middle left out where it is long; blanks at its ends stay."""
    line = visible(re.sub(r"\s+", " ", text))
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 60]} […] {line[-50:]}"
