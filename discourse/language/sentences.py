"""Sentences: where one ends, from the chunks around each mark, white space and line breaks."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

import numpy as np
import numpy.typing as npt
import polars as pl

#: What a chunk is for the sentences around it.
OTHER, LOWER, CAPITAL, NUMBER, DOT, BANG, ELLIPSIS, OPEN, CLOSE, QUOTE, DASH, COMMA, COLON, PEOPLE = range(14)
#: Classes of abbreviations: none, something always follows, may end a sentence, a name's initial, a share of something.
NONE, INSIDE, FINAL, INITIAL, SHARE = range(5)

_MARKS = {
    ".": DOT, "!": BANG, "?": BANG, "…": ELLIPSIS, ",": COMMA, ";": COLON, ":": COLON, '"': QUOTE, "'": QUOTE,
    "„": OPEN, "«": OPEN, "(": OPEN, "[": OPEN, "“": CLOSE, "‘": OPEN, "”": CLOSE, "»": CLOSE, "’": CLOSE,
    ")": CLOSE, "]": CLOSE, "-": DASH, "–": DASH, "—": DASH, "―": DASH, "−": DASH, "•": DASH,
}  # fmt: skip


@functools.cache
def abbreviations() -> dict[str, int]:
    """Abbreviation (lower case, without its last dot) → its class."""
    text = resources.files("discourse.language").joinpath("abbreviations.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    classes = {"inside": INSIDE, "final": FINAL, "share": SHARE}
    return {form: number for name, number in classes.items() for form in lists[name].split()}


def kinds(forms: pl.Series) -> pl.DataFrame:
    """`kind` and `abbreviation` of each distinct chunk."""
    form = pl.col("form")
    known = abbreviations()
    lower = form.str.to_lowercase()
    return pl.DataFrame({"form": forms}).select(
        kind=pl.when(form.str.contains(r"^\p{N}"))
        .then(NUMBER)
        .when(form.str.contains(r"^\p{Lu}\p{Ll}+ów$"))
        .then(PEOPLE)
        .when(form.str.contains(r"^[#@]?[\p{Lu}\p{Lt}]"))
        .then(CAPITAL)
        .when(form.str.contains(r"^[#@]?\p{L}"))
        .then(LOWER)
        .otherwise(form.replace_strict(_MARKS, default=OTHER, return_dtype=pl.Int64))
        .cast(pl.UInt8),
        abbreviation=pl.when(form.str.contains(r"^(?:\p{Lu}|Ch|Cz|Dz|Rz|Sz|St|Th)$"))
        .then(INITIAL)
        .otherwise(lower.replace_strict(known, default=NONE, return_dtype=pl.Int64))
        .cast(pl.UInt8),
    )


def starts(
    kind: npt.NDArray[np.uint8], abbreviation: npt.NDArray[np.uint8], gap: npt.NDArray[np.uint8]
) -> npt.NDArray[np.bool_]:
    """Whether a sentence starts at each chunk; the arrays are of all chunks of all documents, in order.

    `gap` is 3 at a document's start. The rules look at one chunk before the mark and two after it.
    """
    size = len(kind)
    if size == 0:
        return np.zeros(0, dtype=np.bool_)
    people, share = kind == PEOPLE, abbreviation == SHARE
    kind, abbreviation = np.where(people, CAPITAL, kind), np.where(share, FINAL, abbreviation)
    before = _shift(kind, 1)
    after = _shift(kind, -1)
    after_gap = _shift(gap, -1, fill=3)

    ends = (kind == DOT) | (kind == BANG) | (kind == ELLIPSIS)
    # the marks that close a sentence belong to it: ?!, …, .”, .)
    closing = ends | (kind == CLOSE) | ((kind == QUOTE) & (after_gap > 0))
    attached = (gap == 0) & closing
    # `mark`: for each chunk, the position of the mark that opens the run of closing marks that it ends
    index = np.arange(size)
    run_start = np.where(attached, -1, index)
    run_start = np.maximum.accumulate(run_start)
    inside = ends.copy()
    # a run counts if any of its marks ends a sentence
    cumulative = np.cumsum(inside)
    has_end = cumulative - np.where(run_start > 0, cumulative[np.maximum(run_start - 1, 0)], 0) > 0
    run_has_end = has_end & (attached | ends)
    first_mark = np.minimum(run_start + np.where(closing[run_start], 0, 1), size - 1)

    stop = np.empty(size, dtype=np.bool_)  # does a sentence stop before this chunk, by its marks
    stop[0] = True
    stop[1:] = run_has_end[:-1]
    mark = np.empty(size, dtype=np.int64)
    mark[0] = 0
    mark[1:] = first_mark[:-1]
    marked = kind[mark]
    word = np.maximum(mark - 1, 0)
    joined = (gap[mark] == 0) & (mark > 0)
    word_kind = np.where(joined, kind[word], OTHER)
    word_abbreviation = np.where(joined, abbreviation[word], NONE)
    single = (np.arange(size) - mark) == 1

    capital = (kind == CAPITAL) | (kind == NUMBER)
    opener = ((kind == OPEN) | (kind == QUOTE) | (kind == OTHER)) & (after != LOWER)
    dashed = (kind == DASH) & (gap > 0) & (after != LOWER) & (after != COMMA)
    begins = capital | opener | dashed
    spaced = gap > 0
    # line breaks that were lost: dalej.Potem, Warszawy.Potem, 2020.Potem, tak".Potem
    worded = (word_kind == LOWER) | (word_kind == CAPITAL) | (word_kind == NUMBER) | (word_kind == QUOTE)
    lost = (gap == 0) & (kind == CAPITAL) & worded & (word_abbreviation == NONE)

    dot = (marked == DOT) & single
    held = dot & (
        (word_abbreviation == INSIDE)
        | ((word_abbreviation == INITIAL) & (kind == CAPITAL))
        | ((word_abbreviation == FINAL) & (kind == NUMBER))
        | (share[word] & joined & people & (kind[np.maximum(word - 1, 0)] == NUMBER))  # 36 proc. Polaków
        | ((word_kind == NUMBER) & (_ordinal(kind, abbreviation, gap, word) | (kind == NUMBER)))
    )
    sentence = stop & begins & (spaced | lost) & ~held
    # three dots in the middle of speech go on; a dash after a question goes on in small letters (handled by begins)
    broken = (gap == 2) & (kind != LOWER) & (before != COMMA)
    sentence |= (gap == 3) | broken
    return sentence


def _ordinal(
    kind: npt.NDArray[np.uint8],
    abbreviation: npt.NDArray[np.uint8],
    gap: npt.NDArray[np.uint8],
    word: npt.NDArray[np.int64],
) -> npt.NDArray[np.bool_]:
    """Whether the number at `word` opens its paragraph or sentence: *1. Wstęp* is so, *ust. 1.* is not."""
    previous = kind[np.maximum(word - 1, 0)]
    before = abbreviation[np.maximum(word - 2, 0)]
    return (gap[word] >= 2) | (((previous == DOT) & (before == NONE)) | (previous == BANG) | (previous == COLON))


def _shift(array: npt.NDArray[np.uint8], by: int, fill: int = 0) -> npt.NDArray[np.uint8]:
    result = np.full_like(array, fill)
    if by > 0:
        result[by:] = array[:-by]
    else:
        result[:by] = array[-by:]
    return result
