"""The cast of an article: everybody and every body that it names, with what it says of them."""

from __future__ import annotations

from discourse.attribution import nominatives, roles
from discourse.attribution.bounds import OUTLETS
from discourse.attribution.endings import key, one_letter_off
from discourse.attribution.givennames import GIVEN, MEN, POLISH, WOMEN, given_gender
from discourse.attribution.grammar import (
    ANY_CASE,
    CLOSE,
    COMMA,
    DASH,
    GEN,
    M1,
    NOM,
    NOUN,
    PARTICLES,
    QUOTE,
    STOP,
    UNKNOWN,
    F,
)
from discourse.attribution.lexicon import Lexicon
from discourse.attribution.names import Name, names
from discourse.attribution.portraits import OUTLET_NOUNS, UNTOLD
from discourse.attribution.sourcenames import SourceNames
from discourse.attribution.speaker import Speaker, root_of
from discourse.attribution.view import Article

#: Mentions of one form, forms of one surname, persons in all: enough for any article, a bound for any input.
_MENTIONS, _FORMS, _PERSONS = 40, 40, 200


#: Letters of a surname's key that may be misspelled.
_SPELLED = 4
#: What outlets are called by their second name (Polsat News).
_OF_OUTLETS = frozenset(("News", "Info", "Today", "World", "Business"))


class Cast(SourceNames):
    """The persons of an article by surname, description and place; its bodies by their nouns."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        super().__init__(article, lexicon)
        self.names = names(article, lexicon)
        self._persons: dict[tuple[int, int, int, int, bool, bool, bool], Speaker] = {}
        self._names_in = {}
        self._calls: dict[tuple[int, int, int, bool, bool], tuple[str, str]] = {}
        self._genitives()
        self.full_at = {name.lo: name for name in self.names if name.parts > 1}
        self.by_place = {(name.lo, name.hi): name for name in self.names}
        self.by_key = {}
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
            elif name.parts == 1 and name.subject and count < _PERSONS and name.lo and self._describes(name.lo - 1):
                count += 1
                self.heads.append((name.lo, self.person(name, 0)))  # minister Sowa

    def _describes(self, at: int) -> bool:
        """Whether a noun is of a person, and of no outlet (minister Sowa; not Radio Fala)."""
        return self.is_person_noun(at) and self.article.lemma[at] not in OUTLET_NOUNS

    def _genitives(self) -> None:
        """Take names in -a for a man's genitive where the article has the surname without it (Jarosława Wrona)."""
        article = self.article
        forms = {article.form[name.hi - 1] for name in self.names if name.parts == 1 or not name.gender & F}
        for name in self.names:
            last = article.form[name.hi - 1]
            both = name.parts > 1 and article.form[name.lo].endswith("a") and last.endswith("a")
            if both and name.gender == F and ((len(last) > 4 and last[:-1] in forms) or self._governed(name)):
                name.gender, name.nominative, name.subject, name.genitive = M1, False, False, True
        before = frozenset(name.lo - 1 for name in self.names if name.lo and self._describes(name.lo - 1))
        nominatives.mark(article, self.names, before)

    def _governed(self, name: Name) -> bool:
        """Whether a name that may be a woman's or a man's genitive stands where a genitive must (zdaniem Jana Maja)."""
        article, at = self.article, name.lo - 1
        if (
            at < 0
            or article.cases[name.lo] == ANY_CASE
            or not all(article.cases[place] & GEN for place in (name.lo, name.hi - 1))
        ):
            return False
        return article.low[at] in nominatives.GOVERNING or (
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
            and bool(
                article.cls[name.lo] == UNKNOWN
                or article.nominative[name.lo] & (M1 | F)
                or first.endswith("a")
                or given_gender(article.form[name.lo])
                or article.lemma[name.lo] in GIVEN
            )
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
                speaker.hear([sign])
            if not self._by_surname(full):
                both = key(text.split()[0]), full.key
                speaker.held = self.lexicon.holders.get((first, full.key)) or self.lexicon.holders.get(both, ())
                offices = self.lexicon.offices.get((first, full.key)) or self.lexicon.offices.get(both, ())
                speaker.offices = frozenset(map(root_of, offices))
            elif full.key in self.lexicon.famous:
                speaker.held = self.lexicon.held_by_surname[full.key]
                genders = set(map(given_gender, self.lexicon.famous[full.key]))
                if not wanted and len(genders) == 1:
                    speaker.gender = genders.pop() or speaker.gender  # Merkel
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
            text = " ".join(nominatives.nominative(self.article, name).replace("\u2011", "-").split())
            text = self._unended(name, text)
            found = self._calls[asked] = text, self._spelled(name, text) if name.parts > 1 else text
        return found

    def _by_surname(self, name: Name) -> bool:
        """Whether a name is a surname alone (Merkel, von der Leyen)."""
        return name.parts == 1 or self.article.low[name.lo] in PARTICLES

    def _unended(self, name: Name, text: str) -> str:
        """A man's name without the ending of the genitive, where the article has it without (Geert Wildersa)."""
        last = text.rpartition(" ")[2]
        if not last.endswith("a") or len(last) < 5 or self.article.cases[name.hi - 1] != ANY_CASE:
            return text
        forms = {self.article.form[other.hi - 1] for other in self.by_key.get(name.key, ())}
        forms |= {full.rpartition(" ")[2] for full in self.lexicon.famous.get(name.key, ())} - {last}
        return text[:-1] if last[:-1] in forms else text

    def as_written(self, speaker: Speaker, name: Name) -> None:
        """Call a person as a subject is written, where the dictionary does not know the name (Yasuhide Nakayama)."""
        article = self.article
        if article.cases[name.hi - 1] != ANY_CASE:
            return
        old = speaker.name.split()
        new = article.text(name.lo, name.hi).split()
        if len(new) < len(old):
            new = old[: -len(new)] + new
        text = " ".join(new)
        whole = name.parts > 1 and bool(article.case[name.lo] & NOM)
        alike = all(one.rstrip("a") == other.rstrip("a") for one, other in zip(old, new, strict=False))
        same = len(new) == len(old) and text != speaker.name and (whole or alike)
        if same and new[-1] == f"{old[-1]}a" and any(
            article.form[other.hi - 1] == old[-1] and other.subject for other in self.by_key.get(speaker.key, ())
        ):
            return  # Zuckera, of Howard Zucker
        if same and self.speakers.get(speaker.name) is speaker and text not in self.speakers:
            self.speakers[text] = speaker
            speaker.name = text

    def _spelled(self, name: Name, text: str) -> str:
        """The name of a person of public life as it is spelled, where the article has it in another case only."""
        given = self.article.form[name.lo]
        if name.subject and given in POLISH:
            return text
        spelled = self.lexicon.spelled.get((key(given), name.key), text)
        if "-" in text and "-" not in spelled:
            return text  # Saif ul-Mulook
        return spelled if len(spelled.split()) == len(text.split()) else text

    def _known(self, name: Name, text: str) -> roles.Sign | None:
        """The sign that a person of public life brings along, by full name or by a surname that one of them has."""
        if not self._by_surname(name):
            role = self.lexicon.known.get((key(self.article.form[name.lo]), name.key))
            return roles.Sign(role, text, roles.KNOWN) if role else None
        before = self.article.form[name.lo - 1] if name.lo else ""
        if text in _OF_OUTLETS and (before in OUTLETS or self.lexicon.institutions.get(before) == "media"):
            return roles.Sign("media", f"{before} {text}", roles.DECISIVE)
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
            if (meant := self._misspelled(name)) is not None:
                return self.fullest(meant, gender)
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

    def _misspelled(self, name: Name) -> Name | None:
        """The one person whose surname differs in a letter from one that the article gives no full name for."""
        if len(name.key) < _SPELLED or name.key in self.lexicon.famous or not self.article.proper[name.lo]:
            return None
        near = [
            names
            for other, names in self.by_key.items()
            if other[0] == name.key[0] and abs(len(other) - len(name.key)) < 2 and one_letter_off(other, name.key)
        ]
        full = [next((one for one in names if one.parts > 1), None) for names in near]
        meant = [one for one in full if one is not None and self.personal(one)]
        return meant[0] if len(meant) == 1 else None

    def apposed(self, at: int) -> Name | None:
        """The full name that fills an apposition (minister edukacji, [Jan Sowa], dodał); null where none does."""
        article = self.article
        name = self.full_at.get(at)
        if name is None or not name.nominative:
            return None
        closes = name.hi >= len(article) or article.kind[name.hi] in (COMMA, STOP, DASH, CLOSE, QUOTE)
        return name if closes else None
