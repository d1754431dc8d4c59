"""Noun phrases of bodies, texts and the unnamed in the nominative: *raportu regionalnej izby*, *jednego z badań*."""

from __future__ import annotations

from discourse.attribution import roles
from discourse.attribution.endings import key, stem
from discourse.attribution.grammar import (
    ADJ,
    ANY_CASE,
    GEN,
    NOM,
    NOUN,
    PARTICIPLE,
    PL,
    PLAIN,
    PREP,
    SG,
    UNKNOWN,
    F,
    N,
    parse,
)
from discourse.attribution.lexicon import Lexicon
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


#: What opens phrases that look the same in every case (wielu ludzi, art. 5 ustawy).
_UNCHANGED = frozenset(("wielu", "kilku", "kilkunastu", "kilkudziesięciu", "art", "ust", "par"))
#: Nouns of forms that the dictionary takes for another: list, not liść; biskup, not błogosławionej pamięci.
_MISREAD = {"liście": "list", "bp": "biskup"}


class Inflected:
    """The words of an article as the lexicon knows them, and its phrases in the nominative."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article, self.lexicon = article, lexicon
        self._person_nouns: dict[int, bool] = {}

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
        if case == NOM and article.cls[lo] == PARTICIPLE:
            lo = self._past_participle(lo, hi, case)
        named = article.cap[lo] and article.cases[lo] & NOM and self.is_body(lo, hi)
        if case == NOM or article.cls[lo] == UNKNOWN or article.low[lo] in _UNCHANGED or named:
            return bare(article.text(lo, hi))
        if article.lemma[lo] == "jeden":
            return f"{self._one(lo, hi)} {bare(article.text(lo + 1, hi))}".strip()
        while lo + 1 < hi and article.lemma[lo] in ("ten", "taki", "ów", "tamten"):
            lo += 1
        head = self.head(lo, hi, case)
        if article.cls[lo] == PARTICIPLE:
            lo = self._past_participle(lo, hi, case)
        number = PL if article.number[head] & PL and not article.number[head] & SG else SG
        gender = article.gender[head]
        text = ""
        for at in range(lo, hi):
            word = article.form[at]
            joined = at > head and article.low[at - 1] in ("i", "oraz") and article.cls[at] == NOUN
            joined = joined and all(self._qualifies(x, head) for x in range(head + 1, at - 1))
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

    def _past_participle(self, lo: int, hi: int, case: int) -> int:
        """Past a participle and what it governs (wydane we wtorek nowe zalecenia: nowe zalecenia)."""
        article = self.article
        head = first = self.head(lo, hi, case)
        if head <= lo + 1 or (case == NOM and not article.voice[head]):
            return lo
        case &= article.cases[head]
        while first - 1 > lo and article.cls[first - 1] == ADJ and article.cases[first - 1] & case:
            first -= 1
        return first

    def _one(self, lo: int, hi: int) -> str:
        """One, of the gender of those of whom it is (jedno z badań)."""
        article = self.article
        noun = next((at for at in range(lo + 1, hi) if article.cls[at] == NOUN), lo)
        return "jedna" if article.gender[noun] == F else "jedno" if article.gender[noun] == N else "jeden"

    def head(self, lo: int, hi: int, case: int) -> int:
        """The first noun of a phrase that agrees with the participle before it, if one opens the phrase."""
        article = self.article
        nouns = [at for at in range(lo, hi) if article.cls[at] in (NOUN, UNKNOWN)]
        if article.cls[lo] == PARTICIPLE:
            free = [at for at in nouns if article.cls[at - 1] != PREP and article.cases[at] & case]
            free = [at for at in free if article.quote[at] == article.quote[lo]]  # uzyskane przez „Falę” dane
            return next((at for at in free if article.voice[at]), free[0] if free else lo)
        return nouns[0] if nouns else lo

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
        noun = at + 1 < hi and article.cls[at + 1] == NOUN and article.cases[at + 1] != ANY_CASE
        if noun and article.cases[at] & article.cases[at + 1] & GEN:
            owner = (article.cap[at] and not article.cap[head]) or article.lemma[at].endswith(("ski", "cki", "dzki"))
            if owner and article.number[at] & article.number[at + 1] and article.gender[at] & article.gender[at + 1]:
                return False  # raportu zalesińskiej izby
        return before == head and bool(agrees)

    def _qualifies(self, at: int, head: int) -> bool:
        """Whether an adjective agrees with a noun before it (Zarząd Dróg Miejskich: Miejskich does not)."""
        article = self.article
        agrees = article.number[at] & article.number[head] and article.gender[at] & article.gender[head]
        return article.cls[at] in (ADJ, PARTICIPLE) and bool(agrees)
