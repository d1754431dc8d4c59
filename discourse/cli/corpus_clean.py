"""`discourse corpus flags` and `boilerplate`: what an analysis may leave out of a corpus."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import Corpus as Name
from discourse.cli.options import Data


def flags(
    name: Name,
    out: Annotated[
        Path | None, typer.Option(help="File to write (.csv, .jsonl, .parquet); default standard output.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--flag", help="Only this flag; may be repeated.")] = None,
    data: Data = None,
) -> None:
    """Flag documents that an analysis may leave out (other languages, tables, duplicates…): id, flag, reason.

    Nothing is deleted: an experiment says which flags it filters on.

    Example:

        $ discourse corpus flags demo --flag near_duplicate
    """
    from discourse.corpus.documents import documents as read
    from discourse.corpus.export import as_jsonl, export
    from discourse.corpus.flags import flags as flag
    from discourse.corpus.manifest import find
    from discourse.corpus.store import data_folder

    found = flag(read(find(name), data_folder(data)), only)
    if out is None:
        sys.stdout.write(as_jsonl(found))
    else:
        export(found, out)


def boilerplate(
    name: Name,
    by: Annotated[
        str, typer.Option(help="Column within whose groups lines are counted.", show_default="first group")
    ] = "",
    write: Annotated[
        bool, typer.Option("--write", help="Keep the lines beside the manifest, which flags them from then on.")
    ] = False,
    data: Data = None,
) -> None:
    """List the lines that recur over a corpus: footers, calls to subscribe, bylines; with --write, flag them.

    The file is yours to shorten: a line taken out of it is text again.

    Example:

        $ discourse corpus boilerplate demo
    """
    from discourse.corpus.documents import documents as read
    from discourse.corpus.manifest import find
    from discourse.corpus.new import keep_lines
    from discourse.corpus.recurrent import recurrent
    from discourse.corpus.store import data_folder

    corpus = find(name)
    lines = recurrent(read(corpus, data_folder(data)), by or next(iter(corpus.manifest.groups), None))
    for line, number, _ in lines.iter_rows():
        print(f"{number:7}  {line}")
    if write:
        print(f"{lines.height} lines kept in {keep_lines(corpus, lines)}", file=sys.stderr)
