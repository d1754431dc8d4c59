"""What the rules of this room know of a form or a lemma by itself: bits of one number, worked out once and kept.

Batches share most of their words; what is kept is bounded, and forgotten as a whole where it grows too much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import polars as pl

from discourse.attribution.grammar import ANY_CASE, ANY_GENDER, KINDS, NOM, NOMINAL, PARTICLES, PL, PLAIN, SG, parse
from discourse.attribution.lexicon import Lexicon
from discourse.attribution.typography import OPENERS, UNITS, has_digit
from discourse.core.codes import codes
from discourse.language import forms as dictionary

#: Strings whose numbers are kept at most, beside those of one batch.
_LIMIT = 100_000

#: Flags of forms and lemmas: begins with a capital; may speak; may be a cue; then those of forms alone: a small word
#: inside names; all digits; long enough to begin a sentence that is glued on, a unit, a short word that opens one.
CAP, VOICE, CUE, PARTICLE, DIGITS, LONG, UNIT, OPENER = (1 << bit for bit in range(8))
_KIND, _CASES, _NOMINATIVE = 16, 24, 32


class Kept:
    """The number of each string, made when it is first met."""

    def __init__(self, make: Callable[[list[str]], Iterable[int]]) -> None:
        self._make = make
        self._found: dict[str, int] = {}

    def __call__(self, values: list[str]) -> np.ndarray:
        found = self._found
        new = [value for value in values if value not in found]
        if len(found) + len(new) > _LIMIT:
            found, new = {}, values
        found.update(zip(new, self._make(new), strict=True))
        self._found = found
        return np.fromiter(map(found.__getitem__, values), np.int64, len(values))


class Vocabulary:
    """Forms and lemmas as a lexicon sees them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.forms, self.lemmas = Kept(self._forms), Kept(self._lemmas)
        self._cues = frozenset().union(
            lexicon.verbs, lexicon.negated, lexicon.verbals, lexicon.nominal, lexicon.predicative
        )
        self._heads = {phrase.words[0] for phrase in lexicon.phrases}
        self._stems = tuple(phrase.words[0][:-1] for phrase in lexicon.phrases if phrase.stems)

    def _lemmas(self, lemmas: list[str]) -> list[int]:
        voices, cues = self.lexicon.voices, self._cues
        return [
            CAP * lemma[:1].isupper() | VOICE * (lemma in voices) | CUE * (lemma in cues) for lemma in lemmas
        ]

    def _forms(self, forms: list[str]) -> list[int]:
        cases, nominative = _possible(forms)
        found = (KINDS.get(form, PLAIN) << _KIND | self._form(form) for form in forms)
        return [a | b for a, b in zip(found, (cases << _CASES | nominative << _NOMINATIVE).tolist(), strict=True)]

    def _form(self, form: str) -> int:
        low, voices = form.lower(), self.lexicon.voices
        return (
            CAP * form[:1].isupper()
            | VOICE * (form in voices or low in voices)
            | CUE * (low in self._heads or low.startswith(self._stems))
            | PARTICLE * (low in PARTICLES)
            | DIGITS * form.isdigit()
            | LONG * (len(form) > 2 and not has_digit(form))
            | UNIT * (form in UNITS)
            | OPENER * (form in OPENERS)
        )


def kind(numbers: np.ndarray) -> np.ndarray:
    """The kinds of forms by their numbers."""
    return (numbers >> _KIND & 0xFF).astype(np.int8)


def cases(numbers: np.ndarray) -> np.ndarray:
    """The cases that any reading of the form allows."""
    return numbers >> _CASES & 0xFF


def nominative(numbers: np.ndarray) -> np.ndarray:
    """The genders of nominative singular readings of the form, and (<< 5) of nominative plural ones."""
    return numbers >> _NOMINATIVE


_last: Vocabulary | None = None


def of(lexicon: Lexicon) -> Vocabulary:
    """The words as this lexicon sees them; those of the last one are kept."""
    global _last
    known = _last
    if known is None or known.lexicon is not lexicon:
        known = _last = Vocabulary(lexicon)
    return known


def _possible(forms: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """For each form, the cases of all its nominal readings, and the genders of its nominative ones by number."""
    if not forms:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    store = dictionary.shared()
    chunk = store.look_up(pl.Series("form", forms, dtype=pl.String))
    first = store.first_segment[chunk]
    whole = store.first_segment[chunk + 1] - first == 1
    lo, hi = store.first_reading[first], store.first_reading[first + 1]
    many = hi - lo
    row = np.repeat(np.arange(len(forms)), many)
    reading = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many) + lo[row]
    values, tags = codes(store.readings.get_column("tag").gather(reading))
    parsed = np.array([parse(tag) for tag in values], dtype=np.int64).reshape(len(values), 6)
    nominal = np.isin(parsed[:, 0], list(NOMINAL))
    case = np.where(nominal, parsed[:, 1], 0)
    nom = nominal & ((parsed[:, 1] & NOM) > 0)
    agree = np.where(nom & ((parsed[:, 2] & SG) > 0), parsed[:, 3], 0)
    agree |= np.where(nom & ((parsed[:, 2] & PL) > 0), parsed[:, 3], 0) << 5
    cases, nominative = np.zeros(len(forms), np.int64), np.zeros(len(forms), np.int64)
    np.bitwise_or.at(cases, row, case[tags])
    np.bitwise_or.at(nominative, row, agree[tags])
    return np.where(whole, cases, ANY_CASE), np.where(whole, nominative, ANY_GENDER | ANY_GENDER << 5)
