"""The tables that pass between steps: their key columns, declared once and checked at each step's edge.

Offsets are Unicode code points into a document's *annotated string* (see `string`), `start` inclusive, `end`
exclusive. Steps may add columns; the key columns are settled.
"""

from __future__ import annotations

import polars as pl

from discourse.core.errors import DiscourseError

#: Table → its key columns with their types.
TABLES: dict[str, dict[str, pl.DataType | type[pl.DataType]]] = {
    # one row a document, then any metadata columns
    "documents": {"doc_id": pl.String, "title": pl.String, "text": pl.String},
    # one row a stretch of a document that is not the article's own text
    "boilerplate": {"doc_id": pl.String, "start": pl.UInt32, "end": pl.UInt32, "kind": pl.String},
    # one row a token (Morfeusz segment or punctuation mark), in order of doc and position
    "tokens": {
        "doc_id": pl.String,
        "sent": pl.UInt32,  # sentence, from 0 within the document
        "tok": pl.UInt32,  # token, from 0 within the document
        "start": pl.UInt32,
        "end": pl.UInt32,
        "form": pl.String,  # as written
        "lemma": pl.String,  # without Morfeusz's homonym suffix
        "tag": pl.String,  # full SGJP tag, e.g. subst:sg:nom:m1
        "pos": pl.String,  # first part of the tag
        "word": pl.UInt32,  # written word, from 0 within the document; segments of one word share it
        "word_start": pl.Boolean,  # first segment of a written word with a letter or a digit: the unit of rates
        "paragraph": pl.UInt32,  # paragraph (stretch between line breaks), from 0 within the document
        "boilerplate": pl.Boolean,
    },
    # one row a token of a corpus that comes annotated
    "raw_tokens": {
        "doc_id": pl.String,
        "sent": pl.UInt32,
        "tok": pl.UInt32,
        "start": pl.UInt32,
        "end": pl.UInt32,
        "form": pl.String,
        "lemma": pl.String,
        "tag": pl.String,
    },
    # one row a stance marker
    "markers": {
        "doc_id": pl.String,
        "start": pl.UInt32,
        "end": pl.UInt32,
        "category": pl.String,
        "marker": pl.String,  # id of the lexicon entry
        "boilerplate": pl.Boolean,
        "quoted": pl.Boolean,  # null until attribution/inside has run
        "attribution": pl.UInt32,  # innermost attribution whose content holds the marker; null outside of any
    },
    # one row an attribution
    "attributions": {
        "doc_id": pl.String,
        "attribution": pl.UInt32,  # from 0 within the document
        "type": pl.String,  # direct, indirect, according
        "cue": pl.List(pl.UInt32),  # [start, end], null where there is none
        "source": pl.List(pl.UInt32),  # [start, end], null where it is not expressed
        "content": pl.List(pl.List(pl.UInt32)),  # one [start, end] a piece
        "speaker": pl.String,
        "role": pl.String,
        "verb": pl.String,  # lemma of the cue; null without a cue
        "verb_stance": pl.String,  # neutral, endorsing, distancing, directive, emotive; null without a cue
        "boilerplate": pl.Boolean,
    },
    # one row a speaker of a document
    "speakers": {"doc_id": pl.String, "speaker": pl.String, "role": pl.String, "evidence": pl.String},
    # one row a document and measure; a missing value has its reason
    "measures": {
        "doc_id": pl.String,
        "measure": pl.String,
        "value": pl.Float64,
        "numerator": pl.Float64,
        "denominator": pl.Float64,
        "reason": pl.String,
    },
    # one row a measure and pair of groups
    "contrasts": {
        "measure": pl.String,
        "group_a": pl.String,
        "group_b": pl.String,
        "estimate": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "p": pl.Float64,
        "q": pl.Float64,
        "n_a": pl.UInt32,
        "n_b": pl.UInt32,
    },
}

CATEGORIES = ("hedge", "approximator", "booster", "reportive", "attitude", "obligation")
ATTRIBUTION_TYPES = ("direct", "indirect", "according")
ROLES = ("expert", "official", "organization", "document", "media", "citizen", "anonymous", "other")
VERB_STANCES = ("neutral", "endorsing", "distancing", "directive", "emotive")


def empty(table: str) -> pl.DataFrame:
    """A frame of the table's key columns without a row."""
    return pl.DataFrame(schema=TABLES[table])


def check(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """The same frame, after making sure that it has the table's key columns in their types.

    Raises `DiscourseError` naming the first column that is missing or of another type.
    """
    for column, dtype in TABLES[table].items():
        if column not in frame.columns:
            raise DiscourseError(f"table {table!r}: column {column!r} is missing; it has {', '.join(frame.columns)}")
        if frame.schema[column] != dtype:
            raise DiscourseError(f"table {table!r}: column {column!r} is {frame.schema[column]}, not {dtype}")
    return frame


def string() -> pl.Expr:
    """The annotated string of each document: `title + "\\n\\n" + text`, or `text` alone where it has no title."""
    title = pl.col("title").fill_null("")
    return pl.when(title == "").then(pl.col("text")).otherwise(title + "\n\n" + pl.col("text")).alias("string")
