"""The weights that choose speakers and their roles, trained on gold: logistic regressions over candidates and roles."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from discourse.attribution.endings import key
from discourse.attribution.finder import Report
from discourse.attribution.lexicon import load_lexicon
from discourse.attribution.questions import KINDS
from discourse.attribution.reports import reports
from discourse.attribution.speaker import Speaker
from discourse.attribution.speakers import Resolver
from discourse.attribution.view import Article, articles
from discourse.core.schema import ROLES
from discourse.evaluation.gold import GoldAttribution, GoldDocument
from discourse.evaluation.score import match

Weights = dict[tuple[str, str], float]
#: What the rules' choice weighs before anything is learnt.
_RULE = 1.0
_RARE = 3
_SMALLEST = 0.01
#: How much a passage whose speaker gold does not tell counts beside one whose it does.
_UNTOLD = 0.3


@dataclass(frozen=True)
class Item:
    """A question with its candidates' names and features, and the speaker that gold gives."""

    doc_id: str
    kind: str
    candidates: list[tuple[str, list[str]]]
    speaker: str


def antecedents(
    documents: pl.DataFrame,
    tokens: pl.DataFrame,
    gold: Mapping[str, GoldDocument],
    *,
    strength: float = 0.25,
    rounds: int = 3,
    parts: int = 5,
) -> pl.DataFrame:
    """One row a weight (kind, feature, weight) of the choice among antecedents; the same data give the same weights.

    A choice depends on the choices before it in the article, so each round trains on histories that weights of the
    round before chose, which had not seen the article.
    """
    lexicon = load_lexicon()
    found = [(article, reports(article, lexicon)) for article in articles(documents, tokens, lexicon)]
    items, _ = held_out(found, gold, strength=strength, rounds=rounds, parts=parts)
    rows = [
        (kind, feature, round(weight, 3))
        for (kind, feature), weight in sorted(fit(items, strength).items())
        if abs(weight) >= _SMALLEST
    ]
    return pl.DataFrame(rows, schema={"kind": pl.String, "feature": pl.String, "weight": pl.Float64}, orient="row")


def held_out(
    found: Sequence[tuple[Article, Sequence[Report]]],
    gold: Mapping[str, GoldDocument],
    *,
    strength: float = 0.25,
    rounds: int = 3,
    parts: int = 5,
) -> tuple[list[Item], list[Weights]]:
    """The questions of the articles, after histories that held-out weights chose, and each part's held-out weights.

    The weights of a part (`part`) are trained on the questions of the others.
    """
    held: list[Weights] = [{(kind, "rule"): _RULE for kind in KINDS}] * parts
    items: list[Item] = []
    for _ in range(rounds):
        items = [
            item
            for article, several in found
            for item in asked(article, several, gold[article.doc_id], held[part(article.doc_id, parts)])
        ]
        held = [fit([item for item in items if part(item.doc_id, parts) != n], strength) for n in range(parts)]
    return items, held


def roles(
    documents: pl.DataFrame, tokens: pl.DataFrame, gold: Mapping[str, GoldDocument], *, strength: float = 0.1
) -> pl.DataFrame:
    """One row a feature of speakers (empty text: the bias), its weight for each role; the same data, the same weights.

    A multinomial logistic regression with an L2 penalty of `1 / strength` over the speakers of passages that gold has
    too, whether it names them as we do or not: a communiqué is said by the authority whose it is. A speaker of an
    article counts once, however often gold gives them words. Features of one article alone are left out.
    """
    lexicon = load_lexicon()
    seen: list[tuple[str, list[str], str]] = []
    for article in articles(documents, tokens, lexicon):
        resolver = Resolver(article, lexicon)
        resolver.role_weights, resolver.role_log = {}, []
        several = reports(article, lexicon)
        speakers = resolver.resolve(several)
        features = {id(speaker): found for speaker, found in resolver.role_log}
        ours = [as_gold(article, *pair) for pair in zip(several, speakers, strict=True)]
        whose = {id(one): speaker for one, speaker in zip(ours, speakers, strict=True)}
        for wanted, found in match(gold[article.doc_id].attributions, ours):
            speaker = whose[id(found)]
            if speaker is not None and wanted.role:
                seen.append((article.doc_id, features[id(speaker)], wanted.role))
    return fit_roles(seen, strength)


def fit_roles(seen: Sequence[tuple[str, list[str], str]], strength: float = 0.1) -> pl.DataFrame:
    """The weights of `roles` from (article, features of a speaker, role that gold gives)."""
    articles_of = Counter(feature for _, feature in {(doc_id, x) for doc_id, found, _ in seen for x in found})
    known = sorted(feature for feature, count in articles_of.items() if count > 1)
    column = {feature: number for number, feature in enumerate(known)}
    cells = [(row, column[x]) for row, (_, found, _) in enumerate(seen) for x in found if x in column]
    rows, columns = zip(*cells, strict=True)
    matrix = csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(seen), len(known)))
    speakers = [(doc_id, *found) for doc_id, found, _ in seen]
    often = Counter(speakers)
    each = np.array([1 / often[speaker] for speaker in speakers])
    fitted = LogisticRegression(C=strength, max_iter=3000, tol=1e-6).fit(
        matrix, [role for _, _, role in seen], sample_weight=each / each.mean()
    )
    place = {role: number for number, role in enumerate(fitted.classes_)}
    table = [("", *(round(float(fitted.intercept_[place[role]]), 3) if role in place else -9.0 for role in ROLES))]
    for feature, number in column.items():
        weights = [round(float(fitted.coef_[place[role], number]), 3) if role in place else 0.0 for role in ROLES]
        table.append((feature, *weights))
    return pl.DataFrame(table, schema=["feature", *ROLES], orient="row")


def asked(article: Article, several: Sequence[Report], gold: GoldDocument, weights: Weights) -> list[Item]:
    """The questions that an article puts where gold has an answer."""
    resolver = Resolver(article, load_lexicon())
    resolver.weights = weights
    resolver.log = []
    speakers = resolver.resolve(list(several))
    ours = [as_gold(article, *pair) for pair in zip(several, speakers, strict=True)]
    index = {id(one): number for number, one in enumerate(ours)}
    theirs = {index[id(found)]: wanted for wanted, found in match(gold.attributions, ours)}
    return [
        Item(
            article.doc_id,
            question.kind,
            [(one.speaker.name if one.speaker else "", one.features) for one in candidates],
            theirs[question.index].speaker or "",
        )
        for question, candidates, _ in resolver.log
        if question.index in theirs
    ]


def as_gold(article: Article, report: Report, speaker: Speaker | None) -> GoldAttribution:
    """A report as gold would have it, so that it can be matched."""
    return GoldAttribution(
        type=report.type,
        cue=report.cue,
        content=report.content,
        speaker=speaker.name or None if speaker else None,
    )


def fit(items: Sequence[Item], strength: float) -> Weights:
    """Weights under which the right candidates are likeliest, with an L2 penalty of `1 / strength`.

    The likelihood of a question is that of all its candidates with the right name together; a question without one
    is left out, and so are features seen fewer than three times.
    """
    weights: Weights = {}
    for kind in KINDS:
        chosen = [(item, [_right(name, item.speaker) for name, _ in item.candidates]) for item in items
                  if item.kind == kind]  # fmt: skip
        chosen = [(item, right) for item, right in chosen if any(right)]
        seen = Counter(feature for item, _ in chosen for feature in _features(item))
        known = sorted(feature for feature, count in seen.items() if count >= _RARE)
        if known:
            weights |= {
                (kind, feature): weight for feature, weight in zip(known, _fit(chosen, known, strength), strict=True)
            }
    return weights


def _fit(chosen: list[tuple[Item, list[bool]]], known: list[str], strength: float) -> list[float]:
    column = {feature: number for number, feature in enumerate(known)}
    cells = [
        (row, column[feature])
        for row, features in enumerate(features for item, _ in chosen for _, features in item.candidates)
        for feature in sorted(set(features))
        if feature in column
    ]
    right = np.array([one for _, several in chosen for one in several])
    shape = (len(right), len(known))
    rows, columns = zip(*cells, strict=True)
    matrix = csr_matrix((np.ones(len(cells)), (rows, columns)), shape=shape)
    sizes = np.array([len(several) for _, several in chosen])
    first = np.r_[0, np.cumsum(sizes)[:-1]]
    group = np.repeat(np.arange(len(sizes)), sizes)
    counts = np.array([1.0 if item.speaker else _UNTOLD for item, _ in chosen])
    prior = np.array([_RULE if feature == "rule" else 0.0 for feature in known])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        score = matrix @ weights
        raised = np.exp(score - np.maximum.reduceat(score, first)[group])
        every, good = np.add.reduceat(raised, first), np.add.reduceat(raised * right, first)
        slope = matrix.T @ (counts[group] * (raised * right / good[group] - raised / every[group]))
        away = weights - prior
        value = (counts * (np.log(every) - np.log(good))).sum() + 0.5 / strength * (away @ away)
        return float(value), away / strength - slope

    return list(map(float, minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x))


def _features(item: Item) -> set[str]:
    return {feature for _, features in item.candidates for feature in features}


def _right(name: str, wanted: str) -> bool:
    """Whether a candidate's name means the speaker of gold: the same last word, whatever its ending."""
    if not name or not wanted:
        return not name and not wanted
    last, other = name.split()[-1].casefold(), wanted.split()[-1].casefold()
    return last == other or key(last) == key(other)


def part(doc_id: str, parts: int) -> int:
    """The part, from 0, that a document falls into by a digest of its id."""
    return zlib.crc32(doc_id.encode()) % parts
