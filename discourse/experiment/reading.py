"""The first step of a run: the documents of a corpus, in batches, in memory that does not grow with their texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.files import replacing
from discourse.core.schema import empty
from discourse.corpus.load import checked
from discourse.corpus.select import select
from discourse.corpus.stream import BATCH, of_corpus
from discourse.experiment.cache import Made
from discourse.experiment.config import Experiment
from discourse.experiment.gather import Part
from discourse.experiment.layers import pack


def read(part: Part, data_: Path | None, experiment: Experiment, study: bool, aside: Path) -> Iterator[Made]:
    """The metadata of the part's documents, then their texts in batches; the texts wait `aside` until all are read."""
    size = pl.col("text").str.len_chars().cast(pl.Int64) + pl.col("title").str.len_chars()
    metadata = []
    for at, frame in enumerate(of_corpus(part.corpus, data_)):
        frame = checked(frame)
        # `recurrent`: where a line stands that recurs over the corpus, which a batch cannot tell
        kept = [name for name in ("doc_id", "title", "text", "recurrent") if name in frame.columns]
        with replacing(aside / f"{at}.arrow") as temporary:
            frame.select(kept).write_ipc(temporary, compression="zstd")
        metadata.append(frame.select(pl.exclude("text", "corpus"), _size=size))
    none = empty("documents").select("doc_id", "title", _size=size)
    whole = pl.concat(metadata, how="diagonal") if metadata else none
    whole = whole.with_columns(pl.lit(part.name).alias("corpus"))
    whole = select(whole, part.selection, experiment.seed, f"experiment {experiment.name!r}, corpus {part.name!r}")
    if study and whole.height != 1:
        raise DiscourseError(f"study {part.name!r} has {whole.height} documents; it should be one")
    yield "documents", pack(whole.drop("_size"))
    chosen = whole.select("doc_id", _batch=(pl.col("_size").cum_sum() - pl.col("_size")) // BATCH)
    held: list[pl.DataFrame] = []
    number = 0
    for at in range(len(metadata)):
        texts = pl.read_ipc(aside / f"{at}.arrow")
        texts = texts.join(chosen, on="doc_id", how="inner", maintain_order="left")
        for batch in texts.partition_by("_batch", maintain_order=True):
            if held and batch["_batch"][0] != held[0]["_batch"][0]:
                yield f"text {number}", pack(pl.concat(held).drop("_batch"))
                held, number = [], number + 1
            held.append(batch)
    if held:
        yield f"text {number}", pack(pl.concat(held).drop("_batch"))
