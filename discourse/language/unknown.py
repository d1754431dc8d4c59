"""How much of a corpus the dictionary does not know: a sign of other languages, broken letters, or many names."""

from __future__ import annotations

import polars as pl

from discourse.language.morfeusz import UNKNOWN, analyse

_WORD = r"\p{L}[\p{L}\p{M}]*"


def unknown_share(documents: pl.DataFrame) -> float:
    """The share of running words (letters alone, two or more) that Morfeusz does not know; 0 where there are none.

    `documents` have `text`. A word at the beginning of a sentence counts as known in either case.
    """
    found = documents.lazy().select(pl.col("text").str.extract_all(_WORD).alias("word"))
    words = found.explode("word", empty_as_null=True)
    counts = words.filter(pl.col("word").str.len_chars() > 1).group_by("word").len("times").collect()
    if counts.is_empty():
        return 0.0
    tags = analyse(counts["word"].sort())
    unknown = tags.filter(pl.col("tag") == UNKNOWN).select(pl.col("chunk").alias("word")).unique()
    times = counts.join(unknown, on="word", how="semi")["times"].sum()
    return int(times) / int(counts["times"].sum())
