"""The pronoun *to* and the adjective *ten* in forms that they share: before a noun that agrees it is the adjective.

In the training text so 572 times of 574 (*tego, temu, tym*); the tagger at times takes the pronoun.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language.forms import Forms

_FORMS = [form for word in ("tego", "temu", "tym") for form in (word, word.capitalize())]
_PRONOUN, _ADJECTIVE = "to", "ten"
_NO_NOUNS = [
    "co",
    "coś",
    "cokolwiek",
    "kto",
    "ktoś",
    "ktokolwiek",
    "nic",
    "nikt",
    "wszystko",
]  # z tego nic, tym wszystkim
_NOUN = r"^(?:subst|ger):([^:]*:[^:]*:[^:]*)"  # number, case and gender
_AGREES = r"^adj:([^:]*:[^:]*:[^:]*)"


def before_nouns(
    store: Forms,
    segment: npt.NDArray[np.int64],
    reading: npt.NDArray[np.int64],
    new_sentence: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int64]:
    """The chosen readings, with the adjective's for the pronoun's where the next token is a noun that agrees."""
    own = np.flatnonzero(store.segments.get_column("form").is_in(_FORMS).to_numpy())
    if len(own) == 0:
        return reading
    here = np.zeros(len(store.segments), np.bool_)
    here[own] = True
    at = np.flatnonzero(here[segment[:-1]] & ~new_sentence[1:])
    lemma, tag = store.readings.get_column("lemma"), store.readings.get_column("tag")
    tokens = pl.DataFrame(
        {
            "at": at,
            "segment": segment[at],
            "lemma": lemma.gather(pl.Series(reading[at])),
            "noun": lemma.gather(pl.Series(reading[at + 1])),
            "agreement": tag.gather(pl.Series(reading[at + 1])).str.extract(_NOUN),
            "before": store.segments.get_column("form").gather(pl.Series(segment[np.maximum(at - 1, 0)])),
        }
    ).filter(
        pl.col("lemma") == _PRONOUN,
        pl.col("agreement").is_not_null() & ~pl.col("noun").is_in(_NO_NOUNS),
        (pl.col("before") != "w") | pl.col("agreement").str.contains(":loc:"),  # w tym załogom: among them
    )
    first, sizes = store.first_reading[own], np.diff(store.first_reading)[own]
    number = np.repeat(first - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
    adjectives = (
        store.readings[number]
        .with_columns(segment=pl.Series(np.repeat(own, sizes)), reading=pl.Series(number))
        .filter(pl.col("lemma") == _ADJECTIVE)
        .select("segment", "reading", agreement=pl.col("tag").str.extract(_AGREES))
        .unique(["segment", "agreement"], keep="first", maintain_order=True)
    )
    found = tokens.join(adjectives, on=["segment", "agreement"])
    result = reading.copy()
    result[found.get_column("at").to_numpy()] = found.get_column("reading").to_numpy()
    return result
