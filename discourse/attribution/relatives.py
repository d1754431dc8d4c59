"""Whom a relative pronoun means: *byłe więźniarki obozów, które twierdzą*, *dane, z których wynika*."""

from __future__ import annotations

from discourse.attribution.choices import WHO, Choices
from discourse.attribution.finder import Report
from discourse.attribution.grammar import ADJ, BREV, COMMA, M1, NOM, NOMINAL, NOUN, PL, PLAIN, PREP, UNKNOWN, F
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.speaker import Speaker

#: Tokens before a relative pronoun among which its noun is.
_BEFORE = 16


class Relatives(Choices):
    """The nouns that relative pronouns stand for."""

    def _antecedent(self, relative: int) -> Speaker | None:
        """The speaker named or described before a relative pronoun: the nearest noun that agrees with it.

        A person goes before others where the pronoun is the subject, a text after *z* and *według*.
        """
        article = self.article
        end = relative
        while end > 0 and (article.kind[end - 1] == COMMA or article.cls[end - 1] == PREP):
            end -= 1
        subject = end == relative or article.kind[relative - 1] == COMMA
        agreeing = [
            at
            for at in range(end - 1, max(article.sent_lo[relative], end - _BEFORE) - 1, -1)
            if article.cls[at] in (NOUN, UNKNOWN) and self._agrees(at, relative)
        ]
        head = next((at for at in agreeing if self._may_be_meant(at, subject)), agreeing[0] if agreeing else end - 1)
        if head < 0 or article.kind[head] != PLAIN:
            return None
        lo = head
        while lo > 0 and article.kind[lo - 1] == PLAIN and self._belongs(lo - 1, head):
            lo -= 1
        case = article.case[head] or NOM
        hi = max(head + 1, phrase_end(article, lo, end, case)) if end > head + 1 else head + 1
        return self._speaker(Report("indirect", [(0, 0)], source=(lo, hi), at=relative, mask=1023, case=case))

    def _agrees(self, at: int, relative: int) -> bool:
        """Whether a noun and a relative pronoun agree in number and gender, of which the plural has two."""
        article = self.article
        if not article.number[at] & article.number[relative]:
            return False
        one, other = article.gender[at], article.gender[relative]
        plural = article.number[relative] == PL
        return bool(one & other or (plural and one & ~M1 and other & ~M1))

    def _may_be_meant(self, at: int, subject: bool) -> bool:
        """Whether a noun before a relative pronoun is a person (as its subject), or else a text."""
        article = self.article
        if not subject:
            return article.lemma[at] in self.lexicon.documents
        name = article.cap[at] and article.proper[at] and article.nominative[at] & (M1 | F)
        return self.cast.is_person_noun(at) or bool(name)

    def _belongs(self, at: int, head: int) -> bool:
        """Whether a word before a noun is of its phrase: an adjective, or part of the same name."""
        article = self.article
        if article.cls[at] not in NOMINAL:
            return False
        if article.cls[at] == ADJ:
            return bool(article.cases[at] & article.cases[head]) and article.lemma[at] not in WHO
        return article.cap[head] and bool(article.cap[at] or self.cast.is_person_noun(at) or article.cls[at] == BREV)
