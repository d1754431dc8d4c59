"""The words that introduce and describe voices, read from TOML and checked.

`lexicons/verbs.toml` holds reporting verbs, `cues.toml` phrases, verbal and nominal cues, `roles.toml` the nouns that
tell roles. A user's file has the same keys as any of the three and adds to them (see `docs/` for an example).
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from discourse.core.errors import DiscourseError, unknown
from discourse.core.schema import ROLES, VERB_STANCES

FOLDER = Path(__file__).with_name("lexicons")
#: Letters by which phrases are found; no inflection reaches them.
START = 6
FRAMES = ("speech", "clause", "insert")
CASES = ("nom", "gen", "dat", "acc", "inst", "loc", "voc")

# section → its keys with their types, and those that must be there
_KEYS: dict[str, tuple[dict[str, type], tuple[str, ...]]] = {
    "group": ({"stance": str, "frames": list, "imperfective": list, "perfective": list}, ("stance", "frames")),
    "phrase": (
        {
            "id": str,
            "words": list,
            "case": str,
            "possessive": bool,
            "opening": bool,
            "second": bool,
            "stems": bool,
            "cue": str,
            "yes": list,
            "no": list,
        },
        ("id", "words", "case", "yes"),
    ),
    "verbal": (
        {"verb": str, "words": list, "forms": bool, "stance": str, "frames": list, "yes": list, "no": list},
        ("verb", "words", "stance", "yes"),
    ),
    "nominal": ({"stance": str, "lemmas": list, "yes": list, "no": list}, ("stance", "lemmas", "yes")),
    "predicative": ({"stance": str, "lemmas": list, "yes": list, "no": list}, ("stance", "lemmas", "yes")),
    "person": ({"role": str, "lemmas": list, "yes": list}, ("role", "lemmas")),
    "institution": ({"role": str, "lemmas": list, "phrases": list, "yes": list}, ("role", "lemmas")),
    "document": ({"lemmas": list, "yes": list}, ("lemmas",)),
    "title": ({"role": str, "words": list}, ("role", "words")),
    "generic": ({"lemmas": list}, ("lemmas",)),
}


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
    documents: frozenset[str]
    titles: dict[str, str]
    generic: frozenset[str]
    voices: frozenset[str]  # lemmas and forms of all that may speak: persons, institutions, documents
    examples: tuple[tuple[str, str, str], ...] = field(repr=False)  # (section and name, "yes" or "no", sentence)
    role_examples: tuple[tuple[str, str, str], ...] = field(repr=False)  # (section, source, role)


def words(text: str) -> frozenset[str]:
    """The words of a text between spaces, as a set."""
    return frozenset(text.split())


def stem(word: str) -> str:
    """The word without its last letters, enough to compare inflected forms of the parts of a name."""
    return word.lower()[: max(3, len(word) - 4)] if len(word) > 4 else word.lower()[:3]


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
    placed: dict[str, Path] = {}
    documents: dict[str, None] = {}
    generic: dict[str, None] = {}
    examples: list[tuple[str, str, str]] = []
    role_examples: list[tuple[str, str, str]] = []
    for path in paths:
        for section, where, entry in _entries(path):
            if section == "group":
                for verb in _verbs(entry):
                    table = negated if verb.negated else verbs
                    known = table.get(verb.lemma)
                    if known and known.stance != verb.stance and placed.get(verb.lemma) == path:
                        raise DiscourseError(f"{where}: {verb.lemma!r} stands in a group of another stance too")
                    placed[verb.lemma] = path
                    frames = verb.frames | known.frames if known else verb.frames
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
            else:
                value = entry.get("stance") or entry["role"]
                words[section].update(dict.fromkeys(entry.get("lemmas", ()) or entry.get("words", ()), value))
                for phrase in entry.get("phrases", ()):
                    stems[tuple(stem(word) for word in phrase.split())] = value
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
        stems,
        frozenset(documents),
        words["title"],
        frozenset(generic),
        frozenset(documents) | frozenset(words["person"]) | frozenset(words["institution"]),
        tuple(examples),
        tuple(role_examples),
    )


def _by_start(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=lambda phrase: -len(phrase.words)):
        found.setdefault(phrase.words[0][:START], []).append(phrase)
    return {start: tuple(many) for start, many in found.items()}


def _entries(path: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(section, place in the file, entry) of every entry, checked."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DiscourseError(f"cannot read lexicon {path}: {error.strerror or error}; check the path") from error
    except UnicodeDecodeError as error:
        raise DiscourseError(f"lexicon {path}: not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise DiscourseError(f"lexicon {path}: not valid TOML: {error}") from error
    for section, entries in data.items():
        if section not in _KEYS:
            raise unknown("section", section, _KEYS, f"lexicon {path}")
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise DiscourseError(f"lexicon {path}: write [[{section}]], with double brackets")
        for number, entry in enumerate(entries, 1):
            where = f"lexicon {path}: [[{section}]] number {number}"
            _check(entry, section, where)
            name = entry.get("id") or entry.get("verb") or entry.get("stance") or entry.get("role") or number
            yield section, f"{path.stem} [[{section}]] {name}", entry


def _check(entry: dict[str, Any], section: str, where: str) -> None:
    keys, needed = _KEYS[section]
    for key, value in entry.items():
        if key not in keys:
            raise unknown("key", key, keys, where)
        if not isinstance(value, keys[key]):
            raise DiscourseError(f"{where}: {key!r} must be a {keys[key].__name__}, not {value!r}")
    for key in needed:
        if key not in entry:
            raise DiscourseError(f"{where}: {key!r} is missing; give it")
    for key in ("frames", "imperfective", "perfective", "words", "lemmas", "phrases", "no"):
        for item in entry.get(key, ()) if keys.get(key) is list else ():
            if not isinstance(item, str) or not item.strip():
                raise DiscourseError(f"{where}: {key!r} must hold words, not {item!r}")
    for frame in entry.get("frames", ()):
        if frame not in FRAMES:
            raise unknown("frame", frame, FRAMES, where)
    if "stance" in entry and entry["stance"] not in VERB_STANCES:
        raise unknown("stance", entry["stance"], VERB_STANCES, where)
    if "role" in entry and entry["role"] not in (*ROLES, "affiliation"):
        raise unknown("role", entry["role"], (*ROLES, "affiliation"), where)
    if "case" in entry and entry["case"] not in CASES:
        raise unknown("case", entry["case"], CASES, where)
    if "words" in entry and not entry["words"]:
        raise DiscourseError(f"{where}: 'words' is empty; give at least one word")
    for line in entry.get("yes", ()):
        if section in ("person", "institution", "document"):
            if not (isinstance(line, list) and len(line) == 2 and line[1] in ROLES):
                raise DiscourseError(f"{where}: a 'yes' example is [source, role], not {line!r}")
        elif (
            not isinstance(line, str)
            or line.count("[") != 1
            or line.count("]") != 1
            or line.index("[") > line.index("]")
        ):
            raise DiscourseError(f"{where}: mark the cue of the 'yes' example with one pair of brackets: {line!r}")


def _verbs(entry: dict[str, Any]) -> Iterator[Verb]:
    for aspect in ("imperfective", "perfective"):
        for lemma in entry.get(aspect, ()):
            bare, negated = _bare(lemma)
            yield Verb(bare.removesuffix(" się"), entry["stance"], frozenset(entry["frames"]), aspect, negated)


def _bare(lemma: str) -> tuple[str, bool]:
    return lemma.removeprefix("nie "), lemma.startswith("nie ")
