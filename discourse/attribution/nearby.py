"""Nouns near a passage without a name that it may mean: before a pronoun, as subjects of verbs with nouns of saying."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from discourse.attribution.cast import Cast
from discourse.attribution.finder import Report
from discourse.attribution.grammar import (
    ACC,
    ADJ,
    ANY_GENDER,
    COLON,
    COMMA,
    DASH,
    FIN,
    M1,
    MASCULINE,
    NOM,
    NOUN,
    NUM,
    PARTICIPLE,
    PL,
    PLAIN,
    PRAET,
    PREP,
    SG,
    UNKNOWN,
    F,
    N,
)
from discourse.attribution.lexicon import words
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.prepositions import TIMES
from discourse.attribution.questions import IMPERSONAL, PRONOUN, Question, far
from discourse.attribution.speaker import Speaker
from discourse.attribution.view import Article

#: Verbs whose subject is told what a noun of saying holds (dostał odpowiedź, że …).
TAKING = words(
    "otrzymać otrzymywać dostać dostawać usłyszeć słyszeć uzyskać uzyskiwać przyjąć przeczytać zobaczyć zareagować "
    "odpowiedzieć odpowiadać odnieść komentować skomentować zgadzać zgodzić kwestionować odrzucić odrzucać dementować"
)
#: Questions that look for such nouns.
ASKING = frozenset((PRONOUN, IMPERSONAL))
#: Sentences before the passage, nouns in all, tokens after the cue.
_SENTENCES, _NOUNS, _AHEAD = 2, 14, 12

#: Uses of a pronoun that ask for a text.
_OF_TEXTS = frozenset(("from", "in", "by"))

_HER = frozenset(("niej", "jej", "ona", "ta", "nią", "sama", "tamta", "tej", "tą"))
_HIM = frozenset(("niego", "nim", "jego", "on", "ten", "tamten", "sam"))
_THEM = frozenset(("nich", "ich", "nimi", "tych", "same"))
_MEN, _OTHERS = frozenset(("oni", "ci", "sami", "tamci")), frozenset(("one", "te", "tamte"))
_WHOSE = frozenset(("jego", "jej", "ich"))


@dataclass(slots=True, frozen=True)
class Phrase:
    """A noun phrase: its tokens, its noun, the case of the noun, and what makes it likely or not."""

    lo: int
    hi: int
    case: int
    sort: str
    features: tuple[str, ...]


def use(article: Article, report: Report, kind: str) -> str:
    """How a pronoun or an impersonal report is used: *z niej* as a text is, *ich zdaniem* as persons are."""
    if kind == PRONOUN and report.source is not None:
        lo = report.source[0]
        before = article.low[lo - 1] if lo and article.cls[lo - 1] == PREP else ""
        if article.low[lo] in _WHOSE and before not in ("według", "wg"):
            return "whose"
        if before in ("w", "we", "na"):
            return "in"
        return "from" if before in ("z", "ze") else "by" if before else "subject"
    if kind == IMPERSONAL:
        if report.verb == "czytać" or report.unowned:
            return "read" if report.verb == "czytać" else "done"
        return "noun" if article.cls[report.at] == NOUN else "reflexive"
    return ""


def wanted(article: Article, report: Report) -> int:
    """The genders in the singular, and << 5 in the plural, of what a pronoun may mean; all for want of one."""
    if report.source is None:
        return ANY_GENDER | ANY_GENDER << 5
    word = article.low[report.source[0]]
    if word in _HER:
        return F
    if word in _HIM:
        return MASCULINE | N
    if word in _THEM:
        return ANY_GENDER << 5
    if word in _MEN:
        return M1 << 5
    return (ANY_GENDER & ~M1) << 5 if word in _OTHERS else report.mask


def nearby(article: Article, cast: Cast, question: Question) -> Iterator[Phrase]:
    """The nouns in the sentences before a passage that it may mean, the nearest first; then those after its cue."""
    report = question.report
    genders = wanted(article, report) if question.kind == PRONOUN else ANY_GENDER | ANY_GENDER << 5
    how = question.use
    seen: dict[str, int] = {}
    count = 0
    begins = min(question.begins, len(article) - 1)
    lo, hi = article.sent_lo[begins], question.begins
    places: list[tuple[int, int]] = []  # noun, sentences away
    for away in range(_SENTENCES + 1):
        places += [(at, away) for at in range(hi - 1, max(lo, hi - 60) - 1, -1)]
        if lo == 0:
            break
        hi, lo = lo, article.sent_lo[lo - 1]
    if question.kind == IMPERSONAL and report.at >= 0:
        end = min((first for first, _ in report.tokens if first > report.at), default=article.sent_hi[report.at])
        places += [(at, -1) for at in range(report.at + 1, min(end, report.at + _AHEAD, article.sent_hi[report.at]))]
    for at, away in places:
        if article.kind[at] != PLAIN or article.cls[at] not in (NOUN, UNKNOWN):
            continue
        sort = _sort(article, cast, at) or ("thing" if how in _OF_TEXTS and _is_thing(article, at) else "")
        if not sort or not _agrees(article, at, genders):
            continue
        lo = at
        while lo > article.sent_lo[at] and article.kind[lo - 1] == PLAIN and _modifies(article, lo - 1, at):
            lo -= 1
        case = article.case[at] or NOM
        end = phrase_end(article, lo, article.sent_hi[at], case)
        if end <= at:
            continue
        nested = lo > 0 and article.kind[lo - 1] == PLAIN and article.cls[lo - 1] == NOUN and not case & NOM
        which = "ahead" if away < 0 else far(away)
        order = min(seen.get(sort, 0), 2)
        seen[sort] = order + 1
        stands = "subject" if case & NOM else "within" if nested else "object" if case & ACC else "oblique"
        features = [
            f"near {sort}, {how}",
            f"near {sort} {order}, {how}",
            f"near {which}, {how}",
            f"near {stands}, {how}",
            f"near {which} {stands} {sort}",
        ]
        if count == 0:
            features.append(f"near first, {how}")
        if article.quote[at] >= 0 and article.quote[at] != article.quote[begins]:
            features.append("near quoted")
        if away < 0 and lo > 0 and article.cls[lo - 1] == PREP:
            features.append(f"near ahead, {article.low[lo - 1]}")
        yield Phrase(lo, end, case, sort, tuple(features))
        count += 1
        if count == _NOUNS:
            return


def text_of(near: Sequence[tuple[Speaker, tuple[str, ...]]], how: str) -> Speaker | None:
    """The text that a pronoun means: the nearest that is no other's genitive, else what somebody showed or wrote."""
    texts = [one for one, signs in near if f"near text, {how}" in signs and f"near within, {how}" not in signs]
    things = [one for one, signs in near if {f"near thing, {how}", f"near object, {how}"} <= set(signs)]
    return next(iter(texts + things), None)


def governor(article: Article, report: Report) -> int:
    """The verb whose subject may own a noun of saying (Sowa powtórzył tezę, że …); -1 where there is none."""
    at = report.at
    first = article.sent_lo[at]
    for verb in range(at - 1, max(first, at - 30) - 1, -1):
        if article.kind[verb] in (COMMA, DASH, COLON) and article.kind[verb - 1] == PLAIN:
            break
        if article.cls[verb] in (FIN, PRAET):
            return verb
    end = min((lo for lo, _ in report.tokens if lo > at), default=at)
    return next((verb for verb in range(at + 1, min(end, at + _AHEAD)) if article.cls[verb] in (FIN, PRAET)), -1)


def _sort(article: Article, cast: Cast, at: int) -> str:
    lexicon, lemma = cast.lexicon, article.lemma[at]
    if cast.is_person_noun(at):
        return "person"
    if lemma in lexicon.institutions or article.form[at] in lexicon.institutions:
        return "body"
    if lemma in lexicon.documents:
        return "text"
    return "other" if article.voice[at] and not article.proper[at] else ""


def _is_thing(article: Article, at: int) -> bool:
    """Whether a noun is of something that may be a text (tabelka, z której wynika)."""
    common = article.cls[at] == NOUN and not article.cap[at]
    return common and not article.gender[at] & M1 and article.lemma[at] not in TIMES


def _agrees(article: Article, at: int, genders: int) -> bool:
    gender, number = article.gender[at], article.number[at]
    return bool((number & SG and gender & genders) or (number & PL and gender & genders >> 5))


def _modifies(article: Article, at: int, noun: int) -> bool:
    """Whether a word before a noun is an adjective or numeral of it."""
    return article.cls[at] in (ADJ, PARTICIPLE, NUM) and bool(article.cases[at] & article.cases[noun])
