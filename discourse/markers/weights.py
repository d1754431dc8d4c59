"""Trained models of ambiguous markers: their weights, and how likely each reading of a candidate is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

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


def probabilities(
    features: pl.DataFrame, names: pl.Series, weights: pl.DataFrame, meaning: np.ndarray | None = None
) -> pl.DataFrame:
    """One row a candidate and reading of its model: row, reading, probability.

    `features` (row, slot, value) are the candidates' features, `names` the model of each row, `meaning` (one row a
    candidate) the numbers that weights of the slot `MEANING` go with. The probability is the softmax of the summed
    weights over the model's readings; a reading without a fitting weight has the sum 0.
    """
    rows = pl.DataFrame({"row": pl.Series(np.arange(len(names)), dtype=pl.UInt32), "model": names})
    readings = weights.select("model", "reading").unique()
    bias = weights.filter(pl.col("slot") == "").select("model", "reading", bias="weight")
    known = weights.select("model", "slot", "value").unique()
    sums = (
        features.join(rows, on="row")
        .join(known, on=["model", "slot", "value"], how="semi")
        .join(weights, on=["model", "slot", "value"])
        .group_by("row", "reading")
        .agg(pl.col("weight").sum())
    )
    score = pl.sum_horizontal(pl.col("weight", "bias", "meant").fill_null(0.0))
    return (
        rows.join(readings, on="model")
        .join(bias, on=["model", "reading"], how="left")
        .join(sums, on=["row", "reading"], how="left")
        .join(_meant(names, weights, meaning), on=["row", "reading"], how="left")
        .sort("row", "reading")
        .select("row", "reading", score=score)
        .with_columns(probability=(pl.col("score") - pl.col("score").max().over("row")).exp())
        .select("row", "reading", pl.col("probability") / pl.col("probability").sum().over("row"))
    )


def _meant(names: pl.Series, weights: pl.DataFrame, meaning: np.ndarray | None) -> pl.DataFrame:
    """One row a candidate and reading: what its numbers add to the score."""
    frames = [pl.DataFrame(schema={"row": pl.UInt32, "reading": pl.String, "meant": pl.Float64})]
    told = weights.filter(pl.col("slot") == MEANING)
    for (name, reading), mine in sorted(told.group_by("model", "reading"), key=lambda x: x[0]):
        rows = np.flatnonzero((names == name).to_numpy())
        if meaning is not None and len(rows):
            place = mine["value"].cast(pl.Int64).to_numpy()
            sums = meaning[rows][:, place].astype(np.float64) @ mine["weight"].to_numpy()
            row = pl.Series("row", rows, dtype=pl.UInt32)
            frames.append(pl.DataFrame([row]).with_columns(reading=pl.lit(reading), meant=pl.Series(sums)))
    return pl.concat(frames)
