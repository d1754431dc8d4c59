"""Where an article names whom, who spoke where, and what stands around a report."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from operator import eq, itemgetter

from discourse.attribution.appositions import apposed
from discourse.attribution.cast import Cast
from discourse.attribution.finder import Report
from discourse.attribution.grammar import AGLT, M1, SG, F
from discourse.attribution.namedbodies import NamedBody
from discourse.attribution.questions import DROPPED, PRONOUN, Question
from discourse.attribution.speaker import Speaker
from discourse.attribution.view import Article

#: Named bodies that a decision looks at, and mentions of such among which they are looked for.
_BODIES, _BODIES_BACK = 6, 15
#: Further ones that are called by the noun that asks, and mentions among which these are looked for.
_KIND, _KIND_BACK = 3, 120
#: Nouns of persons that stand for a body (producent: the company).
_TRADES = frozenset(("producent", "operator", "przewoźnik", "nadawca", "wydawca", "organizator", "gigant", "inwestor"))
#: The gender that pronouns ask for.
_OF_PRONOUNS = {"ona": F, "jej": F, "niej": F, "nią": F, "on": M1, "jego": M1, "niego": M1, "nim": M1}
#: Letters of a word that count when words are compared; the least share of them that makes two passages one.
_STEM, _SHARED = 5, 0.5


class Mentions:
    """Where an article names whom, and who spoke where, so far."""

    def __init__(
        self,
        article: Article,
        cast: Cast,
        named: dict[int, Speaker | None],
        reports: list[Report],
        bodies: Callable[[int, int], Iterator[tuple[NamedBody, Speaker]]],
    ) -> None:
        self.article, self.cast, self.bodies = article, cast, bodies
        keys, surnames = {one.key for one in cast.speakers.values() if one.key}, cast.lexicon.surnames
        found: list[tuple[int, int, Speaker, bool]] = []
        for name in cast.names:
            alone = name.parts == 1 and (name.key in keys or name.key in surnames)
            if alone or (name.parts > 1 and cast.personal(name)):
                found.append((name.lo, name.hi, cast.person(name, 0), name.subject))
        self.place = [lo for lo, *_ in found]
        self.ends = [hi for _, hi, *_ in found]
        self.who = [one for *_, one, _ in found]
        self.marks = list(map(id, self.who))
        self.subject = [subject for *_, subject in found]
        self.subjects = [index for index, subject in enumerate(self.subject) if subject]
        self.places: dict[int, list[int]] = {}  # speaker → where they are named
        for place, one in zip(self.place, self.who, strict=True):
            self.places.setdefault(id(one), []).append(place)
        self.until = dict(zip(self.place, self.ends, strict=True))
        self.counts = {mark: len(places) for mark, places in self.places.items()}
        self.most = max(self.counts.values(), default=0)
        self.named_turns: dict[int, list[int]] = {}
        for index, speaker in named.items():
            if speaker is not None:
                self.named_turns.setdefault(id(speaker), []).append(reports[index].at)
        for turns in self.named_turns.values():
            turns.sort()
        self.most_turns = max(map(len, self.named_turns.values()), default=0)
        self.named = {index: speaker for index, speaker in named.items() if speaker is not None}
        self.reports = reports
        self._nouns: dict[str, frozenset[str]] = {}  # the nouns by which the press calls a body
        self._said: list[tuple[int, frozenset[str]]] | None = None
        begins = map(eq, article.sent_lo, range(len(article)))
        self.sentence: list[int] = list(accumulate(begins))

    def _words(self, report: Report) -> frozenset[str]:
        """The beginnings of the longer words reported."""
        words = [self.article.low[at][:_STEM] for lo, hi in report.tokens for at in range(lo, min(hi, lo + 80))]
        return frozenset(word for word in words if len(word) == _STEM)

    def _repeated(self, question: Question) -> frozenset[int]:
        """Those whom the article names elsewhere as saying the same words, as it does for words in its headline."""
        if self._said is None:
            self._said = [(id(speaker), self._words(self.reports[index])) for index, speaker in self.named.items()]
        own = self._words(question.report)
        if len(own) < 3:
            return frozenset()
        said = [(mark, words) for mark, words in self._said if words]
        return frozenset(mark for mark, words in said if len(own & words) >= _SHARED * min(len(own), len(words)))

    def _near(self, report: Report) -> range:
        """The mentions in and beside what is reported, by index."""
        if not report.tokens:
            return range(0)
        lo = min(lo for lo, _ in report.tokens)
        hi = max(hi for _, hi in report.tokens)
        return range(bisect_left(self.place, lo), min(bisect_left(self.place, hi), bisect_left(self.place, lo) + 30))

    def _apposed(self, question: Question) -> int | None:
        """The person named in apposition to a description (członek zarządu i zastępca prezesa [Jan Sowa])."""
        source, case = question.report.source, question.report.case
        if source is None or question.sort not in ("person noun", "human"):
            return None
        index = apposed(self.article, self.place, self.subject, source, case, self.cast.is_person_noun)
        return id(self.who[index]) if index is not None else None

    def _wanted(self, question: Question) -> int:
        """The gender that verb or noun ask for; 0 where they ask for none."""
        mask = question.report.mask
        single = mask & 31
        wanted = 0 if mask >> 5 or not single else F if single == F else M1 if single & M1 and not single & F else 0
        if question.kind == PRONOUN and question.report.source is not None:
            return _OF_PRONOUNS.get(self.article.low[question.report.source[0]], wanted)
        if not wanted and question.head >= 0:
            own = self.article.nominative[question.head] & (M1 | F)
            wanted = own if own in (M1, F) else 0
        return wanted

    def _of_first_person(self, report: Report) -> int:
        """The gender of one who says *byłem* or *byłam* in the words reported; 0 where nobody does."""
        article = self.article
        for lo, hi in report.tokens:
            for at in range(lo, min(hi, lo + 120)):
                if article.cls[at] == AGLT and article.person[at] == 1 and article.number[at] == SG and at > lo:
                    gender = article.gender[at - 1] & (M1 | F)
                    if gender in (M1, F):
                        return gender
        return 0

    def _bodies(self, question: Question) -> dict[int, tuple[NamedBody, Speaker]]:
        """The last bodies and texts named before the report, each with its last mention."""
        noun = self.article.lemma[question.head] if question.head >= 0 else ""
        if question.kind in (PRONOUN, DROPPED) or (question.sort == "person noun" and noun not in _TRADES):
            return {}
        found: dict[int, tuple[NamedBody, Speaker]] = {}
        for one, speaker in self.bodies(question.begins, _BODIES_BACK):
            found.setdefault(id(speaker), (one, speaker))
            if len(found) == _BODIES:
                break
        if noun in self.cast.lexicon.kind_nouns:
            found |= self._of_kind(question.begins, noun, found)
        return found

    def _of_kind(
        self, at: int, noun: str, found: dict[int, tuple[NamedBody, Speaker]]
    ) -> dict[int, tuple[NamedBody, Speaker]]:
        """The last bodies before a token that the press calls by a noun, beside those found (dziennik: Die Welt)."""
        more: dict[int, tuple[NamedBody, Speaker]] = {}
        for one, speaker in self.bodies(at, _KIND_BACK):
            if not one.proper or id(speaker) in found or id(speaker) in more:
                continue
            if speaker.name not in self._nouns:
                kinds = self.cast.lexicon.kinds_of(speaker.name)
                self._nouns[speaker.name] = frozenset().union(*(kind.nouns for kind in kinds))
            if noun in self._nouns[speaker.name]:
                more[id(speaker)] = one, speaker
                if len(more) == _KIND:
                    break
        return more

    def _next_turns(self, at: int) -> list[int]:
        turns = self.named_turns.items()
        found = [(places[bisect_right(places, at)], mark) for mark, places in turns if places[-1] > at]
        found.sort(key=itemgetter(0))
        return [mark for _, mark in found[:2]]

    @staticmethod
    def _singular(question: Question) -> bool:
        mask = question.report.mask
        return bool(mask & 31) and not mask >> 5
