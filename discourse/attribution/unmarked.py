"""Speech without a sign before it, closed by a cue: *A - powiedział X.* with A a sentence or several."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from discourse.attribution import contents, preceding, reach, sources
from discourse.attribution.cues import VERB, Cue
from discourse.attribution.finder import ACCORDING, DIRECT, Finder
from discourse.attribution.grammar import CLOSE, COMMA, DASH, FIN, IMPS, PCON, PRAET, SEC, SEMICOLON, STOP

RUN = 8
#: Verbs of these frames alone take no clause.
SPEECH_ONLY = (frozenset({"speech"}), frozenset({"after"}))


def _places(words: list[str], word: str) -> Iterator[int]:
    """Where a word stands among many."""
    at = -1
    with contextlib.suppress(ValueError):
        while True:
            yield (at := words.index(word, at + 1))


class Unmarked(Finder):
    """Speech that only its cue sets off."""

    def _unmarked(self, cue: Cue, mark: int, clause: int) -> bool:
        """*A - powiedział X.* without a sign before A: the sentence, and those that the first person ties to it."""
        article = self.article
        start = self._plain_start(mark)
        if start is None:
            return False
        if cue.form == PCON or (cue.frames in SPEECH_ONLY and not self._verbatim(start, mark)):
            return False
        after = clause + 1 if clause < len(article) and article.kind[clause] == DASH else -1
        end = self._before_cue_dash(after, article.sent_hi[clause]) if after > 0 else -1
        goes_on = after > 0 and contents.finite(article, after, end)
        if not contents.finite(article, start, mark) and mark - start < 3 and not goes_on:
            return False
        source = self._speech_source(cue, mark, clause)
        verbatim = cue.frames in SPEECH_ONLY or contents.first_person(article, start, mark)
        begin = self._begins(start, mark, source)
        if begin < start and contents.first_person(article, begin, start):
            verbatim = True
        pieces = [(begin, mark)]
        if goes_on:
            pieces.append((after, end))
            clause = end
        report = self._make(cue, DIRECT if verbatim else ACCORDING, source, pieces)
        self._spoke(-1, clause, report)
        return report is not None

    def _with_these_words(self) -> None:
        """*„A” – tak zareagował X* and *A – tymi słowami X zwrócił się do Y*: any verb after what points back."""
        article = self.article
        for at, low in sorted((at, word) for word in ("tak", "słowami") for at in _places(article.low, word)):
            if low == "słowami" and article.low[at - 1] != "tymi":
                continue
            mark = at - 1 if low == "tak" else at - 2
            if mark < 1 or article.kind[mark] != DASH or not article.spaced[mark]:
                continue
            hi = article.sent_hi[at]
            verb = next((place for place in range(at + 1, min(hi, at + 20)) if article.cls[place] in (FIN, PRAET)), -1)
            if verb < 0 or any(report.at in (verb, mark) for report in self.reports):
                continue
            which = article.closing.get(mark - 1)
            if which is not None:
                piece = article.inner[which]
            elif low == "słowami":
                piece = (article.sent_lo[mark], mark)
            else:
                continue
            source = sources.subject(article, verb, at + 1, hi, first="before")
            if source is None or which in self.used_quotes or not contents.finite(article, *piece):
                continue
            if which is not None:
                self.used_quotes.add(which)
            lemma, cls = article.lemma[verb], article.cls[verb]
            self._make(Cue(VERB, verb, verb + 1, verb, lemma, "neutral", frozenset(), cls), DIRECT, source, [piece])

    def _verbatim(self, lo: int, hi: int) -> bool:
        """Whether a sentence asks, exclaims, addresses somebody or speaks in the first person."""
        article = self.article
        return (
            article.kind[hi - 1] == STOP
            or contents.first_person(article, lo, hi)
            or any(article.cls[at] == FIN and article.person[at] & SEC for at in range(lo, hi))
        )

    def _plain_start(self, mark: int) -> int | None:
        article = self.article
        floor = max(self.consumed if self.consumed < mark else 0, article.par_lo[mark])
        start = max(article.sent_lo[mark], floor)
        if floor < start < mark and all(form[:1] in "#@" for form in article.form[start:mark]):
            start = max(article.sent_lo[start - 1], floor)  # A. #hasło – napisał X
        while start < mark and article.kind[start] in (STOP, COMMA, DASH, SEMICOLON, CLOSE):
            start += 1
        return start if start < mark else None

    def _begins(self, start: int, mark: int, source: tuple[int, int] | None) -> int:
        """The beginning of unmarked speech: back to the paragraph's or the last cue's end at most."""
        floor = max(self.article.par_lo[mark], self.consumed)
        starts = reach.beginnings(self.article, start, floor)
        if len(starts) == 1:
            return start
        cued = self.known | {report.at for report in self.reports[-12:]}
        seen = reach.observed(self.article, starts, mark, floor, source, cued)
        return starts[self._reach(starts, seen)]

    def _reach(self, starts: list[int], seen: list[frozenset[str]]) -> int:
        """Which of the beginnings is the likeliest; training looks in here."""
        return reach.likeliest(seen, reach.weights())

    def _speech_source(self, cue: Cue, mark: int, hi: int) -> tuple[int, int] | None:
        article = self.article
        if cue.lemma == "wynikać":
            return self._origin(cue.verb + 1, hi, after=True)
        if cue.form == IMPS:
            return self._place(mark + 1, hi, read=cue.lemma == "czytać")
        if cue.form == PCON:
            return None
        mask = sources.agreement(article, cue.verb)
        if cue.verb - mark > 1:
            found = preceding.before(article, cue.verb, mark + 1, mask, own=True)
            if found is not None:
                return found
        return sources.after(article, cue.verb, hi, mask)
