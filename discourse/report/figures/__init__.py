"""Figures: each kind one registered function from a plain frame to a `Figure`, drawn by Altair and vl-convert.

Nothing here needs a network, and the same frame gives the same bytes.
"""

from discourse.report.figures import (  # noqa: F401 (each registers its kinds)
    confusion,
    counts,
    distribution,
    intervals,
    placement,
    roles,
    timeline,
    topics,
)
from discourse.report.figures.base import FIGURES, Figure, figure_files, svg, write_figure
from discourse.report.figures.forms import SCRIPT, figure_script

__all__ = ["FIGURES", "SCRIPT", "Figure", "figure_files", "figure_script", "svg", "write_figure"]
