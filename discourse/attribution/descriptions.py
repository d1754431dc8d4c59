"""Descriptions resolved: whom *ekspertka*, *szef resortu*, *agencja* mean in an article."""

from __future__ import annotations

from discourse.attribution import roles
from discourse.attribution.cast import Cast
from discourse.attribution.finder import Report
from discourse.attribution.grammar import (
    ADJ,
    COMMA,
    DASH,
    M1,
    MASCULINE,
    NOM,
    NOUN,
    PARTICIPLE,
    PREP,
    QUOTE,
    UNKNOWN,
    F,
    N,
)
from discourse.attribution.lexicon import Lexicon, words
from discourse.attribution.names import key
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.speaker import Speaker, bare, root_of, short
from discourse.attribution.view import Article

#: Nouns that mean the last person of their gender.
_ANYBODY = words("rozmówca rozmówczyni gość kobieta mężczyzna człowiek pan pani dziewczyna chłopak")


#: Nouns of one who is asked, whoever asks (rozmówczyni „Głosu”).
_GUESTS = words("rozmówca rozmówczyni gość")


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


#: Whose heads are ministers.
_MINISTRIES = words("MSZ MON MSW MSWiA MEN MEiN MZ MF MS MKiDN MNiSW MSP MC")


_ONE_OF_MANY = frozenset(("jeden", "inny", "kolejny", "drugi", "pewien", "któryś", "każdy"))


_ANY_TEXT = frozenset(("dokument", "opracowanie", "publikacja"))


_RUMOURS = frozenset(("informacja", "doniesienie", "relacja", "pogłoska", "plotka", "źródło"))


def gender_of_mask(mask: int) -> int:
    """M1 or F where the verb allows no other, else 0."""
    single, plural = mask & 31, mask >> 5
    if plural or not single:
        return 0
    return F if single == F else M1 if single & M1 and not single & F else 0


class Descriptions:
    """The speakers that an article describes without naming them in that place."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article, self.lexicon = article, lexicon
        self.cast = Cast(article, lexicon)
        self.places = [place for place, _ in self.cast.heads]
        self.bodies: dict[str, Speaker] = {}
        self.order: list[Speaker] = []  # the latest speaker last
        self.turns: dict[int, int] = {}  # speaker → token of the last turn
        self.texts: dict[str, Speaker] = {}  # the last text so called
        self.guest: Speaker | None = None

    def _described(self, report: Report, lo: int, hi: int) -> Speaker | None:
        article, lexicon, cast = self.article, self.lexicon, self.cast
        head = next(
            (at for at in range(lo, hi) if cast.is_person_noun(at) or article.lemma[at] in lexicon.institutions), -1
        )
        if self._anybody(lo, hi):
            head = -1
        if (
            head >= 0
            and hi + 1 < len(article)
            and article.kind[hi] == COMMA
            and cast.is_person_noun(hi + 1)
            and report.case == NOM
        ):
            name = cast.name_in(hi + 1, phrase_end(article, hi + 1, article.sent_hi[hi], NOM), NOM)
            if name is not None:  # wicepremier, minister obrony Jan Sowa
                speaker = cast.person(name, gender_of_mask(report.mask))
                cast.add(speaker, lo, hi)
                return speaker
        if head >= 0 and article.number[head] & 1 and article.lemma[lo] not in _ONE_OF_MANY:
            found = self._same(head, hi, report, short(article, lo, hi, head)) if cast.is_person_noun(head) else None
            if found is None and short(article, lo, hi, head):
                found = self._same_body(head)
            if found is not None:
                return found
        if head < 0 and article.lemma[lo] in lexicon.documents and hi - lo == 1 and article.number[lo] & 1:
            known = self.texts.get(article.lemma[lo])
            if known is None and article.lemma[lo] in _ANY_TEXT:
                known = next((one for one in reversed(self.order) if one.shown_role() == "document"), None)
            if known is not None:
                return known
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
        if not self._anybody(lo, hi):
            cast.add(speaker, lo, hi)
        if article.lemma[lo] in lexicon.documents:
            self.texts[article.lemma[lo]] = speaker
        if lo in article.opening and not speaker.signs:
            speaker.signs.append(roles.Sign("media", article.text(lo, hi), 1))  # „Nowy Głos”
        if article.lemma[lo] == "jeden":
            speaker.signs.append(roles.Sign("anonymous", article.text(lo, hi), 7))
        return speaker

    def _anybody(self, lo: int, hi: int) -> bool:
        """Whether the first noun is a person's but in no lexicon (pasjonaci muzeów): what follows tells no role."""
        article, lexicon = self.article, self.lexicon
        at = next((x for x in range(lo, hi) if article.cls[x] in (NOUN, UNKNOWN)), lo)
        lemma = article.lemma[at]
        if self.cast.is_person_noun(at) or lemma in lexicon.institutions or article.form[at] in lexicon.institutions:
            return False
        human = article.nominative[at] >> 5 & M1 or (article.nominative[at] & M1 and article.gender[at] & M1)
        return bool(article.cls[at] == NOUN and human and not article.proper[at] and lemma not in lexicon.documents)

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
        gender = gender_of_mask(report.mask) or (own if own in (M1, F) else 0)
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
        if role == "expert" and links:
            for speaker in fits:
                if speaker.key and speaker.shown_role() == "expert" and links & speaker.links:
                    return speaker
        if lemma in ("szef", "szefowa") and head + 1 < hi:
            after = article.lemma[head + 1]
            government = after == "rząd"
            if government or after in ("resort", "ministerstwo", "dyplomacja") or article.form[head + 1] in _MINISTRIES:
                minister = root_of("premier" if government else "minister")
                for speaker in candidates + self.cast.described.get(minister, []):
                    if speaker.key and minister in speaker.descriptors and (not gender or speaker.gender & gender):
                        return speaker
        keyed = [one for one in fits if one.key]
        if lemma in _OFFICES and keyed:
            last = keyed[0]
            heads = {root_of(word) for word in _HEADS}
            alike = root in heads and last.descriptors & heads
            acronyms = all(article.form[at].isupper() for at in range(head + 1, hi) if article.cap[at])
            if last.key and (not last.descriptors or (alike and (acronyms or bare_noun))):
                self.cast.add(last, head, hi)
                return last
        if lemma in _GUESTS:
            return next((one for one in fits if one.key and one.shown_role() != "media"), None)
        if not bare_noun:
            return None
        if lemma in _ANYBODY:
            return fits[0] if fits else None
        if len(keyed) == 1 and role in ("official", "expert", "affiliation", "organization"):
            former = self.article.low[head - 1].startswith(("był", "eks")) if head else False
            if former or keyed[0].shown_role() in (role, None):
                return keyed[0]
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
            unknown = [one for one in fits[:3] if one.key and one.shown_role() is None]
            if not before and unknown:
                self.cast.add(unknown[0], head, hi)
                return unknown[0]
            return before[-1] if before else None
        return None

    def _same_body(self, head: int) -> Speaker | None:
        """The body that a bare noun means (agencja, spółka): the last of its role, or one that the article names."""
        article, lexicon = self.article, self.lexicon
        lemma = article.lemma[head]
        media = lexicon.persons.get(lemma) == "media"
        role = lexicon.institutions.get(lemma) or ("media" if media else None)
        if role is None or article.proper[head] or article.form[head].isupper():
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
            for at in range(lo + 1, hi):
                if at in article.opening:
                    return bare(article.text(*article.inner[article.opening[at]])), False  # raport „Rzeki”
                if article.cls[at] in (PREP, PARTICIPLE):
                    return self.cast.in_nominative(lo, at, case), False
            return self.cast.in_nominative(lo, hi, case), False
        return self.cast.in_nominative(lo, hi, case), first == lo
