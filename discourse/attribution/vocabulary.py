"""What the rules of this room know of a form or a lemma by itself: bits of one number, worked out once and kept.

Batches share most of their words; what is kept is bounded, and forgotten as a whole where it grows too much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import polars as pl

from discourse.attribution.endings import stem
from discourse.attribution.grammar import (
    ANY_CASE,
    ANY_GENDER,
    CAPITAL_FIRST_PERSON,
    FIRST_PERSON,
    KINDS,
    NOM,
    NOMINAL,
    PARTICLES,
    PL,
    PLAIN,
    SG,
    parse,
)
from discourse.attribution.lexicon import Lexicon
from discourse.attribution.tables import START
from discourse.attribution.typography import OPENERS, UNITS, has_digit, is_brand
from discourse.core.codes import codes
from discourse.language import forms as dictionary

#: Strings whose numbers are kept at most, beside those of one batch.
_LIMIT = 250_000

#: What keeps a word from being part of a person's name, or makes one begin another: an acronym, a brand or a number;
#: a body; a noun or title of persons; any entry of these three tables; the first word of a known body's name.
BARRED, INSTITUTION, PERSON, TABLED, BODY = (1 << bit for bit in range(5))
#: Flags of forms and lemmas: begins with a capital; may speak; may be a cue.
CAP, VOICE, CUE = (1 << bit for bit in range(5, 8))
#: Flags of forms alone: the head of phrases that are cues, if one of their second words follows; a second word; a small
#: word inside names; all digits; a digit first; a word of the first person; long enough to begin a sentence that is
#: glued on, a unit, a short word that opens one.
HEAD, SECOND, PARTICLE, DIGITS, NUMERAL, FIRST, LONG, UNIT, OPENER = (1 << bit for bit in range(8, 17))
_KIND, _CASES, _NOMINATIVE = 20, 28, 36


class Kept:
    """The number of each string, made when it is first met."""

    def __init__(self, make: Callable[[list[str]], Iterable[int]]) -> None:
        self._make = make
        self._found: dict[str, int] = {}

    def __call__(self, values: list[str]) -> np.ndarray:
        found = self._found
        numbers = list(map(found.get, values))
        if None in numbers:
            new = [value for value, number in zip(values, numbers, strict=True) if number is None]
            if len(found) + len(new) > _LIMIT:
                found, new = {}, values
            found.update(zip(new, self._make(new), strict=True))
            self._found = found
            numbers = list(map(found.get, values))
        return np.array(numbers, np.int64)


class Vocabulary:
    """Forms and lemmas as a lexicon sees them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.forms, self.lemmas = Kept(self._forms), Kept(self._lemmas)
        self._cues = frozenset().union(
            lexicon.verbs, lexicon.negated, lexicon.verbals, lexicon.nominal, lexicon.predicative
        )
        self._heads = {phrase.words[0] for phrase in lexicon.phrases}
        self._longer = {head for head in self._heads if head[:START] in lexicon.phrase_seconds}
        self._seconds = frozenset().union(*lexicon.phrase_seconds.values())
        self._tabled = {*lexicon.institutions, *lexicon.persons, *lexicon.titles}
        self._stems = tuple(phrase.words[0][:-1] for phrase in lexicon.phrases if phrase.stems)

    def _lemmas(self, lemmas: list[str]) -> list[int]:
        lexicon, cues, tabled = self.lexicon, self._cues, self._tabled
        return [
            CAP * lemma[:1].isupper()
            | VOICE * (lemma in lexicon.voices)
            | CUE * (lemma in cues)
            | INSTITUTION * (lemma in lexicon.institutions)
            | PERSON * (lemma in lexicon.persons)
            | TABLED * (lemma in tabled)
            for lemma in lemmas
        ]

    def _forms(self, forms: list[str]) -> list[int]:
        cases, nominative = _possible(forms)
        found = (KINDS.get(form, PLAIN) << _KIND | self._form(form) for form in forms)
        return [a | b for a, b in zip(found, (cases << _CASES | nominative << _NOMINATIVE).tolist(), strict=True)]

    def _form(self, form: str) -> int:
        low, lexicon, cap, numbered = form.lower(), self.lexicon, form[:1].isupper(), has_digit(form)
        return (
            BARRED * (numbered or (1 < len(form) <= 5 and form.isupper()) or is_brand(form))
            | INSTITUTION * (form in lexicon.institutions)
            | PERSON * (low in lexicon.persons or low in lexicon.titles)
            | TABLED * (form in self._tabled or low in self._tabled)
            | BODY * (stem(form) in lexicon.institution_starts)
            | CAP * cap
            | VOICE * (form in lexicon.voices or low in lexicon.voices)
            | CUE * ((low in self._heads and low not in self._longer) or low.startswith(self._stems))
            | HEAD * (low in self._longer)
            | SECOND * (low in self._seconds)
            | PARTICLE * (low in PARTICLES)
            | DIGITS * form.isdigit()
            | NUMERAL * form[:1].isdigit()
            | FIRST * (low in (CAPITAL_FIRST_PERSON if cap else FIRST_PERSON))
            | LONG * (len(form) > 2 and not numbered)
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
