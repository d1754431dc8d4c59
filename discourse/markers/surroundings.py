"""What is talked about around a candidate, beyond its sentence too: sums of word vectors, and words of reporting.

*Mieć* with an infinitive is hearsay in a report of a trial and a plan in one of a bill; an infinitive that no judged
place had is told by its neighbours in meaning. So a model sees, beside single words, the vectors of the words in
some roles, of all words of the sentence, of some sixty words on either side, and of the whole document.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from discourse.markers.classes import CUES, cue_words
from discourse.markers.clause import Feature
from discourse.markers.run import Text, expand
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


def surroundings(
    text: Text, anchor: np.ndarray, features: Sequence[Sequence[Feature]]
) -> tuple[np.ndarray, list[list[Feature]]]:
    """One row a candidate, a block of numbers for each of `PARTS`; and further features of each.

    `anchor` numbers the tokens where the candidates stand, `features` are theirs. The means `near` and `document` are
    those of content words. Slots: `cue before` and `cue after`, the kinds of words of reporting within sixty tokens.
    """
    known = vectors()
    lemmas, lemma = text.vocabulary.values("lemma")
    told = lemmas.to_frame("lemma").join(_words(), on="lemma", how="left", maintain_order="left")
    code, cues = told["code"].fill_null(-1).to_numpy()[lemma], told["cues"].fill_null(0).to_numpy()[lemma]
    pos, of_pos = text.vocabulary.values("pos")
    content = pos.is_in(CONTENT).to_numpy()[of_pos] & (code >= 0)
    kind = text.vocabulary.kind
    where = np.flatnonzero(content[kind])
    bounds = np.flatnonzero(text.document)
    mine = np.searchsorted(bounds, anchor, side="right") - 1
    low, high = bounds[mine], bounds[mine + 1]
    low, high = np.maximum(low, anchor - _REACH), np.minimum(high, anchor + _REACH)
    documents, place = np.unique(mine, return_inverse=True)
    codes = code[kind[where]]
    whole = _means(known, codes, where, bounds[documents], bounds[documents + 1])[place]
    blocks = _sums(known, features)
    blocks += [_NEAR_WEIGHT * _means(known, codes, where, low, high), _DOCUMENT_WEIGHT * whole]
    return np.hstack(blocks), _cues(cues[kind], anchor, low, high)


@cache
def _words() -> pl.DataFrame:
    """One row a lemma: its code, and as bits the kinds of reporting that it is a word of."""
    bits = cue_words()
    table = pl.DataFrame({"lemma": list(bits), "cues": pl.Series(list(bits.values()), dtype=pl.Int8)})
    return vectors().codes.join(table, on="lemma", how="full", coalesce=True)


def _sums(known: Vectors, features: Sequence[Sequence[Feature]]) -> list[np.ndarray]:
    """For each of `ROLES`, the weighted sum of the vectors of its lemmas, one row a candidate."""
    cells: dict[str, list[tuple[int, int]]] = {slot: [] for slot in ROLES}
    number = known.number
    for row, found in enumerate(features):
        for slot, value in found:
            if slot in cells and value in number:
                cells[slot].append((row, number[value]))
    shape = len(features), len(known.rows)
    blocks = []
    for slot, weight in ROLES.items():
        where = np.array(sorted(cells[slot]), dtype=np.int64).reshape(-1, 2).T
        words = csr_matrix((np.ones(where.shape[1], dtype=np.float32), (where[0], where[1])), shape=shape)
        blocks.append(weight * (words @ known.rows))
    return blocks


def _means(known: Vectors, codes: np.ndarray, where: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The mean vector of the words `where`, of these codes, from one token to before another; one row a pair."""
    first, last = np.searchsorted(where, low), np.searchsorted(where, high)
    counts = last - first
    _, at = expand(first, last)
    words = csr_matrix(
        (np.ones(len(at), dtype=np.float32), codes[at], np.append(0, np.cumsum(counts))),
        shape=(len(low), len(known.rows)),
    )
    return (words @ known.rows) / (counts + _UNKNOWN)[:, None].astype(np.float32)


def _cues(bits: np.ndarray, anchor: np.ndarray, low: np.ndarray, high: np.ndarray) -> list[list[Feature]]:
    """The kinds of reporting near each candidate, before and after."""
    found: list[list[Feature]] = [[] for _ in range(len(anchor))]
    for bit, name in enumerate(CUES):
        count = np.append(0, np.cumsum(bits >> bit & 1))
        for slot, some in (("cue before", count[anchor] > count[low]), ("cue after", count[high] > count[anchor])):
            for row in np.flatnonzero(some).tolist():
                found[row].append((slot, name))
    return found
