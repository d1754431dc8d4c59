"""`discourse run` and `discourse plan`: an experiment, and what it would do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discourse.cli.options import Data, Engines, Json, Scheduler, print_json, print_table

if TYPE_CHECKING:
    from discourse.experiment.run import Run
    from discourse.experiment.walk import State

Path_ = Annotated[Path, typer.Argument(metavar="EXPERIMENT", help="The TOML file, or its folder.", show_default=False)]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change a setting, as in --set topics.k=12; may be repeated."),
]

Code = Annotated[
    bool, typer.Option("--allow-code", help="Run the measures.py of the experiment's folder: code, so read it first.")
]
Frozen = Annotated[
    bool, typer.Option("--frozen", help="Take frozen measures where there are any, though the texts be at hand.")
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
    allow_code: Code = False,
    frozen: Frozen = False,
    engine: Engines = "local",
    scheduler: Scheduler = None,
) -> None:
    """Run an experiment: tables, figures, a report, and the record of all that they came from.

    Where referenced texts are missing, the frozen measures of their corpora stand for them, and the record says so.

    Exit status 1 where an analysis could not be done; the others are.

    Example:

        $ discourse run experiments/demo --out runs/demo
    """
    from discourse.experiment import engines
    from discourse.experiment.config import read_experiment
    from discourse.experiment.engines.local import cores
    from discourse.experiment.own import own_measures
    from discourse.experiment.run import run as start
    from discourse.experiment.sweep import sweep, together

    where = engines.engine(engine, workers or cores(), scheduler)

    def one(place: Path | None, changes: list[str]) -> Run:
        return start(experiment, place, data=data, engine=where, changes=changes,
                     without_missing=without_missing, allow_code=allow_code, prefer_frozen=frozen)  # fmt: skip

    changes = set_ or []
    folder = experiment if experiment.is_dir() else experiment.parent
    asked = read_experiment(experiment, changes, own_measures(folder, allow_code))
    if not asked.sweep:
        done = one(out, changes)
        _tell(done)
        if done.record["wanting"]:
            raise typer.Exit(1)
        return
    whole = out or Path("runs") / asked.name
    runs = sweep(experiment, changes, allow_code, lambda point, more: one(whole / point, more))
    together([(values, done) for values, done in runs], whole / "tables")
    for _, done in runs:
        for line in done.record["wanting"]:
            print(f"wanting: {done.folder.name}: {line}")
        print(f"report: {done.folder / 'report.html'}")
    print(f"tables of all {len(runs)} points: {whole / 'tables'}")
    if any(done.record["wanting"] for _, done in runs):
        raise typer.Exit(1)


def _tell(done: Run) -> None:
    """Print what a run found, what it could not do, and where its report is."""
    language = done.experiment.language
    if (headline := done.headline) is not None:
        print_table(headline, language)
    for line in done.record["wanting"]:
        print(f"wanting: {line}")
    for name, kept in done.record["frozen"].items():
        old = f" (made by other code than today's: {', '.join(kept['outdated'])})" if kept["outdated"] else ""
        print(f"from frozen measures, not from the texts: {name}{old}")
    for name, reason in done.record["left_out"].items():
        print(f"left out: {name}: {reason}")
    documents = sum(corpus["documents"] for corpus in done.record["corpora"])
    print(f"{documents} documents in {done.record['seconds']:g} s, {done.record['peak_memory_mb']} MB at most")
    print(f"report: {done.folder / 'report.html'}")


def plan(
    experiment: Path_, data: Data = None, set_: Set = None, allow_code: Code = False, as_json: Json = False
) -> None:
    """Show what an experiment would do: each step, whether it is cached, and why it would be made again.

    Of a sweep, the steps of each of its points.

    Example:

        $ discourse plan experiments/demo
    """
    from discourse.experiment.plan import plan as steps_of
    from discourse.experiment.run import job
    from discourse.experiment.sweep import checked_points

    changes = set_ or []
    planned = [
        (name, steps_of(job(experiment, data=data, changes=[*changes, *more], allow_code=allow_code, planning=True)))
        for name, more in checked_points(experiment, changes, allow_code)
    ]
    if as_json:
        print_json([
            {"step": s.name, "what": s.what, "cached": s.cached, "why": s.why, "wanting": s.wanting, "parts": s.parts,
             "of": s.of, **({"point": name} if name else {})} for name, states in planned for s in states
        ])  # fmt: skip
        return
    for name, states in planned:
        if name:
            print(f"point {name}")
        _tell_plan(states)


def _tell_plan(states: list[State]) -> None:
    """Print the steps of one experiment, and how many of them would be made."""
    for number, s in enumerate(states, start=1):
        state = s.wanting or ("cached" if s.cached else s.why)
        if s.of > 1 and not s.cached and s.parts:
            state = f"{s.parts} of {s.of} batches cached; {state}"
        print(f"{number:2}. {s.name:28} {s.what}  [{state}]")
    left = sum(not s.cached for s in states)
    print(f"{len(states) - left} of {len(states)} steps are cached" + (f", {left} would be made" if left else ""))
