"""The cast of an article: everybody and every body that it names, with what it says of them."""

from __future__ import annotations

from discourse.attribution import roles
from discourse.attribution.bounds import OUTLETS
from discourse.attribution.endings import key
from discourse.attribution.givennames import MEN, POLISH, WOMEN, given_gender
from discourse.attribution.grammar import (
    ANY_CASE,
    CLOSE,
    COMMA,
    DASH,
    GEN,
    M1,
    NOM,
    NOUN,
    PL,
    PLAIN,
    PREP,
    QUOTE,
    STOP,
    UNKNOWN,
    F,
)
from discourse.attribution.lexicon import Lexicon, words
from discourse.attribution.names import Name, names, nominative
from discourse.attribution.portraits import RELATIVES, UNTOLD, Portraits
from discourse.attribution.speaker import Speaker, root_of
from discourse.attribution.view import Article

#: Mentions of one form, forms of one surname, persons in all: enough for any article, a bound for any input.
_MENTIONS, _FORMS, _PERSONS = 40, 40, 200


#: Texts that speak for themselves, whoever made them or is named in them.
STUDIES = words(
    "dane dana badanie badania badaniu badaniem raport sondaż ankieta symulacja statystyka monitoring zestawienie "
    "analiza projekt indeks"
)


#: What governs a genitive before a name.
_GENITIVES = frozenset(("zdaniem", "według", "wg", "wedle", "od", "do", "dla", "u", "wobec", "bez", "opinii", "ocenie"))


class Cast(Portraits):
    """The persons of an article by surname, description and place; its bodies by their nouns."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        super().__init__(article, lexicon)
        self.names = names(article, lexicon)
        self._persons: dict[tuple[int, int, int, int, bool, bool, bool], Speaker] = {}
        self._names_in: dict[tuple[int, int, int], Name | None] = {}
        self._calls: dict[tuple[int, int, int, bool, bool], tuple[str, str]] = {}
        self._genitives()
        self.full_at = {name.lo: name for name in self.names if name.parts > 1}
        self.by_place = {(name.lo, name.hi): name for name in self.names}
        self.by_key: dict[str, list[Name]] = {}
        seen: dict[tuple[str, str], int] = {}
        for name in self.names:
            form = (name.key, article.text(name.lo, name.hi))
            seen[form] = seen.get(form, 0) + 1
            if seen[form] <= _MENTIONS and len(self.by_key.setdefault(name.key, [])) < _FORMS:
                self.by_key[name.key].append(name)
        self.by_first: dict[str, list[Name]] = {}
        for name in self.names:
            if name.parts > 1 and len(self.by_first.setdefault(article.form[name.lo], [])) < _FORMS:
                self.by_first[article.form[name.lo]].append(name)
        self.speakers: dict[str, Speaker] = {}
        self.described: dict[str, list[Speaker]] = {}
        self.full: dict[tuple[str, int], Name] = {}
        self.heads: list[tuple[int, Speaker]] = []  # nominative mentions of persons with a full name, by place
        self.named: list[tuple[int, Speaker]] = []  # the same in any case
        count = 0
        for name in self.names:
            if name.parts > 1 and count < _PERSONS and self.personal(name):
                count += 1
                speaker = self.person(name, 0)
                if name.subject:
                    self.heads.append((name.lo, speaker))
                self.named.append((name.lo, speaker))
            elif name.parts == 1 and name.subject and count < _PERSONS and name.lo and self.is_person_noun(name.lo - 1):
                count += 1
                self.heads.append((name.lo, self.person(name, 0)))  # minister Sowa

    def _genitives(self) -> None:
        """Take names in -a for a man's genitive where the article has the surname without it (Jarosława Wrona)."""
        article = self.article
        forms = {article.form[name.hi - 1] for name in self.names if name.parts == 1 or not name.gender & F}
        for name in self.names:
            last = article.form[name.hi - 1]
            both = name.parts > 1 and article.form[name.lo].endswith("a") and last.endswith("a")
            if both and name.gender == F and ((len(last) > 4 and last[:-1] in forms) or self._governed(name)):
                name.gender, name.nominative, name.subject, name.genitive = M1, False, False, True

    def _governed(self, name: Name) -> bool:
        """Whether a name that may be a woman's or a man's genitive stands where a genitive must (zdaniem Jana Maja)."""
        article, at = self.article, name.lo - 1
        if (
            at < 0
            or article.cases[name.lo] == ANY_CASE
            or not all(article.cases[place] & GEN for place in (name.lo, name.hi - 1))
        ):
            return False
        return article.low[at] in _GENITIVES or (
            article.cls[at] == NOUN and article.case[at] == GEN and not article.cases[at] & NOM
        )

    def personal(self, name: Name) -> bool:
        """Whether a run of two or more names is a person's: not a place or a body (Nowy Jork, Strajk Kobiet)."""
        article = self.article
        if self.is_body(name.lo, name.hi) or article.form[name.lo] in OUTLETS:
            return False
        first = article.lemma[name.lo]
        return (
            bool(name.gender & (M1 | F))
            and (article.cls[name.lo] == UNKNOWN or article.nominative[name.lo] & (M1 | F) or first.endswith("a")) != 0
        )

    def familiar(self, person: Speaker) -> bool:
        """Whether a run of names is surely somebody: described, or named again by the surname (not Nord Stream)."""
        article = self.article
        mentions = self.by_key.get(person.key, ())
        return person.human or any(
            name.parts == 1
            or article.form[name.lo] in WOMEN
            or article.form[name.lo] in MEN
            or (article.proper[name.lo] and article.nominative[name.lo] != UNTOLD and name.gender in (M1, F))
            for name in mentions
        )

    def person(self, name: Name, gender: int) -> Speaker:
        """The person whom a mention names, under the fullest name that the article gives."""
        asked = (name.lo, name.hi, name.parts, name.gender, name.subject, name.nominative, name.genitive)
        if not gender and (known := self._persons.get(asked)) is not None:
            return known
        full = self.fullest(name, gender)
        text, spelled = self._called(full)
        if spelled != text:
            text, full.gender = spelled, given_gender(spelled) or full.gender
        speaker = self.speakers.get(text)
        if speaker is None:
            wanted = gender if full.parts == 1 else 0
            speaker = Speaker(text, True, wanted or full.gender, key=full.key)
            self.speakers[text] = speaker
            first = key(self.article.form[full.lo])
            for other in self.by_key.get(full.key, ()):
                if other.parts == 1 or key(self.article.form[other.lo]) == first:
                    self._describe(speaker, other)
            sign = self._known(full, text)
            if sign is not None:
                speaker.signs.append(sign)
            if full.parts > 1:
                speaker.offices = frozenset(map(root_of, self.lexicon.offices.get((first, full.key), ())))
            speaker.person = full.parts > 1 or bool(speaker.signs) or self.article.cls[full.lo] != UNKNOWN
        if gender:
            speaker.gender = gender  # the verb knows better than the given name
        else:
            self._persons[asked] = speaker
        return speaker

    def _called(self, name: Name) -> tuple[str, str]:
        """A name in the nominative as the article writes it, and as it is spelled; kept, for it is often asked."""
        asked = (name.lo, name.hi, name.gender, name.subject, name.genitive)
        found = self._calls.get(asked)
        if found is None:
            text = " ".join(nominative(self.article, name).replace("\u2011", "-").split())
            found = self._calls[asked] = text, self._spelled(name, text) if name.parts > 1 else text
        return found

    def as_written(self, speaker: Speaker, name: Name) -> None:
        """Call a person as a subject shows the full name, where its endings were guessed (Yasuhide Nakayama)."""
        article = self.article
        text = article.text(name.lo, name.hi)
        last = name.hi - 1
        guessed = article.cases[last] == ANY_CASE and not article.case[last] & NOM
        same = name.parts > 1 and len(text.split()) == len(speaker.name.split())
        mine = self.speakers.get(speaker.name) is speaker and text not in self.speakers
        if same and mine and guessed and article.case[name.lo] & NOM:
            self.speakers[text] = speaker
            speaker.name = text

    def _spelled(self, name: Name, text: str) -> str:
        """The name of a person of public life as it is spelled, where the article has it in another case only."""
        given = self.article.form[name.lo]
        if name.subject and given in POLISH:
            return text
        spelled = self.lexicon.spelled.get((key(given), name.key), text)
        return spelled if len(spelled.split()) == len(text.split()) else text

    def _known(self, name: Name, text: str) -> roles.Sign | None:
        """The sign that a person of public life brings along, by full name or by a surname that one of them has."""
        if name.parts > 1:
            role = self.lexicon.known.get((key(self.article.form[name.lo]), name.key))
            return roles.Sign(role, text, roles.KNOWN) if role else None
        role = self.lexicon.surnames.get(name.key)
        return roles.Sign(role, text, roles.SURNAME) if role else None

    def fullest(self, name: Name, gender: int) -> Name:
        """The mention with the most parts that may mean the same person, in the nominative if there is one."""
        article = self.article
        first = key(article.form[name.lo]) if name.parts > 1 else ""
        best = name
        if name.parts == 1 and not any(other.parts > 1 for other in self.by_key.get(name.key, ())):
            named = self.by_first.get(article.form[name.lo], [])
            if len({other.key for other in named}) == 1 and (not gender or named[0].gender & gender):
                return self.fullest(named[0], gender)  # the given name alone
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

    def _surname(self, lo: int, hi: int, case: int) -> Name | None:
        """The last word of a phrase if the article has a person of that surname, though it looks like a noun (Lis)."""
        at = hi - 1
        while at > lo and self.article.kind[at] != PLAIN:
            at -= 1
        form = self.article.form[at]
        if not self.article.cap[at] or form.isupper():
            return None
        if form in self.lexicon.institutions and not any(name.parts > 1 for name in self.by_key.get(key(form), ())):
            return None
        if at > lo and self.article.cases[at] != ANY_CASE and not self.article.cases[at] & case:
            return None  # gość Anny Lisowskiej
        same = next((name for name in self.by_key.get(key(form), ()) if name.parts > 1 and name.hi - name.lo > 1), None)
        if same is None or self.article.form[same.hi - 1][:2] != form[:2]:
            return None
        return Name(at, at + 1, same.key, False, False, same.gender)

    def name_in(self, lo: int, hi: int, case: int) -> Name | None:
        """The last run of names in a noun phrase that stands in its case (minister Francji [Jan Sowa])."""
        asked = (lo, hi, case)
        if asked in self._names_in:
            return self._names_in[asked]
        surname = self._surname(lo, hi, case)
        found = self._name_in(lo, hi, case, surname)
        if found is None or found is not surname:  # the surname's gender may be told yet
            self._names_in[asked] = found
        return found

    def _name_in(self, lo: int, hi: int, case: int, best: Name | None) -> Name | None:
        article = self.article
        if self.is_body(lo, hi):
            return None
        if "im" in article.low[lo:hi]:
            return None  # Instytut im. Jana Sowy
        head = next((at for at in range(lo, hi) if article.cls[at] == NOUN), hi)
        if head < hi and (article.lemma[head] in STUDIES or article.low[head] in STUDIES):
            return None  # badania Nurtu, sondaż dla Fali
        if head < hi - 1 and not article.proper[head]:
            joined = any(article.low[at] in ("i", "oraz", "a") for at in range(lo, hi))
            if article.number[head] == PL and not joined and self.is_person_noun(head):
                return None  # krytycy Jana Sowy
            if article.lemma[head] in RELATIVES and article.cases[head + 1] & GEN:
                return None  # stronnik Jana Sowy
        for found in names(article, self.lexicon, lo, hi):
            name = self.by_place.get((found.lo, found.hi), found)
            inside = range(name.lo, name.hi)
            if name.lo > head + 1 and article.cls[name.lo - 1] == PREP:
                continue  # dyrektor szpitala w Lahore
            if name.lo > lo and not any(article.cases[at] & case or article.cls[at] == UNKNOWN for at in inside):
                continue
            if (
                name.lo == head + 1
                and article.lemma[head] in RELATIVES
                and article.cases[name.lo] & GEN
                and (case == GEN or not article.case[name.lo] & NOM)
            ):
                continue  # stronnik Jana Sowy
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

    def apposed(self, at: int) -> Name | None:
        """The full name that fills an apposition (minister edukacji, [Jan Sowa], dodał); null where none does."""
        article = self.article
        name = self.full_at.get(at)
        if name is None or not name.nominative:
            return None
        closes = name.hi >= len(article) or article.kind[name.hi] in (COMMA, STOP, DASH, CLOSE, QUOTE)
        return name if closes else None
