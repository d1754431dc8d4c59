"""`discourse keyness`: what is more frequent in one group of a corpus than in the others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import Data, Json, Lexicons, print_json


def keyness(
    corpus: Annotated[
        list[str], typer.Argument(help="A corpus by name, or files and folders of documents.", show_default=False)
    ],
    by: Annotated[str, typer.Option(help="Metadata column whose groups are compared.", show_default=False)],
    target: Annotated[
        str | None, typer.Option(help="Only this group against the others (default: each).", show_default=False)
    ] = None,
    of: Annotated[str, typer.Option(help="lemma, ngram2, ngram3, marker or speaker.")] = "lemma",
    pos: Annotated[
        str | None,
        typer.Option(
            help="Only these parts of speech, with commas: noun, verb, adjective, adverb, content, or flexemes.",
            show_default=False,
        ),
    ] = None,
    minimum: Annotated[int, typer.Option("--min", min=1, help="Leave out items that occur less often.")] = 5,
    top: Annotated[int, typer.Option(min=0, help="Rows a group; 0 gives all.")] = 20,
    sort: Annotated[str, typer.Option(help="g2, dispersion (G² of documents) or log_ratio (its lower bound).")] = "g2",
    draws: Annotated[
        int, typer.Option(min=0, help="Draws of documents for the interval of Log Ratio; 0 takes the formula.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the draws.")] = 0,
    dispersion: Annotated[
        bool, typer.Option("--dispersion", help="Also how evenly the item is spread over the group: D, DP, ARF.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="File to write: .csv (every column), .md or .tex.", show_default=False)
    ] = None,
    language: Annotated[str, typer.Option(help="pl or en, of headings and numbers.")] = "pl",
    lexicon: Lexicons = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes to share the documents among.")] = 1,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Find what is key: items more frequent in one group of documents than in the others, and by how much.

    Example:

        $ discourse keyness demo --by genre --target opinion --top 10
    """
    from discourse.core.csv import csv_text
    from discourse.core.errors import DiscourseError
    from discourse.core.files import writable, write_text
    from discourse.core.progress import say
    from discourse.corpus.documents import documents
    from discourse.corpus.load import load
    from discourse.corpus.manifest import find
    from discourse.corpus.store import data_folder
    from discourse.experiment.keyness import Wanted, as_table, key_items
    from discourse.report.labels import language as known_language
    from discourse.report.tables import latex, markdown, printed

    names = tuple(name.strip() for name in (pos or "").split(",") if name.strip())
    wanted = Wanted(by, of, names, target, minimum, draws, seed, sort, dispersion)
    known_language(language)
    if out is not None:
        if out.suffix.lower() not in (".csv", ".md", ".tex"):
            raise DiscourseError(f"--out {out}: no format for {out.suffix!r}; known: .csv, .md, .tex")
        writable(out)
    if len(corpus) == 1 and not Path(corpus[0]).exists():
        frame = documents(find(corpus[0]), data_folder(data))
    else:
        frame = load([Path(name) for name in corpus])
    found = key_items(frame, wanted, workers=workers, lexicons=tuple(lexicon or ()))
    shown = found.group_by("group_a", maintain_order=True).head(top) if top else found
    shown = shown.select(found.columns)
    if as_json:
        print_json(shown.to_dicts())
    table = as_table(shown, wanted)
    if out is not None:
        form = {".csv": csv_text, ".md": lambda _: markdown(table, language), ".tex": lambda _: latex(table, language)}
        write_text(out, form[out.suffix.lower()](shown))
    elif not as_json:
        print(table.caption[language])
        _show([[table.heading(c, language) for c in table.frame.columns], *printed(table, language)])
    say(f"{found['item'].n_unique()} items, {found.height} comparisons, {shown.height} shown")


def _show(lines: list[list[str]]) -> None:
    """The cells in columns: the item to the left, numbers to the right."""
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    for line in lines:
        numbers = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
        print("  ".join([line[0].ljust(widths[0]), *numbers]))
