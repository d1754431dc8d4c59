"""Whom a dropped subject, a pronoun or a description means: candidates from the article, weighed by trained weights."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from discourse.attribution.likeness import Likeness
from discourse.attribution.nearby import TAKING
from discourse.attribution.questions import DESCRIPTION, DROPPED, UNCUED, Candidate, Question, far
from discourse.attribution.speaker import Speaker

#: Persons and bodies that a decision looks at, mentions that it looks back at.
_PERSONS, _SPOKE, _BACK = 12, 8, 60


class Antecedents(Likeness):
    """Those whom a question may mean, each with what speaks for and against them."""

    def candidates(
        self,
        question: Question,
        order: list[Speaker],
        turns: dict[int, int],
        spoken_of: Sequence[tuple[Speaker, int]] = (),
        near: Sequence[tuple[Speaker, tuple[str, ...]]] = (),
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
        near_by: dict[int, tuple[str, ...]] = {}
        for one, signs in near:
            near_by.setdefault(id(one), signs)
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
        if question.use:
            out[0].features.append(f"nobody, {question.use}")
        following = self._next_turns(at)
        spoke = {id(one) for one in order if one.key}
        persons = [one for one in chosen.values() if one.key]
        size = "bare" if question.bare else "long"
        described = question.kind == DESCRIPTION
        headline = article.start[at] < article.title_end
        before = bisect_left(article.links, (at + 1, 0)) - 1
        link = before >= 0 and at < article.links[before][1]
        spoken = [(self.place[index], id(self.who[index])) for index in self._near(report)]
        quoted = {mark for place, mark in spoken if any(lo <= place < hi for lo, hi in report.tokens)}
        apposed = self._apposed(question)
        wanted = self._wanted(question)
        fitting = [one for one in order if one.key and not (wanted and one.gender and not one.gender & wanted)]
        self_gender = self._of_first_person(report) if question.kind == DROPPED else 0
        repeated = self._repeated(question) if headline or link or question.kind == UNCUED else frozenset()
        verb = report.verb or ""
        unmarked = question.kind == DROPPED and self._unmarked(report)
        asked = self._asked_about(at) if question.kind == DROPPED else range(0)
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
            features += near_by.get(mark, ())
            if question.owners:
                taking = "taking" if article.lemma[question.governor] in TAKING else "giving"
                features.append(f"owner, {taking}" if mark in of_sentences else f"another's, {taking}")
            if question.use:
                features.append(f"{question.use}, {sort}")
            if mark == apposed:
                features.append("apposed")
            elif apposed is not None and one is question.own:
                features.append("own, apposed another")
            if one in fitting and len(fitting) == 1:
                features.append("only fitting")
                if described:
                    features.append(f"only fitting, {size}")
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
                ago = far(self.sentence[begins] - self.sentence[place])
                features.append(f"mention {ago}")
                if unmarked:
                    features.append(f"mention {ago}, unmarked, {'last' if rank == 0 else 'not last'}")
                if place in asked:
                    features.append("asked about")
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
                    if unmarked:
                        features.append("nearest subject, not last, unmarked")
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
