"""Topic engines, by name: each fits topics to counts of terms, and can tell the shares of topics in other documents."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from discourse.core.errors import DiscourseError
from discourse.core.registry import Registry
from discourse.models.matrix import Matrix

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """What an engine found: `weights` topics × terms, `shares` documents × topics, none negative.

    `place` takes counts of the same terms in other documents and gives their shares, with the topics left as they are.
    """

    weights: Floats
    shares: Floats
    place: Callable[[csr_array], Floats]


#: An engine: a matrix without empty documents, the number of topics (or the most there may be) and a seed in.
Engine = Callable[[Matrix, int, int], Fit]

ENGINES: Registry[Engine] = Registry("topic engine")

_ROUNDS = 1000  # of the Gibbs samplers


@ENGINES.register("gensim-lda")
def gensim_lda(matrix: Matrix, k: int, seed: int) -> Fit:
    """Latent Dirichlet allocation by online variational Bayes (Blei et al. 2003; Hoffman et al. 2010), through gensim.

    The documents' prior is learned; twenty passes over batches of at most 500 documents, more where there are fewer
    than three batches, so that the topics are updated at least sixty times.
    """
    from gensim.models import LdaModel

    corpus = _bags(matrix.counts)
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
    return Fit(model.get_topics().astype(np.float64), *_inferred(model, matrix.counts, seed))


@ENGINES.register("gensim-hdp")
def gensim_hdp(matrix: Matrix, k: int, seed: int) -> Fit:
    """A hierarchical Dirichlet process by online variational Bayes (Wang et al. 2011), through gensim.

    It is meant to find the number of topics itself, up to `k`: those that are the largest of some document are kept.
    It needs far more documents than the others before its topics mean anything (docs/decisions/models.md).
    """
    from gensim.models import HdpModel

    corpus = _bags(matrix.counts)
    names = dict(enumerate(matrix.terms))
    size = min(256, max(1, len(corpus) // 4))
    found = HdpModel(corpus, names, T=k, K=min(15, k), chunksize=size, kappa=0.6, tau=1.0, random_state=seed)
    for _ in range(max(10, math.ceil(120 * size / len(corpus)))):  # the library makes a first pass of its own
        found.update(corpus)
    model = found.suggested_lda_model()
    shares, place = _inferred(model, matrix.counts, seed)
    held = np.unique(shares.argmax(axis=1))
    return Fit(model.get_topics().astype(np.float64)[held], shares[:, held], lambda counts: place(counts)[:, held])


@ENGINES.register("sklearn-nmf")
def sklearn_nmf(matrix: Matrix, k: int, seed: int) -> Fit:
    """Non-negative factors of the TF-IDF matrix (Lee and Seung 1999), from scikit-learn's NNDSVD start."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfTransformer

    weigh = TfidfTransformer(sublinear_tf=True)
    weighted = weigh.fit_transform(matrix.counts)
    start = "nndsvd" if k <= min(weighted.shape) else "random"
    model = NMF(n_components=k, init=start, max_iter=500, random_state=seed)
    with warnings.catch_warnings():  # few documents: the last digits may still move after 500 rounds
        warnings.simplefilter("ignore", ConvergenceWarning)
        shares = model.fit_transform(weighted)
    return Fit(
        model.components_.astype(np.float64),
        shares.astype(np.float64),
        lambda counts: model.transform(weigh.transform(counts)).astype(np.float64),
    )


@ENGINES.register("tomotopy-lda")
def tomotopy_lda(matrix: Matrix, k: int, seed: int) -> Fit:
    """Latent Dirichlet allocation by collapsed Gibbs sampling (Griffiths and Steyvers 2004), through tomotopy."""
    tomotopy = _tomotopy()
    return _sampled(tomotopy.LDAModel(k=k, seed=seed, alpha=0.1, eta=0.01), matrix, lambda: list(range(k)), k)


@ENGINES.register("tomotopy-hdp")
def tomotopy_hdp(matrix: Matrix, k: int, seed: int) -> Fit:
    """A hierarchical Dirichlet process by Gibbs sampling (Teh et al. 2006; Newman et al. 2009), through tomotopy.

    It finds the number of topics itself, from `k` at the start; the largest `k` are kept.
    """
    tomotopy = _tomotopy()
    model = tomotopy.HDPModel(initial_k=k, seed=seed, alpha=0.1, gamma=0.1, eta=0.01)
    return _sampled(model, matrix, lambda: [topic for topic in range(model.k) if model.is_live_topic(topic)], k)


def _tomotopy() -> Any:
    try:
        import tomotopy
    except ImportError:
        raise DiscourseError(
            "the topic engines of tomotopy are an extra: install discourse[tomotopy], or choose another engine"
        ) from None
    return tomotopy


def _sampled(model: Any, matrix: Matrix, live: Callable[[], list[int]], most: int) -> Fit:
    """The model after its rounds on one worker: on several, the sampler promises no equal results."""
    for text in matrix.texts():
        model.add_doc(text)
    model.train(_ROUNDS, workers=1)
    sizes = np.asarray(model.get_count_by_topics(), np.int64)
    kept = sorted(sorted(live(), key=lambda topic: -sizes[topic])[:most])
    column = {term: at for at, term in enumerate(matrix.terms)}
    at = np.array([column[term] for term in model.used_vocabs], np.intp)
    weights = np.zeros((len(kept), len(matrix.terms)))
    for row, topic in enumerate(kept):
        weights[row, at] = model.get_topic_word_dist(topic)
    shares = np.array([document.get_topic_dist() for document in model.docs], np.float64)

    def place(counts: csr_array) -> Floats:
        made = [model.make_doc(text) for text in _texts(counts, matrix.terms)]
        found, _ = model.infer(made, workers=1)
        return np.array(found, np.float64)[:, kept]

    return Fit(weights, shares[:, kept], place)


def _texts(counts: csr_array, terms: list[str]) -> list[list[str]]:
    return [[terms[term] for term, n in bag for _ in range(int(n))] for bag in _bags(counts)]


def _bags(counts: csr_array) -> list[list[tuple[int, float]]]:
    rows = csr_array(counts)
    spans = zip(rows.indptr[:-1], rows.indptr[1:], strict=True)
    return [list(zip(rows.indices[a:b].tolist(), rows.data[a:b].tolist(), strict=True)) for a, b in spans]


def _inferred(model: Any, counts: csr_array, seed: int) -> tuple[Floats, Callable[[csr_array], Floats]]:
    """Shares of topics by a fitted LDA of gensim, whose inference starts from chance: each call from the same."""

    def place(others: csr_array) -> Floats:
        model.random_state = np.random.RandomState(seed)
        return model.inference(_bags(others))[0].astype(np.float64)

    return place(counts), place
