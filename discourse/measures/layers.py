"""What measures are computed from: the tables of an annotation, made ready to be counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import polars as pl

from discourse.core import schema
from discourse.core.errors import DiscourseError
from discourse.measures.cover import owners

#: What a table of speakers may say of them beyond its key columns.
_PORTRAIT: dict[str, type[pl.DataType]] = {
    "person": pl.Boolean, "name": pl.String, "gender": pl.String, "titles": pl.String, "affiliation": pl.String
}  # fmt: skip


@dataclass(frozen=True)
class Layers:
    """The tables of an annotation. Documents are in the order given, tokens in order of documents and position.

    `doc_id` is an `Enum` over the documents in all of them, which counts faster than strings and compares with them.
    Build it with `layers`.
    """

    documents: pl.DataFrame
    tokens: pl.DataFrame
    markers: pl.DataFrame
    attributions: pl.DataFrame
    speakers: pl.DataFrame

    @cached_property
    def own_tokens(self) -> pl.DataFrame:
        """One row a token of the article's own text: what is not boilerplate, punctuation included."""
        return self.tokens.filter(~pl.col("boilerplate"))

    @cached_property
    def words(self) -> pl.DataFrame:
        """One row a written word outside boilerplate: the columns of its first token, and where and whose it is.

        `position` counts the document's words from 0. `attribution, type, role, speaker` are those of the innermost
        attribution (outside boilerplate) whose content holds the word, null in the author's own words: nested
        reports count once, for the inner voice.
        """
        words = self.own_tokens.filter("word_start").with_columns(
            pl.int_range(pl.len(), dtype=pl.UInt32).over("doc_id").alias("position")
        )
        voices = self.voices
        owner = owners(words, voices)
        given = voices.select("attribution", "type", "role", "speaker").with_row_index("owner")
        return words.with_columns(owner).join(given, on="owner", how="left", maintain_order="left").drop("owner")

    @cached_property
    def attributed(self) -> pl.DataFrame:
        """One row a word inside the content of an attribution."""
        return self.words.filter(pl.col("attribution").is_not_null())

    @cached_property
    def own(self) -> pl.DataFrame:
        """One row a word that the author says in his or her own voice."""
        return self.words.filter(pl.col("attribution").is_null())

    @cached_property
    def sentences(self) -> pl.DataFrame:
        """One row a sentence with at least one word outside boilerplate: `doc_id, sent`."""
        return self.words.select("doc_id", "sent").unique(maintain_order=True)

    @cached_property
    def hits(self) -> pl.DataFrame:
        """One row a stance marker outside boilerplate."""
        return self.markers.filter(~pl.col("boilerplate"))

    @cached_property
    def voices(self) -> pl.DataFrame:
        """One row an attribution outside boilerplate."""
        return self.attributions.filter(~pl.col("boilerplate"))

    @cached_property
    def cast(self) -> pl.DataFrame:
        """One row a speaker and role of a document who is given words outside boilerplate.

        `role` is that of the attributions; `person, name, gender, titles, affiliation` are from the table of speakers,
        null where it lacks the column. Who is not in that table has no row.
        """
        known = self.speakers.select(
            "doc_id", "speaker",
            *(pl.col(name) if name in self.speakers.columns else pl.lit(None, kind).alias(name)
              for name, kind in _PORTRAIT.items()),
        ).unique(["doc_id", "speaker"], keep="first", maintain_order=True)  # fmt: skip
        told = self.voices.drop_nulls("speaker").select("doc_id", "speaker", "role").unique(maintain_order=True)
        return told.join(known, on=["doc_id", "speaker"], maintain_order="left")

    @cached_property
    def length(self) -> pl.DataFrame:
        """Words a document: `doc_id, n`; documents without words have no row."""
        return tally(self.words)


def layers(
    documents: pl.DataFrame,
    tokens: pl.DataFrame,
    markers: pl.DataFrame,
    attributions: pl.DataFrame,
    speakers: pl.DataFrame | None = None,
) -> Layers:
    """The tables made ready for measuring, in canonical order; rows of documents that are not given are left out.

    Raises `DiscourseError` where a table lacks a column or two documents have one id.
    """
    given = {
        "tokens": tokens,
        "markers": markers,
        "attributions": attributions,
        "speakers": schema.empty("speakers") if speakers is None else speakers,
    }
    if "doc_id" not in documents.columns:
        raise DiscourseError(f"table 'documents': column 'doc_id' is missing; it has {', '.join(documents.columns)}")
    ids = documents["doc_id"].cast(pl.String)
    if ids.is_duplicated().any():
        twice = ids.filter(ids.is_duplicated())[0]
        raise DiscourseError(f"table 'documents': two documents have the id {twice!r}; give each its own")
    enum = pl.Enum(ids)
    order = {"tokens": ["tok"], "markers": ["start", "end", "category"], "attributions": ["attribution"]}
    ready = {
        name: _arrange(schema.check(frame, name), enum, order.get(name, ["speaker"])) for name, frame in given.items()
    }
    return Layers(documents.with_columns(ids.cast(enum)), **ready)


def _arrange(frame: pl.DataFrame, enum: pl.Enum, within: list[str]) -> pl.DataFrame:
    frame = frame.with_columns(pl.col("doc_id").cast(enum, strict=False)).filter(pl.col("doc_id").is_not_null())
    if frame.height < 2:
        return frame
    if within == ["tok"]:  # the long table: most often sorted already, and costly to sort
        key = (frame["doc_id"].to_physical().to_numpy().astype(np.int64) << 32) + frame["tok"].to_numpy()
        if bool((key[1:] > key[:-1]).all()):
            return frame
    return frame.sort("doc_id", *within, maintain_order=True)


@dataclass
class _Witness:
    """What was tallied, with the rows behind it, and which of the tallies became the numerator."""

    tallies: list[tuple[pl.DataFrame, pl.DataFrame]] = field(default_factory=list)
    numerator: pl.DataFrame | None = None


_WITNESS: ContextVar[_Witness | None] = ContextVar("witness", default=None)


def behind(define: Callable[[Layers], pl.DataFrame], given: Layers) -> pl.DataFrame | None:
    """The rows that the numerator of a measure was tallied from; None where it was not by `tally`."""
    witness = _Witness()
    token = _WITNESS.set(witness)
    try:
        define(given)
    finally:
        _WITNESS.reset(token)
    # the tallies of `length` and the like may have been kept from before: then their rows are the words
    known = [*witness.tallies, (given.length, given.words)]
    return next((rows for tallied, rows in known if tallied is witness.numerator), None)


def tally(frame: pl.DataFrame, count: pl.Expr | None = None) -> pl.DataFrame:
    """How many a document: `doc_id, n`, the rows of `frame`, or what the aggregation `count` gives."""
    tallied = frame.group_by("doc_id", maintain_order=True).agg((pl.len() if count is None else count).alias("n"))
    if (witness := _WITNESS.get()) is not None:
        witness.tallies.append((tallied, frame))
    return tallied


def over(numerator: pl.DataFrame, denominator: pl.DataFrame) -> pl.DataFrame:
    """`doc_id, numerator, denominator` from two tallies: a row for each document with a denominator, 0 without hits."""
    if (witness := _WITNESS.get()) is not None:
        witness.numerator = numerator
    return (
        denominator.rename({"n": "denominator"})
        .join(numerator.rename({"n": "numerator"}), on="doc_id", how="left", maintain_order="left")
        .select("doc_id", pl.col("numerator").fill_null(0), "denominator")
    )


def number(tallied: pl.DataFrame) -> pl.DataFrame:
    """`doc_id, numerator` from a tally: a plain number."""
    if (witness := _WITNESS.get()) is not None:
        witness.numerator = tallied
    return tallied.rename({"n": "numerator"})


def among(column: str, values: Iterable[str]) -> pl.Expr:
    """Whether the column is one of the values."""
    return pl.col(column).is_in(list(values))
