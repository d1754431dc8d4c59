"""`discourse freeze`: what is counted in referenced corpora, kept without their texts, and checked against them."""

from __future__ import annotations

from typing import Annotated

import typer

from discourse.cli.options import Data


def freeze(
    corpora: Annotated[list[str], typer.Argument(metavar="CORPUS…", help="Referenced corpora or seeds, by name.")],
    data: Data = None,
    check: Annotated[
        bool, typer.Option("--check", help="Measure the texts again, compare with what is frozen, write nothing.")
    ] = False,
    sample: Annotated[
        int | None, typer.Option(min=1, help="With --check: so many documents of each corpus.", show_default=False)
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes (default: one a core).", show_default=False)
    ] = None,
) -> None:
    """Measure referenced corpora and keep the counts beside their manifests, for runs where the texts are not.

    With --check, exit status 1 where what is frozen is not what the texts give today.

    Example:

        $ discourse freeze gazeta-2023-09-kim-putin --check --data ../shared
    """
    from discourse.corpus.manifest import find
    from discourse.corpus.store import data_folder
    from discourse.experiment.engines.local import cores
    from discourse.experiment.freeze import differences
    from discourse.experiment.freeze import freeze as start

    folder = data_folder(data)
    found = [find(name) for name in corpora]
    unlike = False
    for corpus in found:
        if check:
            lines = differences(corpus, folder, workers or cores(), sample)
            print(f"{corpus.name}: {'differs from the texts' if lines else 'agrees with the texts'}")
            for line in lines:
                print(f"  {line}")
            unlike |= bool(lines)
        else:
            kept = start(corpus, folder, workers or cores())
            size = sum(path.stat().st_size for path in kept.folder.iterdir())
            print(f"{corpus.name}: {size / 1e6:.2f} MB in {kept.folder}")
    if unlike:
        raise typer.Exit(1)
