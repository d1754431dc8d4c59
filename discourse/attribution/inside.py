"""Where markers stand: inside whose words, and inside quotation marks or not."""

from __future__ import annotations

import numpy as np
import polars as pl

from discourse.attribution.quotes import quotes
from discourse.core import schema
from discourse.core.codes import codes


def place(markers: pl.DataFrame, attributions: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The markers with `attribution` (the innermost whose content holds the marker, else null) and `quoted` filled.

    `quoted`: that attribution is direct, or the marker stands inside quotation marks.
    """
    if markers.is_empty():
        return schema.check(markers, "markers")
    names, doc = codes(markers.get_column("doc_id"))
    number = {name: index for index, name in enumerate(names.to_list())}
    contents = (
        attributions.select("attribution", "type", "content", doc=pl.col("doc_id").replace_strict(number, default=None))
        .explode("content", empty_as_null=True)
        .filter(pl.col("content").is_not_null() & pl.col("doc").is_not_null())
        .select("attribution", "type", "doc", start=pl.col("content").list.get(0), end=pl.col("content").list.get(1))
    )
    marks = [
        (number[name], mark.inner_start, mark.inner_end)
        for name, string in documents.select("doc_id", schema.string()).iter_rows()
        if name in number
        for mark in quotes(string)
    ]
    held = contents.select("doc", "start", "end").to_numpy().astype(np.int64)
    quoted = np.array(marks, np.int64).reshape(-1, 3)
    starts, ends = (markers.get_column(name).to_numpy().astype(np.int64) for name in ("start", "end"))
    # all documents one after another, so that all are looked through at once
    width = max(int(places.max(initial=0)) for places in (ends, held[:, 1:], quoted[:, 1:])) + 1
    starts, ends = starts + doc * width, ends + doc * width
    which, inside = (
        innermost(ranges[:, 1] + ranges[:, 0] * width, ranges[:, 2] + ranges[:, 0] * width, starts, ends)
        for ranges in (held, quoted)
    )
    owner = np.where(which >= 0, np.append(contents.get_column("attribution").to_numpy(), 0)[which], -1)
    direct = np.append((contents.get_column("type") == "direct").to_numpy(), False)[which]
    filled = pl.Series("attribution", owner, dtype=pl.Int64)
    return schema.check(
        markers.with_columns(
            quoted=pl.Series("quoted", direct | (inside >= 0)),
            attribution=pl.select(
                pl.when(filled >= 0).then(filled).otherwise(None).cast(pl.UInt32).alias("attribution")
            ).to_series(),
        ),
        "markers",
    )


def innermost(first: np.ndarray, last: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """For each stretch, the index of the shortest range that holds it, -1 where none does."""
    order = np.lexsort((np.arange(len(first)), first - last.astype(np.int64)))  # longest first: the shorter overwrite
    best = np.full(len(starts), -1, np.int64)
    ranked = np.argsort(starts, kind="stable")
    sorted_starts = starts[ranked]
    lows, highs = np.searchsorted(sorted_starts, first[order]), np.searchsorted(sorted_starts, last[order])
    for place in np.flatnonzero(lows < highs).tolist():
        index = order[place]
        rows = ranked[lows[place] : highs[place]]
        best[rows[ends[rows] <= last[index]]] = index
    return best
