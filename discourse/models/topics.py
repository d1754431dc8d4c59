"""Topics: what documents are about, in weighted lists of terms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from discourse.core.errors import DiscourseError
from discourse.core.seeds import integer
from discourse.models.engines import ENGINES, Fit
from discourse.models.matrix import Matrix

Floats = npt.NDArray[np.float64]

#: The engine where none is named; `benchmarks/topics.py` says by what rule it was chosen.
DEFAULT = "sklearn-nmf"


@dataclass(frozen=True)
class Topics:
    """A fitted model as frames. Topics are numbered from 0 by their share of all documents, largest first.

    topics: one row a topic and rank: `topic, rank, term, weight` (share of the topic's weight).
    prevalence: one row a document and topic: `doc_id, topic, share, reason`; shares of a document sum to 1, and are
    null, with the reason, where it has no term of the vocabulary.
    `k` is the number of topics found, which for engines that find it themselves may be less than was asked for.
    """

    engine: str
    k: int
    seed: int
    topics: pl.DataFrame
    prevalence: pl.DataFrame


@dataclass(frozen=True)
class Placer:
    """A fitted model that tells the shares of its topics in other documents: documents × topics, rows sum to 1."""

    names: list[str]  # the topics' first terms
    _fit: Fit
    _order: list[int]

    def shares(self, counts: csr_array) -> Floats:
        """Zeros where a document has no term of the vocabulary."""
        filled = np.flatnonzero(np.asarray(counts.sum(axis=1)).ravel() > 0)
        found = np.zeros((counts.shape[0], len(self._order)))
        if len(filled):
            with threadpool_limits(limits=1):
                found[filled] = np.nan_to_num(_normalised(self._fit.place(counts[filled])[:, self._order]))
        return found


def fit_topics(matrix: Matrix, k: int, seed: int, engine: str = DEFAULT, *, top: int = 20) -> Topics:
    """`k` topics of the documents, by one of `ENGINES`, with the `top` terms of each.

    The same for documents in any order and on any number of processors. Raises `DiscourseError` for an unknown engine,
    for fewer than two topics, or more topics than documents with terms.
    """
    _, weights, shares, _, filled = _fitted(matrix, k, seed, engine, top)
    return Topics(
        engine, len(weights), seed, _terms(matrix.terms, weights, top), _prevalence(matrix.doc_id, filled, shares)
    )


def placer(matrix: Matrix, k: int, seed: int, engine: str = DEFAULT) -> Placer:
    """The same model as that of `fit_topics`, to place documents that were not fitted."""
    fit, weights, _, order, _ = _fitted(matrix, k, seed, engine, 20)
    names = [" ".join(matrix.terms[at] for at in np.argsort(-row, kind="stable")[:3]) for row in weights]
    return Placer(names, fit, order)


def _fitted(
    matrix: Matrix, k: int, seed: int, engine: str, top: int
) -> tuple[Fit, Floats, Floats, list[int], list[str]]:
    """The fit; weights and shares in the topics' order, normalised; that order; the documents with terms."""
    run = ENGINES.get(engine)
    lengths = np.asarray(matrix.counts.sum(axis=1)).ravel()
    filled = [name for name, length in zip(matrix.doc_id, lengths, strict=True) if length > 0]
    if k < 2:
        raise DiscourseError(f"a topic model needs at least 2 topics, not {k}; set k higher")
    if k > len(filled):
        raise DiscourseError(
            f"table 'content': {k} topics for {len(filled)} documents with terms; set k lower or give more documents"
        )
    with threadpool_limits(limits=1):  # sums on several threads differ in their last digits
        fit = run(matrix.select(filled), k, integer(seed, "topics", engine, k))
    weights, shares = np.nan_to_num(_normalised(fit.weights)), _normalised(fit.shares)
    order = sorted(
        range(len(weights)), key=lambda topic: (-np.nansum(shares[:, topic]), tuple(np.argsort(-weights[topic])[:top]))
    )
    return fit, weights[order], shares[:, order], order, filled


def _normalised(rows: Floats) -> Floats:
    """Rows that sum to 1; a row of zeros becomes NaN."""
    total = rows.sum(axis=1, keepdims=True)
    return np.divide(rows, total, out=np.full_like(rows, np.nan), where=total > 0)


def _terms(terms: list[str], weights: Floats, top: int) -> pl.DataFrame:
    rows = []
    for topic, weight in enumerate(weights):
        for rank, column in enumerate(np.argsort(-weight, kind="stable")[:top], start=1):
            rows.append((topic, rank, terms[column], float(weight[column])))
    columns = {"topic": pl.UInt32, "rank": pl.UInt32, "term": pl.String, "weight": pl.Float64}
    return pl.DataFrame(rows, schema=columns, orient="row")


def _prevalence(doc_id: list[str], filled: list[str], shares: Floats) -> pl.DataFrame:
    topics = pl.DataFrame({"topic": pl.Series(range(shares.shape[1]), dtype=pl.UInt32)})
    found = pl.DataFrame({"doc_id": filled}).join(topics, how="cross", maintain_order="left_right")
    found = found.with_columns(pl.Series("share", shares.ravel()).fill_nan(None), pl.lit(True).alias("fitted"))
    reason = pl.when(pl.col("fitted").is_null()).then(pl.lit("no term of the vocabulary")).otherwise(
        pl.when(pl.col("share").is_null()).then(pl.lit("no topic holds its terms"))
    )
    return (
        pl.DataFrame({"doc_id": doc_id})
        .join(topics, how="cross", maintain_order="left_right")
        .join(found, on=["doc_id", "topic"], how="left", maintain_order="left")
        .select("doc_id", "topic", "share", reason.alias("reason"))
    )
