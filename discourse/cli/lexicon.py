"""`discourse lexicon`: the markers that are known, one of them in full, and whether a lexicon holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import Json, print_json

app = typer.Typer(help="Stance markers: list them, show one, check a lexicon.", no_args_is_help=True)
Files = Annotated[
    list[Path] | None,
    typer.Option("--lexicon", help="A TOML file that adds, replaces or switches off markers.", show_default=False),
]


@app.command("list")
def list_(
    category: Annotated[str | None, typer.Option(help="Only this category.", show_default=False)] = None,
    lexicon: Files = None,
    as_json: Json = False,
) -> None:
    """List the markers: category, Hyland's category, engagement value, id.

    Example:

        $ discourse lexicon list --category reportive
    """
    from discourse.core.errors import unknown
    from discourse.core.schema import CATEGORIES
    from discourse.markers.lexicon import load_lexicons

    if category is not None and category not in CATEGORIES:
        raise unknown("category", category, CATEGORIES)
    entries = [entry for entry in load_lexicons(lexicon or ()).entries if category in (None, entry.category)]
    if as_json:
        print_json([entry.model_dump(exclude_defaults=True) for entry in entries])
        return
    for entry in entries:
        print(f"{entry.category:13} {entry.hyland:17} {entry.engagement:12} {entry.id}")


@app.command()
def show(
    marker: Annotated[str, typer.Argument(help="The marker's id.", show_default=False)],
    lexicon: Files = None,
    as_json: Json = False,
) -> None:
    """Show one marker: its patterns, classes and examples.

    Example:

        $ discourse lexicon show chyba
    """
    from discourse.markers.lexicon import load_lexicons

    entry = load_lexicons(lexicon or ())[marker]
    if as_json:
        print_json(entry.model_dump())
        return
    rows: list[tuple[str, str]] = [
        ("marker", entry.id),
        ("category", entry.category),
        ("hyland", entry.hyland),
        ("engagement", entry.engagement),
        *(("pattern", pattern) for pattern in entry.pattern),
        ("context", entry.context),
        *(("unless", pattern) for pattern in entry.unless),
        ("priority", str(entry.priority or "")),
        ("source", entry.source),
        ("note", entry.note),
        *(("yes", sentence) for sentence in entry.yes),
        *(("no", sentence) for sentence in entry.no),
        ("file", entry.file),
    ]
    for name, value in rows:
        if value:
            print(f"{name:11} {value}")


@app.command()
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="TOML files to check on top of the built-in lexicon.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check the lexicon, with the given files applied: patterns, ids, and every example sentence.

    Exits with status 1 where an example does not come out as it says.

    Example:

        $ discourse lexicon check
    """
    from discourse.markers.examples import check_examples
    from discourse.markers.lexicon import load_lexicons

    lexicon = load_lexicons(files or ())
    failures = check_examples(lexicon)
    examples = sum(len(entry.yes) + len(entry.no) for entry in lexicon.entries)
    if as_json:
        print_json(
            {
                "markers": len(lexicon.entries),
                "examples": examples,
                "failures": [
                    {"file": x.entry.file, "marker": x.entry.id, "sentence": x.sentence, "reason": x.reason}
                    for x in failures
                ],
            }
        )
    else:
        for failure in failures:
            print(failure, file=sys.stderr)
        print(f"{len(lexicon.entries)} markers, {examples} examples, {len(failures)} failed")
    if failures:
        raise typer.Exit(1)
