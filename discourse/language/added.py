"""What the dictionary does not have, or has otherwise than the annotated texts: names, sounds, abbreviations, units."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import polars as pl

_UNITS = {
    f"{short}{figure}": f"{unit} {power}"
    for short, unit in (
        ("m", "metr"), ("km", "kilometr"), ("dm", "decymetr"), ("cm", "centymetr"), ("mm", "milimetr"),
    )
    for figure, power in (("2", "kwadratowy"), ("3", "sześcienny"))
}  # fmt: skip
#: Signs and units that are abbreviations without a dot.
SIGNS = {"%": "procent", "‰": "promil", "§": "paragraf", **_UNITS}
_ANY_CASE = "subst:sg:nom.gen.dat.acc.inst.loc.voc:m1"
#: Names that look like common words: after them stands a capitalised word, at least once in a document.
NAMES = ("Kim",)
#: Degrees and ranks that the dictionary does not abbreviate.
_RANKS = {
    "chor": "chorąży", "dypl": "dyplomowany", "ekon": "ekonomiczny", "hum": "humanistyczny", "insp": "inspektor",
    "lek": "lekarz", "med": "medyczny", "mł": "młodszy", "n": "nauka", "nadinsp": "nadinspektor",
    "nadkom": "nadkomisarz", "podinsp": "podinspektor", "podkom": "podkomisarz", "techn": "techniczny",
}  # fmt: skip
#: Abbreviations with dots inside, which it takes apart.
DOTTED = {
    "b.r": "bieżący rok", "ub.r": "ubiegły rok", "c.o": "centralne ogrzewanie", "k.c": "kodeks cywilny",
    "k.k": "kodeks karny", "k.p.c": "kodeks postępowania cywilnego", "k.p.k": "kodeks postępowania karnego",
    "o.o": "ograniczona odpowiedzialność", "s.c": "spółka cywilna",
}  # fmt: skip
_SOUNDS = {
    "yy": "y", "yyy": "y", "hy": "hy", "yhy": "yhy", "yhym": "yhym", "acha": "aha", "ychy": "ychy", "hmm": "hm",
    "hmmm": "hm",
}  # fmt: skip
#: Readings that come after the dictionary's.
_ADDED = {
    "Kim": [("Kim", _ANY_CASE)],
    "Szojgu": [("Szojgu", _ANY_CASE)],
    "pd": [("południowy", "brev:pun"), ("południe", "brev:pun")],
    "sie": [("się", "part")],
    "y": [("y", "interj")],
    **{form: [(word, "brev:pun")] for short, word in _RANKS.items() for form in (short, short.capitalize())},
}
#: Readings that stand in their place: hesitations as the training text has them, a name that it takes for initials.
_INSTEAD = {
    "Un": [("Un", "subst:sg:nom:m1")],
    **{form: [("major", "brev:npun")] for form in ("mjr", "Mjr")},
    **{form: [(lemma, "interj")] for sound, lemma in _SOUNDS.items() for form in (sound, sound.capitalize())},
}
#: Books of the Bible: *KO* is the Civic Coalition before the Epistle to the Corinthians, *p*, *J* and *AP* likewise.
_BOOKS = "^(?:(?:Apokalipsa|Ewangelia|Księga|List_do|List_świętego)_.*|Dzieje|Genesis|(?:Nowy|Stary)_Testament)$"
_UNITED = "Zjednoczon"  # Stany Zjednoczone, Narody Zjednoczone: an adjective in the annotated texts

Reading = tuple[str, str]


def mended(form: str, readings: list[Reading]) -> list[Reading]:
    """The readings (lemma, tag) of a form of one segment with those added, and without those that mislead."""
    if form in _INSTEAD:
        return _INSTEAD[form]
    if form.startswith(_UNITED):
        return [
            (_UNITED + "y", tag.replace("ppas:", "adj:").replace(":perf:aff", ":pos"))
            if tag[:4] == "ppas"
            else (lemma, tag)
            for lemma, tag in readings
        ]
    own = [(lemma, tag) for lemma, tag in readings if lemma.lower() == form.lower() or not re.match(_BOOKS, lemma)]
    return own + [reading for reading in _ADDED.get(form, []) if reading not in own]


def concerned(words: pl.Series, word: pl.Series, lemma: pl.Series) -> npt.NDArray[np.bool_]:
    """Which of these words `mended` may change; `word` and `lemma` are of their readings."""
    found = (words.is_in([*_ADDED, *_INSTEAD]) | words.str.starts_with(_UNITED)).to_numpy().copy()
    found[word.filter(lemma.str.contains(_BOOKS)).to_numpy()] = True
    return found
