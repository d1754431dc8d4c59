"""`discourse annotate`: tokens, markers and attributions of any documents, in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import Docs, Engines, Lexicons, Scheduler


def annotate(
    docs: Docs,
    out: Annotated[
        Path,
        typer.Option(help="File to write; a folder where several layers are written as tables.", show_default=False),
    ],
    layers: Annotated[
        str, typer.Option(help="tokens, markers, attributions, measures (several by commas), or all: the first three.")
    ] = "all",
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
    partitioned: Annotated[
        bool, typer.Option("--partitioned", help="Write each layer as a folder of files, one a batch of documents.")
    ] = False,
    engine: Engines = "local",
    scheduler: Scheduler = None,
) -> None:
    """Annotate documents: lemmas and tags, stance markers, who says what.

    Several layers as tables make a folder with one file a layer; `standoff` is one JSON line a document in one file.
    Documents stream through in batches. What was finished when a run was cut off is not done again.

    Example:

        $ discourse annotate corpora/demo/articles --layers markers --out markers.csv
    """
    from discourse.corpus.stream import of_files
    from discourse.experiment import engines
    from discourse.experiment.annotation import write

    where = engines.engine(engine, workers, scheduler)
    write(of_files(docs), out, layers, format_, where, tuple(lexicon or ()), partitioned=partitioned)
