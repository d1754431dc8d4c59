"""One lemma a name within a document: forms of a name that Morfeusz does not know are read together.

*Bidena* alone could be of *Biden* or of *Bidena*; beside *Bidenowi* and *Biden* it can only be of the first.
"""

from __future__ import annotations

import functools
import threading
import tomllib
import weakref
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language.added import NAMES
from discourse.language.forms import Forms
from discourse.language.morfeusz import UNKNOWN


def unify(
    store: Forms, document: npt.NDArray[np.integer[Any]], segment: npt.NDArray[np.int64], reading: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """The chosen readings, with those of unknown capitalised words agreed within each document.

    Of the lemmas that a form can have, the one that most distinct forms of the document can have; among equals the
    one chosen most often, then the token's own. The tag stays where the new lemma allows it.
    """
    facts = _facts(store)
    reading = _like_words(store, facts, document, segment, reading)
    guessed = np.flatnonzero(facts.unknown[segment])
    if len(guessed) == 0:
        return reading
    chosen = pl.Series(reading[guessed])
    tokens = pl.DataFrame(
        {
            "row": guessed,
            "doc": document[guessed],
            "segment": segment[guessed],
            "form": store.segments.get_column("form").gather(segment[guessed]),
            "chosen": store.readings.get_column("lemma").gather(chosen),
            "tag": store.readings.get_column("tag").gather(chosen),
        }
    ).filter(pl.col("tag").str.starts_with("subst"))
    if tokens.is_empty():
        return reading
    candidates = _candidates(store, tokens.get_column("segment").unique().sort().to_numpy())
    names = tokens.join(candidates.select("segment", "lemma").unique(), on="segment")
    support = names.group_by("doc", "lemma").agg(
        support=pl.col("form").n_unique(), votes=(pl.col("lemma") == pl.col("chosen")).sum()
    )
    best = (
        names.join(support, on=["doc", "lemma"])
        .with_columns(own=pl.col("lemma") == pl.col("chosen"))
        .sort("row", "support", "votes", "own", "lemma", descending=[False, True, True, True, False])
        .unique("row", keep="first", maintain_order=True)
        .filter(~pl.col("own"))
        .select("row", "segment", "lemma", "tag")
    )
    if best.is_empty():
        return reading
    new = (
        best.join(candidates, on=["segment", "lemma"], suffix="_new")
        .with_columns(
            same=pl.col("tag") == pl.col("tag_new"),
            case=pl.col("tag").str.extract(_CASE) == pl.col("tag_new").str.extract(_CASE),
        )
        .sort("row", "same", "case", "reading", descending=[False, True, True, False])
        .unique("row", keep="first", maintain_order=True)
    )
    result = reading.copy()
    result[new.get_column("row").to_numpy()] = new.get_column("reading").to_numpy()
    return result


def _like_words(
    store: Forms,
    facts: _Facts,
    document: npt.NDArray[np.integer[Any]],
    segment: npt.NDArray[np.int64],
    reading: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """The readings, with names that look like common words (*Kim*) read as names where the document shows them so.

    It does where a capitalised word follows once. The case is that of the last of the words capitalised after the
    name, as they agree with it; nominative where there is none.
    """
    forms = store.segments.get_column("form")
    at = np.flatnonzero(facts.like_words[segment])
    if len(at) == 0:
        return reading
    tags = store.readings.get_column("tag")
    last = at.copy()  # the last word of the name
    for _ in range(3):
        after = np.minimum(last + 1, len(segment) - 1)
        capital = forms.gather(segment[after]).str.contains(r"^\p{Lu}\p{L}").to_numpy()
        last = np.where(capital & (document[after] == document[at]), after, last)
    named = np.isin(document[at], document[at[last > at]])
    result = reading.copy()
    for token, end in zip(at[named].tolist(), last[named].tolist(), strict=True):
        case = (tags[int(reading[end])].split(":") + [""] * 3)[2] if end > token else ""
        begin, finish = store.first_reading[segment[token]], store.first_reading[segment[token] + 1]
        own = store.readings[begin:finish].with_row_index("at").filter(pl.col("lemma") == forms[int(segment[token])])
        agreed = own.filter(pl.col("tag").str.split(":").list.get(2, null_on_oob=True) == case)
        if len(own):
            result[token] = begin + (agreed if len(agreed) else own).item(0, "at")
    return result


def capitals(
    store: Forms,
    document: npt.NDArray[np.integer[Any]],
    segment: npt.NDArray[np.int64],
    reading: npt.NDArray[np.int64],
    new_sentence: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int64]:
    """The chosen readings, with the name's where the dictionary has a name and a common noun that differ in case alone.

    The tagger cannot tell *Warszawa* from *warszawa*, a car. A capital within a sentence, after a word or a comma, is
    a name's, but for common nouns that are often written so (*Izba, Pan*); at the beginning of a sentence, where the
    document has the same name within one.
    """
    twin = _facts(store).twin[reading]
    at = np.flatnonzero(twin >= 0)
    if len(at) == 0:
        return reading
    before, twin = pl.Series(segment[np.maximum(at - 1, 0)]), twin[at]
    goes_on = store.segments.select(pl.col("letters").gather(before) | (pl.col("form").gather(before) == ","))
    found = pl.DataFrame(
        {
            "at": at,
            "document": document[at],
            "within": ~new_sentence[at] & goes_on.to_series().to_numpy(),
            "lemma": store.readings.get_column("lemma").gather(twin),
            "twin": twin,
        }
    )
    named = found.filter(pl.col("within").any().over("document", "lemma"))
    result = reading.copy()
    result[named.get_column("at").to_numpy()] = named.get_column("twin").to_numpy()
    return result


@functools.cache
def _common() -> frozenset[str]:
    text = resources.files("discourse.language").joinpath("capitals.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["common"].split())


@dataclass(frozen=True, eq=False)
class _Facts:
    """What is asked of every token."""

    unknown: npt.NDArray[np.bool_]  # of segments: capitalised, and all their readings guessed
    like_words: npt.NDArray[np.bool_]  # of segments: names that look like common words
    twin: npt.NDArray[np.int64]  # of readings as common nouns: the reading as a name that has the same tag, or -1


_known: weakref.WeakKeyDictionary[Forms, _Facts] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


def _facts(store: Forms) -> _Facts:
    """The facts of all the store's words; what is new is worked out."""
    with _lock:
        empty = np.zeros(0, np.bool_)
        old = _known.get(store) or _Facts(empty, empty, np.zeros(0, np.int64))
        words = store.snapshot()
        begin = len(old.unknown)
        if begin == len(words.segments):
            return old
        forms = words.segments.get_column("form").slice(begin)
        first = words.first_reading[begin:]
        tags = words.readings.get_column("tag").gather(first[:-1])
        guessed = (np.diff(first) > 1) & (tags == UNKNOWN).to_numpy() & forms.str.contains(r"^\p{Lu}").to_numpy()
        twin = np.full(len(words.readings) - int(first[0]), -1, np.int64)
        pairs = _twins(words, begin)
        twin[pairs.get_column("reading").to_numpy() - first[0]] = pairs.get_column("twin").to_numpy()
        _known[store] = _Facts(
            np.concatenate([old.unknown, guessed]),
            np.concatenate([old.like_words, forms.is_in(NAMES).to_numpy()]),
            np.concatenate([old.twin, twin]),
        )
        return _known[store]


def _twins(store: Forms, first: int) -> pl.DataFrame:
    """Of the segments from the first on that are capitalised, readings as common nouns, and those of the same tag as
    names: `reading, twin`."""
    forms = store.segments.get_column("form").slice(first)
    distinct = first + np.flatnonzero(forms.str.contains(r"^\p{Lu}\p{L}*\p{Ll}").to_numpy())
    begin, sizes = store.first_reading[distinct], np.diff(store.first_reading)[distinct]
    reading = np.repeat(begin - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
    rows = (
        store.readings[reading]
        .select("lemma", "tag", pl.Series("reading", reading), pl.Series("segment", np.repeat(distinct, sizes)))
        # places and surnames stand in the singular, in the plural peoples alone: Wody Polskie are no surname's
        .filter(pl.col("tag").str.contains("^subst:(?:sg:|pl:[^:]*:m1)"))
        .with_columns(key=pl.col("lemma").str.to_lowercase(), name=pl.col("lemma").str.contains(r"^\p{Lu}"))
    )
    common, names = rows.filter(~pl.col("name") & ~pl.col("key").is_in(list(_common()))), rows.filter("name")
    return (
        common.join(names, on=["segment", "tag", "key"], suffix="_of_name")
        .select("reading", twin="reading_of_name")
        .sort("reading", "twin")
        .unique("reading", keep="first", maintain_order=True)
    )


_CASE = r"^[^:]*:([^:]*:[^:]*)"  # number and case of a noun


def _candidates(store: Forms, segments: npt.NDArray[np.int64]) -> pl.DataFrame:
    """One row a noun reading of these segments: `segment, reading, lemma, tag`."""
    begin, sizes = store.first_reading[segments], np.diff(store.first_reading)[segments]
    reading = np.repeat(begin - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
    rows = store.readings[reading].select("lemma", "tag")
    return rows.with_columns(segment=pl.Series(np.repeat(segments, sizes)), reading=pl.Series(reading)).filter(
        pl.col("tag").str.starts_with("subst") & pl.col("lemma").str.contains(r"^\p{Lu}")
    )
