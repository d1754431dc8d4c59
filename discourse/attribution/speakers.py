"""Who speaks: the sources of an article resolved to speakers, with their roles and the evidence for them."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from discourse.attribution import roles
from discourse.attribution.cast import Cast, Speaker, bare, root_of, short
from discourse.attribution.inside import innermost
from discourse.attribution.lexicon import Lexicon, words
from discourse.attribution.names import key
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.reports import Report
from discourse.attribution.view import (
    ADJ,
    COMMA,
    DASH,
    M1,
    MASCULINE,
    NOM,
    NOMINAL,
    NOUN,
    PARTICIPLE,
    PLAIN,
    PREP,
    PRONOUN,
    QUOTE,
    UNKNOWN,
    Article,
    F,
    N,
)

#: Speakers before a turn among which a pronoun, a description or a dropped subject may find its own.
_MEMORY = 12
#: Nouns that mean the last person of their gender.
_ANYBODY = words("rozmówca rozmówczyni gość kobieta mężczyzna człowiek pan pani dziewczyna chłopak")
#: Nouns of office that mean the last person in office.
_OFFICES = words(
    "polityk polityczka szef szefowa lider liderka prezes prezeska dyrektor dyrektorka rzecznik rzeczniczka "
    "przewodniczący przewodnicząca minister ministra wiceminister premier prezydent poseł posłanka senator "
    "senatorka europoseł eurodeputowany parlamentarzysta wójt burmistrz marszałek wojewoda samorządowiec "
    "dyplomata wiceszef urzędnik"
)
#: Names of one office: who heads a body.
_HEADS = ("szef", "prezes", "lider", "dyrektor", "przewodniczący", "szefowa", "prezeska", "liderka", "dyrektorka")
#: Nouns after which the name of a body stands: agencja AFP, spółka Nurt.
_KINDS = words(
    "agencja dziennik portal tygodnik gazeta stacja telewizja koncern firma spółka sieć bank serwis fundacja "
    "stowarzyszenie organizacja partia magazyn miesięcznik przewoźnik linia operator klub kanał producent ruch "
    "ugrupowanie hotel"
)
_ONE_OF_MANY = frozenset(("jeden", "inny", "kolejny", "drugi", "pewien", "któryś", "każdy"))
_RUMOURS = frozenset(("informacja", "doniesienie", "relacja", "pogłoska", "plotka", "źródło"))
_WHO = frozenset(("on", "ten", "tamten", "sam", "który", "jaki"))


class _Resolver:
    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article, self.lexicon = article, lexicon
        self.cast = Cast(article, lexicon)
        self.places = [place for place, _ in self.cast.heads]
        self.bodies: dict[str, Speaker] = {}
        self.order: list[Speaker] = []  # the latest speaker last
        self.turns: dict[int, int] = {}  # speaker → token of the last turn
        self.guest: Speaker | None = None

    def resolve(self, reports: list[Report]) -> list[Speaker | None]:
        """The speaker of each report, in the order of the reports."""
        found: list[Speaker | None] = [None] * len(reports)
        for report in reports:
            if report.source is not None:
                self._named(report)
        nested = _nested(reports)
        for index in sorted(range(len(reports)), key=lambda index: reports[index].at):
            report = reports[index]
            speaker = found[index] = self._speaker(report)
            if speaker is not None:
                speaker.mentions.append(report.at)
                self.turns[id(speaker)] = report.at
                if speaker in self.order:
                    self.order.remove(speaker)
                # who is quoted by a speaker does not take the word from them
                self.order.insert(len(self.order) - (1 if index in nested and self.order else 0), speaker)
                del self.order[:-_MEMORY]
        for speaker in dict.fromkeys(found):
            if speaker is not None:
                role, speaker.evidence = roles.decide(speaker.signs)
                speaker.role = role or _default(speaker)
        return found

    def _speaker(self, report: Report) -> Speaker | None:
        article = self.article
        if report.source is None:
            if report.guest and (guest := self._guest()) is not None:
                return guest
            if report.impersonal or report.mask == 0:
                return None
            return self._last(report.mask, report.at, report.tokens[0][0] if report.type == "direct" else report.at)
        named = self._named(report)
        if named is not None:
            return named
        lo, hi = report.source
        alone = hi - lo == 1
        if (
            article.cls[lo] == PRONOUN
            or (article.low[lo] in ("jego", "jej", "ich", "niego", "niej", "nich") and alone)
            or (alone and article.lemma[lo] in _WHO)
        ):
            return self._pronoun(report, lo)
        return self._described(report, lo, hi)

    # -- names ---------------------------------------------------------------------------------------------------------

    def _named(self, report: Report) -> Speaker | None:
        """The speaker whose name stands in the source; null where it holds none."""
        assert report.source is not None
        lo, hi = report.source
        name = self.cast.name_in(lo, hi, report.case)
        if name is None:
            return None
        both = self._several(report)
        if both is not None:
            return both
        speaker = self.cast.person(name, _gender(report.mask))
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

    # -- pronouns and dropped subjects ---------------------------------------------------------------------------------

    def _pronoun(self, report: Report, lo: int) -> Speaker | None:
        article = self.article
        word = article.low[lo]
        if article.lemma[lo] in ("który", "jaki"):
            return self._antecedent(lo)
        if word in ("jej", "niej", "ona", "nią"):
            return self._last(F, report.at)
        if word in ("ich", "nich", "oni", "one", "nimi"):
            return self._last(31 << 5, report.at)
        if word in ("mnie", "ja", "my", "nas"):
            return None
        return self._last(MASCULINE, report.at)

    def _antecedent(self, relative: int) -> Speaker | None:
        """The speaker named or described right before a relative pronoun."""
        article = self.article
        end = relative
        while end > 0 and (article.kind[end - 1] == COMMA or article.cls[end - 1] == PREP):
            end -= 1
        lo = end
        while lo > max(0, end - 8) and article.kind[lo - 1] == PLAIN and article.cls[lo - 1] in NOMINAL:
            lo -= 1
        if lo == end:
            return None
        case = article.case[end - 1] or NOM
        return self._speaker(Report("indirect", [(0, 0)], source=(lo, end), at=relative, mask=1023, case=case))

    def _last(self, mask: int, at: int, begins: int | None = None) -> Speaker | None:
        """The last speaker whose gender and number fit, or a person named as subject since, a sentence back at most."""
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
            begin = self.article.sent_lo[at if begins is None else min(at, begins)]
            begin = self.article.sent_lo[begin - 1] if begin else 0
            for index in range(bisect_left(self.places, at) - 1, -1, -1):
                place, person = self.cast.heads[index]
                if place <= max(since, begin - 1):
                    break
                if person.gender & singular and person is not found:
                    return person
        if found is None and singular:
            found = next(
                (person for place, person in reversed(self.cast.named) if place < at and person.gender & singular), None
            )
        return found

    # -- descriptions --------------------------------------------------------------------------------------------------

    def _described(self, report: Report, lo: int, hi: int) -> Speaker | None:
        article, lexicon, cast = self.article, self.lexicon, self.cast
        head = next(
            (at for at in range(lo, hi) if cast.is_person_noun(at) or article.lemma[at] in lexicon.institutions), -1
        )
        if (
            head >= 0
            and hi + 1 < len(article)
            and article.kind[hi] == COMMA
            and cast.is_person_noun(hi + 1)
            and report.case == NOM
        ):
            name = cast.name_in(hi + 1, phrase_end(article, hi + 1, article.sent_hi[hi], NOM), NOM)
            if name is not None:  # wicepremier, minister obrony Jan Sowa
                speaker = cast.person(name, _gender(report.mask))
                cast.add(speaker, lo, hi)
                return speaker
        if head >= 0 and article.number[head] & 1 and article.lemma[lo] not in _ONE_OF_MANY:
            found = self._same(head, hi, report, short(article, lo, hi, head)) if cast.is_person_noun(head) else None
            if found is None and short(article, lo, hi, head):
                found = self._same_body(head)
            if found is not None:
                return found
        if head < 0 and article.lemma[lo] in lexicon.documents and hi - lo == 1 and article.number[lo] & 1:
            if article.lemma[lo] == "dokument":
                found = next((one for one in reversed(self.order) if one.shown_role() == "document"), None)
                if found is not None:
                    return found
            full = self.cast.document(lo)
            if full is not None:
                speaker = self.bodies.setdefault(full, Speaker(full, False))
                speaker.signs += roles.signs(cast.words(lo, hi), lexicon)
                return speaker
        if (
            report.case != NOM
            and any(article.lemma[at] in _RUMOURS for at in range(lo, min(hi, lo + 2)))
            and hi - lo <= 2
        ):
            return self._anonymous(lo, hi)
        text, own = self._text(lo, hi, report.case)
        if not text:
            return None
        speaker = (
            self.bodies.get(text)
            or self.bodies.get(text[:1].upper() + text[1:])
            or self.bodies.setdefault(text, self._new(text, lo, hi, head, own))
        )
        cast.add(speaker, lo, hi)
        if article.lemma[lo] == "jeden":
            speaker.signs.append(roles.Sign("anonymous", article.text(lo, hi), 7))
        return speaker

    def _anonymous(self, lo: int, hi: int) -> Speaker:
        """The unnamed source of hearsay (według nieoficjalnych informacji)."""
        text = bare(self.article.text(lo, hi))
        speaker = self.bodies.setdefault(f"\0{text}", Speaker("", False))
        speaker.signs = [roles.Sign("anonymous", text, 7)]
        return speaker

    def _new(self, text: str, lo: int, hi: int, head: int, own: bool) -> Speaker:
        article, lexicon = self.article, self.lexicon
        at = head if head >= 0 else next((x for x in range(lo, hi) if article.cls[x] in (NOUN, UNKNOWN)), lo)
        plural = bool(article.number[at] & 2) and not article.number[at] & 1
        gender = article.gender[at] & (MASCULINE | F | N)
        if gender & MASCULINE:
            gender |= MASCULINE
        lemma = article.lemma[at]
        body = (
            own
            or lemma in lexicon.institutions
            or article.form[at] in lexicon.institutions
            or lemma in lexicon.documents
        )
        human = article.cls[at] in (NOUN, ADJ, PARTICIPLE) and bool(
            article.nominative[at] & (M1 | F) or article.nominative[at] >> 5 & M1
        )
        person = not body and (self.cast.is_person_noun(at) or (human and not article.proper[at]))
        return Speaker(text, person, gender, plural)

    def _same(self, head: int, hi: int, report: Report, bare_noun: bool) -> Speaker | None:
        """The speaker that a description means: one so described, else the last of that role, by gender."""
        article, lexicon = self.article, self.lexicon
        lemma = self.cast.noun(head)
        role = lexicon.persons.get(lemma) or lexicon.persons.get(article.low[head], "")
        own = article.nominative[head] & (M1 | F)
        gender = _gender(report.mask) or (own if own in (M1, F) else 0)
        if lemma in ("osoba", "człowiek"):
            return None
        fits = [
            one for one in reversed(self.order) if one.person and not one.plural and (not gender or one.gender & gender)
        ]
        links = {link for at in range(head + 1, hi) if article.cap[at] for link in (key(article.form[at]),)}
        root = root_of(lemma)
        candidates = fits + [
            one for one in self.cast.described.get(root, ()) if one not in fits and (not gender or one.gender & gender)
        ]
        for speaker in candidates:
            if (
                root in speaker.descriptors
                and (not links or links & speaker.links or not speaker.links)
                and (bare_noun or speaker.key)
            ):
                return speaker
        if lemma in _OFFICES and fits:
            last = fits[0]
            heads = {root_of(word) for word in _HEADS}
            alike = root in heads and last.descriptors & heads
            acronyms = all(article.form[at].isupper() for at in range(head + 1, hi) if article.cap[at])
            if last.key and (not last.descriptors or (alike and (acronyms or bare_noun))):
                self.cast.add(last, head, hi)
                return last
        if not bare_noun:
            return None
        if lemma in _ANYBODY:
            return fits[0] if fits else None
        for speaker in fits[:4]:
            known = speaker.shown_role()
            if known == role and role in ("expert", "media", "anonymous"):
                return speaker
            if (
                role in ("official", "affiliation")
                and lemma in _OFFICES
                and known in ("official", "organization", None)
            ):
                return speaker
        if role == "expert":
            before = [
                person for place, person in self.cast.heads if place < report.at and person.shown_role() == "expert"
            ]
            before = [person for person in before if not gender or person.gender & gender]
            return before[-1] if before else None
        return None

    def _same_body(self, head: int) -> Speaker | None:
        """The body that a bare noun means (agencja, spółka): the last of its role, or one that the article names."""
        article, lexicon = self.article, self.lexicon
        lemma = article.lemma[head]
        media = lexicon.persons.get(lemma) == "media"
        role = lexicon.institutions.get(lemma) or ("media" if media else None)
        if role is None or article.form[head].isupper():
            return None
        bodies = [
            speaker for speaker in reversed(self.order) if not speaker.person and speaker.shown_role() != "document"
        ]
        for speaker in bodies:
            if root_of(lemma) in speaker.descriptors:
                return speaker
        name = self.cast.body(head)
        if name is not None:
            speaker = self.bodies.setdefault(name, Speaker(name, False, article.gender[head]))
            speaker.signs += roles.signs(self.cast.words(head, head + 1), lexicon)
            return speaker
        for speaker in bodies[:3]:
            known = speaker.shown_role()
            if known == role or (known is None and role == "organization"):
                return speaker
        return None

    def _text(self, lo: int, hi: int, case: int) -> tuple[str, bool]:
        """A description or the name of a body in the nominative; and whether it is a proper name (agencja AFP: AFP)."""
        article, lexicon = self.article, self.lexicon
        first = hi
        while first > lo and (
            article.kind[first - 1] in (QUOTE, DASH)
            or article.quote[first - 1] != article.quote[lo]
            or (
                article.proper[first - 1]
                and article.cls[first - 1] in (UNKNOWN, NOUN)
                and article.cases[first - 1] & case
            )
        ):
            first -= 1
        if hi - lo == 1 and (spelled := self.cast.expansion(article.form[lo])) is not None:
            return self.cast.in_nominative(*spelled, article.case[spelled[0]] or NOM), True
        kinds = {article.lemma[at] for at in range(lo, first)}
        if lo < first < hi and kinds & _KINDS:
            return bare(article.text(first, hi)), True
        if article.lemma[lo] in lexicon.documents:
            stop = next((at for at in range(lo + 1, hi) if article.cls[at] == PREP), hi)
            return self.cast.in_nominative(lo, stop, case), False
        return self.cast.in_nominative(lo, hi, case), first == lo


def _nested(reports: list[Report]) -> set[int]:
    """The reports whose cue stands in the content of another, by index."""
    ranges = [(lo, hi, index) for index, report in enumerate(reports) for lo, hi in report.tokens]
    first = np.array([lo for lo, _, _ in ranges], dtype=np.int64)
    last = np.array([hi for _, hi, _ in ranges], dtype=np.int64)
    at = np.array([report.at for report in reports], dtype=np.int64)
    holding = innermost(first, last, at, at + 1)
    cued = [report.cue is not None for report in reports]
    return {
        index
        for index, which in enumerate(holding.tolist())
        if which >= 0 and cued[index] and ranges[which][2] != index
    }


def _gender(mask: int) -> int:
    """M1 or F where the verb allows no other, else 0."""
    single, plural = mask & 31, mask >> 5
    if plural or not single:
        return 0
    return F if single == F else M1 if single & M1 and not single & F else 0


def _default(speaker: Speaker) -> str:
    """The role of a speaker of whom the article says nothing: most named persons of the news hold office."""
    if not speaker.person:
        return "organization"
    return "official" if speaker.key else "citizen"


def resolve(article: Article, reports: list[Report], lexicon: Lexicon) -> tuple[list[Speaker | None], list[Speaker]]:
    """The speaker of each report (null where it cannot be told), and all speakers by their first words."""
    found = _Resolver(article, lexicon).resolve(reports)
    speakers = [speaker for speaker in dict.fromkeys(found) if speaker is not None]
    return found, sorted(speakers, key=lambda speaker: (speaker.mentions[0], speaker.name))
