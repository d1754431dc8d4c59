"""What the tagger knows of a segment and of each of its readings, apart from their place in a sentence.

Features are names such as `f:może`. Those met in training have a number; others say nothing.
"""

from __future__ import annotations

import polars as pl

from discourse.language import tagset
from discourse.language.forms import Forms


def of_segments(store: Forms, begin: int = 0) -> pl.DataFrame:
    """One row a segment (from `begin` on) and feature of it: `segment` (from 0), `feature`."""
    forms = store.segments.slice(begin).select("form").with_row_index("segment")
    form, lower = pl.col("form"), pl.col("form").str.to_lowercase()
    word = form.str.contains(r"^\p{L}")
    own = (
        forms.select(
            "segment",
            feature=pl.concat_list(
                "f:" + lower,
                pl.when(word).then("2:" + lower.str.slice(-2)),
                pl.when(word).then("3:" + lower.str.slice(-3)),
                pl.when(word & (lower.str.len_chars() > 4)).then("4:" + lower.str.slice(-4)),
                pl.when(word & (lower.str.len_chars() > 5)).then("p:" + lower.str.slice(0, 3)),
                pl.concat_str(
                    pl.lit("h:"),
                    pl.when(form.str.contains(r"^\p{Lu}+$"))
                    .then(pl.lit("A"))
                    .when(form.str.contains(r"^\p{Lu}"))
                    .then(pl.lit("C"))
                    .when(form.str.contains(r"^\p{Ll}"))
                    .then(pl.lit("l"))
                    .when(form.str.contains(r"^\p{N}{4}$"))
                    .then(pl.lit("Y"))
                    .when(form.str.contains(r"^\p{N}"))
                    .then(pl.lit("d"))
                    .otherwise(pl.lit("o")),
                ),
            ),
        )
        .explode("feature")
        .drop_nulls()
    )
    readings = _readings(store, begin)
    lemmas = (
        readings.filter(~pl.col("guessed"))
        .select("segment", feature="l:" + pl.col("lemma"))
        .unique(maintain_order=True)
    )
    tags = readings.select("segment", feature="t:" + pl.col("tag")).unique(maintain_order=True)
    classes = (
        readings.select("segment", "tag").unique().sort("segment", "tag").group_by("segment", maintain_order=True)
        .agg(feature="c:" + pl.col("tag").str.join("|"))
    )  # fmt: skip
    return pl.concat([own, lemmas, tags, classes]).sort("segment", maintain_order=True)


def of_readings(store: Forms, begin: int = 0) -> pl.DataFrame:
    """One row a reading (of the segments from `begin` on) and feature of it: `reading` (from 0), `feature`."""
    frame = _readings(store, begin).with_row_index("reading")
    lower = pl.col("form").str.to_lowercase()
    capital = pl.when(pl.col("form").str.contains(r"^\p{Lu}")).then(pl.lit("C")).otherwise(pl.lit("l"))
    kind = pl.concat_str(
        pl.when(pl.col("lemma").str.contains(r"^\p{Lu}")).then(pl.lit("C")).otherwise(pl.lit("l")),
        pl.col("entry").str.extract(r":([A-Z][a-z0-9]*)").fill_null(""),
    )
    pos = pl.col("tag").str.extract(r"^([^:]*)")
    return (
        frame.select(
            "reading",
            feature=pl.concat_list(
                "FL:" + lower + "|" + pl.col("lemma"),
                "FT:" + lower + "|" + pl.col("tag"),
                "FP:" + lower + "|" + pos,
                "L:" + pl.col("lemma") + "|" + pos,
                "E:" + pl.col("entry") + "|" + pos,
                "T:" + pl.col("tag"),
                "K:" + capital + kind + pos,
                "S3:" + lower.str.slice(-3) + "|" + pl.col("tag"),
                "R:"
                + pl.col("rank").clip(0, 15).cast(pl.String)
                + pl.when("guessed").then(pl.lit("g")).otherwise(pl.lit("")),
                pl.when("guessed").then("G:" + lower.str.slice(-3) + "|" + pl.col("lemma").str.slice(-2) + "|" + pos),
            ),
        )
        .explode("feature")
        .drop_nulls()
        .sort("reading", maintain_order=True)
    )


def _readings(store: Forms, begin: int) -> pl.DataFrame:
    first = store.first_reading[begin:]
    import numpy as np

    sizes = np.diff(first)
    segment = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
    rank = np.arange(len(segment)) - np.repeat(first[:-1] - first[0], sizes)
    table = store.readings.slice(int(first[0]))
    return pl.DataFrame(
        {
            "segment": segment,
            "rank": rank,
            "form": store.segments.get_column("form").slice(begin).gather(segment),
            "lemma": table.get_column("lemma"),
            "entry": table.get_column("entry"),
            "tag": tagset.canonical_column(table.get_column("tag")),
        }
    ).with_columns(guessed=(pl.col("tag") == "ign").any().over("segment"))
