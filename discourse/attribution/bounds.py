"""Where clauses end: the marks that bound them, and those that do not (abbreviations, names in quotation marks)."""

from __future__ import annotations

from bisect import bisect_left

from discourse.attribution.grammar import (
    BREV,
    CLOSE,
    COLON,
    COMMA,
    DASH,
    FIN,
    NOM,
    PARTICLES,
    PRAET,
    QUOTE,
    SEMICOLON,
    STOP,
)
from discourse.attribution.lexicon import words
from discourse.attribution.view import Article

#: Ranks and titles that the dictionary does not have as abbreviations.
RANKS = words(
    "nadkom podkom kom asp sierż mł st insp podinsp nadinsp gen płk ppłk mjr kpt por ppor chor bryg kmdr prok "
    "sen pos abp bp kard mec"
)


#: First words of the names of outlets that have two.
OUTLETS = words("Deutsche Sky Fox Polsat Radio Polskie Super Wirtualna Gazeta Business France Associated")


#: Articles of Arabic names, which a hyphen follows (Abd el-Fattah es-Sisi).
_ARTICLES = words("al el ul ad ed ar er as es asz esz at et an en az ez")


def holds(places: list[int], lo: int, hi: int) -> bool:
    """Whether one of these places, which are sorted, lies in a stretch."""
    index = bisect_left(places, lo)
    return index < len(places) and places[index] < hi


def within(places: list[int], lo: int, hi: int) -> list[int]:
    """Those of the sorted places that lie in a stretch."""
    return places[bisect_left(places, lo) : bisect_left(places, hi)]


def bound(article: Article, at: int) -> bool:
    """Whether a mark ends a clause: a comma, a stop, a spaced dash, a quotation mark around more than a name."""
    kind = article.kind[at]
    if kind in (COMMA, COLON, SEMICOLON):
        return True
    if kind == DASH:
        return article.spaced[at]
    if kind == STOP:
        return not abbreviation(article, at)
    if kind == QUOTE:
        which = article.opening.get(at, article.closing.get(at))
        return which is None or not is_name(article, which)
    return False


def abbreviation(article: Article, at: int) -> bool:
    """Whether the dot at `at` belongs to an abbreviation or an initial."""
    if at == 0 or article.form[at] != "." or article.start[at] != article.end[at - 1]:
        return False
    if at + 1 < len(article) and article.start[at + 1] == article.end[at] and article.form[at + 1][:1].islower():
        return True  # mowi.pl
    before = article.form[at - 1]
    return (
        article.cls[at - 1] == BREV
        or ((len(before) == 1 and before.isupper()) or before in ("Dz", "Ks", "Św", "Gen", "Sz", "Cz", "Ch"))
        or before in ("ds", "im", "prof", "św", "ks", "dr", "hab", "n", "inż", "red", "med", "lek", "mgr", "doc")
        or before.lower() in RANKS
    )


def is_name(article: Article, which: int) -> bool:
    """Whether a quotation is short enough and capitalised, so that it names rather than says („Nowy Głos”)."""
    lo, hi = article.inner[which]
    if not 0 < hi - lo <= 5 or not article.quotes[which].closed:
        return False
    article_first = article.low[lo] in PARTICLES and lo + 1 < hi and article.cap[lo + 1]  # „le Monde”
    numbered = article.form[lo].isdigit() and 1 < hi - lo <= 3  # „24 godziny”
    return (article.cap[lo] or article_first or numbered) and all(
        article.cls[at] not in (FIN, PRAET) and article.kind[at] != STOP for at in range(lo, hi)
    )


def nominative_name(article: Article, which: int) -> bool:
    """Whether a name in quotation marks may stand in the nominative („Nowy Głos”, not „Nowego Głosu”)."""
    lo = article.inner[which][0]
    return article.form[lo].isupper() or not article.cases[lo] or bool(article.cases[lo] & NOM)


def past_joints(article: Article, at: int, hi: int) -> int:
    """Past what joins the parts of a name: a hyphen, a particle, an article with its hyphen (von, al-, -ul-)."""
    end = at
    while end + 1 < hi and end < at + 3:
        if article.kind[end] == DASH:
            if article.spaced[end]:
                break
        elif article.cap[end] or not (
            article.low[end] in PARTICLES or (article.low[end] in _ARTICLES and article.kind[end + 1] == DASH)
        ):
            break
        end += 1
    return end


def closed(article: Article, at: int, hi: int) -> int:
    """Past the bracket that opens at `at`."""
    for end in range(at, min(hi, at + 12)):
        if article.kind[end] == CLOSE:
            return end + 1
    return at + 1
