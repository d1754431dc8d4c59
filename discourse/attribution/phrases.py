"""Reports with phrases for a cue: *zdaniem X*, *według X*, *zgodnie z X*, and what was heard at second hand."""

from __future__ import annotations

from bisect import bisect_left

from discourse.attribution import bounds, contents, heads, nounphrases, overrun
from discourse.attribution.cues import Cue
from discourse.attribution.finder import ACCORDING, DIRECT, Finder
from discourse.attribution.grammar import (
    ADJ,
    CASE,
    COLON,
    COMMA,
    COMP,
    CONJ,
    DASH,
    FINITE,
    GEN,
    M1,
    NOM,
    NOMINAL,
    NOUN,
    NUM,
    OPEN,
    PARTICIPLE,
    PLAIN,
    QUOTE,
    SEMICOLON,
    SG,
    STOP,
    UNKNOWN,
)
from discourse.attribution.lexicon import words
from discourse.attribution.view import Article


def end_of(article: Article, at: int) -> bool:
    """Whether a pronoun stands alone (zgodnie z którym) and not before a noun (według tego raportu)."""
    return article.lemma[at] in ("który", "jaki", "co") or at + 1 >= len(article) or article.cls[at + 1] not in NOMINAL


#: Phrases of opinion, after which anybody stands; after others (według wzrostu) only who or what may speak.
_OPINION = words("zdaniem opinii ocenie przekonaniu mniemaniu")


#: What somebody has said or written, after *według* and *zgodnie z*.
_TOLD = words(
    "założenie propozycja doniesienie definicja scenariusz ustalenie wersja hipoteza przewidywanie zapowiedź teoria "
    "obliczenie wyliczenie szacunek zapewnienie przepis"
)

#: What says what is to be, before *zgodnie z którą*.
_RULES = words("zasada umowa teoria teza koncepcja przepis reguła")
_ADDRESSED = words("pan pani państwo plan")
_ABOUT = words("prawie niemal blisko około ponad przeszło")


class Phrases(Finder):
    """Phrases before a source."""

    def _phrase(self, cue: Cue) -> None:
        article, phrase = self.article, cue.phrase
        assert phrase is not None
        lo, hi = self._limits(cue.lo)
        source, after = self._phrase_source(cue, hi)
        if source is None:
            return
        if phrase.second:
            title = next((at for at in range(source[0] + 1, source[1]) if article.low[at] in self.lexicon.titles), None)
            source = (source[0], title or source[1])  # cytowana przez dziennik prof. Ewa Lis
            self._second(cue, source)
            return
        if source[1] - source[0] == 1 and article.lemma[source[0]] in _ADDRESSED:
            return  # czy zdaniem pana …: the one who is asked; według planu
        lemma = article.lemma[source[0]]
        if lemma in ("publiczny", "prawo", "obowiązujący") and phrase.words[0] == "w":
            return  # w opinii publicznej, w świetle prawa
        told = any(article.lemma[at] in _TOLD for at in range(*source))
        opinion = any(word in _OPINION for word in phrase.words)
        if not opinion and not told and not heads.voiced(article, *source):
            return
        begin = min(cue.lo, source[0])
        previous = begin - 1
        if previous >= lo and article.form[previous] == "czy":
            return  # zapytany, czy jego zdaniem
        opens = (
            previous < lo
            or article.kind[previous] in (COMMA, DASH, STOP, COLON, QUOTE, OPEN, SEMICOLON)
            or article.cls[previous] in (CONJ, COMP)
            or article.lemma[previous] == "który"
            or article.low[previous] == "to"
        )
        if phrase.opening and not opens:
            return
        start = begin if article.lemma[source[0]] == "który" else self._phrase_start(begin, lo)
        closed = after < hi and article.kind[after] in (COMMA, DASH)
        if (
            closed
            and after + 1 < hi
            and (
                (article.cls[after + 1] == PARTICIPLE and article.cases[after + 1] & article.cases[source[1] - 1])
                or article.lemma[after + 1] == "który"
            )
        ):
            # według danych, które zebrał urząd, A
            after = next((at for at in range(after + 1, min(hi, after + 30)) if article.kind[at] == COMMA), after)
        pieces = []
        if start < begin:
            pieces.append((start, begin))
        end = self._phrase_content_end(after, hi)
        if after < end:
            pieces.append((after + 1 if closed else after, end))
        if not any(contents.finite(article, *piece) or "to" in article.low[slice(*piece)] for piece in pieces):
            return
        if len(pieces) == 2 and not pieces[1][0] < pieces[1][1]:
            pieces.pop()
        report = self._make(cue, ACCORDING, source, pieces)
        if report is not None:
            report.case = CASE[phrase.case]
            if source is not None and source[0] > cue.hi and not article.cases[source[0]] & report.case:
                report.case = GEN  # zgodnie z komunikatem [służb]
            report.impersonal = False

    def _phrase_start(self, at: int, lo: int) -> int:
        """Where the clause begins in which the phrase stands."""
        article = self.article
        edge = at
        if edge > lo and article.kind[edge - 1] in (COMMA, DASH) and bounds.bound(article, edge - 1):
            # set off by a comma: the clause goes on to its left, unless the phrase opens it
            if contents.finite(article, contents.clause_start(article, edge - 1, lo), edge - 1):
                begins = contents.clause_start(article, edge - 1, lo)
                if article.kind[edge - 1] == COMMA and self._sets_off(edge):
                    return begins
                if article.kind[edge - 1] == DASH and self._between_dashes(edge):
                    return begins  # A - według X - B
                return edge
            edge -= 1
        return contents.clause_start(article, edge, lo)

    def _sets_off(self, at: int) -> bool:
        """Whether a phrase that a comma precedes is closed by a comma or the sentence soon."""
        article = self.article
        for place in range(at, min(article.sent_hi[at], at + 10)):
            if article.cls[place] in FINITE:
                return False
            if article.kind[place] == COMMA or (article.kind[place] == STOP and bounds.bound(article, place)):
                return True
        return True

    def _between_dashes(self, at: int) -> bool:
        """Whether a phrase after a dash is closed by another one soon."""
        article = self.article
        for place in range(at, min(article.sent_hi[at], at + 12)):
            if article.kind[place] == DASH and article.spaced[place]:
                return True
            if article.cls[place] in FINITE or (article.kind[place] == STOP and bounds.bound(article, place)):
                return False
        return False

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
        if at + 1 < hi and article.low[at] in _ABOUT and article.cls[at + 1] in (NOUN, NUM):
            at += 1  # zdaniem prawie połowy badanych
        cls = article.cls[at]
        acronym = article.form[at].isupper() and len(article.form[at]) > 1
        if cls not in NOMINAL or not (article.cases[at] & case or acronym):
            if article.voice[at] and article.nominative[at] & M1 and article.number[at] & SG:
                return (at, nounphrases.phrase_end(article, at, hi, case)), nounphrases.phrase_end(
                    article, at, hi, case
                )  # w ocenie europoseł Lis
            if cls not in (NOUN, ADJ, UNKNOWN) and article.kind[at] == PLAIN and article.cap[at]:
                return (at, nounphrases.phrase_end(article, at, hi, case)), nounphrases.phrase_end(
                    article, at, hi, case
                )
            return None, at
        if article.lemma[at] in ("który", "jaki", "ten", "to", "co") and cls != NOUN and end_of(article, at):
            before = article.lemma[max(0, cue.lo - 6) : cue.lo]
            told = any(lemma in self.lexicon.documents or lemma in _RULES for lemma in before)
            return ((at, at + 1), at + 1) if told and article.lemma[at] == "który" else (None, at)
        if article.low[at] in ("mnie", "ciebie", "nas", "mojej", "siebie", "moich", "naszych") and article.low[at] in (
            "mnie",
            "ciebie",
            "siebie",
        ):
            return None, at
        end = self._placed_end(at, hi, case)
        end = overrun.before_subject(article, at, end, hi)
        return self._owner(at, end, case), end

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
        self.pending.append((cue, source))

    def _second_hand(self) -> None:
        """Give claims at second hand that stand before their report its content (cytowana przez X Lis mówi, że A)."""
        article = self.article
        if not self.pending:
            return
        found = sorted((report for report in self.reports if report.cue), key=lambda report: report.at)
        places = [report.at for report in found]
        for cue, source in self.pending:
            index = bisect_left(places, cue.hi)
            if index < len(found) and places[index] < article.sent_hi[cue.lo] and found[index].tokens:
                made = self._make(cue, found[index].type, source, list(found[index].tokens))
                if made is not None:
                    made.case = CASE[cue.phrase.case] if cue.phrase else NOM
