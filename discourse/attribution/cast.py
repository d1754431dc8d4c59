"""The cast of an article: everybody and every body that it names, with what it says of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from discourse.attribution import roles
from discourse.attribution.lexicon import Lexicon
from discourse.attribution.names import Name, key, names, nominative
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.view import (
    ADJ,
    ADV,
    BREV,
    CLOSE,
    COMMA,
    DASH,
    FINITE,
    GEN,
    M1,
    NOM,
    NOMINAL,
    NOUN,
    NUM,
    OPEN,
    PART,
    PARTICIPLE,
    PLAIN,
    PREP,
    QUOTE,
    STOP,
    UNKNOWN,
    Article,
    F,
)

#: Mentions of one form, forms of one surname, persons in all: enough for any article, a bound for any input.
_MENTIONS, _FORMS, _PERSONS = 40, 40, 200
_FORMER = frozenset(("był", "była", "byli", "były"))  # była minister: the tagger may see a verb
_LINKS = frozenset(("z", "ze", "ds", "do", "od", "przy", "w", "we", "na"))


@dataclass(slots=True, eq=False)
class Speaker:
    """One who speaks or might: name, gender bits (0 where unknown), what is said of them, where they stand."""

    name: str
    person: bool
    gender: int = 0
    plural: bool = False
    key: str = ""
    signs: list[roles.Sign] = field(default_factory=list)
    descriptors: set[str] = field(default_factory=set)  # roots of the nouns that describe them
    links: set[str] = field(
        default_factory=set
    )  # keys of the names in those descriptions: whose minister, whose spokesman
    titles: dict[str, None] = field(default_factory=dict)
    mentions: list[int] = field(default_factory=list)  # tokens of their reports
    role: str = "other"
    evidence: str = ""

    def shown_role(self) -> str | None:
        return roles.decide(self.signs)[0]


class Cast:
    """The persons of an article by surname, description and place; its bodies by their nouns."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article, self.lexicon = article, lexicon
        self.names = names(article, lexicon)
        self.by_key: dict[str, list[Name]] = {}
        self._expansions: dict[str, tuple[int, int] | None] = {}
        seen: dict[tuple[str, str], int] = {}
        for name in self.names:
            form = (name.key, article.text(name.lo, name.hi))
            seen[form] = seen.get(form, 0) + 1
            if seen[form] <= _MENTIONS and len(self.by_key.setdefault(name.key, [])) < _FORMS:
                self.by_key[name.key].append(name)
        self.speakers: dict[str, Speaker] = {}
        self.described: dict[str, list[Speaker]] = {}
        self.full: dict[tuple[str, int], Name] = {}
        self.heads: list[tuple[int, Speaker]] = []  # nominative mentions of persons with a full name, by place
        self.named: list[tuple[int, Speaker]] = []  # the same in any case
        count = 0
        for name in self.names:
            if name.parts > 1 and count < _PERSONS and self._personal(name):
                count += 1
                speaker = self.person(name, 0)
                if name.subject:
                    self.heads.append((name.lo, speaker))
                self.named.append((name.lo, speaker))

    def _personal(self, name: Name) -> bool:
        """Whether a run of two or more names is a person's: not a place or a body (Nowy Jork, Strajk Kobiet)."""
        article = self.article
        if self.is_body(name.lo, name.hi):
            return False
        first = article.lemma[name.lo]
        return (
            bool(name.gender & (M1 | F))
            and (article.cls[name.lo] == UNKNOWN or article.nominative[name.lo] & (M1 | F) or first.endswith("a")) != 0
        )

    def is_body(self, lo: int, hi: int) -> bool:
        """Whether the last words of a stretch are the name of a known body (New York Times)."""
        words = self.words(lo, hi)
        return any(
            length and at + length == len(words)
            for at in range(len(words))
            for length in (roles.phrase(words, at, self.lexicon)[0],)
        )

    # -- persons -------------------------------------------------------------------------------------------------------

    def person(self, name: Name, gender: int) -> Speaker:
        """The person whom a mention names, under the fullest name that the article gives."""
        full = self.fullest(name, gender)
        text = nominative(self.article, full)
        speaker = self.speakers.get(text)
        if speaker is None:
            wanted = gender if full.parts == 1 else 0
            speaker = Speaker(text, True, wanted or full.gender, key=full.key)
            self.speakers[text] = speaker
            first = key(self.article.form[full.lo])
            for other in self.by_key.get(full.key, ()):
                if other.parts == 1 or key(self.article.form[other.lo]) == first:
                    self._describe(speaker, other)
            speaker.person = full.parts > 1 or bool(speaker.signs) or self.article.cls[full.lo] != UNKNOWN
        return speaker

    def fullest(self, name: Name, gender: int) -> Name:
        """The mention with the most parts that may mean the same person, in the nominative if there is one."""
        article = self.article
        first = key(article.form[name.lo]) if name.parts > 1 else ""
        best = name
        for other in self.by_key.get(name.key, ()):
            if (first and other.parts > 1 and key(article.form[other.lo]) != first) or (first and other.parts == 1):
                continue
            if gender and other.parts > 1 and not other.gender & gender:
                continue
            if (min(other.parts, 3), other.subject, other.nominative) > (
                min(best.parts, 3),
                best.subject,
                best.nominative,
            ):
                best = other
        return best

    def name_in(self, lo: int, hi: int, case: int) -> Name | None:
        """The last run of names in a noun phrase that stands in its case (minister Francji [Jan Sowa])."""
        article = self.article
        if self.is_body(lo, hi):
            return None
        best: Name | None = None
        for name in names(article, self.lexicon, lo, hi):
            inside = range(name.lo, name.hi)
            if name.lo > lo and not any(article.cases[at] & case or article.cls[at] == UNKNOWN for at in inside):
                continue
            if name.lo > lo and case == NOM and not name.nominative and article.cls[name.lo] != UNKNOWN:
                continue
            if (
                name.lo > lo
                and name.parts == 1
                and article.case[name.lo] & GEN
                and case == NOM
                and (not article.cases[name.lo] & NOM or article.lemma[name.lo] != article.form[name.lo])
            ):
                continue
            best = name
        if (
            best is not None
            and best.lo > lo
            and best.parts == 1
            and article.kind[lo] == PLAIN
            and article.lemma[lo] in self.lexicon.institutions
        ):
            return None  # agencja Reuters, spółka Nurt
        return best

    # -- what is said of them ------------------------------------------------------------------------------------------

    def words(self, lo: int, hi: int) -> list[roles.Word]:
        article = self.article
        return [(self.noun(at), article.form[at]) for at in range(lo, hi) if article.kind[at] == PLAIN]

    def noun(self, at: int) -> str:
        """The lemma, or the noun of a person that the form may belong to where the chosen lemma is none (analityka)."""
        article, persons = self.article, self.lexicon.persons
        if article.case[at] & GEN and f"{article.low[at]}a" in self.lexicon.documents:
            return f"{article.low[at]}a"  # ze statystyk
        if article.lemma[at] in persons or article.cap[at]:
            return article.lemma[at]
        low = article.low[at]
        return low if low in persons else low[:-1] if low.endswith("a") and low[:-1] in persons else article.lemma[at]

    def is_person_noun(self, at: int) -> bool:
        return self.noun(at) in self.lexicon.persons or self.article.low[at] in self.lexicon.persons

    def add(self, speaker: Speaker, lo: int, hi: int) -> None:
        """Take the words of a phrase as said of the speaker: signs of role, descriptions, titles."""
        article, lexicon = self.article, self.lexicon
        words = self.words(lo, hi)
        for _, form in words[:]:
            if form not in lexicon.institutions and (spelled := self.expansion(form)) is not None:
                words += self.words(*spelled)
        speaker.signs += roles.signs(words, lexicon)
        for lemma, form in words:
            low = form.lower()
            if lemma in lexicon.persons or low in lexicon.persons or lemma in lexicon.institutions:
                root = root_of(lemma)
                if root not in speaker.descriptors and speaker.key:
                    self.described.setdefault(root, []).append(speaker)
                speaker.descriptors.add(root)
            elif low in lexicon.titles:
                speaker.titles[form] = None
            if form[:1].isupper() and (lemma[:1].isupper() or form in lexicon.institutions):
                speaker.links.add(key(form))
        if (
            any(article.kind[at] == PLAIN and article.lemma[at] in ("anonimowy", "osoba") for at in range(lo, hi))
            and not speaker.key
        ):
            speaker.signs.append(roles.Sign("anonymous", article.text(lo, hi), 7))

    def _describe(self, speaker: Speaker, name: Name) -> None:
        """Take up functions and titles before a mention, and the apposition or bracket after it."""
        article, lexicon = self.article, self.lexicon
        cases = article.cases[name.lo]
        lo = first = name.lo
        while (
            lo > max(0, name.lo - 12)
            and article.sent_lo[lo] != lo
            and (
                (
                    article.kind[lo - 1] == PLAIN
                    and (
                        article.cls[lo - 1] in NOMINAL
                        or (article.cls[lo - 1] == PREP and article.low[lo - 1] in _LINKS)
                    )
                )
                or (article.form[lo - 1] == "." and article.cls[lo - 2] == BREV)
            )
        ):
            lo -= 1
            if article.low[lo] in lexicon.titles or (self.is_person_noun(lo) and article.cases[lo] & cases):
                first = lo
        if first < name.lo:
            if first > 0 and article.low[first - 1].startswith(("był", "eks", "emeryt")):
                first -= 1
            self.add(speaker, first, name.lo)
        self._after(speaker, name.hi)

    def _after(self, speaker: Speaker, at: int) -> None:
        article, lexicon = self.article, self.lexicon
        if at + 1 >= len(article):
            return
        if article.kind[at] not in (COMMA, OPEN) and not (
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
        while (
            first < end
            and not self.is_person_noun(first)
            and article.low[first] not in lexicon.titles
            and (
                article.cls[first] in (ADJ, ADV, BREV, PART)
                or article.low[first] in _FORMER
                or article.kind[first] == STOP
            )
        ):
            first += 1
        if first < end and (
            self.is_person_noun(first) or article.low[first] in lexicon.titles or article.kind[at] == OPEN
        ):
            self.add(speaker, max(at + 1, first - 1), end)

    def expansion(self, acronym: str) -> tuple[int, int] | None:
        """Where the article spells an acronym out in capitals (KE: Komisja Europejska), as tokens."""
        article = self.article
        if not (acronym.isupper() and 2 <= len(acronym) <= 5):
            return None
        if acronym not in self._expansions:
            found = None
            for at in article.voices[:2000]:
                hi = at + len(acronym)
                if hi <= len(article) and all(
                    article.form[at + place][:1] == letter and len(article.form[at + place]) > 2
                    for place, letter in enumerate(acronym)
                ):
                    found = (at, hi)
                    break
            self._expansions[acronym] = found
        return self._expansions[acronym]

    # -- bodies --------------------------------------------------------------------------------------------------------

    def body(self, head: int) -> str | None:
        """The full name of the body that a bare noun means (instytut: Instytut Rzek), if the article has it."""
        article = self.article
        lemma = article.lemma[head]
        for at in self._bodies().get(lemma, ()):
            end = phrase_end(article, at, article.sent_hi[at], article.case[at] or NOM)
            while end > at + 2 and article.cls[end - 1] == PREP:
                end -= 1
            stop = at + 1
            while stop < end and (
                article.cap[stop] or article.kind[stop] in (QUOTE, DASH) or article.low[stop] in ("i", "oraz")
            ):
                stop += 1
            if stop - at > 1:
                return self.in_nominative(at, stop, article.case[at] or NOM)
        return None

    def document(self, head: int) -> str | None:
        """The text that a bare noun means (raport: raport regionalnej izby), by its first fuller mention."""
        article = self.article
        for at in article.voices[:2000]:
            nxt = at + 1
            if article.lemma[at] != article.lemma[head] or at == head or nxt >= len(article):
                continue
            if article.cls[nxt] in NOMINAL and article.cases[nxt] & GEN and article.kind[nxt] == PLAIN:
                end = phrase_end(article, at, article.sent_hi[at], article.case[at] or NOM)
                stop = next((place for place in range(nxt, end) if article.cls[place] == PREP), end)
                if stop > nxt and article.number[at] & 1:
                    return self.in_nominative(at, stop, article.case[at] or NOM)
        return None

    def _bodies(self) -> dict[str, list[int]]:
        article = self.article
        found: dict[str, list[int]] = {}
        for at in article.voices:
            many = found.setdefault(article.lemma[at], [])
            if article.cap[at] and at + 1 < len(article) and article.cap[at + 1] and len(many) < 5:
                many.append(at)
        return found

    def in_nominative(self, lo: int, hi: int, case: int) -> str:
        """A noun phrase in the nominative, as far as lemmas and the endings of adjectives allow."""
        article = self.article
        if case == NOM or article.cls[lo] == UNKNOWN or self.is_body(lo, hi):
            return bare(article.text(lo, hi))
        head = next((at for at in range(lo, hi) if article.cls[at] in (NOUN, UNKNOWN)), lo)
        plural = bool(article.number[head] & 2) and not article.number[head] & 1
        text = ""
        for at in range(lo, hi):
            word = article.form[at]
            if at == head and article.cls[at] == NOUN and article.kind[at] == PLAIN and not plural:
                lemma = self.noun(at)
                word = lemma[:1].upper() + lemma[1:] if word[:1].isupper() else lemma
            elif (
                article.cls[at] in (ADJ, PARTICIPLE)
                and (at < head or at == head + 1)
                and article.cases[at] & case
                and not plural
                and (article.gender[at] & article.gender[head])
            ):
                word = _adjective(article.lemma[at] if article.cls[at] == ADJ else word, word, article.gender[head])
            text += (" " if at > lo and article.start[at] > article.end[at - 1] else "") + word
        return bare(text)


def short(article: Article, lo: int, hi: int, head: int) -> bool:
    """Whether a phrase is a bare noun with adjectives at most (ten specjalista), so that it points back to somebody."""
    return all(
        at == head
        or article.kind[at] != PLAIN
        or article.cls[at] in (ADJ, PARTICIPLE, NUM)
        or article.low[at] in ("jego", "jej", "ich")
        for at in range(lo, hi)
    )


def root_of(lemma: str) -> str:
    """What the masculine and the feminine name of a profession share: ekspert, ekspertka."""
    for ending in ("czyni", "ka", "yni", "owa", "a"):
        if lemma.endswith(ending) and len(lemma) - len(ending) >= 4:
            return lemma[: -len(ending)][: max(4, len(lemma) - len(ending) - 1)]
    return lemma[: max(4, len(lemma) - 1)] if len(lemma) > 4 else lemma


def bare(text: str) -> str:
    """The text without quotation marks."""
    return "".join(letter for letter in text if letter not in '„”"«»“').strip()


def _adjective(lemma: str, form: str, gender: int) -> str:
    if not lemma.endswith(("y", "i")):
        return form
    word = lemma
    if gender & F and not gender & M1:
        word = lemma[:-1] + ("a" if not lemma.endswith("i") or lemma.endswith(("ki", "gi")) else "ia")
    elif gender & 16 and not gender & (M1 | F):
        word = lemma[:-1] + "e" if not lemma.endswith("i") else lemma + "e"
    return word[:1].upper() + word[1:] if form[:1].isupper() else word
