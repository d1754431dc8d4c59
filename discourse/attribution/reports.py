"""The reports of one article: each cue tried in the constructions of Polish, then speech that has no cue."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from discourse.attribution import contents, interviews, sources
from discourse.attribution.cues import NOMINAL_CUE, PHRASE, PREDICATIVE, VERB, Cue, cues
from discourse.attribution.lexicon import Lexicon
from discourse.attribution.view import (
    ADJ, AGLT, CASE, CLOSE, COLON, COMMA, COMP, CONJ, DASH, FIN, FINITE, GEN, IMPS, LOC, NOM, NOMINAL, NOUN, OPEN,
    PCON, PLAIN, PREP, QUOTE, SEMICOLON, STOP, UNKNOWN, Article,
)  # fmt: skip

#: Facts show and prove things too: these need a source that is expressed.
_TEXTS = frozenset("pokazywać pokazać dowodzić dowieść stanowić wykazywać wykazać udowodnić uświadamiać obrazować".split())
_SPEECH_ONLY = frozenset({"speech"})
DIRECT, INDIRECT, ACCORDING = "direct", "indirect", "according"
#: A quotation that runs on after its cue is followed no further than this, in sentences.
_RUN = 8
#: How far left of its verb the dash or mark that closes the quotation may stand, in tokens.
_LEFT = 10
_RIGHT = 45


@dataclass(slots=True)
class Report:
    """One attribution in the making; ranges of `source` are tokens, of `cue` and `content` characters."""

    type: str
    content: list[tuple[int, int]]
    cue: tuple[int, int] | None = None
    source: tuple[int, int] | None = None
    verb: str | None = None
    stance: str | None = None
    at: int = 0  # token of the cue, or of the beginning of the content
    mask: int = 0  # genders and numbers that the verb allows its subject; 0 for none
    case: int = NOM  # case of the source
    impersonal: bool = False
    tokens: list[tuple[int, int]] = field(default_factory=list)  # of the content
    guest: bool = False  # an answer in a conversation: its speaker is whom the conversation is with
    owner: int = -1  # token of the cue whose subject is this one's too


class _Finder:
    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article, self.lexicon = article, lexicon
        self.cues = cues(article, lexicon)
        self.followers = sorted(cue.verb for cue in self.cues if cue.kind == VERB)
        self.known = frozenset(self.followers)
        self.reports: list[Report] = []
        self.used_openers: set[int] = set()
        self.used_quotes: set[int] = set()
        self.spoken: list[tuple[int, int, int, Report]] = []  # (opener or -1, end of content, end of the cue's clause, report)
        self.consumed = 0  # token after the last cue clause of speech

    # -- the whole way -------------------------------------------------------------------------------------------------

    def find(self) -> list[Report]:
        article = self.article
        for number, cue in enumerate(self.cues):
            if cue.kind == PHRASE:
                self._phrase(cue)
            elif cue.kind == VERB:
                self._verb(cue, number)
            else:
                self._noun(cue)
        self._interview()
        for colon in article.colons:
            self._label(colon)
        self._continue()
        self._uncued()
        self.reports.sort(key=lambda report: (report.content[0] if report.content else (0, 0), report.at))
        return self.reports

    def _add(self, report: Report) -> Report | None:
        if not report.content:
            return None
        self.reports.append(report)
        return report

    def _interview(self) -> None:
        article = self.article
        self.labels = interviews.asked(article)
        for turn in interviews.turns(article):
            found = contents.span(article, turn.lo, turn.hi)
            if found is not None:
                self._add(Report(DIRECT, [found], None, turn.label, None, None, turn.label[0] if turn.label else turn.lo, 1023,
                                 tokens=[(turn.lo, turn.hi)]))  # fmt: skip

    # -- verbs ---------------------------------------------------------------------------------------------------------

    def _verb(self, cue: Cue, number: int) -> None:
        article = self.article
        lo, hi = self._limits(cue.verb)
        if "insert" in cue.frames and cue.form != PCON and self._inserted(cue, lo, hi):
            return
        if "clause" in cue.frames and self._clause(cue, lo, hi):
            return
        if cue.form == FIN and article.perfective[cue.verb]:
            return
        if "speech" in cue.frames or "insert" in cue.frames:
            if self._speech(cue):
                return
            if self._colon(cue, hi):
                return
            if cue.form != PCON and "insert" in cue.frames and self._parenthetic(cue, lo, hi):
                return
            self._fragment(cue, hi)

    def _limits(self, at: int) -> tuple[int, int]:
        """The sentence around a token, cut to the quotation that it stands in."""
        article = self.article
        lo, hi = article.sent_lo[at], article.sent_hi[at]
        which = article.quote[at]
        if which >= 0:
            first, last = article.inner[which]
            if last - first > 1:
                lo, hi = max(lo, first), min(hi, last)
        opener = article.opener[at]
        if opener >= lo:
            lo = opener + 1
        return lo, hi

    def _make(self, cue: Cue, kind: str, source: tuple[int, int] | None, pieces: list[tuple[int, int]]) -> Report | None:
        article = self.article
        pieces = [piece for piece in pieces if piece[1] - piece[0] > 2 or contents.finite(article, *piece) or len(pieces) == 1
                  or any(article.cls[at] in (NOUN, UNKNOWN) for at in range(*piece))]  # fmt: skip
        spans = [found for piece in pieces if (found := contents.span(article, *piece))]
        lo, hi = cue.span or (cue.lo, cue.hi)
        impersonal = cue.form == IMPS or ("się" in article.low[max(0, cue.verb - 1) : cue.verb + 2] and cue.lemma in ("mówić", "podkreślać", "twierdzić", "uważać", "wskazywać", "pisać", "zaznaczać", "przyjmować", "sądzić"))
        mask = 0 if cue.kind in (PHRASE, NOMINAL_CUE) else sources.agreement(article, cue.verb)
        if cue.form not in (FIN, 9):
            mask = 1023 if cue.form != IMPS and cue.kind == VERB else mask
        return self._add(Report(kind, spans, (article.start[lo], article.end[hi - 1]), source, cue.lemma, cue.stance, cue.verb,
                                mask, NOM, bool(impersonal), list(pieces)))  # fmt: skip

    def _clause(self, cue: Cue, lo: int, hi: int) -> bool:
        article = self.article
        if cue.form == FIN and article.perfective[cue.verb]:
            return False
        others = self.known - {cue.verb} if False else self.known
        comp = contents.complementiser(article, cue.hi, hi, known=others)
        if comp is None:
            return False
        limit = self._content_limit(cue.verb)
        end = contents.clause_end(article, comp + 1, limit, self._followers(comp + 1, limit))
        end = self._before_cue_dash(comp + 1, end)
        end = self._before_participle(comp + 1, end)
        if not contents.finite(article, comp + 1, end) and end - comp < 4:
            return False
        source = self._clause_source(cue, lo, comp - 1)
        if cue.lemma in _TEXTS and source is None and cue.form != IMPS:
            return False
        report = self._make(cue, INDIRECT, source, [(comp + 1, end)])
        if report is not None:
            report.case = GEN if cue.lemma == "wynikać" else LOC if cue.form == IMPS else NOM
        if report is not None and cue.form == PCON and source is None:
            report.owner = self._main(cue.verb)
        return report is not None

    def _followers(self, lo: int, hi: int) -> list[int]:
        return [at for at in self.followers if lo < at < hi] if hi - lo < 600 else []

    def _content_limit(self, at: int) -> int:
        """How far a clause may run: the quotation around the cue, or the paragraph."""
        article = self.article
        which = article.quote[at]
        if which >= 0 and article.inner[which][1] - article.inner[which][0] > 1:
            return article.inner[which][1]
        return article.par_hi[at]

    def _before_cue_dash(self, lo: int, hi: int) -> int:
        """The end of a clause moved before a dash after which its speaker is named (…, że A - powiedział X)."""
        article = self.article
        for at in range(lo, min(hi, lo + 400)):
            if article.kind[at] == DASH and article.spaced[at] and at + 1 < hi:
                for ahead in range(at + 1, min(hi, at + 3)):
                    if ahead in self.known and article.cls[ahead] != PCON:
                        return at
        return hi

    def _before_participle(self, lo: int, hi: int) -> int:
        """The end of a clause moved before a participle of saying with a clause of its own (…, dodając, że)."""
        article = self.article
        for at in range(lo + 1, min(hi - 2, lo + 400)):
            if article.cls[at] == PCON and at in self.known and article.kind[at - 1] in (COMMA, DASH):
                if contents.complementiser(article, at + 1, hi) is not None:
                    return at - 1
            if article.kind[at] == COMMA and article.low[at + 1] in ("jak", "co") and at + 3 < hi and (
                at + 2 in self.known or at + 3 in self.known
            ) and article.low[at + 1] == "jak":
                return hi
        return hi

    def _clause_source(self, cue: Cue, lo: int, hi: int) -> tuple[int, int] | None:
        article = self.article
        if cue.lemma == "wynikać":
            return self._origin(lo, cue.verb) or self._origin(cue.verb + 1, hi)
        if cue.form == IMPS:
            return self._place(lo, hi)
        if cue.form == PCON:
            main = self._main(cue.verb)
            if main < 0 or article.cls[main] == IMPS:
                return self._place(lo, cue.verb)
            mask = sources.agreement(article, main)
            return sources.subject(article, main, article.sent_lo[main], cue.verb, first="before", mask=mask)
        return sources.subject(article, cue.verb, lo, hi, first="before")

    def _main(self, participle: int) -> int:
        """The finite verb whose subject a participle shares: the nearest before it in the sentence, else after it."""
        article = self.article
        lo, hi = article.sent_lo[participle], article.sent_hi[participle]
        skip = -1
        for at in range(participle - 1, max(lo, participle - 60) - 1, -1):
            if article.cls[at] in FINITE and article.cls[at] != 18:
                clause = contents.clause_start(article, at, lo)
                if article.lemma[clause] not in ("który", "jaki") and article.low[clause] not in ("że", "iż", "gdy", "jak", "by", "aby", "żeby", "iż", "jakie", "co"):
                    return at
                skip = at if skip < 0 else skip
        for at in range(participle + 1, min(hi, participle + 60)):
            if article.cls[at] in (FIN, 9, IMPS):
                return at
        return skip

    def _origin(self, lo: int, hi: int) -> tuple[int, int] | None:
        """The noun phrase after *z* (z raportu wynika), nearest to the end of the stretch."""
        article = self.article
        for at in range(hi - 1, max(lo, hi - 30) - 1, -1):
            if article.low[at] in ("z", "ze") and at + 1 < hi and article.cls[at + 1] in NOMINAL | {QUOTE}:
                return at + 1, sources.phrase_end(article, at + 1, hi, GEN)
        return None

    def _place(self, lo: int, hi: int) -> tuple[int, int] | None:
        """The document in which something is said impersonally (w raporcie wskazano)."""
        article = self.article
        for at in range(lo, min(hi, lo + 60)):
            if article.low[at] in ("w", "we") and at + 1 < hi and article.cls[at + 1] in NOMINAL:
                end = sources.phrase_end(article, at + 1, hi, LOC)
                if any(article.lemma[place] in self.lexicon.documents for place in range(at + 1, min(end, at + 4))):
                    return at + 1, end
        return None

    # -- inserted clauses ----------------------------------------------------------------------------------------------

    def _inserted(self, cue: Cue, lo: int, hi: int) -> bool:
        """*jak podkreśla X*: what stands around it in the sentence is the report."""
        article = self.article
        jak = -1
        for at in range(cue.lo - 1, max(lo, cue.lo - 7) - 1, -1):
            if article.low[at] == "jak" and article.cls[at] != PLAIN + 99:
                jak = at
                break
            if article.kind[at] in (COMMA, COLON, STOP, SEMICOLON) and sources.bound(article, at):
                break
            if article.cls[at] in FINITE and article.low[at] not in ("to",):
                break
        if jak < 0:
            return False
        before = article.kind[jak - 1] if jak > lo else STOP
        if before not in (COMMA, DASH, STOP, OPEN, QUOTE, COLON, SEMICOLON, CLOSE) and article.low[jak - 1] not in ("i", "a", "ale", "oraz", "bo", "jednak"):
            return False
        if before == COMMA and jak - 2 >= lo and jak - 2 in self.known and article.cls[jak - 2] not in (NOUN,):
            return False  # powiedział, jak …: a question of manner
        end = self._insert_end(cue.hi, hi)
        if end is None:
            return False
        if cue.form == FIN and article.perfective[cue.verb]:
            return False
        limit_lo, limit_hi = self._insert_scope(jak, end, lo, hi)
        pieces = []
        if limit_lo < jak - 1:
            pieces.append((limit_lo, jak))
        if end < limit_hi:
            pieces.append((end, limit_hi))
        if not any(contents.finite(article, *piece) for piece in pieces):
            return False
        if cue.lemma == "wynikać":
            source = self._origin(jak, end)
        elif cue.form == IMPS or cue.form == PCON:
            source = self._place(jak, end)
        else:
            source = sources.subject(article, cue.verb, jak + 1, end)
            if source is None and cue.form != IMPS and False:
                source = None
        report = self._make(cue, ACCORDING, source, pieces)
        if report is not None:
            report.case = GEN if cue.lemma == "wynikać" else LOC if cue.form == IMPS else NOM
        return report is not None

    def _insert_end(self, at: int, hi: int) -> int | None:
        """The comma, dash or stop that closes an inserted clause begun before `at`; a relative clause inside is passed."""
        article = self.article
        for place in range(at, min(hi, at + _RIGHT)):
            kind = article.kind[place]
            if kind in (COMMA, CLOSE, SEMICOLON, COLON) or (kind == DASH and article.spaced[place]) or (kind == STOP and sources.bound(article, place)):
                if kind == COMMA and place + 1 < hi and article.low[place + 1] in ("że", "iż"):
                    return None
                if kind == COMMA and place + 1 < hi and self._apposition(place, hi):
                    continue
                if kind == COMMA and place + 2 < hi and article.low[place + 1] in ("powołując", "cytując", "przywołując"):
                    continue
                return place
        return hi if hi - at < _RIGHT else None

    def _apposition(self, comma: int, hi: int) -> bool:
        """Whether a comma opens an apposition or a relative clause that a second comma closes."""
        article = self.article
        nxt = comma + 1
        if article.lemma[nxt] in ("który", "jaki"):
            return True
        if article.cls[nxt] in (NOUN, ADJ, UNKNOWN) and article.lemma[nxt] in self.lexicon.persons and article.case[nxt] & NOM:
            for place in range(nxt, min(hi, nxt + 14)):
                if article.kind[place] == COMMA:
                    return True
                if article.cls[place] in FINITE:
                    return False
        return False

    def _insert_scope(self, at: int, end: int, lo: int, hi: int) -> tuple[int, int]:
        """The stretch that an inserted clause comments on: its sentence, or the clause a comma away."""
        article = self.article
        begin = lo
        for place in range(lo, min(hi, lo + 200)):
            if article.kind[place] == STOP and sources.bound(article, place) and place < at - 1:
                begin = place + 1
        # an outer report in the same sentence keeps its own clause: powiedział, że A, co - jak dodał - B
        for place in range(at - 1, max(begin, at - 60), -1):
            if article.low[place] in ("że", "iż") and article.kind[place - 1] == COMMA:
                begin = place + 1
                break
            if article.kind[place] == SEMICOLON:
                begin = place + 1
                break
        finish = self._before_cue_dash(end, hi)
        return begin, finish

    def _parenthetic(self, cue: Cue, lo: int, hi: int) -> bool:
        """*A, twierdzi X, B* and *A, podało Y.*: the verb right after a comma, its subject after it."""
        article = self.article
        if cue.lo <= lo or article.kind[cue.lo - 1] != COMMA or cue.form not in (FIN, 9):
            return False
        end = self._insert_end(cue.hi, hi)
        if end is None or cue.lo - 1 - lo < 2:
            return False
        source = sources.after(article, cue.verb, end, sources.agreement(article, cue.verb))
        if source is None and (cue.hi != end or end >= hi):
            return False
        if contents.finite(article, source[1] if source else cue.hi, end) or not contents.finite(article, lo, cue.lo):
            return False
        if article.low[lo] in ("gdy", "jeśli", "jeżeli", "kiedy", "choć", "chociaż", "ponieważ", "jak"):
            return False
        pieces = [(lo, cue.lo)] + ([(end, hi)] if end + 1 < hi else [])
        return self._make(cue, ACCORDING, source, pieces) is not None

    # -- speech --------------------------------------------------------------------------------------------------------

    def _speech(self, cue: Cue) -> bool:
        """*- A - mówi X.* and *„A” - mówi X*: the quotation before the mark that precedes the verb."""
        article = self.article
        if cue.form not in (FIN, 9, IMPS, PCON):
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
        if which is not None and not self._is_utterance(which, mark):
            which = None
        if which is not None:
            first, last = article.inner[which]
            pieces = [(first, last)]
            # a quotation that only ends the sentence: A „b” - mówi X
            head = contents.clause_start(article, first - 1, max(lo, article.sent_lo[first]))
            if head < first - 1 and not article.cap[first] and self._plain_start(first - 1) is not None:
                start = self._plain_start(first - 1)
                assert start is not None
                opener = article.opener[first - 1]
                if opener >= self.consumed and opener >= lo:
                    return self._dashed(cue, mark, opener, clause)
                pieces = [(start, left + 1)]
                source = self._speech_source(cue, mark, source_end)
                report = self._make(cue, DIRECT if contents.first_person(article, *pieces[0]) else ACCORDING, source, pieces)
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
                if article.low[place + 1] == "jak":
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
            if kind in (COMMA, COLON, SEMICOLON) or (kind == STOP and sources.bound(article, place)):
                return None
            if cls in FINITE or cls == COMP:
                return None
        return None

    def _between(self, lo: int, hi: int) -> bool:
        """Whether what stands between mark and verb is light: adverbs, particles, a prepositional phrase, a short subject."""
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
            if kind == STOP and sources.bound(article, place):
                return place
            if kind == DASH and article.spaced[place]:
                return place
            if kind == COLON:
                return place
            if kind == QUOTE and place in article.opening and not sources.is_name(article, article.opening[place]):
                return place
        return min(hi, cue.hi + 80)

    def _speech_source(self, cue: Cue, mark: int, hi: int) -> tuple[int, int] | None:
        article = self.article
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
        at, sentences = lo, 0
        last = lo
        long = hi - article.par_lo[lo] > 250 and article.par_lo[lo] != lo - 1
        while at < hi:
            end = min(hi, article.sent_hi[at])
            for place in range(at, end):
                if article.kind[place] == DASH and article.spaced[place]:
                    if article.opener[place] == place:
                        return place
                    ahead = next((x for x in range(place + 1, min(end, place + 4)) if x in self.known and article.cls[x] != PCON), None)
                    if ahead is not None:
                        return place
            sentences += 1
            last = end
            if sentences >= _RUN or (long and sentences >= 1 and not contents.first_person(article, at, end)):
                break
            at = end
        return last

    def _unmarked(self, cue: Cue, mark: int, clause: int) -> bool:
        """*A - powiedział X.* without a sign before A: the sentence, and those before it that the first person ties to it."""
        article = self.article
        start = self._plain_start(mark)
        if start is None:
            return False
        if cue.form == PCON or cue.frames == _SPEECH_ONLY:
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
        """The beginning of unmarked speech: back over sentences to a wide gap or a first person, if no cue intervenes."""
        article = self.article
        lo = max(article.par_lo[mark], self.consumed)
        gap = article.string[article.end[start - 1] : article.start[start]] if start > lo else ""
        if start <= lo or (len(gap) > 1 and start > 0):
            return start
        best, at = start, start
        own = contents.first_person(article, start, mark)
        strangers = 0
        for _ in range(_RUN):
            if at <= lo:
                if at == lo and lo == self.consumed and lo > article.par_lo[mark]:
                    best = at if own else best
                break
            begin = max(article.sent_lo[at - 1], lo)
            if any(place in self.known and place in self._cued for place in range(begin, at)):
                break
            if article.boilerplate[begin] or any(article.low[place] in ("czytaj", "zobacz") for place in range(begin, min(at, begin + 40))):
                break
            if contents.first_person(article, begin, at):
                best, strangers = begin, 0
            else:
                strangers += 1
                if strangers > 2:
                    break
            if begin > 0 and len(article.string[article.end[begin - 1] : article.start[begin]]) > 1 and begin > article.par_lo[mark]:
                best = begin
                break
            at = begin
        return best

    @property
    def _cued(self) -> set[int]:
        return {report.at for report in self.reports[-12:]}

    def _spoke(self, opener: int, clause: int, report: Report | None) -> None:
        if report is not None:
            self.consumed = max(self.consumed, clause + 1 if clause < len(self.article) and self.article.kind[clause] == STOP else clause)
            self.spoken.append((opener, clause, self.consumed, report))

    def _extend(self, report: Report, lo: int, hi: int) -> None:
        found = contents.span(self.article, lo, hi)
        if found is not None:
            report.content.append(found)
            report.tokens.append((lo, hi))

    def _quote_runs_on(self, report: Report, clause: int) -> None:
        """Add the quotation that follows the cue's clause at once („A” - mówi X. „B”.), unless it has a cue of its own."""
        article = self.article
        at = clause
        while at < min(len(article), clause + 3) and article.kind[at] in (STOP, DASH, COMMA):
            at += 1
        which = article.opening.get(at)
        if which is None or which in self.used_quotes or sources.is_name(article, which):
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

    # -- colons --------------------------------------------------------------------------------------------------------

    def _colon(self, cue: Cue, hi: int) -> bool:
        """*X powiedział: „A”* and *X dodał: A.*"""
        article = self.article
        colon = -1
        for place in range(cue.hi, min(article.par_hi[cue.verb], cue.hi + 30)):
            kind = article.kind[place]
            if kind == COLON:
                colon = place
                break
            if (kind == STOP and sources.bound(article, place)) or (place in self.known and article.cls[place] != PCON):
                return False
        nxt = colon + 1
        if colon < 0 or nxt >= len(article):
            return False
        if article.par_lo[nxt] != article.par_lo[colon] and nxt not in article.opening and article.kind[nxt] != DASH:
            return False
        while nxt < len(article) and article.kind[nxt] == DASH:
            self.used_openers.add(nxt)
            nxt += 1
        if nxt >= len(article):
            return False
        which = article.opening.get(nxt)
        lo = article.sent_lo[cue.verb]
        if which is not None:
            pieces = [article.inner[which]]
            self.used_quotes.add(which)
            kind_ = DIRECT
        else:
            end = article.sent_hi[nxt]
            if end <= nxt:
                return False
            if article.kind[nxt - 1] == DASH or article.cap[nxt]:
                end = self._run_end(nxt, article.par_hi[nxt]) if article.kind[nxt - 1] == DASH else self._next_cue_dash(nxt, end)
                kind_ = DIRECT
            else:
                kind_ = INDIRECT
                if not contents.finite(article, nxt, end):
                    return False
            pieces = [(nxt, end)]
        source = self._clause_source(cue, lo, colon)
        report = self._make(cue, kind_, source, pieces)
        self._spoke(-1, pieces[0][1], report)
        return report is not None

    def _next_cue_dash(self, lo: int, hi: int) -> int:
        return self._before_cue_dash(lo, hi)

    def _fragment(self, cue: Cue, hi: int) -> bool:
        """*X napisał na Twitterze „A”*: a verb with an utterance in quotation marks as its object."""
        article = self.article
        if cue.form not in (FIN, 9, IMPS):
            return False
        for place in range(cue.hi, min(hi, cue.hi + 25)):
            kind = article.kind[place]
            if place in article.opening:
                which = article.opening[place]
                if sources.is_name(article, which):
                    continue
                lo, end = article.inner[which]
                if not article.cap[lo] or end - lo < 3 or not contents.finite(article, lo, end) or which in self.used_quotes:
                    return False
                after = end + 1
                if any(ahead in self.known for ahead in range(after, min(len(article), after + 3))):
                    return False
                self.used_quotes.add(which)
                source = self._clause_source(cue, article.sent_lo[cue.verb], place)
                return self._make(cue, DIRECT, source, [(lo, end)]) is not None
            if kind in (COMMA, COLON, SEMICOLON, DASH) and sources.bound(article, place):
                return False
            if article.cls[place] in FINITE:
                return False
        return False

    # -- phrases and nouns ---------------------------------------------------------------------------------------------

    def _phrase(self, cue: Cue) -> None:
        article, phrase = self.article, cue.phrase
        assert phrase is not None
        lo, hi = self._limits(cue.lo)
        source, after = self._phrase_source(cue, hi)
        if source is None:
            return
        if phrase.second:
            self._second(cue, source)
            return
        begin = min(cue.lo, source[0])
        previous = begin - 1
        opens = previous < lo or article.kind[previous] in (COMMA, DASH, STOP, COLON, QUOTE, OPEN, SEMICOLON) or article.cls[previous] in (CONJ, COMP)
        if phrase.opening and not opens:
            return
        start = begin if article.lemma[source[0]] == "który" else self._phrase_start(begin, lo)
        closed = after < hi and article.kind[after] in (COMMA, DASH)
        pieces = []
        if start < begin:
            pieces.append((start, begin))
        end = self._phrase_content_end(after, hi)
        if after < end:
            pieces.append((after + 1 if closed else after, end))
        if not any(contents.finite(article, *piece) for piece in pieces):
            return
        if len(pieces) == 2 and not pieces[1][0] < pieces[1][1]:
            pieces.pop()
        report = self._make(cue, ACCORDING, source, pieces)
        if report is not None:
            report.case = CASE[phrase.case]
            report.impersonal = False

    def _phrase_start(self, at: int, lo: int) -> int:
        """Where the clause begins in which the phrase stands."""
        article = self.article
        edge = at
        if edge > lo and article.kind[edge - 1] in (COMMA, DASH) and sources.bound(article, edge - 1):
            # set off by a comma: the clause goes on to its left, unless the phrase opens it
            if contents.finite(article, contents.clause_start(article, edge - 1, lo), edge - 1):
                begins = contents.clause_start(article, edge - 1, lo)
                if article.kind[edge - 1] == COMMA and self._sets_off(edge):
                    return begins
                return edge
            edge -= 1
        return contents.clause_start(article, edge, lo)

    def _sets_off(self, at: int) -> bool:
        """Whether a phrase that a comma precedes is closed by a comma or the sentence soon."""
        article = self.article
        for place in range(at, min(article.sent_hi[at], at + 10)):
            if article.cls[place] in FINITE:
                return False
            if article.kind[place] == COMMA or (article.kind[place] == STOP and sources.bound(article, place)):
                return True
        return True

    def _phrase_content_end(self, at: int, hi: int) -> int:
        end = self._before_cue_dash(at, hi)
        end = self._before_participle(at, end)
        return contents.clause_end(self.article, at + 1, end, self._followers(at + 1, end)) if at + 1 < end else end

    def _phrase_source(self, cue: Cue, hi: int) -> tuple[tuple[int, int] | None, int]:
        """The source of a phrase and the token after both: a possessive, or the noun phrase in the phrase's case."""
        article, phrase = self.article, cue.phrase
        assert phrase is not None
        if phrase.possessive:
            for at in range(cue.lo, cue.hi):
                if article.low[at] in ("jego", "jej", "ich"):
                    return (at, at + 1), cue.hi
            if cue.lo and article.low[cue.lo - 1] in ("jego", "jej", "ich"):
                return (cue.lo - 1, cue.lo), cue.hi
            if cue.lo and article.low[cue.lo - 1] in ("moim", "naszym", "twoim", "swoim", "waszym"):
                return None, cue.hi
        at = cue.hi
        if at >= hi:
            return None, at
        case = CASE[phrase.case]
        if article.kind[at] == QUOTE and at in article.opening:
            which = article.opening[at]
            if article.inner[which][1] - article.inner[which][0] <= 6:
                return (at, article.inner[which][1] + 1), article.inner[which][1] + 1
            return None, at
        cls = article.cls[at]
        if cls not in NOMINAL or not (article.cases[at] & case):
            if cls not in (NOUN, ADJ, UNKNOWN) and article.kind[at] == PLAIN and article.cap[at]:
                return (at, sources.phrase_end(article, at, hi, case)), sources.phrase_end(article, at, hi, case)
            return None, at
        if article.lemma[at] in ("który", "jaki", "ten", "to", "co") and cls != NOUN and end_of(article, at):
            told = any(article.lemma[back] in self.lexicon.documents for back in range(max(0, cue.lo - 6), cue.lo))
            return ((at, at + 1), at + 1) if told and article.lemma[at] == "który" else (None, at)
        if article.low[at] in ("mnie", "ciebie", "nas", "mojej", "siebie", "moich", "naszych") and article.low[at] in ("mnie", "ciebie", "siebie"):
            return None, at
        end = sources.phrase_end(article, at, hi, case)
        return self._owner(at, end, case), end

    def _owner(self, lo: int, hi: int, case: int) -> tuple[int, int]:
        """The owner of what is known (według informacji X: X), else the phrase as it stands."""
        article = self.article
        if article.lemma[lo] in ("informacja", "ustalenie", "relacja", "doniesienie", "zapowiedź", "zapewnienie", "słowo", "wyliczenie",
                                 "szacunek", "deklaracja", "obliczenie") and lo + 1 < hi:  # fmt: skip
            at = lo + 1
            if article.cls[at] in NOMINAL and article.kind[at] == PLAIN and (article.cap[at] or article.lemma[at] in self.lexicon.persons
                                                                            or article.lemma[at] in self.lexicon.institutions):
                return at, hi
            if at in article.opening:
                return at, hi
        return lo, hi

    def _second(self, cue: Cue, source: tuple[int, int]) -> None:
        """A claim at second hand has the content of the report that it follows in its sentence."""
        article = self.article
        lo = article.sent_lo[cue.lo]
        for report in reversed(self.reports[-6:]):
            if report.at >= lo and report.at < cue.lo and report.content:
                made = self._make(cue, report.type if report.type != DIRECT else DIRECT, source, list(report.tokens))
                if made is not None:
                    made.case = CASE[cue.phrase.case] if cue.phrase else NOM
                return
            break
        for later in self.cues:
            if later.kind == VERB and cue.hi <= later.verb < article.sent_hi[cue.lo]:
                return

    def _noun(self, cue: Cue) -> None:
        """*zapewnienie X, że A* and *X jest przekonany, że A*."""
        article = self.article
        lo, hi = self._limits(cue.verb)
        at = cue.hi
        source: tuple[int, int] | None = None
        if cue.kind == NOMINAL_CUE:
            if at < hi and article.cls[at] in NOMINAL and article.kind[at] in (PLAIN,) and article.cases[at] & GEN:
                at = sources.phrase_end(article, at, hi, GEN)
                source = (cue.hi, at)
            elif at < hi and at in article.opening and sources.is_name(article, article.opening[at]):
                source = (at, article.inner[article.opening[at]][1] + 1)
                at = source[1]
            elif cue.lo > lo and article.low[cue.lo - 1] in ("jego", "jej", "ich"):
                source = (cue.lo - 1, cue.lo)
            while at < hi and at < cue.hi + 14 and article.kind[at] not in (COMMA, STOP, COLON, DASH, QUOTE) and article.cls[at] not in FINITE:
                at += 1
            if at < hi and article.kind[at] == COMMA and at + 1 < hi and article.lemma[at + 1] == "który":
                return
        else:
            while at < hi and at < cue.hi + 6 and article.kind[at] == PLAIN and article.cls[at] not in FINITE:
                at += 1
        if at + 1 >= hi or article.kind[at] != COMMA or article.low[at + 1] not in contents.COMPLEMENTISERS:
            return
        if cue.kind == NOMINAL_CUE and any(back in self.known for back in range(max(lo, cue.lo - 4), cue.lo)) and any(
            report.at >= cue.lo - 4 and report.at < cue.lo for report in self.reports[-2:]
        ):
            return
        limit = self._content_limit(cue.verb)
        begin = at + 2
        end = contents.clause_end(article, begin, limit, self._followers(begin, limit))
        end = self._before_participle(begin, self._before_cue_dash(begin, end))
        if not contents.finite(article, begin, end):
            return
        if cue.kind == PREDICATIVE:
            source = sources.before(article, cue.verb, lo, article.nominative[cue.verb] or 1023)
            if any(article.low[back] in ("pan", "pani", "państwo", "jestem", "jesteśmy", "byłem", "byłam") or article.cls[back] == AGLT
                   for back in range(max(lo, cue.lo - 5), min(hi, cue.hi + 2))):  # fmt: skip
                return
            if source is None and not any(article.lemma[back] in ("być", "pozostawać", "zostać") for back in range(max(lo, cue.lo - 5), cue.lo)):
                return
        report = self._make(cue, INDIRECT, source, [(begin, end)])
        if report is not None:
            report.case = GEN if cue.kind == NOMINAL_CUE else NOM
            report.impersonal = cue.kind == NOMINAL_CUE
            report.mask = 0

    # -- speech without a cue ------------------------------------------------------------------------------------------

    def _label(self, colon: int) -> None:
        """*X: zdanie* in headlines, teasers and interviews: the name before the colon is the source."""
        article = self.article
        lo = article.sent_lo[colon]
        for place in range(colon - 1, max(lo, colon - 14) - 1, -1):
            if article.cls[place] in FINITE or article.kind[place] in (COMMA, COLON, SEMICOLON) or (
                article.kind[place] in (STOP, DASH, QUOTE, OPEN) and sources.bound(article, place)
            ):
                lo = place + 1
                break
        else:
            if colon - lo > 14:
                return
        if lo >= colon or (lo > 0 and article.cls[lo - 1] in FINITE) or (lo > 0 and article.kind[lo - 1] == COMMA and article.sent_lo[colon] != lo):
            return
        if self.labels and article.par_lo[colon] == lo and article.text(lo, colon) in self.labels:
            return
        source = self._label_source(lo, colon)
        if source is None:
            return
        nxt = colon + 1
        if nxt >= len(article) or (article.end[colon] == article.start[nxt] and article.kind[nxt] == PLAIN and article.form[nxt][:1].isdigit()):
            return
        in_title = article.end[colon] <= article.title_end
        which = article.opening.get(nxt)
        if which is not None:
            first, last = article.inner[which]
            if sources.is_name(article, which) and not in_title:
                return
            if which in self.used_quotes:
                return
            end = self._title_end(nxt) if in_title else last
            self.used_quotes.add(which)
            piece = (first, max(last, end) if in_title and end > last + 1 else last)
            kind = DIRECT
        else:
            if (not article.cap[nxt] and not in_title) or article.kind[nxt] not in (PLAIN, DASH):
                return
            if article.kind[nxt] == DASH:
                self.used_openers.add(nxt)
                nxt += 1
            if article.par_lo[min(nxt, len(article) - 1)] != article.par_lo[colon]:
                return
            end = self._title_end(nxt) if in_title else article.sent_hi[nxt]
            ending = self._before_cue_dash(nxt, end)
            if ending < end and not in_title:
                return
            piece = (nxt, end)
            if not in_title and not contents.finite(article, nxt, end):
                return
            kind = DIRECT if contents.first_person(article, nxt, end) else ACCORDING
        if any(report.cue is not None and article.start[piece[0]] <= report.cue[0] < article.end[piece[1] - 1] and report.type == DIRECT
               for report in self.reports[:3]) and in_title:  # fmt: skip
            return
        found = contents.span(article, *piece)
        if found is not None:
            self._add(Report(kind, [found], None, source, None, None, colon, 1023, tokens=[piece]))

    def _title_end(self, at: int) -> int:
        """One past the last token of the title, or of its paragraph, that `at` stands in."""
        return self.article.par_hi[at]

    def _label_source(self, lo: int, colon: int) -> tuple[int, int] | None:
        """The nominative phrase of a person or body that fills the stretch before a colon, or begins it (X o Y: …)."""
        article, lexicon = self.article, self.lexicon
        while lo < colon and ((article.kind[lo] in (DASH, QUOTE) and lo not in article.opening) or article.cls[lo] in (CONJ,)):
            lo += 1
        if lo >= colon or (article.cls[lo] not in NOMINAL and lo not in article.opening):
            return None
        if lo in article.opening:
            which = article.opening[lo]
            end = article.inner[which][1] + 1
            return (lo, end) if sources.is_name(article, which) and end == colon else None
        if not article.cap[lo] and article.cls[lo] != UNKNOWN:
            return None
        end = sources.phrase_end(article, lo, colon, NOM)
        rest = range(end, colon)
        if rest and article.kind[end] == OPEN:
            rest = range(0)
        if rest and not (article.cls[end] == PREP or article.low[end] in ("ws", "ds")):
            return None
        head = [at for at in range(lo, end) if article.lemma[at] in lexicon.persons or article.lemma[at] in lexicon.institutions or article.form[at] in lexicon.institutions]
        if not article.nominative[lo] and article.cls[lo] not in (5, UNKNOWN, 4) and article.cases[lo] != 127:
            return None
        single = end - lo == 1
        if single and article.form[lo] in _PLACES:
            return None
        names = [at for at in range(lo, end) if article.proper[at] or (article.cls[at] == UNKNOWN and article.cap[at])]
        in_title = article.end[colon] <= article.title_end
        if head and (not single or in_title or article.form[lo] in lexicon.institutions):
            return lo, end
        if in_title and article.sent_lo[colon] == lo and not article.proper[lo] and article.cls[lo] == NOUN and article.nominative[lo] & 9 and (
            article.nominative[lo] & 1 or article.lemma[lo].endswith(("ka", "yni", "ini"))
        ):
            return lo, end
        if in_title and article.lemma[lo] in lexicon.documents and article.case[lo] & NOM:
            return lo, end
        if names and (article.nominative[names[-1]] & 0b01001 or article.cls[names[-1]] == UNKNOWN) and article.form[names[-1]] not in _PLACES:
            if len(names) >= 2 or self._is_person(names[-1]):
                return lo, end
        return None

    def _is_person(self, at: int) -> bool:
        """Whether a single name is that of somebody named elsewhere with a given name."""
        article = self.article
        if not hasattr(self, "_surnames"):
            self._surnames: set[str] = set()
            for place in range(1, len(article)):
                if article.proper[place] and article.proper[place - 1] and article.start[place] == article.end[place - 1] + 1:
                    self._surnames.add(article.form[place][:5])
        return article.form[at][:5] in self._surnames

    def _continue(self) -> None:
        """Give a dash that opens speech right after a cue's clause to the report before it (- A - mówi X. - B.)."""
        article = self.article
        for number, (opener, clause, _, report) in enumerate(self.spoken):
            at = clause + 1
            if opener < 0 or at >= len(article) or article.kind[clause] != STOP:
                continue
            if article.kind[at] != DASH or article.opener[at] != at or at in self.used_openers or article.par_lo[at] != article.par_lo[clause]:
                continue
            following = self.spoken[number + 1][0] if number + 1 < len(self.spoken) else -1
            if following == at:
                continue
            end = self._run_end(at + 1, article.par_hi[at])
            if end > at + 1:
                self.used_openers.add(at)
                self._extend(report, at + 1, end)

    def _uncued(self) -> None:
        """Speech that has no cue: dashes that open it where somebody is speaking, quotations that stand as sentences."""
        article = self.article
        talk = interviews.is_talk(article)
        direct = sorted(report.tokens[0][0] for report in self.reports if report.type == DIRECT)
        ends = sorted(report.at for report in self.reports if report.cue is not None)
        for at in article.openers:
            if at in self.used_openers:
                continue
            hi = article.par_hi[at]
            heads = article.par_lo[at] == at
            end = self._run_end(at + 1, hi)
            if end - at <= 4 or not contents.finite(article, at + 1, end) or self._holds(direct, at, end):
                continue
            last = article.kind[end - 1]
            if last not in (STOP, QUOTE, CLOSE) or (heads and end != hi):
                continue
            place = bisect_left(ends, at)
            near = place > 0 and at - ends[place - 1] < (400 if heads else 60)
            if not heads and place > 0 and article.par_lo[ends[place - 1]] != article.par_lo[at]:
                near = False
            if not (contents.first_person(article, at + 1, end) or near or talk):
                continue
            if not heads and not near:
                continue
            found = contents.span(article, at + 1, end)
            if found is not None:
                self._add(Report(DIRECT, [found], None, None, None, None, at, 1023, tokens=[(at + 1, end)], guest=talk and heads))
        direct = sorted(report.tokens[0][0] for report in self.reports if report.type == DIRECT)
        for which, (lo, hi) in enumerate(article.inner):
            if which in self.used_quotes or hi - lo < 3 or not article.quotes[which].closed or not article.cap[lo]:
                continue
            before = lo - 2
            title = article.end[lo] <= article.title_end
            stands = before < 0 or article.sent_lo[lo - 1] == lo - 1 or article.kind[before] == STOP
            closes = article.kind[hi - 1] == STOP or hi + 1 >= len(article) or article.kind[hi + 1] == STOP or article.par_hi[hi] == hi + 1
            if not (stands and closes and contents.finite(article, lo, hi)) or self._holds(direct, lo - 1, hi):
                continue
            found = contents.span(article, lo, hi)
            if found is not None:
                self._add(Report(DIRECT, [found], None, None, None, None, lo, 0 if title else 1023, tokens=[(lo, hi)]))

    @staticmethod
    def _holds(starts: list[int], lo: int, hi: int) -> bool:
        """Whether one of the sorted places lies in a stretch."""
        index = bisect_left(starts, lo)
        return index < len(starts) and starts[index] < hi


_PLACES = frozenset(
    ["Polska", "Rosja", "Niemcy", "Francja", "Ukraina", "Białoruś", "USA", "Chiny", "Węgry", "Czechy", "Słowacja", "Litwa", "Łotwa", "Estonia", "Hiszpania", "Włochy", "Grecja", "Turcja", "Izrael", "Iran", "Warszawa", "Kraków", "Gdańsk", "Wrocław", "Poznań", "Łódź", "Moskwa", "Londyn", "Berlin", "Paryż", "Bruksela", "Waszyngton", "Pekin", "Kijów", "Mińsk", "Wielka", "Brytania", "Brexit", "Koronawirus", "Covid", "COVID-19", "Uwaga", "Pilne", "Wideo", "Foto", "Galeria", "Zobacz", "Czytaj", "Sport", "Szczecin", "Lublin", "Katowice", "Śląsk", "Mazowsze", "Pomorze", "Małopolska", "Wielkopolska", "Europa", "UE", "Świat", "Kraj", "Wybory", "Fot", "Źródło", "Fot.", "Autor", "Tekst", "Opracowanie", "Data", "Adres", "Telefon", "Kontakt", "Tel", "Tagi", "Temat"]
)


def end_of(article: Article, at: int) -> bool:
    """Whether a pronoun stands alone (zgodnie z którym) and not before a noun (według tego raportu)."""
    return article.lemma[at] in ("który", "jaki", "co") or at + 1 >= len(article) or article.cls[at + 1] not in NOMINAL


def reports(article: Article, lexicon: Lexicon) -> list[Report]:
    """The reports of an article, by the beginning of their content."""
    return _Finder(article, lexicon).find()


