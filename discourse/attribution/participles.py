"""Subjects that open with a participle and what belongs to it: *Powołujący się na radę dziennik podał*."""

from __future__ import annotations

from discourse.attribution.bounds import bound
from discourse.attribution.grammar import ADJ, FINITE, NOM, NOMINAL, NOUN, PARTICIPLE, PLAIN, PREP, UNKNOWN
from discourse.attribution.heads import may_head, plausible
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.prepositions import prepositional_end
from discourse.attribution.view import Article

_REACH = 15


def described(article: Article, begin: int, end: int, hi: int, mask: int) -> tuple[int, int] | None:
    """The noun phrase that the participle of a phrase without a noun of its own describes, if there is one."""
    if article.cls[begin] not in (PARTICIPLE, ADJ) or article.voice[begin] or end >= hi:
        return None
    if any(article.cls[at] in (NOUN, UNKNOWN) and article.cases[at] & NOM for at in range(begin, end)):
        return None
    at, hi = end, min(hi, begin + _REACH)
    while at < hi:
        cls = article.cls[at]
        if cls == PREP:
            at = prepositional_end(article, at, hi, mask)
        elif cls in FINITE or bound(article, at):
            return None
        elif cls in NOMINAL and cls != PARTICIPLE and article.kind[at] == PLAIN and may_head(article, at, hi, mask):
            stop = phrase_end(article, at, hi, NOM)
            if plausible(article, at, stop):
                return at, stop
            at = stop
        else:
            at += 1
    return None
