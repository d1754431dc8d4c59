"""One document among others: its percentile for each measure, overall and in each group."""

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
from discourse.report.labels import Text, word
from discourse.report.palette import INK, QUIET, RULE, series, shapes


@FIGURES.register("placement")
def placement(frame: pl.DataFrame, *, name: str, caption: Text, language: str = "pl", digits: int = 2,
              overall: str = "all") -> Figure:
    """The percentiles of one document, a row a measure, a sign a group, the value and overall percentile in print.

    `frame`: one row a measure and group, `label, group, value, percentile` (0 to 100; missing where the document has
    no value); optionally `family` (a panel each). The group `overall` (or a missing one) is all documents.
    """
    need(frame, ["label", "group", "value", "percentile"], "placement")
    everyone = word("all", language)
    rows = frame.with_columns(
        pl.col("label").map_elements(lambda text: wrapped(text, 38), return_dtype=pl.String),
        pl.col("family").fill_null("") if "family" in frame.columns else pl.lit("").alias("family"),
        pl.when(pl.col("group").is_null() | (pl.col("group") == overall)).then(pl.lit(everyone))
        .otherwise(pl.col("group")).alias("group"),
        pl.col("value").map_elements(lambda v: _printed(v, digits, language), return_dtype=pl.String,
                                     skip_nulls=False).alias("printed"),
        pl.col("percentile").map_elements(lambda v: number(v, 0, language), return_dtype=pl.String,
                                          skip_nulls=False).alias("centile"),
    )
    groups = [g for g in order(rows, "group") if g != everyone]
    labels, families = order(rows, "label"), order(rows, "family")
    charts = [_panel(rows.filter(pl.col("family") == family), family, groups, everyone, language, labels,
                     row_step(labels, 24), first=family == families[0], last=family == families[-1])
              for family in families]
    return Figure(name, alt.vconcat(*charts), frame, caption, language)


def _printed(value: float | None, digits: int, language: str) -> str:
    """The value with so many decimals; a whole number, such as a count, without."""
    return number(value, 0 if value is not None and float(value).is_integer() else digits, language)


def _panel(rows: pl.DataFrame, family: str, groups: list[str], everyone: str, language: str, every: list[str],
           step: int, first: bool, last: bool) -> alt.LayerChart:
    width, labels = 600 - label_extent(every) - 90, order(rows, "label")
    y = alt.Y("label:N", sort=labels, title=None, scale=alt.Scale(padding=0), axis=row_axis(every, grid=True))
    x = alt.X("percentile:Q", scale=alt.Scale(domain=[0, 100], nice=False), title=word("percentile", language)
              if last else None, axis=alt.Axis(values=[0, 25, 50, 75, 100], grid=False, labels=last, ticks=last))
    names = [everyone, *groups]
    scale = {"domain": names}
    colour = alt.Color("group:N", sort=names, scale=alt.Scale(range=[INK, *series(len(groups))], **scale),
                       legend=legend(names, 600 - label_extent(every)))
    shape = alt.Shape("group:N", sort=names, scale=alt.Scale(range=["circle", *shapes(len(groups) + 1)[1:]], **scale))
    base = alt.Chart(inline(rows))
    band = alt.Chart(alt.InlineData(values=[{"a": 25, "b": 75}])).mark_rect(color="#f1f1ef").encode(x="a:Q", x2="b:Q")
    middle = alt.Chart(alt.InlineData(values=[{"a": 50}])).mark_rule(color=RULE, strokeDash=[3, 3]).encode(x="a:Q")
    # two lanes a row: all documents above, the groups below, so that equal percentiles do not hide each other
    lanes = [step * 0.34, step * 0.66] if groups else [step / 2, step / 2]
    lane = alt.YOffset("lane:Q", scale=alt.Scale(domain=[0, 1], range=lanes))
    points = base.transform_calculate(lane=alt.expr.if_(alt.datum.group == everyone, 0, 1)).mark_point(
        filled=True, opacity=0.95, stroke="white", strokeWidth=0.7,
    ).encode(
        x=x, y=y, yOffset=lane, color=colour, shape=shape,
        size=alt.condition(alt.datum.group == everyone, alt.value(80), alt.value(48)))
    whole = base.transform_filter(alt.datum.group == everyone)
    layers = [band, middle, points]
    for at, field, heading in ((width + 48, "printed", "value"), (width + 108, "centile", "percentile")):
        layers.append(whole.mark_text(align="right", fontSize=10.5).encode(x=alt.value(at), y=y, text=f"{field}:N"))
        if first:
            layers.append(alt.Chart(alt.InlineData(values=[{}])).mark_text(
                align="right", fontSize=10, color=QUIET, text=word(heading, language)).encode(
                    x=alt.value(at), y=alt.value(-10)))
    return titled(alt.layer(*layers).properties(width=width, height=step * len(labels)), family)
