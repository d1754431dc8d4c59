"""Many patterns as one automaton in arrays, so that all of them run over a text together.

Each pattern becomes a program of the position automaton of Glushkov (1961): one state a token of the pattern, edges
between tokens that may follow each other, and what must hold at the bound between them (a sentence bound, context).
"""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass, field

import numpy as np

from discourse.markers.tree import REACH, All, Bound, Choice, Condition, Look, Node, Repeat, Sequence, Token

#: What must hold at the bound before a token or at the end: numbers of sorted requirements.
Needs = frozenset[int]
_FREE: Needs = frozenset()


@dataclass
class Anchor:
    """Conditions of which one must hold in every match, each `low` to `high` tokens after its start."""

    parts: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Automaton:
    """All programs: states, edges and requirements as arrays.

    Program `p` begins with the edges `start[p]:start[p + 1]` (rows of `first_*`); state `s` goes on with the edges
    `next_at[s]:next_at[s + 1]`, and may end where `last_at[s]:last_at[s + 1]` holds. `*_needs` number a row of
    `needs_at` over `need_*`: kind 0 is a sentence bound, otherwise a context (program, direction, wanted).
    """

    conditions: list[Condition]
    programs: int
    forward: np.ndarray
    anchors: list[list[Anchor]]
    condition: np.ndarray
    marked: np.ndarray
    first_at: np.ndarray
    first_state: np.ndarray
    first_needs: np.ndarray
    next_at: np.ndarray
    next_state: np.ndarray
    next_needs: np.ndarray
    last_at: np.ndarray
    last_needs: np.ndarray
    empty_at: np.ndarray
    empty_needs: np.ndarray
    needs_at: np.ndarray
    needs_cross: np.ndarray
    need_look: np.ndarray
    need_wanted: np.ndarray


def build(patterns: Many[Node]) -> Automaton:
    """The automaton whose program `i` is `patterns[i]`; contexts follow as further programs."""
    return _Builder(patterns).automaton


@dataclass
class _Part:
    """What joins a piece of a pattern to its neighbours: how it begins, ends, and can be empty."""

    first: list[tuple[Needs, int]]
    last: list[tuple[int, Needs]]
    empty: list[Needs]


class _Builder:
    def __init__(self, patterns: Many[Node]) -> None:
        self.conditions: dict[Condition, int] = {}
        self.looks: dict[tuple[Node, bool], int] = {}
        self.requirements: dict[tuple[int, bool], int] = {}  # (program or -1 for a sentence bound, wanted) → number
        self.needs: dict[Needs, int] = {_FREE: 0}
        self.condition: list[int] = []
        self.marked: list[bool] = []
        self.edges: list[tuple[int, int, Needs]] = []
        parts: list[_Part] = []
        self.queue: list[tuple[Node, bool]] = [(node, True) for node in patterns]
        at = 0
        while at < len(self.queue):
            node, ahead = self.queue[at]
            parts.append(self.part(node, ahead))
            at += 1
        self.automaton = self._arrays(parts, patterns)

    def part(self, node: Node, ahead: bool) -> _Part:
        match node:
            case Token(condition, marked):
                state = len(self.condition)
                self.condition.append(self.conditions.setdefault(condition, len(self.conditions)))
                self.marked.append(marked)
                return _Part([(_FREE, state)], [(state, _FREE)], [])
            case Bound():
                return _Part([], [], [frozenset({self.requirement(-1, True)})])
            case Look(inner, look_ahead, wanted):
                return _Part([], [], [frozenset({self.requirement(self.look(inner, look_ahead), wanted)})])
            case Sequence(parts):
                ordered = parts if ahead else parts[::-1]
                result = self.part(ordered[0], ahead)
                for part in ordered[1:]:
                    result = self.join(result, self.part(part, ahead))
                return result
            case Choice(parts):
                found = [self.part(part, ahead) for part in parts]
                return _Part(
                    [x for part in found for x in part.first],
                    [x for part in found for x in part.last],
                    list(dict.fromkeys(x for part in found for x in part.empty)),
                )
            case Repeat(inner, low, high):
                return self.repeat(inner, low, high, ahead)
        raise TypeError(node)

    def repeat(self, inner: Node, low: int, high: int | None, ahead: bool) -> _Part:
        if high is None:
            loop = self.part(inner, ahead)
            self.edges += [(s, t, x | y) for s, x in loop.last for y, t in loop.first]
            rest = _Part(loop.first, loop.last, [_FREE])
        else:
            rest = _Part([], [], [_FREE])
            for _ in range(high - low):  # x{0,3} is (x (x x?)?)?
                rest = self.join(self.part(inner, ahead), rest)
                rest = _Part(rest.first, rest.last, list(dict.fromkeys([_FREE, *rest.empty])))
        for _ in range(low):
            rest = self.join(self.part(inner, ahead), rest)
        return rest

    def join(self, one: _Part, two: _Part) -> _Part:
        self.edges += [(s, t, x | y) for s, x in one.last for y, t in two.first]
        return _Part(
            one.first + [(x | y, t) for x in one.empty for y, t in two.first],
            two.last + [(s, x | y) for s, x in one.last for y in two.empty],
            list(dict.fromkeys(x | y for x in one.empty for y in two.empty)),
        )

    def look(self, inner: Node, ahead: bool) -> int:
        if (inner, ahead) not in self.looks:
            self.looks[inner, ahead] = len(self.queue)
            self.queue.append((inner, ahead))
        return self.looks[inner, ahead]

    def requirement(self, program: int, wanted: bool) -> int:
        return self.requirements.setdefault((program, wanted), len(self.requirements))

    def anchors(self, node: Node) -> tuple[list[Anchor], int, int]:
        """The choices of anchor in a piece, and its shortest and longest length in tokens."""
        match node:
            case Token(condition, _):
                number = self.conditions[condition]
                return ([Anchor([(number, 0, 0)])] if condition != All() else []), 1, 1
            case Sequence(parts):
                found: list[Anchor] = []
                low = high = 0
                for part in parts:
                    anchors, shortest, longest = self.anchors(part)
                    found += [Anchor([(c, a + low, b + high) for c, a, b in x.parts]) for x in anchors]
                    low, high = low + shortest, high + longest
                return found, low, high
            case Choice(parts):
                each = [self.anchors(part) for part in parts]
                # one anchor a branch; which of a branch's anchors is rarest is not known yet, so its narrowest
                union = [part for anchors, _, _ in each if anchors for part in _narrowest(anchors).parts]
                whole = [Anchor(union)] if all(anchors for anchors, _, _ in each) else []
                return whole, min(x[1] for x in each), max(x[2] for x in each)
            case Repeat(inner, low, high):
                anchors, shortest, longest = self.anchors(inner)
                top = REACH if high is None else min(REACH, longest * high)
                return (anchors if low else []), shortest * low, top
        return [], 0, 0

    def _arrays(self, parts: list[_Part], patterns: Many[Node]) -> Automaton:
        states = len(self.condition)
        first = [(p, t, self._needs(x)) for p, part in enumerate(parts) for x, t in part.first]
        last = sorted({(s, self._needs(x)) for part in parts for s, x in part.last})
        edges = sorted({(s, t, self._needs(x)) for s, t, x in self.edges})
        empty = [(p, self._needs(x)) for p, part in enumerate(parts) for x in part.empty]
        needs = list(self.needs)
        requirements = list(self.requirements)
        rows = [sorted(need) for need in needs]
        bound = self.requirements.get((-1, True), -1)
        return Automaton(
            conditions=list(self.conditions),
            programs=len(parts),
            forward=np.array([ahead for _, ahead in self.queue], dtype=bool),
            anchors=[self.anchors(node)[0] for node in patterns],
            condition=np.array(self.condition, dtype=np.int64),
            marked=np.array(self.marked, dtype=bool),
            first_at=_offsets([x[0] for x in first], len(parts)),
            first_state=_column(first, 1),
            first_needs=_column(first, 2),
            next_at=_offsets([x[0] for x in edges], states),
            next_state=_column(edges, 1),
            next_needs=_column(edges, 2),
            last_at=_offsets([x[0] for x in last], states),
            last_needs=_column(last, 1),
            empty_at=_offsets([x[0] for x in empty], len(parts)),
            empty_needs=_column(empty, 1),
            needs_at=_offsets([n for n, row in enumerate(rows) for _ in row], len(rows)),
            needs_cross=np.array([bound in row for row in rows], dtype=bool),
            need_look=np.array([requirements[x][0] for row in rows for x in row], dtype=np.int64),
            need_wanted=np.array([requirements[x][1] for row in rows for x in row], dtype=bool),
        )

    def _needs(self, needs: Needs) -> int:
        return self.needs.setdefault(needs, len(self.needs))




def _narrowest(anchors: list[Anchor]) -> Anchor:
    return min(anchors, key=lambda anchor: sum(1 + high - low for _, low, high in anchor.parts))


def _offsets(keys: list[int], size: int) -> np.ndarray:
    """Where each key's rows begin among rows sorted by key."""
    return np.searchsorted(np.array(keys, dtype=np.int64), np.arange(size + 1))


def _column(rows: Many[tuple[int, ...]], number: int) -> np.ndarray:
    return np.array([row[number] for row in rows], dtype=np.int64)
