"""The words that introduce and describe voices, read from TOML and checked.

`lexicons/verbs.toml` holds reporting verbs, `cues.toml` phrases, verbal and nominal cues, `roles.toml` the nouns that
tell roles. A user's file has the same keys as any of the three and adds to them (see `docs/` for an example).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from discourse.attribution.endings import key
from discourse.attribution.entries import entries
from discourse.core.errors import DiscourseError

FOLDER = Path(__file__).with_name("lexicons")
#: Letters by which phrases are found; no inflection reaches them.
START = 6
#: What may stand inside a phrase that says so: w [jego] ocenie.
POSSESSIVES = frozenset(("jego", "jej", "ich", "naszej", "waszej", "swojej", "tej"))


@dataclass(frozen=True)
class Verb:
    """A reporting verb: its stance, the constructions it enters, its aspect, whether only its negation reports."""

    lemma: str
    stance: str
    frames: frozenset[str]
    aspect: str
    negated: bool = False


@dataclass(frozen=True)
class Phrase:
    """A phrase that opens a report without a complementiser (*według*), and the case of the source after it."""

    id: str
    words: tuple[str, ...]
    case: str
    possessive: bool
    opening: bool  # only at the beginning of a clause
    second: bool  # names where a report was heard; its content is that of the report it follows
    stems: bool  # the first word in any ending
    cue: str  # the word of the phrase that is the cue; empty: all


@dataclass(frozen=True)
class Verbal:
    """A cue of several words around a verb (*zwrócił uwagę*)."""

    verb: str
    words: tuple[str, ...]
    forms: bool
    stance: str
    frames: frozenset[str]
    negated: bool


@dataclass(frozen=True)
class Held:
    """An office that somebody held: nouns for it, and groups of keys of the words that tell whose it is.

    One word of each group tells it (minister: *Rosji, rosyjski* and *obrony*).
    """

    nouns: frozenset[str]
    of: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Lexicon:
    """All cue words and role nouns, ready for look-up by lemma or form."""

    verbs: dict[str, Verb]
    negated: dict[str, Verb]
    verbals: dict[str, tuple[Verbal, ...]]
    phrases: tuple[Phrase, ...]
    phrases_by_start: dict[str, tuple[Phrase, ...]]  # by the first letters of their first word
    nominal: dict[str, str]  # lemma → stance
    predicative: dict[str, str]
    persons: dict[str, str]  # lemma → role, or "affiliation"
    institutions: dict[str, str]
    institution_phrases: dict[tuple[str, ...], str]  # stems → role
    bodies: dict[tuple[str, ...], str]  # the same stems → the name as it is spelled
    kinds: dict[tuple[str, ...], tuple[Held, ...]]  # stems of names of bodies → nouns by which the press calls them
    documents: frozenset[str]
    titles: dict[str, str]
    generic: frozenset[str]
    known: dict[tuple[str, str], str]  # keys of given name and surname of persons of public life → role
    spelled: dict[tuple[str, str], str]  # the same keys → the whole name
    surnames: dict[str, str]  # keys of surnames that one of them has → role; "" where two roles share it
    famous: dict[str, tuple[str, ...]]  # the same keys → the whole names of those who are meant by them
    offices: dict[tuple[str, str], tuple[str, ...]]  # the same keys → nouns by which the press calls them
    holders: dict[tuple[str, str], tuple[Held, ...]]  # the same keys → the offices that they held
    voices: frozenset[str]  # lemmas and forms of all that may speak: persons, institutions, documents
    examples: tuple[tuple[str, str, str], ...] = field(repr=False)  # (section and name, "yes" or "no", sentence)
    role_examples: tuple[tuple[str, str, str], ...] = field(repr=False)  # (section, source, role)

    @functools.cached_property
    def phrase_seconds(self) -> dict[str, frozenset[str]]:
        """By the first letters of their first word: what may follow it; nothing where a phrase is that word alone."""
        return {
            start: frozenset(phrase.words[1] for phrase in phrases)
            | (POSSESSIVES if any(phrase.possessive for phrase in phrases) else frozenset())
            for start, phrases in self.phrases_by_start.items()
            if all(len(phrase.words) > 1 for phrase in phrases)
        }

    @functools.cached_property
    def held_by_surname(self) -> dict[str, tuple[Held, ...]]:
        """The offices held by those who are known by a surname alone."""
        return {
            last: tuple(held for both in map(_name_keys, names) for held in self.holders.get(both, ()))
            for last, names in self.famous.items()
        }

    @functools.cached_property
    def kinds_of(self) -> Callable[[str], tuple[Held, ...]]:
        """What the press calls a body of a name, whatever stands in front of it (dziennik Die Welt: Die Welt)."""
        @functools.lru_cache(maxsize=20_000)
        def found(name: str) -> tuple[Held, ...]:
            stems = tuple(map(stem, name.split()))
            return next((self.kinds[stems[at:]] for at in range(len(stems)) if stems[at:] in self.kinds), ())

        return found

    @functools.cached_property
    def owners(self) -> frozenset[str]:
        """Keys of the words that tell whose a body is (niemiecki, Niemcy)."""
        return frozenset().union(*(group for kinds in self.kinds.values() for kind in kinds for group in kind.of))

    @functools.cached_property
    def _body_names(self) -> dict[str, str]:
        named = [word for word in sorted(self.institutions) if word[0].isupper() and not word.isupper()]
        return {key(word): word for word in reversed(named) if len(word) > 4}

    def body_name(self, form: str) -> str | None:
        """The nominative of the name of a known body of one word (Ryanaira: Ryanair); null where it is none."""
        if form.isupper():
            return None
        name = self._body_names.get(key(form))
        return form if form in self.institutions else name if name is not None and name[:4] == form[:4] else None

    @functools.cached_property
    def institution_starts(self) -> dict[str, tuple[int, ...]]:
        """The stems with which names of known bodies begin → how many words these have, the longest first."""
        sizes: dict[str, set[int]] = {}
        for stems in self.institution_phrases:
            sizes.setdefault(stems[0], set()).add(len(stems))
        return {start: tuple(sorted(many, reverse=True)) for start, many in sizes.items()}


def words(text: str) -> frozenset[str]:
    """The words of a text between spaces, as a set."""
    return frozenset(text.split())


@functools.lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its last letters, enough to compare inflected forms of the parts of a name."""
    return key(word)[:6]


def load_lexicon(paths: Sequence[Path] = ()) -> Lexicon:
    """The built-in lexicon and the user's files, later entries taking the place of earlier ones of the same word.

    Raises `DiscourseError` naming file, entry and what is wrong with it.
    """
    return _built_in() if not paths else _lexicon(_files() + tuple(paths))


@functools.cache
def _built_in() -> Lexicon:
    return _lexicon(_files())


def _files() -> tuple[Path, ...]:
    return tuple(sorted(FOLDER.glob("*.toml")))


def _lexicon(paths: tuple[Path, ...]) -> Lexicon:
    verbs: dict[str, Verb] = {}
    negated: dict[str, Verb] = {}
    verbals: dict[str, list[Verbal]] = {}
    phrases: dict[str, Phrase] = {}
    words: dict[str, dict[str, str]] = {
        name: {} for name in ("nominal", "predicative", "person", "institution", "title")
    }
    stems: dict[tuple[str, ...], str] = {}
    bodies: dict[tuple[str, ...], str] = {}
    kinds: dict[tuple[str, ...], tuple[Held, ...]] = {}
    placed: dict[str, Path] = {}
    documents: dict[str, None] = {}
    generic: dict[str, None] = {}
    known: dict[tuple[str, str], str] = {}
    spelled: dict[tuple[str, str], str] = {}
    surnames: dict[str, str] = {}
    famous: dict[str, tuple[str, ...]] = {}
    offices: dict[tuple[str, str], tuple[str, ...]] = {}
    holders: dict[tuple[str, str], tuple[Held, ...]] = {}
    examples: list[tuple[str, str, str]] = []
    role_examples: list[tuple[str, str, str]] = []
    for path in paths:
        for section, where, entry in entries(path):
            if section == "group":
                for verb in _verbs(entry):
                    table = negated if verb.negated else verbs
                    earlier = table.get(verb.lemma)
                    if earlier and earlier.stance != verb.stance and placed.get(verb.lemma) == path:
                        raise DiscourseError(f"{where}: {verb.lemma!r} stands in a group of another stance too")
                    placed[verb.lemma] = path
                    frames = verb.frames | earlier.frames if earlier else verb.frames
                    table[verb.lemma] = Verb(verb.lemma, verb.stance, frames, verb.aspect, verb.negated)
            elif section == "phrase":
                phrases[entry["id"]] = Phrase(
                    entry["id"],
                    tuple(entry["words"]),
                    entry["case"],
                    entry.get("possessive", False),
                    entry.get("opening", False),
                    entry.get("second", False),
                    entry.get("stems", False),
                    entry.get("cue", ""),
                )
            elif section == "verbal":
                verb_lemma, is_negated = _bare(entry["verb"])
                frames = frozenset(entry.get("frames", ("clause", "speech", "insert")))
                verbal = Verbal(
                    verb_lemma, tuple(entry["words"]), entry.get("forms", False), entry["stance"], frames, is_negated
                )
                verbals.setdefault(verb_lemma, []).append(verbal)
            elif section == "document":
                documents.update(dict.fromkeys(entry["lemmas"]))
            elif section == "generic":
                generic.update(dict.fromkeys(entry["lemmas"]))
            elif section == "office":
                for name in entry["names"]:
                    both = _name_keys(name)
                    spelled.setdefault(both, name)
                    offices[both] = (*offices.get(both, ()), *entry["nouns"])
            elif section == "holder":
                for name in entry["names"]:
                    both = _name_keys(name)
                    held = Held(frozenset(entry["nouns"]), _groups(entry["of"]))
                    holders[both] = (*holders.get(both, ()), held)
            elif section == "body":
                kind = Held(frozenset(entry["kinds"]), _groups(entry.get("of", ())))
                for name in entry["names"]:
                    both_stems = tuple(map(stem, name.split()))
                    kinds[both_stems] = (*kinds.get(both_stems, ()), kind)
                    if len(both_stems) == 1:
                        words["institution"][name] = entry["role"]
                    else:
                        stems[both_stems], bodies[both_stems] = entry["role"], name
            elif section == "known":
                for name in entry["names"]:
                    first, last = _name_keys(name)
                    known[first, last] = entry["role"]
                    spelled.setdefault((first, last), name)
                    if entry.get("surname") and " " in name:
                        surnames[last] = entry["role"] if surnames.get(last, entry["role"]) == entry["role"] else ""
                        famous[last] = (*famous.get(last, ()), name)
            else:
                value = entry.get("stance") or entry["role"]
                words[section].update(dict.fromkeys(entry.get("lemmas", ()) or entry.get("words", ()), value))
                for phrase in entry.get("phrases", ()):
                    both_stems = tuple(stem(word) for word in phrase.split())
                    stems[both_stems] = value
                    bodies.setdefault(both_stems, phrase)
            if section in ("person", "institution", "document"):
                role_examples += [(where, source, role) for source, role in entry.get("yes", ())]
            else:
                examples += [(where, key, line) for key in ("yes", "no") for line in entry.get(key, ())]
    return Lexicon(
        verbs,
        negated,
        {lemma: tuple(many) for lemma, many in verbals.items()},
        tuple(phrases.values()),
        _by_start(phrases.values()),
        words["nominal"],
        words["predicative"],
        words["person"],
        words["institution"],
        stems, bodies, kinds,
        frozenset(documents),
        words["title"],
        frozenset(generic),
        known, spelled, surnames,
        famous,
        offices,
        holders,
        frozenset(documents) | frozenset(words["person"]) | frozenset(words["institution"]),
        tuple(examples),
        tuple(role_examples),
    )


def _groups(texts: Sequence[str]) -> tuple[frozenset[str], ...]:
    """The keys of the words of each text."""
    return tuple(frozenset(map(key, text.split())) for text in texts)


def _name_keys(name: str) -> tuple[str, str]:
    """The keys of the first given name and of the last part of a surname, without a number (Jan Paweł II)."""
    parts = [part for part in name.split() if not set(part) <= set("IVX")]
    return key(parts[0].split("-")[0]), key(parts[-1].split("-")[-1])


def _by_start(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=lambda phrase: -len(phrase.words)):
        found.setdefault(phrase.words[0][:START], []).append(phrase)
    return {start: tuple(many) for start, many in found.items()}


def _verbs(entry: dict[str, Any]) -> Iterator[Verb]:
    for aspect in ("imperfective", "perfective"):
        for lemma in entry.get(aspect, ()):
            bare, negated = _bare(lemma)
            yield Verb(bare.removesuffix(" się"), entry["stance"], frozenset(entry["frames"]), aspect, negated)


def _bare(lemma: str) -> tuple[str, bool]:
    return lemma.removeprefix("nie "), lemma.startswith("nie ")
