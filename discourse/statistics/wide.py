"""Long tables of values as a matrix of documents by measures, in canonical order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.core.errors import DiscourseError


@dataclass(frozen=True)
class Wide:
    """Values of documents by measures, NaN where missing; documents sorted by id, measures in order of appearance.

    `group` and `cluster` number each document's group (`groups` are their names, sorted) and cluster.
    """

    doc_id: list[str]
    measures: list[str]
    values: npt.NDArray[np.float64]
    groups: list[str]
    group: npt.NDArray[np.intp]
    cluster: npt.NDArray[np.intp]


def wide(values: pl.DataFrame, groups: pl.DataFrame, clusters: pl.DataFrame | None = None) -> Wide:
    """The documents that have a group, with their values; a document without a cluster is one of its own.

    `values` has `doc_id, measure, value`; `groups` `doc_id, group`; `clusters` `doc_id, cluster`; null groups and
    clusters count as none. Raises `DiscourseError` for a missing column, or a document that stands twice.
    """
    _need(values, "values", ["doc_id", "measure", "value"])
    grouped = _once(groups, "groups", "group")
    if clusters is not None:
        grouped = grouped.join(_once(clusters, "clusters", "cluster"), on="doc_id", how="left", maintain_order="left")
    else:
        grouped = grouped.with_columns(pl.lit(None, pl.String).alias("cluster"))
    names = sorted(grouped["group"].unique())
    measures = values["measure"].unique(maintain_order=True).to_list()
    return Wide(
        doc_id=grouped["doc_id"].to_list(),
        measures=measures,
        values=_matrix(values, grouped["doc_id"], measures),
        groups=names,
        group=np.searchsorted(np.array(names, object), grouped["group"].to_numpy()).astype(np.intp),
        cluster=_numbered(grouped),
    )


def units_of(table: Wide, documents: npt.NDArray[np.intp]) -> npt.NDArray[np.int64]:
    """Of each measure, how many clusters there are among those of these documents that have a value."""
    unit = np.unique(table.cluster[documents], return_inverse=True)[1]
    there = ~np.isnan(table.values[documents])
    if len(documents) and unit.max() + 1 == len(documents):
        return there.sum(axis=0)
    return np.array([len(np.unique(unit[there[:, at]])) for at in range(there.shape[1])], dtype=np.int64)


def _matrix(values: pl.DataFrame, doc_id: pl.Series, measures: list[str]) -> npt.NDArray[np.float64]:
    rows = pl.DataFrame({"doc_id": doc_id}).with_row_index("_row")
    columns = pl.DataFrame({"measure": pl.Series(measures, dtype=pl.String)}).with_row_index("_column")
    cells = (
        values.select("doc_id", "measure", pl.col("value").cast(pl.Float64))
        .join(rows, on="doc_id")
        .join(columns, on="measure")
    )
    matrix = np.full((rows.height, columns.height), np.nan)
    row, column = cells["_row"].to_numpy(), cells["_column"].to_numpy()
    place = row.astype(np.int64) * max(columns.height, 1) + column
    if len(np.unique(place)) < len(place):
        first = cells.filter(cells.select("doc_id", "measure").is_duplicated()).row(0, named=True)
        raise DiscourseError(
            f"table 'values': document {first['doc_id']!r} has measure {first['measure']!r} twice; keep one row"
        )
    number = cells["value"].to_numpy().copy()
    number[~np.isfinite(number)] = np.nan
    matrix[row, column] = number
    return matrix


def _once(frame: pl.DataFrame, table: str, column: str) -> pl.DataFrame:
    _need(frame, table, ["doc_id", column])
    frame = frame.select("doc_id", pl.col(column).cast(pl.String)).drop_nulls().sort("doc_id")
    if (twice := frame.filter(pl.col("doc_id").is_duplicated())).height:
        raise DiscourseError(f"table {table!r}: document {twice['doc_id'][0]!r} stands twice; give it one {column}")
    return frame


def _need(frame: pl.DataFrame, table: str, columns: list[str]) -> None:
    for column in columns:
        if column not in frame.columns:
            raise DiscourseError(
                f"table {table!r}: column {column!r} is missing; it has {', '.join(frame.columns)}"
            )


def _numbered(grouped: pl.DataFrame) -> npt.NDArray[np.intp]:
    """A number for each cluster in order of name, and one of its own for each document without."""
    named = grouped["cluster"].rank("dense").fill_null(0).to_numpy().astype(np.intp)
    alone = named == 0
    named[alone] = named.max(initial=0) + 1 + np.arange(alone.sum())
    return named - 1 if len(named) else named
