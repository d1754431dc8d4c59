"""Link teasers set into an article (*CZYTAJ TAKŻE: — A — B*), whose line breaks the web has often lost."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from discourse.attribution.grammar import (
    ADJ,
    ADV,
    CLOSE,
    COLON,
    COMP,
    CONJ,
    DASH,
    FINITE,
    INF,
    NOM,
    NOMINAL,
    NOUN,
    NUM,
    PART,
    PARTICIPLE,
    PCON,
    PLAIN,
    PREP,
    PRONOUN,
    QUOTE,
    SEMICOLON,
    STOP,
)

if TYPE_CHECKING:
    from discourse.attribution.view import Article

# without a bound before it, so that `re` skips at once to where a match can begin
_OPENING = re.compile(
    r"(?:Czytaj|CZYTAJ|Zobacz|ZOBACZ|Przeczytaj|PRZECZYTAJ|Sprawdź|SPRAWDŹ|Polecamy|POLECAMY|Obejrzyj|OBEJRZYJ)\b"
)
_SHOUTED = frozenset(["CZYTAJ", "ZOBACZ", "PRZECZYTAJ", "SPRAWDŹ", "POLECAMY", "OBEJRZYJ"])
_ALSO = frozenset(["także", "też", "również", "więcej", "koniecznie", "takze", "rownież", "teź"])
#: A single teaser is no longer than this, in tokens; a block of them no longer than that.
_ITEM, _BLOCK = 60, 400
_FUNCTION = frozenset({PREP, CONJ, COMP, ADV, PART, INF, PCON}) | FINITE


def part(article: Article) -> None:
    """Note the teasers of an article in it, and make each, and each comment of its code, a paragraph of its own."""
    article.links = _links(article)
    comments = _comments(article) if "<!--" in article.string else []
    if not article.links and not comments:
        return
    cuts = sorted({at for piece in (*article.links, *comments) for at in piece if 0 < at < len(article)})
    _cut(article.par_lo, article.par_hi, cuts)
    _cut(article.sent_lo, article.sent_hi, cuts)
    heads = {lo - 1 for lo, _ in article.links}
    article.openers = [at for at in article.openers if at not in heads]
    for lo, hi in article.links:
        for at in range(max(lo - 1, 0), article.par_hi[min(hi, len(article) - 1)]):
            if article.opener[at] < article.par_lo[at] or article.opener[at] in heads:
                article.opener[at] = -1


def _cut(lows: list[int], highs: list[int], cuts: list[int]) -> None:
    """Make each of the tokens the first of its unit."""
    for number, at in enumerate(cuts):
        lo, hi = lows[at], highs[at]
        if lo == at:
            continue
        begin = cuts[number - 1] if number and cuts[number - 1] > lo else lo
        highs[begin:at] = [at] * (at - begin)
        end = cuts[number + 1] if number + 1 < len(cuts) and cuts[number + 1] < hi else hi
        lows[at:end] = [at] * (end - at)


def _comments(article: Article) -> list[tuple[int, int]]:
    """The tokens of what the page's code hides from readers, as they are flagged."""
    found: list[tuple[int, int]] = []
    begin = article.string.find("<!--")
    while begin >= 0 and (end := article.string.find("-->", begin)) >= 0:
        lo, hi = bisect_left(article.start, begin), bisect_left(article.start, end + 3)
        if lo < hi and article.boilerplate[lo]:
            found.append((lo, hi))
        begin = article.string.find("<!--", end)
    return found


def _links(article: Article) -> list[tuple[int, int]]:
    """The teasers of an article, each from its first token (after colon or dash) to one past its last."""
    found: list[tuple[int, int]] = []
    after = 0
    for match in _OPENING.finditer(article.string):
        before = article.string[match.start() - 1] if match.start() else " "
        if before.isalnum() or before == "_":
            continue
        at = bisect_left(article.start, match.start())
        if at < after or at >= len(article):
            continue
        begin = _heading(article, at)
        if begin < 0:
            continue
        items = [(begin, end)] if (end := _glued_end(article, begin)) else _items(article, begin)
        found += [(lo, hi) for lo, hi in items if hi > lo]
        after = items[-1][1]
    return found


def _heading(article: Article, at: int) -> int:
    """The token after the colon that *Czytaj także* ends with, or glued on; -1 where these words head nothing."""
    also = at + 1 < len(article) and article.low[at + 1] in _ALSO
    shouted = article.form[at] in _SHOUTED
    if not also and not shouted:
        return -1
    if also and _glued_on(article, at + 2):
        return at + 2
    for place in range(at + 1, min(article.par_hi[at], at + 8)):
        if article.kind[place] == COLON or article.form[place] == "|":
            return place + 1 if place + 1 < article.par_hi[at] else -1
        if not (article.form[place].isupper() or place == at + 1):
            break
    return -1


def _glued_on(article: Article, at: int) -> bool:
    """Whether the web wrote a new beginning right after the word before (*Czytaj równieżWójt odchodziRada milczy*)."""
    if not 0 < at < len(article) or article.start[at] != article.end[at - 1] or at - 1 in article.opening:
        return False
    begins = article.cap[at] or (at in article.opening and at + 1 < len(article) and article.cap[at + 1])
    return begins and article.kind[at - 1] in (PLAIN, STOP, QUOTE)


def _glued_end(article: Article, lo: int) -> int:
    """Where a teaser ends that is glued on at both ends; 0 where it is not."""
    if not _glued_on(article, lo):
        return 0
    return next((at for at in range(lo + 2, min(article.par_hi[lo], lo + _ITEM)) if _glued_on(article, at)), 0)


def _items(article: Article, begin: int) -> list[tuple[int, int]]:
    """The teasers after the heading: those that dashes part, or one; the last ends where the article goes on."""
    hi = min(article.par_hi[begin], begin + _BLOCK)
    starts = [begin]
    if article.kind[begin] == DASH:
        starts = [begin + 1]
        for at in range(begin + 1, hi):
            gap = article.start[at] - article.end[at - 1]
            if gap > 1:
                hi = at
                break
            opens = article.kind[at] == DASH and gap == 1 and at + 1 < hi
            nxt = at + 1
            if opens and (article.cap[nxt] or article.kind[nxt] == QUOTE) and at - starts[-1] > 2:
                if at - starts[-1] > _ITEM:
                    break
                if _cued(article, at + 1):
                    break
                starts.append(at + 1)
    found = [(lo, nxt - 1) for lo, nxt in pairwise(starts)]
    return [*found, (starts[-1], _end(article, starts[-1], hi))]


def _cued(article: Article, at: int) -> bool:
    """Whether the words after a dash close speech (— Powiedział X)."""
    return article.cls[at] in FINITE and article.cap[at] is False


def _end(article: Article, lo: int, hi: int) -> int:
    """Where the last teaser ends: at the paragraph's end or a wide gap, else before a capital that no stop precedes."""
    hi = min(hi, lo + _ITEM)
    closed = -1
    finite = False
    for at in range(lo + 1, hi):
        gap = article.start[at] - article.end[at - 1]
        if gap > 1 or article.form[at] in _SHOUTED:
            return at
        if article.cls[at - 1] in FINITE:
            finite = True
        before = article.kind[at - 1]
        if before == STOP and closed < 0 and at - lo > 3:
            closed = at
        if at - 1 in article.closing and article.cap[at] and at - lo > 4 and before == QUOTE:
            return at
        if article.cap[at] and at - lo > 2 and _begins(article, lo, at, hi, finite):
            return at
        if article.kind[at] == QUOTE and at in article.opening and at - lo > 3 and before == PLAIN and gap == 1:
            first = at + 1
            if first < hi and article.cap[first] and article.inner[article.opening[at]][1] - first > 6:
                return at
    if hi == article.par_hi[lo]:
        return hi
    return closed if closed >= 0 else hi


def _begins(article: Article, lo: int, at: int, hi: int, finite: bool) -> bool:
    """Whether a sentence begins at a capital without a stop before it."""
    before = at - 1
    if article.kind[before] != PLAIN and article.kind[before] != CLOSE:
        return False
    if article.cls[before] in (PREP, CONJ, COMP):
        return False
    if article.form[at].isupper() and len(article.form[at]) > 1:  # an acronym
        return finite and at + 1 < hi and article.cls[at + 1] in FINITE and not article.cap[before]
    cls = article.cls[at]
    if cls in _FUNCTION and not article.proper[at]:
        return not article.cap[before] or before == lo or article.form[before].isupper()
    if cls not in NOMINAL or (article.cap[before] and not article.form[before].isupper()):
        return False
    common = cls in (ADJ, NUM, PARTICIPLE, NOUN, PRONOUN) and not article.proper[at]
    if common and at + 1 < hi and not article.cap[at + 1]:
        if cls in (ADJ, PARTICIPLE, NUM):
            return not (article.cls[before] == NOUN and article.cases[before] & article.cases[at] & article.case[at])
        return bool(article.case[at] & NOM) and _has_verb(article, at, hi)
    if not article.nominative[at] or not finite or (article.voice[before] and article.case[before] & NOM):
        return False
    return _has_verb(article, at, hi)


def _has_verb(article: Article, at: int, hi: int) -> bool:
    """Whether a finite verb follows within the sentence, before any comma but that of an apposition."""
    for place in range(at + 1, min(hi, at + 16)):
        if article.cls[place] in FINITE:
            return True
        if article.kind[place] in (STOP, COLON, SEMICOLON) and article.form[place - 1] not in ("prof", "dr", "ks"):
            return False
    return False
