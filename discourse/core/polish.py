"""Polish where people read: order of the alphabet, numbers."""

from __future__ import annotations

import math

_ALPHABET = "aàáâãäåąbcçćčdďđeèéêëěęfgğhiìíîïjklľłmnñńňoòóôõöøópqrřsśšşßtťuùúûüůvwxyýÿzźżž"
_ORDER = {letter: index for index, letter in enumerate(dict.fromkeys(_ALPHABET))}
_SPACE = "\u00a0"


def collation(text: str) -> tuple[object, ...]:
    """A sort key by the Polish alphabet (ą after a, ł after l, ż last); case decides only between equals."""
    folded = text.casefold()
    return (tuple((1, _ORDER[c], c) if c in _ORDER else (0, ord(c), c) for c in folded), text.swapcase())


def number(value: float | None, digits: int = 2, language: str = "pl") -> str:
    """The number as printed in Polish (1 234,50, with non-breaking spaces) or English (1,234.50); '–' where missing."""
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value:,.{digits}f}"
    if text.strip("-0.,") == "":
        text = text.lstrip("-")
    text = text.replace("-", "−")
    return text.translate(str.maketrans(",.", f"{_SPACE},")) if language == "pl" else text
