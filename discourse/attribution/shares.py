"""Shares of those who were asked: *56 proc. badanych* are the asked, *38 proc.* those of whom the article tells."""

from __future__ import annotations

from discourse.attribution.grammar import GEN, NUM
from discourse.attribution.view import Article

_SHARES = ("proc", "procent", "%")
_MARKS = (",", "-", "–", ".", *_SHARES)
#: Those who are asked in surveys, in the genitive and the nominative.
_ASKED = {
    "badanych": "badani",
    "ankietowanych": "ankietowani",
    "respondentów": "respondenci",
    "pytanych": "pytani",
    "głosujących": "głosujący",
    "uczestników": "uczestnicy",
}
_FORMS = {**_ASKED, **{asked: asked for asked in _ASKED.values()}}
_ANYBODY = ("osób", "ludzi")
#: Tokens to either side among which the asked are looked for.
_FAR = 500


def share_end(article: Article, lo: int, hi: int) -> int:
    """The token after a share (56 proc. | badanych), or after *wielu* before a genitive; `lo` where none opens it."""
    if article.low[lo] == "wielu":
        return lo + 1 if lo + 1 < hi and article.cases[lo + 1] & GEN and article.low[lo + 1] not in _ANYBODY else lo
    at = lo
    if article.cls[at] != NUM and not article.form[at][:1].isdigit():
        return lo
    while at < hi and (article.cls[at] == NUM or article.form[at][:1].isdigit() or article.form[at] in _MARKS):
        at += 1
    return at if any(article.form[place] in _SHARES for place in range(lo, at)) else lo


def asked(article: Article, at: int, hi: int) -> str | None:
    """What those are called whose share ends before `at`; null where the words there say it better.

    A bare share is one of those whom the article calls the asked, in the nearest place, else of *badani*.
    """
    if at < hi and article.low[at] in _ASKED and at + 1 == hi:
        return _ASKED[article.low[at]]
    if at < hi and article.low[at] not in _ANYBODY:
        return None
    near = range(max(0, at - _FAR), min(len(article), at + _FAR))
    places = [place for place in near if article.low[place] in _FORMS]
    return _FORMS[article.low[min(places, key=lambda place: abs(place - at))]] if places else "badani"
