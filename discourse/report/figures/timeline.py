"""A measure through time."""

from __future__ import annotations

import altair as alt
import polars as pl

from discourse.report.figures.base import FIGURES, Figure, inline, legend, need, order
from discourse.report.labels import Text
from discourse.report.palette import series, shapes


@FIGURES.register("timeline")
def timeline(frame: pl.DataFrame, *, name: str, caption: Text, language: str = "pl", axis: str = "") -> Figure:
    """A line a series through time, with a band where the frame has intervals.

    `frame`: one row a point, `date` (a date), `value`; optionally `series`, `low`, `high`.
    """
    need(frame, ["date", "value"], "timeline")
    rows = frame.with_columns(
        pl.col("date").cast(pl.Date).dt.to_string("%Y-%m-%d"),
        pl.col("series").fill_null("") if "series" in frame.columns else pl.lit("").alias("series"))
    names = order(rows, "series")
    colour = alt.Color("series:N", sort=names, scale=alt.Scale(domain=names, range=series(len(names))),
                       legend=legend(names, 560))
    # Months as numbers: the names of months would need a second locale, and years are read as quickly.
    x = alt.X("utcyearmonthdate(date):T", title=None, axis=alt.Axis(format="%m.%Y", grid=False, labelOverlap=True),
              scale=alt.Scale(type="utc"))
    base = alt.Chart(inline(rows))
    layers = [
        base.mark_line(strokeWidth=1.8).encode(x=x, y=alt.Y("value:Q", title=axis or None), color=colour),
        base.mark_point(filled=True, size=40, opacity=1).encode(
            x=x, y="value:Q", color=colour,
            shape=alt.Shape("series:N", sort=names, scale=alt.Scale(domain=names, range=shapes(len(names))))),
    ]
    if "low" in rows.columns and "high" in rows.columns:
        layers.insert(0, base.mark_area(opacity=1, fillOpacity=0.15).encode(x=x, y="low:Q", y2="high:Q", color=colour))
    return Figure(name, alt.layer(*layers).properties(width=560, height=240), frame, caption, language)
