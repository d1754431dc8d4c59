"""The colours of every page and figure: one place, safe for colour-blind readers, never the only sign of anything.

Built on the palette of Okabe and Ito (2008, Color Universal Design), whose yellow and sky blue are too pale for
lines on paper: where a colour draws a line or a letter, a darker neighbour stands for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from discourse.core.schema import CATEGORIES, ROLES

#: Ink, secondary ink, rules and grid of figures; pages map these to their own light and dark shades.
INK, QUIET, RULE, GRID, PAPER = "#222222", "#5c5c5c", "#8c8c8c", "#e3e3e3", "#ffffff"

#: From nothing to everything, in cells that carry their number.
SHADE = ["#f4f6f8", "#0b4f83"]

#: Role → colour of its words.
ROLE_COLOURS: Mapping[str, str] = dict(zip(ROLES, (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#4d4d4d", "#b3b3b3"), strict=True))
#: The author's own words.
AUTHOR_COLOUR = "#ebe8e1"

#: Marker category → colour of its line on light paper, and on dark.
CATEGORY_COLOURS: Mapping[str, tuple[str, str]] = dict(zip(CATEGORIES, (
    ("#0072b2", "#6cb8ee"), ("#00815e", "#4fd1a5"), ("#c94f00", "#ff9a5a"),
    ("#9c2f6d", "#ee9bc9"), ("#8f6b00", "#e3b84a"), ("#4d4d4d", "#cfcfcf")), strict=True))
#: Marker category → line style, so that the categories can be told apart without colour.
CATEGORY_LINES: Mapping[str, str] = dict(
    zip(CATEGORIES, ("solid", "wavy", "double", "dotted", "dashed", "solid"), strict=True))

#: Colours of speakers and of any other series, in order; a longer series starts over.
SERIES: Sequence[str] = ("#0072b2", "#d55e00", "#009e73", "#aa4499", "#c79000",
                         "#3aa0dd", "#882255", "#117733", "#6a5acd", "#8c6d46")
#: The same series in a terminal, whose ground may be dark or light.
TERMINAL: Sequence[str] = ("#2b8fd0", "#d9692a", "#1a9c77", "#b857b8", "#b08a1e",
                           "#45a5c9", "#c2507a", "#4f9a3c", "#8474d8", "#a67c52")
#: Shapes of the same series in figures, so that they can be told apart in black and white.
SHAPES: Sequence[str] = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")


def series(n: int) -> list[str]:
    """The colours of a series of `n`."""
    return [SERIES[i % len(SERIES)] for i in range(n)]


def shapes(n: int) -> list[str]:
    """The shapes of a series of `n`."""
    return [SHAPES[i % len(SHAPES)] for i in range(n)]
