"""Freezing: a referenced corpus measured from its texts, and what was counted kept beside its manifest."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

import discourse
from discourse.core.errors import DiscourseError
from discourse.core.files import sha256, write_bytes, write_text
from discourse.core.progress import track
from discourse.corpus.documents import documents
from discourse.corpus.load import batches
from discourse.corpus.manifest import Corpus
from discourse.corpus.store import verified
from discourse.experiment import layers, record
from discourse.experiment.cache import Store, digest
from discourse.experiment.engines.local import each
from discourse.experiment.frozen import RECORD, TABLES, Frozen, frozen, frozen_folder, how, made_with, opened, packed
from discourse.experiment.layers import pack, unpack
from discourse.experiment.steps import BATCH

_LICENCE = (
    "Counts, offsets and metadata made by discourse, under the licence of discourse (MIT). No text, title or name of "
    "an author or speaker of the documents is here; the documents are their publishers'."
)


def measured(corpus: Corpus, data: Path | None, workers: int = 1, ids: list[str] | None = None) -> dict[str, Any]:
    """The tables that are frozen, made from the texts; of the documents `ids` alone, where they are given."""
    store, making = Store(), how()
    whole = documents(corpus, data)
    if ids is not None:
        whole = whole.filter(pl.col("doc_id").is_in(ids))
    texts = [store.keep(digest(pack(text)), {"text": pack(text)})["text"]
             for text in batches(whole.select("^(doc_id|title|text|recurrent)$"), BATCH)]  # fmt: skip
    work = partial(layers.make, folder=store.folder, how=making)
    made = track(each(work, texts, min(workers, len(texts))), f"measuring {corpus.name}", len(texts))
    outputs = [{name: sha for one in part.values() for name, sha in one.items()} for part, _ in made]
    found = {name: pl.concat([unpack(store.read(one[name])) for one in outputs]) for name in TABLES[1:]}
    return {"documents": whole.drop("corpus"), **found}


def freeze(corpus: Corpus, data: Path | None, workers: int = 1) -> Frozen:
    """Measure the corpus from its texts and write its frozen tables, in the place of earlier ones.

    The same texts, code and libraries give the same bytes. Raises `DiscourseError` for a corpus of files, whose texts
    are in the repository, and for texts that are not at hand.
    """
    if corpus.manifest.kind == "files":
        raise DiscourseError(f"corpus {corpus.name!r}: its texts are its own files; there is no need to freeze it")
    verified(corpus, data)
    files, columns = packed(measured(corpus, data, workers), speakers=bool(corpus.manifest.document))
    folder = frozen_folder(corpus)
    for name, blob in files.items():
        write_bytes(folder / name, blob)
    made = {
        "corpus": corpus.name,
        "licence": _LICENCE,
        "texts": {file.path: file.sha256 for file in corpus.manifest.files},
        "made_with": made_with(how()),
        "discourse": discourse.__version__,
        "dictionary": record.dictionary(),
        "files": {name: sha256(folder / name) for name in files},
        "measures": columns,
    }
    write_text(folder / RECORD, json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    return Frozen(folder)


def differences(corpus: Corpus, data: Path | None, workers: int = 1, sample: int | None = None) -> list[str]:
    """Where the frozen tables differ from those made from the texts now, one line a table; none where they agree.

    `sample` re-measures so many documents alone, evenly spread over the corpus.
    """
    kept = frozen(corpus)
    if kept is None:
        raise DiscourseError(f"corpus {corpus.name!r} has no frozen measures; make them with: "
                             f"discourse freeze {corpus.name} --data FOLDER")  # fmt: skip
    then = kept.tables()
    ids = then["documents"]["doc_id"].to_list()
    if sample is not None and sample < len(ids):
        ids = [ids[round(at * (len(ids) - 1) / max(1, sample - 1))] for at in range(sample)]
    files, columns = packed(measured(corpus, data, workers, ids), speakers=bool(corpus.manifest.document))
    now = opened(files, columns)
    found = []
    for name in TABLES:
        one, other = (table[name].filter(pl.col("doc_id").is_in(ids)) for table in (then, now))
        if not one.equals(other, null_equal=True):
            found.append(f"{name}: {_difference(one, other)}")
    return found


def _difference(one: pl.DataFrame, other: pl.DataFrame) -> str:
    if one.columns != other.columns or one.height != other.height:
        return f"{one.height} rows frozen, {other.height} now" if one.columns == other.columns else "other columns"
    unlike = pl.any_horizontal(
        one[column].ne_missing(other[column]) if not one[column].dtype.is_nested()
        else one[column].map_elements(str, pl.String).ne_missing(other[column].map_elements(str, pl.String))
        for column in one.columns
    )  # fmt: skip
    rows = one.filter(one.select(unlike).to_series())
    return f"{rows.height} of {one.height} rows differ, first that of {rows['doc_id'][0]}"
