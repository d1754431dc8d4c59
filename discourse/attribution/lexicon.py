"""The words that introduce and describe voices, read from TOML and checked.

`lexicons/verbs.toml` holds reporting verbs, `cues.toml` phrases, verbal and nominal cues, `roles.toml` the nouns that
tell roles, the others persons and bodies of public life. A user's file has the same sections as any of them, adds to
them and switches words off (`docs/extend-voices.md`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from discourse.attribution.endings import key, name_keys, stem
from discourse.attribution.entries import Example, Held, Phrase, Verb, Verbal
from discourse.attribution.tables import Tables

FOLDER = Path(__file__).with_name("lexicons")
#: What may stand inside a phrase that says so: w [jego] ocenie.
POSSESSIVES = frozenset(("jego", "jej", "ich", "naszej", "waszej", "swojej", "tej"))


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
    examples: tuple[Example, ...] = field(repr=False)

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
            last: tuple(held for both in map(name_keys, names) for held in self.holders.get(both, ()))
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
    def kind_nouns(self) -> frozenset[str]:
        """The nouns by which the press calls any body."""
        return frozenset().union(*(kind.nouns for kinds in self.kinds.values() for kind in kinds))

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
    tables = Tables()
    for path in paths:
        tables.read(path)
    return Lexicon(**tables.lexicon())
