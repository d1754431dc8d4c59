"""Whose name stands in the noun phrase of a source: the speaker's, or another's (*rzecznik Jana Sowy*), a body's."""

from __future__ import annotations

from discourse.attribution.endings import key
from discourse.attribution.givennames import WOMEN
from discourse.attribution.grammar import (
    ANY_CASE,
    ANY_GENDER,
    GEN,
    M1,
    NOM,
    NOUN,
    PARTICLES,
    PL,
    PLAIN,
    PREP,
    UNKNOWN,
    F,
)
from discourse.attribution.lexicon import words
from discourse.attribution.namedbodies import KINDS
from discourse.attribution.names import Name, names
from discourse.attribution.portraits import OUTLET_NOUNS, RELATIVES, Portraits

#: Texts that speak for themselves, whoever made them or is named in them.
STUDIES = words(
    "dane dana badanie badania badaniu badaniem raport sondaż ankieta symulacja statystyka monitoring zestawienie "
    "analiza projekt indeks"
)


#: Texts that are words of whom they are of.
_WORDS_OF = words(
    "oświadczenie komunikat stanowisko wpis post tweet słowo słowa wypowiedź opinia zapowiedź relacja zeznanie "
    "zapewnienie profil mail e-mail wywiad informacja ocena deklaracja"
)
#: Functions that bodies have.
_OF_BODIES = words(
    "szef szefowa prezes prezeska dyrektor dyrektorka rzecznik rzeczniczka założyciel założycielka członek członkini "
    "działacz działaczka ekspert ekspertka redaktor redaktorka analityk analityczka przedstawiciel przedstawicielka "
    "wiceprezes lider liderka właściciel właścicielka współzałożyciel pracownik pracownica"
)
#: Those whom somebody talks with, and foreign words that open names of bodies.
_GUESTS = words("gość rozmówca rozmówczyni")
_FOREIGN = frozenset(("The", "La", "Le", "Les", "Los", "Las", "Pour", "For", "Die", "Das"))
#: Endings of the genitive that an apostrophe parts from a foreign name.
_APOSTROPHES = ("'a", "’a", "'ego", "’ego")
#: What else names are of.
_AREAS = words("stan miasto gmina powiat prowincja wyspa hotel")


class SourceNames(Portraits):
    """The names of persons within noun phrases."""

    by_key: dict[str, list[Name]]  # mentions by the key of the surname
    by_place: dict[tuple[int, int], Name]
    _names_in: dict[tuple[int, int, int], Name | None]

    def _surname(self, lo: int, hi: int, case: int) -> Name | None:
        """The last word of a phrase if the article has a person of that surname, though it looks like a noun (Lis)."""
        at = hi - 1
        while at > lo and self.article.kind[at] != PLAIN:
            at -= 1
        form = self.article.form[at]
        if not self.article.cap[at] or form.isupper():
            return None
        if form in self.lexicon.institutions and not any(name.parts > 1 for name in self.by_key.get(key(form), ())):
            return None
        if at > lo and self.article.cases[at] != ANY_CASE and not self.article.cases[at] & case:
            return None  # gość Anny Lisowskiej
        if self.article.quote[at] != self.article.quote[lo] or self._located(at, lo):
            return None  # dyrektor hotelu „Nowy Dwór”, dyrektor szpitala w San Lis
        given = at - 1 > lo and self.article.proper[at - 1] and self.article.cls[at - 1] == NOUN
        if case == NOM and at > lo and not self.article.case[at] & NOM:
            if given and not self.article.nominative[at - 1] & ANY_GENDER:
                return None  # rozmówca Dominiki Lisowskiej, doradca Andrzeja Dudy
            if self.article.case[at] & GEN and self.article.cases[at] != ANY_CASE:
                return None  # doradca prezydenta Dudy
        same = next((name for name in self.by_key.get(key(form), ()) if name.parts > 1 and name.hi - name.lo > 1), None)
        if same is None or self.article.form[same.hi - 1][:2] != form[:2] or self.article.form[same.lo] in _FOREIGN:
            return None
        return Name(at, at + 1, same.key, False, False, same.gender)

    def _located(self, at: int, lo: int) -> bool:
        """Whether a preposition stands before the capitals that end at a token."""
        article = self.article
        while at > lo + 1 and (article.cap[at - 1] or article.low[at - 1] in PARTICLES):
            at -= 1
        return at - 1 > lo and article.cls[at - 1] == PREP

    def name_in(self, lo: int, hi: int, case: int) -> Name | None:
        """The last run of names in a noun phrase that stands in its case (minister Francji [Jan Sowa])."""
        asked = (lo, hi, case)
        if asked in self._names_in:
            return self._names_in[asked]
        surname = self._surname(lo, hi, case)
        found = self._name_in(lo, hi, case, surname)
        if found is None or found is not surname:  # the surname's gender may be told yet
            self._names_in[asked] = found
        return found

    def _name_in(self, lo: int, hi: int, case: int, best: Name | None) -> Name | None:
        article = self.article
        if self.is_body(lo, hi):
            return None
        if "im" in article.low[lo:hi]:
            return None  # Instytut im. Jana Sowy
        head = next((at for at in range(lo, hi) if article.cls[at] == NOUN), hi)
        if head < hi and (article.lemma[head] in STUDIES or article.low[head] in STUDIES):
            return None  # badania Nurtu, sondaż dla Fali
        if head < hi - 1 and not article.proper[head]:
            joined = any(article.low[at] in ("i", "oraz", "a") for at in range(lo, hi))
            if article.number[head] == PL and not joined and self.is_person_noun(head):
                return None  # krytycy Jana Sowy
            if article.lemma[head] in RELATIVES and article.cases[head + 1] & GEN:
                return None  # stronnik Jana Sowy
        if head < hi - 1 and self._of_body(head, hi, case):
            return None
        if best is not None and best.lo > lo and (self._owns(best, head, case) or self._differs(best, head, case)):
            best = None
        for found in names(article, self.lexicon, lo, hi):
            name = self.by_place.get((found.lo, found.hi), found)
            inside = range(name.lo, name.hi)
            if name.lo > head + 1 and article.cls[name.lo - 1] == PREP:
                continue  # dyrektor szpitala w Lahore
            if name.lo > lo and article.quote[name.lo] != article.quote[lo]:
                continue  # dziennik „Myanmar Times”
            if name.lo > lo and (self._owns(name, head, case) or self._differs(name, head, case)):
                continue
            if name.lo > lo and not any(article.cases[at] & case or article.cls[at] == UNKNOWN for at in inside):
                continue
            if (
                name.lo == head + 1
                and article.lemma[head] in RELATIVES | _GUESTS
                and article.cases[name.lo] & GEN
                and (case == GEN or not article.case[name.lo] & NOM)
            ):
                continue  # stronnik Jana Sowy
            if name.lo > lo and case == NOM and not name.nominative and article.cls[name.lo] != UNKNOWN:
                continue
            if (
                name.lo > lo
                and name.parts == 1
                and article.case[name.lo] & GEN
                and case == NOM
                and (not article.cases[name.lo] & NOM or article.lemma[name.lo] != article.form[name.lo])
            ):
                continue
            best = name
        if (
            best is not None
            and best.lo > lo
            and best.parts == 1
            and article.kind[lo] == PLAIN
            and article.lemma[lo] in self.lexicon.institutions
        ):
            return None  # agencja Reuters, spółka Nurt
        return best

    def _of_body(self, head: int, hi: int, case: int) -> bool:
        """Whether a phrase is of a body or a text, whoever is named in it (biuro prezydenta Jana Sowy)."""
        article, lexicon = self.article, self.lexicon
        lemma = article.lemma[head]
        outlet = lemma in OUTLET_NOUNS
        if (self.is_person_noun(head) and not outlet) or article.cls[head] != NOUN:
            return False
        if not outlet and lemma not in lexicon.institutions and (lemma not in lexicon.documents or lemma in _WORDS_OF):
            return False
        return not any(self.is_person_noun(at) and article.case[at] & case & NOM for at in range(head + 1, hi))

    def _differs(self, name: Name, head: int, case: int) -> bool:
        """Whether a noun of a person is of the other gender than the name after it (posłanka ruchu Jana Sowy)."""
        article = self.article
        if head >= name.lo or not self.is_person_noun(head):
            return False
        if article.gender[head] == F:
            given = name.lo if name.parts > 1 else name.lo - 1
            man = article.form[given] not in WOMEN and article.nominative[given] & M1 and article.gender[given] == M1
            return bool(case != NOM and given > head and man and article.proper[given])
        declined = article.gender[head] == M1 and case != NOM and not article.cases[head] & NOM
        return declined and article.form[name.hi - 1].endswith(("skiej", "ckiej", "dzkiej"))  # mecenasa Sowińskiej

    def _owns(self, name: Name, head: int, case: int) -> bool:
        """Whether a single name after the noun of a person is another's or a body's (szef partii Nurt)."""
        article = self.article
        if case not in (NOM, GEN) or head >= name.lo or not self.is_person_noun(head):
            return False
        if article.form[name.lo] in _FOREIGN and article.lemma[head] in _OF_BODIES:
            return True  # dyrektor The River Watch
        if name.parts > 1:
            return False
        before = name.lo - 1
        if before > head and article.cls[before] == NOUN and article.case[before] & GEN:
            noun = article.lemma[before]
            if noun in self.lexicon.institutions or noun in KINDS or noun in _AREAS:
                return True
        form = article.form[name.lo]
        if case == NOM and form.endswith(_APOSTROPHES):
            return True  # rzecznik Lance'a
        mentions = self.by_key.get(name.key, ())
        known = (full.rpartition(" ")[2] for full in self.lexicon.famous.get(name.key, ()))
        if form.endswith("a") and any(
            last in (form[:-1], form[:-2]) for last in (*(article.form[other.hi - 1] for other in mentions), *known)
        ):
            return True  # rzecznik Vance'a, doradca Bidena
        if any(other.parts > 1 and article.form[other.hi - 1] == form for other in mentions):
            return False
        site = "." in form[1:-1]  # redaktorka nurt.pl
        guessed = article.cases[name.lo] == ANY_CASE and not article.case[name.lo] & NOM
        unknown = article.cls[name.lo] == UNKNOWN or guessed
        unknown = (unknown or site) and not any(other.parts > 1 for other in mentions)
        return unknown and article.lemma[head] in _OF_BODIES and before == head
