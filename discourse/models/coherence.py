"""Whether the terms of a topic stand together in documents, and whether topics differ from one another."""

from __future__ import annotations

import numpy as np
import polars as pl
from threadpoolctl import threadpool_limits

from discourse.models.matrix import Matrix


def coherence(
    topics: pl.DataFrame, matrix: Matrix, *, measures: tuple[str, ...] = ("c_npmi", "c_v"), top: int = 10
) -> pl.DataFrame:
    """One row a topic and measure: how often its `top` terms stand together in the documents of `matrix`.

    `topics` is the frame of `Topics`; `matrix` may hold documents that were not fitted. C_NPMI is in [−1, 1], C_V in
    [0, 1] (Röder et al. 2015), by gensim's CoherenceModel with its windows of 10 and 110 terms. Terms that never stand
    in the documents are left out; where fewer than two are left, `coherence` is null, with the reason.
    """
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    texts = [text for text in matrix.texts() if text]
    dictionary = Dictionary(texts)
    ranked = topics.filter(pl.col("rank") <= top).sort("topic", "rank")
    lists = {
        topic: [term for term in rows["term"] if term in dictionary.token2id]
        for (topic,), rows in ranked.group_by("topic", maintain_order=True)
    }
    scored = {topic: terms for topic, terms in lists.items() if len(terms) > 1}
    rows = []
    for measure in measures:
        values: dict[object, float] = {}
        if scored:
            with threadpool_limits(limits=1):
                model = CoherenceModel(
                    topics=list(scored.values()), texts=texts, dictionary=dictionary, coherence=measure, topn=top,
                    processes=1,
                )  # fmt: skip
                values = dict(zip(scored, map(float, model.get_coherence_per_topic()), strict=True))
        for topic in lists:
            value = values.get(topic, np.nan)
            missing = "fewer than two of its terms stand in the documents" if topic not in scored else "undefined"
            found = bool(np.isfinite(value))
            rows.append((topic, measure, value if found else None, None if found else missing))
    columns = {"topic": pl.UInt32, "measure": pl.String, "coherence": pl.Float64, "reason": pl.String}
    return pl.DataFrame(rows, schema=columns, orient="row")


def diversity(topics: pl.DataFrame, top: int = 10) -> float:
    """The share of distinct terms among the `top` terms of all topics: 1 where none is in two (Dieng et al. 2020)."""
    terms = topics.filter(pl.col("rank") <= top)["term"]
    return terms.n_unique() / len(terms) if len(terms) else float("nan")
