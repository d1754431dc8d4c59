"""Contrasts with their intervals, a row each (a forest plot)."""

from __future__ import annotations

import altair as alt
import polars as pl

from discourse.core.polish import number
from discourse.report.figures.base import (
    FIGURES,
    Figure,
    inline,
    label_extent,
    legend,
    need,
    order,
    row_axis,
    row_step,
    titled,
    wrapped,
)
from discourse.report.labels import Text
from discourse.report.palette import QUIET, RULE, series, shapes


@FIGURES.register("intervals")
def intervals(frame: pl.DataFrame, *, name: str, caption: Text, language: str = "pl", axis: str = "",
              digits: int = 2, zero: float | None = 0.0) -> Figure:
    """Estimates with intervals, a row each; hollow where the interval holds `zero` (no difference).

    `frame`: one row an estimate, `label, estimate, low, high`; optionally `panel` (rows of one unit, with an axis of
    their own) and `series` (several estimates in a row, in colours and shapes). Order is the frame's.
    """
    need(frame, ["label", "estimate", "low", "high"], "intervals")
    rows = frame.with_columns(
        pl.col("label").map_elements(lambda text: wrapped(text, 34), return_dtype=pl.String),
        pl.col("panel").fill_null("") if "panel" in frame.columns else pl.lit("").alias("panel"),
        pl.col("series").fill_null("") if "series" in frame.columns else pl.lit("").alias("series"),
        (((pl.col("low") <= zero) & (pl.col("high") >= zero)) if zero is not None else pl.lit(False)).alias("hollow"),
        pl.struct("estimate", "low", "high").map_elements(
            lambda r: f"{number(r['estimate'], digits, language)} [{number(r['low'], digits, language)}; "
                      f"{number(r['high'], digits, language)}]", return_dtype=pl.String).alias("printed"),
    )
    names, labels, panels = order(rows, "series"), order(rows, "label"), order(rows, "panel")
    step = row_step(labels, 22 if len(names) == 1 else 15 * len(names) + 6)
    charts = [_panel(rows.filter(pl.col("panel") == panel), panel, names, axis if panel == panels[-1] else "",
                     labels, step, zero) for panel in panels]
    return Figure(name, alt.vconcat(*charts), frame, caption, language)


def _panel(rows: pl.DataFrame, title: str, names: list[str], axis: str, labels: list[str],
           step: int, zero: float | None) -> alt.LayerChart:
    width = 600 - label_extent(labels) - 130
    y = alt.Y("label:N", sort=order(rows, "label"), title=None, axis=row_axis(labels, grid=True))
    dodge = alt.YOffset("series:N", sort=names, scale=alt.Scale(paddingOuter=0.25))
    offset = dodge if len(names) > 1 else alt.Undefined
    colour = alt.Color("series:N", sort=names, scale=alt.Scale(domain=names, range=series(len(names))),
                       legend=legend(names, 600 - label_extent(labels)))
    base = alt.Chart(inline(rows))
    lines = base.mark_rule(strokeWidth=1.6).encode(
        x=alt.X("low:Q", title=axis or None, axis=alt.Axis(tickCount=5, grid=False)), x2="high:Q", y=y,
        yOffset=offset, color=colour)
    points = base.mark_point(size=60, strokeWidth=1.6, opacity=1).encode(
        x="estimate:Q", y=y, yOffset=offset, color=colour,
        fill=alt.condition("datum.hollow", alt.value("white"), colour),
        shape=alt.Shape("series:N", sort=names, scale=alt.Scale(domain=names, range=shapes(len(names))), legend=None))
    texts = base.mark_text(align="left", fontSize=10.5, color=QUIET).encode(
        x=alt.value(width + 12), y=y, yOffset=offset, text="printed:N")
    layers = [lines, points, texts]
    if zero is not None:
        layers.insert(0, alt.Chart(alt.InlineData(values=[{"zero": zero}])).mark_rule(
            color=RULE, strokeDash=[3, 3]).encode(x="zero:Q"))
    return titled(alt.layer(*layers).properties(width=width, height=step * rows["label"].n_unique()), title)
