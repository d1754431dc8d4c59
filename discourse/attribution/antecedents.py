"""Whom a dropped subject, a pronoun or a description means: candidates from the article, weighed by trained weights."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import eq

from discourse.attribution.cast import Cast
from discourse.attribution.endings import key
from discourse.attribution.finder import Report
from discourse.attribution.givennames import given_gender
from discourse.attribution.grammar import AGLT, COLON, DASH, FINITE, M1, MASCULINE, NOM, SG, F
from discourse.attribution.namedbodies import NamedBody
from discourse.attribution.speaker import Speaker
from discourse.attribution.view import Article

#: Persons and bodies that a decision looks at, mentions that it looks back at.
_PERSONS, _SPOKE, _BACK = 12, 8, 60
#: Named bodies that a decision looks at, and mentions of such among which they are looked for.
_BODIES, _BODIES_BACK = 6, 15
#: Where an office is held that needs no telling.
_HOME = key("polski")
#: Nouns of persons that stand for a body (producent: the company).
_TRADES = frozenset(("producent", "operator", "przewoźnik", "nadawca", "wydawca", "organizator", "gigant", "inwestor"))

#: What is decided: a subject that is not expressed, one that no verb has, a pronoun, a description, words without a cue.
KINDS = DROPPED, IMPERSONAL, PRONOUN, DESCRIPTION, UNCUED = (
    "dropped",
    "impersonal",
    "pronoun",
    "description",
    "uncued",
)
#: Letters of a word that count when words are compared; the least share of them that makes two passages one.
_STEM, _SHARED = 5, 0.5


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
    of: frozenset[str] = frozenset()  # keys of all words beside its noun: whose it is
    root: str = ""  # what the noun shares with its like (szef rządu: premier)
    sort: str = ""  # whether it describes a person, a body, a text, or is a name


class Mentions:
    """Where an article names whom, and who spoke where, so far."""

    def __init__(
        self,
        article: Article,
        cast: Cast,
        named: dict[int, Speaker | None],
        reports: list[Report],
        bodies: Callable[[int, int], list[tuple[NamedBody, Speaker]]],
    ) -> None:
        self.article, self.cast, self.bodies = article, cast, bodies
        keys = {one.key for one in cast.speakers.values() if one.key}
        found: list[tuple[int, int, Speaker, bool]] = []
        for name in cast.names:
            if (name.parts > 1 and cast.personal(name)) or (name.parts == 1 and name.key in keys):
                found.append((name.lo, name.hi, cast.person(name, 0), name.subject))
        self.place = [lo for lo, *_ in found]
        self.ends = [hi for _, hi, *_ in found]
        self.who = [one for *_, one, _ in found]
        self.subject = [subject for *_, subject in found]
        self.places: dict[int, list[int]] = {}  # speaker → where they are named
        for place, one in zip(self.place, self.who, strict=True):
            self.places.setdefault(id(one), []).append(place)
        self.counts = {mark: len(places) for mark, places in self.places.items()}
        self.most = max(self.counts.values(), default=0)
        self.named_turns: dict[int, list[int]] = {}
        for index, speaker in named.items():
            if speaker is not None:
                self.named_turns.setdefault(id(speaker), []).append(reports[index].at)
        self.most_turns = max(map(len, self.named_turns.values()), default=0)
        self.named = {index: speaker for index, speaker in named.items() if speaker is not None}
        self.reports = reports
        self._said: list[tuple[int, frozenset[str]]] | None = None
        begins = map(eq, article.sent_lo, range(len(article)))
        self.sentence: list[int] = list(accumulate(begins))

    def candidates(
        self,
        question: Question,
        order: list[Speaker],
        turns: dict[int, int],
        subjects: Sequence[tuple[Speaker, int]] = (),
    ) -> list[Candidate]:
        """Everybody whom the passage may be given to, each with features; the rules' choice is among them."""
        article, report = self.article, question.report
        begins, at = question.begins, report.at
        last: dict[int, int] = {}  # speaker → index of the last mention before
        last_subject: dict[int, int] = {}
        chosen: dict[int, Speaker] = {}
        stop = bisect_left(self.place, begins)
        for index in range(stop - 1, max(-1, stop - 1 - _BACK), -1):
            who = self.who[index]
            last.setdefault(id(who), index)
            if self.subject[index]:
                last_subject.setdefault(id(who), index)
            if len(chosen) < _PERSONS:
                chosen.setdefault(id(who), who)
        within = {id(self.who[index]) for index in range(stop, bisect_left(self.place, at))}
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
        of_sentences: dict[int, int] = {}
        for one, far in subjects:
            of_sentences.setdefault(id(one), far)
            chosen.setdefault(id(one), one)
        bodies = self._bodies(question)
        for mark, (_, body) in bodies.items():
            chosen.setdefault(mark, body)
        if question.rule is not None:
            chosen.setdefault(id(question.rule), question.rule)
        if question.own is not None:
            chosen.setdefault(id(question.own), question.own)
        ranks = {id(one): rank for rank, one in enumerate(reversed(order))}
        nearest = self.who[stop - 1] if stop else None
        nearest_subject = next((self.who[i] for i in range(stop - 1, max(-1, stop - 30), -1) if self.subject[i]), None)
        out = [Candidate(None, ["nobody", *self._of_question(question, "nobody")])]
        if question.rule is None:
            out[0].features.append("rule")
        following = self._next_turns(at)
        spoke = {id(one) for one in order if one.key}
        persons = [one for one in chosen.values() if one.key]
        size = "bare" if question.bare else "long"
        described = question.kind == DESCRIPTION
        headline = article.start[at] < article.title_end
        link = any(lo <= at < hi for lo, hi in article.links)
        spoken = [(self.place[index], id(self.who[index])) for index in self._near(report)]
        quoted = {mark for place, mark in spoken if any(lo <= place < hi for lo, hi in report.tokens)}
        apposed = self._apposed(question)
        wanted = self._wanted(question)
        fitting = [one for one in order if one.key and not (wanted and one.gender and not one.gender & wanted)]
        self_gender = self._of_first_person(report) if question.kind == DROPPED else 0
        repeated = self._repeated(question) if headline or link or question.kind == UNCUED else frozenset()
        verb = report.verb or ""
        for one in chosen.values():
            mark = id(one)
            if one.plural and self._singular(question) and one is not question.rule and one is not question.own:
                continue
            features = list(self._of_speaker(question, one))
            if mark in bodies:
                features += self._of_body(question, bodies[mark][0], first=next(iter(bodies)) == mark)
            sort = "person" if one.key else "human" if one.person else "body"
            features.append(f"{verb}, {sort}")
            if link:
                features.append("link, own" if one is question.own else f"link, {sort}")
            if mark in quoted:
                features += ["in content", f"in content, {report.type}"]
            if mark == apposed:
                features.append("apposed")
            elif apposed is not None and one is question.own:
                features.append("own, apposed another")
            if one in fitting and len(fitting) == 1:
                features += ["only fitting", f"only fitting, {size}" if described else "only fitting"]
            if mark in of_sentences:
                far = of_sentences[mark]
                features += [f"clause subject {far}", f"clause subject {far}, {sort}"]
                if mark == next(iter(of_sentences)):
                    features.append("clause subject first")
                if ranks.get(mark, -1) != 0:
                    features.append(f"clause subject {far}, not last")
            elif of_sentences and question.kind == DROPPED:
                features.append("another clause subject")
            if mark in repeated:
                features += ["says the same", f"says the same, {question.sort}"]
            if question.kind == UNCUED:
                features += self._around(mark, report)
            if self_gender and one.key:
                features.append("says so itself" if one.gender & self_gender else "says otherwise itself")
            if one.key and described:
                known = one.shown_role()
                features.append(f"rank {min(ranks.get(mark, -1), 2)}, role {known == question.plain if known else None}")
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
        return frozenset(mark for mark, words in self._said if len(own & words) >= _SHARED * min(len(own), len(words) or 99))

    def _around(self, mark: int, report: Report) -> Iterable[str]:
        """How near to words without a cue somebody is named."""
        article, places = self.article, self.places.get(mark, [])
        lo, hi = report.tokens[0][0], report.tokens[-1][1]
        last = min(hi, len(article) - 1)
        if any(article.sent_lo[lo] <= place < article.sent_hi[last - 1] for place in places):
            yield "same sentence"
        if any(hi <= place < hi + 12 for place in places):
            yield "right after"
        if any(lo - 12 <= place < lo for place in places):
            yield "right before"
        if any(article.par_lo[lo] <= place < article.par_hi[last - 1] for place in places):
            yield "same paragraph"
        if any(place < article.par_hi[0] for place in places):
            yield "in title"

    def _near(self, report: Report) -> range:
        """The mentions in and beside what is reported, by index."""
        if not report.tokens:
            return range(0)
        lo = min(lo for lo, _ in report.tokens)
        hi = max(hi for _, hi in report.tokens)
        return range(bisect_left(self.place, lo), min(bisect_left(self.place, hi), bisect_left(self.place, lo) + 30))

    def _apposed(self, question: Question) -> int | None:
        """The person named after a description before any verb (członek zarządu i zastępca prezesa [Jan Sowa])."""
        source, article = question.report.source, self.article
        if source is None or question.sort not in ("person noun", "human") or question.report.case != NOM:
            return None
        end = min(article.sent_hi[source[1] - 1], source[1] + 20)
        for index in range(bisect_left(self.place, source[1]), len(self.place)):
            place = self.place[index]
            if place >= end:
                return None
            if any(article.cls[at] in FINITE or article.kind[at] in (COLON, DASH) for at in range(source[1], place)):
                return None
            if self.subject[index]:
                return id(self.who[index])
        return None

    def _wanted(self, question: Question) -> int:
        """The gender that verb or noun ask for; 0 where they ask for none."""
        mask = question.report.mask
        single = mask & 31
        wanted = 0 if mask >> 5 or not single else F if single == F else M1 if single & M1 and not single & F else 0
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
        if question.kind == PRONOUN or (question.sort == "person noun" and noun not in _TRADES):
            return {}
        found: dict[int, tuple[NamedBody, Speaker]] = {}
        for one, speaker in self.bodies(question.begins, _BODIES_BACK):
            if len(found) < _BODIES:
                found.setdefault(id(speaker), (one, speaker))
        return found

    def _of_body(self, question: Question, one: NamedBody, first: bool) -> Iterable[str]:
        """How near a body is named, whether as what the description says."""
        article = self.article
        far = _far(self.sentence[question.begins] - self.sentence[one.place])
        sort = question.sort or question.kind
        proper = "proper" if one.proper else "common"
        yield f"body {far}"
        yield f"body {proper}, {sort}"
        yield f"body {one.role}, {sort}"
        if first:
            yield "body nearest"
            yield f"body nearest, {sort}"
        if question.head >= 0:
            same = "same" if question.root == one.root else "other"
            yield f"body noun {same}"
            yield f"body noun {same}, {proper}"
            yield f"body noun {same}, {far}"
            yield f"body noun {same}, {'bare' if question.bare else 'long'}"
        if article.start[one.place] < article.title_end:
            yield "body in title"

    def _next_turns(self, at: int) -> list[int]:
        found = sorted(
            (min(place for place in places if place > at), mark)
            for mark, places in self.named_turns.items()
            if any(place > at for place in places)
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

    def _held(self, question: Question, one: Speaker) -> Iterable[str]:
        """Whether a person of public life held the office that the noun tells, and whether there."""
        noun = self.cast.noun(question.head)
        held = [office for office in one.held if noun in office.nouns]
        if not held:
            yield "held no such office"
        elif any(office.of & question.of for office in held):
            yield "held this office"
        elif question.of:
            yield "held such an office elsewhere"
        else:
            yield "held such an office at home" if any(_HOME in office.of for office in held) else "held such an office"

    def _of_speaker(self, question: Question, one: Speaker) -> Iterable[str]:
        article = self.article
        role = one.shown_role()
        sort = "person" if one.key else "human" if one.person else "document" if role == "document" else "body"
        yield f"{question.kind} {sort}"
        mask = question.report.mask
        single = mask & 31
        wanted = self._wanted(question)
        known = (
            F if one.gender & F and not one.gender & MASCULINE else M1 if one.gender & M1 and not one.gender & F else 0
        )
        if wanted and known:
            sure = "sure" if one.key and given_gender(one.name) == known else "guessed"
            agrees = "gender agrees" if wanted == known else "gender differs"
            yield agrees
            yield f"{agrees}, {sure}, {question.sort}"
            if wanted == F:
                yield f"{agrees}, {sure}, of her"
        elif wanted:
            yield "gender untold"
        if mask >> 5 and not single:
            yield f"plural verb, {'plural' if one.plural else sort}"
        if question.kind != DESCRIPTION or one is question.own:
            return
        plain = question.plain
        if question.head >= 0:
            root = question.root
            if one.held:
                yield from self._held(question, one)
            if root in one.offices:
                yield "in this office"
                yield f"in this office, {'bare' if question.bare else 'long'}"
            elif one.offices:
                yield "in another office"
            if root in one.descriptors:
                shared = "shared" if question.links & one.links else "differ" if one.links else "untold"
                yield f"described so, links {shared if question.links else None}"
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


def best(candidates: list[Candidate], kind: str, weights: dict[tuple[str, str], float]) -> Candidate:
    """The candidate whose features weigh most, of equal ones the first."""
    return max(candidates, key=lambda one: sum([weights.get((kind, feature), 0.0) for feature in one.features]))
