"""Cues: the reporting verbs, phrases and nouns of an article that may introduce a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from discourse.attribution.entries import Phrase, Verb, Verbal
from discourse.attribution.grammar import (
    ADJ,
    ADV,
    AGLT,
    BREV,
    COLON,
    COMMA,
    COMP,
    DASH,
    FIN,
    IMPS,
    INF,
    NOUN,
    PART,
    PCON,
    PLAIN,
    PRAET,
    PRI,
    QUOTE,
    SEC,
    SEMICOLON,
    TER,
)
from discourse.attribution.lexicon import POSSESSIVES, Lexicon, words
from discourse.attribution.tables import START
from discourse.attribution.view import Article

#: Verbs that report only without *się*: opowiedział, but opowiedział się za.
_NOT_REFLEXIVE = words(
    "opowiedzieć opowiadać rozwijać rozwinąć zapowiadać zapowiedzieć podać podawać zaczynać zacząć kończyć "
    "zakończyć zwracać zwrócić odpowiadać powtarzać powtórzyć powoływać pokazać pokazywać przedstawiać ujawnić "
    "ujawniać potwierdzić potwierdzać"
)
#: Classes of verbs that may report.
_VERBS = frozenset((FIN, PRAET, IMPS, PCON, INF))
VERB, PHRASE, NOMINAL_CUE, PREDICATIVE = "verb", "phrase", "nominal", "predicative"
#: Verbs whose participles tell what somebody did and not said.
_THINKING = words("myśleć wierzyć sądzić pomyśleć wątpić")
#: Verbs that a reporting infinitive may hang on: nie omieszkał dodać, miał powiedzieć.
_AUXILIARIES = words(
    "mieć zdążyć omieszkać postanowić zacząć zaczynać próbować usiłować musieć zdecydować pospieszyć zdawać "
    "starać woleć kazać ośmielić pozwolić lubić skończyć raczyć przestawać"
)

#: What opens a wish, a purpose or the future, and how far before its verb it may stand.
_UNREAL_WORDS, _UNREAL = words("by aby żeby ażeby będzie będą"), 12
#: What anybody can do with a text: można przeczytać w raporcie.
_READING, _CAN = words("czytać przeczytać wyczytać"), words("można możemy")


@dataclass(slots=True)
class Cue:
    """A cue in an article: its tokens, the verb among them, what the lexicon says of it."""

    kind: str
    lo: int
    hi: int
    verb: int  # the token that agrees with the subject, and before and after which things stand
    lemma: str
    stance: str
    frames: frozenset[str]
    form: int  # word class of the verb
    hearsay: bool = False  # an infinitive under mieć
    phrase: Phrase | None = None
    span: tuple[int, int] | None = None  # tokens of the cue as annotated, where not lo to hi


def cues(article: Article, lexicon: Lexicon) -> list[Cue]:
    """The possible cues of an article, by position; those that are negated, asked or in the first person left out."""
    found: list[Cue] = []
    taken = -1
    for at in article.candidates:
        if at < taken:
            continue
        cls = article.cls[at]
        cue = _phrase(article, at, lexicon)
        if cue is None and cls in _VERBS:
            cue = _verb(article, at, lexicon)
        if cue is None and cls in (NOUN, ADJ):
            cue = _noun(article, at, lexicon)
        if cue is not None:
            found.append(cue)
            taken = max(taken, cue.hi if cue.kind == PHRASE or cue.hi - cue.lo > 1 else taken)
    return found


def _phrase(article: Article, at: int, lexicon: Lexicon) -> Cue | None:
    """The phrase of the lexicon that begins at a token; the longest where several do."""
    start = article.low[at][:START]
    phrases = lexicon.phrases_by_start.get(start)
    if phrases is None:
        return None
    seconds = lexicon.phrase_seconds.get(start)
    if seconds is not None and (at + 1 == len(article) or article.low[at + 1] not in seconds):
        return None
    for phrase in phrases:
        end = _match(article, at, phrase)
        if end is not None:
            span = (at, at + 1) if phrase.cue else None
            return Cue(PHRASE, at, end, at, phrase.id, "neutral", frozenset(), NOUN, phrase=phrase, span=span)
    return None


def _match(article: Article, at: int, phrase: Phrase) -> int | None:
    """One past the last token of the phrase if it begins at `at`."""
    place = at
    for number, word in enumerate(phrase.words):
        if number and phrase.possessive and place < len(article) and article.low[place] in POSSESSIVES:
            place += 1
        if place >= len(article):
            return None
        low = article.low[place]
        if low != word and not (
            phrase.stems and number == 0 and low.startswith(word[:-1]) and len(low) <= len(word) + 3
        ):
            return None
        place += 1
    return place


def _verb(article: Article, at: int, lexicon: Lexicon) -> Cue | None:
    lemma, cls = article.lemma[at], article.cls[at]
    if article.low[article.sent_lo[at]] == "czyżby":
        return None  # a question
    negated = at > 0 and article.low[at - 1] == "nie"
    hearsay = False
    if cls in (FIN, PRAET):
        if cls == FIN and not article.person[at] & TER:
            if article.low[at] == "czytamy" and not negated:  # - czytamy w raporcie: nobody in particular reads
                return Cue(VERB, at, at + 1, at, lemma, "neutral", frozenset({"speech", "clause", "insert"}), IMPS)
            return None
        if lemma in _NOT_REFLEXIVE and "się" in article.low[max(0, at - 1) : at + 2]:
            return None
        ahead = at + 1
        while (
            ahead < min(len(article), at + 3)
            and article.cls[ahead] in (AGLT, PART)
            and article.start[ahead] == article.end[ahead - 1]
        ):
            if article.cls[ahead] == AGLT and article.person[ahead] & (PRI | SEC):
                return None
            if article.low[ahead] == "by":
                return None
            ahead += 1
        if cls == PRAET and _unreal(article, at):
            return None
    elif cls == PCON and lemma in _THINKING:
        return None  # zgodził się, myśląc, że
    elif cls == INF and lemma in _READING and (can := _can(article, at)) < at:
        frames = frozenset({"speech", "clause", "insert"})
        return Cue(VERB, can, at + 1, at, "czytać", "neutral", frames, IMPS, span=(at, at + 1))
    elif cls == INF:
        hearsay = _under_auxiliary(article, at)
        if not hearsay:
            return None
    verbal = _verbal(article, at, lexicon.verbals.get(lemma, ()), negated)
    if verbal is not None:
        entry, span = verbal
        lo = at - 1 if entry.negated else at
        name = f"nie {lemma}" if entry.negated else lemma
        return Cue(
            VERB,
            min(lo, span[0]),
            span[1],
            at,
            f"{name} {' '.join(entry.words)}",
            entry.stance,
            entry.frames,
            cls,
            hearsay,
        )
    verb: Verb | None = None
    if negated:
        verb = lexicon.negated.get(lemma)
        if verb is None:
            return None
        return Cue(VERB, at - 1, at + 1, at, f"nie {lemma}", verb.stance, verb.frames, cls, hearsay)
    verb = lexicon.verbs.get(lemma)
    if verb is None:
        return None
    return Cue(VERB, at, at + 1, at, lemma, verb.stance, verb.frames, cls, hearsay)


def _can(article: Article, at: int) -> int:
    """The token of *można* right before an infinitive; the infinitive's where there is none."""
    return next((place for place in range(max(0, at - 2), at) if article.low[place] in _CAN), at)


def _unreal(article: Article, at: int) -> bool:
    """Whether a past form tells what somebody may or shall say (*żeby rada orzekła, że*; *rada będzie mówiła, że*)."""
    for place in range(at - 1, max(article.sent_lo[at], at - _UNREAL) - 1, -1):
        low, kind = article.low[place], article.kind[place]
        if low in _UNREAL_WORDS:
            return True
        if kind in (COMMA, COLON, SEMICOLON, DASH, QUOTE) or article.cls[place] in (COMP, PRAET) or low == "jak":
            return False
    return False


def _under_auxiliary(article: Article, at: int) -> bool:
    for back in range(at - 1, max(article.sent_lo[at], at - 5) - 1, -1):
        if article.cls[back] in (FIN, PRAET):
            negated = back > 0 and article.low[back - 1] == "nie" and article.lemma[back] != "omieszkać"
            return article.lemma[back] in _AUXILIARIES and not negated
        if article.kind[back] != PLAIN:
            return False
    return False


def _verbal(
    article: Article, at: int, entries: tuple[Verbal, ...], negated: bool
) -> tuple[Verbal, tuple[int, int]] | None:
    """The entry whose words follow the verb, with at most three words between, and its tokens."""
    for entry in entries:
        if entry.negated != negated:
            continue
        place, end = 0, at
        for ahead in range(at + 1, min(article.sent_hi[at], at + 6)):
            if article.kind[ahead] == COMMA:
                break
            if (
                article.lemma[ahead] == entry.words[place]
                or article.low[ahead] == entry.words[place]
                or (entry.forms and article.low[ahead] == entry.words[place] + "a")
            ):
                place, end = place + 1, ahead
                if place == len(entry.words):
                    break
        if place == len(entry.words):
            if entry.forms and article.low[end] != "zdania":
                continue
            return entry, (at, end + 1)
    return None


def _noun(article: Article, at: int, lexicon: Lexicon) -> Cue | None:
    lemma, cls = article.lemma[at], article.cls[at]
    if cls == NOUN and lemma in lexicon.nominal:
        return Cue(NOMINAL_CUE, at, at + 1, at, lemma, lexicon.nominal[lemma], frozenset({"clause"}), cls)
    if cls in (ADJ, NOUN) and lemma in lexicon.predicative:
        return Cue(PREDICATIVE, at, at + 1, at, lemma, lexicon.predicative[lemma], frozenset({"clause"}), ADJ)
    if (
        cls == NOUN and lemma in lexicon.verbs and lexicon.verbs[lemma].frames >= {"speech", "clause"}
    ):  # gerunds: wmawianie
        return Cue(NOMINAL_CUE, at, at + 1, at, lemma, lexicon.verbs[lemma].stance, frozenset({"clause"}), cls)
    return None


def words_between(article: Article, lo: int, hi: int) -> Iterator[int]:
    """The tokens of a stretch that are neither adverb nor particle nor abbreviation."""
    return (at for at in range(lo, hi) if article.cls[at] not in (ADV, PART, BREV))
