"""The questions that an article puts where no name tells who speaks: what is asked, and those who may be meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import repeat

from discourse.attribution.endings import key
from discourse.attribution.finder import Report
from discourse.attribution.speaker import Speaker
from discourse.attribution.view import Article

#: What is decided: a subject not expressed, one that no verb has, a pronoun, a description, words without a cue.
KINDS = DROPPED, IMPERSONAL, PRONOUN, DESCRIPTION, UNCUED = (
    "dropped",
    "impersonal",
    "pronoun",
    "description",
    "uncued",
)


@dataclass(slots=True)
class Candidate:
    """One whom a passage may be given to (null for nobody), and what speaks for and against them."""

    speaker: Speaker | None
    features: list[str]


@dataclass(slots=True)
class Question:
    """A report whose speaker is to be chosen."""

    kind: str
    report: Report
    index: int
    begins: int  # first token of the speech or the cue, whichever is first
    rule: Speaker | None  # what the rules say
    own: Speaker | None = None  # the description itself as a speaker
    head: int = -1  # token of the noun of a description
    bare: bool = False  # whether the description is a noun with adjectives at most
    plain: str = ""  # the role of that noun
    links: frozenset[str] = frozenset()  # keys of the names in the description
    of: frozenset[str] = frozenset()  # keys of all words beside its noun: whose it is
    root: str = ""  # what the noun shares with its like (szef rządu: premier)
    sort: str = ""  # whether it describes a person, a body, a text, or is a name
    governor: int = -1  # the verb whose subject may own a noun of saying
    owners: list[tuple[Speaker, int]] = field(default_factory=list)  # its subject
    use: str = ""  # how a pronoun or an impersonal report is used


def far(distance: int) -> str:
    """A distance in sentences, those beyond two together."""
    return str(distance) if distance < 3 else "3-5" if distance < 6 else "6+"


def links(article: Article, lo: int, hi: int) -> frozenset[str]:
    """The keys of the names in a stretch."""
    return frozenset(key(article.form[at]) for at in range(lo, hi) if article.cap[at] and at > lo)


_NOTHING = repeat(0.0)


def best(candidates: list[Candidate], kind: str, weights: dict[tuple[str, str], float]) -> Candidate:
    """The candidate whose features weigh most, of equal ones the first."""
    own = _of_kind(weights, kind)
    return max(candidates, key=lambda one: sum(map(own.get, one.features, _NOTHING)))


_parted: tuple[dict[tuple[str, str], float], dict[str, dict[str, float]]] = {}, {}  # the last weights, by kind


def _of_kind(weights: dict[tuple[str, str], float], kind: str) -> dict[str, float]:
    """The weights of one kind of question by feature."""
    global _parted
    known = _parted
    if known[0] is not weights:
        parts: dict[str, dict[str, float]] = {}
        for (of, feature), weight in weights.items():
            parts.setdefault(of, {})[feature] = weight
        _parted = known = weights, parts
    return known[1].get(kind, {})
