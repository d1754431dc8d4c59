"""Whose words fill the texts: attributed words by role and group."""

from __future__ import annotations

import altair as alt
import polars as pl

from discourse.core.polish import number
from discourse.core.schema import ROLES
from discourse.report.figures.base import (
    FIGURES,
    Figure,
    inline,
    label_extent,
    need,
    order,
    row_axis,
    row_step,
    wrapped,
)
from discourse.report.labels import ROLE_LABELS, Text, word
from discourse.report.palette import AUTHOR_COLOUR, INK, ROLE_COLOURS

#: Shares below this stand without their number, for which there is no room.
_LEAST_PRINTED = 0.045


@FIGURES.register("roles")
def roles(frame: pl.DataFrame, *, name: str, caption: Text, language: str = "pl") -> Figure:
    """A bar a group, divided by the share of its words that each role says; what is left is the author's.

    `frame`: one row a group and role, `group, role, share` (of all words of the group, 0 to 1).
    """
    need(frame, ["group", "role", "share"], "roles")
    rows = frame.select(
        pl.col("group").map_elements(lambda text: wrapped(text, 28), return_dtype=pl.String), "role",
        pl.col("share").fill_null(0.0).cast(pl.Float64))
    groups = order(rows, "group")
    left = rows.group_by("group", maintain_order=True).agg(
        pl.lit("author").alias("role"), (1 - pl.col("share").sum()).clip(0, 1).alias("share"))
    keys = [*(role for role in ROLES if role in set(order(rows, "role"))), "author"]
    ranks = pl.DataFrame({"role": keys, "rank": range(len(keys))})
    rows = pl.concat([rows, left]).join(ranks, on="role", how="inner").sort("rank", maintain_order=True)
    rows = rows.with_columns(
        pl.col("share").cum_sum().over("group").alias("end"),
        pl.col("role").replace_strict({key: ROLE_LABELS[key][language] for key in keys}),
        pl.col("share").map_elements(
            lambda v: f"{number(100 * v, 0, language)}%" if v >= _LEAST_PRINTED else "", return_dtype=pl.String
        ).alias("printed"),
        pl.col("role").is_in(["expert", "official", "organization", "anonymous"]).alias("dark"),
    ).with_columns((pl.col("end") - pl.col("share")).alias("start"), (pl.col("end") - pl.col("share") / 2).alias("mid"))
    names = [ROLE_LABELS[key][language] for key in keys]
    colours = [ROLE_COLOURS.get(key, AUTHOR_COLOUR) for key in keys]
    step = row_step(groups, 32)
    y = alt.Y("group:N", sort=groups, title=None, axis=row_axis(groups))
    base = alt.Chart(inline(rows))
    bars = base.mark_bar(height=step * 0.68, stroke="white", strokeWidth=0.8).encode(
        x=alt.X("start:Q", title=word("share", language), scale=alt.Scale(domain=[0, 1], nice=False),
                axis=alt.Axis(format="%", tickCount=5, grid=False)),
        x2="end:Q", y=y,
        color=alt.Color("role:N", sort=names, scale=alt.Scale(domain=names, range=colours),
                        legend=alt.Legend(title=None, columns=5, symbolType="square")))
    texts = base.mark_text(fontSize=10.5).encode(
        x="mid:Q", y=y, text="printed:N", color=alt.condition("datum.dark", alt.value("white"), alt.value(INK)))
    chart = alt.layer(bars, texts).properties(width=600 - label_extent(groups), height=step * len(groups))
    return Figure(name, chart, frame, caption, language)
