"""Subjects of several: *X i Y napisali*, *X, Y oraz Z uważają*."""

from __future__ import annotations

from discourse.attribution.bounds import RANKS
from discourse.attribution.grammar import ADJ, ANY_GENDER, BREV, COMMA, CONJ, NOM, NOMINAL, PLAIN, PRONOUN, UNKNOWN
from discourse.attribution.lexicon import words
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.view import Article

#: Adjectives that look like the verb *być*.
FORMER = frozenset(["były", "była", "byli", "byłe"])
_AND = words("i oraz")
_PAIRS = frozenset([("a", "także"), ("jak", "i"), ("jak", "również")])
#: The most that are counted as one subject.
_MOST = 5


def joined_end(article: Article, begin: int, hi: int, mask: int) -> int:
    """One past a subject of several, each of which may be singular under a plural verb; `begin` where there is none."""
    if mask & ANY_GENDER or _member(article, begin, hi) != begin:
        return begin
    end = phrase_end(article, begin, hi, NOM)
    joined = _joins(article, begin, end)
    for _ in range(_MOST):
        nxt = _conjunction(article, end, hi)
        last = nxt > end
        if not last and not joined and end < hi and article.kind[end] == COMMA:
            nxt = end + 1
        member = _member(article, nxt, hi) if nxt > end else -1
        if member < 0:
            break
        end = phrase_end(article, member, hi, NOM)
        joined = joined or last or _joins(article, member, end)
    return end if joined else begin


def _conjunction(article: Article, at: int, hi: int) -> int:
    """Past the conjunction at `at` (i, oraz, a także, jak i); `at` if there is none."""
    if at < hi and article.low[at] in _AND:
        return at + 1
    return at + 2 if at + 1 < hi and (article.low[at], article.low[at + 1]) in _PAIRS else at


def _joins(article: Article, begin: int, end: int) -> bool:
    """Whether a conjunction within a phrase joins two who speak."""
    return any(
        article.cls[at] == CONJ and article.low[at] in _AND and _member(article, at + 1, end) > at
        for at in range(begin + 1, end - 1)
    )


def _member(article: Article, at: int, hi: int) -> int:
    """Where the phrase of one of several begins, a name or noun of somebody in the nominative; -1 if none does here."""
    if at + 1 < hi and article.low[at] in FORMER and not article.cases[at]:
        at += 1
    if at >= hi or article.kind[at] != PLAIN or article.cls[at] not in NOMINAL or article.cls[at] == PRONOUN:
        return -1
    head = at
    while head + 1 < min(hi, at + 3) and article.cls[head] == ADJ and not article.voice[head]:
        head += 1
    if article.cls[at] == BREV or article.low[at] in RANKS:
        return at
    speaks = article.proper[head] or article.voice[head] or (article.cls[head] == UNKNOWN and article.cap[head])
    return at if speaks and article.case[head] & NOM and article.cases[at] & NOM else -1
