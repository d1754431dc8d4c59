"""Reports in clauses: *X powiedział, że A*, *dodając, że A*, *zapewnienie X, że A*."""

from __future__ import annotations

from discourse.attribution import bounds, contents, nounphrases, preceding, sources
from discourse.attribution.cues import NOMINAL_CUE, PREDICATIVE, Cue
from discourse.attribution.finder import ACCORDING, DIRECT, INDIRECT, TEXTS, Finder
from discourse.attribution.grammar import (
    AGLT,
    COLON,
    COMMA,
    DASH,
    FIN,
    FINITE,
    GEN,
    IMPS,
    LOC,
    NOM,
    NOMINAL,
    NOUN,
    PCON,
    PLAIN,
    PRAET,
    PRI,
    QUOTE,
    STOP,
)
from discourse.attribution.lexicon import words

#: Verbs that tell what the sentence before says: *A. Poinformował o tym X.*
_TELLING = words(
    "informować poinformować donosić donieść pisać napisać alarmować zaalarmować zawiadomić powiadomić podać podawać "
    "przekazać przekazywać powiadamiać ogłosić"
)
_CONCEDING = words("choć chociaż jeśli jeżeli skoro gdy kiedy")
#: Verbs that a noun of saying completes.
_GIVING = words(
    "wyrazić wyrażać złożyć składać wydać wydawać przekazać przedstawić przedstawiać podać zgłosić zawierać wysunąć "
    "wysuwać formułować sformułować głosić mieć dać dawać postawić stawiać powtórzyć powtarzać wygłosić opublikować"
)
#: What facts do as well as people.
_SHOWING = words("sugerować wskazywać potwierdzać potwierdzić pokazywać pokazać dowodzić wykazywać wykazać")
_POINTING = (["o", "tym"], ["o", "czym"], ["dane", "te"], ["te", "dane"], ["takie", "dane"], ["taką", "informację"],
    ["takie", "informacje"], ["informację", "tę"], ["tę", "informację"], ["informację", "o"])  # fmt: skip


class Clauses(Finder):
    """Clauses with a complementiser."""

    def _pointing(self, cue: Cue, lo: int, hi: int) -> bool:
        """*A. Poinformował o tym X.* and *A, o czym donosi X*: the sentence or clause before is the content."""
        article = self.article
        if cue.lemma not in _TELLING or cue.form not in (FIN, PRAET):
            return False
        before, after = article.low[max(lo, cue.verb - 2) : cue.verb], article.low[cue.verb + 1 : cue.verb + 3]
        which = "o czym" if before == ["o", "czym"] else ""
        if not which and before not in _POINTING[:-1] and after not in _POINTING[:-1]:
            return False
        begin = cue.verb - 2 if before in _POINTING else cue.verb
        if which:
            if begin - 1 <= lo or article.kind[begin - 1] != COMMA:
                return False
            piece = (contents.clause_start(article, begin - 1, lo), begin - 1)
        else:
            if (
                begin > lo
                or lo == 0
                or article.par_lo[lo] == lo
                or any(article.kind[at] == COLON for at in range(lo, hi))
            ):
                return False
            piece = (article.sent_lo[lo - 1], lo)
        if not contents.finite(article, *piece) or any(report.at >= piece[0] for report in self.reports[-3:]):
            return False
        source = sources.subject(article, cue.verb, lo, hi)
        if source is None:
            return False
        return self._make(cue, ACCORDING, source, [piece]) is not None

    def _fronted(self, cue: Cue, lo: int, hi: int) -> bool:
        """*O tym, że A, poinformował X*: the clause before its verb."""
        article = self.article
        if article.low[lo : lo + 4] not in (["o", "tym", ",", "że"], ["o", "tym", ",", "iż"]):
            return False
        if cue.form not in (FIN, PRAET) or cue.lo - lo > 120 or self._followers(lo, cue.verb):
            return False
        source = sources.subject(article, cue.verb, lo + 4, hi)
        comma = next((at for at in range(cue.lo - 1, lo + 4, -1) if article.kind[at] == COMMA), None)
        end = comma if comma is not None else source[0] if source is not None and source[0] < cue.lo else None
        if end is None or not contents.finite(article, lo + 4, end):
            return False
        return self._make(cue, INDIRECT, source, [(lo + 4, end)]) is not None

    def _clause(self, cue: Cue, lo: int, hi: int) -> bool:
        article = self.article
        if cue.form == FIN and article.perfective[cue.verb]:
            return False
        comp = contents.complementiser(article, cue.hi, hi, known=self.known)
        if comp is None:
            return False
        limit = self._content_limit(cue.verb)
        end = contents.clause_end(article, comp + 1, limit, self._followers(comp + 1, limit))
        end = self._before_cue_dash(comp + 1, end)
        end = self._before_participle(comp + 1, end)
        end = self._before_main(cue, lo, comp + 1, end)
        if not contents.finite(article, comp + 1, end) and end - comp < 4:
            return False
        source = self._clause_source(cue, lo, comp - 1)
        if self._no_claim(cue, lo, comp):
            return False
        source = self._shared(cue, source)
        if source is not None and article.low[source[0]] in ("wszystko", "nic", "ja"):
            return False  # wszystko wskazuje na to, że …
        if cue.lemma == "wskazywać" and "wszystko" in article.low[max(lo, cue.verb - 3) : cue.verb + 3]:
            return False
        if cue.lemma in TEXTS and source is None and cue.form != IMPS:
            return False
        if article.low[comp - 2] in ("fakt", "faktem", "faktu") and article.low[comp - 3] != "na":
            return False  # komentuje fakt, że; but zwraca uwagę na fakt, że
        if cue.lemma in ("pokazywać", "pokazać") and source is not None and self._acts(source):
            return False  # rząd pokazuje, że nie umie
        if cue.lemma in _SHOWING and source is not None and self._happens(source):
            return False  # spotkanie pokazuje, że
        if cue.lemma == "wynikać" and source is not None and article.low[source[0]] in ("tego", "czego"):
            return False
        report = self._make(cue, INDIRECT, source, [(comp + 1, end)])
        if report is not None:
            report.case = GEN if cue.lemma == "wynikać" else LOC if cue.form == IMPS else NOM
        if report is not None and cue.form == PCON and source is None:
            report.owner = self._main(cue.verb)
        return report is not None

    def _before_main(self, cue: Cue, lo: int, begin: int, end: int) -> int:
        """The end of a clause moved before the main clause that *to* opens (choć X mówi, że A, to B)."""
        article = self.article
        if article.low[contents.clause_start(article, cue.lo, max(lo, cue.lo - 30))] not in _CONCEDING:
            return end
        return next(
            (
                at
                for at in range(begin + 1, min(end - 1, begin + 100))
                if article.kind[at] == COMMA and article.low[at + 1] == "to"
            ),
            end,
        )

    def _no_claim(self, cue: Cue, lo: int, comp: int) -> bool:
        """Whether nobody claims: czy uważa, że; co sugeruje, że; wiele wskazuje na to, że; krytykuje za to, że."""
        article = self.article
        clause = contents.clause_start(article, cue.lo, max(lo, cue.lo - 30))
        words_before = article.low[clause : cue.lo]
        if article.low[comp - 3 : comp - 1] == ["za", "to"] or "czy" in words_before[:1]:
            return True
        if cue.lemma not in _SHOWING:
            return False
        return words_before[-1:] == ["co"] or "wiele" in words_before[-2:]

    def _shared(self, cue: Cue, source: tuple[int, int] | None) -> tuple[int, int] | None:
        """The source, or that of the report to which this one is joined (X mówi, że A i dodaje, że B)."""
        last = self.reports[-1] if self.reports else None
        if last is None or not last.tokens or last.source is None or last.type == DIRECT:
            return source
        lo, hi = last.tokens[-1]
        joined = 0 < cue.lo - hi <= 3 and self.article.low[hi] in ("i", "oraz")
        within = source is None or (lo <= source[0] and source[1] <= hi)
        return last.source if joined and within else source

    def _acts(self, source: tuple[int, int]) -> bool:
        """Whether the source is somebody or a body, who shows by deeds, and not a text."""
        article, lexicon = self.article, self.lexicon
        if any(article.lemma[at] in lexicon.documents for at in range(*source)):
            return False
        first = article.lemma[source[0]]
        return article.proper[source[0]] or first in lexicon.persons or first in lexicon.institutions

    def _happens(self, source: tuple[int, int]) -> bool:
        """Whether the source is an event or a state, named by a verb's noun, of which no text or body is the head."""
        article, lexicon = self.article, self.lexicon
        head = next((at for at in range(*source) if article.cls[at] == NOUN), source[0])
        lemma = article.lemma[head]
        known = article.voice[head] or article.proper[head] or lemma in lexicon.documents
        return not known and lemma.endswith(("nie", "cie", "ość", "cja", "zja"))

    def _giver(self, cue: Cue, lo: int) -> tuple[int, int] | None:
        """The subject of the verb that a noun of saying completes (X wyraził nadzieję, że)."""
        article = self.article
        for at in range(cue.lo - 1, max(lo, cue.lo - 4) - 1, -1):
            if article.cls[at] in (FIN, PRAET):
                if article.lemma[at] not in _GIVING:
                    return None
                return sources.subject(article, at, lo, cue.lo, first="before")
        return None

    def _noun(self, cue: Cue) -> None:
        """*zapewnienie X, że A* and *X jest przekonany, że A*."""
        article = self.article
        lo, hi = self._limits(cue.verb)
        at = cue.hi
        source: tuple[int, int] | None = None
        if cue.lemma == "uwaga" and article.low[cue.lo - 1 : cue.lo] not in (["na"], ["po"]):
            return  # na uwagę, że; but z uwagi na to, że
        if cue.kind == NOMINAL_CUE:
            if article.low[at : at + 1] == ["tego"]:
                at += 1  # potwierdzenie tego, że
            elif at < hi and article.cls[at] in NOMINAL and article.kind[at] in (PLAIN,) and article.cases[at] & GEN:
                at = nounphrases.phrase_end(article, at, hi, GEN)
                source = (cue.hi, at)
            elif at < hi and at in article.opening and bounds.is_name(article, article.opening[at]):
                source = (at, article.inner[article.opening[at]][1] + 1)
                at = source[1]
            elif cue.lo > lo and article.low[cue.lo - 1] in ("jego", "jej", "ich"):
                source = (cue.lo - 1, cue.lo)
            else:
                source = self._giver(cue, lo)
            while (
                at < hi
                and at < cue.hi + 14
                and article.kind[at] not in (COMMA, STOP, COLON, DASH, QUOTE)
                and article.cls[at] not in FINITE
            ):
                at += 1
            if at < hi and article.kind[at] == COMMA and at + 1 < hi and article.lemma[at + 1] == "który":
                return
        else:
            while at < hi and at < cue.hi + 6 and article.kind[at] == PLAIN and article.cls[at] not in FINITE:
                at += 1
        if at + 1 >= hi or article.kind[at] != COMMA or article.low[at + 1] not in contents.COMPLEMENTISERS:
            return
        if (
            cue.kind == NOMINAL_CUE
            and any(back in self.known for back in range(max(lo, cue.lo - 4), cue.lo))
            and any(report.at >= cue.lo - 4 and report.at < cue.lo for report in self.reports[-2:])
        ):
            return
        if cue.kind == NOMINAL_CUE and article.low[max(lo, cue.lo - 2) : cue.lo] == ["nie", "ma"]:
            return
        own = range(max(lo, cue.lo - 3), cue.lo)
        if cue.kind == NOMINAL_CUE and any(article.cls[back] == FIN and article.person[back] & PRI for back in own):
            return  # mamy informacje, że: the speaker's own
        limit = self._content_limit(cue.verb)
        begin = at + 2
        end = contents.clause_end(article, begin, limit, self._followers(begin, limit))
        end = self._before_participle(begin, self._before_cue_dash(begin, end))
        if not contents.finite(article, begin, end):
            return
        if cue.kind == PREDICATIVE:
            source = preceding.before(article, cue.verb, lo, article.nominative[cue.verb] or 1023)
            if any(
                article.low[back] in ("pan", "pani", "państwo", "jestem", "jesteśmy", "byłem", "byłam")
                or article.cls[back] == AGLT
                for back in range(max(lo, cue.lo - 5), min(hi, cue.hi + 2))
            ):
                return
            if source is None and not any(
                article.lemma[back] in ("być", "pozostawać", "zostać") for back in range(max(lo, cue.lo - 5), cue.lo)
            ):
                return
        report = self._make(cue, INDIRECT, source, [(begin, end)])
        if report is not None:
            report.case = GEN if cue.kind == NOMINAL_CUE else NOM
            report.impersonal = cue.kind == NOMINAL_CUE
            report.mask = article.nominative[cue.verb] if cue.kind == PREDICATIVE else 0  # są przekonani: of men
