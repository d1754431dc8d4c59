"""The reports of one article: each cue tried in the constructions of Polish, then speech that has no cue."""

from __future__ import annotations

from discourse.attribution.clauses import Clauses
from discourse.attribution.cues import PHRASE, VERB, Cue
from discourse.attribution.finder import Report
from discourse.attribution.grammar import FIN, PCON
from discourse.attribution.inserts import Inserts
from discourse.attribution.labels import Labels
from discourse.attribution.lexicon import Lexicon
from discourse.attribution.phrases import Phrases
from discourse.attribution.posts import Posts
from discourse.attribution.view import Article

__all__ = ["Report", "Search", "reports"]


class Search(Clauses, Inserts, Phrases, Labels, Posts):
    """All constructions together."""

    def find(self) -> list[Report]:
        """The reports, by the beginning of their content."""
        article = self.article
        for number, cue in enumerate(self.cues):
            if cue.kind == PHRASE:
                self._phrase(cue)
            elif cue.kind == VERB:
                self._verb(cue, number)
            else:
                self._noun(cue)
        self._second_hand()
        self._with_these_words()
        self._interview()
        for colon in article.colons:
            self._label(colon)
        self._continue()
        self._posts()
        self._uncued()
        self.reports.sort(key=lambda report: (report.content[0] if report.content else (0, 0), report.at))
        return self.reports

    def _verb(self, cue: Cue, number: int) -> None:
        article = self.article
        lo, hi = self._limits(cue.verb)
        if "insert" in cue.frames and cue.form != PCON and self._inserted(cue, lo, hi):
            return
        if "clause" in cue.frames and self._clause(cue, lo, hi):
            return
        if cue.form == FIN and article.perfective[cue.verb]:
            return
        if "clause" in cue.frames and self._fronted(cue, lo, hi):
            return
        if "after" in cue.frames:
            self._speech(cue)
            return
        if self._pointing(cue, lo, hi):
            return
        if "speech" in cue.frames or "insert" in cue.frames:
            if self._speech(cue):
                return
            if self._colon(cue, hi):
                return
            if cue.form != PCON and "insert" in cue.frames and self._parenthetic(cue, lo, hi):
                return
            self._fragment(cue, hi)


def reports(article: Article, lexicon: Lexicon) -> list[Report]:
    """The reports of an article, by the beginning of their content."""
    return Search(article, lexicon).find()
