"""Who speaks: the sources of an article resolved to speakers, with their roles and the evidence for them."""

from __future__ import annotations

from dataclasses import dataclass, field

from discourse.attribution import roles
from discourse.attribution.lexicon import Lexicon
from discourse.attribution.names import Name, key, names, nominative
from discourse.attribution.reports import Report
from discourse.attribution.view import (
    ADJ,
    BREV,
    CLOSE,
    COMMA,
    DASH,
    FINITE,
    GEN,
    M1,
    MASCULINE,
    NOM,
    NOMINAL,
    NOUN,
    OPEN,
    PLAIN,
    PREP,
    PRONOUN,
    STOP,
    UNKNOWN,
    Article,
    F,
    N,
)  # fmt: skip

_ANY = frozenset(
    ["rozmówca", "rozmówczyni", "gość", "autor", "autorka", "kobieta", "mężczyzna", "szef", "szefowa", "lider", "liderka", "prezes", "dyrektor", "rzecznik", "rzeczniczka", "przewodniczący", "przewodnicząca", "człowiek", "pan", "pani", "prawnik", "kandydat"]
)
_WHO = frozenset(("on", "ten", "tamten", "sam", "który", "jaki"))


#: Mentions of a form, and mentions of a surname, that are looked at: enough for any article, a bound for any input.
_MENTIONS, _FORMS = 3, 40
#: Speakers before a turn among which a pronoun, a description or a dropped subject may find its own.
_MEMORY = 12


@dataclass(slots=True, eq=False)
class Speaker:
    """A speaker of an article: name, whether a person, gender bits (M1, F, N), what is said of them, where they stand."""

    name: str
    person: bool
    gender: int
    plural: bool = False
    key: str = ""
    signs: list[roles.Sign] = field(default_factory=list)
    descriptors: set[str] = field(default_factory=set)
    mentions: list[int] = field(default_factory=list)
    affiliation: str = ""
    titles: dict[str, None] = field(default_factory=dict)
    role: str = "other"
    evidence: str = ""


class _Resolver:
    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article, self.lexicon = article, lexicon
        self.names = names(article, lexicon)
        self.by_key: dict[str, list[Name]] = {}
        seen: dict[tuple[str, str], int] = {}
        for name in self.names:
            form = (name.key, article.text(name.lo, name.hi))
            seen[form] = seen.get(form, 0) + 1
            if seen[form] <= _MENTIONS and len(self.by_key.setdefault(name.key, [])) < _FORMS:
                self.by_key[name.key].append(name)
        self.speakers: dict[str, Speaker] = {}
        self.described: dict[str, list[Speaker]] = {}  # persons named, by the nouns that describe them
        self.order: list[Speaker] = []  # speakers in order of their turns, the latest last

    def resolve(self, reports: list[Report]) -> list[Speaker | None]:
        """The speaker of each report, in the order of the reports."""
        by_place = sorted(range(len(reports)), key=lambda index: reports[index].at)
        found: list[Speaker | None] = [None] * len(reports)
        for report in reports:
            if report.source is not None:
                self._named(report)
        for index in by_place:
            report = reports[index]
            speaker = self._speaker(report)
            found[index] = speaker
            if speaker is not None:
                speaker.mentions.append(report.at)
                if speaker in self.order:
                    self.order.remove(speaker)
                self.order.append(speaker)
                del self.order[:-_MEMORY]
        for speaker in self.speakers.values():
            role, evidence = roles.decide(speaker.signs)
            speaker.role, speaker.evidence = role or self._default(speaker), evidence
        return found

    @staticmethod
    def _default(speaker: Speaker) -> str:
        return "official" if speaker.person else "organization"

    # -- names ---------------------------------------------------------------------------------------------------------

    def _named(self, report: Report) -> Speaker | None:
        """The speaker whose name stands in the source; null where it holds none."""
        article = self.article
        assert report.source is not None
        lo, hi = report.source
        name = self._name_in(lo, hi, report.case)
        if name is None:
            return None
        full = self._fullest(name, report)
        text = nominative(article, full)
        speaker = self.speakers.get(text)
        if speaker is None:
            gender = full.gender if full.parts > 1 else self._mask_gender(report.mask) or full.gender
            speaker = Speaker(text, True, gender, key=full.key)
            self.speakers[text] = speaker
            for other in self.by_key.get(full.key, ()):
                if other.parts == 1 or nominative(article, other).split()[0][:3] == text.split()[0][:3]:
                    self._describe(speaker, other)
            person_words = any(sign.role in ("official", "expert", "citizen", "other") for sign in speaker.signs)
            known = full.parts > 1 or person_words
            speaker.person = known or (bool(full.gender & (M1 | F)) and article.cls[full.lo] != UNKNOWN)
        self._add_signs(speaker, lo, hi)
        return speaker

    def _name_in(self, lo: int, hi: int, case: int) -> Name | None:
        """The last run of proper nouns in the source that stands in its case."""
        article = self.article
        best: Name | None = None
        for name in names(article, self.lexicon, lo, hi):
            if name.lo > lo and not any(article.cases[at] & case or article.cls[at] == UNKNOWN for at in range(name.lo, name.hi)):
                continue
            if name.lo > lo and case == NOM and not name.nominative and article.cls[name.lo] != UNKNOWN:
                continue
            if name.lo > lo and name.parts == 1 and article.case[name.lo] & GEN and not article.case[name.lo] & case and not article.cases[name.lo] & NOM:
                continue
            best = name
        return best

    def _fullest(self, name: Name, report: Report) -> Name:
        article = self.article
        best = name
        wanted = self._mask_gender(report.mask)
        for other in self.by_key.get(name.key, ()):
            if name.parts > 1:
                if other.parts < name.parts or (key(article.form[other.lo]) != key(article.form[name.lo]) and other.parts == name.parts):
                    continue
            if wanted and other.parts > 1 and not other.gender & wanted:
                continue
            if (min(other.parts, 3), other.nominative) > (min(best.parts, 3), best.nominative):
                best = other
        return best

    @staticmethod
    def _mask_gender(mask: int) -> int:
        single, plural = mask & 31, mask >> 5
        if single == F:
            return F
        if single and single & MASCULINE and not single & F:
            return M1
        return 0 if plural or single else 0

    def _describe(self, speaker: Speaker, name: Name) -> None:
        """Take up titles before a mention and the apposition after it."""
        article = self.article
        lo = name.lo
        while lo > max(0, name.lo - 9) and (
            (article.kind[lo - 1] == PLAIN and article.cls[lo - 1] in NOMINAL and article.cls[lo - 1] != PRONOUN)
            or (article.cls[lo - 1] == PREP and article.low[lo - 1] in ("z", "ze", "ds", "do", "od"))
            or (article.form[lo - 1] == "." and article.cls[lo - 2] == BREV)
        ) and article.sent_lo[lo] != lo:
            lo -= 1
        if lo < name.lo:
            self._add_signs(speaker, lo, name.hi)
        at = name.hi
        if (at + 1 < len(article) and article.kind[at] in (COMMA, OPEN)) or (
            at + 1 < len(article) and article.kind[at] == DASH and article.spaced[at] and article.lemma[at + 1] in self.lexicon.persons
        ):
            end = at + 1
            while end < min(len(article), at + 12) and article.kind[end] not in (COMMA, STOP, CLOSE) and article.cls[end] not in FINITE and not (
                article.kind[end] == DASH and article.spaced[end]
            ):
                if article.kind[end] == STOP and article.cls[end - 1] != BREV:
                    break
                end += 1
            first = at + 1
            while first < end and article.cls[first] == ADJ and article.lemma[first] not in self.lexicon.persons and not article.cap[first]:
                first += 1
            if first < end and (article.lemma[first] in self.lexicon.persons or article.low[first] in self.lexicon.persons
                                or article.low[first] in self.lexicon.titles or article.kind[at] == OPEN):  # fmt: skip
                self._add_signs(speaker, at + 1, end)

    def _add_signs(self, speaker: Speaker, lo: int, hi: int) -> None:
        article, lexicon = self.article, self.lexicon
        words = [(article.lemma[at], article.form[at]) for at in range(lo, hi) if article.kind[at] == PLAIN]
        speaker.signs += roles.signs(words, lexicon)
        for lemma, form in words:
            if lemma in lexicon.persons or form.lower() in lexicon.persons:
                if lemma not in speaker.descriptors and speaker.key:
                    self.described.setdefault(lemma, []).append(speaker)
                speaker.descriptors.add(lemma)
            if form.lower() in lexicon.titles:
                speaker.titles[form] = None

    # -- others --------------------------------------------------------------------------------------------------------

    def _speaker(self, report: Report) -> Speaker | None:
        article = self.article
        if report.source is None:
            if report.impersonal or report.mask == 0:
                return None
            return self._last(report.mask)
        lo, hi = report.source
        named = self._named(report)
        if named is not None:
            return named
        if article.cls[lo] == PRONOUN or article.low[lo] in ("jego", "jej", "ich", "niego", "niej", "nich") or (hi - lo == 1 and article.lemma[lo] in _WHO):
            return self._pronoun(report, lo)
        return self._described(report, lo, hi)

    def _pronoun(self, report: Report, lo: int) -> Speaker | None:
        article = self.article
        word = article.low[lo]
        if article.lemma[lo] in ("który", "jaki"):
            return self._antecedent(lo)
        if word in ("jej", "niej", "ona", "nią"):
            return self._last(F)
        if word in ("ich", "nich", "oni", "one", "nimi"):
            return self._last(31 << 5)
        if word in ("mnie", "ja", "my", "nas"):
            return None
        return self._last(MASCULINE)

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
        case = article.cases[end - 1] or NOM
        return self._speaker(Report("indirect", [(0, 0)], None, (lo, end), None, None, relative, 1023, case))

    def _last(self, mask: int) -> Speaker | None:
        """The last speaker whose gender and number fit."""
        singular, plural = mask & 31, mask >> 5
        for speaker in reversed(self.order):
            if speaker.plural:
                if plural:
                    return speaker
            elif singular and (speaker.gender & singular or not speaker.gender):
                return speaker
        if plural and not singular:
            for speaker in self.order[:-4:-1]:
                if not speaker.person:
                    return speaker
        return None

    def _described(self, report: Report, lo: int, hi: int) -> Speaker | None:
        article, lexicon = self.article, self.lexicon
        head = next((at for at in range(lo, hi) if article.lemma[at] in lexicon.persons or article.low[at] in lexicon.persons), -1)
        if head >= 0 and article.lemma[head] in lexicon.generic and not report.mask >> 5 & ~0 == report.mask:
            found = self._same(article.lemma[head], report, hi - lo)
            if found is not None:
                return found
        text = self._phrase(lo, hi, report.case)
        if not text:
            return None
        speaker = self.speakers.get(text) or self.speakers.get(text[:1].upper() + text[1:])
        if speaker is None:
            at = head if head >= 0 else next((x for x in range(lo, hi) if article.cls[x] in (NOUN, UNKNOWN)), lo)
            plural = bool(article.number[at] & 2) and not article.number[at] & 1
            gender = article.gender[at] & (MASCULINE | F | N)
            if gender & MASCULINE:
                gender |= MASCULINE
            speaker = Speaker(text, head >= 0 and article.lemma[head] not in lexicon.institutions, gender, plural)
            self.speakers[text] = speaker
        self._add_signs(speaker, lo, hi)
        return speaker

    def _same(self, lemma: str, report: Report, length: int) -> Speaker | None:
        """The speaker that a description means: one so described, else the last of that role, by gender."""
        role = self.lexicon.persons.get(lemma, "")
        singular = report.mask & 31 if report.mask else 31
        people = [speaker for speaker in reversed(self.order) if speaker.person and not speaker.plural]
        fits = [speaker for speaker in people if speaker.gender & singular or not speaker.gender]
        for speaker in fits:
            if lemma in speaker.descriptors:
                return speaker
        for speaker in self.described.get(lemma, ()):
            if speaker.person and (speaker.gender & singular or not speaker.gender):
                return speaker
        if length > 2:
            return None
        for speaker in fits[:3]:
            if lemma in _ANY or role in {sign.role for sign in speaker.signs} or not speaker.signs:
                return speaker
        return None

    def _phrase(self, lo: int, hi: int, case: int) -> str:
        """A description or the name of a body in the nominative."""
        article = self.article
        if case == NOM or article.cls[lo] == UNKNOWN:
            text = article.text(lo, hi)
        else:
            text = self._to_nominative(lo, hi, case)
        for quotes in ('„', '”', '"', "«", "»", "“"):
            text = text.replace(quotes, "")
        return text

    def _to_nominative(self, lo: int, hi: int, case: int) -> str:
        article = self.article
        head = next((at for at in range(lo, hi) if article.cls[at] in (NOUN, UNKNOWN)), lo)
        text = ""
        for at in range(lo, hi):
            word = article.form[at]
            if at == head and article.cls[at] == NOUN and article.kind[at] == PLAIN:
                lemma = article.lemma[at]
                plural = article.number[at] & 2 and not article.number[at] & 1
                if not plural:
                    word = lemma[:1].upper() + lemma[1:] if word[:1].isupper() else lemma
            elif article.cls[at] == ADJ and (at < head or at == head + 1) and article.case[at] & case:
                word = _adjective(article.lemma[at], word, article.gender[head], bool(article.number[head] & 2))
            text += (" " if at > lo and article.start[at] > article.end[at - 1] else "") + word
        return text


def _adjective(lemma: str, form: str, gender: int, plural: bool) -> str:
    if plural or not lemma.endswith(("y", "i")):
        return form
    word = lemma
    if gender & F and not gender & M1:
        word = lemma[:-1] + ("a" if not lemma.endswith("i") or lemma.endswith(("ki", "gi")) else "ia")
    elif gender & N and not gender & M1:
        word = lemma[:-1] + "e" if not lemma.endswith("i") else lemma + "e"
    return word[:1].upper() + word[1:] if form[:1].isupper() else word


def resolve(article: Article, reports: list[Report], lexicon: Lexicon) -> tuple[list[Speaker | None], list[Speaker]]:
    """The speaker of each report (null where it cannot be told), and all speakers by their first words."""
    resolver = _Resolver(article, lexicon)
    found = resolver.resolve(reports)
    used = {id(speaker) for speaker in found if speaker is not None}
    speakers = [speaker for speaker in resolver.speakers.values() if id(speaker) in used]
    return found, sorted(speakers, key=lambda speaker: (speaker.mentions[0] if speaker.mentions else 0, speaker.name))
