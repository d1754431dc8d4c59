"""Speech without a sign before it, closed by a cue: *A - powiedział X.* with A a sentence or several."""

from __future__ import annotations

from discourse.attribution import contents, sources
from discourse.attribution.cues import Cue
from discourse.attribution.finder import ACCORDING, DIRECT, Finder
from discourse.attribution.grammar import CLOSE, COMMA, DASH, IMPS, M1, NOM, PCON, QUOTE, SEMICOLON, STOP, F

RUN = 8
#: A sentence longer than this is no sentence of a speaker's.
_LONG = 150

SPEECH_ONLY = frozenset({"speech"})


class Unmarked(Finder):
    """Speech that only its cue sets off."""

    def _unmarked(self, cue: Cue, mark: int, clause: int) -> bool:
        """*A - powiedział X.* without a sign before A: the sentence, and those that the first person ties to it."""
        article = self.article
        start = self._plain_start(mark)
        if start is None:
            return False
        if cue.form == PCON or cue.frames == SPEECH_ONLY:
            return False
        after = clause + 1 if clause < len(article) and article.kind[clause] == DASH else -1
        end = self._before_cue_dash(after, article.sent_hi[clause]) if after > 0 else -1
        goes_on = after > 0 and contents.finite(article, after, end)
        if not contents.finite(article, start, mark) and mark - start < 4 and not goes_on:
            return False
        source = self._speech_source(cue, mark, clause)
        verbatim = contents.first_person(article, start, mark)
        begin = self._backwards(start, mark)
        if begin < start and contents.first_person(article, begin, start):
            verbatim = True
        pieces = [(begin, mark)]
        if goes_on:
            pieces.append((after, end))
            clause = end
        report = self._make(cue, DIRECT if verbatim else ACCORDING, source, pieces)
        self._spoke(-1, clause, report)
        return report is not None

    def _plain_start(self, mark: int) -> int | None:
        article = self.article
        start = max(article.sent_lo[mark], self.consumed if self.consumed < mark else 0, article.par_lo[mark])
        while start < mark and article.kind[start] in (STOP, COMMA, DASH, SEMICOLON, CLOSE):
            start += 1
        return start if start < mark else None

    def _backwards(self, start: int, mark: int) -> int:
        """The beginning of unmarked speech: back to a wide gap, to the last cue, or to a sentence of the author's own.

        A sentence is the author's if it holds a reporting verb, a name as subject or a quotation, unless it speaks in
        the first person.
        """
        article = self.article
        lo = max(article.par_lo[mark], self.consumed)
        at, cued = start, {report.at for report in self.reports[-12:]}
        for _ in range(RUN):
            gap = article.string[article.end[at - 1] : article.start[at]] if at > lo else ""
            if at <= lo or len(gap) > 1:
                break
            begin = max(article.sent_lo[at - 1], lo)
            sentence = range(begin, at)
            if len(sentence) > _LONG:
                break
            if article.boilerplate[begin] or any(
                place in cued or article.low[place] in ("czytaj", "zobacz", "przeczytaj") for place in sentence
            ):
                break
            if not contents.first_person(article, begin, at) and any(
                place in self.known
                or article.kind[place] == QUOTE
                or (article.proper[place] and article.nominative[place] & (M1 | F) and article.case[place] & NOM)
                for place in sentence
            ):
                break
            at = begin
        return at

    def _speech_source(self, cue: Cue, mark: int, hi: int) -> tuple[int, int] | None:
        article = self.article
        if cue.lemma == "wynikać":
            return self._origin(cue.verb + 1, hi)
        if cue.form == IMPS:
            return self._place(mark + 1, hi)
        if cue.form == PCON:
            return None
        mask = sources.agreement(article, cue.verb)
        if cue.verb - mark > 1:
            found = sources.before(article, cue.verb, mark + 1, mask, own=True)
            if found is not None:
                return found
        return sources.after(article, cue.verb, hi, mask)
