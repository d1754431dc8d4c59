"""`discourse annotate`: tokens, markers and attributions of any documents, in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import Docs, Lexicons


def annotate(
    docs: Docs,
    out: Annotated[
        Path,
        typer.Option(help="File to write; a folder where several layers are written as tables.", show_default=False),
    ],
    layers: Annotated[str, typer.Option(help="tokens, markers, attributions (several with commas), or all.")] = "all",
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="parquet, csv, jsonl, conllu, vertical, tei or standoff (default: by the suffix of --out).",
            show_default=False,
        ),
    ] = None,
    lexicon: Lexicons = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes to share the documents among.")] = 1,
) -> None:
    """Annotate documents: lemmas and tags, stance markers, who says what.

    Several layers as tables make a folder with one file a layer; `standoff` is one JSON line a document in one file.

    Example:

        $ discourse annotate corpora/demo/articles --layers markers --out markers.csv
    """
    from discourse.corpus.load import load
    from discourse.experiment.annotation import write

    write(load(docs), out, layers, format_, workers, tuple(lexicon or ()))
