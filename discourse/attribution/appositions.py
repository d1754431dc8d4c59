"""The person named in apposition to a description: *szef grupy w sejmie i lider [Jan Sowa]*, *brat, [Jan Sowa]*."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from discourse.attribution.grammar import ADJ, ANY_CASE, COLON, COMMA, DASH, FINITE, GEN, NOM, NOUN, PLAIN
from discourse.attribution.view import Article

#: How far behind a description its name is looked for, in tokens.
_REACH = 20


def apposed(
    article: Article, places: Sequence[int], subject: Sequence[bool], source: tuple[int, int], case: int,
    describes: Callable[[int], bool],
) -> int | None:
    """The mention that names whom a description means, by index; null where none does.

    `places` and `subject` are of the mentions of persons, `describes` tells nouns of persons.
    """  # fmt: skip
    begin = source[1]
    end = min(article.sent_hi[begin - 1], begin + _REACH)
    for index in range(bisect_left(places, begin), len(places)):
        place = places[index]
        if place >= end or any(_parts(article, at) for at in range(begin, place)):
            return None
        if case == NOM:
            if subject[index] or (_uninflected(article, place) and not _owned(article, place, describes)):
                return index
        elif article.cases[place] & case and _joined(article, begin, place, case, describes):
            return index
    return None


def _parts(article: Article, at: int) -> bool:
    """Whether a description cannot go on behind a token."""
    return article.cls[at] in FINITE or article.kind[at] == COLON or (article.kind[at] == DASH and article.spaced[at])


def _uninflected(article: Article, at: int) -> bool:
    """Whether the first word of a name may be a nominative that no dictionary tells from other cases."""
    return article.cases[at] == ANY_CASE and article.kind[at - 1] in (PLAIN, COMMA)


def _owned(article: Article, at: int, describes: Callable[[int], bool]) -> bool:
    """Whether a noun of a person in another case stands before a name (doradca prezydenta [Joe Bidena])."""
    before = at - 1
    while article.cls[before] == ADJ and before > at - 4:
        before -= 1
    return article.cls[before] == NOUN and not article.cases[before] & NOM and describes(before)


def _joined(article: Article, begin: int, at: int, case: int, describes: Callable[[int], bool]) -> bool:
    """Whether nothing but a comma, or a comma and a description, stands between (zdaniem lekarza, Jana Sowy)."""
    if article.kind[begin] != COMMA or at + 1 >= len(article) or not article.cap[at + 1]:
        return False
    between = range(begin + 1, at)
    if not between:
        return True
    fits = all(article.kind[x] == PLAIN and article.cases[x] & (case | GEN) for x in between)
    return fits and any(describes(x) and article.cases[x] & case for x in between)
