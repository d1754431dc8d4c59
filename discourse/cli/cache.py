"""`discourse cache`: how much earlier runs have kept, and the removal of what is used no more."""

from __future__ import annotations

from typing import Annotated

import typer


def cache(
    unused: Annotated[
        float | None,
        typer.Option(min=0, metavar="DAYS", help="Remove what has not been used for so many days; 0 for everything."),
    ] = None,
) -> None:
    """Show what earlier runs have kept to make later ones faster, and remove what is used no more.

    It may all be removed at any time but while a run is under way: later runs make it anew, with the same results.

    Example:

        $ discourse cache --unused 30
    """
    from discourse.core.places import cache_folder
    from discourse.experiment.prune import KINDS, kept, prune

    if unused is not None:
        print(f"freed {prune(unused) / 1e6:.1f} MB")
    found = kept()
    for each in found:
        what = KINDS.get(each.kind, "of another version")
        print(f"{each.size / 1e6:10.1f} MB  {each.files:7} files  {each.kind}: {what}")
    print(f"{sum(each.size for each in found) / 1e6:10.1f} MB in {cache_folder()}")
