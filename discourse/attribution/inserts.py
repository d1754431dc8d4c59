"""Reports with inserted cues: *jak mówi X*, *, twierdzi X,*."""

from __future__ import annotations

from discourse.attribution import bounds, contents, sources
from discourse.attribution.cues import Cue
from discourse.attribution.finder import ACCORDING, TEXTS, Finder
from discourse.attribution.grammar import (
    ADJ,
    CLOSE,
    COLON,
    COMMA,
    DASH,
    FIN,
    FINITE,
    GEN,
    IMPS,
    LOC,
    NOM,
    NOUN,
    OPEN,
    PCON,
    PLAIN,
    PRAET,
    PREP,
    QUOTE,
    SEMICOLON,
    STOP,
    UNKNOWN,
)

_RIGHT = 45
#: What opens the clause that an insert right after it comments on.
_JOINING = frozenset(("ale", "lecz", "a", "ponieważ", "gdyż", "bo", "gdzie", "co"))


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
            if article.kind[at] in (COMMA, COLON, STOP, SEMICOLON) and bounds.bound(article, at):
                break
            if article.cls[at] in FINITE and article.low[at] not in ("to",):
                break
        if jak < 0 or article.low[jak + 1] == "tylko":
            return False
        if jak > 1 and article.kind[jak - 1] == COMMA and article.low[jak - 2] in ("tym", "innego"):
            return False  # po tym, jak
        opener = jak
        if jak - 1 >= lo and article.low[jak - 1] == "tak" and (jak - 1 == lo or article.kind[jak - 2] == COMMA):
            opener = jak - 1  # tak jak mówił X, A
        before = article.kind[opener - 1] if opener > lo else STOP
        if before not in (COMMA, DASH, STOP, OPEN, QUOTE, COLON, SEMICOLON, CLOSE) and article.low[opener - 1] not in (
            "i",
            "a",
            "ale",
            "oraz",
            "bo",
            "jednak",
            "tymczasem",
            "czego",
            "skoro",
            "których",
            "natomiast",
        ) and not (article.cap[jak] and article.form[jak] != "JAK"):
            return False  # a capital opens a sentence, whatever was lost before it
        if before == COMMA and jak - 2 >= lo and jak - 2 in self.known and article.cls[jak - 2] not in (NOUN,):
            return False  # powiedział, jak …: a question of manner
        end = self._insert_end(cue.hi, hi)
        if end is None:
            return False
        if cue.form == FIN and article.perfective[cue.verb]:
            return False
        loose = self._without_comma(cue, jak, end)
        if loose is not None:
            end = loose[1]
        limit_lo, limit_hi = self._insert_scope(jak, end, lo, hi)
        if article.cap[jak]:
            limit_lo = jak
        pieces = []
        if limit_lo < opener - 1 and not (end < limit_hi and self._joins(opener, limit_lo)):
            pieces.append((limit_lo, opener))
        if end < limit_hi:
            pieces.append((end, limit_hi))
        if not any(contents.finite(article, *piece) or self._equates(*piece) for piece in pieces):
            return False
        if cue.lemma == "wynikać":
            source = self._origin(jak, end)
        elif cue.form == IMPS or cue.form == PCON:
            source = self._place(jak, end, read=cue.lemma == "czytać")
        else:
            source = loose or sources.subject(article, cue.verb, jak + 1, end)
        if source is None and cue.lemma in TEXTS and cue.form in (FIN, PRAET):
            return False  # jak pokazuje przykład
        report = self._make(cue, ACCORDING, source, pieces)
        if report is not None:
            report.case = GEN if cue.lemma == "wynikać" else LOC if cue.form == IMPS else NOM
        return report is not None

    def _equates(self, lo: int, hi: int) -> bool:
        """Whether words say what something is without a verb (Jak zauważa wójt, to pierwszy z mostów)."""
        article = self.article
        while lo < hi and article.kind[lo] != PLAIN:
            lo += 1
        return lo + 1 < hi and article.low[lo] == "to" and bool(article.case[lo + 1] & NOM)

    def _joins(self, jak: int, lo: int) -> bool:
        """Whether a relative or a conjunction right before says that what follows alone is reported (, który - jak)."""
        article = self.article
        at = jak - 1
        if at > lo and article.kind[at] in (DASH, COMMA):
            at -= 1
        if article.lemma[at] != "który" and article.low[at] not in _JOINING:
            return False
        while at - 1 > lo and article.cls[at - 1] == PREP:
            at -= 1
        return at - 1 > lo and article.kind[at - 1] == COMMA and contents.finite(article, lo, at)

    def _without_comma(self, cue: Cue, jak: int, end: int) -> tuple[int, int] | None:
        """The source of an inserted clause whose comma was left out (Jak podał urząd most wytrzyma)."""
        article = self.article
        if cue.form not in (FIN, PRAET) or cue.lemma == "wynikać" or not contents.finite(article, cue.hi, end):
            return None
        source = sources.after(article, cue.verb, end, sources.agreement(article, cue.verb))
        if source is None or source[1] >= end or not contents.finite(article, source[1], end):
            return None
        if article.kind[source[1]] == COMMA or contents.finite(article, cue.hi, source[1]):
            return None
        return source

    def _insert_end(self, at: int, hi: int) -> int | None:
        """The comma, dash or stop that closes an inserted clause begun before `at`, past a relative clause in it."""
        article = self.article
        for place in range(at, min(hi, at + _RIGHT)):
            kind = article.kind[place]
            if (
                kind in (COMMA, CLOSE, SEMICOLON, COLON)
                or (kind == DASH and article.spaced[place])
                or (kind == STOP and bounds.bound(article, place))
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
            if article.kind[place] == STOP and bounds.bound(article, place) and place < at - 1:
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
        later = source is not None and cue.lemma not in TEXTS and contents.finite(article, end, hi)
        told = later or contents.finite(article, lo, cue.lo)  # taką umową, stwierdził resort, jest ta
        if contents.finite(article, source[1] if source else cue.hi, end) or not told:
            return False
        if article.low[lo] in ("gdy", "jeśli", "jeżeli", "kiedy", "choć", "chociaż", "ponieważ", "jak"):
            return False
        pieces = [(lo, cue.lo)] + ([(end, hi)] if end + 1 < hi else [])
        return self._make(cue, ACCORDING, source, pieces) is not None
