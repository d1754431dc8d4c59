"""What the network knows of words apart from their sentences, kept on disk between runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language import guess, morfeusz
from discourse.language.cache import Cache
from discourse.language.forms import Forms

_VERSION = 1  # rises whenever the same weights and readings would give other scores

#: One row a segment of a chunk, those of one chunk together and in order; its vector, and lists over its readings.
SCHEMA = pl.Schema(
    [("chunk", pl.String), ("vector", pl.Array(pl.Int16, 64)), ("own", pl.List(pl.Float32)), ("tag", pl.List(pl.Int16))]
)

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Words:
    """Segments and their readings: those of segment `s` are `first[s]` to `first[s + 1]` of the table."""

    form: pl.Series
    first: Numbers
    readings: pl.DataFrame


@dataclass(frozen=True)
class Scores:
    """Of segments their vectors, whole numbers; of readings the score apart from context, and the number of the tag."""

    vectors: npt.NDArray[np.int16]
    own: Floats
    tag: npt.NDArray[np.int32]


def words(store: Forms, begin: int) -> Words:
    """The store's segments from `begin` on."""
    return Words(
        store.segments.get_column("form").slice(begin),
        store.first_reading[begin:] - store.first_reading[begin],
        store.readings.slice(int(store.first_reading[begin])),
    )


def cache(store: Forms, weights: str) -> Cache | None:
    """Where scores by these weights are kept; none for weights without a digest, nor for guesses by other rules."""
    if not weights or store.guesses is None:
        return None
    version = f"{morfeusz.dictionary()}-{morfeusz.VERSION}-{guess.digest()}-{weights}-{_VERSION}"
    return Cache("scores", version, SCHEMA)


def scores(store: Forms, begin: int, kept: Cache | None, make: Callable[[Words], Scores]) -> Scores:
    """The scores of the store's segments from `begin` on: those that are kept, and those made now."""
    new = words(store, begin)
    if kept is None:
        return make(new)
    chunk = int(np.searchsorted(store.first_segment, begin))
    names = store.known.get_column("form").slice(chunk)
    many = np.diff(store.first_segment[chunk:])
    rows, missing = kept.find(names)
    if len(missing):
        wanted = names.is_in(missing.implode()).to_numpy().repeat(many)
        part = _part(new, np.flatnonzero(wanted))
        made = make(part)
        rest = _rows(names.gather(np.arange(len(names)).repeat(many)[wanted]), part, made)
        kept.write(rest)
        if rows.is_empty():
            return made
        rows = pl.concat([rows, rest])
    found = pl.DataFrame({"chunk": names}).join(rows, on="chunk", how="left", maintain_order="left_right")
    of_readings = found.select("own", "tag").explode("own", "tag")
    return Scores(
        found.get_column("vector").to_numpy(),
        of_readings.get_column("own").to_numpy(),
        of_readings.get_column("tag").to_numpy().astype(np.int32),
    )


def _part(given: Words, segments: Numbers) -> Words:
    """These segments, ascending, of the words given."""
    if len(segments) == len(given.form):
        return given
    sizes = np.diff(given.first)[segments]
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    reading = np.repeat(given.first[segments] - first[:-1], sizes) + np.arange(first[-1])
    return Words(given.form.gather(segments), first, given.readings[reading])


def _rows(chunks: pl.Series, given: Words, found: Scores) -> pl.DataFrame:
    """One row a segment; `chunks` says which each belongs to."""
    of_readings = pl.DataFrame(
        {"segment": np.repeat(np.arange(len(chunks)), np.diff(given.first)), "own": found.own, "tag": found.tag}
    ).group_by("segment", maintain_order=True)
    own = of_readings.agg("own", pl.col("tag").cast(pl.Int16))
    vector = pl.Series(found.vectors)
    return own.select(chunks.alias("chunk"), vector.alias("vector"), "own", "tag").cast(SCHEMA)
