"""The tables of a lexicon, filled from its files in turn: of entries of the same word, the last one counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from discourse.attribution.endings import key, name_keys, stem
from discourse.attribution.entries import Example, Held, Phrase, Verb, Verbal, entries
from discourse.core.errors import DiscourseError, unknown

#: Letters by which phrases are found; no inflection reaches them.
START = 6
Stems = tuple[str, ...]


class Tables:
    """What the entries of the files read so far say, by word; see `lexicon.Lexicon` for the tables."""

    def __init__(self) -> None:
        self.verbs: dict[str, Verb] = {}
        self.negated: dict[str, Verb] = {}
        self.verbals: dict[str, dict[Stems, Verbal]] = {}
        self.phrases: dict[str, Phrase] = {}
        self.words: dict[str, dict[str, str]] = {
            name: {} for name in ("nominal", "predicative", "person", "institution", "title", "document", "generic")
        }
        self.stems: dict[Stems, str] = {}
        self.bodies: dict[Stems, str] = {}
        self.kinds: dict[Stems, tuple[Held, ...]] = {}
        self.known: dict[tuple[str, str], str] = {}
        self.spelled: dict[tuple[str, str], str] = {}
        self.surnames: dict[str, str] = {}
        self.famous: dict[str, tuple[str, ...]] = {}
        self.offices: dict[tuple[str, str], tuple[str, ...]] = {}
        self.holders: dict[tuple[str, str], tuple[Held, ...]] = {}
        self.examples: list[Example] = []
        self._placed: dict[str, Path] = {}

    def read(self, path: Path) -> None:
        """Take the entries of a file in. Raises `DiscourseError` with file, entry and what is wrong with it."""
        for section, where, entry in entries(path):
            getattr(self, f"_{section}")(entry, where, path)
            name = where.removeprefix(f"lexicon {path}: ")
            for kind in ("yes", "no"):
                for line in entry.get(kind, ()):
                    told = (kind, line) if isinstance(line, str) else ("role", *line)
                    self.examples.append(Example(path, name, *told))

    def lexicon(self) -> dict[str, Any]:
        """The fields of the `Lexicon`."""
        words, documents = self.words, frozenset(self.words["document"])
        return {
            "verbs": self.verbs,
            "negated": self.negated,
            "verbals": {lemma: tuple(many.values()) for lemma, many in self.verbals.items()},
            "phrases": tuple(self.phrases.values()),
            "phrases_by_start": _by_start(self.phrases.values()),
            "nominal": words["nominal"],
            "predicative": words["predicative"],
            "persons": words["person"],
            "institutions": words["institution"],
            "institution_phrases": self.stems,
            "bodies": self.bodies,
            "kinds": self.kinds,
            "documents": documents,
            "titles": words["title"],
            "generic": frozenset(words["generic"]),
            "known": self.known,
            "spelled": self.spelled,
            "surnames": self.surnames,
            "famous": self.famous,
            "offices": self.offices,
            "holders": self.holders,
            "voices": documents | frozenset(words["person"]) | frozenset(words["institution"]),
            "examples": tuple(self.examples),
        }

    def _group(self, entry: dict[str, Any], where: str, path: Path) -> None:
        for verb in _verbs(entry):
            table = self.negated if verb.negated else self.verbs
            earlier = table.get(verb.lemma)
            if earlier and earlier.stance != verb.stance and self._placed.get(verb.lemma) == path:
                raise DiscourseError(f"{where}: {verb.lemma!r} stands in a group of another stance too")
            self._placed[verb.lemma] = path
            frames = verb.frames | earlier.frames if earlier else verb.frames
            table[verb.lemma] = Verb(verb.lemma, verb.stance, frames, verb.aspect, verb.negated)

    def _phrase(self, entry: dict[str, Any], where: str, path: Path) -> None:
        self.phrases[entry["id"]] = Phrase(
            entry["id"],
            tuple(entry["words"]),
            entry["case"],
            entry.get("possessive", False),
            entry.get("opening", False),
            entry.get("second", False),
            entry.get("stems", False),
            entry.get("cue", ""),
        )

    def _verbal(self, entry: dict[str, Any], where: str, path: Path) -> None:
        lemma, negated = _bare(entry["verb"])
        frames = frozenset(entry.get("frames", ("clause", "speech", "insert")))
        words = tuple(entry["words"])
        verbal = Verbal(lemma, words, entry.get("forms", False), entry["stance"], frames, negated)
        self.verbals.setdefault(lemma, {})[words] = verbal

    def _nominal(self, entry: dict[str, Any], where: str, path: Path) -> None:
        self.words["nominal"].update(dict.fromkeys(entry["lemmas"], entry["stance"]))

    def _predicative(self, entry: dict[str, Any], where: str, path: Path) -> None:
        self.words["predicative"].update(dict.fromkeys(entry["lemmas"], entry["stance"]))

    def _person(self, entry: dict[str, Any], where: str, path: Path) -> None:
        self.words["person"].update(dict.fromkeys(entry["lemmas"], entry["role"]))

    def _institution(self, entry: dict[str, Any], where: str, path: Path) -> None:
        self.words["institution"].update(dict.fromkeys(entry["lemmas"], entry["role"]))
        for phrase in entry.get("phrases", ()):
            stems = _stems(phrase)
            self.stems[stems] = entry["role"]
            self.bodies.setdefault(stems, phrase)

    def _title(self, entry: dict[str, Any], where: str, path: Path) -> None:
        self.words["title"].update(dict.fromkeys(entry["words"], entry["role"]))

    def _document(self, entry: dict[str, Any], where: str, path: Path) -> None:
        self.words["document"].update(dict.fromkeys(entry["lemmas"], "document"))

    def _generic(self, entry: dict[str, Any], where: str, path: Path) -> None:
        self.words["generic"].update(dict.fromkeys(entry["lemmas"], ""))

    def _office(self, entry: dict[str, Any], where: str, path: Path) -> None:
        for name in entry["names"]:
            both = name_keys(name)
            self.spelled.setdefault(both, name)
            self.offices[both] = (*self.offices.get(both, ()), *entry["nouns"])

    def _holder(self, entry: dict[str, Any], where: str, path: Path) -> None:
        held = Held(frozenset(entry["nouns"]), _groups(entry["of"]))
        for name in entry["names"]:
            both = name_keys(name)
            self.holders[both] = (*self.holders.get(both, ()), held)

    def _body(self, entry: dict[str, Any], where: str, path: Path) -> None:
        kind = Held(frozenset(entry["kinds"]), _groups(entry.get("of", ())))
        for name in entry["names"]:
            stems = _stems(name)
            self.kinds[stems] = (*self.kinds.get(stems, ()), kind)
            if len(stems) == 1:
                self.words["institution"][name] = entry["role"]
            else:
                self.stems[stems], self.bodies[stems] = entry["role"], name

    def _known(self, entry: dict[str, Any], where: str, path: Path) -> None:
        for name in entry["names"]:
            first, last = name_keys(name)
            self.known[first, last] = entry["role"]
            self.spelled.setdefault((first, last), name)
            if entry.get("surname") and " " in name:
                role = self.surnames.get(last, entry["role"])
                self.surnames[last] = entry["role"] if role == entry["role"] else ""
                self.famous[last] = (*self.famous.get(last, ()), name)

    def _off(self, entry: dict[str, Any], where: str, path: Path) -> None:
        for word in entry["words"]:
            if not self._drop(word):
                raise unknown("word", word, sorted({*self.verbs, *self.phrases, *self._all_words()}), where)

    def _drop(self, word: str) -> bool:
        """Take the word, phrase or name out of every table; whether it was in any."""
        bare, negated = _bare(word)
        verb, *rest = bare.removesuffix(" się").split() or [word]
        whole: list[tuple[dict[Any, Any], Any]] = [
            (self.negated if negated else self.verbs, verb if not rest else None),
            (self.verbals.get(verb, {}), tuple(rest)),
            (self.phrases, word),
            *((table, word) for table in self.words.values()),
            *((table, _stems(word)) for table in (self.stems, self.bodies, self.kinds)),
        ]
        both = name_keys(word)
        if self.spelled.get(both) == word:
            whole += [(table, both) for table in (self.known, self.spelled, self.offices, self.holders)]
        if word in (namesakes := self.famous.get(both[1], ())):
            self.famous[both[1]] = tuple(name for name in namesakes if name != word)
            whole += [(self.famous, both[1]), (self.surnames, both[1])] if not self.famous[both[1]] else []
        found = [table.pop(key_, None) is not None for table, key_ in whole]
        return any(found)

    def _all_words(self) -> Iterator[str]:
        for table in self.words.values():
            yield from table
        for verb, several in self.verbals.items():
            yield from (" ".join((verb, *words)) for words in several)
        yield from (*self.bodies.values(), *self.spelled.values())


def _verbs(entry: dict[str, Any]) -> Iterator[Verb]:
    for aspect in ("imperfective", "perfective"):
        for lemma in entry.get(aspect, ()):
            bare, negated = _bare(lemma)
            yield Verb(bare.removesuffix(" się"), entry["stance"], frozenset(entry["frames"]), aspect, negated)


def _bare(lemma: str) -> tuple[str, bool]:
    return lemma.removeprefix("nie "), lemma.startswith("nie ")


def _stems(name: str) -> Stems:
    return tuple(map(stem, name.split()))


def _groups(texts: Sequence[str]) -> tuple[frozenset[str], ...]:
    """The keys of the words of each text."""
    return tuple(frozenset(map(key, text.split())) for text in texts)


def _by_start(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=lambda phrase: -len(phrase.words)):
        found.setdefault(phrase.words[0][:START], []).append(phrase)
    return {start: tuple(many) for start, many in found.items()}
