"""The bodies and texts that an article names, wherever it does: *Sąd Okręgowy w Gdańsku*, *dziennik „Fala”*, *PAP*."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge

from discourse.attribution import roles
from discourse.attribution.bounds import is_name
from discourse.attribution.grammar import ADJ, COMMA, DASH, GEN, LOC, M1, NOM, NOMINAL, PLAIN, F
from discourse.attribution.lexicon import Lexicon, words
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.speaker import root_of
from discourse.attribution.view import Article
from discourse.attribution.vocabulary import BODY

#: Nouns after which the name of a body stands: agencja AFP, spółka Nurt.
KINDS = words(
    "agencja dziennik portal tygodnik gazeta stacja telewizja koncern firma spółka sieć bank serwis fundacja "
    "stowarzyszenie organizacja partia magazyn miesięcznik przewoźnik linia operator klub kanał producent ruch "
    "ugrupowanie hotel redakcja tabloid kwartalnik dwutygodnik dwumiesięcznik rozgłośnia platforma periodyk"
)
#: Bodies of which there is one in a place: sąd w Gdańsku.
_LOCAL = words(
    "sąd prokuratura komenda ambasada konsulat urząd szpital klinika muzeum uniwersytet instytut policja kuria"
)
#: Small words inside the names of bodies.
_JOINTS = frozenset(("i", "oraz", "ds", "do", "spraw", "na", "rzecz"))
#: Nouns that are looked at in an article, tokens of a name.
_NOUNS, _LONGEST = 2000, 9


@dataclass(slots=True, frozen=True)
class NamedBody:
    """A place where a body or text is named: its tokens, the role of its kind, the root of the noun for its kind."""

    place: int
    lo: int
    hi: int
    role: str
    root: str
    proper: bool  # capitals or quotation marks name it; otherwise a noun and what stands after it


def named_bodies(article: Article, lexicon: Lexicon) -> list[NamedBody]:
    """All of them in the order of the text."""
    return sorted(_found(article, lexicon), key=lambda one: (one.place, one.lo))


def _found(article: Article, lexicon: Lexicon) -> Iterator[NamedBody]:
    past = -1
    for at in merge(article.voices[:_NOUNS], article.bodies[:_NOUNS]):
        if at < past or article.kind[at] != PLAIN:
            continue
        lemma, form = article.lemma[at], article.form[at]
        role = lexicon.institutions.get(form) or lexicon.institutions.get(lemma)
        if lemma in lexicon.persons and lemma not in KINDS and not (article.cap[at] and form in lexicon.institutions):
            continue
        if not article.cap[at] and lemma in KINDS:
            one = _of_kind(article, at, role or "media")
            if one is not None:
                past = one.hi
                yield one
                continue
        if lemma in lexicon.documents and role is None:
            role = "document"
        one = _known(article, at, lexicon) if article.word[at] & BODY and article.cap[at] else None
        if one is not None and (role is None or one.hi - at > 2):
            past = one.hi
            yield one
            continue
        if role is None:
            continue
        if article.cap[at] and (form in lexicon.institutions or article.proper[at] or _capital_after(article, at)):
            lo, hi = _capitals(article, at)
            if hi - lo > 1 or article.proper[at] or form in lexicon.institutions or form.isupper():
                past = hi
                yield NamedBody(lo, lo, hi, role, root_of(lemma), True)
                continue
        end = _complement(article, at)
        if end > at + 1:
            past = end
            yield NamedBody(at, at, end, role, root_of(lemma), False)


def _known(article: Article, at: int, lexicon: Lexicon) -> NamedBody | None:
    """The body of several words that begins at a token and is in the lexicon (Frankfurter Allgemeine Zeitung)."""
    end = min(article.sent_hi[at], at + _LONGEST)
    length, role = roles.phrase([(article.lemma[place], article.form[place]) for place in range(at, end)], 0, lexicon)
    if not length or not article.cap[at + length - 1]:
        return None
    return NamedBody(at, at, at + length, role, root_of(article.lemma[at]), True)


def _of_kind(article: Article, at: int, role: str) -> NamedBody | None:
    """The name after the noun of its kind, a word or two between them (niemiecki dziennik gospodarczy „Fala”)."""
    name = at + 1
    while name < min(len(article), at + 3) and article.cls[name] == ADJ and not article.cap[name]:
        name += 1
    if name >= len(article):
        return None
    root = root_of(article.lemma[at])
    quoted = article.opening.get(name)
    if quoted is not None and is_name(article, quoted):
        lo, hi = article.inner[quoted]
        return NamedBody(at, lo, hi, role, root, True)
    if article.kind[name] != PLAIN or not article.cap[name] or article.nominative[name] in (M1, F):
        return None
    end = name + 1
    while end < min(len(article), name + 4) and article.kind[end] == PLAIN and article.cap[end]:
        end += 1
    return NamedBody(at, name, end, role, root, True)


def _capital_after(article: Article, at: int) -> bool:
    after = at + 1
    return after < len(article) and article.kind[after] == PLAIN and article.cap[after]


def _capitals(article: Article, at: int) -> tuple[int, int]:
    """The capitals around the noun of a body, with the place it is in (Sąd Okręgowy w Gdańsku)."""
    lo, hi = at, at + 1
    first = article.sent_lo[at]
    while lo > max(first, at - 4) and article.cap[lo - 1] and article.cls[lo - 1] == ADJ:
        lo -= 1
    end = min(article.sent_hi[at], at + _LONGEST)
    while hi < end:
        if article.kind[hi] == PLAIN and article.cap[hi]:
            if article.cases[hi] & NOM and not article.cases[hi] & GEN and article.case[hi] & NOM and hi > at + 1:
                break
            hi += 1
            continue
        if article.kind[hi] == DASH and not article.spaced[hi] and hi + 1 < end and article.cap[hi + 1]:
            hi += 2  # Towarzystwo Historyczno-Wojskowe
            continue
        if article.lemma[at] == "ministerstwo" and _lists(article, hi, end):
            hi += 2  # Ministerstwo Rozwoju, Pracy i Technologii
            continue
        ahead = hi
        while ahead < end and ahead < hi + 2 and article.low[ahead] in _JOINTS:
            ahead += 1
        if ahead == hi or ahead >= end or not article.cap[ahead]:
            break
        hi = ahead + 1
    return lo, placed(article, at, hi)


def _lists(article: Article, comma: int, end: int) -> bool:
    """Whether a list of capitals that *i* ends goes on after a comma."""
    if article.kind[comma] != COMMA or comma + 3 >= end or not article.cap[comma + 1]:
        return False
    return any(article.low[at] == "i" and article.cap[at + 1] for at in range(comma + 2, min(comma + 5, end - 1)))


def placed(article: Article, at: int, hi: int) -> int:
    """Past *w Gdańsku* after the noun of a body of which each town has one."""
    local = article.lemma[at] in _LOCAL and hi + 1 < article.sent_hi[at] and article.low[hi] in ("w", "we")
    if local and article.cap[hi + 1] and article.cases[hi + 1] & LOC:
        hi += 2
        while hi < article.sent_hi[at] and article.cap[hi] and article.cases[hi] & LOC:
            hi += 1
    return hi


def _complement(article: Article, at: int) -> int:
    """Past what says which body or text a noun means: a genitive (rząd Austrii), a place (sąd w Mińsku); `at + 1` if
    nothing does."""
    after = at + 1
    if after >= article.sent_hi[at]:
        return after
    if article.cls[after] in NOMINAL and article.kind[after] == PLAIN and article.cases[after] & GEN:
        end = phrase_end(article, at, min(article.sent_hi[at], at + _LONGEST), article.case[at] or NOM)
        return max(after, end)
    return placed(article, at, after)


class NamedBodies:
    """The named bodies of an article by place."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.every = named_bodies(article, lexicon)
        self.places = [one.place for one in self.every]

    def before(self, at: int, most: int) -> list[NamedBody]:
        """The last ones before a token, the nearest first."""
        stop = bisect_left(self.places, at)
        return self.every[max(0, stop - most) : stop][::-1]
