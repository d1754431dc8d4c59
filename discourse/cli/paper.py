"""`discourse paper`: the paper, built from its runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import Data


def paper(
    out: Annotated[Path, typer.Option(help="Folder of the PDF and of the runs it is made of.")] = Path("runs/paper"),
    from_texts: Annotated[
        bool, typer.Option("--from-texts", help="Measure the texts (--data) instead of taking frozen measures.")
    ] = False,
    freeze: Annotated[
        bool,
        typer.Option("--freeze", help="Before: freeze the measures of the paper's corpora and the results that need "
                     "running text, both from the texts (--data)."),
    ] = False,
    data: Data = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes (default: one a core).", show_default=False)
    ] = None,
) -> None:
    """Build the paper (PDF) from its runs alone: every number in its text is read from a table of a run.

    Without texts, from the frozen measures and results in the repository. It takes some minutes; `discourse paper
    --freeze --data FOLDER` renews what is frozen before.

    Example:

        $ discourse paper --help
    """
    from discourse.corpus.store import data_folder
    from discourse.experiment.engines.local import cores
    from discourse.paper.build import build
    from discourse.paper.freeze import freeze_all

    folder = data_folder(data)
    if freeze:
        for line in freeze_all(out / "from-texts", folder, workers or cores()):
            print(line)
    built = build(out, data=folder, workers=workers or cores(), from_texts=from_texts)
    documents = {name: sum(corpus["documents"] for corpus in one.record["corpora"]) for name, one in built.runs.items()}
    print(f"{len(documents)} runs: {', '.join(f'{name} ({n} documents)' for name, n in documents.items())}")
    print(f"paper: {built.pdf}")
