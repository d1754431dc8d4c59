"""Text to chunks: written words, numbers, addresses, single marks, with what stands between them.

A chunk is what the dictionary is asked about; `morfeusz` may cut it into several tokens (*Zrobił|by|m*).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.core.schema import string
from discourse.language import stretches
from discourse.language.compiled import strings
from discourse.language.runs import runs
from discourse.language.stretches import Stretches

_LETTERS = r"[\p{L}\p{M}\p{N}\u00AD\u200D]"
#: What joins two parts of one chunk; the analysis of the chunk decides whether it stays whole.
_JOINT = r"[-\u2010\u2011'’ʼ]"
_DOMAINS = "pl|com|eu|org|net|info|gov|edu|tv|ru|de|uk|ua|fr|fm|io"

#: In order of precedence. No alternative may look far ahead and fail: that keeps the search linear.
_PATTERNS = (
    # addresses of pages and of people, names in social media
    r"(?:https?://|www\.)[^\s<>\"„”»«]*[^\s<>\"„”»«.,;:!?()\[\]'’…]",
    r"[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+){0,3}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+){1,3}",
    r"[#@][\p{L}\p{N}_]+",
    rf"[\p{{L}}\p{{N}}-]*[\p{{L}}\p{{N}}](?:\.[a-z0-9-]+){{0,2}}\.(?:{_DOMAINS})",
    # abbreviations with dots inside; their last dot is a mark of its own
    r"[mM]\.in|p\.n\.e|n\.e|n\.p\.m|o\.o|S\.A|s\.c|b\.r|ub\.r|k\.p\.c|k\.p\.k|k\.k|c\.o|p\.o",
    # legal acts (95/46/WE), numbers with their endings (1,5; 2.200.432; 20.00; 12:30; 14-letni; F-16)
    r"\p{N}+(?:/\p{N}+)+/\p{Lu}+",
    rf"\p{{N}}+(?:[.,]\p{{N}}+|:\p{{N}}\p{{N}})*{_LETTERS}*(?:{_JOINT}\p{{L}}{_LETTERS}*)*",
    rf"\p{{L}}{_LETTERS}*(?:{_JOINT}[\p{{L}}\p{{N}}]{_LETTERS}*)*",
    # flags, emoji with their modifiers, then anything else, one by one
    r"[\x{1F1E6}-\x{1F1FF}]{2}",
    r"\p{Extended_Pictographic}[\x{FE0F}\x{1F3FB}-\x{1F3FF}]*(?:\x{200D}\p{Extended_Pictographic}[\x{FE0F}]*)*",
    r"(?s:.)",
)
PATTERN = "|".join(f"(?:{pattern})" for pattern in _PATTERNS)


@dataclass(frozen=True)
class Chunks:
    """The chunks of some documents, in order: arrays of one value a chunk, and the distinct chunks themselves.

    `gap` says what precedes: 0 nothing, 1 white space, 2 a line break, 3 an empty line or the document's start.
    The chunks and the white space between them cover each document's annotated string without remainder.
    """

    doc: npt.NDArray[np.int64]  # row of the document
    start: npt.NDArray[np.int64]  # in code points
    gap: npt.NDArray[np.uint8]
    number: npt.NDArray[np.int64]  # which of the distinct forms
    forms: pl.Series

    def frame(self) -> pl.DataFrame:
        """One row a chunk: `doc`, `start`, `end`, `form`, `gap`."""
        form = self.forms.gather(self.number)
        start = pl.Series(self.start)
        return pl.DataFrame({"doc": self.doc, "start": start, "form": form, "gap": self.gap}).select(
            "doc", "start", end=pl.col("start") + pl.col("form").str.len_chars(), form="form", gap="gap"
        )


def memory() -> Stretches:
    """A memory of stretches and their chunks, to be handed from call to call."""
    return Stretches(_pieces)


def chunks(documents: pl.DataFrame, known: Stretches | None = None) -> Chunks:
    """The chunks of the documents' annotated strings.

    Text is cut at white space first, and only the distinct stretches between, which are not known yet, are searched by
    `PATTERN`. `forms` are all those of the memory.
    """
    known = memory() if known is None else known
    text = strings(documents.select(string()).to_series())
    found = runs(text)
    number = known.numbers(text.data, found)
    return Chunks(*stretches.spread(found, number, known), known.forms)


def _pieces(text: pl.Expr) -> pl.Expr:
    return text.str.extract_all(PATTERN)
