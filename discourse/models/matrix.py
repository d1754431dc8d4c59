"""Documents by lemmas: what topic models and classifiers read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array

from discourse.core.errors import DiscourseError
from discourse.measures.content import PRONOMINAL

#: Parts of speech (SGJP flexemes) that carry content.
CONTENT = ("subst", "depr", "ger", "adj", "adja", "adjp", "pact", "ppas", "adv", "fin", "praet", "impt", "imps", "inf")


@dataclass(frozen=True)
class Matrix:
    """Counts of terms in documents, rows sorted by document and columns by term, and the terms in running order.

    `running` numbers the terms of all documents one after another; those of document i stand from `bounds[i]` to
    `bounds[i + 1]`. Documents without a term have a row of zeros.
    """

    doc_id: list[str]
    terms: list[str]
    counts: csr_array
    running: npt.NDArray[np.int64]
    bounds: npt.NDArray[np.int64]

    def texts(self) -> Iterator[list[str]]:
        """Each document as the list of its terms in running order."""
        for first, last in zip(self.bounds[:-1], self.bounds[1:], strict=True):
            yield [self.terms[term] for term in self.running[first:last]]

    def select(self, doc_id: Sequence[str]) -> Matrix:
        """The same columns for some of the documents, in canonical order."""
        wanted = set(doc_id)
        rows = np.array([row for row, name in enumerate(self.doc_id) if name in wanted], np.intp)
        spans = [self.running[self.bounds[row] : self.bounds[row + 1]] for row in rows]
        return Matrix(
            [self.doc_id[row] for row in rows],
            self.terms,
            self.counts[rows],
            np.concatenate([np.zeros(0, np.int64), *spans]),
            np.concatenate([[0], np.cumsum([len(span) for span in spans])]).astype(np.int64),
        )

    def terms_only(self, columns: npt.NDArray[np.intp]) -> Matrix:
        """All documents with some of the terms (numbers of columns, ascending)."""
        number = np.full(len(self.terms), -1, np.int64)
        number[columns] = np.arange(len(columns))
        kept = number[self.running] >= 0
        upto = np.concatenate([[0], np.cumsum(kept)])
        return Matrix(
            self.doc_id,
            [self.terms[column] for column in columns],
            self.counts[:, columns],
            number[self.running][kept],
            upto[self.bounds].astype(np.int64),
        )


def count(
    documents: pl.DataFrame,
    tokens: pl.DataFrame,
    *,
    pos: Sequence[str] = CONTENT,
    min_documents: int = 1,
    max_share: float = 1.0,
    stop: Sequence[str] = ("być", *PRONOMINAL),
) -> Matrix:
    """The matrix of lemmas (in lower case) of these parts of speech, without boilerplate, for all documents.

    A lemma is a term where it stands in at least `min_documents` documents and in at most the share `max_share` of
    them, has a letter, is longer than one character and no `stop` word (default: *być* and pronouns). Rows and columns
    do not depend on the order of the input. Raises `DiscourseError` where no term is left.
    """
    ids = documents["doc_id"].cast(pl.String).sort()
    if ids.is_duplicated().any():
        raise DiscourseError(f"table 'documents': two documents have the id {ids.filter(ids.is_duplicated())[0]!r}")
    lemma = pl.col("lemma").str.to_lowercase()
    kept = (
        tokens.filter(pl.col("pos").is_in(list(pos)) & ~pl.col("boilerplate"))
        .select(pl.col("doc_id").cast(pl.String), "tok", lemma.alias("term"))
        .filter(
            pl.col("doc_id").is_in(ids.implode())
            & pl.col("term").str.contains(r"\p{L}")
            & (pl.col("term").str.len_chars() > 1)
            & ~pl.col("term").is_in(list(stop))
        )
        .sort("doc_id", "tok")
    )
    frequency = kept.group_by("term").agg(pl.col("doc_id").n_unique().alias("documents")).sort("term")
    terms = frequency.filter(
        (pl.col("documents") >= min_documents) & (pl.col("documents") <= max_share * len(ids))
    )["term"]
    if not len(terms):
        raise DiscourseError(
            f"no vocabulary left: of {frequency.height} lemmas in {len(ids)} documents none stands in at least "
            f"{min_documents} of them and at most {max_share:.0%}; lower min_documents or raise max_share"
        )
    rows = pl.DataFrame({"doc_id": ids}).with_row_index("row")
    columns = pl.DataFrame({"term": terms}).with_row_index("column")
    cells = kept.join(columns, on="term", maintain_order="left").join(rows, on="doc_id", maintain_order="left")
    row, column = cells["row"].to_numpy().astype(np.int64), cells["column"].to_numpy().astype(np.int64)
    cell = (row.astype(np.int32), column.astype(np.int32))  # scikit-learn's solvers take no wider indices
    counts = csr_array((np.ones(len(row)), cell), shape=(len(ids), len(terms)))
    counts.sum_duplicates()
    bounds = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(ids)))]).astype(np.int64)
    return Matrix(ids.to_list(), terms.to_list(), counts, column, bounds)
