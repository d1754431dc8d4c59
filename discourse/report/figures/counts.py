"""How many documents a corpus has, month by month and group by group."""

from __future__ import annotations

import altair as alt
import polars as pl

from discourse.report.figures.base import FIGURES, Figure, inline, legend, need
from discourse.report.labels import Text
from discourse.report.palette import series

_MOST = 8  # groups with a colour of their own; the rest are one
_LABELS = {"pl": ("dokumenty", "bez daty", "inne"), "en": ("documents", "no date", "other")}


@FIGURES.register("counts")
def counts(frame: pl.DataFrame, *, name: str, caption: Text, language: str = "pl") -> Figure:
    """A bar a month, cut into groups.

    `frame`: one row a month and group, `month` (`2021-02`, null where no day is known), `group`, `documents`.
    """
    need(frame, ["month", "group", "documents"], "counts")
    axis, undated, other = _LABELS[language]
    largest = frame.group_by("group").agg(pl.col("documents").sum())
    largest = largest.sort(["documents", "group"], descending=[True, False])
    names = largest["group"].drop_nulls().cast(pl.String).to_list()
    shown = names if len(names) <= _MOST else [*names[: _MOST - 1], other]
    rows = (
        frame.with_columns(
            pl.col("month").fill_null(undated),
            pl.when(pl.col("group").is_in(shown)).then("group").otherwise(pl.lit(other)).alias("group"),
        )
        .group_by("month", "group")
        .agg(pl.col("documents").sum())
        .sort("month", "group")
    )
    if rows.filter(pl.col("group") == other).height and other not in shown:
        shown = [*shown, other]
    months = sorted(set(rows["month"]) - {undated}) + ([undated] if undated in set(rows["month"]) else [])
    chart = (
        alt.Chart(inline(rows))
        .mark_bar()
        .encode(
            x=alt.X("month:N", title=None, sort=months, axis=alt.Axis(labelOverlap=True, labelAngle=-45)),
            y=alt.Y("sum(documents):Q", title=axis),
            color=alt.Color(
                "group:N", sort=shown, scale=alt.Scale(domain=shown, range=series(len(shown))),
                legend=legend(shown, 560),
            ),
        )
        .properties(width=560, height=240)
    )  # fmt: skip
    return Figure(name, chart, frame, caption, language)
