"""Long tables from a few numbers."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest


@pytest.fixture
def table():
    """`table({"a": [1, 2], "b": [3, None]})` → values and groups: documents a0, a1, b0, b1 with the measure `m`."""

    def build(numbers: dict[str, Sequence[float | None]], measure: str = "m") -> tuple[pl.DataFrame, pl.DataFrame]:
        rows = [(f"{group}{i}", group, value) for group, values in numbers.items() for i, value in enumerate(values)]
        frame = pl.DataFrame(rows, schema={"doc_id": pl.String, "group": pl.String, "value": pl.Float64}, orient="row")
        values = frame.select("doc_id", pl.lit(measure).alias("measure"), "value")
        return values, frame.select("doc_id", "group")

    return build
