"""Figures as PDF for print, and as pages that answer the pointer."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

import typst
import vl_convert

if TYPE_CHECKING:
    from discourse.report.figures.base import Figure

#: The font of PDFs, which Typst carries along: every machine draws the same, and it is that of text set by Typst.
_FONT = "Libertinus Serif"
_PAGE = b"""#set document(date: none)
#set page(width: auto, height: auto, margin: 0pt)
#image("figure.svg")
"""
#: The script that the interactive pages need, beside them.
SCRIPT = "vega.js"


def pdf(drawing: str) -> bytes:
    """An SVG as a PDF of one page of its size, through Typst; the same drawing gives the same bytes."""
    lettered = re.sub(r'font-family="[^"]*"', f'font-family="{_FONT}"', drawing)
    files: Any = {"main.typ": _PAGE, "figure.svg": lettered.encode()}  # as it may be, though its types do not say so
    return typst.compile(files, format="pdf", ignore_system_fonts=True, timestamp=0)


def interactive(figure: Figure) -> str:
    """The figure as a page: the values under the pointer are told. It needs `vega.js` beside it, and no network."""
    spec = figure.spec()
    spec["config"] = {**spec["config"], "mark": {"tooltip": True}}
    data = json.dumps(spec, ensure_ascii=False).replace("<", "\\u003c")
    caption = html.escape(figure.caption.get(figure.language, figure.name))
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self' file: 'unsafe-inline' 'unsafe-eval'"
    return f"""<!doctype html>
<html lang="{figure.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{html.escape(figure.name)}</title>
<style>
body {{ font: 16px/1.45 "Liberation Sans", Arimo, Arial, sans-serif; color: #222; background: #fff; margin: 2rem; }}
figure {{ margin: 0 auto; width: max-content; }}
figcaption {{ font-size: .88rem; margin-top: .8em; max-width: 40em; }}
#vg-tooltip-element {{ font-family: inherit; }}
</style>
<script src="{SCRIPT}"></script>
</head>
<body>
<figure><div id="chart"></div><figcaption>{caption}</figcaption></figure>
<script>vegaEmbed("#chart", {data}, {{actions: false, renderer: "svg"}});</script>
</body>
</html>
"""


def figure_script() -> str:
    """The libraries that draw interactive figures, for `vega.js`: Vega, Vega-Lite and Vega-Embed, from vl-convert."""
    bundle: Any = vl_convert.javascript_bundle  # its types ask for a snippet that it does not need
    return str(bundle())
