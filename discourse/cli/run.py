"""`discourse run` and `discourse plan`: an experiment, and what it would do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discourse.cli.options import Data, Json, print_json

if TYPE_CHECKING:
    from discourse.report.tables import Table as ReportTable

Path_ = Annotated[Path, typer.Argument(metavar="EXPERIMENT", help="The TOML file, or its folder.", show_default=False)]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change a setting, as in --set topics.k=12; may be repeated."),
]


def run(
    experiment: Path_,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the run (default: runs/NAME).", show_default=False)
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes (default: one a core).", show_default=False)
    ] = None,
    data: Data = None,
    set_: Set = None,
    without_missing: Annotated[
        bool, typer.Option("--without-missing", help="Leave out corpora whose texts are missing.")
    ] = False,
) -> None:
    """Run an experiment: tables, figures, a report, and the record of all that they came from.

    Exit status 1 where an analysis could not be done; the others are.

    Example:

        $ discourse run experiments/demo --out runs/demo
    """
    from discourse.experiment.engines.local import cores
    from discourse.experiment.run import run as start

    done = start(
        experiment,
        out,
        data=data,
        workers=workers or cores(),
        changes=set_ or [],
        without_missing=without_missing,
    )
    language = done.experiment.language
    headline = next((s.headline for s in done.sections if s.headline is not None), None)
    if headline is not None:
        _show(headline, language)
    for line in done.record["wanting"]:
        print(f"wanting: {line}")
    for name, reason in done.record["left_out"].items():
        print(f"left out: {name}: {reason}")
    documents = sum(corpus["documents"] for corpus in done.record["corpora"])
    print(f"{documents} documents in {done.record['seconds']:g} s, {done.record['peak_memory_mb']} MB at most")
    print(f"report: {done.folder / 'report.html'}")
    if done.record["wanting"]:
        raise typer.Exit(1)


def _show(table: ReportTable, language: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from discourse.report.tables import is_number, printed

    shown = Table(title=table.caption.get(language), box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    rows = printed(table, language)
    for at, column in enumerate(table.frame.columns):
        if is_number(table, column):
            shown.add_column(table.heading(column, language), justify="right")
        else:
            longest = max((len(row[at]) for row in rows), default=0)
            shown.add_column(table.heading(column, language), min_width=28 if longest > 28 else None)
    for row in rows:
        shown.add_row(*row)
    Console(markup=False, highlight=False, emoji=False).print(shown)


def plan(experiment: Path_, data: Data = None, set_: Set = None, as_json: Json = False) -> None:
    """Show what an experiment would do, step by step, and what stands in its way; nothing is run.

    Example:

        $ discourse plan experiments/demo
    """
    from discourse.corpus.store import data_folder
    from discourse.experiment.config import experiment_file, read_experiment
    from discourse.experiment.plan import plan as steps_of

    file = experiment_file(experiment)
    steps = steps_of(read_experiment(experiment, set_ or []), [file.parent], data_folder(data), str(file))
    if as_json:
        print_json([{"step": s.name, "what": s.what, "wanting": s.wanting} for s in steps])
        return
    for number, step in enumerate(steps, start=1):
        print(f"{number:2}. {step.name:32} {step.what}{f'  [{step.wanting}]' if step.wanting else ''}")
