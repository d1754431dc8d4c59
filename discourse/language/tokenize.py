"""Text to chunks: written words, numbers, addresses, single marks, with what stands between them.

A chunk is what the dictionary is asked about; `morfeusz` may cut it into several tokens (*Zrobił|by|m*).
"""

from __future__ import annotations

import polars as pl

from discourse.core.schema import string

_LETTERS = r"[\p{L}\p{M}\p{N}\u00AD\u200D]"
#: What joins two parts of one chunk; the analysis of the chunk decides whether it stays whole.
_JOINT = r"[-\u2010\u2011'’ʼ]"
_DOMAINS = "pl|com|eu|org|net|info|gov|edu|tv|ru|de|uk|ua|fr|fm|io"

#: In order of precedence. No alternative may look far ahead and fail: that keeps the search linear.
_PATTERNS = (
    r"[\s\u200B\u2060\uFEFF]+",
    # addresses of pages and of people, names in social media
    r"(?:https?://|www\.)[^\s<>\"„”»«]*[^\s<>\"„”»«.,;:!?()\[\]'’…]",
    r"[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+){0,3}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+){1,3}",
    r"[#@][\p{L}\p{N}_]+",
    rf"[\p{{L}}\p{{N}}-]*[\p{{L}}\p{{N}}](?:\.[a-z0-9-]+){{0,2}}\.(?:{_DOMAINS})",
    # abbreviations with dots inside; their last dot is a mark of its own
    r"[mM]\.in|p\.n\.e|n\.e|n\.p\.m|o\.o|S\.A|s\.c|b\.r|ub\.r|k\.p\.c|k\.p\.k|k\.k|c\.o|p\.o|m\. in",
    # legal acts (95/46/WE), numbers with their endings (1,5; 2.200.432; 20.00; 12:30; 14-letni; F-16)
    r"\p{N}+(?:/\p{N}+)+/\p{Lu}+",
    rf"\p{{N}}+(?:[.,]\p{{N}}+|:\p{{N}}\p{{N}})*{_LETTERS}*(?:{_JOINT}\p{{L}}{_LETTERS}*)*",
    rf"\p{{L}}{_LETTERS}*(?:{_JOINT}[\p{{L}}\p{{N}}]{_LETTERS}*)*",
    # emoji with their modifiers, then anything else, one by one
    r"\p{Extended_Pictographic}[\x{FE0F}\x{1F3FB}-\x{1F3FF}]*(?:\x{200D}\p{Extended_Pictographic}[\x{FE0F}]*)*",
    r"(?s:.)",
)
PATTERN = "|".join(f"(?:{pattern})" for pattern in _PATTERNS)


def chunks(documents: pl.DataFrame) -> pl.DataFrame:
    """One row a chunk: `doc` (row of the document), `start`, `end`, `form`, `gap`.

    `gap` says what precedes: 0 nothing, 1 white space, 2 a line break, 3 an empty line or the document's start.
    The chunks and the white space between them cover each document's annotated string without remainder.
    """
    pieces = (
        documents.select(string().str.extract_all(PATTERN).alias("form"))
        .with_row_index("doc")
        .explode("form", empty_as_null=False)
        .with_columns(length=pl.col("form").str.len_chars())
    )
    upto = pl.col("length").cum_sum()
    first = pl.col("doc") != pl.col("doc").shift(1, fill_value=2**32 - 1)
    base = pl.when(first).then(upto - pl.col("length")).forward_fill()
    pieces = pieces.with_columns(
        end=(upto - base).cast(pl.UInt32),
        first=first,
        space=pl.col("form").str.contains(r"^[\s\u200B\u2060\uFEFF]"),
    )
    breaks = pl.col("form").str.count_matches("\n|\r\n?|\u2028|\u2029", literal=False)
    gap = pl.when(pl.col("space")).then(1 + breaks.clip(0, 2)).otherwise(0)
    return (
        pieces.with_columns(gap=gap.cast(pl.UInt8))
        .with_columns(
            gap=pl.when(
                pl.col("first")
                | (pl.col("first").shift(1, fill_value=False) & pl.col("space").shift(1, fill_value=False))
            )
            .then(pl.lit(3, pl.UInt8))
            .otherwise(pl.col("gap").shift(1, fill_value=0))
        )
        .filter(~pl.col("space"))
        .select("doc", start=pl.col("end") - pl.col("length"), end="end", form="form", gap="gap")
    )
