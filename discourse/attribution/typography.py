"""What the typography of the web hides: names that look like verbs, sentences glued without a space."""

from __future__ import annotations

import re

import numpy as np

from discourse.attribution.grammar import (
    ANY_CASE,
    BREV,
    CLOSE,
    COMP,
    CONJ,
    DASH,
    M1,
    NOMINAL,
    NOUN,
    PLAIN,
    PREP,
    QUOTE,
    STOP,
)


def in_names(
    cap: np.ndarray,
    proper: np.ndarray,
    kind: np.ndarray,
    particle: np.ndarray,
    parsed: np.ndarray,
    cases: np.ndarray,
    new_doc: np.ndarray,
) -> np.ndarray:
    """Where a word that the dictionary takes for another is part of a name (Jan *Zje*, Gino *Palu*, *von der* Au)."""
    cls = parsed[:, 0]
    plain = kind == PLAIN
    after_name = np.r_[False, proper[:-1] & plain[:-1]] & ~new_doc
    other = ~np.isin(cls, [*NOMINAL, PREP, CONJ, COMP])
    surname = cap & plain & after_name & other
    surname |= proper & plain & other & (cases == ANY_CASE)  # no word of the dictionary, whatever the tagger says
    # a common noun that does not agree with the given name before it
    man = (cls == NOUN) & (parsed[:, 3] == M1)
    clash = (cases & np.r_[0, parsed[:-1, 1]]) == 0
    surname |= cap & plain & after_name & (cls == NOUN) & ~proper & np.r_[False, man[:-1]] & clash
    ahead = np.r_[cap[1:], False]
    further = np.r_[ahead[1:], False] & np.r_[particle[1:], False]
    return surname | (particle & (ahead | further) & plain)


#: A first paragraph no longer than this, without a full stop, is a headline.
_HEADLINE = 250
#: The next turn of an interview, whose first is no headline.
_LABEL = re.compile(r"[^\n.:]{2,60}: ")


def headline(string: str) -> int:
    """The end of the headline of a text without a title: its first paragraph, if that ends as no sentence; or 0."""
    end = string.find("\n\n", 0, _HEADLINE)
    if end <= 0 or string[:end].rstrip().endswith((".", ":", ";", ",")) or _LABEL.match(string, end + 2):
        return 0
    return end


#: Short words after which a sentence may end.
_UNITS = frozenset(("km", "r", "tys", "mln", "mld", "zł", "proc", "cm", "kg", "PAP", "UE", "KE", "USA", "PiS", "PO"))

#: Short words that open sentences.
_OPENERS = frozenset(("W", "We", "Z", "Ze", "Na", "Do", "Po", "O", "U", "To", "Od", "A", "I", "On", "Co", "Za", "Ta"))


def has_digit(form: str) -> bool:
    """Whether a digit stands in a form."""
    return not form.isalpha() and any(letter.isdigit() for letter in form)


def glued(
    kind: np.ndarray,
    cap: np.ndarray,
    cls: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    forms: list[str],
    codes: np.ndarray,
) -> np.ndarray:
    """Where a sentence begins right after a stop, its space lost (…w kraju.Minister dodał)."""
    long = np.array([len(form) > 2 and not has_digit(form) for form in forms], dtype=bool)[codes]
    touches = np.r_[False, start[1:] == end[:-1]]
    stop = np.r_[False, (kind[:-1] == STOP)]
    unit = np.array([form in _UNITS for form in forms], dtype=bool)[codes]
    closes = (kind == QUOTE) | (kind == CLOSE) | unit
    word = (
        np.r_[False, False, (closes | long & (cls != BREV) & (kind == PLAIN))[:-2]]
        if len(kind) > 2
        else np.zeros(len(kind), bool)
    )
    free = np.r_[start[1:] > end[:-1], False]
    ahead = np.r_[cap[1:], False]
    dash = (kind == DASH) & free & ahead  # …rozkazu.- zauważa ekspert goes on
    short = np.array([form in _OPENERS for form in forms], dtype=bool)[codes] & free  # …w kraju.We wtorek
    quote = (kind == QUOTE) & ahead & ~free
    after_any = touches & stop & dash & ahead  # …o 1,4 tys.- Mamy
    return (touches & stop & word & ((cap & long) | dash | short | quote)) | after_any
