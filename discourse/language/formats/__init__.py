"""Tokens written in the formats of the field: CoNLL-U, CWB/NoSketch vertical, TEI; and read from CoNLL-U."""

from __future__ import annotations

import polars as pl

from discourse.core.errors import unknown
from discourse.language.formats import conllu, tei, vertical

_FORMATS = {"conllu": conllu.render, "vertical": vertical.render, "tei": tei.render}


def render(format_: str, documents: pl.DataFrame, tokens: pl.DataFrame) -> str:
    """The documents' tokens as the text of one file; raises `DiscourseError` for an unknown format."""
    if format_ not in _FORMATS:
        raise unknown("format", format_, _FORMATS)
    return _FORMATS[format_](documents, tokens)
