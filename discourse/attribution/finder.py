"""What the constructions share: the article, its cues, the reports found so far, and how far a clause runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from discourse.attribution import contents, sources
from discourse.attribution.bounds import within
from discourse.attribution.cues import NOMINAL_CUE, PHRASE, VERB, Cue, cues
from discourse.attribution.grammar import (
    COMMA,
    DASH,
    FIN,
    FINITE,
    GEN,
    IMPS,
    LOC,
    NOM,
    NOUN,
    PCON,
    PRAET,
    PRED,
    STOP,
    UNKNOWN,
)
from discourse.attribution.lexicon import Lexicon, words
from discourse.attribution.origins import Origins
from discourse.attribution.view import Article

DIRECT, INDIRECT, ACCORDING = "direct", "indirect", "according"


#: Verbs of texts and figures.
TEXTS = words("pokazywać pokazać dowodzić dowieść stanowić wykazywać wykazać udowodnić uświadamiać obrazować")
#: Verbs that with *się* say what people say: mówi się, że.
_WITHOUT_SUBJECT = words(
    "mówić podkreślać twierdzić uważać wskazywać pisać zaznaczać przyjmować sądzić przypuszczać szacować przewidywać "
    "prognozować zakładać uznawać powtarzać dodawać podawać informować zauważać oceniać spekulować wspominać"
)


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
    unowned: bool = False  # an impersonal verb: napisano
    post: bool = False  # a post under its author's name
    owner: int = -1  # token of the cue whose subject is this one's too


class Finder(Origins):
    """The state of one article's search; the constructions are its subclasses."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article, self.lexicon = article, lexicon
        self.cues = cues(article, lexicon)
        self.followers = sorted(cue.verb for cue in self.cues if cue.kind == VERB and "after" not in cue.frames)
        self.known = frozenset(self.followers)
        self.reports: list[Report] = []
        self.used_openers: set[int] = set()
        self.used_quotes: set[int] = set()
        self.spoken: list[
            tuple[int, int, int, Report]
        ] = []  # (opener or -1, end of content, end of the cue's clause, report)
        self.pending: list[tuple[Cue, tuple[int, int]]] = []  # claims at second hand before their report
        self.consumed = 0  # token after the last cue clause of speech

    def _add(self, report: Report) -> Report | None:
        if not report.content:
            return None
        self.reports.append(report)
        return report

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

    def _make(
        self, cue: Cue, kind: str, source: tuple[int, int] | None, pieces: list[tuple[int, int]]
    ) -> Report | None:
        article = self.article
        pieces = [
            piece
            for piece in pieces
            if piece[1] - piece[0] > 2
            or contents.finite(article, *piece)
            or len(pieces) == 1
            or any(article.cls[at] in (NOUN, UNKNOWN) for at in range(*piece))
        ]
        spans = [found for piece in pieces if (found := contents.span(article, *piece))]
        lo, hi = cue.span or (cue.lo, cue.hi)
        case = GEN if cue.lemma == "wynikać" else LOC if cue.form == IMPS else NOM
        mask = 0 if cue.kind in (PHRASE, NOMINAL_CUE) else sources.agreement(article, cue.verb)
        if cue.form not in (FIN, PRAET):
            mask = 1023 if cue.form != IMPS and cue.kind == VERB else mask
        return self._add(
            Report(
                kind,
                spans,
                (article.start[lo], article.end[hi - 1]),
                source,
                cue.lemma,
                cue.stance,
                cue.verb,
                mask,
                case,
                self._nobody(cue),
                list(pieces),
                unowned=cue.form == IMPS,
            )
        )

    def _nobody(self, cue: Cue) -> bool:
        """Whether the verb of a cue has no subject: napisano, mówi się."""
        around = self.article.low[max(0, cue.verb - 1) : cue.verb + 2]
        return cue.form == IMPS or ("się" in around and cue.lemma in _WITHOUT_SUBJECT)

    def _followers(self, lo: int, hi: int) -> list[int]:
        return within(self.followers, lo + 1, hi) if hi - lo < 600 else []

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
            reporting = article.cls[at] == PCON and at in self.known and article.kind[at - 1] in (COMMA, DASH)
            if reporting and contents.complementiser(article, at + 1, hi) is not None:
                return at - 1
        return hi

    def _spoke(self, opener: int, clause: int, report: Report | None) -> None:
        if report is not None:
            self.consumed = max(
                self.consumed,
                clause + 1 if clause < len(self.article) and self.article.kind[clause] == STOP else clause,
            )
            self.spoken.append((opener, clause, self.consumed, report))

    def _extend(self, report: Report, lo: int, hi: int) -> None:
        found = contents.span(self.article, lo, hi)
        if found is not None:
            report.content.append(found)
            report.tokens.append((lo, hi))

    def _main(self, participle: int) -> int:
        """The finite verb whose subject a participle shares: the nearest before it in the sentence, else after it."""
        article = self.article
        lo, hi = article.sent_lo[participle], article.sent_hi[participle]
        skip = -1
        for at in range(participle - 1, max(lo, participle - 60) - 1, -1):
            if article.cls[at] in FINITE and article.cls[at] != PRED:
                clause = contents.clause_start(article, at, lo)
                if article.lemma[clause] not in ("który", "jaki") and article.low[clause] not in (
                    "że",
                    "iż",
                    "gdy",
                    "jak",
                    "by",
                    "aby",
                    "żeby",
                    "iż",
                    "jakie",
                    "co",
                ):
                    return at
                skip = at if skip < 0 else skip
        for at in range(participle + 1, min(hi, participle + 60)):
            if article.cls[at] in (FIN, PRAET, IMPS):
                return at
        return skip

    def _clause_source(self, cue: Cue, lo: int, hi: int) -> tuple[int, int] | None:
        article = self.article
        if cue.lemma == "wynikać":
            return self._origin(lo, cue.verb) or self._origin(cue.verb + 1, hi, after=True)
        if cue.form == IMPS:
            return self._place(lo, hi, read=cue.lemma == "czytać")
        if self._nobody(cue):
            return self._place(lo, hi)
        if cue.form == PCON:
            main = self._main(cue.verb)
            if main < 0 or article.cls[main] == IMPS:
                return self._place(lo, cue.verb)
            mask = sources.agreement(article, main)
            return sources.subject(article, main, article.sent_lo[main], cue.verb, first="before", mask=mask)
        return sources.subject(article, cue.verb, lo, hi, first="before")
