"""Who speaks: the sources of an article resolved to speakers, with their roles and the evidence for them."""

from __future__ import annotations

from bisect import bisect_left

from discourse.attribution.antecedents import Antecedents
from discourse.attribution.choices import PRONOUNS, WHO
from discourse.attribution.descriptions import gender_of_mask
from discourse.attribution.finder import Report
from discourse.attribution.grammar import (
    M1,
    MASCULINE,
    NOM,
    PRONOUN,
    F,
)
from discourse.attribution.lexicon import Lexicon
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.relatives import Relatives
from discourse.attribution.rolechoice import by_rules, features, likeliest, settled
from discourse.attribution.speaker import Speaker
from discourse.attribution.view import Article

#: Speakers before a turn among which a pronoun, a description or a dropped subject may find its own.
_MEMORY = 12
_SUBJECTS = 400
#: Reports among which those of the headline are.
_HEADS = 5


class Resolver(Relatives):
    """The resolution of one article."""

    def resolve(self, reports: list[Report]) -> list[Speaker | None]:
        """The speaker of each report, in the order of the reports."""
        found: list[Speaker | None] = [None] * len(reports)
        named = {index: self._named(report) for index, report in enumerate(reports) if report.source is not None}
        self._subjects()
        mentions = Antecedents(self.article, self.cast, named, reports, self.named_before)
        nested = _nested(reports)
        for index in sorted(range(len(reports)), key=lambda index: reports[index].at):
            report = reports[index]
            speaker = self._speaker(report)
            question = self._question(report, index, speaker, named.get(index) is not None)
            if question is not None:
                speaker = self._choose(question, mentions)
            found[index] = speaker
            if speaker is not None:
                speaker.mentions.append(report.at)
                self.turns[id(speaker)] = report.at
                if speaker in self.order:
                    self.order.remove(speaker)
                # who is quoted by a speaker does not take the word from them
                self.order.insert(len(self.order) - (1 if index in nested and self.order else 0), speaker)
                del self.order[:-_MEMORY]
        self._headlines(reports, found)
        named_as: dict[int, list[tuple[int, int]]] = {}
        for report, one in zip(reports, found, strict=True):
            if one is not None and report.source is not None:
                named_as.setdefault(id(one), []).append(report.source)
        for speaker in dict.fromkeys(found):
            if speaker is not None:
                self._role(speaker, mentions, named_as.get(id(speaker), []))
        return found

    def _role(self, speaker: Speaker, mentions: Antecedents, named_as: list[tuple[int, int]]) -> None:
        """Settle in what role somebody speaks, and keep the evidence."""
        rule, speaker.evidence = by_rules(speaker)
        if self.role_log is None and settled(speaker, self.role_weights):
            speaker.role = rule
            return
        places = mentions.places.get(id(speaker), speaker.mentions)
        spans = [(place, mentions.until.get(place, place + 1)) for place in places]
        found = features(self.article, self.lexicon, speaker, spans, rule, named_as)
        if self.role_log is not None:
            self.role_log.append((speaker, found))
        speaker.role = likeliest(speaker, rule, found, self.role_weights)

    def _headlines(self, reports: list[Report], found: list[Speaker | None]) -> None:
        """Give what a headline ascribes to a description (Minister: …) to the first of that role named below it."""
        title = self.article.title_end
        for index, report in enumerate(reports[:_HEADS]):
            speaker = found[index]
            begin = report.content[0][0] if report.content else 0
            if speaker is None or speaker.key or not speaker.person or speaker.plural or begin >= title:
                continue
            role = speaker.shown_role()
            for other, later in zip(found, reports, strict=True):
                if (
                    other is not None
                    and other.key
                    and later.content
                    and later.content[0][0] >= title
                    and (other.descriptors & speaker.descriptors or (role is not None and other.shown_role() == role))
                    and (not other.gender or not speaker.gender or other.gender & speaker.gender)
                ):
                    other.mentions = sorted([*other.mentions, report.at])
                    speaker.mentions.remove(report.at)
                    other.hear(speaker.signs)
                    found[index] = other
                    break

    def _subjects(self) -> None:
        """Count bare surnames of those who speak as mentions of them, where they are subjects."""
        cast = self.cast
        keys = {one.key for one in cast.speakers.values() if one.key}
        single = [name for name in cast.names if name.parts == 1 and name.subject and name.key in keys][:_SUBJECTS]
        cast.heads = sorted(cast.heads + [(name.lo, cast.person(name, 0)) for name in single], key=lambda head: head[0])
        self.places = [place for place, _ in cast.heads]

    def _speaker(self, report: Report) -> Speaker | None:
        article = self.article
        if report.source is None:
            if report.guest and (guest := self._guest()) is not None:
                return guest
            if report.at >= 0 and (report.verb == "czytać" or report.unowned):
                last = self.order[-1] if self.order else None  # napisano: in the text, by the body, that spoke last
                return last if last is not None and not last.person else None
            if report.impersonal or report.mask == 0:
                return None
            begins = report.tokens[0][0] if report.type == "direct" else report.at
            return self._last(report.mask, report.at, begins) or self._subject_before(begins, report.mask)
        named = self._named(report)
        lo, hi = report.source
        if report.post:
            named = named or self.bodies.setdefault(article.text(lo, hi), Speaker(article.text(lo, hi), True, 0))
            self.cast.add(named, lo, hi)
        if named is not None:
            return named
        alone = hi - lo == 1
        if (
            article.cls[lo] == PRONOUN
            or (article.low[lo] in PRONOUNS and alone)
            or (alone and article.lemma[lo] in WHO)
        ):
            return self._pronoun(report, lo)
        return self._described(report, lo, hi)

    def _named(self, report: Report) -> Speaker | None:
        """The speaker whose name stands in the source; null where it holds none."""
        assert report.source is not None
        lo, hi = report.source
        quoted = self.article.opening.get(lo)
        if quoted is not None and self.article.inner[quoted][1] + 1 == hi:
            return None  # „Nowy Głos” is an outlet or a text
        name = self.cast.name_in(lo, hi, report.case)
        if name is None:
            return None
        wanted = gender_of_mask(report.mask)
        if wanted and name.lo > lo and name.parts == 1:
            whole = [one for one in self.cast.by_key.get(name.key, ()) if one.parts > 1]
            if whole and not any(one.gender & wanted for one in whole):
                return None  # prawnik Lis: the lawyer of a woman of that name
        both = self._several(report)
        if both is not None:
            return both
        speaker = self.cast.person(name, gender_of_mask(report.mask))
        if report.case == NOM and (name.lo == lo or name.parts > 1):
            self.cast.as_written(speaker, name)
        self.cast.add(speaker, lo, name.lo)
        if name.hi < hi:
            self.cast.add(speaker, name.hi, hi)
        if name.lo > lo and speaker.signs:
            speaker.person = True
        return speaker

    def _several(self, report: Report) -> Speaker | None:
        """One speaker of two names joined by a comma (Sowa i Lis), where the source coordinates them."""
        assert report.source is not None
        lo, hi = report.source
        splits = [at for at in range(lo + 1, hi - 1) if self.article.low[at] in ("i", "oraz")]
        if len(splits) != 1:
            return None
        parts = [(lo, splits[0]), (splits[0] + 1, hi)]
        found = [self.cast.name_in(begin, end, report.case) for begin, end in parts]
        people = [self.cast.person(name, 0) for name in found if name is not None]
        if len(people) < 2:
            return None
        for one, (begin, end) in zip(people, parts, strict=True):
            self.cast.add(one, begin, end)
        text = ", ".join(one.name for one in people)
        speaker = self.bodies.setdefault(text, Speaker(text, True, M1, True))
        speaker.signs = [sign for one in people for sign in one.signs]
        return speaker

    def _guest(self) -> Speaker | None:
        """Whom a conversation is with: the first person described before it begins, other than who asks."""
        article = self.article
        if self.guest is None:
            persons = [name for name in self.cast.names if name.parts > 1 and name.lo < 250]
            persons = [
                name for name in persons if not name.lo or article.lemma[name.lo - 1] not in ("rozmawiać", "opracować")
            ]
            described = [name for name in persons if self.cast.person(name, 0).signs]
            best = next(iter(described or persons), None)
            self.guest = self.cast.person(best, 0) if best is not None else None
        return self.guest

    def _pronoun(self, report: Report, lo: int) -> Speaker | None:
        article = self.article
        word = article.low[lo]
        if article.lemma[lo] in ("który", "jaki"):
            return self._antecedent(lo, report.mask)
        if word in ("jej", "niej", "ona", "nią"):
            return self._last(F, report.at)
        if word in ("ich", "nich", "oni", "one", "nimi"):
            return self._last(31 << 5, report.at) or self._subject_before(report.at, 31 << 5)
        if word in ("mnie", "ja", "my", "nas"):
            return None
        return self._last(MASCULINE, report.at) or self._subject_before(report.at, MASCULINE)

    def _subject_before(self, at: int, mask: int) -> Speaker | None:
        """Who or what the sentence before speaks of: a person of a name unknown, or its subject, if that may speak."""
        article = self.article
        begin = article.sent_lo[at]
        lo = article.sent_lo[begin - 1] if begin else 0
        for place, person in reversed(self.cast.named):
            if lo <= place < at and person.gender & mask and place in self.places:
                return person
        for first in dict.fromkeys((begin, lo)):
            for head in range(first, min(first + 6, at, len(article))):
                if not article.voice[head] or not article.case[head] & NOM or not article.nominative[head] & mask:
                    continue
                end = phrase_end(article, head, article.sent_hi[head], NOM)
                return self._described(Report("indirect", [(0, 0)], source=(head, end), at=head, mask=mask), head, end)
        return None

    def _last(self, mask: int, at: int, begins: int | None = None) -> Speaker | None:
        """The last speaker whose gender and number fit, or a person named as subject since, a sentence back at most.

        `begins` is where the speech itself begins: whom it names does not say it.
        """
        before = at if begins is None else min(at, begins)
        singular, plural = mask & 31, mask >> 5
        found: Speaker | None = None
        for speaker in reversed(self.order):
            if speaker.shown_role() == "document" and any(one.person for one in self.order):
                continue  # texts are named again, persons are not
            if (speaker.plural and plural) or (
                not speaker.plural and singular and (speaker.gender & singular or not speaker.gender)
            ):
                found = speaker
                break
        else:
            if plural and not singular:
                found = next((speaker for speaker in self.order[:-4:-1] if not speaker.person), None)
        since = self.turns.get(id(found), -1)
        if singular:
            begin = self.article.sent_lo[before]
            begin = self.article.sent_lo[begin - 1] if begin else 0
            for index in range(bisect_left(self.places, before) - 1, -1, -1):
                place, person = self.cast.heads[index]
                if place <= max(since, begin - 1):
                    break
                if person.gender & singular and person is not found and self.cast.familiar(person):
                    return person
        if found is None and singular:
            found = next(
                (
                    person
                    for place, person in reversed(self.cast.named)
                    if place < before and person.gender & singular and self.cast.familiar(person)
                ),
                None,
            )
        return found


def _nested(reports: list[Report]) -> set[int]:
    """The reports whose cue stands in the content of another, by index."""
    ranges = [(lo, hi, index) for index, report in enumerate(reports) for lo, hi in report.tokens]
    ranges.sort(key=lambda one: one[0] - one[1])  # longest first: the shorter take from them what they hold
    cues = sorted((report.at, index) for index, report in enumerate(reports) if report.cue is not None)
    holding: dict[int, int] = {}
    for lo, hi, owner in ranges:
        for _, index in cues[bisect_left(cues, (lo, -1)) : bisect_left(cues, (hi, -1))]:
            holding[index] = owner
    return {index for index, owner in holding.items() if owner != index}


def resolve(article: Article, reports: list[Report], lexicon: Lexicon) -> tuple[list[Speaker | None], list[Speaker]]:
    """The speaker of each report (null where it cannot be told), and all speakers by their first words."""
    if not reports:
        return [], []
    found = Resolver(article, lexicon).resolve(reports)
    speakers = [speaker for speaker in dict.fromkeys(found) if speaker is not None]
    return found, sorted(speakers, key=lambda speaker: (speaker.mentions[0], speaker.name))
