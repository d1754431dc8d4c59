"""`discourse new`: files to begin from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Files to begin from.", no_args_is_help=True)


@app.command()
def experiment(
    name: Annotated[str, typer.Argument(help="Lower case letters, digits, hyphens.", show_default=False)],
    folder: Annotated[Path, typer.Option("--in", help="Folder of experiments.")] = Path("experiments"),
) -> None:
    """Write a new experiment: a file with every setting explained, which runs as it is.

    Example:

        $ discourse new experiment moje-gatunki
    """
    from discourse.experiment.new import new_experiment

    path = new_experiment(name, folder)
    print(f"{path}: edit it, then: discourse run {path.parent}")


@app.command()
def schema(
    out: Annotated[Path | None, typer.Option(help="File to write (default: print it).", show_default=False)] = None,
) -> None:
    """Give the JSON Schema of experiment files, by which editors complete and check them.

    Example:

        $ discourse new schema --out experiment.schema.json
    """
    from discourse.core.files import write_text
    from discourse.experiment.new import schema as made

    if out is None:
        print(made(), end="")
    else:
        write_text(out, made())
