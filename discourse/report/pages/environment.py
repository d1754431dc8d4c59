"""The templates: everything that is put into them is escaped unless this room wrote it as HTML."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from discourse.core.polish import number
from discourse.report.labels import (
    CATEGORY_LABELS,
    ROLE_LABELS,
    TYPE_LABELS,
    VERB_STANCE_LABELS,
    label,
    word,
)
from discourse.report.palette import CATEGORY_COLOURS, CATEGORY_LINES, SERIES


@cache
def environment() -> Environment:
    """The Jinja environment of all pages."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    made.filters["role"] = lambda key, language: label(ROLE_LABELS, key, language)
    made.filters["category"] = lambda key, language: label(CATEGORY_LABELS, key, language)
    made.filters["type"] = lambda key, language: label(TYPE_LABELS, key, language)
    made.filters["stance"] = lambda key, language: label(VERB_STANCE_LABELS, key, language)
    made.filters["number"] = number
    made.globals.update(word=word, categories=CATEGORY_COLOURS, lines=CATEGORY_LINES, series=SERIES)
    return made


def render(template: str, **values: object) -> str:
    """The page: the template filled with the values."""
    return environment().get_template(template).render(**values)


def trusted(html: str) -> Markup:
    """HTML made by this room from escaped parts."""
    return Markup(html)
