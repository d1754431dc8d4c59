"""What the network knows of words apart from their sentences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language.forms import Forms

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Words:
    """Segments and their readings: those of segment `s` are `first[s]` to `first[s + 1]` of the table."""

    form: pl.Series
    first: Numbers
    readings: pl.DataFrame


@dataclass(frozen=True)
class Scores:
    """Of segments their vectors, whole numbers; of readings the score apart from context, and the number of the tag."""

    vectors: npt.NDArray[np.int16]
    own: Floats
    tag: npt.NDArray[np.int32]


def words(store: Forms, begin: int) -> Words:
    """The store's segments from `begin` on."""
    return Words(
        store.segments.get_column("form").slice(begin),
        store.first_reading[begin:] - store.first_reading[begin],
        store.readings.slice(int(store.first_reading[begin])),
    )
