"""The distribution of a measure over the documents of each group."""

from __future__ import annotations

import altair as alt
import numpy as np
import polars as pl

from discourse.core.seeds import stream
from discourse.report.figures.base import (
    FIGURES,
    Figure,
    inline,
    label_extent,
    need,
    order,
    row_axis,
    row_step,
    titled,
    wrapped,
)
from discourse.report.labels import Text
from discourse.report.palette import INK, series

#: Documents drawn as points a group; of more, as many are taken at even ranks, which keeps the shape.
MOST_POINTS = 150


@FIGURES.register("distribution")
def distribution(frame: pl.DataFrame, *, name: str, caption: Text, language: str = "pl", axis: str = "") -> Figure:
    """A strip of documents and a box (quartiles, median; whiskers from the 5th to the 95th percentile) a group.

    `frame`: one row a document and measure, `group, value`; optionally `panel` (a measure each, with its own axis).
    Missing values are not drawn. Groups with more than `MOST_POINTS` documents show as many, at even ranks.
    """
    need(frame, ["group", "value"], "distribution")
    rows = frame.with_columns(
        pl.col("group").map_elements(lambda text: wrapped(text, 28), return_dtype=pl.String),
        pl.col("panel").fill_null("") if "panel" in frame.columns else pl.lit("").alias("panel"),
    ).filter(pl.col("value").is_finite())
    need(rows, ["value"], "distribution")
    groups, panels = order(rows, "group"), order(rows, "panel")
    charts = [_panel(rows.filter(pl.col("panel") == panel), panel, groups, axis if panel == panels[-1] else "")
              for panel in panels]
    return Figure(name, alt.vconcat(*charts), frame, caption, language)


def _panel(rows: pl.DataFrame, title: str, groups: list[str], axis: str) -> alt.LayerChart:
    step = row_step(groups, 34)
    y = alt.Y("group:N", sort=groups, title=None, scale=alt.Scale(domain=groups, padding=0), axis=row_axis(groups))
    colour = alt.Color("group:N", sort=groups, scale=alt.Scale(domain=groups, range=series(len(groups))), legend=None)
    x = alt.X("value:Q", title=axis or None, scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(tickCount=6))
    points = alt.Chart(inline(_points(rows, title))).mark_circle(size=13, opacity=0.45).encode(
        x=x, y=y, yOffset=alt.YOffset("jitter:Q", scale=alt.Scale(domain=[-1, 1], range=[step * 0.22, step * 0.78])),
        color=colour)
    quantiles = {"low": 0.05, "q1": 0.25, "median": 0.5, "q3": 0.75, "high": 0.95}
    boxes = rows.group_by("group", maintain_order=True).agg(
        pl.col("value").quantile(q, "linear").alias(column) for column, q in quantiles.items())
    base = alt.Chart(inline(boxes))
    whisker = base.mark_rule(color=INK, strokeWidth=1).encode(x="low:Q", x2="high:Q", y=y)
    box = base.mark_bar(height=step * 0.42, fill="white", fillOpacity=0.55, stroke=INK, strokeWidth=1).encode(
        x="q1:Q", x2="q3:Q", y=y)
    median = base.mark_tick(color=INK, thickness=2.4, size=step * 0.42).encode(x="median:Q", y=y)
    layers = alt.layer(points, whisker, box, median)
    return titled(layers.properties(width=600 - label_extent(groups), height=step * len(groups)), title)


def _points(rows: pl.DataFrame, panel: str) -> pl.DataFrame:
    parts = []
    for (group,), part in rows.select("group", "value").group_by("group", maintain_order=True):
        ordered = part.sort("value")
        if ordered.height > MOST_POINTS:
            ordered = ordered[np.linspace(0, ordered.height - 1, MOST_POINTS).round().astype(int).tolist()]
        jitter = stream(0, "figure", panel, group).uniform(-1, 1, ordered.height)
        parts.append(ordered.with_columns(pl.Series("jitter", jitter.round(3))))
    return pl.concat(parts)
