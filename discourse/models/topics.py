"""Topics: what documents are about, in weighted lists of terms."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from threadpoolctl import threadpool_limits

from discourse.core.errors import DiscourseError
from discourse.core.registry import Registry
from discourse.core.seeds import integer
from discourse.models.matrix import Matrix

Floats = npt.NDArray[np.float64]

#: An engine: a matrix without empty documents, the number of topics and a seed in; topics × terms and
#: documents × topics out, neither negative.
Engine = Callable[[Matrix, int, int], tuple[Floats, Floats]]

ENGINES: Registry[Engine] = Registry("topic engine")


@dataclass(frozen=True)
class Topics:
    """A fitted model as frames. Topics are numbered from 0 by their share of all documents, largest first.

    topics: one row a topic and rank: `topic, rank, term, weight` (share of the topic's weight).
    prevalence: one row a document and topic: `doc_id, topic, share, reason`; shares of a document sum to 1, and are
    null, with the reason, where it has no term of the vocabulary.
    """

    engine: str
    k: int
    seed: int
    topics: pl.DataFrame
    prevalence: pl.DataFrame


def fit_topics(matrix: Matrix, k: int, seed: int, engine: str = "gensim-lda", *, top: int = 20) -> Topics:
    """`k` topics of the documents, by one of `ENGINES`, with the `top` terms of each.

    The same for documents in any order and on any number of processors. Raises `DiscourseError` for an unknown engine,
    for fewer than two topics, or more topics than documents with terms.
    """
    fit = ENGINES.get(engine)
    lengths = np.asarray(matrix.counts.sum(axis=1)).ravel()
    filled = [name for name, length in zip(matrix.doc_id, lengths, strict=True) if length > 0]
    if k < 2:
        raise DiscourseError(f"a topic model needs at least 2 topics, not {k}; set k higher")
    if k > len(filled):
        raise DiscourseError(f"{k} topics for {len(filled)} documents with terms; set k lower or give more documents")
    with threadpool_limits(limits=1):  # sums on several threads differ in their last digits
        weights, shares = fit(matrix.select(filled), k, integer(seed, "topics", engine, k))
    weights, shares = np.nan_to_num(_normalised(weights)), _normalised(shares)
    order = sorted(range(k), key=lambda topic: (-np.nansum(shares[:, topic]), tuple(np.argsort(-weights[topic])[:top])))
    weights, shares = weights[order], shares[:, order]
    return Topics(engine, k, seed, _terms(matrix.terms, weights, top), _prevalence(matrix.doc_id, filled, shares))


@ENGINES.register("gensim-lda")
def gensim_lda(matrix: Matrix, k: int, seed: int) -> tuple[Floats, Floats]:
    """Latent Dirichlet allocation by online variational Bayes (Blei et al. 2003; Hoffman et al. 2010), through gensim.

    The documents' prior is learned; twenty passes over batches of at most 500 documents, more where there are fewer
    than three batches, so that the topics are updated at least sixty times.
    """
    from gensim.matutils import Sparse2Corpus
    from gensim.models import LdaModel

    corpus = list(Sparse2Corpus(matrix.counts, documents_columns=False))
    batches = math.ceil(len(corpus) / 500)
    model = LdaModel(
        corpus,
        num_topics=k,
        id2word=dict(enumerate(matrix.terms)),
        chunksize=min(500, len(corpus)),
        passes=max(20, math.ceil(60 / batches)),
        iterations=100,
        alpha="auto",
        eval_every=None,
        random_state=seed,
        dtype=np.float64,
    )
    shares, _ = model.inference(corpus)
    return model.get_topics().astype(np.float64), shares.astype(np.float64)


@ENGINES.register("sklearn-nmf")
def sklearn_nmf(matrix: Matrix, k: int, seed: int) -> tuple[Floats, Floats]:
    """Non-negative factors of the TF-IDF matrix (Lee and Seung 1999), from scikit-learn's NNDSVD start."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfTransformer

    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(matrix.counts)
    model = NMF(n_components=k, init="nndsvd", max_iter=500, random_state=seed)
    with warnings.catch_warnings():  # few documents: the last digits may still move after 500 rounds
        warnings.simplefilter("ignore", ConvergenceWarning)
        shares = model.fit_transform(weighted)
    return model.components_.astype(np.float64), shares.astype(np.float64)


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
