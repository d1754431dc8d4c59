"""The language of a text, by py3langid, and by its letters and commonest words where it is short."""

from __future__ import annotations

import functools
import re
from typing import Any

_POLISH_LETTERS = re.compile(r"[ąęłńśźżĄĘŁŃŚŹŻ]")  # ć is Croatian, ó Spanish and Hungarian as well
_COMMON = frozenset(
    ("i", "w", "z", "na", "że", "się", "nie", "do", "to", "jest", "o", "od", "za", "po", "jak", "ale", "czy", "przez",
     "dla", "był", "była", "są", "oraz", "tym", "tego")
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4_000  # characters are enough to tell a language
_SHORT = 30  # words
_UNSURE = 5  # words; below it nobody can tell
#: Share of words with letters that hardly any other language has, above which nobody has to ask: Polish prose has a
#: quarter of them.
_PLAIN = 0.12


@functools.lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid import langid

    langid.classify("")  # loads the model
    return langid


def language_of(text: str) -> str:
    """The ISO 639-1 code of the text's language; empty for a text of too few words to tell."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if not words:
        return ""
    if len(words) >= _SHORT and sum(map(bool, map(_POLISH_LETTERS.search, words))) / len(words) > _PLAIN:
        return "pl"
    if len(words) < _SHORT and polish_signs(sample, words) > 0.15:
        return "pl"
    if len(words) < _UNSURE:
        return ""
    return str(_identifier().classify(sample)[0])


def polish_signs(text: str, words: list[str] | None = None) -> float:
    """The share of words with a letter of Polish alone, or that are among its commonest."""
    words = _WORD.findall(text.lower()) if words is None else words
    return sum(bool(_POLISH_LETTERS.search(word)) or word in _COMMON for word in words) / len(words) if words else 0.0
