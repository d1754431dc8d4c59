"""The entries of a lexicon file of this room, read from TOML and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from discourse.core.errors import DiscourseError, unknown
from discourse.core.schema import ROLES, VERB_STANCES

FRAMES = ("speech", "clause", "insert", "after")
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
    "office": ({"nouns": list, "names": list}, ("nouns", "names")),
    "holder": ({"nouns": list, "of": list, "names": list}, ("nouns", "of", "names")),
    "body": ({"role": str, "kinds": list, "of": list, "names": list}, ("role", "kinds", "names")),
    "known": ({"role": str, "names": list, "surname": bool}, ("role", "names")),
}


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
