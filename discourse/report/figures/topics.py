"""Topics: their top words, and how much of each group they fill."""

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
    label_extent,
    need,
    order,
    row_axis,
    row_step,
    wrapped,
)
from discourse.report.labels import Text, word
from discourse.report.palette import INK, SHADE


@FIGURES.register("topics")
def topics(frame: pl.DataFrame, *, name: str, caption: Text, language: str = "pl", top: int = 8) -> Figure:
    """A row a topic with its `top` words, a column a group, a cell the topic's share in the group.

    `frame`: one row a topic and group, `topic, words` (most typical first, a list or joined by blanks or commas),
    `group, share` (0 to 1).
    """
    need(frame, ["topic", "words", "group", "share"], "topics")
    names = order(frame, "group")
    words = pl.col("words").list.join(" ") if isinstance(frame.schema["words"], pl.List) else pl.col("words")
    rows = frame.with_columns(
        (pl.col("topic").cast(pl.String) + " · "
         + words.str.replace_all(",", " ").str.extract_all(r"\S+").list.head(top).list.join(", "))
        .map_elements(_two_lines, return_dtype=pl.String).alias("label"),
        pl.col("group").replace_strict(dict(zip(names, column_labels(names, 12), strict=True))),
        pl.col("share").map_elements(lambda v: f"{number(100 * v, 0, language)}%", return_dtype=pl.String)
        .alias("printed"),
    )
    labels, groups = order(rows, "label"), order(rows, "group")
    extent, most = label_extent(labels), max(1e-9, *rows["share"].fill_nan(None).drop_nulls().to_list())
    width = max(min(600 - extent, 82 * len(groups)), 44 * len(groups))
    x = alt.X("group:N", sort=groups, title=None, axis=column_axis(groups, width / len(groups)))
    y = alt.Y("label:N", sort=labels, title=None, axis=row_axis(labels))
    base = alt.Chart(inline(rows))
    cells = base.mark_rect(stroke="white", strokeWidth=2).encode(
        x=x, y=y, color=alt.Color("share:Q", title=word("prevalence", language),
                                  scale=alt.Scale(domain=[0, most], range=SHADE), legend=None))
    texts = base.mark_text(fontSize=10.5).encode(
        x=x, y=y, text="printed:N",
        color=alt.condition(alt.datum.share > 0.55 * most, alt.value("white"), alt.value(INK)))
    chart = alt.layer(cells, texts).properties(
        width=width, height=row_step(labels, 26) * len(labels))
    return Figure(name, chart, frame, caption, language)


def _two_lines(text: str) -> str:
    """The label on at most two lines, for a third would touch the row below."""
    width = 44
    while wrapped(text, width).count("\n") > 1:
        width += 4
    return wrapped(text, width)
