"""Whom a dropped subject, a pronoun or a description means: candidates from the article, weighed by trained weights."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, islice, repeat
from operator import eq

from discourse.attribution.cast import Cast
from discourse.attribution.endings import key
from discourse.attribution.finder import Report
from discourse.attribution.grammar import M1, MASCULINE, F
from discourse.attribution.speaker import Speaker
from discourse.attribution.view import Article

#: Persons and bodies that a decision looks at, mentions that it looks back at.
_PERSONS, _SPOKE, _BACK = 12, 8, 60

#: What is decided: a subject that is not expressed, one that no verb has, a pronoun, a description.
KINDS = DROPPED, IMPERSONAL, PRONOUN, DESCRIPTION = "dropped", "impersonal", "pronoun", "description"


@dataclass(slots=True)
class Candidate:
    """One whom a passage may be given to (null for nobody), and what speaks for and against them."""

    speaker: Speaker | None
    features: list[str]


@dataclass(slots=True)
class Question:
    """A report whose speaker is to be chosen."""

    kind: str
    report: Report
    index: int
    begins: int  # first token of the speech or the cue, whichever is first
    rule: Speaker | None  # what the rules say
    own: Speaker | None = None  # the description itself as a speaker
    head: int = -1  # token of the noun of a description
    bare: bool = False  # whether the description is a noun with adjectives at most
    plain: str = ""  # the role of that noun
    links: frozenset[str] = frozenset()  # keys of the names in the description
    root: str = ""  # what the noun shares with its like (szef rządu: premier)
    sort: str = ""  # whether it describes a person, a body, a text, or is a name


class Mentions:
    """Where an article names whom, and who spoke where, so far."""

    def __init__(self, article: Article, cast: Cast, named: dict[int, Speaker | None], reports: list[Report]) -> None:
        self.article, self.cast = article, cast
        keys = {one.key for one in cast.speakers.values() if one.key}
        found: list[tuple[int, int, Speaker, bool]] = []
        for name in cast.names:
            if (name.parts > 1 and cast.personal(name)) or (name.parts == 1 and name.key in keys):
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
        self.counts = {mark: len(places) for mark, places in self.places.items()}
        self.most = max(self.counts.values(), default=0)
        self.named_turns: dict[int, list[int]] = {}
        for index, speaker in named.items():
            if speaker is not None:
                self.named_turns.setdefault(id(speaker), []).append(reports[index].at)
        for turns in self.named_turns.values():
            turns.sort()
        self.most_turns = max(map(len, self.named_turns.values()), default=0)
        begins = map(eq, article.sent_lo, range(len(article)))
        self.sentence: list[int] = list(accumulate(begins))

    def candidates(self, question: Question, order: list[Speaker], turns: dict[int, int]) -> list[Candidate]:
        """Everybody whom the passage may be given to, each with features; the rules' choice is among them."""
        article, report = self.article, question.report
        begins, at = question.begins, report.at
        stop = bisect_left(self.place, begins)
        back = max(0, stop - _BACK)
        last = dict(zip(self.marks[back:stop], range(back, stop), strict=True))  # speaker → its last mention before
        subjects = self.subjects[bisect_left(self.subjects, back) : bisect_left(self.subjects, stop)]
        last_subject = {self.marks[index]: index for index in subjects}
        latest = dict.fromkeys(reversed(self.who[back:stop]))
        chosen: dict[int, Speaker] = {id(who): who for who in islice(latest, _PERSONS)}
        within = set(self.marks[stop : bisect_left(self.place, at)])
        beside: set[int] = set()
        ahead: dict[int, int] = {}
        after = bisect_left(self.place, at)
        for index in range(after, min(after + 12, len(self.place))):
            who = self.who[index]
            ahead.setdefault(id(who), index)
            if self.place[index] < at + 12 and self.place[index] < article.sent_hi[at]:
                beside.add(id(who))
            if len(chosen) < _PERSONS + 3:
                chosen.setdefault(id(who), who)
        for one in order[: -_SPOKE - 1 : -1]:
            chosen.setdefault(id(one), one)
        if question.rule is not None:
            chosen.setdefault(id(question.rule), question.rule)
        if question.own is not None:
            chosen.setdefault(id(question.own), question.own)
        ranks = {id(one): rank for rank, one in enumerate(reversed(order))}
        nearest = self.who[stop - 1] if stop else None
        nearest_subject = self.who[subjects[-1]] if subjects and subjects[-1] > stop - 30 else None
        out = [Candidate(None, ["nobody", *self._of_question(question, "nobody")])]
        if question.rule is None:
            out[0].features.append("rule")
        following = self._next_turns(at)
        spoke = {id(one) for one in order if one.key}
        persons = [one for one in chosen.values() if one.key]
        size = "bare" if question.bare else "long"
        described = question.kind == DESCRIPTION
        headline = article.start[at] < article.title_end
        for one in chosen.values():
            mark = id(one)
            if one.plural and self._singular(question) and one is not question.rule and one is not question.own:
                continue
            features = list(self._of_speaker(question, one))
            if one is question.rule:
                features.append("rule")
                if question.rule is not question.own:
                    features.append("rule, not own")
            if one is question.own:
                features += ["own", *self._of_question(question, "own")]
                features.append("own, spoke" if one.mentions else "own, new")
                if headline:
                    features.append("own, headline")
                if not persons:
                    features.append("own, no persons")
                features.append(f"own, {min(len(spoke), 3)} spoke")
            rank = ranks.get(mark, -1)
            features.append(f"rank {min(rank, 4)}")
            if described and one.key and one is not question.own:
                features.append(f"rank {min(rank, 4)}, person, {size}")
                if question.plain:
                    features.append(f"rank {min(rank, 2)}, person, {question.plain}")
                if len(persons) == 1:
                    features.append(f"only person, {size}")
                if headline:
                    features.append("headline")
                    if mark in ahead:
                        features.append("headline, ahead")
            if mark in spoke and len(spoke) == 1:
                features.append("only speaker")
                if described:
                    features.append(f"only speaker, {size}")
            if rank >= 0:
                turn = turns.get(mark, 0)
                features.append(f"turn {_far(self.sentence[begins] - self.sentence[min(turn, begins)])}")
                if article.par_lo[turn] == article.par_lo[begins]:
                    features.append("turn in paragraph")
                if rank == 0:
                    features.append("last is person" if one.person else "last is body")
            if mark in last:
                place = self.place[last[mark]]
                features.append(f"mention {_far(self.sentence[begins] - self.sentence[place])}")
                if article.quote[place] >= 0 and article.quote[place] != article.quote[begins]:
                    features.append("mention quoted")
                if not self.subject[last[mark]]:
                    features.append("mention no subject")
            else:
                features.append("no mention")
            if mark in last_subject:
                place = self.place[last_subject[mark]]
                features.append(f"subject {_far(self.sentence[begins] - self.sentence[place])}")
                if rank >= 0 and place > turns.get(mark, 0):
                    features.append("subject since turn")
                if place == article.sent_lo[place]:
                    features.append("subject opens sentence")
            elif one.key:
                features.append("no subject")
            if one is nearest:
                features.append("nearest")
            if one is nearest_subject:
                features.append("nearest subject")
                if rank > 0 or rank < 0:
                    features.append("nearest subject, not last")
                if described:
                    features.append(f"nearest subject, {size}")
            if mark in within:
                features.append("within")
            if mark in beside:
                features.append("beside")
            elif mark in ahead and mark not in last:
                features.append("only ahead")
            if one.key:
                count = self.counts.get(mark, 0)
                features.append(f"mentions {min(count, 4)}")
                if count == self.most:
                    features.append("most mentioned")
            if mark in self.named_turns:
                many = len(self.named_turns[mark])
                features.append(f"named turns {min(many, 3)}")
                if many == self.most_turns:
                    features.append("most named turns")
                    if described:
                        features.append(f"most named turns, {size}")
            if following and following[0] == mark:
                features.append("speaks next")
            elif mark in following:
                features.append("speaks soon")
            out.append(Candidate(one, features))
        return out

    def _next_turns(self, at: int) -> list[int]:
        found = sorted(
            (places[bisect_right(places, at)], mark) for mark, places in self.named_turns.items() if places[-1] > at
        )
        return [mark for _, mark in found[:2]]

    @staticmethod
    def _singular(question: Question) -> bool:
        mask = question.report.mask
        return bool(mask & 31) and not mask >> 5

    def _of_question(self, question: Question, name: str) -> Iterable[str]:
        if question.kind != DESCRIPTION:
            yield f"{name}: {question.kind}"
            yield f"{name}: {question.report.type}"
            if question.report.mask >> 5 and not question.report.mask & 31:
                yield f"{name}: plural"
            return
        yield f"{name}: {question.plain or 'no noun'}"
        yield f"{name}: {question.sort}"
        yield f"{name}: {'bare' if question.bare else 'long'}"
        yield f"{name}: {question.plain} {'bare' if question.bare else 'long'}"
        if question.head >= 0:
            yield f"{name}: noun {self.article.lemma[question.head].lower()}"
            if self.article.number[question.head] == 2:
                yield f"{name}: plural noun"
        if question.links:
            yield f"{name}: links"

    def _of_speaker(self, question: Question, one: Speaker) -> Iterable[str]:
        article = self.article
        role = one.shown_role()
        sort = "person" if one.key else "human" if one.person else "document" if role == "document" else "body"
        yield f"{question.kind} {sort}"
        mask = question.report.mask
        single = mask & 31
        wanted = 0 if mask >> 5 or not single else F if single == F else M1 if single & M1 and not single & F else 0
        if question.head >= 0:
            own = article.nominative[question.head] & (M1 | F)
            wanted = wanted or (own if own in (M1, F) else 0)
        known = (
            F if one.gender & F and not one.gender & MASCULINE else M1 if one.gender & M1 and not one.gender & F else 0
        )
        if wanted and known:
            yield "gender agrees" if wanted == known else "gender differs"
        elif wanted:
            yield "gender untold"
        if mask >> 5 and not single:
            yield f"plural verb, {'plural' if one.plural else sort}"
        if question.kind != DESCRIPTION or one is question.own:
            return
        plain = question.plain
        if question.head >= 0:
            root = question.root
            if root in one.offices:
                yield "in this office"
                yield f"in this office, {'bare' if question.bare else 'long'}"
            elif one.offices:
                yield "in another office"
            if root in one.descriptors:
                yield "described so"
                yield f"described so, {'bare' if question.bare else 'long'}"
            elif one.descriptors:
                yield "described otherwise"
        if plain:
            yield f"role {'same' if role == plain else 'untold' if role is None else 'other'}"
            yield f"{plain}, role {'same' if role == plain else 'untold' if role is None else 'other'}"
            yield f"{plain} {sort}"
        yield f"{question.sort}, {sort}"
        yield f"{question.sort}, {sort}, {'bare' if question.bare else 'long'}"
        if question.head >= 0 and article.number[question.head] == 2 and not one.plural:
            yield f"plural noun, {sort}"
        if question.links:
            shared = question.links & one.links
            yield "links shared" if shared else "links differ" if one.links else "links untold"
            if one.key in question.links:
                yield "named in it"
        yield f"{sort} {'bare' if question.bare else 'long'}"


def _far(distance: int) -> str:
    return str(distance) if distance < 3 else "3-5" if distance < 6 else "6+"


def links(article: Article, lo: int, hi: int) -> frozenset[str]:
    """The keys of the names in a stretch."""
    return frozenset(key(article.form[at]) for at in range(lo, hi) if article.cap[at] and at > lo)


_NOTHING = repeat(0.0)


def best(candidates: list[Candidate], kind: str, weights: dict[tuple[str, str], float]) -> Candidate:
    """The candidate whose features weigh most, of equal ones the first."""
    own = _of_kind(weights, kind)
    return max(candidates, key=lambda one: sum(map(own.get, one.features, _NOTHING)))


_parted: tuple[dict[tuple[str, str], float], dict[str, dict[str, float]]] = {}, {}  # the last weights, by kind


def _of_kind(weights: dict[tuple[str, str], float], kind: str) -> dict[str, float]:
    """The weights of one kind of question by feature."""
    global _parted
    if _parted[0] is not weights:
        parts: dict[str, dict[str, float]] = {}
        for (of, feature), weight in weights.items():
            parts.setdefault(of, {})[feature] = weight
        _parted = weights, parts
    return _parted[1].get(kind, {})
