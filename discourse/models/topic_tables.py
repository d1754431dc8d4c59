"""What a fitted topic model says: labels, exemplars, prevalence by group, and sheets on which people judge it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from discourse.core.seeds import stream
from discourse.models.matrix import Matrix
from discourse.models.topics import Topics
from discourse.statistics.intervals import describe
from discourse.statistics.keyness import keyness

#: Terms in a row of a sheet before the intruder, and topics.
_WORDS, _TOPICS = 5, 3


def labels(model: Topics, matrix: Matrix, *, terms: int = 3, minimum: int = 5) -> pl.DataFrame:
    """One row a topic: `topic`, `label` (the most key terms of the documents it is the largest topic of, joined by ·).

    Keyness is G² against all other documents (Dunning 1993). Where no document has it as its largest topic, or no term
    occurs `minimum` times, the label is the topic's first terms.
    """
    first = (
        model.topics.filter(pl.col("rank") <= terms)
        .sort("topic", "rank")
        .group_by("topic", maintain_order=True)
        .agg(pl.col("term").str.join(" · ").alias("label"))
    )
    main = largest(model)
    if main["topic"].n_unique() < 2 or matrix.counts.sum(axis=0).max() < minimum:
        return first
    rows, columns = matrix.counts.nonzero()
    counts = pl.DataFrame({
        "doc_id": pl.Series(matrix.doc_id, dtype=pl.String).gather(pl.Series(rows, dtype=pl.UInt32)),
        "item": pl.Series(matrix.terms, dtype=pl.String).gather(pl.Series(columns, dtype=pl.UInt32)),
        "n": matrix.counts[rows, columns].astype(np.int64),
    })
    groups = main.select("doc_id", pl.col("topic").cast(pl.String).alias("group"))
    key = keyness(counts, groups, minimum=minimum).filter(pl.col("g2") > 0)
    found = (
        key.group_by(pl.col("group_a").cast(pl.UInt32).alias("topic"), maintain_order=True)
        .agg(pl.col("item").head(terms).str.join(" · ").alias("key"))
    )  # fmt: skip
    return first.join(found, on="topic", how="left", maintain_order="left").select(
        "topic", pl.coalesce("key", "label").alias("label")
    )


def largest(model: Topics) -> pl.DataFrame:
    """One row a document with shares: `doc_id, topic, share` of its largest topic; of equal ones the first."""
    return (
        model.prevalence.filter(pl.col("share").is_not_null())
        .sort("doc_id", "share", "topic", descending=[False, True, False])
        .group_by("doc_id", maintain_order=True)
        .first()
        .select("doc_id", "topic", "share")
    )


def exemplars(model: Topics, matrix: Matrix, *, documents: int = 3) -> pl.DataFrame:
    """One row a topic and rank: the `doc_id` and `share` of those documents in which the topic's share is largest.

    Only documents at least as long as the median count, since a short one soon has a single topic.
    """
    lengths = np.asarray(matrix.counts.sum(axis=1)).ravel()
    long = [name for name, length in zip(matrix.doc_id, lengths, strict=True) if length >= np.median(lengths)]
    return (
        model.prevalence.filter(pl.col("share").is_not_null() & pl.col("doc_id").is_in(long))
        .sort("topic", "share", "doc_id", descending=[False, True, False])
        .group_by("topic", maintain_order=True)
        .head(documents)
        .with_columns((pl.int_range(pl.len(), dtype=pl.UInt32).over("topic") + 1).alias("rank"))
        .select("topic", "rank", "doc_id", "share")
    )


def prevalence_by_group(
    model: Topics,
    groups: pl.DataFrame,
    *,
    seed: int,
    draws: int = 2000,
    clusters: pl.DataFrame | None = None,
    level: float = 0.95,
) -> pl.DataFrame:
    """One row a topic and group: the mean share of the topic in the group's documents with its bootstrap interval.

    `topic, group, n, share, low, high, reason`; documents, or whole `clusters`, are drawn within the group.
    """
    values = model.prevalence.select(
        "doc_id", pl.col("topic").cast(pl.String).alias("measure"), pl.col("share").alias("value")
    )
    found = describe(values, groups, seed=seed, draws=draws, clusters=clusters, level=level)
    return found.select(
        pl.col("measure").cast(pl.UInt32).alias("topic"), "group", "n", pl.col("mean").alias("share"), "low", "high",
        "reason",
    ).sort("topic", maintain_order=True)  # fmt: skip


def word_intrusion(model: Topics, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A sheet for raters, and its key: which of six words does not belong (Chang et al. 2009)?

    The sheet has one row a topic in random order: `item`, `word_1` to `word_6`, and an empty `answer`. The key has
    `item, topic, intruder`. The intruder is among the first ten terms of another topic, and not among the terms that
    the model keeps of this one.
    """
    random = stream(seed, "intrusion", "words")
    terms = {topic: rows["term"].to_list() for (topic,), rows in _ranked(model).group_by("topic", maintain_order=True)}
    sheet: list[tuple[object, ...]] = []
    key: list[tuple[object, ...]] = []
    for topic in random.permutation(list(terms)).tolist():
        own = set(terms[topic])
        foreign = sorted({term for other, words in terms.items() if other != topic for term in words[:10]} - own)
        if not foreign or len(terms[topic]) < _WORDS:
            continue
        intruder = foreign[random.integers(len(foreign))]
        words = [*terms[topic][:_WORDS], intruder]
        item = len(sheet) + 1
        sheet.append((item, *(words[at] for at in random.permutation(len(words))), ""))
        key.append((item, topic, intruder))
    names = ["item", *(f"word_{n}" for n in range(1, _WORDS + 2)), "answer"]
    schema = {name: pl.UInt32 if name == "item" else pl.String for name in names}
    return (
        pl.DataFrame(sheet, schema=schema, orient="row"),
        pl.DataFrame(key, schema={"item": pl.UInt32, "topic": pl.UInt32, "intruder": pl.String}, orient="row"),
    )


def topic_intrusion(
    model: Topics, seed: int, *, documents: int = 20, titles: Mapping[str, str] | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A sheet for raters, and its key: which of four topics does not belong to the document (Chang et al. 2009)?

    The sheet has one row a document drawn by chance: `item, doc_id, title`, `topic_1` to `topic_4` as their first
    words, and an empty `answer`; three topics have the largest shares, the intruder is one of the lower half. The key
    has `item, doc_id, topic, intruder` with the intruder's place in the row.
    """
    random = stream(seed, "intrusion", "topics")
    words = {
        topic: ", ".join(rows["term"].head(_WORDS))
        for (topic,), rows in _ranked(model).group_by("topic", maintain_order=True)
    }
    sheet: list[tuple[object, ...]] = []
    key: list[tuple[object, ...]] = []
    shared = model.prevalence.filter(pl.col("share").is_not_null()).sort("doc_id", "topic")
    ids = shared["doc_id"].unique(maintain_order=True).to_list()
    if model.k > _TOPICS + 1:
        for doc_id in sorted(random.permutation(ids)[:documents].tolist()):
            own = shared.filter(pl.col("doc_id") == doc_id).sort("share", "topic", descending=[True, False])
            topics = own["topic"].to_list()
            low = topics[max(_TOPICS, len(topics) // 2) :]
            intruder = low[random.integers(len(low))]
            placed = random.permutation([*topics[:_TOPICS], intruder]).tolist()
            item = len(sheet) + 1
            title = (titles or {}).get(doc_id) or ""
            sheet.append((item, doc_id, title, *(words[topic] for topic in placed), ""))
            key.append((item, doc_id, intruder, placed.index(intruder) + 1))
    names = ["item", "doc_id", "title", *(f"topic_{n}" for n in range(1, _TOPICS + 2)), "answer"]
    schema = {name: pl.UInt32 if name == "item" else pl.String for name in names}
    columns = {"item": pl.UInt32, "doc_id": pl.String, "topic": pl.UInt32, "intruder": pl.UInt32}
    return pl.DataFrame(sheet, schema=schema, orient="row"), pl.DataFrame(key, schema=columns, orient="row")


def _ranked(model: Topics) -> pl.DataFrame:
    return model.topics.sort("topic", "rank")
