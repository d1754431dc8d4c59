"""Scores of an annotation against gold, by the rules of the guidelines (`docs/guidelines.md`, Scores)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from discourse.core.schema import ATTRIBUTION_TYPES, CATEGORIES, ROLES
from discourse.evaluation.gold import GoldAttribution, GoldDocument, GoldMarker, Span

Pair = tuple[GoldAttribution, GoldAttribution]
Score = dict[str, Any]


def score(gold: dict[str, GoldDocument], predicted: dict[str, GoldDocument]) -> Score:
    """All scores as nested dictionaries of fractions and counts; documents that were not predicted count as empty."""
    pairs_of = [(document, predicted.get(doc_id, GoldDocument(doc_id=doc_id))) for doc_id, document in gold.items()]
    return {
        "documents": len(gold),
        "markers": {
            "exact": _markers(pairs_of, _same_span),
            "overlap": _markers(pairs_of, _overlapping),
        },
        "attributions": attributions(pairs_of),
    }


def f1(hits: int, predicted: int, gold: int, recalled: int | None = None) -> Score:
    """Precision, recall and F1 with their counts; a share without a base is None."""
    recalled = hits if recalled is None else recalled
    precision = hits / predicted if predicted else None
    recall = recalled / gold if gold else None
    if precision is None or recall is None:
        both: float | None = None if predicted == gold == 0 else 0.0
    else:
        both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": both, "hits": hits, "predicted": predicted, "gold": gold}


def accuracy(hits: Iterable[bool]) -> Score:
    """The share of hits, with its counts."""
    values = list(hits)
    return {"accuracy": sum(values) / len(values) if values else None, "hits": sum(values), "n": len(values)}


def _markers(pairs: list[tuple[GoldDocument, GoldDocument]], fits: Callable[[GoldMarker, GoldMarker], bool]) -> Score:
    counts = {category: [0, 0, 0] for category in CATEGORIES}
    for gold, predicted in pairs:
        for category in CATEGORIES:
            wanted = sorted((m for m in gold.markers if m.category == category), key=lambda m: (m.start, m.end))
            found = sorted((m for m in predicted.markers if m.category == category), key=lambda m: (m.start, m.end))
            table = np.array([[fits(g, p) for p in found] for g in wanted], dtype=float).reshape(
                len(wanted), len(found)
            )
            counts[category][0] += len(_assign(table))
            counts[category][1] += len(found)
            counts[category][2] += len(wanted)
    return {
        "micro": f1(*(sum(column) for column in zip(*counts.values(), strict=True))),
        **{category: f1(*counts[category]) for category in CATEGORIES},
    }


def attributions(documents: list[tuple[GoldDocument, GoldDocument]]) -> Score:
    """Attributions matched one to one, and what is right about the matched ones."""
    pairs = [pair for gold, predicted in documents for pair in match(gold.attributions, predicted.attributions)]
    wanted = [a for gold, _ in documents for a in gold.attributions]
    found = [a for _, predicted in documents for a in predicted.attributions]

    def counted(choose: Callable[[GoldAttribution], bool]) -> Score:
        both = sum(choose(g) and choose(p) for g, p in pairs)
        return f1(both, sum(map(choose, found)), sum(map(choose, wanted)))

    sources = sum(_overlap(g.source, p.source) > 0 for g, p in pairs if g.source and p.source)
    cues = [
        (
            {a.cue for a in gold.attributions if a.cue},
            {a.cue for a in predicted.attributions if a.cue},
        )
        for gold, predicted in documents
    ]
    contents = [(_characters(gold.attributions), _characters(predicted.attributions)) for gold, predicted in documents]
    return {
        **f1(len(pairs), len(found), len(wanted)),
        "expert": counted(lambda a: a.role == "expert"),
        "cues_exact": f1(sum(len(g & p) for g, p in cues), sum(len(p) for _, p in cues), sum(len(g) for g, _ in cues)),
        "content": f1(
            sum(len(g & p) for g, p in contents), sum(len(p) for _, p in contents), sum(len(g) for g, _ in contents)
        ),
        "sources": f1(sources, sum(a.source is not None for a in found), sum(a.source is not None for a in wanted)),
        "type": accuracy(g.type == p.type for g, p in pairs),
        "role": accuracy(g.role == p.role for g, p in pairs),
        "speaker": accuracy(_last_word(g.speaker) == _last_word(p.speaker) for g, p in pairs if g.speaker),
        "by_type": {
            kind: {
                "recall": _share(sum(g.type == kind for g, _ in pairs), sum(a.type == kind for a in wanted)),
                "precision": _share(sum(p.type == kind for _, p in pairs), sum(a.type == kind for a in found)),
                "gold": sum(a.type == kind for a in wanted),
                "predicted": sum(a.type == kind for a in found),
            }
            for kind in ATTRIBUTION_TYPES
        },
        "by_role": {role: counted(lambda a, role=role: a.role == role) for role in ROLES},  # type: ignore[misc]
    }


def match(gold: Sequence[GoldAttribution], predicted: Sequence[GoldAttribution]) -> list[Pair]:
    """Pairs of attributions, one to one and as many as can be, preferring the same cue and more shared content.

    Where the gold cue is given, cues must overlap; where it is not, contents must overlap by half of the longer.
    """
    table = np.zeros((len(gold), len(predicted)))
    for i, g in enumerate(gold):
        for j, p in enumerate(predicted):
            shared = _shared(g, p)
            if (_overlap(g.cue, p.cue) > 0) if g.cue else (shared >= 0.5):
                table[i, j] = 1000 + 10 * (g.cue == p.cue) + shared
    return [(gold[i], predicted[j]) for i, j in _assign(table)]


def _assign(table: np.ndarray) -> list[tuple[int, int]]:
    if not table.size:
        return []
    rows, columns = linear_sum_assignment(table, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if table[i, j] > 0]


def _shared(g: GoldAttribution, p: GoldAttribution) -> float:
    """Characters in both contents, as a share of the longer one."""
    a, b = _characters([g]), _characters([p])
    return len(a & b) / max(len(a), len(b), 1)


def _characters(found: Sequence[GoldAttribution]) -> set[int]:
    return {i for a in found for start, end in a.content for i in range(start, end)}


def _overlap(a: Span | None, b: Span | None) -> int:
    return 0 if a is None or b is None else max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _same_span(a: GoldMarker, b: GoldMarker) -> bool:
    return (a.start, a.end) == (b.start, b.end)


def _overlapping(a: GoldMarker, b: GoldMarker) -> bool:
    return _overlap((a.start, a.end), (b.start, b.end)) > 0


def _last_word(name: str | None) -> str:
    return name.split()[-1].casefold() if name and name.split() else ""


def _share(hits: int, n: int) -> float | None:
    return hits / n if n else None
