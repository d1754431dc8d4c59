"""The features of segments and readings found among those met in training, by hash, without writing them out.

What the features are is said in `features`, which training uses; here the same are looked up as a text is read.
A test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language.compiled import (
    FNV_PRIME,
    FNV_SEED,
    Bytes,
    Floats,
    Hashes,
    Numbers,
    compiled,
    slot,
    sort,
    strings,
)
from discourse.language.forms import Forms
from discourse.language.tagger import features

_RANKS = 16


def _opening(name: str) -> np.uint64:
    """The hash of the characters that open a feature's name."""
    state = int(FNV_SEED)
    for byte in name.encode():
        state = (state ^ byte) * int(FNV_PRIME) & 0xFFFFFFFFFFFFFFFF
    return np.uint64(state)


# worked out here, since a compiled function of constants is compiled anew for each of them
_FORM, _PREFIX, _LEMMA, _TAGS, _TAG = map(_opening, ("f:", "p:", "l:", "c:", "t:"))
_ENDINGS = np.array([_opening(f"{many}:") for many in (2, 3, 4)])
_FORM_LEMMA, _FORM_TAG, _FORM_POS, _ENDING_TAG = map(_opening, ("FL:", "FT:", "FP:", "S3:"))
_GUESS, _LEMMA_POS, _ENTRY, _TAG_ALONE = map(_opening, ("G:", "L:", "E:", "T:"))
_CAPITAL, _SMALL = map(_opening, ("K:C", "K:l"))
_TWO, _THREE = np.int64(2), np.int64(3)  # as variables: literal numbers would be compiled for, each by itself


@dataclass(frozen=True)
class Vocabulary:
    """Names of features by hash: an open table of their numbers."""

    hashes: Hashes
    slots: npt.NDArray[np.int32]


def vocabulary(names: pl.Series) -> Vocabulary:
    """The table of these names; a name's number is its place among them."""
    hashes = hashes_of(names)
    slots = np.full(1 << max(4, (2 * len(names)).bit_length()), -1, np.int32)
    _fill(slots, hashes)
    return Vocabulary(hashes, slots)


def hashes_of(names: pl.Series) -> Hashes:
    """The hash of each name."""
    flat = strings(names)
    result = np.zeros(len(names), np.uint64)
    _hash_each(flat.data, flat.begin, result)
    return result


def sums(
    store: Forms, begin: int, segments: Vocabulary, readings: Vocabulary, vectors: Floats, weights: Floats
) -> tuple[Floats, Floats]:
    """For the store's segments from `begin` on: the sum of their features' vectors; of their readings' weights."""
    first = store.first_reading[begin:] - store.first_reading[begin]
    table = features.readings(store, begin)
    form = store.segments.get_column("form").slice(begin)
    facts = pl.DataFrame({"form": form}).select(
        shape=features.shape(),
        letters=pl.col("form").str.contains(r"^\p{L}"),
        capital=pl.col("form").str.contains(r"^\p{Lu}"),
    )
    tags = table.get_column("tag").unique().sort()
    ranks = pl.DataFrame({"tag": tags}).with_row_index("rank")
    tag = table.select("tag").join(ranks, on="tag", how="left", maintain_order="left").get_column("rank").to_numpy()
    lower, lemma = strings(form.str.to_lowercase()), strings(table.get_column("lemma"))
    entry, kind = strings(table.get_column("entry")), strings(table.select(features.kind()).to_series())
    guessed = np.zeros(len(form), np.bool_)
    guessed[table.get_column("segment").to_numpy()] = table.get_column("guessed").to_numpy()
    names = strings(tags)
    of_segments = np.zeros((len(form), vectors.shape[1]), np.float32)
    _sum_segments(
        lower.data, lower.begin, hashes_of(facts.get_column("shape")), facts.get_column("letters").to_numpy(), guessed,
        first, lemma.data, lemma.begin, tag, names.data, names.begin,
        segments.hashes, segments.slots, vectors, of_segments,
    )  # fmt: skip
    rank = [f"R:{rank}{mark}" for mark in ("", "g") for rank in range(_RANKS)]
    of_readings = np.zeros(len(table), np.float32)
    _sum_readings(
        lower.data, lower.begin, facts.get_column("capital").to_numpy(), guessed, first,
        lemma.data, lemma.begin, entry.data, entry.begin, kind.data, kind.begin, tag, names.data, names.begin,
        hashes_of(pl.Series(rank)), readings.hashes, readings.slots, weights, of_readings,
    )  # fmt: skip
    return of_segments, of_readings


@compiled
def _on(state: np.uint64, data: Bytes, begin: int, end: int) -> np.uint64:
    """The hash of what has been hashed into this state, with these bytes after it."""
    for i in range(begin, end):
        state = (state ^ np.uint64(data[i])) * FNV_PRIME
    return state


@compiled
def _bar(state: np.uint64) -> np.uint64:
    return (state ^ np.uint64(124)) * FNV_PRIME


@compiled
def _find(state: np.uint64, hashes: Hashes, slots: npt.NDArray[np.int32]) -> int:
    """The number of the name with this hash, or -1."""
    mask = len(slots) - 1
    at = slot(state, mask)
    while slots[at] >= 0:
        if hashes[slots[at]] == state:
            return slots[at]
        at = (at + 1) & mask
    return -1


@compiled
def _fill(slots: npt.NDArray[np.int32], hashes: Hashes) -> None:
    mask = len(slots) - 1
    for number in range(len(hashes)):
        state = hashes[number]
        at = slot(state, mask)
        while slots[at] >= 0:
            at = (at + 1) & mask
        slots[at] = number


@compiled
def _hash_each(data: Bytes, begin: Numbers, result: Hashes) -> None:
    for i in range(len(result)):
        result[i] = _on(FNV_SEED, data, begin[i], begin[i + 1])


@compiled
def _tail(data: Bytes, begin: int, end: int, many: int | np.int64) -> int:
    """Where the last so many characters begin."""
    at = end
    while at > begin and many:
        at -= 1
        if data[at] & 0xC0 != 0x80:
            many -= 1
    return at


@compiled
def _head(data: Bytes, begin: int, end: int, many: int | np.int64) -> int:
    """Where the first so many characters end."""
    at = begin
    while at < end:
        if data[at] & 0xC0 != 0x80:
            if many == 0:
                break
            many -= 1
        at += 1
    return at


@compiled
def _sum_segments(
    lower: Bytes, lower_begin: Numbers, shape: Hashes, letters: npt.NDArray[np.bool_], guessed: npt.NDArray[np.bool_],
    first: Numbers, lemma: Bytes, lemma_begin: Numbers, tag: npt.NDArray[np.uint32], names: Bytes, names_begin: Numbers,
    hashes: Hashes, slots: npt.NDArray[np.int32], vectors: Floats, result: Floats,
) -> None:  # fmt: skip
    most = 0
    for segment in range(len(result)):
        most = max(most, first[segment + 1] - first[segment])
    states = np.empty(2 * most + 12, np.uint64)  # hashes of the features' names, looked up together
    columns = np.empty(2 * most + 12, np.int64)
    own = np.empty(most + 1, np.int64)  # distinct tags
    for segment in range(len(result)):
        begin, end = lower_begin[segment], lower_begin[segment + 1]
        states[0] = _on(_FORM, lower, begin, end)
        states[1] = shape[segment]
        size = 2
        if letters[segment]:
            long = 0
            for i in range(begin, end):
                long += lower[i] & 0xC0 != 0x80
            for many in range(2, 5):
                if many < 4 or long > 4:
                    states[size] = _on(_ENDINGS[many - 2], lower, _tail(lower, begin, end, many), end)
                    size += 1
            if long > 5:
                states[size] = _on(_PREFIX, lower, begin, _head(lower, begin, end, _THREE))
                size += 1
        distinct = 0
        for reading in range(first[segment], first[segment + 1]):
            if not guessed[segment]:
                states[size] = _on(_LEMMA, lemma, lemma_begin[reading], lemma_begin[reading + 1])
                size += 1
            number = np.int64(tag[reading])
            at = distinct
            while at > 0 and own[at - 1] > number:
                at -= 1
            if at == 0 or own[at - 1] != number:
                for i in range(distinct, at, -1):
                    own[i] = own[i - 1]
                own[at] = number
                distinct += 1
        joined = _TAGS
        for i in range(distinct):
            here, there = names_begin[own[i]], names_begin[own[i] + 1]
            states[size] = _on(_TAG, names, here, there)
            size += 1
            joined = _on(_bar(joined) if i else joined, names, here, there)
        states[size] = joined
        size += 1
        for place in range(size):
            columns[place] = _find(states[place], hashes, slots)
        sort(columns, size)
        last = -1
        for place in range(size):
            column = columns[place]
            if column > last:
                last = column
                for i in range(result.shape[1]):
                    result[segment, i] += vectors[column, i]


@compiled
def _sum_readings(
    lower: Bytes, lower_begin: Numbers, capital: npt.NDArray[np.bool_], guessed: npt.NDArray[np.bool_], first: Numbers,
    lemma: Bytes, lemma_begin: Numbers, entry: Bytes, entry_begin: Numbers, kind: Bytes, kind_begin: Numbers,
    tag: npt.NDArray[np.uint32], names: Bytes, names_begin: Numbers,
    rank: Hashes, hashes: Hashes, slots: npt.NDArray[np.int32], weights: Floats, result: Floats,
) -> None:  # fmt: skip
    states = np.empty(10, np.uint64)  # hashes of the features' names, looked up together
    columns = np.empty(10, np.int64)
    openings = np.empty(3, np.uint64)
    for segment in range(len(first) - 1):
        begin, end = lower_begin[segment], lower_begin[segment + 1]
        openings[0], openings[1], openings[2] = _FORM_LEMMA, _FORM_TAG, _FORM_POS
        for i in range(3):
            openings[i] = _bar(_on(openings[i], lower, begin, end))
        tail = _tail(lower, begin, end, _THREE)
        ending = _bar(_on(_ENDING_TAG, lower, tail, end))
        guess = _bar(_on(_GUESS, lower, tail, end))
        case = _CAPITAL if capital[segment] else _SMALL
        for reading in range(first[segment], first[segment + 1]):
            here, there = lemma_begin[reading], lemma_begin[reading + 1]
            label, finish = names_begin[tag[reading]], names_begin[tag[reading] + 1]
            pos = label
            while pos < finish and names[pos] != 58:
                pos += 1
            states[0] = _on(openings[0], lemma, here, there)
            # each of these goes on with the tag, or with its class alone
            states[1], states[2] = openings[1], openings[2]
            states[3] = _bar(_on(_LEMMA_POS, lemma, here, there))
            states[4] = _bar(_on(_ENTRY, entry, entry_begin[reading], entry_begin[reading + 1]))
            states[5] = _TAG_ALONE
            states[6] = _on(case, kind, kind_begin[reading], kind_begin[reading + 1])
            states[7] = ending
            states[8] = rank[min(reading - first[segment], 15) + (16 if guessed[segment] else 0)]
            size = 9
            if guessed[segment]:
                states[9] = _bar(_on(guess, lemma, _tail(lemma, here, there, _TWO), there))
                size = 10
            columns[9] = -1
            for i in range(size):
                if i != 0 and i != 8:
                    whole = i == 1 or i == 5 or i == 7
                    states[i] = _on(states[i], names, label, finish if whole else pos)
                columns[i] = _find(states[i], hashes, slots)
            total = np.float32(0)
            many = len(columns)
            sort(columns, many)
            for i in range(10):
                if columns[i] >= 0:
                    total += weights[columns[i]]
            result[reading] = total
