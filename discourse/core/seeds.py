"""Random streams: each use of chance has a name, and its stream depends on the seed and that name alone."""

from __future__ import annotations

import hashlib

import numpy as np


def stream(seed: int, *names: object) -> np.random.Generator:
    """The random stream `names` of an experiment with this seed; streams of other names are independent of it."""
    return np.random.default_rng(np.random.SeedSequence([seed, *_words(names)]))


def integer(seed: int, *names: object) -> int:
    """A 31-bit seed for a library that wants a number."""
    return int(stream(seed, *names).integers(0, 2**31 - 1))


def _words(names: tuple[object, ...]) -> list[int]:
    digest = hashlib.sha256("\x1f".join(map(str, names)).encode()).digest()
    return [int.from_bytes(digest[i : i + 4], "little") for i in range(0, 16, 4)]
