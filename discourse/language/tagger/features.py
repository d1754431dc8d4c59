"""What the tagger knows of a segment and of each of its readings, apart from their place in a sentence.

Features are names such as `f:może`. Those met in training have a number; others say nothing.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from discourse.language import tagset
from discourse.language.forms import Forms


def of_segments(store: Forms, begin: int = 0) -> pl.DataFrame:
    """One row a segment (from `begin` on) and feature of it: `segment` (from 0), `feature`; in no order."""
    forms = store.segments.slice(begin).select(
        "form", lower=pl.col("form").str.to_lowercase(), letters=pl.col("form").str.contains(r"^\p{L}")
    ).with_row_index("segment")  # fmt: skip
    words = forms.filter("letters")
    lower = pl.col("lower")
    table = readings(store, begin)
    own = pl.col("segment")
    return pl.concat(
        [
            forms.select(own, feature="f:" + lower),
            forms.select(own, feature=shape()),
            words.select(own, feature="2:" + lower.str.slice(-2)),
            words.select(own, feature="3:" + lower.str.slice(-3)),
            words.filter(lower.str.len_chars() > 4).select(own, feature="4:" + lower.str.slice(-4)),
            words.filter(lower.str.len_chars() > 5).select(own, feature="p:" + lower.str.slice(0, 3)),
            table.filter(~pl.col("guessed")).select(own, feature="l:" + pl.col("lemma")).unique(),
            table.select(own, feature="t:" + pl.col("tag")).unique(),
            table.select(own, "tag")
            .unique()
            .sort("segment", "tag")
            .group_by("segment", maintain_order=True)
            .agg(feature="c:" + pl.col("tag").str.join("|")),
        ]
    )


def of_readings(store: Forms, begin: int = 0, forms: pl.Series | None = None) -> pl.DataFrame:
    """One row a reading (of the segments from `begin` on) and feature of it: `reading` (from 0), `feature`.

    In no order. Where `forms` (lower case) are given, others get no features of their own.
    """
    lower, lemma, tag, pos = pl.col("lower"), pl.col("lemma"), pl.col("tag"), pl.col("pos")
    frame = readings(store, begin).with_row_index("reading")
    capital = pl.when(pl.col("form").str.contains(r"^\p{Lu}")).then(pl.lit("C")).otherwise(pl.lit("l"))
    rank = pl.col("rank").clip(0, 15).cast(pl.String) + pl.when("guessed").then(pl.lit("g")).otherwise(pl.lit(""))
    known = frame if forms is None else frame.join(pl.DataFrame({"lower": forms}), on="lower", how="semi")
    own = pl.col("reading")
    return pl.concat(
        [
            known.select(own, feature="FL:" + lower + "|" + lemma),
            known.select(own, feature="FT:" + lower + "|" + tag),
            known.select(own, feature="FP:" + lower + "|" + pos),
            frame.select(own, feature="L:" + lemma + "|" + pos),
            frame.select(own, feature="E:" + pl.col("entry") + "|" + pos),
            frame.select(own, feature="T:" + tag),
            frame.select(own, feature="K:" + capital + kind() + pos),
            frame.select(own, feature="S3:" + lower.str.slice(-3) + "|" + tag),
            frame.select(own, feature="R:" + rank),
            frame.filter("guessed").select(
                own, feature="G:" + lower.str.slice(-3) + "|" + lemma.str.slice(-2) + "|" + pos
            ),
        ]
    )


def shape() -> pl.Expr:
    """The feature of a form's letters and digits."""
    form = pl.col("form")
    return (
        pl.when(form.str.contains(r"^\p{Lu}+$"))
        .then(pl.lit("h:A"))
        .when(form.str.contains(r"^\p{Lu}"))
        .then(pl.lit("h:C"))
        .when(form.str.contains(r"^\p{Ll}"))
        .then(pl.lit("h:l"))
        .when(form.str.contains(r"^\p{N}{4}$"))
        .then(pl.lit("h:Y"))
        .when(form.str.contains(r"^\p{N}"))
        .then(pl.lit("h:d"))
        .otherwise(pl.lit("h:o"))
    )


def kind() -> pl.Expr:
    """Whether a reading's lemma is capitalised, and the sort of its entry (*Sm1*, *T*)."""
    return pl.concat_str(
        pl.when(pl.col("lemma").str.contains(r"^\p{Lu}")).then(pl.lit("C")).otherwise(pl.lit("l")),
        pl.col("entry").str.extract(r":([A-Z][a-z0-9]*)").fill_null(""),
    )


def readings(store: Forms, begin: int) -> pl.DataFrame:
    """One row a reading: its `segment` (from 0), `rank` in it, and what its features are made of."""
    first = store.first_reading[begin:]
    sizes = np.diff(first)
    segment = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
    rank = np.arange(len(segment)) - np.repeat(first[:-1] - first[0], sizes)
    table = store.readings.slice(int(first[0]))
    forms = store.segments.get_column("form").slice(begin)
    tags = tagset.canonical_column(table.get_column("tag"))
    unknown = np.zeros(len(sizes), np.bool_)
    unknown[segment[(tags == "ign").to_numpy()]] = True
    return pl.DataFrame(
        {
            "segment": segment,
            "rank": rank,
            "form": forms.gather(segment),
            "lower": forms.str.to_lowercase().gather(segment),
            "lemma": table.get_column("lemma"),
            "entry": table.get_column("entry"),
            "tag": tags,
            "guessed": unknown[segment],
        }
    ).with_columns(pos=pl.col("tag").str.extract(r"^([^:]*)"))
