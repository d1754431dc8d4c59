"""Speech: *- A - mówi X. - B.*, *„A” - mówi X*, *X powiedział: „A”*."""

from __future__ import annotations

from discourse.attribution import bounds, contents, reach
from discourse.attribution.cues import Cue
from discourse.attribution.finder import ACCORDING, DIRECT, INDIRECT, Report
from discourse.attribution.grammar import (
    COLON,
    COMMA,
    COMP,
    DASH,
    FIN,
    FINITE,
    IMPS,
    NOMINAL,
    PCON,
    PRAET,
    QUOTE,
    SEMICOLON,
    STOP,
)
from discourse.attribution.unmarked import RUN, SPEECH_ONLY, Unmarked

_LEFT = 10
#: Participles of being asked, without their endings.
_ASKED = frozenset(("pytan", "zapytan", "dopytywan", "spytan"))


class Speech(Unmarked):
    """Speech set off by marks."""

    def _speech(self, cue: Cue) -> bool:
        """*- A - mówi X.* and *„A” - mówi X*: the quotation before the mark that precedes the verb."""
        article = self.article
        if cue.form not in (FIN, PRAET, IMPS, PCON):
            return False
        mark = self._mark(cue.lo)
        if mark is None:
            return False
        dash = article.kind[mark] == DASH
        left = mark - 1 if dash or article.kind[mark] == COMMA else mark
        if left >= 0 and dash and article.kind[left] == COMMA and left - 1 in article.closing:
            left -= 1
        lo = article.par_lo[cue.verb]
        if left < lo:
            return False
        clause = self._cue_clause_end(cue)
        source_end = clause
        which = article.closing.get(left)
        if which is None and left - 1 >= lo and article.kind[left] == STOP:
            which = article.closing.get(left - 1)
        if which is not None and not (self._is_utterance(which, mark) and (dash or cue.frames not in SPEECH_ONLY)):
            which = None
        if which is not None:
            first, last = article.inner[which]
            pieces = [(first, last)]
            # a quotation that only ends the sentence: A „b” - mówi X
            head = contents.clause_start(article, first - 1, max(lo, article.sent_lo[first]))
            if head < first - 1 and not article.cap[first] and self._plain_start(first - 1) is not None:
                start = self._plain_start(first - 1)
                assert start is not None
                if any(article.low[at].rstrip("aeiy") in _ASKED for at in range(start, first)):
                    return False  # pytany, czy „b”, odpowiedział
                opener = article.opener[first - 1]
                if opener >= self.consumed and opener >= lo:
                    return self._dashed(cue, mark, opener, clause)
                pieces = [(start, left + 1)]
                source = self._speech_source(cue, mark, source_end)
                report = self._make(
                    cue, DIRECT if contents.first_person(article, *pieces[0]) else ACCORDING, source, pieces
                )
                self.used_quotes.add(which)
                self._spoke(-1, clause, report)
                return report is not None
            self.used_quotes.add(which)
            source = self._speech_source(cue, mark, source_end)
            report = self._make(cue, DIRECT, source, pieces)
            if report is not None:
                self._quote_runs_on(report, clause)
                self._spoke(-1, clause, report)
            return report is not None
        if not dash:
            return False
        opener = article.opener[mark - 1]
        if opener >= max(lo, self.consumed) and opener < mark - 1:
            return self._dashed(cue, mark, opener, clause)
        return self._unmarked(cue, mark, clause)

    def _mark(self, at: int) -> int | None:
        """The dash or closing quotation mark before the verb, with only adverbs, particles or the subject between."""
        article = self.article
        lo = max(article.par_lo[at], at - _LEFT)
        for place in range(at - 1, lo - 1, -1):
            kind, cls = article.kind[place], article.cls[place]
            if kind == DASH and (article.spaced[place] or place - 1 in article.closing):
                if article.low[place + 1] == "jak" or article.lemma[place + 1] == "który":
                    return None
                if article.opener[place] == place and not (place - 1 in article.closing and not article.cap[place + 1]):
                    return None
                if at - place > 1 and not self._between(place + 1, at):
                    return None
                return place
            if place in article.closing:
                return place if at - place <= 4 and self._between(place + 1, at) else None
            if kind == COMMA and place - 1 in article.closing:
                return place if at - place <= 4 and self._between(place + 1, at) else None
            if kind in (COMMA, COLON, SEMICOLON) or (kind == STOP and bounds.bound(article, place)):
                return None
            if cls in FINITE or cls == COMP:
                return None
        return None

    def _between(self, lo: int, hi: int) -> bool:
        """Whether little stands between mark and verb: adverbs, a prepositional phrase, a short subject."""
        article = self.article
        if article.low[lo] in ("w", "we", "z", "na", "do", "podczas", "przed", "po", "o"):
            return hi - lo <= 9
        heavy = [at for at in range(lo, hi) if article.cls[at] in NOMINAL]
        return len(heavy) <= 4

    def _cue_clause_end(self, cue: Cue) -> int:
        """One past the last token of the clause that names the speaker: a stop, a spaced dash, a colon, a quotation."""
        article = self.article
        hi = article.par_hi[cue.verb]
        for place in range(cue.hi, min(hi, cue.hi + 80)):
            kind = article.kind[place]
            if kind == STOP and bounds.bound(article, place):
                return place
            if kind == DASH and article.spaced[place]:
                return place
            if kind == COLON:
                return place
            if kind == QUOTE and place in article.opening and not bounds.is_name(article, article.opening[place]):
                return place
        return min(hi, cue.hi + 80)

    def _dashed(self, cue: Cue, mark: int, opener: int, clause: int) -> bool:
        article = self.article
        source = self._speech_source(cue, mark, clause)
        pieces = [(opener + 1, mark)]
        report = self._make(cue, DIRECT, source, pieces)
        if report is None:
            return False
        self.used_openers.add(opener)
        hi = article.par_hi[cue.verb]
        if clause + 1 < hi and article.kind[clause] == DASH and article.opener[clause] != clause:
            end = self._run_end(clause + 1, hi)
            if end > clause + 1:
                self._extend(report, clause + 1, end)
                clause = end
        self._spoke(opener, clause, report)
        return True

    def _run_end(self, lo: int, hi: int) -> int:
        """The end of speech that runs on from `lo`: before the next opening dash, or the next dash with a cue."""
        article = self.article
        if lo >= hi:
            return lo
        at, sentences = lo, 0
        last = lo
        long = hi - article.par_lo[lo] > 250 and article.par_lo[lo] != lo - 1
        while at < hi:
            end = min(hi, article.sent_hi[at])
            for place in range(at, end):
                if article.kind[place] == DASH and article.spaced[place]:
                    if article.opener[place] == place:
                        return place
                    ahead = next(
                        (
                            x
                            for x in range(place + 1, min(end, place + 4))
                            if x in self.known and article.cls[x] != PCON
                        ),
                        None,
                    )
                    if ahead is not None:
                        return place
            sentences += 1
            last = end
            if sentences >= RUN or (long and sentences >= 1 and not contents.first_person(article, at, end)):
                break
            at = end
        return last

    def _quote_runs_on(self, report: Report, clause: int) -> None:
        """Add the quotation right after the cue's clause („A” - mówi X. „B”.), unless it has a cue of its own."""
        article = self.article
        at = clause
        while at < min(len(article), clause + 3) and article.kind[at] in (STOP, DASH, COMMA):
            at += 1
        which = article.opening.get(at)
        if which is None or which in self.used_quotes or bounds.is_name(article, which):
            return
        after = article.inner[which][1] + 1
        for ahead in range(after, min(len(article), after + 4)):
            if ahead in self.known:
                return
        if article.par_lo[at] != article.par_lo[report.at]:
            return
        self.used_quotes.add(which)
        self._extend(report, *article.inner[which])

    def _is_utterance(self, which: int, mark: int) -> bool:
        article = self.article
        lo, hi = article.inner[which]
        if contents.finite(article, lo, hi) or hi - lo > 5 or article.kind[hi - 1] == STOP:
            return True
        return article.kind[mark] == DASH and (hi - lo >= 3 or article.cap[lo])

    def _colon(self, cue: Cue, hi: int) -> bool:
        """*X powiedział: „A”* and *X dodał: A.*"""
        article = self.article
        colon = -1
        for place in range(cue.hi, min(article.par_hi[cue.verb], cue.hi + 30)):
            kind = article.kind[place]
            if kind == COLON:
                colon = place
                break
            if (kind == STOP and bounds.bound(article, place)) or (place in self.known and article.cls[place] != PCON):
                return False
        nxt = colon + 1
        if colon < 0 or nxt >= len(article):
            return False
        if article.par_lo[nxt] != article.par_lo[colon] and not self._opens_paragraph(nxt):
            return False
        while nxt < len(article) and article.kind[nxt] == DASH:
            self.used_openers.add(nxt)
            nxt += 1
        if nxt >= len(article):
            return False
        which = article.opening.get(nxt)
        source = self._clause_source(cue, article.sent_lo[cue.verb], colon)
        if which is not None:
            pieces = [article.inner[which]]
            self.used_quotes.add(which)
            kind_ = DIRECT
        else:
            end = article.sent_hi[nxt]
            if end <= nxt:
                return False
            if article.kind[nxt - 1] == DASH or article.cap[nxt]:
                end = (
                    self._run_end(nxt, article.par_hi[nxt])
                    if article.kind[nxt - 1] == DASH
                    else self._before_cue_dash(nxt, end)
                )
                if article.kind[nxt - 1] != DASH and end == article.sent_hi[nxt]:
                    end = self._onwards(nxt, end, source)
                kind_ = DIRECT
            else:
                kind_ = INDIRECT
                if not contents.finite(article, nxt, end):
                    return False
            pieces = [(nxt, end)]
        report = self._make(cue, kind_, source, pieces)
        self._spoke(-1, pieces[0][1], report)
        return report is not None

    def _opens_paragraph(self, at: int) -> bool:
        """Whether what opens a paragraph after a colon is speech: a dash, a quotation, the first person."""
        article = self.article
        own = article.cap[at] and contents.first_person(article, at, article.sent_hi[at])
        return at in article.opening or article.kind[at] == DASH or own

    def _onwards(self, begin: int, end: int, source: tuple[int, int] | None) -> int:
        """The end of speech after a colon whose first sentence ends at `end`: on to the paragraph's at most."""
        hi = self.article.par_hi[begin]
        ends = reach.endings(self.article, end, hi)
        others = (k for k in range(1, len(ends)) if self._before_cue_dash(ends[k - 1], ends[k]) < ends[k])
        ends = ends[: next(others, len(ends))]
        if len(ends) == 1:
            return end
        seen = reach.following(self.article, begin, ends, hi, source, self.known)
        return ends[self._reach(ends, seen)]

    def _fragment(self, cue: Cue, hi: int) -> bool:
        """*X napisał na Twitterze „A”*: a verb with an utterance in quotation marks as its object."""
        article = self.article
        if cue.form not in (FIN, PRAET, IMPS):
            return False
        for place in range(cue.hi, min(hi, cue.hi + 25)):
            kind = article.kind[place]
            if place in article.opening:
                which = article.opening[place]
                if bounds.is_name(article, which):
                    continue
                lo, end = article.inner[which]
                if (
                    not article.cap[lo]
                    or end - lo < 3
                    or not contents.finite(article, lo, end)
                    or which in self.used_quotes
                ):
                    return False
                after = end + 1
                if any(ahead in self.known for ahead in range(after, min(len(article), after + 3))):
                    return False
                self.used_quotes.add(which)
                source = self._clause_source(cue, article.sent_lo[cue.verb], place)
                return self._make(cue, DIRECT, source, [(lo, end)]) is not None
            if kind in (COMMA, COLON, SEMICOLON, DASH) and bounds.bound(article, place):
                return False
            if article.cls[place] in FINITE:
                return False
        return False

    def _continue(self) -> None:
        """Give a dash that opens speech right after a cue's clause to the report before it (- A - mówi X. - B.)."""
        article = self.article
        for number, (opener, clause, _, report) in enumerate(self.spoken):
            at = clause + 1
            if opener < 0 or at >= len(article) or article.kind[clause] != STOP:
                continue
            if (
                article.kind[at] != DASH
                or article.opener[at] != at
                or at in self.used_openers
                or article.par_lo[at] != article.par_lo[clause]
            ):
                continue
            following = self.spoken[number + 1][0] if number + 1 < len(self.spoken) else -1
            if following == at:
                continue
            end = self._run_end(at + 1, article.par_hi[at])
            if end > at + 1:
                self.used_openers.add(at)
                self._extend(report, at + 1, end)
