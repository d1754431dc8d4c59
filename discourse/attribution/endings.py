"""Surnames and the words of other names without their endings, so that inflected forms of one name meet."""

from __future__ import annotations

import functools

_ENDINGS = frozenset([
    "iego", "owej", "emu", "ego", "ową", "iem", "owi", "ami", "ach", "'a", "’a", "’em", "ej", "ów", "em", "ym", "im",
    "om", "ie", "ą", "ę", "a", "u", "y", "i", "e", "o",
])  # fmt: skip

#: Given names of men that end as adjectives of women do.
_MEN = frozenset([
    "aleksej", "aleksiej", "alexej", "andrej", "andriej", "andrzej", "bartłomiej", "błażej", "jewsiej", "maciej",
    "matwiej", "ondrej", "ondřej", "sergej", "siergiej", "tadej", "timofiej",
])  # fmt: skip


@functools.lru_cache(maxsize=20_000)
def key(word: str) -> str:
    """A surname without its ending: Sowy, Sowie, Sową → sow."""
    low = word.lower()
    if low in _MEN:
        return low
    for size in range(min(4, len(low) - 3), 0, -1):
        if low[-size:] in _ENDINGS:
            low = low[:-size]
            break
    return low[:-1] if low.endswith("i") and len(low) > 3 else low


def name_keys(name: str) -> tuple[str, str]:
    """The keys of the first given name and of the last part of a surname, without a number (Jan Paweł II)."""
    parts = [part for part in name.split() if not set(part) <= set("IVX")] or name.split()
    return key(parts[0].split("-")[0]), key(parts[-1].split("-")[-1])


#: Vowels that endings change, and endings before which a consonant or a vowel changes: what stands there without.
_ALIKE = str.maketrans("ąó", "ęo")
_CHANGED = (("owej", "ow"), ("owę", "ow"), ("ek", "k"), ("dzie", "d"), ("ecie", "et"))


@functools.lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its last letters, enough to compare inflected forms of the parts of a name.

    The parts of a body's name are no surnames: *Krajowej* is of *Krajowa*, *Związku* of *Związek*, *Urzędu* of *Urząd*.
    """
    low = word.lower().translate(_ALIKE)
    for ending, instead in _CHANGED:
        if low.endswith(ending) and len(low) > len(ending) + 1:
            return (low[: -len(ending)] + instead)[:6]
    return key(low)[:6]


def one_letter_off(one: str, other: str) -> bool:
    """Whether a letter added, left out, changed or swapped with the next makes one word the other (Nowka, Nowak)."""
    short, long = sorted((one, other), key=len)
    start = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    if len(short) < len(long):
        return len(long) - len(short) == 1 and short[start:] == long[start + 1 :]
    rest = short[start + 1 :] == long[start + 1 :]
    swapped = short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    return one != other and (rest or swapped)
