"""How far speech without marks around it reaches, back from its cue or on from a colon: small models over sentences.

A beginning's score is the sum of the weights of what is seen in the sentences after it, and at the place itself; an
end's that of the sentences before it, and of the place.
"""

from __future__ import annotations

import functools
from pathlib import Path

import polars as pl

from discourse.attribution import contents
from discourse.attribution.bounds import holds, within
from discourse.attribution.endings import key
from discourse.attribution.grammar import (
    COLON,
    FIN,
    IMPS,
    OPEN,
    PRAET,
    QUOTE,
    SEC,
    STOP,
)
from discourse.attribution.lexicon import words
from discourse.attribution.view import Article

#: One row a feature: its name and weight; see the README beside it.
FILE = Path(__file__).with_name("weights") / "reach.csv"
#: So many sentences at most, and none longer than this in tokens, are speech before an unmarked cue.
RUN, LONG = 14, 150

_DAYS = words(
    "poniedziałek wtorek środa czwartek piątek sobota niedziela wczoraj dziś dzisiaj rozmowa konferencja wywiad portal "
    "radio telewizja twitter facebook wpis antena PAP TVN24 Polsat RMF TVP"
)
_NARRATIVE = words(
    "jak pytany pytana zapytany zapytana dopytywany dopytywana odnosząc według zdaniem natomiast tymczasem podczas "
    "wcześniej minister rzecznik szef polityk poseł posłanka ekspert prezydent premier wiceminister przewodniczący"
)
_TALK = words(
    "więc no właśnie naprawdę przecież to tu tutaj ale bo i a oczywiście my ja nie czy jeśli jeżeli dlatego trzeba "
    "jest są być proszę dziś teraz niech może po"
)

#: Between brackets they stand for words left out of a quotation.
_LEFT_OUT = frozenset(("…", "."))


def beginnings(article: Article, start: int, floor: int) -> list[int]:
    """The places where speech whose last sentence begins at `start` may begin, nearest first."""
    found = [start]
    at = start
    while at > floor and len(found) < RUN:
        begin = max(article.sent_lo[at - 1], floor)
        if at - begin > LONG or article.boilerplate[begin]:
            break
        at = begin
        found.append(at)
    return found


def observed(
    article: Article, starts: list[int], mark: int, floor: int, source: tuple[int, int] | None, cues: frozenset[int]
) -> list[frozenset[str]]:
    """For each beginning, what is seen in the sentence that it opens (`s:`) and at its edge (`b:`).

    `source` are the tokens of the phrase that names the speaker, `cues` those of reporting words.
    """
    speaker = _names(article, *source) if source else frozenset()
    ends = [mark, *starts[:-1]]
    return [
        frozenset(
            [f"s:{name}" for name in _sentence(article, lo, hi, speaker, cues, number)]
            + [f"b:{name}" for name in _edge(article, lo, hi, floor, speaker, cues)]
        )
        for number, (lo, hi) in enumerate(zip(starts, ends, strict=True))
    ]


def endings(article: Article, end: int, hi: int) -> list[int]:
    """The places where speech whose first sentence ends at `end` may end, nearest first."""
    found = [end]
    while end < hi and len(found) < RUN and not article.boilerplate[end]:
        after = min(hi, article.sent_hi[end])
        if after - end > LONG:
            break
        end = after
        found.append(end)
    return found


def following(
    article: Article, begin: int, ends: list[int], hi: int, source: tuple[int, int] | None, cues: frozenset[int]
) -> list[frozenset[str]]:
    """For each end, what is seen in the sentence that it closes (`f:`) and in the one after it (`e:`)."""
    speaker = _names(article, *source) if source else frozenset()
    starts = [begin, *ends[:-1]]
    seen = [_sentence(article, lo, end, speaker, cues, 0) for lo, end in zip(starts, ends, strict=True)]
    opening = "opens in the first person" if "first person" in seen[0] else "opens without the first person"
    found = []
    for number, end in enumerate(ends):
        after = ["floor"] if end >= hi else ["any"]
        if end < hi:
            gap = article.start[end] - article.end[end - 1]
            after += ["wide gap"] if gap > 1 else [] if gap else ["no gap"]
            after += seen[number + 1] if number + 1 < len(seen) else []
        inside = [*seen[number], *([opening] if number else [])]
        found.append(frozenset([f"f:{name}" for name in inside] + [f"e:{name}" for name in after]))
    return found


def _sentence(
    article: Article, lo: int, hi: int, speaker: frozenset[str], cues: frozenset[int], number: int
) -> list[str]:
    """What a sentence shows of being somebody's words or the author's."""
    found = ["any"]
    first = contents.first_person(article, lo, hi)
    if first:
        found.append("first person")
    finite = within(article.finite, lo, hi)
    past = [at for at in finite if article.cls[at] == PRAET]
    if finite and len(past) == len(finite) and not first:
        found.append("all past")
    elif finite and not past:
        found.append("no past")
    if any(article.cls[at] == FIN and article.person[at] & SEC for at in finite):
        found.append("second person")
    cue = [at for at in range(lo, hi) if at in cues]
    if cue:
        found.append("cue")
        if not first:
            found.append("cue, third person")
        if any(article.cls[at] in (PRAET, IMPS) for at in cue):
            found.append("past cue")
    kinds = article.kind[lo:hi]
    if QUOTE in kinds:
        found.append("quotation")
    names = within(article.subjects, lo, hi)
    if names:
        found.append("name as subject")
        if names[0] <= lo + 3:
            found.append("name first")
    if speaker and speaker & _names(article, lo, hi):
        found.append("speaker")
    if not (_DAYS.isdisjoint(article.lemma[lo:hi]) and _DAYS.isdisjoint(article.form[lo:hi])):
        found.append("day or outlet")
    if article.low[lo] in _NARRATIVE:
        found.append("narrative word")
    if article.low[lo] in _TALK:
        found.append("talk word")
    if article.form[hi - 1] == "?":
        found.append("question")
    if article.form[hi - 1] in ("!", "…", "..."):
        found.append("exclamation")
    if OPEN in kinds and any(
        article.form[at] in _LEFT_OUT and article.kind[at - 1] == OPEN for at in range(lo + 1, hi)
    ):
        found.append("left out")
    length = hi - lo
    if length < 9 or length > 28:
        found.append("short" if length < 9 else "long")
    if number > 3:
        found.append("far")
    if holds(article.numerals, lo, hi):
        found.append("digits")
    return found


def _edge(article: Article, lo: int, hi: int, floor: int, speaker: frozenset[str], cues: frozenset[int]) -> list[str]:
    """What stands right before a sentence."""
    found = []
    if lo == floor:
        found.append("floor")
        found.append("paragraph" if article.par_lo[lo] == lo else "after a cue")
        return found
    gap = article.start[lo] - article.end[lo - 1]
    if gap > 1:
        found.append("wide gap")
    elif gap == 0:
        found.append("no gap")
    before = article.kind[lo - 1]
    if before == COLON:
        found.append("colon")
    elif before == QUOTE:
        found.append("after a quotation")
    elif before != STOP:
        found.append("no stop")
    begin = max(article.sent_lo[lo - 1], floor)
    if not cues.isdisjoint(range(begin, lo)):
        found.append("cue before")
    if speaker and speaker & _names(article, begin, lo):
        found.append("speaker before")
    if begin == floor:
        found.append("second")
    if article.low[begin] in _NARRATIVE:
        found.append("narrative before")
    if contents.first_person(article, begin, lo):
        found.append("first person before")
    return found


def _names(article: Article, lo: int, hi: int) -> frozenset[str]:
    """The keys of the names in a stretch."""
    return frozenset(key(article.form[at]) for at in within(article.caps, lo, hi) if article.proper[at])


def likeliest(seen: list[frozenset[str]], known: dict[str, float]) -> int:
    """The index of the likeliest beginning or end."""
    total, best, chosen = 0.0, float("-inf"), 0
    for number, features in enumerate(seen):
        if number:
            total += sum(known.get(name, 0.0) for name in sorted(features) if name[0] in "sf")
        here = total + sum(known.get(name, 0.0) for name in sorted(features) if name[0] in "be")
        if here > best:
            best, chosen = here, number
    return chosen


@functools.cache
def weights() -> dict[str, float]:
    """The weights that come with the package."""
    return dict(pl.read_csv(FILE).iter_rows()) if FILE.exists() else {}
