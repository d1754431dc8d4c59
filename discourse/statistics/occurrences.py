"""How often items (lemmas, n-grams, markers, speakers) occur in documents, as a sparse matrix in canonical order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array

from discourse.core.errors import DiscourseError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Occurrences:
    """Counts of items in the documents that are not empty; rows sorted by document, columns by item.

    `sizes` has what each document's counts are out of: its words, or other places where an item could stand.
    """

    doc_id: list[str]
    items: list[str]
    counts: csr_array
    sizes: Floats

    def of(self, rows: npt.NDArray[np.intp]) -> Occurrences:
        """Those of some documents, with all items."""
        return Occurrences([self.doc_id[row] for row in rows], self.items, self.counts[rows], self.sizes[rows])


def occurrences(counts: pl.DataFrame, sizes: pl.DataFrame | None = None) -> Occurrences:
    """The matrix of `counts` (`doc_id, item, n`; rows of one document and item add up) in documents of `sizes`.

    `sizes` has `doc_id, n`; without it a document's size is the sum of its counts. Documents of size 0 are left out.
    Raises `DiscourseError` for a column or value that is missing, a negative number, a document that stands twice in
    `sizes` or not at all, and an item that occurs more often than the document is long.
    """
    given = _numbers(counts, "counts", ["doc_id", "item"]).filter(pl.col("n") > 0)
    given = given.group_by("doc_id", "item").agg(pl.col("n").sum()).sort("doc_id", "item")
    if sizes is None:
        size = given.group_by("doc_id").agg(pl.col("n").sum()).sort("doc_id")
    else:
        size = _numbers(sizes, "sizes", ["doc_id"]).filter(pl.col("n") > 0).sort("doc_id")
        if (twice := size.filter(pl.col("doc_id").is_duplicated())).height:
            raise DiscourseError(f"table 'sizes': document {twice['doc_id'][0]!r} stands twice; give it one row")
        _within(given, size)
    rows, columns = (frame.with_row_index("at") for frame in (size, given.select("item").unique().sort("item")))
    row = given.join(rows, on="doc_id", how="left", maintain_order="left")["at"].to_numpy()
    column = given.join(columns, on="item", how="left", maintain_order="left")["at"].to_numpy()
    cells = (row.astype(np.int64), column.astype(np.int64))
    matrix = csr_array((given["n"].to_numpy(), cells), shape=(rows.height, columns.height))
    return Occurrences(rows["doc_id"].to_list(), columns["item"].to_list(), matrix, size["n"].to_numpy())


def _numbers(frame: pl.DataFrame, table: str, keys: list[str]) -> pl.DataFrame:
    for column in (*keys, "n"):
        if column not in frame.columns:
            raise DiscourseError(f"table {table!r}: column {column!r} is missing; it has {', '.join(frame.columns)}")
        if frame[column].null_count():
            raise DiscourseError(f"table {table!r}: column {column!r} has rows without a value; leave them out")
    if not frame.schema["n"].is_numeric() and frame.height:
        raise DiscourseError(f"table {table!r}: column 'n' is {frame.schema['n']}, not a number")
    found = frame.select(*(pl.col(key).cast(pl.String) for key in keys), pl.col("n").cast(pl.Float64))
    if (wrong := found.filter(~pl.col("n").is_finite() | (pl.col("n") < 0))).height:
        first = wrong.row(0, named=True)
        raise DiscourseError(f"table {table!r}: document {first['doc_id']!r} has n = {first['n']:g}; give 0 or more")
    return found


def _within(given: pl.DataFrame, size: pl.DataFrame) -> None:
    """No item may occur more often than its document has places."""
    beside = given.join(size.rename({"n": "size"}), on="doc_id", how="left", maintain_order="left")
    over = beside.filter(pl.col("size").is_null() | (pl.col("n") > pl.col("size")))
    if over.height:
        first = over.row(0, named=True)
        found = f"{first['item']!r} occurs {first['n']:g} times in document {first['doc_id']!r}"
        long = "which has no size" if first["size"] is None else f"whose size is {first['size']:g}"
        raise DiscourseError(f"table 'sizes': {found}, {long}; count sizes in places where an item can stand")
