"""What follows the noun of a text and is no part of its name: when it was made, what it is on, for whom."""

from __future__ import annotations

from discourse.attribution.grammar import PLAIN, PREP
from discourse.attribution.lexicon import words
from discourse.attribution.view import Article

#: What tells on what or for whom a text is.
_TOPICS = frozenset(("nad", "dla", "podczas", "po", "wśród", "wobec"))
#: Nouns and adjectives of times.
_TIMES = words(
    "rok lata miesiąc tydzień dzień kwartał dekada wiek ub br styczeń luty marzec kwiecień maj czerwiec lipiec "
    "sierpień wrzesień październik listopad grudzień poniedziałek wtorek środa czwartek piątek sobota niedziela "
    "wczoraj dziś koniec początek połowa okres"
)


def circumstance(article: Article, at: int, hi: int) -> bool:
    """Whether what says when or in what frame a text was made begins at a token (dane [z ubiegłego roku])."""
    if article.cls[at] != PREP or at + 1 >= hi:
        return False
    return article.low[at : at + 2] == ["w", "ramach"] or (
        article.low[at] in ("z", "za", "ze", "na", "w", "od")
        and any(article.kind[x] == PLAIN and (article.form[x][:1].isdigit() or article.lemma[x] in _TIMES)
                for x in range(at + 1, min(hi, at + 3)))
    )  # fmt: skip


def topic(article: Article, at: int, noun: int) -> bool:
    """Whether what a text is on or for begins at a token (badanie [nad lekiem], wytyczne [dla szkół])."""
    low = article.low[at]
    return article.cls[at] == PREP and (low in _TOPICS or (low == "na" and article.lemma[noun] != "odpowiedź"))
