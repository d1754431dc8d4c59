"""Bodies and texts: the full names that bare nouns and acronyms mean, names in the nominative."""

from __future__ import annotations

from discourse.attribution import roles
from discourse.attribution.acronyms import Acronyms
from discourse.attribution.endings import key, stem
from discourse.attribution.givennames import GIVEN
from discourse.attribution.grammar import (
    ADJ,
    COMMA,
    DASH,
    GEN,
    NOM,
    NOMINAL,
    NOUN,
    PARTICIPLE,
    PL,
    PLAIN,
    PREP,
    QUOTE,
    SG,
    UNKNOWN,
    F,
    parse,
)
from discourse.attribution.lexicon import Lexicon, words
from discourse.attribution.namedbodies import placed
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.places import PLACES
from discourse.attribution.speaker import bare
from discourse.attribution.view import Article
from discourse.attribution.vocabulary import BODY
from discourse.language.generate import generated

_DEGREES = frozenset(("pos", "com", "sup"))


def nominative(lemma: str, form: str, cls: int, number: int, gender: int) -> str | None:
    """The nominative of a word in a number and gender by the dictionary (szacunków: szacunki); null where it has none.

    Of homonyms the one counts that has the form (liście: list, not lista, if it stands in the locative).
    """
    low = form.lower()
    every = generated(lemma)
    own = [tag for written, tag in every if written.lower() == low]
    if not own:
        return None
    classes, degrees = {tag.split(":")[0] for tag in own}, {tag.rpartition(":")[2] for tag in own}
    found: list[str] = []
    for written, tag in every:
        kind, case, of_number, of_gender, _, _ = parse(tag)
        same = (kind == cls or {kind, cls} <= {ADJ, PARTICIPLE}) and tag.split(":")[0] in classes
        degree = tag.rpartition(":")[2]
        fits = case & NOM and of_number & number and of_gender & gender
        if same and fits and "depr" not in tag and degree != "neg" and (degree in degrees or degree not in _DEGREES):
            found.append(written)
    modern = [written for written in found if number != PL or not written.endswith("a")]  # dokumenty, not dokumenta
    return next(iter(modern or found), None)


#: Bodies of which towns have one each: by themselves, or of one of these instances.
_EMBASSIES, _COURTS = words("ambasada konsulat"), words("sąd prokuratura komenda")
_INSTANCES = words("okręgowy rejonowy apelacyjny regionalny miejski powiatowy wojewódzki administracyjny")
#: Nouns of forms that the dictionary takes for another: list, not liść; biskup, not błogosławionej pamięci.
_MISREAD = {"liście": "list", "bp": "biskup"}


class Bodies:
    """The bodies and texts that an article names, and its words as the lexicon knows them."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article, self.lexicon = article, lexicon
        self._by_capital: dict[str, list[int]] | None = None
        self._by_noun: dict[str, list[int]] | None = None
        self._person_nouns: dict[int, bool] = {}
        self._longer: dict[tuple[str, ...], str | None] = {}
        self._acronyms = Acronyms(article, self._capitals)

    def is_body(self, lo: int, hi: int) -> bool:
        """Whether the last words of a stretch are the name of a known body (New York Times)."""
        article = self.article
        plain = [at for at in range(lo, hi) if article.kind[at] == PLAIN][-4:]
        if not any(article.cap[at] and article.word[at] & BODY for at in plain[:-1]):
            return False
        words = [(article.lemma[at], article.form[at]) for at in plain]
        return any(
            at + length == len(words)
            for at in range(len(words) - 1)
            for length in (roles.phrase(words, at, self.lexicon)[0],)
        )

    def words(self, lo: int, hi: int) -> list[roles.Word]:
        """The words of a stretch without its marks, as the evidence of roles."""
        article = self.article
        return [(self.noun(at), article.form[at]) for at in range(lo, hi) if article.kind[at] == PLAIN]

    def noun(self, at: int) -> str:
        """The lemma, or the noun of a person that the form may belong to where the chosen lemma is none (analityka)."""
        article, persons = self.article, self.lexicon.persons
        if article.case[at] & GEN and f"{article.low[at]}a" in self.lexicon.documents:
            return f"{article.low[at]}a"  # ze statystyk
        if article.low[at] in _MISREAD:
            return _MISREAD[article.low[at]]
        if article.lemma[at] in persons or article.cap[at]:
            return article.lemma[at]
        low = article.low[at]
        return low if low in persons else low[:-1] if low.endswith("a") and low[:-1] in persons else article.lemma[at]

    def is_person_noun(self, at: int) -> bool:
        """Whether the lexicon has the word as a noun of persons."""
        found = self._person_nouns.get(at)
        if found is None:
            persons = self.lexicon.persons
            found = self._person_nouns[at] = self.noun(at) in persons or self.article.low[at] in persons
        return found

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
        for at in article.voices[:2000]:
            nxt = at + 1
            if at >= head > 40:
                break
            if article.lemma[at] != article.lemma[head] or at == head or nxt >= len(article):
                continue
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

    def in_nominative(self, lo: int, hi: int, case: int) -> str:
        """A noun phrase in the nominative, as far as the dictionary allows."""
        article = self.article
        if article.cap[lo] and stem(article.form[lo]) in self.lexicon.institution_starts:
            known = self.lexicon.bodies.get(tuple(stem(form) for form in article.form[lo:hi]))
            if known is not None and (not self.is_person_noun(lo) or key(known.split()[0]) == key(article.form[lo])):
                return known  # but Prokurator Generalny is not his office
        if hi - lo == 1 and article.cap[lo] and (name := self.lexicon.body_name(article.form[lo])):
            return name
        if hi - lo == 1 and article.form[lo].isupper() and len(article.form[lo]) > 1:
            return article.form[lo]  # DUP, whatever noun the letters spell
        if case == NOM or article.cls[lo] == UNKNOWN or (article.cases[lo] & NOM and self.is_body(lo, hi)):
            return bare(article.text(lo, hi))
        if article.lemma[lo] == "jeden":
            return f"{'jedna' if article.gender[lo] == F else 'jeden'} {bare(article.text(lo + 1, hi))}".strip()
        while lo + 1 < hi and article.lemma[lo] in ("ten", "taki", "ów", "tamten"):
            lo += 1
        head = self.head(lo, hi, case)
        if article.cls[lo] == PARTICIPLE and head > lo + 1:
            lo = head  # wydanymi we wtorek zaleceniami: zalecenia
        number = PL if article.number[head] & PL and not article.number[head] & SG else SG
        gender = article.gender[head]
        text = ""
        for at in range(lo, hi):
            word = article.form[at]
            joined = at > head and article.low[at - 1] in ("i", "oraz") and article.cls[at] == NOUN
            joined = joined and (at - 2 == head or self._qualifies(at - 2, head))
            if joined and article.case[at] & case:  # ekspertów i biegłych
                number = PL if article.number[at] & PL and not article.number[at] & SG else SG
                gender, head = article.gender[at], at
            if article.kind[at] == PLAIN and self._belongs(at, head, hi, case):
                lemma = self.noun(at) if at == head else article.lemma[at]
                found = nominative(lemma, word, article.cls[at], number, gender)
                if found is not None and number == PL and lemma.endswith(("log", "tor")) and found.endswith("owie"):
                    found = f"{lemma[:-1]}dzy" if lemma.endswith("log") else f"{lemma}zy"
                if found is not None:
                    word = found[:1].upper() + found[1:] if article.cap[at] else found
                elif at == head and number == SG and article.cls[at] == NOUN:
                    word = lemma[:1].upper() + lemma[1:] if article.cap[at] else lemma
            text += (" " if at > lo and article.start[at] > article.end[at - 1] else "") + word
        return bare(text)

    def head(self, lo: int, hi: int, case: int) -> int:
        """The first noun of a phrase that agrees with the participle before it, if one opens the phrase."""
        article = self.article
        nouns = [at for at in range(lo, hi) if article.cls[at] in (NOUN, UNKNOWN)]
        if article.cls[lo] == PARTICIPLE:
            free = [at for at in nouns if article.cls[at - 1] != PREP and article.cases[at] & case]
            return next((at for at in free if article.voice[at]), free[0] if free else lo)
        return nouns[0] if nouns else lo

    def _qualifies(self, at: int, head: int) -> bool:
        """Whether an adjective agrees with a noun before it (Zarząd Dróg Miejskich: Miejskich does not)."""
        article = self.article
        agrees = article.number[at] & article.number[head] and article.gender[at] & article.gender[head]
        return article.cls[at] in (ADJ, PARTICIPLE) and bool(agrees)

    def _belongs(self, at: int, head: int, hi: int, case: int) -> bool:
        """Whether a word is inflected with the head: itself, the adjectives before it and right after it."""
        article = self.article
        if at == head:
            return article.cls[at] == NOUN
        if article.cls[at] not in (ADJ, PARTICIPLE) or not article.cases[at] & case:
            return False
        if at < head:
            return True
        before = at - 1
        while before > head and (
            article.low[before] in ("i", "oraz") or (article.cls[before] in (ADJ, PARTICIPLE) and before != at)
        ):
            before -= 1
        agrees = article.number[at] & article.number[head] and article.gender[at] & article.gender[head]
        return before == head and bool(agrees)
