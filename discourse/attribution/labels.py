"""Speech without a cue: *X: zdanie* in headlines, interviews, dashes and quotations that stand alone."""

from __future__ import annotations

from bisect import bisect_left

from discourse.attribution import bounds, contents, heads, interviews, nounphrases
from discourse.attribution.endings import key
from discourse.attribution.finder import ACCORDING, DIRECT, Report
from discourse.attribution.grammar import (
    BREV,
    CLOSE,
    COLON,
    COMMA,
    CONJ,
    DASH,
    FINITE,
    GEN,
    NOM,
    NOMINAL,
    NOUN,
    OPEN,
    PLAIN,
    PREP,
    QUOTE,
    SEMICOLON,
    STOP,
    UNKNOWN,
)
from discourse.attribution.headlines import Headlines
from discourse.attribution.lexicon import words
from discourse.attribution.places import PLACES
from discourse.attribution.typography import has_digit

#: No sentence after a label is longer, in tokens.
_LONG = 400
#: What headings announce before somebody's words.
_DONE = words(
    "reakcja apel wpis riposta decyzja komentarz wywód słowo uwaga atak odpowiedź oświadczenie kontra deklaracja "
    "opinia ocena wyznanie przesłanie"
)


class Labels(Headlines):
    """Speech that has no cue."""

    def _interview(self) -> None:
        article = self.article
        self.labels = interviews.asked(article)
        for turn in interviews.turns(article):
            found = contents.span(article, turn.lo, turn.hi)
            if found is not None:
                self._add(
                    Report(
                        DIRECT,
                        [found],
                        None,
                        turn.label,
                        None,
                        None,
                        turn.label[0] if turn.label else turn.lo,
                        1023,
                        tokens=[(turn.lo, turn.hi)],
                    )
                )

    def _label(self, colon: int) -> None:
        """*X: zdanie* in headlines, teasers and interviews: the name before the colon is the source."""
        article = self.article
        if self._acting_label(colon) or self._worded(colon):
            return
        lo = article.sent_lo[colon]
        for place in range(colon - 1, max(lo, colon - 14) - 1, -1):
            if (
                article.cls[place] in FINITE
                or article.kind[place] in (COMMA, COLON, SEMICOLON)
                or (article.kind[place] in (STOP, DASH, QUOTE, OPEN) and bounds.bound(article, place))
            ):
                lo = place + 1
                break
        else:
            if colon - lo > 14:
                return
        if (
            lo >= colon
            or (lo > 0 and article.cls[lo - 1] in FINITE)
            or (lo > 0 and article.kind[lo - 1] == COMMA and article.sent_lo[colon] != lo)
        ):
            return
        if self.labels and article.par_lo[colon] == lo and article.text(lo, colon) in self.labels:
            return
        teaser = self._teaser(colon)
        source = self._label_source(lo, colon, teaser)
        if source is None:
            return
        nxt = colon + 1
        if nxt >= len(article) or (
            article.end[colon] == article.start[nxt] and article.kind[nxt] == PLAIN and article.form[nxt][:1].isdigit()
        ):
            return
        in_title = article.end[colon] <= article.title_end
        which = article.opening.get(nxt)
        if which is not None:
            first, last = article.inner[which]
            if bounds.is_name(article, which) and not in_title and not teaser:
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
            end = self._title_end(nxt) if in_title or teaser else article.sent_hi[nxt]
            if end - nxt > _LONG:
                return
            ending = self._before_cue_dash(nxt, end)
            if ending < end and not in_title:
                return
            piece = (nxt, end)
            if not in_title and not teaser and not contents.finite(article, nxt, end):
                return
            kind = DIRECT if contents.first_person(article, nxt, end) else ACCORDING
        if (
            any(
                report.cue is not None
                and article.start[piece[0]] <= report.cue[0] < article.end[piece[1] - 1]
                and report.type == DIRECT
                for report in self.reports[:3]
            )
            and in_title
        ):
            return
        found = contents.span(article, *piece)
        if found is not None:
            owned = article.lemma[source[0] - 1] in _DONE and source[0] > lo
            case = GEN if owned else NOM
            self._add(Report(kind, [found], None, source, None, None, colon, 1023, case, tokens=[piece]))

    def _label_source(self, lo: int, colon: int, teaser: bool) -> tuple[int, int] | None:
        """The nominative phrase of a person or body that fills the stretch before a colon, or begins it (X o Y: …)."""
        article, lexicon = self.article, self.lexicon
        while lo < colon and (
            (article.kind[lo] in (DASH, QUOTE) and lo not in article.opening) or article.cls[lo] in (CONJ,)
        ):
            lo += 1
        while lo < colon and has_digit(article.form[lo]):
            lo += 1  # 2.01.2021 Jan Sowa: …
        if lo >= colon or (article.cls[lo] not in NOMINAL and lo not in article.opening):
            return None
        if lo in article.opening:
            which = article.opening[lo]
            end = article.inner[which][1] + 1
            return (lo, end) if bounds.is_name(article, which) and end == colon else None
        if not article.cap[lo] and article.cls[lo] != UNKNOWN:
            return None
        end = nounphrases.phrase_end(article, lo, colon, NOM)
        about = (at for at in range(lo + 1, end) if article.low[at] in ("o", "ws") and article.kind[at - 1] == PLAIN)
        end = next(about, end)  # Sowa o radzie
        first = next((at for at in range(lo, end) if article.cls[at] in (NOUN, UNKNOWN, BREV)), lo)
        if article.cls[first] == NOUN and not article.proper[first] and not self._heads(first, end):
            return None  # Nowa oferta rady: …
        owner = self._whose(lo, end) if teaser or article.end[colon] <= article.title_end else None
        if owner is not None:
            return owner
        rest = range(end, colon)
        if rest and article.kind[end] == OPEN:
            rest = range(0)
        if rest and not (article.cls[end] == PREP or article.low[end] in ("ws", "ds")):
            return None
        head = [
            at
            for at in range(lo, end)
            if article.lemma[at] in lexicon.persons
            or article.lemma[at] in lexicon.institutions
            or article.form[at] in lexicon.institutions
        ]
        if not article.nominative[lo] and article.cls[lo] not in (5, UNKNOWN, 4) and article.cases[lo] != 127:
            return None
        single = end - lo == 1
        if all(article.form[at] in PLACES or not article.cap[at] for at in range(lo, end)):
            return None  # where it happened: Wielka Brytania: Kolejne zakażenia
        names = [at for at in range(lo, end) if self._is_name(at)]
        in_title = article.end[colon] <= article.title_end
        if head and (not single or in_title or teaser or article.form[lo] in lexicon.institutions):
            return lo, end
        if (
            in_title
            and article.sent_lo[colon] == lo
            and not article.proper[lo]
            and article.cls[lo] == NOUN
            and article.nominative[lo] & 9
            and (article.nominative[lo] & 1 or article.lemma[lo].endswith(("ka", "yni", "ini")))
        ):
            return lo, end
        if in_title and article.lemma[lo] in lexicon.documents and article.case[lo] & NOM:
            return lo, end
        if (
            names
            and (article.nominative[names[-1]] & 0b01001 or article.cls[names[-1]] == UNKNOWN)
            and article.form[names[-1]] not in PLACES
        ) and (len(names) >= 2 or self._is_person(names[-1]) or teaser):
            return lo, end
        return None

    def _heads(self, at: int, end: int) -> bool:
        """Whether a noun that only its sentence gives a capital may be a speaker, or what one does."""
        article = self.article
        speaks = heads.plausible(article, at, at + 1) if at + 1 == end or not article.cap[at + 1] else True
        return speaks or article.lemma[at] in _DONE or article.lemma[at] in self.lexicon.documents

    def _whose(self, lo: int, end: int) -> tuple[int, int] | None:
        """Whose reaction or decision a heading announces (Ostra reakcja rady: …)."""
        article = self.article
        head = next((at for at in range(lo, end) if article.cls[at] == NOUN), end)
        if head + 1 >= end or article.lemma[head] not in _DONE or not article.cases[head + 1] & GEN:
            return None
        known = any(self._is_name(at) or article.voice[at] for at in range(head + 1, end))
        return (head + 1, end) if known else None

    def _is_name(self, at: int) -> bool:
        """Whether a capital is more than that of a sentence's first word."""
        article = self.article
        if article.proper[at] or (article.cls[at] == UNKNOWN and article.cap[at]):
            return True
        return article.cap[at] and article.cls[at] == NOUN and key(article.form[at]) in self.lexicon.surnames

    def _uncued(self) -> None:
        """Speech without a cue: dashes that open it where somebody is speaking, quotations that are sentences."""
        article = self.article
        talk = bool(article.openers) and interviews.is_talk(article)
        direct = sorted(report.tokens[0][0] for report in self.reports if report.type == DIRECT)
        ends = sorted(report.at for report in self.reports if report.cue is not None)
        for at in article.openers:
            if at in self.used_openers:
                continue
            hi = article.par_hi[at]
            heads = article.par_lo[at] == at
            end = self._run_end(at + 1, hi)
            if end - at <= 4 or not contents.finite(article, at + 1, end) or bounds.holds(direct, at, end):
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
                self._add(
                    Report(
                        DIRECT, [found], None, None, None, None, at, 1023, tokens=[(at + 1, end)], guest=talk and heads
                    )
                )
        direct = sorted(report.tokens[0][0] for report in self.reports if report.type == DIRECT)
        for which, (lo, hi) in enumerate(article.inner):
            if which in self.used_quotes or hi - lo < 3 or not article.quotes[which].closed or not article.cap[lo]:
                continue
            before = lo - 2
            title = article.end[lo] <= article.title_end
            heading = title or self._teaser(lo)
            stands = before < 0 or article.sent_lo[lo - 1] == lo - 1 or article.kind[before] == STOP
            stands = stands or (heading and article.kind[before] == COLON)
            chained = heading and article.kind[before] == SEMICOLON and before - 1 in article.closing  # „A”; „B”
            stands = stands or chained
            closes = (
                article.kind[hi - 1] == STOP
                or hi + 1 >= len(article)
                or article.kind[hi + 1] == STOP
                or article.par_hi[hi] == hi + 1
                or (
                    heading
                    and hi + 1 < len(article)
                    and (article.cap[hi + 1] or article.kind[hi + 1] in (DASH, SEMICOLON))
                )
            )
            if not (stands and closes and contents.finite(article, lo, hi)) or bounds.holds(direct, lo - 1, hi):
                continue
            found = contents.span(article, lo, hi)
            if found is not None:
                named = self._named_before(before) if heading else None
                announced = title or (heading and article.kind[before] == COLON)
                acting = self._acting_before(before + 1) if announced and named is None else None
                mask = 1023 if named or acting or not heading else 0
                case = NOM if acting else GEN
                source = named or acting
                if chained and (one := next((x for x in self.reports if x.tokens[-1][1] == before - 1), None)):
                    source, mask, case = one.source, one.mask, one.case
                self._add(Report(DIRECT, [found], None, source, None, None, lo, mask, case, tokens=[(lo, hi)]))
