"""Chunks to tokens: the numbers of each row of the table, in one compiled pass."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from discourse.language.compiled import Numbers, compiled
from discourse.language.forms import Forms

Small = npt.NDArray[np.uint32]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """One value a token; names as in `schema.TABLES["tokens"]`."""

    document: Small  # its row
    segment: Numbers  # of the store's
    new_sentence: Truths  # whether it opens one
    sent: Small
    tok: Small
    start: Small
    end: Small
    word: Small
    word_start: Truths
    paragraph: Small


def rows(
    doc: Numbers, begin: Numbers, gap: npt.NDArray[np.uint8], chunk: Numbers, starts: Truths, store: Forms
) -> Rows:
    """The tokens of these chunks: of each its document, place, gap (see `tokenize.Chunks`), number among the store's,
    and whether it opens a sentence, as the first of a document does."""
    first = store.first_segment
    size = int((first[chunk + 1] - first[chunk]).sum())
    document, sent, tok, start, end, word, paragraph = (np.empty(size, np.uint32) for _ in range(7))
    segment, new_sentence, word_start = np.empty(size, np.int64), np.empty(size, np.bool_), np.empty(size, np.bool_)
    _fill(
        doc, begin, gap, chunk, starts, first,
        store.segments.get_column("length").to_numpy(), store.segments.get_column("letters").to_numpy(),
        document, segment, new_sentence, sent, tok, start, end, word, word_start, paragraph,
    )  # fmt: skip
    return Rows(document, segment, new_sentence, sent, tok, start, end, word, word_start, paragraph)


@compiled
def _fill(
    doc: Numbers, begin: Numbers, gap: npt.NDArray[np.uint8], chunk: Numbers, starts: Truths, first: Numbers,
    length: Small, letters: Truths, document: Small, segment: Numbers, new_sentence: Truths, sent: Small, tok: Small,
    start: Small, end: Small, word: Small, word_start: Truths, paragraph: Small,
) -> None:  # fmt: skip
    row = head = at_word = at_sent = at_paragraph = 0
    for i in range(len(chunk)):
        if i == 0 or doc[i] != doc[i - 1]:
            head, at_word, at_sent, at_paragraph = row, 0, 0, 0
        else:
            at_word += 1
            at_sent += starts[i]
            at_paragraph += gap[i] >= 2
        place, opening, lettered = begin[i], row, False
        for own in range(first[chunk[i]], first[chunk[i] + 1]):
            document[row], segment[row] = doc[i], own
            sent[row], tok[row], word[row], paragraph[row] = at_sent, row - head, at_word, at_paragraph
            start[row] = place
            place += length[own]
            end[row] = place
            lettered |= letters[own]
            new_sentence[row] = word_start[row] = False
            row += 1
        new_sentence[opening] = starts[i]
        word_start[opening] = lettered
