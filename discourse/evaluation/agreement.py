"""How far two annotations of the same documents agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import krippendorff
import numpy as np

from discourse.core.errors import DiscourseError
from discourse.core.schema import ATTRIBUTION_TYPES, CATEGORIES, ROLES
from discourse.evaluation.gold import GoldDocument, Span
from discourse.evaluation.score import score

#: The spans of a document that carry one label.
Spans = Callable[[GoldDocument], list[Span]]


def agreement(
    a: Mapping[str, GoldDocument], b: Mapping[str, GoldDocument], lengths: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """Krippendorff's alpha over characters (Krippendorff 2018), and the pairwise scores, on the documents of both.

    Each label is a yes-or-no judgement of every character: whether it stands inside a span with the label; `any` takes
    the labels together. `lengths` gives the documents' characters; without it a document ends with its last annotated
    one, which makes alpha smaller than it is. Alpha is None where no character carries the label. The scores take `a`
    for gold; F1 is the same either way round. Raises `DiscourseError` where no document is in both.
    """
    both = sorted(set(a) & set(b))
    if not both:
        raise DiscourseError("the two annotations have no document in common")
    one, other = ({doc_id: given[doc_id] for doc_id in both} for given in (a, b))

    def alpha(spans: Spans) -> float | None:
        return _alpha([_inside(spans(one[i]), spans(other[i]), (lengths or {}).get(i)) for i in both])

    return {
        "documents": len(both),
        "only_in_one": len(set(a) ^ set(b)),
        "alpha": {
            "markers": {
                "any": alpha(lambda d: [(m.start, m.end) for m in d.markers]),
                **{c: alpha(_markers(c)) for c in CATEGORIES},
            },
            "content": {
                "any": alpha(_content()),
                **{t: alpha(_content(type=t)) for t in ATTRIBUTION_TYPES},
            },
            "content_by_role": {r: alpha(_content(role=r)) for r in ROLES},
        },
        "scores": score(dict(one), dict(other)),
    }


def _markers(category: str) -> Spans:
    return lambda document: [(m.start, m.end) for m in document.markers if m.category == category]


def _content(**wanted: str) -> Spans:
    def spans(document: GoldDocument) -> list[Span]:
        fits = (x for x in document.attributions if all(getattr(x, key) == value for key, value in wanted.items()))
        return [span for x in fits for span in x.content]

    return spans


def _inside(one: list[Span], other: list[Span], length: int | None) -> np.ndarray:
    """2 × characters: whether each annotation has the character inside one of its spans."""
    last = max((end for _, end in [*one, *other]), default=0)
    marks = np.zeros((2, max(length or 0, last)), dtype=np.int8)
    for row, spans in enumerate((one, other)):
        for start, end in spans:
            marks[row, start:end] = 1
    return marks


def _alpha(documents: list[np.ndarray]) -> float | None:
    marks = np.concatenate(documents, axis=1)
    if not marks.any():
        return None
    if marks.all():
        return 1.0
    counts = np.stack([2 - marks.sum(axis=0), marks.sum(axis=0)], axis=1)
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))
