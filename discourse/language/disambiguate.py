"""One reading a token: Morfeusz's first, or the best in its sentence by the trained tagger."""

from __future__ import annotations

import weakref

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language.forms import Forms
from discourse.language.tagger import network

_taggers: weakref.WeakKeyDictionary[Forms, network.Tagger] = weakref.WeakKeyDictionary()


def choose(
    store: Forms, segment: npt.NDArray[np.int64], new_sentence: npt.NDArray[np.bool_], policy: str
) -> npt.NDArray[np.int64]:
    """The number of the chosen reading of each token; `segment` is the token's segment among the store's."""
    if policy == "first":
        return store.first_reading[segment]
    with store.lock:
        tagger = _taggers.get(store)
        if tagger is None:
            tagger = _taggers[store] = network.Tagger(network.shipped(), weakref.proxy(store))
    return tagger.choose(segment, new_sentence)


def kept(store: Forms) -> dict[str, pl.DataFrame] | None:
    """What the tagger knows of the store's words, as tables; null where it has not been asked about them."""
    tagger = _taggers.get(store)
    return tagger.frames() if tagger is not None else None
