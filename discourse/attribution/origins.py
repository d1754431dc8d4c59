"""Where what is reported comes from: the text in which it stands, the owner of what is known."""

from __future__ import annotations

from discourse.attribution import nounphrases, prepositions
from discourse.attribution.bounds import bound, is_name
from discourse.attribution.grammar import (
    ADJ,
    FINITE,
    GEN,
    LOC,
    NOMINAL,
    NOUN,
    PARTICIPLE,
    PLAIN,
    PRONOUN,
    QUOTE,
    UNKNOWN,
)
from discourse.attribution.lexicon import Lexicon, words
from discourse.attribution.view import Article

#: Where what is written may be read.
_OUTLETS = words(
    "strona portal serwis gazeta dziennik tygodnik miesięcznik pismo profil blog depesza witryna "
    "komentarz wpis opis nagłówek konkluzja łam łamy"
)

_THEIRS = frozenset(["jego", "jej", "ich"])


class Origins:
    """What names texts and owners in one article."""

    article: Article
    lexicon: Lexicon

    def _place(self, lo: int, hi: int, *, read: bool = False) -> tuple[int, int] | None:
        """The document in which something is said impersonally (w raporcie wskazano); any text where it is `read`."""
        article = self.article
        for at in range(lo, min(hi, lo + 60)):
            if article.low[at] not in ("w", "we", "na") or at + 1 >= hi:
                continue
            which = article.opening.get(at + 1)
            if which is not None and article.inner[which][1] < hi and is_name(article, which):
                return at + 1, article.inner[which][1] + 1  # czytamy w „Głosie”
            if article.low[at + 1] not in _THEIRS and article.cls[at + 1] == PRONOUN and article.cases[at + 1] & LOC:
                return at + 1, at + 2  # wskazano w nim
            if article.lemma[at + 1] == "który":
                before = at - 2 >= article.sent_lo[at] and article.lemma[at - 2] in self.lexicon.documents
                return (at + 1, at + 2) if before else None
            if article.cls[at + 1] in NOMINAL or article.low[at + 1] in _THEIRS:
                owned = at + 2 < hi and article.low[at + 1] in _THEIRS  # w jej wpisie
                end = self._placed_end(at + 1 + owned, hi, LOC)
                if article.low[at + 1] == "łamach" and at + 2 in article.opening and end > at + 2:
                    return at + 2, end
                nouns = [place for place in range(at + 1, end) if article.cls[place] in (NOUN, UNKNOWN)]
                if article.cls[at + 1] == PARTICIPLE:
                    nouns = nouns[-1:]  # w przyjętym w środę stanowisku
                known = [place for place in nouns[:1] if article.lemma[place] in self.lexicon.documents]
                known += [place for place in nouns[:1] if article.lemma[place] in _OUTLETS]
                if known or (read and nouns and article.lemma[nouns[0]] not in prepositions.TIMES):
                    return at + 1, end
        return None

    def _placed_end(self, at: int, hi: int, case: int) -> int:
        """One past a phrase in a case, whose participle may have complements before its noun."""
        article = self.article
        end = nounphrases.phrase_end(article, at, hi, case)
        if article.cls[at] != PARTICIPLE:
            return end
        for place in range(at + 1, min(hi, at + 12)):
            if article.cls[place] in FINITE or bound(article, place):
                break
            noun = article.cls[place] == NOUN and bool(article.cases[place] & case)
            if noun and article.lemma[place] in self.lexicon.documents:
                return max(end, nounphrases.phrase_end(article, place, hi, case))
        return end

    def _origin(self, lo: int, hi: int, *, after: bool = False) -> tuple[int, int] | None:
        """The noun phrase after *z*: nearest before the verb (z raportu wynika), first after it (wynika z raportu)."""
        article = self.article
        for at in range(lo, min(hi, lo + 30)) if after else range(hi - 1, max(lo, hi - 30) - 1, -1):
            if article.lemma[at - 1] == "jeden" and at - 2 >= lo and article.low[at - 2] in ("z", "ze"):
                continue  # z jednego z badań
            if article.low[at] in ("z", "ze") and at + 1 < hi and article.cls[at + 1] in NOMINAL | {QUOTE}:
                end = nounphrases.phrase_end(article, at + 1, hi, GEN)
                return self._owner(at + 1, end, GEN) if article.cls[at + 1] != QUOTE else (at + 1, end)
        return None

    def _owner(self, lo: int, hi: int, case: int) -> tuple[int, int]:
        """The owner of what is known (według informacji X: X), else the phrase as it stands."""
        article = self.article
        first = lo
        while lo + 2 < hi and article.cls[lo] in (ADJ, PARTICIPLE):
            lo += 1  # według dotychczasowych ustaleń X
        if (
            article.low[lo] in ("ustaleń", "zapewnień", "doniesień", "wyliczeń", "obliczeń")
            or article.lemma[lo]
            in (
                "informacja",
                "ustalenie",
                "relacja",
                "doniesienie",
                "zapowiedź",
                "zapewnienie",
                "słowo",
                "wyliczenie",
                "szacunek",
                "deklaracja",
                "obliczenie",
                "przewidywanie",
                "dana",
                "dane",
            )
        ) and lo + 1 < hi:
            at = lo + 1
            while at + 1 < hi and article.cls[at] == ADJ and not article.cap[at] and article.kind[at] == PLAIN:
                at += 1
            if not self._known_owner(at):
                at = lo + 1
            else:
                while at > lo + 1 and article.cls[at - 1] == ADJ and article.cases[at - 1] & article.cases[at]:
                    at -= 1
                return at, hi
            if (
                article.cls[at] in NOMINAL
                and article.kind[at] == PLAIN
                and (
                    article.cap[at]
                    or article.lemma[at] in self.lexicon.persons
                    or article.lemma[at] in self.lexicon.institutions
                )
            ):
                return at, hi
            if at in article.opening:
                return at, hi
        return first, hi

    def _known_owner(self, at: int) -> bool:
        """Whether a person or body is named here (według danych rzecznej [inspekcji])."""
        article, lexicon = self.article, self.lexicon
        return (
            article.cls[at] == NOUN
            and bool(article.case[at] & GEN)
            and (article.lemma[at] in lexicon.persons or article.lemma[at] in lexicon.institutions)
        )
