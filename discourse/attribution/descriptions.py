"""Descriptions resolved: whom *ekspertka*, *szef resortu*, *agencja* mean in an article."""

from __future__ import annotations

from discourse.attribution import roles
from discourse.attribution.endings import key
from discourse.attribution.finder import Report
from discourse.attribution.grammar import (
    ADJ,
    CLOSE,
    COMMA,
    M1,
    NOM,
    NOUN,
    OPEN,
    PARTICIPLE,
    SG,
    F,
)
from discourse.attribution.lexicon import words
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.organs import Organs
from discourse.attribution.speaker import Speaker, root_of, short

#: Nouns that mean the last person of their gender.
_ANYBODY = words(
    "rozmówca rozmówczyni gość zwycięzca zwyciężczyni laureat laureatka triumfator tenisista tenisistka piłkarz "
    "zawodnik aktor aktorka piosenkarz piosenkarka artysta artystka reżyser reżyserka pisarz pisarka gwiazdor "
    "duchowny hierarcha kobieta mężczyzna człowiek pan pani dziewczyna chłopak"
)


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


class Descriptions(Organs):
    """The speakers that an article describes without naming them in that place."""

    def _described(self, report: Report, lo: int, hi: int) -> Speaker | None:
        """Whom a source without a name means, by rules: somebody told beside or before it, or itself."""
        head = self._head(lo, hi)
        return (
            self._told(report, lo, hi, head)
            or self._before(report, lo, hi, head)
            or self._authority(lo, hi)
            or self._own(report, lo, hi, head)
        )

    def _head(self, lo: int, hi: int) -> int:
        """The noun of a person or body in a phrase; -1 where it has none, or only another's (list prezydenta)."""
        article, lexicon, cast = self.article, self.lexicon, self.cast
        head = next(
            (at for at in range(lo, hi) if cast.is_person_noun(at) or article.lemma[at] in lexicon.institutions), -1
        )
        first = next((at for at in range(lo, hi) if article.cls[at] == NOUN), lo)
        of_text = head > first and (article.lemma[first] in lexicon.documents or article.low[first] == "badania")
        return -1 if self._anybody(lo, hi) or of_text else head

    def _told(self, report: Report, lo: int, hi: int, head: int) -> Speaker | None:
        """The person whose name stands beside the description; the unnamed source of hearsay; whose statement it is."""
        article, cast = self.article, self.cast
        beside = hi
        if hi < len(article) and article.kind[hi] == OPEN:  # szef urzędu (UW) Jan Sowa
            beside = next((at for at in range(hi, min(len(article), hi + 8)) if article.kind[at] == CLOSE), hi)
        beyond = beside + 1 < len(article) and article.kind[beside] in (COMMA, CLOSE)
        closes = beyond and report.type == "according" and report.at < lo and article.kind[beside] == COMMA
        if closes and not (head >= 0 and cast.is_person_noun(head) and article.number[head] & SG):
            beyond = False  # jak podaje agencja, minister Jan Sowa
        if head >= 0 and beyond and report.case == NOM:
            name = None
            if beside > hi:
                name = cast.full_at.get(beside + 1)
            elif cast.is_person_noun(hi + 1):
                name = cast.name_in(hi + 1, phrase_end(article, hi + 1, article.sent_hi[hi], NOM), NOM)
            elif cast.is_person_noun(head):
                name = cast.apposed(hi + 1)
            if name is not None:  # wicepremier, minister obrony Jan Sowa
                speaker = cast.person(name, gender_of_mask(report.mask))
                cast.add(speaker, lo, hi)
                return speaker
        if (
            report.case != NOM
            and any(article.lemma[at] in _RUMOURS for at in range(lo, min(hi, lo + 2)))
            and hi - lo <= 2
        ):
            return self._anonymous(lo, hi)
        return self._authority(lo, hi) if hi - lo > 1 else None

    def _before(self, report: Report, lo: int, hi: int, head: int) -> Speaker | None:
        """The person, body or text of the article that a description points back to."""
        article, lexicon, cast = self.article, self.lexicon, self.cast
        if head >= 0 and article.number[head] & 1 and article.lemma[lo] not in _ONE_OF_MANY:
            found = self._same(head, hi, report, short(article, lo, hi, head)) if cast.is_person_noun(head) else None
            if (found is None or not found.key) and short(article, lo, hi, head):
                found = self._same_body(head) or found
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
                speaker.hear(roles.signs(cast.words(lo, hi), lexicon))
                return speaker
        return None

    def _own(self, report: Report, lo: int, hi: int, head: int) -> Speaker | None:
        """The speaker whom the article knows by these words alone."""
        article, lexicon, cast = self.article, self.lexicon, self.cast
        text, own = self._text(lo, hi, report.case)
        if not text:
            return None
        if (longer := cast.longer(lo, hi)) is not None:
            text = longer
        speaker = (
            self.bodies.get(text)
            or self.bodies.get(text[:1].upper() + text[1:])
            or self.bodies.setdefault(text, self._new(text, lo, hi, head, own))
        )
        if not self._anybody(lo, hi):
            cast.add(speaker, cast.head(lo, hi, report.case) if article.cls[lo] == PARTICIPLE else lo, hi)
        if article.lemma[lo] in lexicon.documents:
            self.texts[article.lemma[lo]] = speaker
        if text.lower().endswith(roles.DOMAINS) and not speaker.signs:
            speaker.person = False
            speaker.hear([roles.Sign("media", text, 4)])
        if lo in article.opening and not speaker.signs:
            speaker.hear([roles.Sign("media", article.text(lo, hi), 1)])  # „Nowy Głos”
        if article.lemma[lo] == "jeden":
            speaker.hear([roles.Sign("anonymous", article.text(lo, hi), 7)])
        return speaker

    def office(self, head: int, hi: int) -> str:
        """The root of a noun of office, of the office itself where *szef* of a body is a name for it."""
        article = self.article
        if head < 0:
            return ""
        lemma = self.cast.noun(head)
        if lemma in ("szef", "szefowa", "wiceszef", "wiceszefowa") and head + 1 < hi:
            after = next((at for at in range(head + 1, hi) if article.cls[at] != ADJ), head)
            if article.lemma[after] == "rząd":
                return root_of("premier")
            if article.lemma[after] in ("resort", "ministerstwo", "dyplomacja") or article.form[after] in _MINISTRIES:
                return root_of("minister" if lemma.startswith("szef") else "wiceminister")
        return root_of(lemma)

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
            at = head + 1
            while at + 1 < hi and article.cls[at] == ADJ:
                at += 1
            after = article.lemma[at]
            government = after == "rząd"
            if government or after in ("resort", "ministerstwo", "dyplomacja") or article.form[at] in _MINISTRIES:
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
            ministry = any(article.form[at] in _MINISTRIES for at in range(head + 1, hi))
            if last.key and not ministry and (not last.descriptors or (alike and (acronyms or bare_noun))):
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
                return unknown[0]
            return before[-1] if before else None
        return None
