"""Whom a dropped subject, a pronoun or a description means: candidates from the article, weighed by trained weights."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice

from discourse.attribution.endings import key
from discourse.attribution.finder import Report
from discourse.attribution.givennames import given_gender
from discourse.attribution.grammar import M1, MASCULINE, F
from discourse.attribution.mentions import Mentions
from discourse.attribution.namedbodies import NamedBody
from discourse.attribution.questions import DESCRIPTION, DROPPED, UNCUED, Candidate, Question, far
from discourse.attribution.speaker import Speaker

#: Persons and bodies that a decision looks at, mentions that it looks back at.
_PERSONS, _SPOKE, _BACK = 12, 8, 60
#: Where an office is held that needs no telling.
_HOME = key("polski")


class Antecedents(Mentions):
    """Those whom a question may mean, each with what speaks for and against them."""

    def candidates(
        self,
        question: Question,
        order: list[Speaker],
        turns: dict[int, int],
        spoken_of: Sequence[tuple[Speaker, int]] = (),
    ) -> list[Candidate]:
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
        of_sentences: dict[int, int] = {}
        for one, back in spoken_of:
            of_sentences.setdefault(id(one), back)
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
            given = one is question.rule or one is question.own
            if not given and ((one.plural and self._singular(question)) or self._clashes(question, one, wanted)):
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
                away = of_sentences[mark]
                features += [f"clause subject {away}", f"clause subject {away}, {sort}"]
                if mark == next(iter(of_sentences)):
                    features.append("clause subject first")
                if ranks.get(mark, -1) != 0:
                    features.append(f"clause subject {away}, not last")
            elif of_sentences and question.kind == DROPPED:
                features.append("another clause subject")
            if mark in repeated:
                features += ["says the same", f"says the same, {question.sort}"]
            if question.kind == UNCUED:
                features += self._around(mark, report)
            if self_gender and one.key:
                features.append("says so itself" if one.gender & self_gender else "says otherwise itself")
            if one.key and described:
                shown = one.shown_role()
                features.append(
                    f"rank {min(ranks.get(mark, -1), 2)}, role {shown == question.plain if shown else None}"
                )
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
                features.append(f"turn {far(self.sentence[begins] - self.sentence[min(turn, begins)])}")
                if article.par_lo[turn] == article.par_lo[begins]:
                    features.append("turn in paragraph")
                if rank == 0:
                    features.append("last is person" if one.person else "last is body")
            if mark in last:
                place = self.place[last[mark]]
                features.append(f"mention {far(self.sentence[begins] - self.sentence[place])}")
                if article.quote[place] >= 0 and article.quote[place] != article.quote[begins]:
                    features.append("mention quoted")
                if not self.subject[last[mark]]:
                    features.append("mention no subject")
            else:
                features.append("no mention")
            if mark in last_subject:
                place = self.place[last_subject[mark]]
                features.append(f"subject {far(self.sentence[begins] - self.sentence[place])}")
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

    @staticmethod
    def _clashes(question: Question, one: Speaker, wanted: int) -> bool:
        """Whether a verb or pronoun asks for the other gender than a given name surely has."""
        if question.kind == DESCRIPTION or not wanted or not one.key or one.gender & wanted:
            return False
        return given_gender(one.name) == one.gender != 0

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

    def _of_body(self, question: Question, one: NamedBody, first: bool) -> Iterable[str]:
        """How near a body is named, whether as what the description says."""
        article = self.article
        away = far(self.sentence[question.begins] - self.sentence[one.place])
        sort = question.sort or question.kind
        proper = "proper" if one.proper else "common"
        yield f"body {away}"
        yield f"body {proper}, {sort}"
        yield f"body {one.role}, {sort}"
        if first:
            yield "body nearest"
            yield f"body nearest, {sort}"
        if question.head >= 0:
            same = "same" if question.root == one.root else "other"
            yield f"body noun {same}"
            yield f"body noun {same}, {proper}"
            yield f"body noun {same}, {away}"
            yield f"body noun {same}, {'bare' if question.bare else 'long'}"
        if article.start[one.place] < article.title_end:
            yield "body in title"

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
                alike = "shared" if question.links & one.links else "differ" if one.links else "untold"
                yield f"described so, links {alike if question.links else None}"
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
