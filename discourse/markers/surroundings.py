"""What is talked about around a candidate, beyond its sentence too: sums of word vectors, and words of reporting.

*Mieć* with an infinitive is hearsay in a report of a trial and a plan in one of a bill; an infinitive that no judged
place had is told by its neighbours in meaning. So a model sees, beside single words, the vectors of the words in
some roles, of all words of the sentence, of some sixty words on either side, and of the whole document.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from discourse.markers.classes import CUES, cue_words
from discourse.markers.vectors import Vectors, vectors

#: The slots of `features` whose lemmas are summed as vectors, and what each sum is multiplied with.
ROLES = {
    "inf'": 1.0, "complement": 1.0, "subject'": 1.0, "object": 1.0, "head": 1.0,
    "left": 0.3, "right": 0.3, "clause": 0.3,
}  # fmt: skip
NEAR, DOCUMENT = "near", "document"
#: Every part of a vector of meaning, in order.
PARTS = (*ROLES, NEAR, DOCUMENT)
_NEAR_WEIGHT, _DOCUMENT_WEIGHT = 4.0, 6.0
_REACH = 60
#: Words of no meaning that every mean counts in, so that few words tell little.
_UNKNOWN = 20
#: Classes of content words.
CONTENT = ("subst", "adj", "fin", "praet", "inf", "ppas", "ger", "imps")


def surroundings(tokens: pl.DataFrame, anchor: np.ndarray, features: pl.DataFrame) -> tuple[np.ndarray, pl.DataFrame]:
    """One row a candidate, a block of numbers for each of `PARTS`; and further features (row, slot, value).

    `anchor` numbers the rows of `tokens` where the candidates stand, `features` are theirs. The means `near` and
    `document` are those of content words. Slots: `cue before` and `cue after`, the kinds of words of reporting
    within sixty tokens.
    """
    known = vectors()
    told = tokens.select("lemma", content=pl.col("pos").is_in(CONTENT)).join(
        _words(), on="lemma", how="left", maintain_order="left"
    )
    code = told["code"].fill_null(-1).to_numpy()
    where = np.flatnonzero(told["content"].to_numpy() & (code >= 0))
    bounds = np.append(np.flatnonzero(_begins(tokens)), len(tokens))
    mine = np.searchsorted(bounds, anchor, side="right") - 1
    low, high = bounds[mine], bounds[mine + 1]
    low, high = np.maximum(low, anchor - _REACH), np.minimum(high, anchor + _REACH)
    documents, place = np.unique(mine, return_inverse=True)
    whole = _means(known, code, where, bounds[documents], bounds[documents + 1])[place]
    blocks = [weight * _sum(known, features, slot, len(anchor)) for slot, weight in ROLES.items()]
    blocks += [_NEAR_WEIGHT * _means(known, code, where, low, high), _DOCUMENT_WEIGHT * whole]
    return np.hstack(blocks), _cues(told["cues"].fill_null(0).to_numpy(), anchor, low, high)


@cache
def _words() -> pl.DataFrame:
    """One row a lemma: its code, and as bits the kinds of reporting that it is a word of."""
    cues: dict[str, int] = {}
    for bit, name in enumerate(CUES):
        for lemma in sorted(cue_words(name)):
            cues[lemma] = cues.get(lemma, 0) | 1 << bit
    table = pl.DataFrame({"lemma": list(cues), "cues": pl.Series(list(cues.values()), dtype=pl.Int8)})
    return vectors().codes.join(table, on="lemma", how="full", coalesce=True)


def _begins(tokens: pl.DataFrame) -> np.ndarray:
    """Whether a document begins with each token."""
    return (tokens["doc_id"] != tokens["doc_id"].shift()).fill_null(True).to_numpy()


def _sum(known: Vectors, features: pl.DataFrame, slot: str, size: int) -> np.ndarray:
    """The sum of the vectors of a slot's lemmas, one row a candidate."""
    found = features.filter(pl.col("slot") == slot).join(known.codes, left_on="value", right_on="lemma")
    found = found.sort("row", "code")
    cells = (found["row"].to_numpy(), found["code"].to_numpy())
    return csr_matrix((np.ones(len(found), dtype=np.float32), cells), shape=(size, len(known.rows))) @ known.rows


def _means(known: Vectors, code: np.ndarray, where: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The mean vector of the words `where` from one token to before another, one row a pair of bounds."""
    first, last = np.searchsorted(where, low), np.searchsorted(where, high)
    counts = last - first
    ends = np.cumsum(counts)
    at = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - (ends - counts), counts)
    words = csr_matrix(
        (np.ones(len(at), dtype=np.float32), code[where[at]], np.append(0, ends)), shape=(len(low), len(known.rows))
    )
    return (words @ known.rows) / (counts + _UNKNOWN)[:, None].astype(np.float32)


def _cues(bits: np.ndarray, anchor: np.ndarray, low: np.ndarray, high: np.ndarray) -> pl.DataFrame:
    """One row a candidate and kind of reporting near it, before and after."""
    frames = [pl.DataFrame(schema={"row": pl.UInt32, "slot": pl.String, "value": pl.String})]
    for bit, name in enumerate(CUES):
        count = np.append(0, np.cumsum(bits >> bit & 1))
        for slot, some in (("cue before", count[anchor] > count[low]), ("cue after", count[high] > count[anchor])):
            row = pl.Series("row", np.flatnonzero(some), dtype=pl.UInt32)
            frames.append(pl.DataFrame([row]).with_columns(slot=pl.lit(slot), value=pl.lit(name)))
    return pl.concat(frames)
