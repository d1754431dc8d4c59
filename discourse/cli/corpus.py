"""`discourse corpus`: what corpora there are, what they hold, whether they are whole."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import Data, Json, print_json
from discourse.core.errors import DiscourseError

app = typer.Typer(help="Corpora: list, describe, check, supply referenced texts, export.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The corpus's name.", show_default=False)]


@app.command("list")
def list_(data: Data = None, as_json: Json = False) -> None:
    """List the corpora in sight, and whether their texts are at hand.

    Example:

        $ discourse corpus list
    """
    from discourse.corpus.manifest import manifests, read_manifest
    from discourse.corpus.store import data_folder, locate

    folder = data_folder(data)
    found = []
    for name, path in manifests().items():
        try:
            corpus = read_manifest(path)
        except DiscourseError as error:
            found.append({"name": name, "kind": "broken", "at_hand": False, "title": str(error)})
            continue
        at_hand = all(place.path for place in locate(corpus, folder))
        found.append(
            {"name": corpus.name, "kind": corpus.manifest.kind, "at_hand": at_hand, "title": corpus.manifest.title}
        )
    if as_json:
        print_json(found)
        return
    for row in found:
        state = "at hand" if row["at_hand"] else "" if row["kind"] == "broken" else "text missing"
        print(f"{row['name']:28} {row['kind']:11} {state:13} {row['title']}")


@app.command()
def info(name: Name, data: Data = None, as_json: Json = False) -> None:
    """Describe a corpus: licence, citation, documents, words, groups.

    Example:

        $ discourse corpus info demo
    """
    from discourse.corpus.describe import describe
    from discourse.corpus.manifest import find
    from discourse.corpus.store import data_folder

    facts = describe(find(name), data_folder(data))
    if as_json:
        print_json(facts)
        return
    for key, value in facts.items():
        if isinstance(value, dict):
            print(f"{key}:")
            for inner, count in value.items():
                print(f"  {inner}: {json.dumps(count, ensure_ascii=False)}")
        else:
            print(f"{key}: {value}")


@app.command()
def check(name: Name, data: Data = None) -> None:
    """Check that a corpus's texts are there, are those declared, and can be read; exit status 1 if not.

    Example:

        $ discourse corpus check demo
    """
    from discourse.corpus.documents import documents
    from discourse.corpus.manifest import find
    from discourse.corpus.store import data_folder

    corpus = find(name)
    folder = data_folder(data)
    try:
        found = documents(corpus, folder)
    except DiscourseError as error:
        print(f"wanting: {error}")
        raise typer.Exit(1) from None
    blank = found.filter(found["text"].str.strip_chars() == "").height
    print(f"{name}: {found.height} documents, {blank} of them without text; all as declared")


@app.command()
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


@app.command()
def documents(
    name: Name,
    out: Annotated[
        Path | None, typer.Option(help="File to write (.jsonl, .csv, .parquet); default standard output.")
    ] = None,
    data: Data = None,
) -> None:
    """Export a corpus's documents with their metadata, as JSON lines unless --out says otherwise.

    Example:

        $ discourse corpus documents demo --out demo.jsonl
    """
    from discourse.corpus.documents import documents as read
    from discourse.corpus.export import as_jsonl, export
    from discourse.corpus.manifest import find
    from discourse.corpus.store import data_folder

    frame = read(find(name), data_folder(data))
    if out is None:
        sys.stdout.write(as_jsonl(frame))
    else:
        export(frame, out)
