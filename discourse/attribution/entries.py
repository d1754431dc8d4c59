"""The entries of a lexicon file of this room, read from TOML and checked; and what they become."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discourse.core.errors import DiscourseError, unknown
from discourse.core.schema import ROLES, VERB_STANCES

FRAMES = ("speech", "clause", "insert", "after")
CASES = ("nom", "gen", "dat", "acc", "inst", "loc", "voc")

# section → its keys with their types, and those that must be there
_KEYS: dict[str, tuple[dict[str, type], tuple[str, ...]]] = {
    "group": (
        {"stance": str, "frames": list, "imperfective": list, "perfective": list, "yes": list, "no": list},
        ("stance", "frames"),
    ),
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
    "title": ({"role": str, "words": list, "yes": list}, ("role", "words")),
    "generic": ({"lemmas": list}, ("lemmas",)),
    "office": ({"nouns": list, "names": list}, ("nouns", "names")),
    "holder": ({"nouns": list, "of": list, "names": list}, ("nouns", "of", "names")),
    "body": ({"role": str, "kinds": list, "of": list, "names": list, "yes": list}, ("role", "kinds", "names")),
    "known": ({"role": str, "names": list, "surname": bool}, ("role", "names")),
    "off": ({"words": list}, ("words",)),
}
#: Keys of lexicons of markers.
_OF_MARKERS = ("category", "hyland", "engagement", "context", "lists", "entry")
#: Sections whose `yes` examples are sources with their role.
_TOLD = ("person", "institution", "document", "title", "body")


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
class Example:
    """A sentence that holds a cue, marked with brackets (`yes`), or none (`no`); or a source and its role."""

    file: Path
    entry: str  # section and name
    kind: str  # yes, no, role
    text: str
    role: str = ""


def entries(path: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
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
        if section in _OF_MARKERS:
            raise DiscourseError(f"lexicon {path}: {section!r} is of markers; put them and voices into two files")
        if section not in _KEYS:
            raise unknown("section", section, _KEYS, f"lexicon {path}")
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise DiscourseError(f"lexicon {path}: write [[{section}]], with double brackets")
        for number, entry in enumerate(entries, 1):
            where = f"lexicon {path}: [[{section}]] number {number}"
            _check(entry, section, where)
            yield section, where, entry


def of_voices(path: Path) -> bool:
    """Whether the file is a lexicon of voices, by its sections; one of markers, if of anything, where it is not."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False  # what is wrong with it is said where it is read
    off = found.get("off")  # of markers: plain words
    tables = isinstance(off, list) and any(isinstance(one, dict) for one in off)
    return tables or not _KEYS.keys().isdisjoint(found.keys() - {"off"})


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
    for key in ("frames", "imperfective", "perfective", "words", "lemmas", "names", "nouns", "kinds", "of", "phrases",
                "no"):  # fmt: skip
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
        if section in _TOLD:
            if not (isinstance(line, list) and len(line) == 2 and line[1] in ROLES):
                raise DiscourseError(f"{where}: a 'yes' example is [source, role], not {line!r}")
        elif (
            not isinstance(line, str)
            or line.count("[") != 1
            or line.count("]") != 1
            or line.index("[") > line.index("]")
        ):
            raise DiscourseError(f"{where}: mark the cue of the 'yes' example with one pair of brackets: {line!r}")
