"""The features of segments and readings found among those met in training, by hash, without writing them out.

What the features are is said in `features`, which training uses; here the same are looked up as a text is read.
A test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.core.codes import codes
from discourse.language import tagset
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
from discourse.language.morfeusz import UNKNOWN
from discourse.language.tagger import features
from discourse.language.tagger.known import Words

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
_LOWER = np.uint64(0xFFFFFFFF)
_UPPER = np.uint64(0xFFFFFFFF00000000)
_TWO, _THREE = np.int64(2), np.int64(3)  # as variables: literal numbers would be compiled for, each by itself


@dataclass(frozen=True)
class Vocabulary:
    """Names of features by hash: an open table of their numbers, from 1, each under the upper half of its hash.

    So a name that is not there, as most are, is found out at the first look.
    """

    hashes: Hashes
    slots: Hashes


def vocabulary(names: pl.Series) -> Vocabulary:
    """The table of these names; a name's number is its place among them."""
    hashes = hashes_of(names)
    slots = np.zeros(1 << max(4, (2 * len(names)).bit_length()), np.uint64)
    _fill(slots, hashes)
    return Vocabulary(hashes, slots)


def hashes_of(names: pl.Series) -> Hashes:
    """The hash of each name."""
    flat = strings(names)
    result = np.zeros(len(names), np.uint64)
    _hash_each(flat.data, flat.begin, result)
    return result


def sums(
    words: Words, segments: Vocabulary, readings: Vocabulary, vectors: Floats, weights: Floats
) -> tuple[Floats, Floats]:
    """For the words' segments the sum of their features' vectors; for their readings the sum of weights."""
    first, table, form = words.first, words.readings, words.form
    facts = pl.DataFrame({"form": form}).select(
        shape=features.shape(),
        letters=pl.col("form").str.contains(r"^\p{L}"),
        capital=pl.col("form").str.contains(r"^\p{Lu}"),
    )
    values, rows = codes(table.get_column("tag"))
    canonical = tagset.canonical_column(values)
    tags = canonical.unique().sort()
    tag = tags.search_sorted(canonical).to_numpy().astype(np.uint32)[rows]
    guessed = np.zeros(len(form), np.bool_)
    guessed[np.repeat(np.arange(len(form)), np.diff(first))[tag == tags.search_sorted(UNKNOWN)]] = UNKNOWN in tags
    stem, stems = _stems(table, first)
    lower, names = strings(form.str.to_lowercase()), strings(tags)
    lemma, entry, kind = (strings(stems.get_column(name)) for name in ("lemma", "entry", "kind"))
    of_segments = np.zeros((len(form), vectors.shape[1]), np.float32)
    _sum_segments(
        lower.data, lower.begin, hashes_of(facts.get_column("shape")), facts.get_column("letters").to_numpy(), guessed,
        first, stem, lemma.data, lemma.begin, tag, names.data, names.begin,
        segments.hashes, segments.slots, vectors, of_segments,
    )  # fmt: skip
    rank = [f"R:{rank}{mark}" for mark in ("", "g") for rank in range(_RANKS)]
    of_readings = np.zeros(len(table), np.float32)
    _sum_readings(
        lower.data, lower.begin, facts.get_column("capital").to_numpy(), guessed, first, stem,
        lemma.data, lemma.begin, entry.data, entry.begin, kind.data, kind.begin, tag, names.data, names.begin,
        hashes_of(pl.Series(rank)), readings.hashes, readings.slots, weights, of_readings,
    )  # fmt: skip
    return of_segments, of_readings


def _stems(table: pl.DataFrame, first: Numbers) -> tuple[Numbers, pl.DataFrame]:
    """Of each reading its stem, and of the stems `lemma`, `entry`, `kind`: what readings of a segment share that
    follow each other and differ in their inflection alone, as most do."""
    lemma, entry = pl.col("lemma"), pl.col("entry")
    new = table.select((lemma != lemma.shift(1)) | (entry != entry.shift(1))).to_series().fill_null(True).to_numpy()
    new = new.copy()
    new[first[:-1]] = True
    own = table.filter(pl.Series(new)).select(lemma, entry, kind=features.kind())
    return np.cumsum(new) - 1, own


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
def _find(state: np.uint64, hashes: Hashes, slots: Hashes) -> int:
    """The number of the name with this hash, or -1."""
    mask = len(slots) - 1
    at = slot(state, mask)
    while slots[at]:
        if (slots[at] ^ state) & _UPPER == 0:
            number = int(np.int64(slots[at] & _LOWER)) - 1
            if hashes[number] == state:
                return number
        at = (at + 1) & mask
    return -1


@compiled
def _fill(slots: Hashes, hashes: Hashes) -> None:
    mask = len(slots) - 1
    for number in range(len(hashes)):
        state = hashes[number]
        at = slot(state, mask)
        while slots[at]:
            at = (at + 1) & mask
        slots[at] = (state & _UPPER) | np.uint64(number + 1)


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
    first: Numbers, stem: Numbers, lemma: Bytes, lemma_begin: Numbers,
    tag: npt.NDArray[np.uint32], names: Bytes, names_begin: Numbers,
    hashes: Hashes, slots: Hashes, vectors: Floats, result: Floats,
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
            if not guessed[segment] and (reading == first[segment] or stem[reading] != stem[reading - 1]):
                states[size] = _on(_LEMMA, lemma, lemma_begin[stem[reading]], lemma_begin[stem[reading] + 1])
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
    stem: Numbers, lemma: Bytes, lemma_begin: Numbers, entry: Bytes, entry_begin: Numbers,
    kind: Bytes, kind_begin: Numbers, tag: npt.NDArray[np.uint32], names: Bytes, names_begin: Numbers,
    rank: Hashes, hashes: Hashes, slots: Hashes, weights: Floats, result: Floats,
) -> None:  # fmt: skip
    states = np.empty(10, np.uint64)  # hashes of the features' names, looked up together
    columns, ordered = np.empty(10, np.int64), np.empty(10, np.int64)
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
        last, word, colon = np.int64(-1), np.int64(0), np.int64(0)
        for reading in range(first[segment], first[segment + 1]):
            own = stem[reading]
            label, finish = names_begin[tag[reading]], names_begin[tag[reading] + 1]
            pos = label
            while pos < finish and names[pos] != 58:
                pos += 1
            again = own == last and pos - label == colon - word
            for i in range(pos - label):
                again = again and names[label + i] == names[word + i]
            last, word, colon = own, label, pos
            # these go on with the whole tag
            states[0] = _on(openings[1], names, label, finish)
            states[1] = _on(_TAG_ALONE, names, label, finish)
            states[2] = _on(ending, names, label, finish)
            states[3] = rank[min(reading - first[segment], 15) + (16 if guessed[segment] else 0)]
            size = 4
            if not again:  # and these with its class, so that readings of one stem share them
                here, there = lemma_begin[own], lemma_begin[own + 1]
                states[4] = _on(openings[0], lemma, here, there)
                states[5] = _on(openings[2], names, label, pos)
                states[6] = _on(_bar(_on(_LEMMA_POS, lemma, here, there)), names, label, pos)
                states[7] = _on(_bar(_on(_ENTRY, entry, entry_begin[own], entry_begin[own + 1])), names, label, pos)
                states[8] = _on(_on(case, kind, kind_begin[own], kind_begin[own + 1]), names, label, pos)
                size = 9
                columns[9] = -1
                if guessed[segment]:
                    states[9] = _bar(_on(guess, lemma, _tail(lemma, here, there, _TWO), there))
                    states[9] = _on(states[9], names, label, pos)
                    size = 10
            for i in range(size):
                columns[i] = _find(states[i], hashes, slots)
            many = len(ordered)
            for i in range(many):  # one array set to another takes numba two seconds to compile
                ordered[i] = columns[i]
            sort(ordered, many)
            total = np.float32(0)
            for i in range(10):
                if ordered[i] >= 0:
                    total += weights[ordered[i]]
            result[reading] = total
