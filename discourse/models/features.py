"""Features of documents, fitted on the training documents of a split alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from scipy.sparse import csr_array, hstack

from discourse.core.errors import DiscourseError
from discourse.models.matrix import Matrix

#: A block of features: rows of training and of test documents in, their matrices and the columns' names out.
Block = Callable[[np.ndarray, np.ndarray], tuple[Any, Any, list[str]]]


@dataclass(frozen=True)
class Features:
    """Blocks of features side by side; several are brought to one mean length of training rows."""

    blocks: list[Block]

    def within(self, train: np.ndarray, test: np.ndarray) -> tuple[Any, Any, list[str]]:
        """Training and test matrices and column names, everything learned from the training rows."""
        made = [block(train, test) for block in self.blocks]
        if len(made) == 1:
            return made[0]
        sizes = [_mean_length(part[0]) for part in made]
        x_train, x_test = (
            csr_array(hstack([csr_array(part[side]) / size for part, size in zip(made, sizes, strict=True)]))
            for side in (0, 1)
        )
        return x_train, x_test, [name for part in made for name in part[2]]


def _mean_length(rows: Any) -> float:
    """The root mean square length of the rows: blocks divided by it weigh alike, however many columns they have."""
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

    def block(train: np.ndarray, test: np.ndarray) -> tuple[Any, Any, list[str]]:
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

    def block(train: np.ndarray, test: np.ndarray) -> tuple[Any, Any, list[str]]:
        seen = np.asarray((counts[train] > 0).sum(axis=0)).ravel()
        kept = np.flatnonzero((seen >= min_documents) & (seen <= max_share * len(train)))
        if not len(kept):
            raise DiscourseError(
                f"no vocabulary left: no lemma stands in at least {min_documents} and at most {max_share:.0%} of "
                f"{len(train)} training documents; lower min_documents or raise max_share"
            )
        weigh = TfidfTransformer(sublinear_tf=True)
        x_train = weigh.fit_transform(counts[train][:, kept])
        return x_train, weigh.transform(counts[test][:, kept]), terms[kept].tolist()

    return block
