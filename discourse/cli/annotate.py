"""`discourse annotate`: tokens, markers and attributions of any documents, in a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import Docs


class Format(StrEnum):
    """What `--format` takes."""

    parquet = "parquet"
    csv = "csv"
    jsonl = "jsonl"
    conllu = "conllu"
    vertical = "vertical"
    tei = "tei"
    standoff = "standoff"


def annotate(
    docs: Docs,
    out: Annotated[
        Path,
        typer.Option(help="File to write; a folder where several layers are written as tables.", show_default=False),
    ],
    layers: Annotated[str, typer.Option(help="tokens, markers, attributions (several with commas), or all.")] = "all",
    format_: Annotated[
        Format | None,
        typer.Option("--format", help="Format (default: by the suffix of --out, else parquet).", show_default=False),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes to share the documents among.")] = 1,
) -> None:
    """Annotate documents: lemmas and tags, stance markers, who says what.

    Several layers as tables make a folder with one file a layer; `standoff` is one JSON line a document in one file.

    Example:

        $ discourse annotate corpora/demo/articles --layers markers --out markers.csv
    """
    from discourse.corpus.load import load
    from discourse.experiment.annotation import write

    write(load(docs), out, layers, format_.value if format_ else None, workers)
