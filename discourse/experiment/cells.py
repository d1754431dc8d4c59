"""What a cell of a run's table was counted from: which documents, and what in them. Tables are told by their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from discourse.core.errors import DiscourseError, nearest, unknown
from discourse.statistics.contrast import REST


@dataclass(frozen=True)
class Cell:
    """A cell: its row and column, its value, and what is behind it.

    `kind` is `measure` (`name` is the measure), `markers`, `attributions` (their columns `having` these values), `item`
    (`name` counted as `of`), or `documents` (those of the table `source`, by its column `order`). `by` and `group` say
    which documents: of that group, of all others (`rest`), of all (`by` is empty), or the studied one (`study`).
    """

    table: str
    row: Mapping[str, Any]
    column: str | None
    kind: str
    name: str = ""
    by: str = ""
    group: str = ""
    rest: bool = False
    study: bool = False
    having: Mapping[str, str] = ()  # type: ignore[assignment]
    of: str = ""
    source: str = ""
    order: str = ""


def tables(folder: Path) -> list[str]:
    """The tables of a run."""
    return sorted(path.stem for path in (folder / "tables").glob("*.csv"))


def read_table(folder: Path, name: str) -> pl.DataFrame:
    """A table of the run as text; raises `DiscourseError` with the nearest name where there is none."""
    known = tables(folder)
    if name not in known:
        raise unknown("table", name, known, str(folder))
    return pl.read_csv(folder / "tables" / f"{name}.csv", infer_schema=False)


def find_row(frame: pl.DataFrame, row: str, table: str) -> dict[str, Any]:
    """The row of this number (from 1), or the one that has all of these texts (with commas) among its cells."""
    rows = frame.rows(named=True)
    if row.isdigit():
        if not 1 <= int(row) <= len(rows):
            raise DiscourseError(f"table {table!r} has {len(rows)} rows; there is no row {row}")
        return rows[int(row) - 1]
    wanted = [part.strip() for part in row.split(",")]
    found = [one for one in rows if set(wanted) <= {str(cell) for cell in one.values()}]
    if not found:
        known = {str(cell) for one in rows for cell in one.values() if cell is not None and not _is_number(str(cell))}
        hint = nearest(wanted[-1], known) if len(known) < 400 else ""
        raise DiscourseError(f"table {table!r} has no row {row!r}{hint}")
    if len(found) > 1:
        texts = [", ".join(str(c) for c in one.values() if c and not _is_number(str(c))) for one in found[:3]]
        many = f"{len(found)} rows {row!r}: {'; '.join(texts)}…"
        raise DiscourseError(f"table {table!r} has {many}; say more, or a number")
    return found[0]


def cell(
    frame: pl.DataFrame, table: str, row: Mapping[str, Any], column: str | None, settings: Mapping[str, Any]
) -> Cell:
    """What is behind the cell, or behind the whole row where no column is named.

    Raises `DiscourseError` for a column that is not there, and for a table of which nothing can be traced.
    """
    if column is not None and column not in frame.columns:
        raise unknown("column", column, frame.columns, f"table {table!r}")
    made = trace_of(table)
    if made is None:
        raise DiscourseError(f"table {table!r}: nothing is counted in it that could be shown; see its note")
    return made(Cell(table, row, column, ""), settings)


Resolve = Callable[[Cell, Mapping[str, Any]], Cell]


def trace_of(table: str) -> Resolve | None:
    """How cells of a table of this name are traced; None where they cannot be."""
    for pattern, resolve in _TABLES.items():
        if match := re.fullmatch(pattern, table):
            by = match.groupdict().get("by", "")
            return lambda one, settings: resolve(replace(one, by=by), settings)
    return None


def _measure(one: Cell, settings: Mapping[str, Any]) -> Cell:
    """A measure in a group: the column is the group, or the row names it."""
    group = one.row.get("group") or (one.column if one.column not in _PLAIN else "") or ""
    return replace(one, kind="measure", name=one.row["measure"], group=str(group))


def _headline(one: Cell, settings: Mapping[str, Any]) -> Cell:
    by = (settings.get("groups") or ["corpus"])[0]
    if one.column in (None, "group"):
        raise DiscourseError(f"table {one.table!r}: name a column, which is a measure")
    return replace(one, kind="measure", name=str(one.column), by=by, group=one.row["group"])


def _contrast(one: Cell, settings: Mapping[str, Any]) -> Cell:
    """The first group, or the second in its own columns."""
    second = (one.column or "").endswith("_b")
    group = str(one.row["group_b" if second else "group_a"])
    by = settings["contrasts"]["by"]
    if group == REST:
        return replace(one, kind="measure", name=one.row["measure"], by=by, group=str(one.row["group_a"]), rest=True)
    return replace(one, kind="measure", name=one.row["measure"], by=by, group=group)


def _place(one: Cell, settings: Mapping[str, Any]) -> Cell:
    """The studied document's own value; in a column of the others, theirs."""
    name = one.row["measure"]
    if one.column in ("median", "mad", "n"):
        by, group = str(one.row.get("by") or ""), str(one.row.get("group") or "")
        return replace(one, kind="measure", name=name, by="" if by == "all" else by, group="" if by == "all" else group)
    return replace(one, kind="measure", name=name, by="", study=True)


def _role(one: Cell, settings: Mapping[str, Any]) -> Cell:
    group = one.column if one.column not in (None, "role") else ""
    return replace(one, kind="measure", name=f"{one.row['role']}_share", group=str(group))


def _markers(one: Cell, settings: Mapping[str, Any]) -> Cell:
    return replace(one, kind="markers", having={name: one.row[name] for name in ("category", "marker")})


def _cues(one: Cell, settings: Mapping[str, Any]) -> Cell:
    having = {name: one.row[name] for name in ("verb", "verb_stance") if one.row[name] is not None}
    if one.column in ("expert", "official"):
        having["role"] = one.column
    return replace(one, kind="attributions", having=having)


def _own(one: Cell, settings: Mapping[str, Any]) -> Cell:
    """The studied document's speakers and attributions."""
    names = ("attribution",) if one.row.get("attribution") else ("speaker",)
    return replace(one, kind="attributions", study=True, having={name: one.row[name] for name in names})


def _keyness(one: Cell, settings: Mapping[str, Any]) -> Cell:
    asked = settings["keyness"]
    rest = (one.column or "").endswith("_b")
    group = one.row.get("group_a") or asked["target"]
    return replace(one, kind="item", name=one.row["item"], of=asked["of"], by=asked["by"], group=group, rest=rest)


def _corpora(one: Cell, settings: Mapping[str, Any]) -> Cell:
    return replace(one, kind="measure", name="words", by=one.row["by"], group=one.row["group"])


def _topics(one: Cell, settings: Mapping[str, Any]) -> Cell:
    return replace(one, kind="documents", source="topic-documents", having={"topic": one.row["topic"]}, order="share")


def _confusion(one: Cell, settings: Mapping[str, Any]) -> Cell:
    names = [name for name in ("model", "features", "class") if one.row.get(name)]
    having = {"actual" if name == "class" else name: one.row[name] for name in names}
    return replace(one, kind="documents", source="predictions", having=having)


#: Columns of wide tables that are no groups.
_PLAIN = (None, "measure", "family", "missing", "group", "mean", "low", "high", "sd", "n", "zeros", "min", "q1",
          "median", "q3", "max", "value")  # fmt: skip
_TABLES: Mapping[str, Resolve] = {
    r"measures-by-(?P<by>.+)-full": _measure,
    r"measures-by-(?P<by>.+)": _measure,
    r"headline": _headline,
    r"contrasts(-clear)?": _contrast,
    r"place(-.+)?": _place,
    r"roles-(?P<by>.+)": _role,
    r"markers": _markers,
    r"cues": _cues,
    r"study-(speakers|attributions)": _own,
    r"keyness(-first)?": _keyness,
    r"corpora": _corpora,
    r"topics": _topics,
    r"classifier|coefficients|predictions": _confusion,
}


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
