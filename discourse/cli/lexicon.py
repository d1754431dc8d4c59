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
    category: Annotated[str | None, typer.Option(help="Only this category or family.", show_default=False)] = None,
    lexicon: Files = None,
    as_json: Json = False,
) -> None:
    """List the markers: category, Hyland's category, engagement value, id.

    Example:

        $ discourse lexicon list --category reportive
    """
    from discourse.core.errors import unknown
    from discourse.core.schema import CATEGORIES
    from discourse.markers.lexicon import FAMILIES, load_lexicons

    if category is not None and category not in (*CATEGORIES, *FAMILIES):
        raise unknown("category", category, (*CATEGORIES, *FAMILIES))
    families = [category] if category in FAMILIES else []
    known = load_lexicons(lexicon or (), families=[str(name) for name in families])
    entries = [entry for entry in known.entries if category in (None, entry.category)]
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
    from discourse.markers.lexicon import FAMILIES, load_lexicons

    known = load_lexicons(lexicon or ())
    entry = (known if marker in known.ids else load_lexicons(lexicon or (), families=FAMILIES))[marker]
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
        ("model", entry.model),
        *(("hint", pattern) for pattern in entry.hint),
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
    corpus: Annotated[
        list[Path] | None,
        typer.Option("--corpus", help="Documents to survey: entries that never match there.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check the lexicon, with the given files applied: patterns, ids, every example sentence, duplicates.

    With --corpus also tells the entries that never match there, that others shadow, that their model judges away.
    Exits with status 1 where an example does not come out as it says, or a pattern is given twice.

    Example:

        $ discourse lexicon check
    """
    import polars as pl

    from discourse.corpus.load import load
    from discourse.language.annotate import tokens
    from discourse.markers.examples import check_examples
    from discourse.markers.lexicon import FAMILIES, load_lexicons
    from discourse.markers.survey import duplicates, survey

    lexicon = load_lexicons(files or (), families=FAMILIES)
    failures = check_examples(lexicon)
    twice = duplicates(lexicon)
    rows: list[dict[str, object]] = []
    if corpus:
        rows = survey(tokens(load(corpus)), lexicon).filter(pl.col("verdict").is_not_null()).to_dicts()
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
                "duplicates": [{"marker": a, "again": b, "pattern": pattern} for a, b, pattern in twice],
                "survey": rows,
            }
        )
    else:
        for failure in failures:
            print(failure, file=sys.stderr)
        for first, second, pattern in twice:
            print(f"entries {first!r} and {second!r} have the same pattern: {pattern}", file=sys.stderr)
        for row in rows:
            print(f"{row['verdict']:14} {row['category']:13} {row['marker']}")
        print(f"{len(lexicon.entries)} markers, {examples} examples, {len(failures)} failed")
    if failures or twice:
        raise typer.Exit(1)
