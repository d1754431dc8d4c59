"""Which tokens stand in boilerplate."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.corpus import clean


def flags(
    documents: pl.DataFrame, document: npt.NDArray[np.integer[Any]], start: npt.NDArray[np.integer[Any]]
) -> npt.NDArray[np.bool_]:
    """Whether each token stands in boilerplate."""
    found = clean.boilerplate(documents)
    if found.is_empty():
        return np.zeros(len(start), dtype=np.bool_)
    rows = documents.select("doc_id").with_row_index("doc").unique("doc_id", keep="first", maintain_order=True)
    spans = found.join(rows, on="doc_id", how="inner").sort("doc", "start")
    shift = np.int64(1) << 32
    place = document.astype(np.int64) * shift + start
    base = spans.get_column("doc").to_numpy().astype(np.int64) * shift
    begin = base + spans.get_column("start").to_numpy()
    end = np.maximum.accumulate(base + spans.get_column("end").to_numpy())
    at = np.searchsorted(begin, place, side="right") - 1
    return (at >= 0) & (place < end[np.maximum(at, 0)])
