"""Parts of a corpus: documents chosen by metadata, time or chance; columns of groups made from other columns."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from discourse.core.errors import DiscourseError, nearest
from discourse.core.polish import collation


@dataclass(frozen=True)
class Selection:
    """Which documents of a corpus are meant; as it stands, all.

    `where` and `without` give the values of columns that a document must have, or must not. `since` and `until` bound
    the column `date` (ISO dates, both ends included; a year or a month stands for all its days). `number` or `share` of
    the documents are then drawn by chance: in proportion to the groups of the column `by`, or `each` of every group.
    """

    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    without: Mapping[str, Sequence[str]] = field(default_factory=dict)
    since: str | None = None
    until: str | None = None
    date: str = "date"
    number: int | None = None
    share: float | None = None
    each: int | None = None
    by: str | None = None


def select(documents: pl.DataFrame, selection: Selection, seed: int, where: str = "") -> pl.DataFrame:
    """The documents that the selection means, in their order.

    A document's chance depends on the seed and its id alone: adding others never exchanges those drawn before, it only
    pushes some out. Raises `DiscourseError` for a column or a value that no document has, and where none is left.
    """
    found = documents
    for column, values in [*selection.where.items(), *selection.without.items()]:
        _values(documents, column, values, where)
    for column, values in selection.where.items():
        found = found.filter(pl.col(column).is_in(list(values)))
    for column, values in selection.without.items():
        found = found.filter(~pl.col(column).is_in(list(values)).fill_null(False))
    if selection.since or selection.until:
        _column(documents, selection.date, where)
        day = pl.col(selection.date).str.slice(0, 10)
        # text of an ISO date: "2020-05" stands before "2020-05-01", and with "~" after it behind "2020-05-31"
        inside = day.is_not_null() & (day != "")
        inside &= day >= selection.since if selection.since else pl.lit(True)
        inside &= day <= f"{selection.until}~" if selection.until else pl.lit(True)
        found = found.filter(inside)
    if found.is_empty():
        raise DiscourseError(f"{_at(where)}no document is left by the filters")
    return _sample(found, selection, seed, where)


def grouped(documents: pl.DataFrame, name: str, column: str, groups: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """The documents with a column `name`: the group whose values hold the document's value in `column`, else null."""
    _column(documents, column, f"columns.{name}")
    for values in groups.values():
        _values(documents, column, values, f"columns.{name}")
    of = {value: group for group, values in groups.items() for value in values}
    return documents.with_columns(pl.col(column).replace_strict(of, default=None, return_dtype=pl.String).alias(name))


def spans(documents: pl.DataFrame, name: str, column: str, bounds: Mapping[str, str]) -> pl.DataFrame:
    """The documents with a column `name`: the group that begins last at or before the document's date in `column`."""
    _column(documents, column, f"columns.{name}")
    day = pl.col(column)
    group = pl.lit(None, pl.String)
    for label, since in sorted(bounds.items(), key=lambda item: item[1]):
        group = pl.when(day >= since).then(pl.lit(label)).otherwise(group)
    return documents.with_columns(pl.when(day.is_not_null() & (day != "")).then(group).alias(name))


def _sample(found: pl.DataFrame, selection: Selection, seed: int, where: str) -> pl.DataFrame:
    if selection.number is None and selection.share is None and selection.each is None:
        return found
    if selection.by is not None:
        _column(found, selection.by, where)
    group = pl.col(selection.by).fill_null("") if selection.by else pl.lit("")
    chances = [hashlib.sha256(f"{seed}\x1fsample\x1f{doc_id}".encode()).hexdigest() for doc_id in found["doc_id"]]
    ranked = found.select(group.alias("_group"), pl.Series("_chance", chances)).with_row_index("_at")
    sizes = dict(ranked.group_by("_group").len().sort("_group").iter_rows())
    wanted = _shares(sizes, selection)
    drawn = (
        ranked.sort("_group", "_chance")
        .filter(pl.int_range(pl.len()).over("_group") < pl.col("_group").replace_strict(wanted, return_dtype=pl.Int64))
        .sort("_at")
    )
    if drawn.is_empty():
        raise DiscourseError(f"{_at(where)}the sample is empty; draw more")
    return found[drawn["_at"].to_list()]


def _shares(sizes: dict[str, int], selection: Selection) -> dict[str, int]:
    """How many of each group: `each`, or the whole in proportion, what is left over to the largest remainders."""
    if selection.each is not None:
        return {name: min(size, selection.each) for name, size in sizes.items()}
    total = sum(sizes.values())
    number = selection.number if selection.number is not None else round((selection.share or 0) * total)
    number = min(number, total)
    exact = {name: number * size / total for name, size in sizes.items()}
    shares = {name: int(value) for name, value in exact.items()}
    order = sorted(sizes, key=lambda name: (shares[name] - exact[name], name))
    for name in order[: number - sum(shares.values())]:
        shares[name] += 1
    return shares


def _values(documents: pl.DataFrame, column: str, values: Sequence[str], where: str) -> None:
    _column(documents, column, where)
    known = documents[column].drop_nulls().unique().to_list()
    for value in values:
        if value not in known:
            close = nearest(value, known) if len(known) <= 40 or "did you" in nearest(value, known) else ""
            raise DiscourseError(f"{_at(where)}no document has {column} = {value!r}{close}")


def _column(documents: pl.DataFrame, column: str, where: str) -> None:
    if column not in documents.columns or column in ("text", "title"):
        known = sorted((c for c in documents.columns if c not in ("text", "title") and c[0] != "_"), key=collation)
        raise DiscourseError(f"{_at(where)}no document has the column {column!r}{nearest(column, known)}")


def _at(where: str) -> str:
    return f"{where}: " if where else ""
