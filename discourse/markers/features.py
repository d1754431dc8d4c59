"""What stands around a candidate: its features, as a model of an ambiguous marker sees them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from discourse.markers.clause import HARD, STOPS, VERBS, Clause, Feature, clauses, described
from discourse.markers.run import Text

_LEFT, _RIGHT = 10, 10
#: How far after a candidate words and numbers count.
_WORDS, _NUMBERS = 7, 8
_NOUNS = frozenset(("subst", "ppron3", "ppron12", "depr"))


def features(tokens: pl.DataFrame, anchor: np.ndarray, text: Text) -> list[list[Feature]]:
    """The features (slot, value) of each candidate, every one once, in an order that the same words always give.

    `anchor` numbers the rows of `tokens` where the candidates stand. Nothing beyond the sentence is seen. Slots: the
    form and its grammar, lemmas and word classes beside it, lemmas before and after, the infinitive that it governs
    and its aspect, the noun in the nominative before it, a number after it, the sentence's end; and those of `clause`.
    """
    bounds = np.flatnonzero(text.sentence)
    last = tokens["form"].gather(bounds[np.searchsorted(bounds, anchor, side="right")] - 1).to_list()
    return [
        list(dict.fromkeys([*_near(clause), ("end", end), *described(clause)]))
        for clause, end in zip(clauses(tokens, anchor, text), last, strict=True)
    ]


def _near(clause: Clause) -> Iterator[Feature]:
    """The words of a window around the candidate."""
    at, forms, lemmas, tags, pos = clause.at, clause.forms, clause.lemmas, clause.tags, clause.pos
    low, high = max(0, at - _LEFT), min(len(forms), at + _RIGHT + 1)
    yield "form", clause.lower[at]
    yield "grammar", ":".join(tags[at][:4])
    for place in (at - 1, at + 1):
        if 0 <= place < len(forms):
            yield f"lemma{place - at}", lemmas[place]
            yield f"pos{place - at}", pos[place]
    for place in range(low, at):
        yield "left", lemmas[place]
    subject = None
    for place in range(at - 1, low - 1, -1):
        if forms[place] in STOPS:
            break
        yield "clause", lemmas[place]
        if subject is None and pos[place] in _NOUNS and any(part.startswith("nom") for part in tags[place]):
            subject = place
    for place in range(at + 1, min(high, at + _WORDS + 1)):
        yield "right", lemmas[place]
    yield from _infinitive(clause, low, high)
    if subject is not None:
        if len(tags[subject]) > 3:
            yield "subject", f"{tags[subject][1]}:{tags[subject][3]}"
        yield "subject ending", lemmas[subject][-3:]
    for place in range(at + 1, min(high, at + _NUMBERS + 1)):
        if forms[place] in HARD:
            break
        if pos[place] in ("dig", "num"):
            yield "number", "after"
            break


def _infinitive(clause: Clause, low: int, high: int) -> Iterator[Feature]:
    """The infinitive after the candidate, or else the last before it."""
    for place in range(clause.at + 1, high):
        if clause.forms[place] in HARD or clause.pos[place] in VERBS:
            break
        if clause.pos[place] == "inf":
            yield "inf", clause.lemmas[place]
            yield "aspect", clause.tags[place][-1]
            return
    for place in range(clause.at - 1, low - 1, -1):
        if clause.pos[place] == "inf":
            yield "inf", clause.lemmas[place]
            yield "aspect", "before"
            return
