"""Acronyms spelled out by the article (*KE*: Komisja Europejska), outlets known by their abbreviations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from discourse.attribution.grammar import OPEN, PLAIN
from discourse.attribution.lexicon import words
from discourse.attribution.view import Article

#: Small words inside the names of bodies.
_INSIDE = words("i oraz ds do spraw w we na im of for and the")
#: Those that an acronym leaves out (Liga na rzecz Pokoju: LP), and how many at a time.
_LEFT_OUT, _MOST = words("na rzecz ds do spraw i oraz of for and the . przy dla walki"), 3
#: What the press writes in quotation marks for itself: outlets by their abbreviations.
OUTLETS_SHORT = {
    "Rz": "Rzeczpospolita",
    "GW": "Gazeta Wyborcza",
    "DGP": "Dziennik Gazeta Prawna",
    "FAZ": "Frankfurter Allgemeine Zeitung",
    "FAS": "Frankfurter Allgemeine Sonntagszeitung",
    "SZ": "Süddeutsche Zeitung",
    "NZZ": "Neue Zürcher Zeitung",
    "FT": "Financial Times",
    "WSJ": "Wall Street Journal",
    "taz": "Die Tageszeitung",
    "TAZ": "Die Tageszeitung",
}


class Acronyms:
    """Where an article spells its acronyms out."""

    def __init__(self, article: Article, capitals: Callable[[], Mapping[str, Sequence[int]]]) -> None:
        self.article, self._capitals = article, capitals
        self._known: dict[str, tuple[int, int] | None] = {}

    def expansion(self, acronym: str) -> tuple[int, int] | None:
        """Where the article spells an acronym out in capitals (KE: Komisja Europejska; MEiN; ETPCz), as tokens."""
        capitals = sum(map(str.isupper, acronym))
        if not (acronym.isalpha() and acronym[0].isupper() and 2 <= capitals <= len(acronym) <= 6):
            return None
        if capitals < max(2, len(acronym) - 1):
            return None
        if acronym not in self._known:
            spelled = ((at, self._spelled(at, acronym)) for at in self._capitals().get(acronym[0], ()))
            found = next(((at, end) for at, end in spelled if end), None)
            self._known[acronym] = found or self._bracketed(acronym)
        return self._known[acronym]

    def _spelled(self, at: int, acronym: str) -> int:
        """Past the words whose first letters an acronym is made of, where they begin at a token; 0 if they do not."""
        article, forms = self.article, self.article.form
        place, letter = at, 0
        while letter < len(acronym):
            if letter and len(acronym) > 2 and acronym[letter].isupper():
                place = self._past_left_out(place, acronym[letter])
            if place >= len(forms):
                return 0
            form = forms[place]
            if not form.startswith(acronym[letter]) or (
                acronym[letter].isupper() and (len(form) <= 2 or form.isupper())
            ):
                return 0
            letter += 1
            if letter < len(acronym) and acronym[letter].islower() and form[1:2] == acronym[letter]:
                letter += 1  # Człowieka
            place += 1
        return place if article.par_lo[place - 1] == article.par_lo[at] else 0

    def _past_left_out(self, at: int, letter: str) -> int:
        """Past small words before one that begins with a letter; the same token where none does."""
        forms = self.article.form
        end = at
        while end < min(at + _MOST, len(forms) - 1) and forms[end] in _LEFT_OUT:
            end += 1
        return end if forms[end : end + 1] and forms[end].startswith(letter) else at

    def _bracketed(self, acronym: str) -> tuple[int, int] | None:
        """The body whose name an acronym in brackets follows (Urząd ds. Rzek (RO)), as tokens."""
        article = self.article
        for at in self._capitals().get(acronym[0], ()):
            if article.form[at] != acronym or at < 2 or article.kind[at - 1] != OPEN:
                continue
            lo = hi = at - 1
            while (
                lo > max(0, hi - 8)
                and article.sent_lo[lo] != lo
                and (
                    article.cap[lo - 1]
                    or (article.kind[lo - 1] == PLAIN and article.low[lo - 1] in _INSIDE)
                    or article.form[lo - 1] == "."
                )
            ):
                lo -= 1
            while lo < hi and not article.cap[lo]:
                lo += 1
            if hi - lo > 1 and not article.form[lo].isupper():
                return lo, hi
        return None
