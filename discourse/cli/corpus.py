"""`discourse corpus`: what corpora there are, what they hold, whether they are whole."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discourse.cli import corpus_clean, corpus_get
from discourse.cli.options import Corpus as Name
from discourse.cli.options import Data, Json, print_json
from discourse.core.errors import DiscourseError

if TYPE_CHECKING:
    from discourse.corpus.examine import Examined
    from discourse.corpus.manifest import Corpus

app = typer.Typer(help="Corpora: make, fetch, list, describe, check, clean, export.", no_args_is_help=True)


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
        unverified = any(file.unverified for file in corpus.manifest.files)
        row = {"name": corpus.name, "kind": corpus.manifest.kind, "at_hand": at_hand, "title": corpus.manifest.title}
        found.append(row | ({"unverified": True} if unverified else {}))
    if as_json:
        print_json(found)
        return
    for row in found:
        lacking = "unverified" if row.get("unverified") else "text missing"
        state = "at hand" if row["at_hand"] else "" if row["kind"] == "broken" else lacking
        print(f"{row['name']:28} {row['kind']:11} {state:13} {row['title']}")


@app.command()
def new(
    name: Name,
    paths: Annotated[
        list[Path], typer.Argument(help="The files, folders or archives of the corpus.", show_default=False)
    ],
    title: Annotated[str, typer.Option(help="A title for tables and figures.", show_default="the name")] = "",
    licence: Annotated[str, typer.Option(help="Terms under which texts may be used.", show_default="not stated")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Write over a manifest that is there.")] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Do not look for languages, near-duplicates and boilerplate.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make a corpus of files: propose its manifest, write corpora/NAME/corpus.toml, and say what was found.

    Example:

        $ discourse corpus new moje corpora/demo/articles
    """
    from discourse.corpus.new import new as make

    made = make(name, paths, Path.cwd(), title=title, licence=licence, replace=replace, quick=quick)
    if as_json:
        facts = made.examined.facts(made.corpus.manifest)
        print_json({"manifest": str(made.corpus.path), "notes": made.proposal.notes, **facts})
        return
    for note in made.proposal.notes:
        print(note)
    print(f"written: {made.corpus.path.relative_to(Path.cwd())}")
    _found(made.corpus, made.examined)


@app.command()
def info(
    name: Name,
    data: Data = None,
    figure: Annotated[
        Path | None, typer.Option(help="Folder for a figure of documents by month and group.", show_default=False)
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Also lengths, months, near-duplicates, unknown words, flags.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Describe a corpus: licence, citation, documents, words, groups; with --full also what takes longer to count.

    Example:

        $ discourse corpus info demo
    """
    from discourse.corpus.describe import describe
    from discourse.corpus.manifest import find
    from discourse.corpus.store import data_folder

    corpus = find(name)
    folder = data_folder(data)
    facts = describe(corpus, folder)
    if "missing" not in facts and (full or figure):
        from discourse.corpus.describe import in_full, months
        from discourse.corpus.documents import documents as read
        from discourse.language.unknown import unknown_share

        found = read(corpus, folder)
        if full:
            facts |= in_full(corpus, found)
            facts["unknown words"] = f"{100 * unknown_share(found):.1f}%"
        if figure:
            from discourse.report.figures import FIGURES, write_figure

            drawn = FIGURES.get("counts")(
                months(corpus, found),
                name=f"{name}-documents",
                caption={"pl": f"Dokumenty korpusu {name}", "en": f"Documents of the corpus {name}"},
            )
            facts["figure"] = ", ".join(str(path) for path in write_figure(drawn, figure))
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
def check(
    name: Name,
    data: Data = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Do not look for languages, near-duplicates and boilerplate.")
    ] = False,
    rejected: Annotated[
        Path | None, typer.Option(help="CSV for every rejected document with its reason.", show_default=False)
    ] = None,
    as_json: Json = False,
) -> None:
    """Check that a corpus's texts are there, are those declared, and can be read; exit status 1 if not.

    Also says what may be wrong with them: documents rejected, dates not understood, duplicates, other languages.

    Example:

        $ discourse corpus check demo
    """
    from discourse.corpus.examine import examine
    from discourse.corpus.export import export
    from discourse.corpus.manifest import find
    from discourse.corpus.rejected import table
    from discourse.corpus.store import data_folder

    corpus = find(name)
    folder = data_folder(data)
    try:
        found = examine(corpus, folder, quick)
    except DiscourseError as error:
        print(f"wanting: {error}")
        raise typer.Exit(1) from None
    wanting = found.other_than_declared(corpus.manifest)
    if rejected is not None:
        export(table(found.rejected), rejected)
    if as_json:
        print_json({**found.facts(corpus.manifest), "wanting": wanting})
    else:
        state = wanting or "all as declared"
        print(f"{name}: {found.documents.height} documents, {found.blank} of them without text; {state}")
        _problems(found)
    if wanting:
        raise typer.Exit(1)


def _found(corpus: Corpus, found: Examined) -> None:
    """Print what a corpus holds and what may be wrong with it."""
    facts = found.facts(corpus.manifest)
    print(f"{facts['documents']} documents, {facts['words']} words, {facts['rejected']} rejected")
    for column, (first, last) in facts["dates"].items():
        print(f"{column}: {first} to {last}")
    for column, groups in facts["groups"].items():
        shown = [f"{key} {number}" for key, number in list(groups.items())[:6]]
        print(f"{column}: {', '.join(shown)}{f' and {len(groups) - 6} more' if len(groups) > 6 else ''}")
    _problems(found)


def _problems(found: Examined) -> None:
    for problem in found.problems:
        print(f"  {problem.kind}: {problem.number}")
        for example in problem.examples:
            print(f"    {' '.join(example.split())[:160]}")


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


app.command("flags")(corpus_clean.flags)
app.command("boilerplate")(corpus_clean.boilerplate)
app.command("add")(corpus_get.add)
app.command("fetch")(corpus_get.fetch)
