"""Weights of the trained choices of this room."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from discourse.core.schema import ROLES

FOLDER = Path(__file__).parent


@cache
def antecedent_weights() -> dict[tuple[str, str], float]:
    """(kind of question, feature of a candidate) → what it weighs."""
    file = FOLDER / "antecedents.csv"
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        return {(row["kind"], row["feature"]): float(row["weight"]) for row in csv.DictReader(lines)}


@cache
def role_weights() -> dict[str, tuple[float, ...]]:
    """Feature of a speaker → what it weighs for each role, in the order of `ROLES`; empty text: the bias."""
    file = FOLDER / "roles.csv"
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["feature"]: tuple(float(row[role]) for role in ROLES) for row in csv.DictReader(lines)}
