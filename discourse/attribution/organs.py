"""Bodies and texts that speak under a description: *agencja*, *raport izby*, *w oświadczeniu ministerstwa*."""

from __future__ import annotations

from collections.abc import Iterator

from discourse.attribution import roles, shares
from discourse.attribution.acronyms import OUTLETS_SHORT
from discourse.attribution.bounds import nominative_name
from discourse.attribution.cast import Cast
from discourse.attribution.endings import key
from discourse.attribution.grammar import (
    ACC,
    ADJ,
    DASH,
    GEN,
    M1,
    MASCULINE,
    NOM,
    NOUN,
    PARTICIPLE,
    QUOTE,
    UNKNOWN,
    F,
    N,
)
from discourse.attribution.lexicon import Lexicon, words
from discourse.attribution.namedbodies import KINDS, NamedBodies, NamedBody
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.portraits import OUTLET_NOUNS
from discourse.attribution.shares import share_end
from discourse.attribution.speaker import Speaker, bare, root_of
from discourse.attribution.texts import circumstance, topic
from discourse.attribution.view import Article

#: Named bodies among which the one of a kind is looked for.
_NAMED = 200
#: What one writes oneself, so that it is its author who speaks.
_POSTS = frozenset(("wpis", "post", "tweet", "twit"))
#: What is told by somebody; and how those get it who do not.
_TOLD = frozenset(("informacja", "oświadczenie", "komunikat", "stanowisko", "wersja", "szacunek", "szacunki"))
_GOT = frozenset(("uzyskać", "otrzymać", "posiadać"))
#: Trades whose name stands for the company.
_TRADES = words("przewoźnik producent operator deweloper armator inwestor gigant")


class Organs:
    """The bodies, texts and unnamed people of an article, and who spoke so far."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article, self.lexicon = article, lexicon
        self.cast = Cast(article, lexicon)
        self.places = [place for place, _ in self.cast.heads]
        self.bodies: dict[str, Speaker] = {}
        self.order: list[Speaker] = []  # the latest speaker last
        self.turns: dict[int, int] = {}  # speaker → token of the last turn
        self.texts: dict[str, Speaker] = {}  # the last text so called
        self._texts: dict[tuple[int, int, int], tuple[str, bool]] = {}  # descriptions in the nominative
        self.guest: Speaker | None = None
        self._named_bodies: NamedBodies | None = None
        self._as_speakers: dict[tuple[str, ...], Speaker] = {}  # by the keys of their words
        self._spoken_at: dict[tuple[int, int], Speaker] = {}  # by their tokens

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
        body = body or lemma in OUTLET_NOUNS
        person = not body and (self.cast.is_person_noun(at) or (human and not article.proper[at]))
        return Speaker(text, person, gender, plural)

    def _anonymous(self, lo: int, hi: int) -> Speaker:
        """The unnamed source of hearsay (według nieoficjalnych informacji)."""
        text = bare(self.article.text(lo, hi))
        told = any(self.article.lemma[at] == "informacja" for at in range(lo, hi))
        name = "" if told else self.cast.in_nominative(lo, hi, GEN)
        speaker = self.bodies.setdefault(f"\0{text}", Speaker(name, False))
        speaker.signs = [roles.Sign("anonymous", text, 7)]
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

    def _authority(self, lo: int, hi: int) -> Speaker | None:
        """The authority that a communiqué is of (oświadczenie ministerstwa), or that the bare noun means; or null."""
        article, lexicon = self.article, self.lexicon
        while lo + 1 < hi and article.cls[lo] == ADJ:
            lo += 1
        if article.lemma[lo] in _TOLD and (agent := self._agent(lo, hi)) is not None:
            return agent
        post = article.lemma[lo] in _POSTS
        if article.lemma[lo] not in ("oświadczenie", "komunikat", "stanowisko") and not post:
            return None
        name = self.cast.name_in(lo + 1, hi, GEN) if hi > lo + 1 else None
        if name is not None and name.lo <= lo + 4:
            return self.cast.person(name, 0)  # oświadczenie prof. Ewy Lis
        if hi - lo == 1:
            if post:
                return None
            last = self.texts.get(article.lemma[lo])
            return last if last is not None and last.shown_role() == "official" else None
        on_site = lo + 3 < hi and article.low[lo + 1] == "na" and article.lemma[lo + 2] == "strona"
        after = lo + 3 + (article.lemma[lo + 3] == "internetowy") if on_site else lo + 1  # komunikat na stronie izby
        at = next((x for x in range(after, hi) if article.cls[x] == NOUN), hi)
        if at == hi or not article.case[at] & GEN or article.lemma[at] in lexicon.persons:
            return None
        first = next((x for x in range(after, at + 1) if article.case[x] & GEN), at)
        signs = roles.signs(self.cast.words(first, hi), lexicon)
        if not post and roles.decide(signs)[0] != "official":
            return None
        text = self._whole(first, hi, at)
        speaker = self.bodies.setdefault(text, Speaker(text, False, article.gender[at]))
        self.cast.add(speaker, first, hi)
        self.texts[article.lemma[lo]] = speaker
        return speaker

    def _agent(self, lo: int, hi: int) -> Speaker | None:
        """Whoever something was told by (informacje podane przez policję); null where nothing says it."""
        article = self.article
        at = next((x for x in range(lo + 2, hi - 1) if article.low[x] == "przez"), hi)
        if at == hi or article.cls[at - 1] != PARTICIPLE or article.lemma[at - 1] in _GOT:
            return None
        name = self.cast.name_in(at + 1, hi, ACC)
        if name is not None:
            return self.cast.person(name, 0)
        end = phrase_end(article, at + 1, hi, ACC)
        text = self.cast.in_nominative(at + 1, end, ACC)
        speaker = self.bodies.get(text) or self.bodies.setdefault(text, self._new(text, at + 1, end, -1, False))
        self.cast.add(speaker, at + 1, end)
        return speaker

    def _whole(self, lo: int, hi: int, head: int) -> str:
        """The name of a body in the genitive as fully as the article gives it (komunikat KE, stanowisko Komisji)."""
        if hi - lo == 1:
            spelled = self.cast.expansion(self.article.form[lo])
            if spelled is not None:
                return self.cast.in_nominative(*spelled, self.article.case[spelled[0]] or NOM)
            if (known := self.cast.longer(lo, hi) or self.cast.body(head)) is not None:
                return known
        return self.cast.in_nominative(lo, hi, GEN)

    def _same_body(self, head: int) -> Speaker | None:
        """The body that a bare noun means (agencja, spółka): the last of its role, or one that the article names."""
        article, lexicon = self.article, self.lexicon
        lemma = article.lemma[head]
        media = lexicon.persons.get(lemma) == "media" and lemma in OUTLET_NOUNS  # no journalist
        role = lexicon.institutions.get(lemma) or ("media" if media else "organization" if lemma in _TRADES else None)
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
            speaker.hear(roles.signs(self.cast.words(head, head + 1), lexicon))
            return speaker
        for speaker in bodies[:3]:
            known = speaker.shown_role()
            if known == role or (known is None and role == "organization"):
                return speaker
        return self._named_body(head, role)

    def _bodies(self) -> NamedBodies:
        if self._named_bodies is None:
            self._named_bodies = NamedBodies(self.article, self.lexicon)
        return self._named_bodies

    def named_before(self, at: int, most: int) -> Iterator[tuple[NamedBody, Speaker]]:
        """The bodies and texts named last before a token, the nearest first, each as a speaker."""
        return ((one, self._as_speaker(one)) for one in self._bodies().before(at, most))

    def _as_speaker(self, one: NamedBody) -> Speaker:
        there = self._spoken_at.get((one.lo, one.hi))
        if there is not None:
            return there
        article = self.article
        words = tuple(map(key, article.form[one.lo : one.hi]))
        known = self._as_speakers.get(words)
        if known is None:
            text = self._body_text(one.lo, one.hi)
            known = self.bodies.get(text)
            if known is None:
                known = self.bodies[text] = Speaker(text, False, article.gender[one.lo])
                self.cast.add(known, one.place, one.hi)
            self._as_speakers[words] = known
        self._spoken_at[one.lo, one.hi] = known
        return known

    def _body_text(self, lo: int, hi: int) -> str:
        """The name of a body in the nominative, that of an outlet in full („Rz”: Rzeczpospolita)."""
        text = self.cast.in_nominative(lo, hi, self.article.case[lo] or NOM)
        return OUTLETS_SHORT.get(text, text) if lo - 1 in self.article.opening else text

    def _owners(self, head: int) -> set[str]:
        """Keys of the words beside a noun that tell whose a body is (niemiecki dziennik)."""
        article = self.article
        near = range(max(article.sent_lo[head], head - 2), min(article.sent_hi[head], head + 3))
        found = {key(article.lemma[at]) for at in near if at != head and (article.cls[at] == ADJ or article.cap[at])}
        return found & self.lexicon.owners

    def _named_body(self, head: int, role: str) -> Speaker | None:
        """The body named by then whose kind the noun tells (koncern Nurt … spółka), else the last of the same role."""
        article, lexicon = self.article, self.lexicon
        if role not in ("organization", "media"):
            return None
        root = root_of(article.lemma[head])
        owners, lemma = self._owners(head), article.lemma[head]
        proper = [one for one in self._bodies().before(head, _NAMED) if one.proper]
        known = [(one, lexicon.kinds_of(article.text(one.lo, one.hi))) for one in proper]
        if owners:
            known = [(one, of) for one, of in known if not of or any(owners & its for kind in of for its in kind.of)]
        same = [
            one
            for one, of in known
            if any(lemma in kind.nouns for kind in of) or (one.role == role and one.root == root)
        ]
        same = same or [one for one, _ in known if one.role == role]
        if not same:
            return None
        lo, hi = same[0].lo, same[0].hi
        text = self._body_text(lo, hi)
        if hi - lo == 1 and (spelled := self.cast.expansion(article.form[lo])) is not None:
            text = self.cast.in_nominative(*spelled, article.case[spelled[0]] or NOM)
        speaker = self.bodies.setdefault(text, Speaker(text, False, article.gender[head]))
        self.cast.add(speaker, lo, hi)
        speaker.descriptors.add(root)
        speaker.hear(roles.signs(self.cast.words(head, head + 1), lexicon))
        return speaker

    def _text(self, lo: int, hi: int, case: int) -> tuple[str, bool]:
        """A description or the name of a body in the nominative; and whether it is a proper name (agencja AFP: AFP)."""
        article = self.article
        if case == NOM and article.cls[lo] in (NOUN, ADJ, PARTICIPLE) and not article.cases[lo] & NOM:
            case = article.case[lo] or case  # w komentarzach zaznacza się
        found = self._texts.get((lo, hi, case))
        if found is None:
            found = self._texts[lo, hi, case] = self._as_text(lo, hi, case)
        return found

    def _as_text(self, lo: int, hi: int, case: int) -> tuple[str, bool]:
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
        if (quoted := article.closing.get(hi - 1)) is not None and article.inner[quoted] == (hi - 2, hi - 1):
            short = OUTLETS_SHORT.get(article.form[hi - 2])
            if short is not None and all(article.cls[at] == ADJ for at in range(lo, hi - 3)):
                return short, True  # niemiecki „FAZ”
        if hi - lo == 3 and lo in article.opening and article.form[lo + 1].isupper():
            spelled = self.cast.expansion(article.form[lo + 1])  # „GP”
            if spelled is not None:
                return self.cast.in_nominative(*spelled, article.case[spelled[0]] or NOM), True
        if hi - lo == 1 and (spelled := self.cast.expansion(article.form[lo])) is not None:
            return self.cast.in_nominative(*spelled, article.case[spelled[0]] or NOM), True
        if article.text(lo, hi).lower().endswith("agencja reutera"):
            return ("Reuters" if "Reuters" in article.form else article.text(lo, hi)), True
        which = article.closing.get(hi - 1)
        opening = article.inner[which][0] - 1 if which is not None else lo
        if lo < opening and case == NOM and all(article.cls[at] == ADJ for at in range(lo, opening)):
            return bare(article.text(opening, hi)), True  # piątkowy „Głos”
        if (asked := share_end(article, lo, hi)) > lo:
            if asked < hi and article.form[lo][:1].isdigit():
                return bare(article.text(lo, hi)), False  # 53 proc. badanych
            name = None if article.low[lo] == "wielu" else shares.asked(article, asked, hi)
            if name is not None:
                return name, False
            if asked < hi and article.cases[asked] & GEN:
                return self.cast.in_nominative(asked, hi, GEN), False
        kinds = {article.lemma[at] for at in range(lo, first)}
        noun = next((at for at in range(lo, hi) if article.cls[at] not in (ADJ, PARTICIPLE)), lo)
        if article.cls[lo] == PARTICIPLE and article.cls[noun] != NOUN:
            noun = self.cast.head(lo, hi, case)  # ogłoszony w środę raport
        human = self.cast.is_person_noun(noun) and article.lemma[noun] not in KINDS  # dyrektor hotelu „Nowy Dwór”
        if lo < first < hi and kinds & KINDS and not kinds & lexicon.documents and not human:
            return bare(article.text(first, hi)), True
        if article.lemma[noun] in lexicon.documents:
            for at in range(noun + 1, hi):
                which = article.opening.get(at)
                outlet = at - 1 > noun and article.lemma[at - 1] in KINDS and article.lemma[noun] != "strona"
                if which is not None and nominative_name(article, which) and not outlet:  # not sondaż gazety „Fala”
                    return bare(article.text(*article.inner[which])), False  # raport „Rzeki”
                if article.cls[at] == PARTICIPLE or circumstance(article, at, hi) or topic(article, at, noun):
                    return self.cast.in_nominative(lo, at, case), False  # badania przeprowadzonego przez izbę
            return self.cast.in_nominative(lo, hi, case), False
        return self.cast.in_nominative(lo, hi, case), first == lo
