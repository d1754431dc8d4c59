"""Text to chunks: written words, numbers, addresses, single marks, with what stands between them.

A chunk is what the dictionary is asked about; `morfeusz` may cut it into several tokens (*Zrobił|by|m*).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.core.schema import string

_LETTERS = r"[\p{L}\p{M}\p{N}\u00AD\u200D]"
#: What joins two parts of one chunk; the analysis of the chunk decides whether it stays whole.
_JOINT = r"[-\u2010\u2011'’ʼ]"
_DOMAINS = "pl|com|eu|org|net|info|gov|edu|tv|ru|de|uk|ua|fr|fm|io"

#: White space, and what is as empty; a stretch without it, with what follows.
_WHITE = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_WHITE += "\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"
_RUN = f"[^{_WHITE}]+[{_WHITE}]*|[{_WHITE}]+"
_TRAILING = f"([{_WHITE}]+)$"

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
    # emoji with their modifiers, then anything else, one by one
    r"\p{Extended_Pictographic}[\x{FE0F}\x{1F3FB}-\x{1F3FF}]*(?:\x{200D}\p{Extended_Pictographic}[\x{FE0F}]*)*",
    r"(?s:.)",
)
PATTERN = "|".join(f"(?:{pattern})" for pattern in _PATTERNS)
#: Most stretches are a word with a mark or two around it; a short pattern cuts them as `PATTERN` would, sooner.
_PLAIN = r'^["„”«(]?\p{L}+["”»)]?[.,:;!?…]?$'
_PLAIN_PIECES = r"\p{L}+|\P{L}"


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


def chunks(documents: pl.DataFrame) -> Chunks:
    """The chunks of the documents' annotated strings.

    Text is cut at white space first, and only the distinct stretches between are searched by `PATTERN`.
    """
    runs = (
        documents.select(string().str.extract_all(_RUN).alias("run"))
        .with_row_index("doc")
        .explode("run", empty_as_null=False)
    )
    distinct = runs.select(pl.col("run").unique(maintain_order=True)).with_row_index("code")
    code = _codes(runs.get_column("run"), distinct.rename({"run": "form"}))
    doc = runs.get_column("doc").to_numpy().astype(np.int64)
    text = pl.col("run")
    breaks = text.str.extract(_TRAILING).str.count_matches("\n|\r\n?|\u2028|\u2029")
    facts = distinct.select(
        length=text.str.len_chars().cast(pl.Int64),
        after=pl.when(text.str.contains(_TRAILING)).then(1 + breaks.clip(0, 2)).otherwise(0).cast(pl.UInt8),
        pieces=_pieces(text.str.strip_chars_end(_WHITE)),
    )
    many_of = facts.get_column("pieces").list.len().to_numpy().astype(np.int64)
    pieces = facts.get_column("pieces").explode(empty_as_null=False)
    forms = pieces.unique(maintain_order=True)
    number_of = _codes(pieces, pl.DataFrame({"form": forms}).with_row_index("code"))
    length_of = pieces.str.len_chars().to_numpy().astype(np.int64)
    upto = np.cumsum(length_of)
    first_of = np.cumsum(many_of) - many_of
    blank = facts.get_column("pieces").list.len() == 0
    # a run of white space alone opens a document: it has no chunk
    base = np.append(0, upto)[first_of]
    inner_of = upto - length_of - np.repeat(base, many_of)

    length = facts.get_column("length").to_numpy()[code]
    end = np.cumsum(length)
    heads = np.flatnonzero(np.diff(doc, prepend=-1))
    origin = np.repeat((end - length)[heads], np.diff(np.append(heads, len(doc))))
    start = end - length - origin
    before = np.empty(len(code), np.uint8)  # the white space before each run
    before[1:] = facts.get_column("after").to_numpy()[code][:-1]
    before[heads] = 3
    opens = heads[blank.to_numpy()[code][heads]] + 1
    opens = opens[opens < len(doc)]
    before[opens] = 3
    many = many_of[code]
    row = np.repeat(np.arange(len(code)), many)
    first = np.cumsum(many) - many
    piece = np.arange(len(row)) - np.repeat(first - first_of[code], many)
    gap = np.zeros(len(row), np.uint8)
    gap[first[many > 0]] = before[many > 0]
    return Chunks(doc[row], start[row] + inner_of[piece], gap, number_of[piece], forms)


def _pieces(text: pl.Expr) -> pl.Expr:
    plain = text.str.contains(_PLAIN)
    return pl.coalesce(
        pl.when(plain).then(text).str.extract_all(_PLAIN_PIECES), pl.when(~plain).then(text).str.extract_all(PATTERN)
    )


def _codes(values: pl.Series, distinct: pl.DataFrame) -> npt.NDArray[np.int64]:
    """The `code` of each value among the distinct ones (`form`)."""
    joined = pl.DataFrame({"form": values}).join(distinct, on="form", how="left", maintain_order="left")
    return joined.get_column("code").to_numpy().astype(np.int64)
