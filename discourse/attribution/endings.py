"""Surnames without their endings, so that inflected forms of one name meet."""

from __future__ import annotations

import functools

_ENDINGS = (
    "iego",
    "owej",
    "emu",
    "ego",
    "ową",
    "iem",
    "owi",
    "ami",
    "ach",
    "'a",
    "’a",
    "’em",
    "ej",
    "ów",
    "em",
    "ym",
    "im",
    "om",
    "ie",
    "ą",
    "ę",
    "a",
    "u",
    "y",
    "i",
    "e",
    "o",
)


@functools.lru_cache(maxsize=20_000)
def key(word: str) -> str:
    """A surname without its ending: Sowy, Sowie, Sową → sow."""
    low = word.lower()
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            low = low[: -len(ending)]
            break
    return low[:-1] if low.endswith("i") and len(low) > 3 else low
