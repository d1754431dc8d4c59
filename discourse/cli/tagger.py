"""`discourse tagger`: train the weights of the language step, and measure them on annotated text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import Json, print_json

app = typer.Typer(help="The tagger: train its weights, evaluate them on annotated text.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="Annotated text in CoNLL-U, gzipped or not.", show_default=False)]


@app.command()
def train(
    file: File,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the weights (default: the package's).", show_default=False)
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of all chance in training.")] = 20260601,
) -> None:
    """Train the tagger's weights on annotated text, deterministically.

    Example:

        $ discourse tagger train nkjp1m-train.conllu.gz --out weights
    """
    from discourse.language.formats import conllu
    from discourse.language.tagger.make import make

    for path in make(conllu.read(file), out, seed):
        print(path)


@app.command()
def evaluate(
    file: File,
    raw: Annotated[bool, typer.Option("--raw", help="Also from raw text: the sentences joined by one space.")] = False,
    as_json: Json = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write the file with our lemmas and tags on its tokens.", show_default=False),
    ] = None,
) -> None:
    """Measure lemmas, parts of speech and tags against annotated text.

    Example:

        $ discourse tagger evaluate nkjp1m-dev.conllu.gz --raw --json
    """
    from discourse.core.files import write_text
    from discourse.language.formats import conllu
    from discourse.language.tagger import evaluate as scores

    text = conllu.read_text(file)
    tokens = conllu.parse(text, str(file))
    found = scores.given_tokens(tokens)
    values, counts = dict(found.values), dict(found.counts)
    if raw:
        more = scores.raw_text(tokens)
        values |= more.values
        counts |= more.counts
    if out is not None:
        write_text(out, scores.write_predictions(text, tokens))
    if as_json:
        print_json(values)
        return
    for name, value in values.items():
        print(f"{name.replace('_', ' '):18} {value:7.4f}   of {counts[name]}")
