"""`discourse verify` and `discourse diff`: a run recomputed, and two runs compared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from discourse.cli.options import Data, Json, print_json
from discourse.cli.run import Code

Folder = Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run.", show_default=False)]


def verify(
    run: Folder,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes (default: one a core).", show_default=False)
    ] = None,
    data: Data = None,
    allow_code: Code = False,
    as_json: Json = False,
) -> None:
    """Recompute a run from its texts, without the cache, and compare every table and figure.

    Exit status 1 where any differs, with the step from which on results differ.

    Example:

        $ discourse verify runs/demo
    """
    from discourse.experiment.engines.local import cores
    from discourse.experiment.verify import verify as check

    found = check(run, data=data, workers=workers or cores(), allow_code=allow_code)
    if as_json:
        print_json({"good": found.good, "compared": found.compared, "edited": found.edited,
                    "differing": found.differing, "since": found.since,
                    "otherwise": {place: list(values) for place, values in found.otherwise.items()}})  # fmt: skip
    else:
        for name, how in found.edited.items():
            print(f"wanting: {name}: {how}")
        for name, how in found.differing.items():
            print(f"differs: {name}: {how}")
        if found.differing and found.since:
            print(f"results differ from step {found.since!r} on")
        for place, (old, new) in found.otherwise.items():
            print(f"other than in the run: {place}{_change(old, new)}")
        print(f"{found.compared} files compared: {'all the same' if found.good else 'not the same'}")
    if not found.good:
        raise typer.Exit(1)


def diff(
    one: Folder,
    other: Folder,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit status 1 where anything differs.")] = False,
    as_json: Json = False,
) -> None:
    """Show what changed from one run to another: in what they came from, and in their tables and figures.

    Example:

        $ discourse diff runs/demo runs/other
    """
    from discourse.experiment.diff import diff as compare

    found = compare(one, other)
    if as_json:
        print_json({"same": found.same, "since": found.since, "files": found.files,
                    "inputs": {place: list(values) for place, values in found.inputs.items()},
                    "tables": {name: vars(cells) for name, cells in found.tables.items()}})  # fmt: skip
    else:
        for place, (old, new) in found.inputs.items():
            print(f"input   {place}{_change(old, new)}")
        if found.since:
            print(f"results differ from step {found.since!r} on")
        forms = {name.rsplit(".", 1)[0] for name in found.tables}
        for name, how in found.files.items():
            if name in found.tables:
                print(f"result  {name}: {found.tables[name]}")
            elif name.rsplit(".", 1)[0] not in forms:
                print(f"result  {name}: {how}")
        if found.same:
            print("the same")
    if exit_code and not found.same:
        raise typer.Exit(1)


def _change(old: Any, new: Any) -> str:
    """The two values, where a reader can do something with them: a digest is no such thing."""
    texts = [str(value) for value in (old, new)]
    if any(len(text) == 64 and text.isalnum() for text in texts):
        return ": is new" if old is None else ": is gone" if new is None else ": changed"
    return f": {' → '.join(text if len(text) <= 60 else f'{text[:57]}…' for text in texts)}"
