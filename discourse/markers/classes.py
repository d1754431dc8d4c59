"""What kind of thing a verb or a noun names, as far as it tells possibility from ability, and hearsay from plans.

The words are lists of the lexicons: events and effects (*dojść, zaszkodzić*), deeds (*złożyć, głosować*), participles
of both, nouns that act (*rząd, kobieta*); words by which a sentence hands on what others say (*podaje, według*). A
verb or noun that no list has is told by its grammar or is `other`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

_LEXICONS = Path(__file__).parent / "lexicons"
#: The kinds of words by which a sentence hands on what others say.
CUES = ("saying", "suspicion", "rumour", "planned")
_COPULAS = ("być", "zostać", "zostawać")
_PRONOUNS = frozenset(("to", "co", "coś", "nic", "wszystko", "który", "jaki"))


@cache
def _words() -> dict[str, frozenset[str]]:
    texts = ((_LEXICONS / f"{category}.toml").read_text(encoding="utf-8") for category in ("hedge", "reportive"))
    lists = [item for text in texts for item in tomllib.loads(text)["lists"].items()]
    return {name: frozenset(words.split()) for name, words in lists}


@lru_cache(maxsize=20_000)
def verb_class(lemma: str, complement: str, passive: bool) -> str:
    """The class of an infinitive; of a copula with a participle, that of what the participle says."""
    words = _words()
    if lemma in _COPULAS:
        if not passive:
            return "copula"
        if complement in words["applied"] or complement in words["actions"]:
            return f"{lemma} applied"
        undergone = any(complement in words[name] for name in ("undergone", "effects", "events"))
        return f"{lemma} undergone" if undergone else f"{lemma} passive"
    for name in ("effects", "events", "actions"):
        if lemma in words[name]:
            return name
    return "other"


@lru_cache(maxsize=20_000)
def subject_class(lemma: str, gender: str) -> str:
    """The class of a subject: who acts, a thing, or the pronoun itself where it tells neither."""
    if lemma in _words()["agents"]:
        return "agent"
    if lemma in _PRONOUNS:
        return lemma
    return "agent" if gender == "m1" else "thing"


def cues(lemmas: Iterable[str]) -> list[str]:
    """What a sentence with these lemmas is marked as: saying, suspicion, rumour, planned."""
    bits, known = 0, cue_words()
    for lemma in lemmas:
        bits |= known.get(lemma, 0)
    return [name for bit, name in enumerate(CUES) if bits >> bit & 1]


@cache
def cue_words() -> dict[str, int]:
    """Lemma → the kinds that it is a word of, as bits."""
    bits: dict[str, int] = {}
    for bit, name in enumerate(CUES):
        for lemma in sorted(_words()[name]):
            bits[lemma] = bits.get(lemma, 0) | 1 << bit
    return bits
