"""Trains the vectors of lemmas that models of ambiguous markers read, on the documents of the training gold.

    python scripts/train_vectors.py FOLDER_OF_CORPORA

No article of `press-test`, `experts-test` or `news-test` is among them; most of `voices-test`, which tests speakers and
roles only, are. One worker and a fixed seed: the same texts give the same file. Models read the vectors, so train them
anew afterwards.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl
from gensim.models import Word2Vec
from train_markers import documents

from discourse.language.annotate import tokens
from discourse.markers.surroundings import CONTENT
from discourse.markers.vectors import write

#: Numbers of a vector, words on either side that count, rarest lemma: chosen by cross-validation of *mieć* and *móc*.
SIZE, WINDOW, RAREST = 64, 8, 8


def main(corpora: str) -> None:
    """Trains and writes the vectors: unit length, then centred on the mean of running content words."""
    table = tokens(documents(Path(corpora))).filter(pl.col("pos") != "interp").select("doc_id", "sent", "lemma", "pos")
    sentences = table.with_columns(number=pl.struct("doc_id", "sent").rle_id()).group_by(
        "number", maintain_order=True
    ).agg("lemma")["lemma"].to_list()
    model = Word2Vec(
        sentences, vector_size=SIZE, window=WINDOW, min_count=RAREST, sg=1, negative=8, epochs=6, workers=1, seed=1
    )
    lemmas = list(model.wv.index_to_key)
    rows = model.wv.vectors / np.linalg.norm(model.wv.vectors, axis=1, keepdims=True)
    counts = table.filter(pl.col("pos").is_in(CONTENT)).group_by("lemma").len()
    share = pl.DataFrame({"lemma": lemmas}).join(counts, on="lemma", how="left", maintain_order="left")
    write(lemmas, rows - np.average(rows, axis=0, weights=share["len"].fill_null(0).to_numpy()))


if __name__ == "__main__":
    main(*sys.argv[1:])
