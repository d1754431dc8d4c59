"""What headlines and link teasers say without a cue: whose words follow a colon or stand in quotation marks."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice

from discourse.attribution import contents, preceding, sources
from discourse.attribution.cues import NOMINAL_CUE, Cue
from discourse.attribution.endings import key
from discourse.attribution.finder import ACCORDING, DIRECT, Report
from discourse.attribution.grammar import COLON, DASH, FIN, GEN, NOMINAL, NOUN, PLAIN, PRAET, SEMICOLON, STOP, UNKNOWN
from discourse.attribution.lexicon import words
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.speech import Speech

#: How often a name of the headline must come again in the article to be somebody's.
_AGAIN = 2
#: Nouns for words that a colon and a quotation follow.
_WORDS = words("słowo słowa cytat wypowiedź wpis komunikat")


class Headlines(Speech):
    """Whose words headlines hold."""

    def _acting_label(self, colon: int) -> bool:
        """*X uderza w Y: A* in a headline or teaser: the subject of the sentence before the colon says what follows."""
        article = self.article
        nxt = colon + 1
        heading = article.end[colon] <= article.title_end or self._teaser(colon)
        if not heading or nxt >= len(article) or not article.cap[nxt] or article.kind[nxt] != PLAIN:
            return False
        lo = colon
        while lo > article.sent_lo[colon] and article.kind[lo - 1] not in (DASH, SEMICOLON, COLON):
            lo -= 1
        if any(verb in self.known for verb in range(lo, colon)):
            return False
        source = self._acting_before(nxt, lo)
        end = self._title_end(nxt) if source is not None else nxt
        if source is None or not article.cap[source[0]] or not contents.finite(article, nxt, end):
            return False
        if any(article.low[at] in ("że", "kto", "co", "jak", "dlaczego", "oto") for at in range(lo, colon)):
            return False
        found = contents.span(article, nxt, end)
        if found is None:
            return False
        kind = DIRECT if contents.first_person(article, nxt, end) else ACCORDING
        return self._add(Report(kind, [found], None, source, None, None, colon, 1023, tokens=[(nxt, end)])) is not None

    def _worded(self, colon: int) -> bool:
        """*padły słowa X: „A”*: a noun for words, whose they are, and the quotation."""
        article = self.article
        which = article.opening.get(colon + 1)
        if which is None or which in self.used_quotes or not contents.finite(article, *article.inner[which]):
            return False
        lo = contents.clause_start(article, colon, max(article.sent_lo[colon], colon - 14))
        noun = next((at for at in range(colon - 1, lo - 1, -1) if article.lemma[at] in _WORDS), -1)
        if noun < 0 or any(verb in self.known for verb in range(lo, colon)) or article.low[noun] == "słowo":
            return False
        source: tuple[int, int] | None = None
        if noun + 1 < colon and article.cls[noun + 1] in NOMINAL and article.cases[noun + 1] & GEN:
            source = noun + 1, phrase_end(article, noun + 1, colon, GEN)
        elif noun > article.sent_lo[noun] and article.low[noun - 1] in ("jego", "jej", "ich"):
            source = noun - 1, noun
        heading = article.end[colon] <= article.title_end or self._teaser(colon)
        if heading and source is None:
            return False  # Sowa usunął wpis: „A”
        cue = Cue(NOMINAL_CUE, noun, noun + 1, noun, article.lemma[noun], "neutral", frozenset(), NOUN)
        report = self._make(cue, DIRECT, source, [article.inner[which]])
        if report is None:
            return False
        self.used_quotes.add(which)
        report.case, report.impersonal = GEN, True
        return True

    def _teaser(self, at: int) -> bool:
        """Whether a link teaser stands here."""
        links = self.article.links
        index = bisect_left(links, (at + 1, 0)) - 1
        return index >= 0 and at < links[index][1]

    def _named_before(self, colon: int) -> tuple[int, int] | None:
        """The name right before the colon of a headline (Mocne słowa Jana Sowy: „A”)."""
        article = self.article
        if colon < 1 or article.kind[colon] != COLON:
            return None
        lo = colon
        while lo > max(0, colon - 3) and article.proper[lo - 1] and article.kind[lo - 1] == PLAIN:
            lo -= 1
        known = lo < colon and (colon - lo > 1 or self._is_person(lo))
        return (lo, colon) if known else None

    def _acting_before(self, at: int, lo: int = -1) -> tuple[int, int] | None:
        """The subject of the sentence before a quotation in a headline (Sowa ostrzega radę. „A”), if it may speak.

        The sentence begins at `lo`, where that is not negative.
        """
        article = self.article
        if at < 2 or article.kind[at - 1] not in (STOP, COLON):
            return None
        if lo < 0:
            lo = article.sent_lo[at - 2] if article.kind[at - 1] == STOP else article.sent_lo[at - 1]
        for verb in range(lo + 1, at):
            if article.cls[verb] in (FIN, PRAET):
                found = preceding.before(article, verb, lo, sources.agreement(article, verb), own=True)
                speaks = found is not None and (
                    any(article.proper[place] or article.voice[place] for place in range(*found))
                    or article.cls[found[0]] == UNKNOWN
                )
                return found if speaks else None
        return None

    def _title_end(self, at: int) -> int:
        """One past the last token of the title, or of its paragraph, that `at` stands in."""
        return self.article.par_hi[at]

    def _is_person(self, at: int) -> bool:
        """Whether a single name is somebody's: of public life, with a given name elsewhere, or named time and again."""
        article = self.article
        if key(article.form[at]) in self.lexicon.surnames:
            return True
        if not hasattr(self, "_surnames"):
            self._surnames: set[str] = set()
            for place in range(1, len(article)):
                if (
                    article.proper[place]
                    and article.proper[place - 1]
                    and article.start[place] == article.end[place - 1] + 1
                ):
                    self._surnames.add(article.form[place][:5])
        if article.form[at][:5] in self._surnames:
            return True
        named = article.proper[at] and article.form[at] not in self.lexicon.institutions
        again = (place for place in range(at + 1, len(article)) if article.form[place][:5] == article.form[at][:5])
        return article.end[at] <= article.title_end and named and len(list(islice(again, _AGAIN))) == _AGAIN
