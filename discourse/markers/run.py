"""An automaton run over a text: every program from every place where it could begin, all in step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from discourse.core.codes import once
from discourse.markers.automaton import Anchor, Automaton
from discourse.markers.tree import REACH
from discourse.markers.vocabulary import Membership, Vocabulary


@dataclass(frozen=True)
class Text:
    """A text by its distinct tokens, and whether a sentence or document begins at each bound.

    Bound `b` stands before token `b`; the last one stands after the last token.
    """

    vocabulary: Vocabulary
    sentence: np.ndarray
    document: np.ndarray


@dataclass(frozen=True)
class Hits:
    """One row a match: its program, first marked token, and the marked tokens as bits counted from there."""

    program: np.ndarray
    first: np.ndarray
    bits: np.ndarray

    @property
    def last(self) -> np.ndarray:
        """The last marked token of each match."""
        return self.first + _highest(self.bits)


class Runner:
    """One automaton over one text."""

    def __init__(self, automaton: Automaton, text: Text) -> None:
        self.automaton, self.text, vocabulary = automaton, text, text.vocabulary
        self.member = Membership(vocabulary, automaton.conditions)
        self.kind, self.size = vocabulary.kind, len(vocabulary.kind)
        self._prepare_places(vocabulary)

    def hits(self) -> Hits:
        """All matches of the automaton's patterns, one for each place and marked part."""
        program, bound = self._candidates()
        owner, first, bits = self._run(program, bound)
        marked = first >= 0
        found = _distinct(program[owner[marked]], first[marked], bits[marked])
        return Hits(program=found[0], first=found[1], bits=found[2])

    def _prepare_places(self, vocabulary: Vocabulary) -> None:
        """Where each kind of token stands that some anchor needs."""
        wanted = np.zeros(vocabulary.size, dtype=bool)
        self._chosen: list[Anchor | None] = []
        for anchors in self.automaton.anchors:
            best = min(anchors, key=self._cost, default=None)
            self._chosen.append(best)
            for condition, _, _ in best.parts if best else ():
                wanted[self.member.kinds[condition]] = True
        places = np.flatnonzero(wanted[self.kind]) if vocabulary.size else np.empty(0, np.int64)
        order = np.argsort(self.kind[places], kind="stable")
        self._places = places[order]
        self._place_at = np.zeros(vocabulary.size + 1, dtype=np.int64)
        np.cumsum(np.where(wanted, vocabulary.counts, 0), out=self._place_at[1:])

    def _cost(self, anchor: Anchor) -> int:
        return sum(int(self.member.counts[c]) * (1 + high - low) for c, low, high in anchor.parts)

    def _candidates(self) -> tuple[np.ndarray, np.ndarray]:
        """Programs and the bounds from which each may match, by the rarest of what it must contain."""
        kinds: list[np.ndarray] = []
        owners: list[tuple[int, int, int]] = []  # program, low, high
        whole: list[int] = []
        for program, anchor in enumerate(self._chosen):
            if anchor is None:
                whole.append(program)
                continue
            for condition, low, high in anchor.parts:
                if len(self.member.kinds[condition]):
                    kinds.append(self.member.kinds[condition])
                    owners.append((program, low, high))
        programs = [np.repeat(np.array(whole, dtype=np.int64), self.size)]
        bounds = [np.tile(np.arange(self.size), len(whole))]
        if kinds:
            lengths = np.array([len(x) for x in kinds])
            table = np.repeat(np.array(owners, dtype=np.int64), lengths, axis=0)
            kind = np.concatenate(kinds)
            row, at = expand(self._place_at[kind], self._place_at[kind + 1])
            place, table = self._places[at], table[row]
            row, offset = expand(table[:, 1], table[:, 2] + 1)
            programs.append(table[row, 0])
            bounds.append(place[row] - offset)
        owner, bound = np.concatenate(programs), np.concatenate(bounds)
        keep = bound >= 0
        keys = once(owner[keep] * (self.size + 1) + bound[keep])
        return keys // (self.size + 1), keys % (self.size + 1)

    def _run(
        self, program: np.ndarray, bound: np.ndarray, beyond: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Matches of programs from bounds: the row of the call, the first marked token, the marked bits.

        `beyond`: the bound closes the sentence, and only a program that begins with a bound may step over it.
        """
        a = self.automaton
        ahead = a.forward[program]
        row, edge = expand(a.first_at[program], a.first_at[program + 1])
        state, needs, token = a.first_state[edge], a.first_needs[edge], bound[row] - ~ahead[row]
        keep = (token >= 0) & (token < self.size)
        if beyond is not None:
            keep &= ~beyond[row] | (a.needs_cross[needs] & ~self.text.document[bound[row]])
        row, state, needs, token = row[keep], state[keep], needs[keep], token[keep]
        keep = self.member(a.condition[state], self.kind[token])
        row, state, needs, token = row[keep], state[keep], needs[keep], token[keep]
        keep = self._met(needs, bound[row], initial=True)
        row, state, token = row[keep], state[keep], token[keep]
        first = np.full(len(row), -1, dtype=np.int64)
        bits = np.zeros(len(row), dtype=np.uint64)
        found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        for _ in range(REACH):
            if not len(row):
                break
            marked = a.marked[state]
            first = np.where(marked & (first < 0), token, first)
            shift = np.where(marked, token - first, 0).astype(np.uint64)
            bits = np.where(marked, bits | (np.uint64(1) << shift), bits)
            step = np.where(ahead[row], 1, -1)
            after = token + ahead[row]  # the bound that the next token stands beyond
            end, edge = expand(a.last_at[state], a.last_at[state + 1])
            ok = self._met(a.last_needs[edge], after[end], initial=False)
            found.append((row[end[ok]], first[end[ok]], bits[end[ok]]))
            here, edge = expand(a.next_at[state], a.next_at[state + 1])
            state, needs, bound_, token = a.next_state[edge], a.next_needs[edge], after[here], (token + step)[here]
            keep = (token >= 0) & (token < self.size) & ~self.text.document[bound_]
            keep &= ~self.text.sentence[bound_] | a.needs_cross[needs]
            here, state, needs, bound_, token = here[keep], state[keep], needs[keep], bound_[keep], token[keep]
            keep = self.member(a.condition[state], self.kind[token])
            here, state, needs, bound_, token = here[keep], state[keep], needs[keep], bound_[keep], token[keep]
            keep = self._met(needs, bound_, initial=False)
            before = len(row)
            here, state, token = here[keep], state[keep], token[keep]
            row, first, bits = row[here], first[here], bits[here]
            if len(row) > before:
                row, state, token, first, bits = _distinct(row, state, token, first, bits)
        if not found:
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint64)
        rows, firsts, marks = zip(*found, strict=True)
        return np.concatenate(rows), np.concatenate(firsts), np.concatenate(marks)

    def _met(self, needs: np.ndarray, bound: np.ndarray, *, initial: bool) -> np.ndarray:
        """Whether the requirements hold at these bounds; `initial`: nothing has been matched yet."""
        a = self.automaton
        result = np.ones(len(needs), dtype=bool)
        some = np.flatnonzero(needs)
        if not len(some):
            return result
        row, need = expand(a.needs_at[needs[some]], a.needs_at[needs[some] + 1])
        row = some[row]
        look, wanted, place = a.need_look[need], a.need_wanted[need], bound[row]
        held = self.text.sentence[place]
        looking = np.flatnonzero(look >= 0)
        if len(looking):
            held[looking] = self._looks(look[looking], place[looking], initial=initial)
        result[row[held != wanted]] = False
        return result

    def _looks(self, program: np.ndarray, bound: np.ndarray, *, initial: bool) -> np.ndarray:
        """Whether each context stands beside its bound, within the sentence of what is matched."""
        a = self.automaton
        asked = program * (self.size + 1) + bound
        keys = once(asked)
        program, bound = keys // (self.size + 1), keys % (self.size + 1)
        result = np.zeros(len(keys), dtype=bool)
        beyond = self.text.sentence[bound] & (a.forward[program] != initial)
        result[self._run(program, bound, beyond)[0]] = True
        row, edge = expand(a.empty_at[program], a.empty_at[program + 1])
        met = self._met(a.empty_needs[edge], bound[row], initial=initial)
        result[row[met]] = True
        return result[np.searchsorted(keys, asked)]


def expand(start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For ranges `start:end`, the number of each range repeated, and the members of all ranges in order."""
    length = end - start
    row = np.repeat(np.arange(len(start)), length)
    first = np.cumsum(length) - length
    return row, np.arange(len(row)) - first[row] + start[row]


def marked(hits: Hits) -> tuple[np.ndarray, np.ndarray]:
    """Each marked token of each hit: the hit's row, the token."""
    row, token = expand(hits.first, hits.last + 1)
    bit = (hits.bits[row] >> (token - hits.first[row]).astype(np.uint64)) & np.uint64(1)
    return row[bit > 0], token[bit > 0]


def _distinct(*columns: np.ndarray) -> tuple[np.ndarray, ...]:
    """Rows once each."""
    order = np.lexsort(columns[::-1])
    ordered = [column[order] for column in columns]
    new = np.zeros(len(order), dtype=bool)
    new[:1] = True
    for column in ordered:
        new[1:] |= column[1:] != column[:-1]
    return tuple(column[new] for column in ordered)


def _highest(bits: np.ndarray) -> np.ndarray:
    """The number of the highest bit of each word; 0 for 0."""
    result = np.zeros(len(bits), dtype=np.int64)
    rest = bits.copy()
    for shift in (32, 16, 8, 4, 2, 1):
        more = rest >> np.uint64(shift) > 0
        result += np.where(more, shift, 0)
        rest = np.where(more, rest >> np.uint64(shift), rest)
    return result
