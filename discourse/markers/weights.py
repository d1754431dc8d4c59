"""Trained models of ambiguous markers: their weights, and how likely each reading of a candidate is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path

import numpy as np
import polars as pl

from discourse.markers.clause import Feature

FILE = Path(__file__).parent / "weights" / "markers.csv"

#: One row a weight: the model, the reading that it speaks for, the feature.
SCHEMA: dict[str, type[pl.DataType]] = {
    "model": pl.String,
    "reading": pl.String,
    "slot": pl.String,
    "value": pl.String,
    "weight": pl.Float64,
}


#: The slot of the weights of numbers: the value is the number's place.
MEANING = "~"


@cache
def shipped() -> pl.DataFrame:
    """One row a weight of the models that come with the package (`SCHEMA`)."""
    if not FILE.exists():
        return pl.DataFrame(schema=SCHEMA)
    return pl.read_csv(FILE, schema=SCHEMA).with_columns(pl.col("slot", "value").fill_null(""))


def models(weights: pl.DataFrame) -> list[str]:
    """The names of the models, sorted."""
    return sorted(weights["model"].unique().to_list())


@dataclass(frozen=True)
class Model:
    """Weights of one model: one row a feature, one column a reading; the first row is of no feature."""

    readings: list[str]
    row: dict[Feature, int]
    weights: np.ndarray
    bias: np.ndarray
    meaning: np.ndarray  # one column a reading; no rows where the model looks at no numbers

    def scores(self, features: Sequence[Sequence[Feature]], meaning: np.ndarray | None) -> np.ndarray:
        """One row a candidate, one column a reading: the sum of what speaks for it."""
        rows = [number for seen in features for number in (0, *map(self.row.get, seen, repeat(0)))]
        begins = np.cumsum([0, *(len(seen) + 1 for seen in features[:-1])])
        sums = self.bias + np.add.reduceat(self.weights[rows], begins)
        told = len(self.meaning)
        return sums if meaning is None or not told else sums + meaning[:, :told] @ self.meaning


def probabilities(
    features: Sequence[Sequence[Feature]], names: pl.Series, weights: pl.DataFrame, meaning: np.ndarray | None = None
) -> pl.DataFrame:
    """One row a candidate and reading of its model: row, reading, probability.

    `features` (slot, value) are those of each candidate, `names` their models, `meaning` (one row a candidate) the
    numbers that weights of the slot `MEANING` go with. The probability is the softmax of the summed weights over the
    model's readings; a reading without a fitting weight has the sum 0.
    """
    known = _known(weights) if weights is not shipped() else _shipped()
    frames = [pl.DataFrame(schema={"row": pl.UInt32, "reading": pl.String, "probability": pl.Float64})]
    for name in names.unique().sort():
        model = known.get(name)
        rows = np.flatnonzero((names == name).to_numpy())
        if model is None:
            continue
        numbers = None if meaning is None else meaning[rows].astype(np.float64)
        score = model.scores([features[row] for row in rows.tolist()], numbers)
        raised = np.exp(score - score.max(axis=1, keepdims=True))
        likely = raised / raised.sum(axis=1, keepdims=True)
        size = len(model.readings)
        frames.append(pl.DataFrame({
            "row": np.repeat(rows, size).astype(np.uint32), "reading": model.readings * len(rows),
            "probability": likely.ravel(),
        }))  # fmt: skip
    return pl.concat(frames).sort("row", "reading")


@cache
def _shipped() -> dict[str, Model]:
    return _known(shipped())


def _known(weights: pl.DataFrame) -> dict[str, Model]:
    """The models by name."""
    return {str(name): _model(mine) for (name,), mine in weights.group_by("model")}


def _model(table: pl.DataFrame) -> Model:
    readings = sorted(table["reading"].unique())
    column = {reading: number for number, reading in enumerate(readings)}
    row: dict[Feature, int] = {}
    bias = np.zeros(len(readings))
    numbers = table.filter(pl.col("slot") == MEANING)["value"].cast(pl.Int64)
    meaning = np.zeros((int(numbers.max()) + 1 if len(numbers) else 0, len(readings)))  # type: ignore[arg-type]
    cells: list[tuple[int, int, float]] = []
    for reading, slot, value, weight in table.select("reading", "slot", "value", "weight").iter_rows():
        if slot == "":
            bias[column[reading]] = weight
        elif slot == MEANING:
            meaning[int(value), column[reading]] = weight
        else:
            cells.append((row.setdefault((slot, value), len(row) + 1), column[reading], weight))
    known = np.zeros((len(row) + 1, len(readings)))
    for feature, reading, weight in cells:
        known[feature, reading] = weight
    return Model(readings, row, known, bias, meaning)
