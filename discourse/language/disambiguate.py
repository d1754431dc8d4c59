"""One reading a token: Morfeusz's first, or the likeliest by weights trained on annotated text."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from discourse.language import frequencies
from discourse.language.forms import Forms


def choose(
    store: Forms, segment: npt.NDArray[np.int64], new_sentence: npt.NDArray[np.bool_], policy: str
) -> npt.NDArray[np.int64]:
    """The number of the chosen reading of each token; `segment` is the token's segment among the store's."""
    if policy == "first":
        return store.first_reading[segment]
    done = len(store.likeliest)
    if done < len(store.segments):
        store.likeliest = np.concatenate([store.likeliest, frequencies.best(store, done)])
    return store.likeliest[segment]
