"""Bodies and texts: the full names that bare nouns and acronyms mean, names in the nominative."""

from __future__ import annotations

from discourse.attribution.acronyms import Acronyms
from discourse.attribution.endings import key, stem
from discourse.attribution.givennames import GIVEN
from discourse.attribution.grammar import (
    COMMA,
    DASH,
    GEN,
    NOM,
    NOMINAL,
    PLAIN,
    PREP,
    QUOTE,
)
from discourse.attribution.inflected import Inflected
from discourse.attribution.lexicon import Lexicon, words
from discourse.attribution.namedbodies import placed
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.places import PLACES
from discourse.attribution.view import Article

#: Bodies of which towns have one each: by themselves, or of one of these instances.
_EMBASSIES, _COURTS = words("ambasada konsulat"), words("sąd prokuratura komenda")
_INSTANCES = words("okręgowy rejonowy apelacyjny regionalny miejski powiatowy wojewódzki administracyjny")


class Bodies(Inflected):
    """The bodies and texts that an article names, and its words as the lexicon knows them."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        super().__init__(article, lexicon)
        self._by_capital: dict[str, list[int]] | None = None
        self._by_noun: dict[str, list[int]] | None = None
        self._longer: dict[tuple[str, ...], str | None] = {}
        self._acronyms = Acronyms(article, self._capitals)

    def expansion(self, acronym: str) -> tuple[int, int] | None:
        """Where the article spells an acronym out in capitals (KE: Komisja Europejska; MEiN), as tokens."""
        return self._acronyms.expansion(acronym)

    def _capitals(self) -> dict[str, list[int]]:
        """The tokens that begin with a capital, by that capital."""
        if self._by_capital is None:
            self._by_capital = {}
            for at in self.article.caps:
                many = self._by_capital.setdefault(self.article.form[at][:1], [])
                if len(many) < 400:
                    many.append(at)
        return self._by_capital

    def longer(self, lo: int, hi: int) -> str | None:
        """The one longer name in the article that begins with these capitals (Komisja: Komisja Europejska), if any."""
        article = self.article
        if not article.lemma[lo][:1].islower() or not all(article.cap[lo:hi]) or article.form[lo] in PLACES:
            return None
        forms = tuple(article.form[lo:hi])
        if forms not in self._longer:
            found = self._lengthened(lo, hi)
            whole = hi - lo == 1 and article.form[lo] in self.lexicon.institutions  # Airbus; but Platforma Obywatelska
            if found is not None and whole and tuple(map(stem, found.split())) not in self.lexicon.bodies:
                found = None
            self._longer[forms] = found
        return self._longer[forms]

    def _lengthened(self, lo: int, hi: int) -> str | None:
        article = self.article
        wanted = [key(article.form[at]) for at in range(lo, hi)]
        found: dict[tuple[str, ...], tuple[int, int]] = {}
        for at in self._capitals().get(article.form[lo][:1], ()):
            stop = at
            if at == lo:
                continue  # what follows the phrase itself is not of it
            while (
                stop < min(len(article), at + 7)
                and article.kind[stop] == PLAIN
                and (
                    (article.cap[stop] and not (article.form[stop].isupper() and stop > at))
                    or (
                        stop > at
                        and article.low[stop] in ("i", "ds")
                        and stop + 1 < len(article)
                        and article.cap[stop + 1]
                    )
                )
            ):
                stop += 1
            given = (x for x in range(at + 1, stop) if article.form[x] in GIVEN or article.lemma[x] in GIVEN)
            stop = next(given, stop)  # Sejm Elżbiety Witek
            while stop > at + 1 and not article.cap[stop - 1]:
                stop -= 1
            stop = self._seated(at, stop)
            keys = tuple(key(article.form[place]) for place in range(at, stop))
            if len(keys) > len(wanted) and list(keys[: len(wanted)]) == wanted:
                found.setdefault(keys, (at, stop))
        longest = max(found, key=len, default=())
        if not found or any(keys != longest[: len(keys)] for keys in found):
            return None
        at, stop = found[longest]
        shortest = at + min(map(len, found))
        if shortest < stop and article.low[shortest] not in ("w", "we"):
            return None  # more than a town tells them apart
        return self.in_nominative(at, stop, article.case[at] or NOM)

    def _seated(self, at: int, stop: int) -> int:
        """Past the town of a court or an embassy, of which there is one in each (Sąd Okręgowy | w Gdyni)."""
        lemmas = self.article.lemma[at:stop]
        local = lemmas[0] in _EMBASSIES or (lemmas[0] in _COURTS and not _INSTANCES.isdisjoint(map(str.lower, lemmas)))
        return placed(self.article, at, stop) if local else stop

    def body(self, head: int) -> str | None:
        """The full name of the body that a bare noun means (instytut: Instytut Rzek), if the article has it."""
        article = self.article
        lemma = article.lemma[head]
        for at in self._bodies().get(lemma, ()):
            end = phrase_end(article, at, article.sent_hi[at], article.case[at] or NOM)
            while end > at + 2 and article.cls[end - 1] == PREP:
                end -= 1
            stop = at + 1
            while stop < end and (
                article.cap[stop]
                or article.kind[stop] in (QUOTE, DASH)
                or article.low[stop] in ("i", "oraz")
                or (article.kind[stop] == COMMA and stop + 1 < end and article.cap[stop + 1])
            ):
                stop += 1
            if stop - at > 1:
                return self.in_nominative(at, self._seated(at, stop), article.case[at] or NOM)
        return None

    def document(self, head: int) -> str | None:
        """The text that a bare noun means (raport: raport regionalnej izby), by its first fuller mention."""
        article = self.article
        noun, lemmas, last = article.lemma[head], article.lemma, len(article) - 1
        for at in article.voices[:2000]:
            if at >= head > 40:
                break
            if lemmas[at] != noun or at in (head, last):
                continue
            nxt = at + 1
            if article.cls[nxt] in NOMINAL and article.cases[nxt] & GEN and article.kind[nxt] == PLAIN:
                end = phrase_end(article, at, article.sent_hi[at], article.case[at] or NOM)
                stop = next((place for place in range(nxt, end) if article.cls[place] == PREP), end)
                if stop > nxt and article.number[at] & 1:
                    return self.in_nominative(at, stop, article.case[at] or NOM)
        return None

    def _bodies(self) -> dict[str, list[int]]:
        """The first capitalised mentions of each noun that may speak before a capital."""
        if self._by_noun is None:
            article = self.article
            self._by_noun = {}
            for at in article.voices:
                if article.cap[at] and at + 1 < len(article) and article.cap[at + 1]:
                    many = self._by_noun.setdefault(article.lemma[at], [])
                    if len(many) < 5:
                        many.append(at)
        return self._by_noun
