"""Lexicons of markers: TOML files, one a category, whose entries carry patterns, classes and tested examples."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from discourse.core.errors import DiscourseError, nearest, unknown
from discourse.core.schema import CATEGORIES
from discourse.markers.automaton import Automaton, build
from discourse.markers.pattern import PatternError, parse
from discourse.markers.tree import Node
from discourse.markers.weights import models, shipped

FOLDER = Path(__file__).parent / "lexicons"

#: Families of markers beyond the guidelines' six categories: found only where they are asked for.
FAMILIES = ("self-mention", "engagement", "negation", "concession", "intensifier")

#: Interactional categories and evidentials of Hyland (2005), *Metadiscourse*.
Hyland = Literal[
    "hedge", "booster", "attitude marker", "self-mention", "engagement marker", "evidential", "transition"
]

#: Values of Engagement in Martin & White (2005), *The Language of Evaluation*, ch. 3; the last three belong to its
#: other systems: Graduation by force or focus, and Attitude.
Engagement = Literal[
    "deny", "counter", "concur", "pronounce", "endorse", "entertain", "acknowledge", "distance",
    "force", "focus", "attitude",
]  # fmt: skip

_NAME = re.compile(r"\$([a-z_]+)")
_EXAMPLE = re.compile(r"\[([^\[\]]+)\]")


class Entry(BaseModel):
    """One marker: what it is written like, what it does, sentences where it is found and where it is not."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    id: str = Field(min_length=1)
    category: str
    pattern: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    context: str = ""
    model: str = ""
    hint: tuple[str, ...] = ()
    threshold: float = Field(default=0.5, gt=0, lt=1)
    priority: int = 0
    hyland: Hyland
    engagement: Engagement
    source: str = ""
    note: str = ""
    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = ()
    replace: bool = False
    file: str = ""

    @field_validator("pattern", "unless", "hint", "yes", "no", mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("category")
    @classmethod
    def _known_category(cls, value: str) -> str:
        if value not in (*CATEGORIES, *FAMILIES):
            raise ValueError(f"unknown category {value!r}{nearest(value, (*CATEGORIES, *FAMILIES))}")
        return value

    @field_validator("pattern", "unless", "hint")
    @classmethod
    def _readable(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            _parse(pattern)
        return value

    @field_validator("context")
    @classmethod
    def _joinable(cls, value: str) -> str:
        if value:
            _parse(f"[] {value}")
        return value

    @field_validator("yes")
    @classmethod
    def _shown(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for sentence in value:
            if not _EXAMPLE.search(sentence):
                raise ValueError(f"put the marker of the sentence in square brackets: {sentence!r}")
        return value


def _parse(pattern: str) -> Node:
    try:
        return parse(pattern)
    except PatternError as error:
        raise ValueError(str(error)) from error


def example(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    """A `yes` sentence without its brackets, and the spans that they held."""
    text, spans, at = "", [], 0
    for match in _EXAMPLE.finditer(sentence):
        text += sentence[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    return text + sentence[at:], spans


@dataclass(frozen=True)
class Program:
    """One pattern of an entry, and what it is for: pattern, unless (bars the entry), hint (a feature of its model)."""

    entry: int
    kind: Literal["pattern", "unless", "hint"]
    number: int


@dataclass(frozen=True)
class Lexicon:
    """Entries in the order in which they were read, and their patterns as one automaton."""

    entries: tuple[Entry, ...]

    def __post_init__(self) -> None:
        if not self.entries:
            raise DiscourseError("the lexicon has no entry; every one is switched off")

    def __getitem__(self, name: str) -> Entry:
        for entry in self.entries:
            if entry.id == name:
                return entry
        raise DiscourseError(f"unknown marker {name!r}{nearest(name, self.ids)}")

    @property
    def ids(self) -> list[str]:
        return [entry.id for entry in self.entries]

    @cached_property
    def programs(self) -> list[Program]:
        """What each program of the automaton stands for."""
        return [
            program
            for number, entry in enumerate(self.entries)
            for program in (
                *(Program(number, "pattern", place) for place in range(len(entry.pattern))),
                *(Program(number, "unless", place) for place in range(len(entry.unless))),
                *(Program(number, "hint", place) for place in range(len(entry.hint))),
            )
        ]

    @cached_property
    def automaton(self) -> Automaton:
        """All patterns of the lexicon as one automaton, built when first needed."""
        nodes: list[Node] = []
        for entry in self.entries:
            nodes += [parse(f"({one}) {entry.context}" if entry.context else one) for one in entry.pattern]
            nodes += map(parse, (*entry.unless, *entry.hint))
        return build(nodes)

    def extended(self, path: Path) -> Lexicon:
        """This lexicon after a user's file has added, replaced (`replace = true`) or switched off (`off`) entries."""
        entries, off = _read(path)
        known = {entry.id: entry for entry in self.entries}
        for name in off:
            if name not in known:
                raise DiscourseError(f"{path}: off: unknown marker {name!r}{nearest(name, known)}")
            del known[name]
        for entry in entries:
            if entry.id in known and not entry.replace:
                raise DiscourseError(
                    f"{path}: entry {entry.id!r}: the id is taken by {known[entry.id].file}; "
                    "choose another, or say replace = true"
                )
            if entry.replace and entry.id not in known:
                raise DiscourseError(f"{path}: entry {entry.id!r}: nothing to replace{nearest(entry.id, known)}")
            known[entry.id] = entry
        return Lexicon(tuple(known.values()))


def load_lexicons(paths: Sequence[Path] = (), *, builtin: bool = True, families: Sequence[str] = ()) -> Lexicon:
    """The built-in lexicon of the six categories and of the families asked for, then users' files in their order.

    Raises `DiscourseError` naming file, entry and reason for an unknown key or category, a duplicate id, or a
    pattern that cannot be read.
    """
    for name in families:
        if name not in FAMILIES:
            raise unknown("family", name, FAMILIES)
    lexicon = untrained(tuple(name for name in FAMILIES if name in families)) if builtin else None
    for path in paths:
        lexicon = lexicon.extended(path) if lexicon else Lexicon(tuple(_read(path)[0]))
    if lexicon is None:
        raise DiscourseError("no lexicon given; name a TOML file")
    for entry in lexicon.entries:
        if entry.model and entry.model not in (known := models(shipped())):
            raise unknown("model", entry.model, known, f"{entry.file}: entry {entry.id!r}")
    return lexicon


@cache
def untrained(families: tuple[str, ...] = ()) -> Lexicon:
    """The built-in lexicon, whether or not the models that it names are trained yet."""
    entries: list[Entry] = []
    for category in (*CATEGORIES, *families):
        path = FOLDER / f"{category}.toml"
        entries += _read(path)[0]
    _refuse_duplicates(entries)
    return Lexicon(tuple(entries))


def _read(path: Path) -> tuple[list[Entry], list[str]]:
    """The entries of one file, and the ids that it switches off."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DiscourseError(f"{path}: no such lexicon") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DiscourseError(f"{path}: cannot be read as UTF-8 text: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise DiscourseError(f"{path}: not TOML: {error}") from None
    shared = ("category", "hyland", "engagement", "context")
    known = (*shared, "entry", "off", "lists")
    for key in data:
        if key not in known:
            raise DiscourseError(f"{path}: unknown key {key!r}{nearest(key, known)}")
    rows, off = data.get("entry", []), data.get("off", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DiscourseError(f"{path}: entry: write each marker under [[entry]]")
    if not isinstance(off, list) or not all(isinstance(name, str) for name in off):
        raise DiscourseError(f'{path}: off: expected a list of ids, such as off = ["chyba"]')
    defaults = {key: data[key] for key in shared if key in data}
    lists = _lists(path, data.get("lists", {}))
    entries = [_entry(path, number, {**defaults, **row}, lists) for number, row in enumerate(rows)]
    _refuse_duplicates(entries)
    return entries, off


def _lists(path: Path, given: object) -> dict[str, str]:
    """Word lists by name, each as a regular expression for `$name` in patterns."""
    if not isinstance(given, dict) or not all(isinstance(words, str) for words in given.values()):
        raise DiscourseError(f'{path}: lists: write each as a line of words, such as months = "maj czerwiec"')
    return {name: "|".join(words.split()) for name, words in given.items()}


def _entry(path: Path, number: int, row: dict[str, Any], lists: dict[str, str]) -> Entry:
    name = repr(row["id"]) if isinstance(row.get("id"), str) else f"number {number + 1}"
    fields = [key for key in Entry.model_fields if key != "file"]
    for key in row:
        if key not in fields:
            raise DiscourseError(f"{path}: entry {name}: unknown key {key!r}{nearest(key, fields)}")
    def filled(pattern: str) -> str:
        for found in _NAME.findall(pattern):
            if found not in lists:
                raise DiscourseError(f"{path}: entry {name}: unknown list ${found}{nearest(found, lists)}")
        return _NAME.sub(lambda found: lists[found[1]], pattern)

    for key in ("pattern", "unless", "hint", "context"):
        if isinstance(row.get(key), str):
            row[key] = filled(row[key])
        elif isinstance(row.get(key), list):
            row[key] = [filled(item) if isinstance(item, str) else item for item in row[key]]
    try:
        return Entry(**row, file=path.name)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        reason = first["msg"].removeprefix("Value error, ").replace("\n", " ")
        raise DiscourseError(f"{path}: entry {name}: {where}: {reason}") from None


def _refuse_duplicates(entries: Iterable[Entry]) -> None:
    seen: dict[str, str] = {}
    for entry in entries:
        if entry.id in seen:
            raise DiscourseError(f"{entry.file}: entry {entry.id!r}: the id is taken by an entry of {seen[entry.id]}")
        seen[entry.id] = entry.file
