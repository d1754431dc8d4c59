"""Tokens cut by somebody else, as segments of our own: for training, evaluation and annotated corpora."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language import morfeusz
from discourse.language.forms import Forms


def segments(store: Forms, tokens: pl.DataFrame) -> npt.NDArray[np.int64]:
    """The store's segment for each row of `tokens` (`sent, form, space_after`).

    Tokens written together that are the segments of one chunk (*Zrobił|by|m*) are taken as such; a token before a
    dot as an abbreviation, if it can be one; any other by itself, whole.
    """
    form = pl.col("form")
    starts = (
        pl.col("space_after").shift(1, fill_value=True)
        | (pl.col("sent") != pl.col("sent").shift(1))
        | ~form.str.contains(r"^[\p{L}\p{N}]|^[-\u2010\u2011]$")
        | ~form.shift(1).str.contains(r"^[\p{L}\p{N}]|^[-\u2010\u2011]$")
    ).fill_null(True)
    before_dot = (
        (form.shift(-1) == ".") & ~pl.col("space_after") & (pl.col("sent") == pl.col("sent").shift(-1))
    ).fill_null(False)
    frame = tokens.select("sent", "form", run=starts.cum_sum(), dot=before_dot).with_row_index("row")
    alone = morfeusz.WHOLE + frame.get_column("form")
    whole = store.look_up(alone)
    single = store.first_segment[whole]

    words = frame.group_by("run", maintain_order=True).agg(
        chunk=form.str.join(""), parts=pl.len(), first=pl.col("row").first(), dot=pl.col("dot").last()
    )
    joined = np.zeros(len(frame), dtype=np.bool_)
    several = words.filter(pl.col("parts") > 1)
    if len(several):
        chunk = store.look_up(several.get_column("chunk"))
        begin, end = store.first_segment[chunk], store.first_segment[chunk + 1]
        first = several.get_column("first").to_numpy().astype(np.int64)
        parts = several.get_column("parts").to_numpy().astype(np.int64)
        same = end - begin == parts
        row, ours = ranges(first[same], parts[same]), ranges(begin[same], parts[same])
        word = np.repeat(np.arange(same.sum()), parts[same])
        equal = (
            frame.get_column("form").gather(row).to_numpy() == store.segments.get_column("form").gather(ours).to_numpy()
        )
        bad = np.unique(word[~equal])
        take = ~np.isin(word, bad)
        single[row[take]] = ours[take]
        joined[row[take]] = True
    dots = frame.filter(~pl.Series(joined) & pl.col("dot") & pl.col("form").str.contains(r"^\p{L}"))
    chunk = store.look_up(dots.get_column("form"))
    dotted = store.dotted[chunk]
    rows = dots.get_column("row").to_numpy()[dotted >= 0]
    single[rows] = store.first_segment[dotted[dotted >= 0]]
    return single


def ranges(begin: npt.NDArray[np.int64], size: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """`begin[0], begin[0] + 1, …` for `size[0]` numbers, and so on, in one row."""
    return np.repeat(begin - (np.cumsum(size) - size), size) + np.arange(int(size.sum()))
