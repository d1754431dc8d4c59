"""Whom a relative pronoun means: *byłe więźniarki obozów, które twierdzą*, *dane, z których wynika*."""

from __future__ import annotations

from discourse.attribution.choices import WHO, Choices
from discourse.attribution.finder import Report
from discourse.attribution.grammar import (
    ADJ,
    ANY_GENDER,
    BREV,
    COMMA,
    GEN,
    LOC,
    M1,
    MASCULINE,
    NOM,
    NOMINAL,
    NOUN,
    PL,
    PLAIN,
    PREP,
    SG,
    UNKNOWN,
    F,
    N,
)
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.places import PLACES
from discourse.attribution.speaker import Speaker

#: Prepositions after which the relative pronoun is who says something, or what.
_SAYERS = frozenset(("według", "wedle", "wg", "zdaniem"))
#: Tokens before a relative pronoun among which its noun is.
_BEFORE = 16


class Relatives(Choices):
    """The nouns that relative pronouns stand for."""

    def _antecedent(self, relative: int, mask: int = 0) -> Speaker | None:
        """The speaker named or described before a relative pronoun: the nearest noun that agrees with it.

        A person goes before others where the pronoun is the subject, a text after *z* and *według*. `mask` is what the
        verb agrees with.
        """
        article = self.article
        end = relative
        while end > 0 and (
            article.kind[end - 1] == COMMA or article.cls[end - 1] == PREP or article.low[end - 1] == "zgodnie"
        ):
            end -= 1
        subject = end == relative or article.kind[relative - 1] == COMMA
        single = subject and bool(mask & ANY_GENDER) and not mask >> 5
        sayer = subject or article.low[relative - 1] in _SAYERS
        agreeing = [
            at
            for at in range(end - 1, max(article.sent_lo[relative], end - _BEFORE) - 1, -1)
            if article.cls[at] in (NOUN, UNKNOWN) and self._agrees(at, relative, single) and not self._is_place(at)
        ]
        meant = (at for at in agreeing if self._may_be_meant(at, sayer, text=not subject))
        head = next(meant, agreeing[0] if agreeing else end - 1)
        if head < 0 or article.kind[head] != PLAIN:
            return None
        while (outer := self._outer(head)) in agreeing and self._may_be_meant(outer, sayer, text=not subject):
            head = outer
        lo = head
        while lo > 0 and article.kind[lo - 1] == PLAIN and self._belongs(lo - 1, head):
            lo -= 1
        case = article.case[head] or NOM
        hi = max(head + 1, phrase_end(article, lo, end, case)) if end > head + 1 else head + 1
        return self._speaker(Report("indirect", [(0, 0)], source=(lo, hi), at=relative, mask=1023, case=case))

    def _agrees(self, at: int, relative: int, single: bool) -> bool:
        """Whether a noun and a relative pronoun agree in number and gender, of which the plural has two."""
        article = self.article
        number = SG if single else article.number[relative]
        if not article.number[at] & number:
            return False
        one, other = article.gender[at], article.gender[relative]
        if single and article.low[relative] == "które":
            other = N  # stanowisko, które zakłada
        if article.low[relative] in ("którego", "któremu", "którym"):
            other |= N
        if article.proper[at]:
            one |= article.nominative[at] & ANY_GENDER  # Kristi, która
        if number & SG and other & MASCULINE:
            other |= MASCULINE  # the tagger may take a court for a man: sąd, który uznał
        plural = number == PL
        return bool(one & other or (plural and one & ~M1 and other & ~M1))

    def _is_place(self, at: int) -> bool:
        """Whether a name only tells where (sąd w Hadze, który)."""
        article = self.article
        seat = at > 0 and article.low[at - 1] in ("w", "we") and bool(article.case[at] & LOC)
        return article.cap[at] and (seat or article.lemma[at] in PLACES)

    def _outer(self, at: int) -> int:
        """The noun that a body or a text in the genitive is of (dyrektor [sądu], który); -1 for persons and others."""
        article = self.article
        if not article.case[at] & GEN or article.proper[at] or self.cast.is_person_noun(at):
            return -1
        before = at - 1
        while before > 0 and article.cls[before] == ADJ:
            before -= 1
        of_text = article.lemma[at] in self.lexicon.institutions and article.lemma[before] in self.lexicon.documents
        return before if article.cls[before] == NOUN and not of_text else -1  # stanowisko [partii], która

    def _may_be_meant(self, at: int, sayer: bool, text: bool) -> bool:
        """Whether a noun before a relative pronoun is of somebody or a body who may say something, or of a text."""
        article = self.article
        if text and article.lemma[at] in self.lexicon.documents:
            return True
        if not sayer:
            return False
        if self.cast.is_person_noun(at) or (article.voice[at] and not text):
            return True
        of_body = at > 0 and article.lemma[at - 1] in self.lexicon.institutions  # dyrektor firmy Nurt, który
        man = article.nominative[at] & (M1 | F) or article.gender[at] == M1  # słowa Jana Sowy, który
        return not of_body and bool(article.cap[at] and article.proper[at] and man)

    def _belongs(self, at: int, head: int) -> bool:
        """Whether a word before a noun is of its phrase: an adjective, or part of the same name."""
        article = self.article
        if article.cls[at] not in NOMINAL:
            return False
        if article.cls[at] == ADJ:
            return bool(article.cases[at] & article.cases[head]) and article.lemma[at] not in WHO
        return article.cap[head] and bool(article.cap[at] or self.cast.is_person_noun(at) or article.cls[at] == BREV)
