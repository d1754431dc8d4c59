"""The models of how far unmarked speech reaches, trained on annotated articles; deterministic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.optimize import minimize

from discourse.attribution import reach
from discourse.attribution.lexicon import Lexicon, load_lexicon
from discourse.attribution.reports import Search
from discourse.attribution.view import Article, articles
from discourse.evaluation.gold import GoldAttribution, GoldDocument

#: L2, and the weights that are left out.
STRENGTH, SMALLEST = 3.0, 0.05
#: So many characters may lie between a gold beginning and a sentence's.
_SLACK = 2


@dataclass(frozen=True)
class Instance:
    """Unmarked speech in an article: what is seen of each possible beginning or end, and which is the annotated one."""

    doc_id: str
    seen: list[frozenset[str]]
    target: int


class _Recording(Search):
    """A search that notes every choice of a beginning or an end."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        super().__init__(article, lexicon)
        self.chosen: dict[tuple[str, int], tuple[list[int], list[frozenset[str]]]] = {}

    def _reach(self, starts: list[int], seen: list[frozenset[str]]) -> int:
        found = super()._reach(starts, seen)
        self.chosen["b" if starts[-1] < starts[0] else "e", starts[found]] = (starts, seen)
        return found


def instances(documents: pl.DataFrame, tokens: pl.DataFrame, gold: Mapping[str, GoldDocument]) -> list[Instance]:
    """The unmarked speech of the documents whose annotated beginning or end is among the possible ones."""
    lexicon, found = load_lexicon(), []
    for article in articles(documents, tokens, lexicon):
        search = _Recording(article, lexicon)
        for report in search.find():
            if not report.tokens:
                continue
            annotated = [a for a in gold[article.doc_id].attributions if _same_cue(a, report.cue)]
            starts, seen = search.chosen.get(("b", report.tokens[0][0]), ([], []))
            if starts and annotated:
                begin = max(min(a.content)[0] for a in annotated)
                target = [k for k, at in enumerate(starts) if abs(article.start[at] - begin) <= _SLACK]
                found += [Instance(article.doc_id, seen, target[0])] if target else []
            ends, seen = search.chosen.get(("e", report.tokens[0][1]), ([], []))
            if ends and annotated:
                last = min(max(a.content, key=lambda piece: piece[1])[1] for a in annotated)
                target = [k for k, at in enumerate(ends) if 0 <= article.end[at - 1] - last <= _SLACK]
                found += [Instance(article.doc_id, seen, target[0])] if target else []
    return found


def train(given: list[Instance]) -> pl.DataFrame:
    """One row a feature: its weight in a softmax over the possible beginnings, by penalised likelihood."""
    names = sorted({name for instance in given for features in instance.seen for name in features})
    index = {name: number for number, name in enumerate(names)}
    tables = [_table(instance.seen, index) for instance in given]

    def loss(weight: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = STRENGTH * float(weight @ weight) / 2, STRENGTH * weight
        for table, instance in zip(tables, given, strict=True):
            score = table @ weight
            likely = np.exp(score - score.max())
            likely /= likely.sum()
            total -= float(np.log(likely[instance.target] + 1e-12))
            slope = slope + likely @ table - table[instance.target]
        return total, slope

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    frame = pl.DataFrame({"feature": names, "weight": best.round(3)})
    return frame.filter(pl.col("weight").abs() >= SMALLEST).sort("feature")


def right(given: list[Instance], weights: Mapping[str, float]) -> float:
    """The share of instances whose annotated beginning is the likeliest."""
    return sum(reach.likeliest(x.seen, dict(weights)) == x.target for x in given) / len(given)


def _same_cue(annotated: GoldAttribution, cue: tuple[int, int] | None) -> bool:
    if cue is None or annotated.cue is None or not annotated.content:
        return False
    return annotated.cue[0] < cue[1] and cue[0] < annotated.cue[1]


def _table(seen: list[frozenset[str]], index: Mapping[str, int]) -> np.ndarray:
    """Beginnings × features: how often each is seen in the sentences from there on, or at the edge there."""
    table = np.zeros((len(seen), len(index)))
    running = np.zeros(len(index))
    for number, features in enumerate(seen):
        inside = [index[name] for name in features if name[0] in "sf"]
        if number:
            running[inside] += 1
        table[number] = running
        table[number, [index[name] for name in features if name[0] in "be"]] += 1
    return table
