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

#: A capital after a small letter, as in brands (GovTech), other than after what opens surnames (McCarthy, DeSantis).
_BRAND = re.compile(r"(?!Mc|Mac|De|Di|Da|Du|Le|La|Fitz|Van|Von)\w*[a-ząćęłńóśźż][A-ZĄĆĘŁŃÓŚŹŻ]")


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
UNITS = frozenset(("km", "r", "tys", "mln", "mld", "zł", "proc", "cm", "kg", "PAP", "UE", "KE", "USA", "PiS", "PO"))

#: Short words that open sentences.
OPENERS = frozenset(("W", "We", "Z", "Ze", "Na", "Do", "Po", "O", "U", "To", "Od", "A", "I", "On", "Co", "Za", "Ta"))


def is_brand(form: str) -> bool:
    """Whether a form is written as trade names are."""
    return not form[1:].islower() and _BRAND.match(form) is not None


def has_digit(form: str) -> bool:
    """Whether a digit stands in a form."""
    return not form.isalpha() and any(letter.isdigit() for letter in form)


def glued(
    kind: np.ndarray,
    cap: np.ndarray,
    cls: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    long: np.ndarray,
    unit: np.ndarray,
    opens: np.ndarray,
) -> np.ndarray:
    """Where a sentence begins right after a stop, its space lost (…w kraju.Minister dodał).

    `long`, `unit` and `opens` say of each form whether it is long and without digits, in `UNITS`, in `OPENERS`.
    """
    touches = np.r_[False, start[1:] == end[:-1]]
    stop = np.r_[False, (kind[:-1] == STOP)]
    closes = (kind == QUOTE) | (kind == CLOSE) | unit
    word = (
        np.r_[False, False, (closes | long & (cls != BREV) & (kind == PLAIN))[:-2]]
        if len(kind) > 2
        else np.zeros(len(kind), bool)
    )
    free = np.r_[start[1:] > end[:-1], False]
    ahead = np.r_[cap[1:], False]
    dash = (kind == DASH) & free & ahead  # …rozkazu.- zauważa ekspert goes on
    short = opens & free  # …w kraju.We wtorek
    quote = (kind == QUOTE) & ahead & ~free
    after_any = touches & stop & dash & ahead  # …o 1,4 tys.- Mamy
    return (touches & stop & word & ((cap & long) | dash | short | quote)) | after_any
