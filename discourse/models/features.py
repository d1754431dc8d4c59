"""Features of documents, fitted on the training documents of a split alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from scipy.sparse import csr_array, hstack

from discourse.core.errors import DiscourseError
from discourse.models.matrix import Matrix
from discourse.models.topics import placer

#: Training and test matrices, and the columns' names.
Made = tuple[Any, Any, list[str]]
#: A block of features: rows of training and of test documents in, their matrices and the columns' names out.
Block = Callable[[np.ndarray, np.ndarray], Made]

#: Sets of features by name: the blocks that they are made of.
SETS: Mapping[str, tuple[str, ...]] = {
    "measures": ("measures",),
    "lemmas": ("lemmas",),
    "topics": ("topics",),
    "both": ("measures", "lemmas"),
    "all": ("measures", "lemmas", "topics"),
}


def within(blocks: Mapping[str, Block], sets: Sequence[str], train: np.ndarray, test: np.ndarray) -> dict[str, Made]:
    """Matrices of each set of features, everything learned from the training rows; each block is fitted once.

    Several blocks side by side are brought to one mean length of training rows, so that they weigh alike, however
    many columns they have.
    """
    made = {name: blocks[name](train, test) for name in dict.fromkeys(name for kind in sets for name in SETS[kind])}
    return {kind: _side_by_side([made[name] for name in SETS[kind]]) for kind in sets}


def _side_by_side(parts: list[Made]) -> Made:
    if len(parts) == 1:
        return parts[0]
    sizes = [_mean_length(part[0]) for part in parts]
    x_train, x_test = (
        csr_array(hstack([csr_array(part[side]) / size for part, size in zip(parts, sizes, strict=True)]))
        for side in (0, 1)
    )
    return x_train, x_test, [name for part in parts for name in part[2]]


def _mean_length(rows: Any) -> float:
    """The root mean square length of the rows."""
    length = float(np.sqrt(csr_array(rows).power(2).sum() / rows.shape[0]))
    return length or 1.0


def measure_features(measures: pl.DataFrame, doc_id: list[str]) -> Block:
    """Measures as standard scores; a missing value is the median. A measure missing from all training rows is 0."""
    from sklearn.impute import SimpleImputer
    from sklearn.preprocessing import StandardScaler

    names = measures["measure"].unique().sort().to_list()
    wide = measures.select("doc_id", "measure", "value").pivot("measure", index="doc_id", values="value")
    rows = pl.DataFrame({"doc_id": doc_id}).join(wide, on="doc_id", how="left", maintain_order="left")
    values = rows.select(pl.col(names).cast(pl.Float64).fill_null(np.nan)).to_numpy()

    def block(train: np.ndarray, test: np.ndarray) -> Made:
        imputer = SimpleImputer(strategy="median", keep_empty_features=True)
        scaler = StandardScaler()
        x_train = scaler.fit_transform(imputer.fit_transform(values[train]))
        return x_train, scaler.transform(imputer.transform(values[test])), names

    return block


def lemma_features(matrix: Matrix, doc_id: list[str], min_documents: int, max_share: float) -> Block:
    """TF-IDF (logarithmic counts, rows of length 1) of the lemmas that enough and not too many training rows hold."""
    from sklearn.feature_extraction.text import TfidfTransformer

    counts = matrix.select(doc_id).counts
    terms = np.array(matrix.terms, object)

    def block(train: np.ndarray, test: np.ndarray) -> Made:
        kept = _vocabulary(counts, train, min_documents, max_share)
        weigh = TfidfTransformer(sublinear_tf=True)
        x_train = weigh.fit_transform(counts[train][:, kept])
        return x_train, weigh.transform(counts[test][:, kept]), terms[kept].tolist()

    return block


def topic_features(
    matrix: Matrix, doc_id: list[str], k: int, seed: int, min_documents: int, max_share: float
) -> Block:
    """Shares of `k` topics that were fitted on the training rows, as standard scores; at most a third of these rows.

    The columns are called by the topics' first terms, as *topic: most rzeka burmistrz*.
    """
    from sklearn.preprocessing import StandardScaler

    own = matrix.select(doc_id)

    def block(train: np.ndarray, test: np.ndarray) -> Made:
        kept = _vocabulary(own.counts, train, min_documents, max_share)
        known = own.terms_only(kept)
        fitted = placer(known.select([doc_id[row] for row in train]), max(2, min(k, len(train) // 3)), seed)
        scaler = StandardScaler()
        x_train = scaler.fit_transform(fitted.shares(known.counts[train]))
        return x_train, scaler.transform(fitted.shares(known.counts[test])), [f"topic: {name}" for name in fitted.names]

    return block


def _vocabulary(counts: csr_array, train: np.ndarray, min_documents: int, max_share: float) -> np.ndarray:
    seen = np.asarray((counts[train] > 0).sum(axis=0)).ravel()
    kept = np.flatnonzero((seen >= min_documents) & (seen <= max_share * len(train)))
    if not len(kept):
        raise DiscourseError(
            f"no vocabulary left: no lemma stands in at least {min_documents} and at most {max_share:.0%} of "
            f"{len(train)} training documents; lower min_documents or raise max_share"
        )
    return kept
