"""Words of two paragraphs that the web wrote together (*końcaMinister*), cut into two tokens for this room alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import category

import numpy as np
import polars as pl

from discourse.core.codes import codes
from discourse.language import forms as dictionary
from discourse.language.morfeusz import UNKNOWN

_GLUED = r"^(\p{L}*\p{Ll}{2})(\p{Lu}\p{Ll}{2,})$"
#: A known word after an unknown one must be so long, that it is no part of a trade name (EasyJet).
_LONG = 5
#: Words whose parts are kept at most, beside those of one batch.
_LIMIT = 20_000


class _Part(NamedTuple):
    """One of two words: as it stands, with lemma and tag of its first reading."""

    form: str
    lemma: str
    tag: str


_cut: dict[str, tuple[_Part, ...]] = {}  # what looks glued: its two parts, or none where it is one word after all


def cut(tokens: pl.DataFrame) -> pl.DataFrame:
    """The tokens with every glued pair as two, and `broken`: whether a token begins what was glued on.

    A word is cut before a capital inside it if the dictionary has the lower-case word before (*równieżJan*), both
    parts (*UkrainyDuda*), or a long word after (*StoltenbergWładze*), and does not have the whole.
    """
    values, rows = codes(tokens.get_column("form"))
    alike = values.str.contains(_GLUED)
    pairs = _parts(values.filter(alike).to_list())
    glued = np.zeros(len(values), np.bool_)
    glued[alike.to_numpy()] = [bool(pair) for pair in pairs]
    hit = glued[rows]
    if not hit.any():
        return tokens.with_columns(broken=pl.lit(False))
    row = np.repeat(np.arange(len(rows)), 1 + hit)
    left = np.flatnonzero(hit) + np.arange(np.count_nonzero(hit))  # the first of each two rows; the other follows
    found = tokens.select(pl.all().gather(row))
    both = np.column_stack([left, left + 1]).ravel()
    by_form = {one[0].form + one[1].form: one for one in pairs if one}
    put = [part for form in found.get_column("form").gather(left) for part in by_form[form]]
    length = np.array([len(part.form) for part in put[::2]])
    start, end = (found.get_column(name).to_numpy().copy() for name in ("start", "end"))
    end[left] = start[left] + length
    start[left + 1] += length.astype(start.dtype)
    broken = np.zeros(len(found), np.bool_)
    broken[left + 1] = True
    fields = {
        "form": [part.form for part in put],
        "lemma": [part.form if part.tag == UNKNOWN else part.lemma for part in put],
        "tag": [part.tag for part in put],
        "pos": [part.tag.partition(":")[0] for part in put],
    }
    return found.with_columns(
        *(found.get_column(name).scatter(both, texts) for name, texts in fields.items()),
        start=pl.Series(start),
        end=pl.Series(end),
        broken=pl.Series(broken),
    )


def _parts(words: list[str]) -> list[tuple[_Part, ...]]:
    """The two parts of each of these words that look glued; none where it is not."""
    global _cut
    known = _cut
    new = [word for word in words if word not in known]
    if new:
        if len(known) + len(new) > _LIMIT:
            known, new = {}, words
        frame = pl.DataFrame({"form": new})
        sides = frame.select(pl.col("form").str.extract(_GLUED, group).alias(str(group)) for group in (1, 2))
        texts = [*new, *sides.get_column("1"), *sides.get_column("2")]
        read = [_Part(*one) for one in zip(texts, *_readings(texts), strict=True)]
        size = len(new)
        for whole, left, right in zip(read[:size], read[size : 2 * size], read[2 * size :], strict=True):
            known[whole.form] = (left, right) if _is_glued(whole, left, right) else ()
        _cut = known
    return [known[word] for word in words]


def _is_glued(whole: _Part, left: _Part, right: _Part) -> bool:
    known_left, known_right = left.tag != UNKNOWN, right.tag != UNKNOWN
    return whole.tag == UNKNOWN and (
        (known_left and (category(left.form[0]) == "Ll" or known_right)) or (known_right and len(right.form) >= _LONG)
    )


def _readings(words: Sequence[str]) -> tuple[pl.Series, pl.Series]:
    """Lemmas and tags of the first reading of each word."""
    store = dictionary.shared()
    chunk = store.look_up(pl.Series("form", words))
    reading = store.first_reading[store.first_segment[chunk]]
    lemma, tag = (store.readings.get_column(name).gather(reading) for name in ("lemma", "tag"))
    return lemma, tag
