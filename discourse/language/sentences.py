"""Sentences: where one ends, from the chunks around each mark, white space and line breaks."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language.compiled import compiled

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
    result = np.empty(len(kind), dtype=np.bool_)
    people, share = kind == PEOPLE, abbreviation == SHARE
    kind, abbreviation = np.where(people, CAPITAL, kind), np.where(share, FINAL, abbreviation)
    _starts(kind, abbreviation, gap, people, share, result)
    return result


@compiled
def _starts(
    kind: npt.NDArray[np.uint8], abbreviation: npt.NDArray[np.uint8], gap: npt.NDArray[np.uint8],
    people: npt.NDArray[np.bool_], share: npt.NDArray[np.bool_], result: npt.NDArray[np.bool_],
) -> None:  # fmt: skip
    run, ended, stop = 0, False, False
    last = len(kind) - 1
    for i in range(len(kind)):
        after = kind[i + 1] if i < last else OTHER
        after_gap = gap[i + 1] if i < last else 3
        broken = gap[i] == 2 and kind[i] != LOWER and (i == 0 or kind[i - 1] != COMMA)
        result[i] = gap[i] == 3 or broken
        # three dots in the middle of speech go on; a dash after a question goes on in small letters
        if stop and not result[i] and _begins(kind[i], gap[i], after):
            mark = run if _closes(kind[run], gap[run + 1]) else run + 1  # opens the run of marks that ends here
            result[i] = _free(kind, abbreviation, gap, people, share, i, mark)
        # the marks that close a sentence belong to it: ?!, …, .”, .)
        attached = gap[i] == 0 and _closes(kind[i], after_gap)
        if not attached:
            run, ended = i, False
        ended |= _ends(kind[i])
        stop = ended and (attached or _ends(kind[i]))


@compiled
def _ends(kind: int) -> bool:
    return kind in (DOT, BANG, ELLIPSIS)


@compiled
def _closes(kind: int, after_gap: int) -> bool:
    return _ends(kind) or kind == CLOSE or (kind == QUOTE and after_gap > 0)


@compiled
def _begins(kind: int, gap: int, after: int) -> bool:
    """Whether a chunk may begin a sentence."""
    if kind in (CAPITAL, NUMBER):
        return True
    if after == LOWER:
        return False
    return kind in (OPEN, QUOTE, OTHER) or (kind == DASH and gap > 0 and after != COMMA)


@compiled
def _free(
    kind: npt.NDArray[np.uint8], abbreviation: npt.NDArray[np.uint8], gap: npt.NDArray[np.uint8],
    people: npt.NDArray[np.bool_], share: npt.NDArray[np.bool_], i: int, mark: int,
) -> bool:  # fmt: skip
    """Whether the mark before chunk `i`, which may end a sentence, is not an abbreviation's or number's own."""
    word = max(mark - 1, 0)
    joined = mark > 0 and gap[mark] == 0
    word_kind = kind[word] if joined else OTHER
    word_abbreviation = abbreviation[word] if joined else NONE
    if gap[i] == 0:  # line breaks that were lost: dalej.Potem, Warszawy.Potem, 2020.Potem, tak".Potem
        worded = word_kind in (LOWER, CAPITAL, NUMBER, QUOTE)
        if not (kind[i] == CAPITAL and worded and word_abbreviation == NONE):
            return False
    if kind[mark] != DOT or i - mark != 1:
        return True
    previous = kind[max(word - 1, 0)]
    if joined and share[word] and people[i] and previous == NUMBER:  # 36 proc. Polaków
        return False
    if word_kind == NUMBER:  # one that opens its paragraph or sentence: 1. Wstęp is so, ust. 1. is not
        opens = previous in (BANG, COLON) or gap[word] >= 2
        if kind[i] == NUMBER or opens or (previous == DOT and abbreviation[max(word - 2, 0)] == NONE):
            return False
    return not (
        word_abbreviation == INSIDE
        or (word_abbreviation == INITIAL and kind[i] == CAPITAL)
        or (word_abbreviation == FINAL and kind[i] == NUMBER)
    )
