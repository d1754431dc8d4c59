"""Where markers stand: inside whose words, and inside quotation marks or not."""

from __future__ import annotations

import numpy as np
import polars as pl

from discourse.attribution.quotes import quotes
from discourse.core import schema


def place(markers: pl.DataFrame, attributions: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The markers with `attribution` (the innermost whose content holds the marker, else null) and `quoted` filled.

    `quoted`: that attribution is direct, or the marker stands inside quotation marks.
    """
    if markers.is_empty():
        return schema.check(markers, "markers")
    wanted = markers.get_column("doc_id").unique(maintain_order=True)
    strings = dict(
        documents.filter(pl.col("doc_id").is_in(wanted.implode())).select("doc_id", schema.string()).iter_rows()
    )
    contents = (
        attributions.select("doc_id", "attribution", "type", "content")
        .explode("content", empty_as_null=True)
        .filter(pl.col("content").is_not_null())
        .with_columns(start=pl.col("content").list.get(0), end=pl.col("content").list.get(1))
    )
    by_doc = {key[0]: part for key, part in contents.partition_by("doc_id", as_dict=True, maintain_order=True).items()}
    owner = np.full(len(markers), -1, np.int64)
    direct = np.zeros(len(markers), bool)
    marked = np.zeros(len(markers), bool)
    starts, ends = (
        markers.get_column("start").to_numpy().astype(np.int64),
        markers.get_column("end").to_numpy().astype(np.int64),
    )
    rows = markers.select("doc_id").with_row_index("row")
    for key, part in rows.partition_by("doc_id", as_dict=True, maintain_order=True).items():
        row = part.get_column("row").to_numpy()
        held = by_doc.get(key[0])
        if held is not None:
            which = innermost(
                held.get_column("start").to_numpy(), held.get_column("end").to_numpy(), starts[row], ends[row]
            )
            inside = which >= 0
            owner[row[inside]] = held.get_column("attribution").to_numpy()[which[inside]]
            direct[row[inside]] = (held.get_column("type") == "direct").to_numpy()[which[inside]]
        marks = quotes(strings.get(str(key[0]), ""))
        if marks:
            first = np.array([mark.inner_start for mark in marks])
            last = np.array([mark.inner_end for mark in marks])
            marked[row] = innermost(first, last, starts[row], ends[row]) >= 0
    filled = pl.Series("attribution", owner, dtype=pl.Int64)
    return schema.check(
        markers.with_columns(
            quoted=pl.Series("quoted", direct | marked),
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
