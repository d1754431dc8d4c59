"""Words of two paragraphs that the web wrote together (*końcaMinister*), cut into two tokens for this room alone."""

from __future__ import annotations

import polars as pl

from discourse.language import forms as dictionary
from discourse.language.morfeusz import UNKNOWN

_GLUED = r"^(\p{L}*\p{Ll}{2})(\p{Lu}\p{Ll}{2,})$"
#: A known word after an unknown one must be so long, that it is no part of a trade name (EasyJet).
_LONG = 5


def cut(tokens: pl.DataFrame) -> pl.DataFrame:
    """The tokens with every glued pair as two, and `broken`: whether a token begins what was glued on.

    A word is cut before a capital inside it if the dictionary has the lower-case word before (*równieżJan*), both
    parts (*UkrainyDuda*), or a long word after (*StoltenbergWładze*), and does not have the whole.
    """
    form = pl.col("form")
    pairs = (
        tokens.select(form.unique())
        .filter(form.str.contains(_GLUED))
        .sort("form")
        .with_columns(left=form.str.extract(_GLUED, 1), right=form.str.extract(_GLUED, 2))
    )
    whole, left, right = (_readings(pairs.get_column(name)) for name in ("form", "left", "right"))
    pairs = pl.concat([pairs, left.rename(lambda name: f"left_{name}"), right.rename(lambda name: f"right_{name}")],
        how="horizontal").with_columns(whole_tag=whole.get_column("tag"))  # fmt: skip
    known_left, known_right = pl.col("left_tag") != UNKNOWN, pl.col("right_tag") != UNKNOWN
    pairs = pairs.filter(
        (pl.col("whole_tag") == UNKNOWN)
        & (
            (known_left & pl.col("left").str.contains(r"^\p{Ll}"))
            | (known_left & known_right)
            | (known_right & (pl.col("right").str.len_chars() >= _LONG))
        )
    )
    if pairs.is_empty():
        return tokens.with_columns(broken=pl.lit(False))
    numbered = tokens.with_row_index("_row")
    hits = numbered.join(pairs, on="form").sort("_row")
    length = pl.col("left").str.len_chars()
    parts = [
        hits.with_columns(
            form=pl.col(side),
            lemma=pl.when(pl.col(f"{side}_tag") == UNKNOWN).then(pl.col(side)).otherwise(pl.col(f"{side}_lemma")),
            tag=pl.col(f"{side}_tag"),
            pos=pl.col(f"{side}_tag").str.extract(r"^([^:]*)"),
            start=(pl.col("start") + (0 if side == "left" else length)).cast(numbered.schema["start"]),
            end=(pl.col("start") + length if side == "left" else pl.col("end")).cast(numbered.schema["end"]),
            broken=pl.lit(side == "right"),
        ).select(*numbered.columns, "broken")
        for side in ("left", "right")
    ]
    rest = numbered.join(hits.select("_row"), on="_row", how="anti").with_columns(broken=pl.lit(False))
    return pl.concat([rest, *parts]).sort("_row", "start").drop("_row")


def _readings(words: pl.Series) -> pl.DataFrame:
    """Lemma and tag of the first reading of each word."""
    store = dictionary.shared()
    chunk = store.look_up(words.rename("form"))
    reading = store.first_reading[store.first_segment[chunk]]
    return pl.DataFrame({name: store.readings.get_column(name).gather(reading) for name in ("lemma", "tag")})
