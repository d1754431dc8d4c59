"""Options that several commands share."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from discourse.report.tables import Table as ReportTable

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder of referenced texts (default: DISCOURSE_DATA).", show_default=False),
]
Lexicons = Annotated[
    list[Path] | None,
    typer.Option(
        "--lexicon",
        help="TOML file of your own: markers, or words for who speaks; may be repeated.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Engines = Annotated[str, typer.Option("--engine", help="Where batches are worked on: local, or dask.")]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler", help="Address of a Dask scheduler (default: a cluster on this machine).", show_default=False
    ),
]
Corpus = Annotated[str, typer.Argument(help="The corpus's name.", show_default=False)]
Docs = Annotated[
    list[Path],
    typer.Argument(help="Text files, folders, JSON lines, CSV or Parquet, gzipped or not.", show_default=False),
]


def print_json(value: Any) -> None:
    """`value` as indented JSON on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    print()


def print_table(table: ReportTable, language: str) -> None:
    """The table on the terminal, under its caption."""
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
