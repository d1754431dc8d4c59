"""Speech without a sign before it, closed by a cue: *A - powiedział X.* with A a sentence or several."""

from __future__ import annotations

from discourse.attribution import contents, sources
from discourse.attribution.cues import Cue
from discourse.attribution.finder import ACCORDING, DIRECT, Finder
from discourse.attribution.grammar import CLOSE, COMMA, DASH, IMPS, PCON, SEMICOLON, STOP

RUN = 8

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
        if not contents.finite(article, start, mark) and mark - start < 4:
            return False
        source = self._speech_source(cue, mark, clause)
        verbatim = contents.first_person(article, start, mark)
        begin = self._backwards(start, mark)
        if begin < start and contents.first_person(article, begin, start):
            verbatim = True
        pieces = [(begin, mark)]
        if article.kind[clause] == DASH if clause < len(article) else False:
            end = self._before_cue_dash(clause + 1, article.sent_hi[clause])
            if contents.finite(article, clause + 1, end):
                pieces.append((clause + 1, end))
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
        """The beginning of unmarked speech: back to a wide gap or the first person, up to the last cue."""
        article = self.article
        lo = max(article.par_lo[mark], self.consumed)
        gap = article.string[article.end[start - 1] : article.start[start]] if start > lo else ""
        if start <= lo or (len(gap) > 1 and start > 0):
            return start
        best, at = start, start
        own = contents.first_person(article, start, mark)
        strangers = 0
        for _ in range(RUN):
            if at <= lo:
                if at == lo and lo == self.consumed and lo > article.par_lo[mark]:
                    best = at if own else best
                break
            begin = max(article.sent_lo[at - 1], lo)
            if any(place in self.known and place in self._cued for place in range(begin, at)):
                break
            if article.boilerplate[begin] or any(
                article.low[place] in ("czytaj", "zobacz") for place in range(begin, min(at, begin + 40))
            ):
                break
            if contents.first_person(article, begin, at):
                best, strangers = begin, 0
            else:
                strangers += 1
                if strangers > 2:
                    break
            if (
                begin > 0
                and len(article.string[article.end[begin - 1] : article.start[begin]]) > 1
                and begin > article.par_lo[mark]
            ):
                best = begin
                break
            at = begin
        return best

    @property
    def _cued(self) -> set[int]:
        return {report.at for report in self.reports[-12:]}

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
