"""Attributions of a short text as tuples that a test can spell out."""

from __future__ import annotations

import polars as pl

from discourse.attribution.attribute import attribute
from discourse.core import schema
from discourse.language.annotate import tokens

Found = tuple[str, str | None, str | None, list[str]]


def documents(texts: list[str], title: str = "") -> pl.DataFrame:
    ids = [f"d{number}" for number in range(len(texts))]
    return pl.DataFrame({"doc_id": ids, "title": [title] * len(texts), "text": texts})


def read(text: str, title: str = "") -> list[Found]:
    """(type, cue, source, content) of each attribution."""
    frame = documents([text], title)
    string = frame.select(schema.string()).item()
    found = []
    for row in attribute(frame, tokens(frame))[0].iter_rows(named=True):
        cue = string[slice(*row["cue"])] if row["cue"] else None
        source = string[slice(*row["source"])] if row["source"] else None
        found.append((row["type"], cue, source, [string[a:b] for a, b in row["content"]]))
    return found


def voices(text: str, title: str = "") -> list[tuple[str | None, str]]:
    """(speaker, role) of each attribution."""
    frame = documents([text], title)
    rows = attribute(frame, tokens(frame))[0]
    return list(rows.select("speaker", "role").iter_rows())
