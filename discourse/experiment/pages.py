"""The last steps of a run: its data, the studied article's page, the report."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import polars as pl

from discourse.experiment.code import code, data
from discourse.experiment.layers import TABLES, unpack
from discourse.experiment.walk import together

if TYPE_CHECKING:
    from discourse.experiment.steps import Steps
    from discourse.report.figures import Figure
    from discourse.report.tables import Table

_LAYERS = ("text", *TABLES)


def pages(steps: Steps) -> None:
    """The run's `data/`, `article.html` and `report.html`."""
    from discourse.experiment.steps import DATA

    inputs = {f"input {name}": steps.input(name) or "" for name in DATA} if steps.annotated else None
    outputs = steps.walk.step("data", "the tables that programs read", _with(code([]), inputs), lambda: _data(steps),
                              after="annotation")  # fmt: skip
    steps.put("data", outputs)
    if steps.found.study is not None and steps.found.study.frozen is None:  # the page shows the text
        _article(steps)
    if not steps.frozen:  # frozen measures have no words to show
        _traces(steps)
    if any(path.startswith("figures/") for path in steps.files):
        _script(steps)
    _report(steps)


def _with(one: dict[str, str], other: dict[str, str] | None) -> dict[str, str] | None:
    return None if other is None else {**one, **other, "library polars": pl.__version__}


def _data(steps: Steps) -> dict[str, bytes]:
    from discourse.experiment.steps import DATA

    found = {}
    for name in DATA:
        buffer = io.BytesIO()
        getattr(steps.gathered, name).write_parquet(buffer, compression="zstd")
        found[f"{name}.parquet"] = buffer.getvalue()
    return found


def _article(steps: Steps) -> None:
    """The studied article with its voices: the last batch, for it is a corpus of its own."""
    shas = {name: steps.tables[name][-1] for name in [*_LAYERS, "measures"]} if steps.annotated else None
    language = steps.experiment.language
    look = {**code(["discourse.report.pages.article"]), **data("template", "report/pages/templates")}
    ingredients = None if shas is None else {
        **look, "setting language": language, **{f"input {name}": sha for name, sha in shas.items()}}  # fmt: skip

    def work() -> dict[str, bytes]:
        from discourse.report.pages import article_page

        assert shas is not None
        read = {name: unpack(steps.walk.store.read(sha)) for name, sha in shas.items()}
        document, tokens, markers, attributions, speakers = (read[name] for name in _LAYERS)
        page = article_page(document, tokens, markers, attributions, speakers, read["measures"], language)
        return {"article.html": page.encode()}

    steps.put("", steps.walk.step("article", "the studied article with its voices", ingredients, work,
                                  after="annotation"))  # fmt: skip


def _traces(steps: Steps) -> None:
    """For each table, what some of its cells were counted from."""
    reads = ("documents", "text", *TABLES, "measures")
    ingredients = {
        **code(["discourse.experiment.examples"], ("discourse.experiment.verify", "discourse.experiment.steps")),
        **data("template", "report/pages/templates"),
        "setting language": steps.experiment.language,
        **{f"input {name}": steps.input(name) or "" for name in reads},
        **{f"input section {section.key}": together(section.outputs) for section in steps.sections},
    }

    def work() -> dict[str, bytes]:
        from discourse.experiment.examples import pages as made

        return made(steps)

    ready = ingredients if steps.done else None
    what = "what some cells were counted from"
    steps.put("traces", steps.walk.step("traces", what, ready, work, after="the tables"))


def _report(steps: Steps) -> None:
    experiment = steps.experiment
    foot = _foot(steps) if steps.done else {}
    traces = {path.split("/")[-1].removesuffix(".html"): path for path in steps.files if path.startswith("traces/")}
    figures = {path: sha for path, sha in steps.files.items() if path.endswith(".svg")}
    ingredients = {
        **code(["discourse.report.pages.report"]),
        **data("template", "report/pages/templates"),
        "setting language": experiment.language,
        "setting title": getattr(experiment.title, experiment.language),
        "setting question": getattr(experiment.question, experiment.language),
        "foot": json.dumps([foot, sorted(traces)], ensure_ascii=False),
        **{f"input {section.key}": together(section.outputs) for section in steps.sections},
        **{f"input {path}": sha for path, sha in figures.items()},
    }

    def work() -> dict[str, bytes]:
        drawings = {path.split("/")[-1].removesuffix(".svg"): steps.walk.store.read(sha).decode()
                    for path, sha in figures.items()}  # fmt: skip
        page = _page(steps, drawings, foot, traces)
        return {"report.html": page.encode(), "gallery.html": _gallery(steps, drawings).encode()}

    what = f"tables, figures and page in {'Polish' if experiment.language == 'pl' else 'English'}"
    steps.put("", steps.walk.step("report", what, ingredients if steps.done else None, work, after="what it shows"))


def _gallery(steps: Steps, drawings: dict[str, str]) -> str:
    from discourse.report.pages import gallery_page

    language = steps.experiment.language
    figures = [figure for kept in steps.sections for figure in kept.section(drawings).figures]
    return gallery_page(getattr(steps.experiment.title, language), language, figures)


def _script(steps: Steps) -> None:
    """The script of the interactive figures."""

    def work() -> dict[str, bytes]:
        from discourse.report.figures import SCRIPT, figure_script

        return {SCRIPT: figure_script().encode()}

    what = "what interactive figures run"
    steps.put("figures", steps.walk.step("script", what, code(["discourse.report.figures.forms"]), work))


def _page(steps: Steps, drawings: dict[str, str], foot: dict[str, Any], traces: dict[str, str]) -> str:
    from discourse.report.pages import Section, report_page

    experiment, language = steps.experiment, steps.experiment.language
    shown = []
    for kept in steps.sections:
        section = kept.section(drawings)
        parts: list[str | Table | Figure] = [section.text[language]] if section.text else []
        parts += [*section.wanting, *section.tables, *section.figures]
        shown.append(Section(section.title[language], parts))
    return report_page(
        getattr(experiment.title, language), language, getattr(experiment.question, language), shown, foot, files=True,
        traces=traces,
    )  # fmt: skip


def _foot(steps: Steps) -> dict[str, str]:
    import discourse

    experiment, language = steps.experiment, steps.experiment.language
    documents, seed, left_out, frozen = {
        "pl": ("dokumentów", "ziarno", "pominięto", "z zamrożonych miar, bez tekstów"),
        "en": ("documents", "seed", "left out", "from frozen measures, without the texts"),
    }[language]
    counts = dict(steps.documents.group_by("corpus").len().iter_rows())
    return {
        "discourse": discourse.__version__,
        seed: str(experiment.seed),
        **{
            part.name: f"{documents}: {counts.get(part.name, 0)}; {part.corpus.manifest.licence}"
            for part in steps.found.all
        },
        **{f"{part.name} ({frozen})": part.frozen.digest[:12] for part in steps.found.all if part.frozen},
        **{f"{name} ({left_out})": reason for name, reason in steps.found.left_out.items()},
        "run.json": "SHA-256" if language == "en" else "skróty SHA-256 wszystkich plików",
    }
