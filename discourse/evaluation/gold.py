"""Stand-off annotation, one JSON line a document, as in the guidelines: read, checked, written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import field_validator, model_validator

from discourse.core.errors import DiscourseError
from discourse.core.schema import ATTRIBUTION_TYPES, CATEGORIES, ROLES, TABLES, string
from discourse.core.settings import Settings, parse
from discourse.corpus.readers.jsonlines import objects

Span = tuple[int, int]


class GoldMarker(Settings):
    """A stance marker by offsets."""

    model_config = {"extra": "ignore", "frozen": True}
    start: int
    end: int
    category: str

    @model_validator(mode="after")
    def _sound(self) -> GoldMarker:
        if self.category not in CATEGORIES:
            raise ValueError(f"unknown category {self.category!r}; known: {', '.join(CATEGORIES)}")
        _span((self.start, self.end))
        return self


class GoldAttribution(Settings):
    """An attribution by offsets."""

    model_config = {"extra": "ignore", "frozen": True}
    type: str
    cue: Span | None = None
    source: Span | None = None
    content: list[Span] = []
    speaker: str | None = None
    role: str | None = None

    @field_validator("type")
    @classmethod
    def _type(cls, value: str) -> str:
        if value not in ATTRIBUTION_TYPES:
            raise ValueError(f"unknown type {value!r}; known: {', '.join(ATTRIBUTION_TYPES)}")
        return value

    @field_validator("role")
    @classmethod
    def _role(cls, value: str | None) -> str | None:
        if value is not None and value not in ROLES:
            raise ValueError(f"unknown role {value!r}; known: {', '.join(ROLES)}")
        return value

    @model_validator(mode="after")
    def _sound(self) -> GoldAttribution:
        for span in [self.cue, self.source, *self.content]:
            if span is not None:
                _span(span)
        return self


class GoldDocument(Settings):
    """One document's annotation."""

    model_config = {"extra": "ignore", "frozen": True}
    doc_id: str
    markers: list[GoldMarker] = []
    attributions: list[GoldAttribution] = []

    @property
    def last(self) -> int:
        """The greatest offset in it."""
        ends = [m.end for m in self.markers]
        for a in self.attributions:
            ends += [span[1] for span in [a.cue, a.source, *a.content] if span is not None]
        return max(ends, default=0)


def read_gold(path: Path) -> dict[str, GoldDocument]:
    """`doc_id` → annotation; raises `DiscourseError` with the line of the first mistake."""
    found: dict[str, GoldDocument] = {}
    for number, value in objects(path):
        document = parse(GoldDocument, value, f"{path}, line {number}")
        if document.doc_id in found:
            raise DiscourseError(f"{path}, line {number}: document {document.doc_id!r} is annotated twice")
        found[document.doc_id] = document
    if not found:
        raise DiscourseError(f"{path}: no annotated document in it")
    return found


def texts(gold: dict[str, GoldDocument], documents: pl.DataFrame, where: object) -> pl.DataFrame:
    """The annotated documents among `documents`; raises `DiscourseError` for one that is missing or too short."""
    chosen = documents.filter(pl.col("doc_id").is_in(list(gold)))
    missing = sorted(set(gold) - set(chosen["doc_id"]))
    if missing:
        raise DiscourseError(
            f"{where}: {len(missing)} of its {len(gold)} documents are not among the documents given, "
            f"the first is {missing[0]!r}; name their files with --documents"
        )
    lengths = chosen.select("doc_id", string().str.len_chars().alias("n"))
    for doc_id, n in lengths.iter_rows():
        if gold[doc_id].last > n:
            raise DiscourseError(
                f"{where}: document {doc_id!r} is annotated up to offset {gold[doc_id].last} "
                f"but its string has {n} characters; is it the same text, with its title?"
            )
    return chosen


def standoff(documents: pl.DataFrame, markers: pl.DataFrame, attributions: pl.DataFrame) -> list[dict[str, Any]]:
    """One object a document, in the documents' order, as in the guidelines, with marker ids and verb stances added."""
    out: dict[str, dict[str, Any]] = {
        doc_id: {"doc_id": doc_id, "markers": [], "attributions": []} for doc_id in documents["doc_id"]
    }
    for row in markers.select(list(TABLES["markers"])).iter_rows(named=True):
        doc = out[row.pop("doc_id")]
        doc["markers"].append(row)
    for row in attributions.select(list(TABLES["attributions"])).iter_rows(named=True):
        doc = out[row.pop("doc_id")]
        doc["attributions"].append(row)
    return list(out.values())


def standoff_lines(documents: pl.DataFrame, markers: pl.DataFrame, attributions: pl.DataFrame) -> str:
    """The stand-off annotation as JSON lines."""
    rows = standoff(documents, markers, attributions)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _span(span: Span) -> None:
    if not 0 <= span[0] < span[1]:
        raise ValueError(f"span [{span[0]}, {span[1]}] is empty or runs backwards")
