"""What an article says of a person or body beside a mention: functions, titles, appositions, affiliations."""

from __future__ import annotations

from dataclasses import dataclass

from discourse.attribution import roles
from discourse.attribution.bodies import Bodies
from discourse.attribution.endings import key
from discourse.attribution.grammar import (
    ADJ,
    ADV,
    ANY_GENDER,
    BREV,
    CLOSE,
    COMMA,
    DASH,
    FINITE,
    GEN,
    NOM,
    NOMINAL,
    NOUN,
    OPEN,
    PART,
    PARTICIPLE,
    PLAIN,
    PREP,
    SG,
    STOP,
)
from discourse.attribution.lexicon import Lexicon, words
from discourse.attribution.names import Name
from discourse.attribution.speaker import Speaker, root_of
from discourse.attribution.view import Article
from discourse.attribution.vocabulary import INSTITUTION

_FORMER = frozenset(("był", "była", "byli", "były"))  # była minister: the tagger may see a verb

#: The nominative of a word that no dictionary has.
UNTOLD = ANY_GENDER | ANY_GENDER << 5
#: Nouns of one who is somebody's, so that the name after them is that somebody's.
RELATIVES = words(
    "stronnik stronniczka zwolennik zwolenniczka przeciwnik przeciwniczka krytyk żona mąż matka ojciec brat "
    "siostra syn córka wdowa wdowiec partner partnerka sąsiad sąsiadka przyjaciel przyjaciółka znajomy znajoma "
    "kolega koleżanka współpracownik współpracowniczka pełnomocnik pełnomocniczka obrońca obrończyni adwokat "
    "adwokatka prawnik babcia dziadek wnuk wnuczka wujek ciotka kuzyn kuzynka następca następczyni poprzednik "
    "poprzedniczka rodzina rodzice"
)
#: Media, which are among the nouns of who speaks, but no description of a person beside whose name they stand.
OUTLET_NOUNS = words(
    "media gazeta dziennik tygodnik miesięcznik portal agencja stacja radio telewizja serwis rozgłośnia prasa redakcja "
    "periodyk kwartalnik tabloid magazyn czasopismo kanał nadawca dwutygodnik witryna bulwarówka"
)
_LINKS = frozenset(("z", "ze", "ds", "do", "od", "przy", "w", "we", "na"))
#: Participles of one who heads or speaks for what follows.
_HEADING = words(
    "kierujący kierująca stojący stojąca szefujący szefująca reprezentujący reprezentująca zarządzający zarządzająca "
    "przewodzący przewodząca dowodzący dowodząca pracujący pracująca zasiadający zasiadająca wykładający wykładająca"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a phrase says of whomever it describes."""

    signs: list[roles.Sign]
    titles: dict[str, None]
    roots: list[str]  # of the nouns of persons and bodies
    links: set[str]  # keys of the names in it
    body: str  # from the first body on, as it stands
    unnamed: list[roles.Sign]  # a sign of those alone who have no name


class Portraits(Bodies):
    """The bodies of an article, and what stands beside mentions of speakers."""

    described: dict[str, list[Speaker]]  # root of a noun → the named speakers whom it describes

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        super().__init__(article, lexicon)
        self._said: dict[tuple[int, int], _Said] = {}

    def add(self, speaker: Speaker, lo: int, hi: int) -> None:
        """Take the words of a phrase as said of the speaker: signs of role, descriptions, titles."""
        said = self._said.get((lo, hi))
        if said is None:
            said = self._said[lo, hi] = self._heard(lo, hi)
        speaker.hear(said.signs)
        speaker.titles.update(said.titles)
        speaker.links |= said.links
        if not speaker.key:
            speaker.descriptors.update(said.roots)
            speaker.hear(said.unnamed)
            return
        if not speaker.affiliation:
            speaker.affiliation = said.body
        for root in said.roots:
            if root not in speaker.descriptors:
                self.described.setdefault(root, []).append(speaker)
                speaker.descriptors.add(root)

    def _heard(self, lo: int, hi: int) -> _Said:
        article, lexicon = self.article, self.lexicon
        words = self.words(lo, hi)
        for _, form in words[:]:
            if form not in lexicon.institutions and (spelled := self.expansion(form)) is not None:
                words += self.words(*spelled)
        titles: dict[str, None] = {}
        roots: dict[str, None] = {}
        links: set[str] = set()
        for lemma, form in words:
            low = form.lower()
            if low in lexicon.titles:
                titles[form] = None
            if lemma in lexicon.persons or low in lexicon.persons or lemma in lexicon.institutions:
                roots[root_of(lemma)] = None
            if form[:1].isupper() and (lemma[:1].isupper() or form in lexicon.institutions):
                links.add(key(form))
        body = next((at for at in range(lo, hi) if self._is_institution(at)), hi)
        unnamed = any(article.kind[at] == PLAIN and article.lemma[at] in ("anonimowy", "osoba") for at in range(lo, hi))
        return _Said(
            roles.signs(words, lexicon),
            titles,
            list(roots),
            links,
            article.text(body, hi),
            [roles.Sign("anonymous", article.text(lo, hi), 7)] if unnamed else [],
        )

    def _is_institution(self, at: int) -> bool:
        article = self.article
        return bool(article.word[at] & INSTITUTION and article.kind[at] == PLAIN and not self.is_person_noun(at))

    def _describe(self, speaker: Speaker, name: Name) -> None:
        """Take up functions and titles before a mention, and the apposition or bracket after it."""
        article, lexicon = self.article, self.lexicon
        cases = article.cases[name.lo]
        lo = first = name.lo
        while (
            lo > max(0, name.lo - 14)
            and article.sent_lo[lo] != lo
            and (
                (
                    article.kind[lo - 1] == PLAIN
                    and (
                        article.cls[lo - 1] in NOMINAL
                        or (article.cls[lo - 1] == PREP and article.low[lo - 1] in _LINKS)
                    )
                )
                or (
                    article.form[lo - 1] == "."
                    and (article.cls[lo - 2] == BREV or article.low[lo - 2] in lexicon.titles)
                )
                or self._in_brackets(lo)
            )
        ):
            lo -= 3 if article.kind[lo - 1] == CLOSE else 1
            if article.low[lo] in lexicon.titles or (
                self.is_person_noun(lo) and article.cases[lo] & cases and article.lemma[lo] not in OUTLET_NOUNS
            ):
                first = lo
                near = lo == name.lo - 1 or article.nominative[name.lo] != UNTOLD
                speaker.human = speaker.human or (near and bool(article.number[lo] & SG))
        noun = next((at for at in range(first, name.lo) if article.cls[at] == NOUN), first)
        if first < name.lo and article.lemma[noun] in RELATIVES and not name.subject:
            first = name.lo  # pełnomocnik Ewy Lis
        if first == name.lo and name.subject:
            self._apposed_before(speaker, name)
        if first < name.lo:
            if first and article.lemma[first - 1] in roles.CHIEF and article.cases[first - 1] & cases:
                first -= 1  # główny lekarz sanitarny
            back = 2 if first > 1 and article.cls[first - 1] == ADJ and article.low[first - 2] in _FORMER else 1
            if first >= back and article.low[first - back].startswith(("był", "eks", "emeryt")):
                first -= back  # były brytyjski ambasador
            bracket = next((at for at in range(first, name.lo) if article.kind[at] == OPEN), name.lo)
            self.add(speaker, first, bracket)
            if bracket + 3 < name.lo:
                self.add(speaker, bracket + 3, name.lo)
        self._after(speaker, name.hi, cases)

    def _in_brackets(self, hi: int) -> bool:
        """Whether one word in brackets ends before a token: szef Centrum Badań (CBX) [Jan Sowa]."""
        article = self.article
        return hi > 3 and article.kind[hi - 1] == CLOSE and article.kind[hi - 3] == OPEN

    def _apposed_before(self, speaker: Speaker, name: Name) -> None:
        """Take up a description that a comma parts from the name (dyrektor generalny huty, Jan Sowa)."""
        article = self.article
        hi = lo = name.lo - 1
        if hi <= 0 or article.kind[hi] != COMMA or article.sent_lo[name.lo] >= hi:
            return
        while (
            lo > max(0, hi - 9)
            and article.kind[lo - 1] == PLAIN
            and (
                (article.cls[lo - 1] in NOMINAL and article.cls[lo - 1] not in FINITE)
                or (article.cls[lo - 1] == PREP and article.low[lo - 1] in _LINKS)
            )
        ):
            lo -= 1
        head = next(
            (at for at in range(hi - 1, lo - 1, -1) if self.is_person_noun(at) and article.case[at] & NOM),
            next((at for at in range(lo, hi) if article.cls[at] == NOUN), hi),
        )
        somebody = head < hi and self.is_person_noun(head) and article.lemma[head] not in OUTLET_NOUNS | RELATIVES
        if somebody and article.cases[head] & NOM and article.number[head] & SG:
            former = head > lo and article.low[head - 1].startswith(("był", "eks", "emeryt"))
            self.add(speaker, head - former, hi)

    def _after(self, speaker: Speaker, at: int, cases: int) -> None:
        """Take up what follows a mention: an affiliation, an apposition, a bracket, who wrote a post."""
        article, lexicon = self.article, self.lexicon
        if at + 1 >= len(article):
            return
        link = at + (article.kind[at] == COMMA)
        if article.low[link] in ("z", "ze") and link + 1 < len(article) and article.cases[link + 1] & GEN:
            end = link + 1
            while end < min(len(article), link + 9) and article.kind[end] == PLAIN and article.cls[end] in NOMINAL:
                end += 1
            sign = roles.belonging(self.words(link + 1, end), lexicon)
            if sign is not None:
                speaker.hear([sign])
                speaker.affiliation = speaker.affiliation or article.text(link + 1, end)
                speaker.links |= {key(article.form[place]) for place in range(link + 1, end) if article.cap[place]}
            return
        if article.kind[at] == OPEN and article.form[at + 1][:1] == "@":
            speaker.hear([roles.Sign("citizen", "@", 1)])  # a post: whoever is not known writes as a citizen
            return
        if article.kind[at] == PLAIN and self.is_person_noun(at) and article.cases[at] & cases & NOM:
            at -= 1  # mówi Jan Sowa dyrektor huty
        elif article.kind[at] not in (COMMA, OPEN) and not (
            article.kind[at] == DASH and article.spaced[at] and self.is_person_noun(at + 1)
        ):
            return
        end = at + 1
        while end < min(len(article), at + 14):
            kind = article.kind[end]
            former = article.low[end] in _FORMER
            if (
                kind in (COMMA, CLOSE)
                or (article.cls[end] in FINITE and not former)
                or (kind == DASH and article.spaced[end])
            ):
                break
            if kind == STOP and article.cls[end - 1] != BREV:
                break
            end += 1
        first = at + 1
        if article.low[first] in _HEADING:
            speaker.human = True
            sign = roles.belonging(self.words(first + 1, end), lexicon)
            if sign is not None:
                speaker.hear([sign])
            return
        while (
            first < end
            and not self.is_person_noun(first)
            and article.low[first] not in lexicon.titles
            and (
                article.cls[first] in (ADJ, ADV, BREV, PART, PARTICIPLE)
                or article.low[first] in _FORMER
                or article.kind[first] == STOP
            )
        ):
            first += 1
        if first < end and (
            self.is_person_noun(first) or article.low[first] in lexicon.titles or article.kind[at] == OPEN
        ):
            speaker.human = speaker.human or article.kind[at] != OPEN
            if article.kind[at] == OPEN and roles.party(self.words(first, end), 0):
                speaker.hear([roles.Sign("official", article.form[first], roles.DECISIVE)])  # Jan Sowa (Lewica)
            else:
                self.add(speaker, max(at + 1, first - 1), end)
