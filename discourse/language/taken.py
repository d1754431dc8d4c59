"""Analyses as they come from Morfeusz to segments and their readings, one lemma and one tag each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.core.codes import codes
from discourse.language import cache, guess, morfeusz, tagset

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Taken:
    """Chunks, the segments of each, and the readings of each segment."""

    chunks: pl.Series
    in_chunk: Numbers  # how many segments
    segments: pl.DataFrame  # form, length, letters
    in_segment: Numbers  # how many readings
    readings: pl.DataFrame  # lemma, tag, pos, entry


def taken(analysed: pl.DataFrame, kept: cache.Cache | None) -> Taken:
    """What these analyses (`morfeusz.SCHEMA`, not empty) say; guesses stand after the empty reading of what is unknown.

    Everything is worked out as numbers of rows; strings are gathered once, at the end.
    """
    new_chunk = _new(analysed.get_column("chunk"))
    heads = np.flatnonzero(new_chunk | _new(analysed.get_column("segment")))
    lemma, tag, row, source = _with_guesses(analysed, kept)
    names, name = _names(lemma, tag, analysed.get_column("form"), row, source)
    tags, code = codes(tag)
    single = [tagset.expand(tag) for tag in tags]
    flat = pl.Series([tag for own in single for tag in own], dtype=pl.String)
    pos = pl.Series([tag.partition(":")[0] for tag in flat], dtype=pl.String)
    sizes = np.array([len(own) for own in single])
    many, begin = sizes[code[source]], (np.cumsum(sizes) - sizes)[code[source]]
    reading = np.repeat(np.arange(len(source)), many)
    place = (begin - (np.cumsum(many) - many))[reading] + np.arange(len(reading))
    first = np.flatnonzero(np.diff(row, prepend=-1))  # of each analysis, its first reading
    segments = analysed.select("form", "length")[heads]
    starts = np.flatnonzero(new_chunk[heads])
    return Taken(
        chunks=analysed.get_column("chunk").gather(heads[starts]),
        in_chunk=np.diff(np.append(starts, len(heads))),
        segments=segments.with_columns(letters=pl.col("form").str.contains(r"[\p{L}\p{N}]")),
        in_segment=np.add.reduceat(many, first[heads]),
        readings=pl.DataFrame(
            {
                "lemma": names.gather(name[reading]),
                "tag": flat.gather(place),
                "pos": pos.gather(place),
                "entry": lemma.gather(source[reading]),
            }
        ),
    )


def _new(column: pl.Series) -> npt.NDArray[np.bool_]:
    """Whether each value is another than the one before."""
    return np.diff(column.rle_id().to_numpy().astype(np.int64), prepend=-1) != 0


def _with_guesses(analysed: pl.DataFrame, kept: cache.Cache | None) -> tuple[pl.Series, pl.Series, Numbers, Numbers]:
    """Lemmas and tags of Morfeusz and of guesses; of each reading the row of its analysis, and which of those it is."""
    lemma, tag = analysed.get_column("lemma"), analysed.get_column("tag")
    rows = np.arange(len(analysed))
    unknown = np.flatnonzero((tag == morfeusz.UNKNOWN).to_numpy())
    words, which = codes(lemma.gather(unknown))
    guesses = guess.table(words, kept)
    if guesses.is_empty():
        return lemma, tag, rows, rows
    begin = np.flatnonzero(_new(guesses.get_column("unknown")))
    own = pl.DataFrame({"begin": begin, "size": np.diff(np.append(begin, len(guesses)))})
    own = own.with_columns(guesses.get_column("unknown").gather(begin))
    of_words = words.alias("unknown").to_frame().join(own, on="unknown", how="left", maintain_order="left").fill_null(0)
    many, at = np.ones(len(rows), np.int64), np.zeros(len(rows), np.int64)
    many[unknown] += of_words.get_column("size").to_numpy()[which]
    at[unknown] = of_words.get_column("begin").to_numpy()[which]
    row = np.repeat(rows, many)
    inner = np.arange(len(row)) - (np.cumsum(many) - many)[row]
    source = np.where(inner == 0, row, len(rows) + at[row] + inner - 1)
    return (
        pl.concat([lemma, guesses.get_column("guess")], rechunk=True),
        pl.concat([tag, guesses.get_column("reading")], rechunk=True),
        row,
        source,
    )


def _names(
    lemma: pl.Series, tag: pl.Series, form: pl.Series, row: Numbers, source: Numbers
) -> tuple[pl.Series, Numbers]:
    """Lemmas, and which is each reading's: without homonym suffix (*może:T*, *Nowak:Sm1*), with spaces for underscores.

    Marks and what the dictionary does not know (addresses, handles) are their own lemma as they stand.
    """
    rows = np.flatnonzero(lemma.str.contains("[:_]").to_numpy()[source])
    stripped = pl.col("lemma").str.replace(r"^(.+?):[A-Za-z][A-Za-z0-9.~]*.*$", "$1")
    as_it_stands = (pl.col("form").str.len_chars() > 60) | pl.col("tag").is_in([morfeusz.UNKNOWN, "interp", "sym"])
    made = pl.DataFrame(
        {"lemma": lemma.gather(source[rows]), "tag": tag.gather(source[rows]), "form": form.gather(row[rows])}
    ).select(pl.when(as_it_stands).then("lemma").otherwise(stripped.str.replace_all("_", " ")))
    name = source.copy()
    name[rows] = len(lemma) + np.arange(len(rows))
    return pl.concat([lemma, made.to_series()], rechunk=True), name
