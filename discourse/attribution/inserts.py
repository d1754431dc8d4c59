"""Reports with inserted cues: *jak mówi X*, *, twierdzi X,*, *zdaniem X*; and what was heard at second hand."""

from __future__ import annotations

from discourse.attribution import contents, nounphrases, sources
from discourse.attribution.cues import VERB, Cue
from discourse.attribution.finder import ACCORDING, DIRECT, Finder
from discourse.attribution.lexicon import words
from discourse.attribution.view import (
    ADJ,
    CASE,
    CLOSE,
    COLON,
    COMMA,
    COMP,
    CONJ,
    DASH,
    FIN,
    FINITE,
    GEN,
    IMPS,
    LOC,
    NOM,
    NOMINAL,
    NOUN,
    OPEN,
    PCON,
    PLAIN,
    PRAET,
    QUOTE,
    SEMICOLON,
    STOP,
    UNKNOWN,
    Article,
)

_RIGHT = 45


def end_of(article: Article, at: int) -> bool:
    """Whether a pronoun stands alone (zgodnie z którym) and not before a noun (według tego raportu)."""
    return article.lemma[at] in ("który", "jaki", "co") or at + 1 >= len(article) or article.cls[at + 1] not in NOMINAL


#: Phrases of opinion, after which anybody stands; after others (według wzrostu) only who or what may speak.
_OPINION = words("zdaniem opinii ocenie przekonaniu mniemaniu")


class Inserts(Finder):
    """Inserted clauses and phrases."""

    def _inserted(self, cue: Cue, lo: int, hi: int) -> bool:
        """*jak podkreśla X*: what stands around it in the sentence is the report."""
        article = self.article
        jak = -1
        for at in range(cue.lo - 1, max(lo, cue.lo - 7) - 1, -1):
            if article.low[at] == "jak":
                jak = at
                break
            if article.kind[at] in (COMMA, COLON, STOP, SEMICOLON) and nounphrases.bound(article, at):
                break
            if article.cls[at] in FINITE and article.low[at] not in ("to",):
                break
        if jak < 0:
            return False
        before = article.kind[jak - 1] if jak > lo else STOP
        if before not in (COMMA, DASH, STOP, OPEN, QUOTE, COLON, SEMICOLON, CLOSE) and article.low[jak - 1] not in (
            "i",
            "a",
            "ale",
            "oraz",
            "bo",
            "jednak",
        ):
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
        report = self._make(cue, ACCORDING, source, pieces)
        if report is not None:
            report.case = GEN if cue.lemma == "wynikać" else LOC if cue.form == IMPS else NOM
        return report is not None

    def _insert_end(self, at: int, hi: int) -> int | None:
        """The comma, dash or stop that closes an inserted clause begun before `at`, past a relative clause in it."""
        article = self.article
        for place in range(at, min(hi, at + _RIGHT)):
            kind = article.kind[place]
            if (
                kind in (COMMA, CLOSE, SEMICOLON, COLON)
                or (kind == DASH and article.spaced[place])
                or (kind == STOP and nounphrases.bound(article, place))
            ):
                if kind == COMMA and place + 1 < hi and article.low[place + 1] in ("że", "iż"):
                    return None
                if kind == COMMA and place + 1 < hi and self._apposition(place, hi):
                    continue
                if (
                    kind == COMMA
                    and place + 2 < hi
                    and article.low[place + 1] in ("powołując", "cytując", "przywołując")
                ):
                    continue
                return place
        return hi if hi - at < _RIGHT else None

    def _apposition(self, comma: int, hi: int) -> bool:
        """Whether a comma opens an apposition or a relative clause that a second comma closes."""
        article = self.article
        nxt = comma + 1
        if article.lemma[nxt] in ("który", "jaki"):
            return True
        if (
            article.cls[nxt] in (NOUN, ADJ, UNKNOWN)
            and article.lemma[nxt] in self.lexicon.persons
            and article.case[nxt] & NOM
        ):
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
            if article.kind[place] == STOP and nounphrases.bound(article, place) and place < at - 1:
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
        if cue.lo <= lo or article.kind[cue.lo - 1] != COMMA or cue.form not in (FIN, PRAET):
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
        if phrase.words[0] not in _OPINION and not sources.voiced(article, *source):
            return
        begin = min(cue.lo, source[0])
        previous = begin - 1
        opens = (
            previous < lo
            or article.kind[previous] in (COMMA, DASH, STOP, COLON, QUOTE, OPEN, SEMICOLON)
            or article.cls[previous] in (CONJ, COMP)
        )
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
        if edge > lo and article.kind[edge - 1] in (COMMA, DASH) and nounphrases.bound(article, edge - 1):
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
            if article.kind[place] == COMMA or (article.kind[place] == STOP and nounphrases.bound(article, place)):
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
                return (at, nounphrases.phrase_end(article, at, hi, case)), nounphrases.phrase_end(
                    article, at, hi, case
                )
            return None, at
        if article.lemma[at] in ("który", "jaki", "ten", "to", "co") and cls != NOUN and end_of(article, at):
            told = any(article.lemma[back] in self.lexicon.documents for back in range(max(0, cue.lo - 6), cue.lo))
            return ((at, at + 1), at + 1) if told and article.lemma[at] == "który" else (None, at)
        if article.low[at] in ("mnie", "ciebie", "nas", "mojej", "siebie", "moich", "naszych") and article.low[at] in (
            "mnie",
            "ciebie",
            "siebie",
        ):
            return None, at
        end = nounphrases.phrase_end(article, at, hi, case)
        return self._owner(at, end, case), end

    def _owner(self, lo: int, hi: int, case: int) -> tuple[int, int]:
        """The owner of what is known (według informacji X: X), else the phrase as it stands."""
        article = self.article
        if (
            article.lemma[lo]
            in (
                "informacja",
                "ustalenie",
                "relacja",
                "doniesienie",
                "zapowiedź",
                "zapewnienie",
                "słowo",
                "wyliczenie",
                "szacunek",
                "deklaracja",
                "obliczenie",
            )
            and lo + 1 < hi
        ):
            at = lo + 1
            if (
                article.cls[at] in NOMINAL
                and article.kind[at] == PLAIN
                and (
                    article.cap[at]
                    or article.lemma[at] in self.lexicon.persons
                    or article.lemma[at] in self.lexicon.institutions
                )
            ):
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
