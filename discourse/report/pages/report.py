"""The report of a run on one page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from discourse.report.figures import Figure, svg
from discourse.report.labels import language as known_language
from discourse.report.labels import word
from discourse.report.pages.environment import render, trusted
from discourse.report.reading import visible
from discourse.report.tables import Table, html_table


@dataclass(frozen=True)
class Section:
    """A headed part of a report: paragraphs of plain text, tables and figures in order."""

    title: str
    parts: Sequence[str | Table | Figure]


def report_page(
    title: str, language: str, question: str, sections: Sequence[Section],
    record: Mapping[str, str] | None = None, files: bool = False, traces: Mapping[str, str] | None = None,
) -> str:
    """The report as one HTML page: contents, sections, the record of what it was made from.

    `record` holds what the foot of the page says (experiment, corpora, digests…). With `files`, tables and figures
    link to `tables/<name>.csv` and `figures/<name>.svg` beside the page; `traces` has the pages of examples of tables.
    """
    language = known_language(language)
    tables = figures = 0
    prepared = []
    for index, section in enumerate(sections, start=1):
        parts: list[dict[str, object]] = []
        for part in section.parts:
            if isinstance(part, Table):
                tables += 1
                parts.append({"kind": "table", "html": trusted(html_table(part, language, tables)),
                              "name": part.name, "trace": (traces or {}).get(part.name)})
            elif isinstance(part, Figure):
                figures += 1
                parts.append({"kind": "figure", "svg": trusted(_inline(part)), "number": figures,
                              "name": part.name, "id": _id(part.name),
                              "caption": visible(part.caption.get(language, part.name))})
            else:
                texts = (text.strip() for text in re.split(r"\n\s*\n", visible(part)))
                parts += [{"kind": "text", "text": text} for text in texts if text]
        prepared.append({"id": f"s{index}", "title": visible(section.title), "parts": parts})
    return render(
        "report.html.j2", title=visible(title), language=language, question=visible(question), sections=prepared,
        record={visible(key): visible(str(value)) for key, value in (record or {}).items()}, files=files,
        gallery=files and figures > 0)


def gallery_page(title: str, language: str, figures: Sequence[Figure]) -> str:
    """All figures of a run on one page, each with links to its forms in `figures/`."""
    language = known_language(language)
    plates = [{"id": _id(one.name), "name": one.name, "svg": trusted(_inline(one)),
               "caption": visible(one.caption.get(language, one.name))} for one in figures]  # fmt: skip
    forms = [("html", word("interactive", language)), ("svg", "SVG"), ("png", "PNG"), ("pdf", "PDF"), ("csv", "CSV")]
    return render("gallery.html.j2", title=visible(title), language=language, plates=plates, forms=forms)


def _inline(figure: Figure) -> str:
    """The figure's SVG for the middle of a page: an image to readers who do not see it, named by its caption."""
    labelled = f'<svg role="img" aria-labelledby="figure-{_id(figure.name)}" '
    return re.sub(r"^<svg ", labelled, svg(figure), count=1)


def _id(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name)
