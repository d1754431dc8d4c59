"""Patterns as trees: what the reader in `pattern` makes and the automaton is built from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

#: How far one pattern may reach, in tokens; `*` and `+` stop here, which keeps matching linear in the text.
REACH = 64


@dataclass(frozen=True, slots=True)
class Test:
    """One attribute against a regular expression that must match the whole value."""

    attribute: str
    regex: str


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts, any token."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """One of the parts holds."""

    parts: tuple[Condition, ...]


Condition = Test | Not | All | Any


@dataclass(frozen=True, slots=True)
class Token:
    """One token for which the condition holds; `marked` where it belongs to the marked part."""

    condition: Condition
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Bound:
    """A sentence begins or ends here."""


@dataclass(frozen=True, slots=True)
class Look:
    """Context beside this place that is not part of the match."""

    node: Node
    ahead: bool
    wanted: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """The parts one after another."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`node` from `low` to `high` times; `high` null: as often as REACH allows."""

    node: Node
    low: int
    high: int | None


Node = Token | Bound | Look | Sequence | Choice | Repeat


def tests(condition: Condition) -> Iterator[Test]:
    """The tests that a condition is made of."""
    match condition:
        case Test():
            yield condition
        case Not(part):
            yield from tests(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from tests(part)


def shortest(node: Node) -> int:
    """The fewest tokens that a match can have."""
    match node:
        case Token():
            return 1
        case Sequence(parts):
            return sum(map(shortest, parts))
        case Choice(parts):
            return min(map(shortest, parts))
        case Repeat(inner, low, _):
            return low * shortest(inner)
    return 0


def fewest_marks(node: Node) -> int:
    """The fewest marked tokens that a match can have."""
    match node:
        case Token(_, marked):
            return int(marked)
        case Sequence(parts):
            return sum(map(fewest_marks, parts))
        case Choice(parts):
            return min(map(fewest_marks, parts))
        case Repeat(inner, low, _):
            return low * fewest_marks(inner)
    return 0


#: A class of marks without ranges, as in `[,.;]`: a hyphen may stand last.
_MARKS = re.compile(r"\[[^\w\s\\\[\]^&~-]+-?\]")


@lru_cache(maxsize=20_000)
def literals(regex: str, limit: int = 4096) -> tuple[str, ...] | None:
    """The values a regular expression stands for where it is words or single marks in brackets, or alternatives."""
    found: list[str] = []
    for part in _alternatives(regex):
        if _MARKS.fullmatch(part):
            found += part[1:-1]
            continue
        plain = re.sub(r"\\([^\w\s])", r"\1", part)
        if re.sub(r"\\[^\w\s]", "", part) != re.sub(r"\\.|[.^$*+?()\[\]{}|]", "", part) or not part:
            return None
        found.append(plain)
    return tuple(found) if len(found) <= limit else None


def _alternatives(regex: str) -> list[str]:
    """A regular expression split at its outer `|`."""
    parts, depth, start, at = [], 0, 0, 0
    while at < len(regex):
        if regex[at] == "\\":
            at += 1
        elif regex[at] in "([":
            depth += 1
        elif regex[at] in ")]":
            depth -= 1
        elif regex[at] == "|" and depth == 0:
            parts.append(regex[start:at])
            start = at + 1
        at += 1
    return [*parts, regex[start:]]


def whole(regex: str) -> str:
    """The regular expression anchored at both ends."""
    return f"^(?:{regex})$"
