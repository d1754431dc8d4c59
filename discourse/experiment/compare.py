"""Two tables, two records: where they differ, in a few words."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from discourse.core.errors import DiscourseError

#: What is measured of the machine, and what only says how the run went.
PASSING = ("machine", "workers", "started", "seconds", "peak_memory_mb", "steps", "outputs")


@dataclass(frozen=True)
class Cells:
    """How two tables differ: rows and columns that one alone has, and cells that are other in those they share."""

    only_one: list[str]
    only_other: list[str]
    cells: int
    changed: int
    largest: float | None  # of the changed numbers, |a − b| / max(|a|, |b|)
    example: str

    def __str__(self) -> str:
        parts = []
        for rows, where in ((self.only_one, "gone"), (self.only_other, "new")):
            if rows:
                parts.append(f"{len(rows)} {where}: {', '.join(rows[:3])}{', …' if len(rows) > 3 else ''}")
        if self.changed:
            size = f", by at most {100 * self.largest:.3g}%" if self.largest is not None else ""
            parts.append(f"{self.changed} of {self.cells} cells{size}; {self.example}")
        return "; ".join(parts) or "only their form differs"


def record(folder: Path) -> dict[str, Any]:
    """The record of a run; raises `DiscourseError` where the folder is none."""
    path = folder / "run.json" if folder.is_dir() else folder
    try:
        found = json.loads(path.read_bytes())
        if isinstance(found, dict) and {"settings", "outputs", "sources"} <= set(found):
            return found
    except (OSError, ValueError):
        pass
    if points := sorted(file.parent.name for file in folder.glob("*/run.json")):
        more = f" and {len(points) - 3} more" if len(points) > 3 else ""
        raise DiscourseError(f"{folder}: holds the runs of a sweep; name one: {', '.join(points[:3])}{more}")
    raise DiscourseError(f"{folder}: no run there; name the folder of a run, which holds a run.json")


def cells(one: bytes, other: bytes) -> Cells:
    """Where two CSV tables differ. Rows are matched by their texts, where these tell them apart, else by order."""
    a, b = (pl.read_csv(io.BytesIO(text), infer_schema=False) if text else pl.DataFrame() for text in (one, other))
    shared = [column for column in a.columns if column in b.columns]
    gone = [f"column {column}" for column in a.columns if column not in b.columns]
    new = [f"column {column}" for column in b.columns if column not in a.columns]
    keys = _keys(a, b, shared)
    rows_a, rows_b = (_rows(frame, keys) for frame in (a.select(shared), b.select(shared)))
    gone += [_row(key, keys) for key in rows_a if key not in rows_b]
    new += [_row(key, keys) for key in rows_b if key not in rows_a]
    changed, largest, example, total = 0, None, "", 0
    for key in rows_a:
        if key not in rows_b:
            continue
        for column, x, y in zip(shared, rows_a[key], rows_b[key], strict=True):
            total += 1
            if x == y:
                continue
            changed += 1
            step = _relative(x, y)
            if not example or (step is not None and step > (largest or 0)):
                example = f"{_row(key, keys)}, {column}: {x if x is not None else '–'} → {y if y is not None else '–'}"
            if step is not None:
                largest = max(largest or 0.0, step)
    return Cells(gone, new, total, changed, largest, example)


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Place in the records → its two values, where they differ in what results depend on."""
    a, b = (_flat({key: value for key, value in each.items() if key not in PASSING}) for each in (one, other))
    return {place: (a.get(place), b.get(place)) for place in sorted({*a, *b}) if a.get(place) != b.get(place)}


def first_step(one: Mapping[str, Any], other: Mapping[str, str]) -> str | None:
    """The first step of a record whose output is other than in `other` (step → digest)."""
    for step in one.get("steps", []):
        if step["step"] in other and other[step["step"]] != step["output"]:
            return str(step["step"])
    return None


def _flat(value: Any, place: str = "") -> dict[str, Any]:
    if isinstance(value, Mapping):
        items = [(str(name), inner) for name, inner in value.items()]
    elif isinstance(value, list) and value and all(isinstance(one, Mapping) and "name" in one for one in value):
        items = [(str(one["name"]), one) for one in value]
    else:
        return {place: value}
    return {full: leaf for name, inner in items for full, leaf in _flat(inner, f"{place}.{name}".strip(".")).items()}


def _keys(a: pl.DataFrame, b: pl.DataFrame, shared: list[str]) -> list[str]:
    """Columns of text whose values tell the rows of both tables apart; none where they do not."""
    texts = [column for column in shared if not _numeric(a[column]) and not _numeric(b[column])]
    if not texts or any(frame.select(texts).is_duplicated().any() for frame in (a, b)):
        return []
    return texts


def _numeric(column: pl.Series) -> bool:
    return column.cast(pl.Float64, strict=False).null_count() == column.null_count()


def _rows(frame: pl.DataFrame, keys: list[str]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    names = frame.select(keys).rows() if keys else [(at,) for at in range(1, frame.height + 1)]
    return dict(zip(names, frame.rows(), strict=True))


def _row(key: tuple[Any, ...], keys: list[str]) -> str:
    return " · ".join(str(part) for part in key if part is not None) if keys else f"row {key[0]}"


def _relative(x: str | None, y: str | None) -> float | None:
    try:
        a, b = float(x or ""), float(y or "")
    except ValueError:
        return None
    return abs(a - b) / max(abs(a), abs(b)) if a != b else 0.0
