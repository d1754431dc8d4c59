"""`discourse corpus add` and `fetch`: texts that a corpus refers to, from the user or from their publisher."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import Corpus as Name


def add(
    name: Name,
    file: Annotated[Path, typer.Argument(help="The text that you have.", show_default=False)],
) -> None:
    """Supply a referenced text: it is checked against the declared SHA-256 and kept in your own data folder.

    Example:

        $ discourse corpus add gazeta-2023-09-kim-putin ../shared/seeds/gazeta-2023-09-kim-putin.txt
    """
    from discourse.corpus.manifest import find
    from discourse.corpus.store import add as keep

    print(f"kept as {keep(find(name), file)}")


def fetch(
    name: Name,
    mirror: Annotated[
        str, typer.Option("--from", help="Address of a folder with the same files.", show_default=False)
    ] = "",
    rate: Annotated[float, typer.Option(help="At most so many kilobytes a second; 0 for no limit.")] = 0.0,
    pause: Annotated[float, typer.Option(help="Seconds to wait before each request.")] = 0.0,
    tries: Annotated[int, typer.Option(min=1, help="Tries without any progress before giving up.")] = 6,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be downloaded, and stop.")] = False,
) -> None:
    """Download an open corpus into your own data folder: resumed where it broke off, verified by its checksum.

    Example:

        $ discourse corpus fetch wikinews-pl --dry-run
    """
    from discourse.corpus.fetch.corpus import fetch as get
    from discourse.corpus.fetch.corpus import plan
    from discourse.corpus.fetch.download import Manners
    from discourse.corpus.manifest import find

    corpus = find(name)
    planned = plan(corpus, mirror)
    manifest = corpus.manifest
    talk = sys.stdout if dry_run else sys.stderr
    print(f"{manifest.title}\nlicence: {manifest.licence}", file=talk)
    if manifest.citation:
        print(f"cite: {manifest.citation}", file=talk)
    if manifest.size:
        print(f"size: {manifest.size}", file=talk)
    for one in planned:
        mark = " (unverified: nobody could open this address when it was written down)" if one.file.unverified else ""
        state = " (there already)" if one.there else ""
        print(f"{one.url}{'' if mirror else mark}{state}", file=talk)
    if dry_run:
        return
    for line in get(corpus, mirror, Manners(tries=tries, rate=int(rate * 1000) or None, pause=pause)):
        print(line)
