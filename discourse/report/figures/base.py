"""What every kind of figure shares: the `Figure`, its look, its files."""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import altair as alt
import polars as pl
import vl_convert

from discourse.core.csv import csv_text
from discourse.core.errors import DiscourseError
from discourse.core.files import write_bytes
from discourse.core.registry import Registry
from discourse.report.labels import Text
from discourse.report.palette import GRID, INK, PAPER, QUIET, RULE


class Figures(Registry[Callable[..., "Figure"]]):
    """Kinds of figures by name: functions from a frame (and keywords) to a `Figure`, which remembers how it was asked
    for, so that it can be kept as data and drawn again."""

    def register(self, name: str) -> Callable[[Callable[..., Figure]], Callable[..., Figure]]:
        """A decorator that files the function under `name`."""

        def file(draw: Callable[..., Figure]) -> Callable[..., Figure]:
            @functools.wraps(draw)
            def drawn(frame: pl.DataFrame, **options: Any) -> Figure:
                return replace(draw(frame, **options), kind=name, options=options, data=frame)

            super(Figures, self).register(name)(drawn)
            return drawn

        return file


FIGURES = Figures("figure")

#: The sans serif that vl-convert carries along, so that every machine draws the same; browsers have its metric twins.
FONT = "Liberation Sans, Arimo, Arial, Helvetica, sans-serif"
#: Pixels of the PNG to one unit of the drawing: 300 dots an inch where 640 units are printed 16 cm wide.
_SCALE = 3
_LOCALES: Mapping[str, Mapping[str, object]] = {
    "pl": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", "\u00a0zł"], "minus": "−"},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["$", ""], "minus": "−"},
}


@dataclass(frozen=True)
class Figure:
    """A chart, the frame it was drawn from, and its caption; `language` is that of the labels in the chart.

    `kind` and `options` say how it was asked for; `drawing` is its SVG, where that has been drawn before.
    """

    name: str
    chart: alt.TopLevelMixin
    data: pl.DataFrame
    caption: Text
    language: str = "pl"
    kind: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    drawing: str | None = None

    def spec(self) -> dict[str, Any]:
        """The chart as Vega-Lite with the house's look, self-contained."""
        spec = copy.deepcopy(self.chart.to_dict())
        spec["config"] = look(self.language)
        spec["background"] = PAPER
        spec["padding"] = 8
        return spec


def svg(figure: Figure) -> str:
    """The figure as SVG, its ids named after it, so that several may stand on one page."""
    if figure.drawing is not None:
        return figure.drawing
    text: str = vl_convert.vegalite_to_svg(figure.spec(), allowed_base_urls=[])
    # vl-convert counts clip paths on from call to call: renumbered here, or the same figure would differ.
    prefix = re.sub(r"[^A-Za-z0-9]+", "-", figure.name)
    names: dict[str, str] = {}

    def rename(match: re.Match[str]) -> str:
        return names.setdefault(match[0], f"{prefix}-{match[1]}{len(names)}")

    return re.sub(r"(?:(?<=\bid=\")|(?<=url\(#))(clip|gradient_)\d+", rename, text)


def write_figure(figure: Figure, folder: Path) -> list[Path]:
    """The paths of `<name>.svg`, `.png` and `.csv` (the figure's data) in the folder, each written whole."""
    return [write_bytes(folder / name, data) for name, data in figure_files(figure).items()]


def figure_files(figure: Figure) -> dict[str, bytes]:
    """The figure's files by name: `<name>.svg`, `.png`, `.pdf`, `.html` (interactive) and `.csv` (its data).

    The interactive page runs the script of `figure_script`, which stands beside it as `vega.js`.
    """
    from discourse.report.figures.forms import interactive, pdf

    drawing = svg(figure)
    png: bytes = vl_convert.svg_to_png(drawing, scale=_SCALE)
    return {
        f"{figure.name}.pdf": pdf(drawing),
        f"{figure.name}.html": interactive(figure).encode(),
        f"{figure.name}.svg": drawing.encode(),
        f"{figure.name}.png": png,
        f"{figure.name}.csv": csv_text(figure.data).encode(),
    }


def look(language: str) -> dict[str, Any]:
    """Vega-Lite configuration: one font, thin rules, numbers of the language."""
    axis = {
        "labelFont": FONT, "titleFont": FONT, "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal",
        "labelColor": INK, "titleColor": QUIET, "domainColor": RULE, "tickColor": RULE, "gridColor": GRID,
        "gridWidth": 0.75, "tickWidth": 0.75, "domainWidth": 0.75, "labelLimit": 0, "titlePadding": 8,
        "labelPadding": 5, "labelFlush": False,
    }
    return {
        "locale": {"number": _LOCALES[language]},
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "header": {
            "labelFont": FONT, "titleFont": FONT, "labelFontSize": 11.5, "labelFontWeight": "bold", "labelColor": INK,
            "labelLimit": 0, "labelPadding": 6, "title": None,
        },
        "legend": {
            "labelFont": FONT, "titleFont": FONT, "labelFontSize": 11, "titleFontSize": 11, "labelColor": INK,
            "titleColor": QUIET, "titleFontWeight": "normal", "labelLimit": 0, "orient": "top",
            "direction": "horizontal", "symbolSize": 90, "columnPadding": 14, "offset": 12,
        },
        "text": {"font": FONT, "fontSize": 11, "color": INK},
        "title": {"font": FONT, "fontSize": 12, "color": INK, "anchor": "start", "subtitleColor": QUIET},
        "concat": {"spacing": 12},
        "facet": {"spacing": 14},
    }


def need(frame: pl.DataFrame, columns: Sequence[str], kind: str) -> pl.DataFrame:
    """The same frame; raises `DiscourseError` where it has no row or lacks a column that the kind draws."""
    for column in columns:
        if column not in frame.columns:
            raise DiscourseError(
                f"figure {kind!r}: column {column!r} is missing; the frame has {', '.join(frame.columns)}")
    if frame.is_empty():
        raise DiscourseError(f"figure {kind!r}: there is no row to draw")
    return frame


def inline(frame: pl.DataFrame) -> alt.InlineData:
    """The frame's rows inside the chart; missing and infinite numbers become null."""
    floats = [c for c, t in frame.schema.items() if t.is_float()]
    finite = frame.with_columns(pl.when(pl.col(c).is_finite()).then(pl.col(c)).alias(c) for c in floats)
    return alt.InlineData(values=finite.to_dicts())


def order(frame: pl.DataFrame, column: str) -> list[str]:
    """The column's values in order of first appearance: the caller's order is the figure's."""
    return [str(v) for v in frame.get_column(column).unique(maintain_order=True).to_list() if v is not None]


def wrapped(text: str, width: int) -> str:
    """The text broken into lines of about `width` characters (for `labelExpr: split(…)`), no word cut.

    A word of one letter (*i, w, z*) stays with the next one, as Polish typesetting wants.
    """
    lines: list[str] = []
    for piece in re.sub(r"(?<!\S)([^\W\d_]) (?=\S)", "\\1\u00a0", text).split(" "):
        if lines and len(lines[-1]) + 1 + len(piece) <= width:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return "\n".join(lines)


def label_extent(labels: Sequence[str]) -> int:
    """The width that an axis needs for these (wrapped) labels; fixed, so that panels stand exactly under each other."""
    longest = max((len(line) for label in labels for line in label.split("\n")), default=0)
    return round(longest * 5.7) + 10


def row_step(labels: Sequence[str], least: int = 22) -> int:
    """The height of a row that holds the tallest of these (wrapped) labels."""
    lines = max((label.count("\n") + 1 for label in labels), default=1)
    return max(least, 13 * lines + 5)


def row_axis(labels: Sequence[str], **properties: Any) -> alt.Axis:
    """The axis of rows with these (wrapped) labels, of fixed width, without ticks and line."""
    extent = label_extent(labels)
    # A label of two lines is centred on its row when the first line stands on the middle.
    two = {"condition": {"test": "length(split(datum.value, '\\n')) > 1", "value": "line-bottom"}, "value": "middle"}
    return alt.Axis(labelExpr=_BROKEN, labelBaseline=two, minExtent=extent, maxExtent=extent, ticks=False,
                    domain=False, **properties)


def column_axis(labels: Sequence[str], width: float) -> alt.Axis:
    """The axis of columns of this width with these labels (of `column_labels`) above a grid of cells.

    Where a label is wider than its column, all are slanted.
    """
    if max((len(line) for label in labels for line in label.split("\n")), default=0) * 6.2 > width:
        return alt.Axis(orient="top", labelExpr="replace(datum.label, /\\n+/g, ' ')", labelAngle=-35, labelAlign="left",
                        labelBaseline="middle", ticks=False, domain=False, labelPadding=6, labelLimit=400)
    lines = max((label.count("\n") + 1 for label in labels), default=1)
    return alt.Axis(orient="top", labelExpr=_BROKEN, labelAngle=0, labelBaseline="bottom", ticks=False, domain=False,
                    labelPadding=5 + 13 * (lines - 1))


def column_labels(texts: Sequence[str], width: int) -> list[str]:
    """The texts broken into lines, all of as many lines, so that they stand on one ground."""
    labels = [wrapped(text, width) for text in texts]
    lines = max((label.count("\n") for label in labels), default=0)
    return ["\n" * (lines - label.count("\n")) + label for label in labels]


def titled(chart: alt.LayerChart, title: str) -> alt.LayerChart:
    """The panel under its title; as it is, where that is empty."""
    return chart.properties(title=alt.Title(title, fontSize=11.5, color=INK)) if title else chart


def legend(names: Sequence[str], width: int) -> alt.Legend | None:
    """A legend above the chart in as many columns as the width holds, in one row if it may; none for a single name."""
    if len(names) < 2:
        return None
    if sum(6 * len(name) + 34 for name in names) <= width:
        return alt.Legend(title=None, columns=len(names))
    return alt.Legend(title=None, columns=max(1, width // (6 * max(len(name) for name in names) + 34)))


# The expression of axis labels that honours the line breaks of `wrapped`.
_BROKEN = "split(datum.label, '\\n')"
