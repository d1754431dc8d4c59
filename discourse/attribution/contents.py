"""Where reports begin and end: clauses, inserted clauses, speech after dashes and in quotation marks."""

from __future__ import annotations

from discourse.attribution.bounds import bound, holds, is_name
from discourse.attribution.grammar import (
    CLOSE,
    COLON,
    COMMA,
    COMP,
    CONJ,
    DASH,
    FINITE,
    NOMINAL,
    OPEN,
    PLAIN,
    PREP,
    QUOTE,
    SEMICOLON,
    STOP,
)
from discourse.attribution.lexicon import words
from discourse.attribution.view import Article

COMPLEMENTISERS = frozenset(("że", "iż", "ze", "jakoby", "iżby"))
#: Words between comma and complementiser: tym, że; na to, że; w ten sposób, że.
_REACH = 45
#: Tokens before a place within which its clause begins.
_CLAUSE = 400
_STRIP_LEFT = " \t\r\n\u00a0,;:-–—.!?…"
_STRIP_RIGHT = " \t\r\n\u00a0,;:-–—"


def complementiser(article: Article, cue_hi: int, hi: int, *, known: frozenset[int] = frozenset()) -> int | None:
    """The token of the complementiser that the cue before `cue_hi` governs, or null.

    Between them may stand the source, adverbials, appositions and relative clauses, but no other reporting verb.
    """
    at, hi = cue_hi, min(hi, cue_hi + _REACH)
    if at < hi and article.low[at] == "się":
        at += 1
    relative = False
    while at < hi:
        kind, cls = article.kind[at], article.cls[at]
        if (article.low[at] in COMPLEMENTISERS and cls in (COMP, PREP, PLAIN)) or article.low[at] in ("że", "iż"):
            before = article.kind[at - 1] if at else PLAIN
            if (
                before in (COMMA, DASH, CLOSE)
                or (at == cue_hi and article.low[at] != "ze")
                or before == QUOTE
                or article.low[at] in ("że", "iż")
            ):
                if before == PLAIN and article.low[at - 1] in (
                    "chyba",
                    "mimo",
                    "dlatego",
                    "tylko",
                    "tyle",
                    "jako",
                    "zwłaszcza",
                ):
                    return None
                if relative and article.cls[at - 2] in FINITE:
                    return None
                return at
        if kind in (STOP, COLON, SEMICOLON) and bound(article, at):
            return None
        if kind == QUOTE and at in article.opening and not is_name(article, article.opening[at]):
            inside = article.inner[article.opening[at]]
            if inside[1] - inside[0] > 8:
                return None
            at = inside[1]
        if kind == DASH and article.spaced[at] and article.opener[at] == at:
            return None
        if kind == COMMA:
            nxt = at + 1
            if nxt < hi and (
                article.lemma[nxt] in ("który", "jaki") or (nxt + 1 < hi and article.lemma[nxt + 1] == "który")
            ):
                relative = True
            elif nxt < hi and article.low[nxt] in _STOPPERS:
                return None
        if cls in FINITE and not relative and article.kind[at] == PLAIN and article.low[at] not in ("to", "można"):
            return None
        if at in known and not relative:
            return None
        at += 1
    return None


_STOPPERS = words("ale lecz bo gdyż ponieważ aby żeby by a więc jednak natomiast czy gdzie kiedy gdy jeśli")


def clause_end(article: Article, begin: int, hi: int, followers: list[int]) -> int:
    """One past the last token of a że-clause: its sentence's end, or the coordinated cue after it (…, i dodał, że)."""
    end = min(hi, article.sent_hi[begin - 1] if begin else hi)
    end = _whole_quote(article, begin, end, hi)
    for follower in followers:
        if begin < follower < end:
            place = _coordinate(article, follower, begin)
            if place is not None:
                return place
    # a dash with a cue closes it: …, że A - powiedział X.
    return end


def _whole_quote(article: Article, begin: int, end: int, hi: int) -> int:
    """The end moved past a quotation that begins within and runs on over sentences, if it is not too long."""
    which = article.quote[end - 1] if end > begin else -1
    if which >= 0 and article.inner[which][0] > begin and article.quotes[which].closed:
        last = article.inner[which][1]
        if last < hi and last - begin < 400:
            return max(end, last + 1)
    return end


def _coordinate(article: Article, cue: int, begin: int) -> int | None:
    """Where the clause of `cue` begins if it is coordinated with an outer one, else null."""
    at = cue
    while at > begin and not (
        article.kind[at - 1] in (COMMA, SEMICOLON) or (article.kind[at - 1] == DASH and article.spaced[at - 1])
    ):
        at -= 1
        if article.cls[at] == CONJ and article.low[at] in ("i", "oraz", "a"):
            pair = article.cls[at - 1] in NOMINAL and article.cls[at + 1] in NOMINAL
            if pair and article.cases[at - 1] & article.cases[at + 1] and cue - at > 2:
                return None  # publikacja Lis i Maja stanowi
            verbs = [place for place in range(at + 1, cue) if article.cls[place] in FINITE]
            return at if not verbs and cue - at <= 4 else None
    if at <= begin:
        return None
    if article.low[at] in ("i", "oraz", "a", "ale", "natomiast", "jednak", "zaś", "jednocześnie"):
        return at - 1
    return None


def first_person(article: Article, lo: int, hi: int) -> bool:
    """Whether a stretch speaks in the first person, or to somebody: then it is verbatim."""
    return holds(article.personal, lo, hi)


def finite(article: Article, lo: int, hi: int) -> bool:
    """Whether a stretch holds a finite verb."""
    return holds(article.finite, lo, hi)


def span(article: Article, lo: int, hi: int) -> tuple[int, int] | None:
    """The characters of tokens `lo` to `hi` without marks at the edges and outer quotation marks, if any are left."""
    if lo >= hi:
        return None
    return trimmed(article.string, article.start[lo], article.end[hi - 1])


def trimmed(string: str, start: int, end: int) -> tuple[int, int] | None:
    """The range without space, commas, dashes and quotation marks around it."""
    while True:
        before = (start, end)
        while start < end and string[start] in _STRIP_LEFT:
            start += 1
        while end > start and (
            string[end - 1] in _STRIP_RIGHT or (string[end - 1] == "." and string[max(start, end - 3) : end] != "...")
        ):
            end -= 1
        if (
            end - start >= 2
            and string[start] in '„”"“«»'
            and string[end - 1] in '„”"“«»'
            and not any(mark in string[start + 1 : end - 1] for mark in '„”"“«»')
        ):
            start, end = start + 1, end - 1
        elif (
            end > start and string[start] in '„”"“«»' and not any(mark in string[start + 1 : end] for mark in '„”"“«»')
        ):
            start += 1
        elif (
            end > start
            and string[end - 1] in '„”"“«»'
            and not any(mark in string[start : end - 1] for mark in '„”"“«»')
        ):
            end -= 1
        if before == (start, end):
            break
    return (start, end) if end > start else None


def clause_start(article: Article, at: int, lo: int) -> int:
    """The first token of the clause around `at`: after the last comma, dash, colon or bracket before it."""
    begin, lo = at, max(lo, at - _CLAUSE)
    while begin > lo and not bound(article, begin - 1) and article.kind[begin - 1] not in (OPEN,):
        begin -= 1
    return begin
