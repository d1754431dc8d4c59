"""What a classifier takes for what."""

from __future__ import annotations

import altair as alt
import polars as pl

from discourse.core.polish import number
from discourse.report.figures.base import (
    FIGURES,
    Figure,
    column_axis,
    column_labels,
    inline,
    need,
    order,
    row_axis,
    row_step,
    wrapped,
)
from discourse.report.labels import Text, word
from discourse.report.palette import INK, SHADE


@FIGURES.register("confusion")
def confusion(frame: pl.DataFrame, *, name: str, caption: Text, language: str = "pl") -> Figure:
    """A cell a pair of classes: the count, on the share of the true class that was so taken.

    `frame`: one row a pair, `actual, predicted, count`; pairs that are missing count nothing.
    """
    need(frame, ["actual", "predicted", "count"], "confusion")
    classes = list(dict.fromkeys([*order(frame, "actual"), *order(frame, "predicted")]))
    down, across = [wrapped(name, 16) for name in classes], column_labels(classes, 14)
    every = pl.DataFrame({"actual": classes}).join(pl.DataFrame({"predicted": classes}), how="cross")
    rows = every.join(
        frame.select("actual", "predicted", pl.col("count").cast(pl.Float64)), on=["actual", "predicted"], how="left",
        maintain_order="left",
    ).with_columns(pl.col("count").fill_null(0.0)).with_columns(
        (pl.col("count") / pl.col("count").sum().over("actual")).fill_nan(0.0).alias("share"),
        pl.col("count").map_elements(lambda v: number(v, 0, language), return_dtype=pl.String).alias("printed"),
        pl.col("actual").replace_strict(dict(zip(classes, down, strict=True))),
        pl.col("predicted").replace_strict(dict(zip(classes, across, strict=True))),
    )
    cell = max(46, min(72, 460 // len(classes)))
    x = alt.X("predicted:N", sort=across, title=word("predicted", language), axis=column_axis(across, cell))
    y = alt.Y("actual:N", sort=down, title=word("actual", language), axis=row_axis(down))
    base = alt.Chart(inline(rows))
    cells = base.mark_rect(stroke="white", strokeWidth=2).encode(
        x=x, y=y, color=alt.Color("share:Q", scale=alt.Scale(domain=[0, 1], range=SHADE), legend=None))
    texts = base.mark_text(fontSize=11).encode(
        x=x, y=y, text="printed:N", color=alt.condition(alt.datum.share > 0.5, alt.value("white"), alt.value(INK)))
    chart = alt.layer(cells, texts).properties(
        width=cell * len(classes), height=max(round(cell * 0.7), row_step(down)) * len(classes))
    return Figure(name, chart, frame, caption, language)
