"""Options that several commands share."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder of referenced texts (default: DISCOURSE_DATA).", show_default=False),
]
Lexicons = Annotated[
    list[Path] | None,
    typer.Option(
        "--lexicon", help="TOML file that adds, replaces or switches off markers; may be repeated.", show_default=False
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Docs = Annotated[
    list[Path],
    typer.Argument(help="Text files, folders, JSON lines, CSV or Parquet, gzipped or not.", show_default=False),
]


def print_json(value: Any) -> None:
    """`value` as indented JSON on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    print()
