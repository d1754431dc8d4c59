"""What stands around a candidate: its features, as a model of an ambiguous marker sees them."""

from __future__ import annotations

import numpy as np
import polars as pl

from discourse.markers.clause import clause_features

_LEFT, _RIGHT = 10, 10
_STOPS = (",", ".", ";", ":", "!", "?", "–", "—", "-", "„", "”", '"', "(", ")")
_HARD = (".", ";", ":", "!", "?")
_VERBS = ("fin", "praet", "bedzie", "impt", "winien")


def features(tokens: pl.DataFrame, anchor: np.ndarray) -> pl.DataFrame:
    """One row a feature of a candidate: `row` (into `anchor`), `slot`, `value`; sorted by row, every pair once.

    `anchor` numbers the rows of `tokens` where the candidates stand. Nothing beyond the sentence is seen. Slots: the
    form and its grammar, lemmas and word classes beside it, lemmas before and after, the infinitive that it governs
    and its aspect, the noun in the nominative before it, a number after it, the sentence's end; and those of `clause`.
    """
    offsets = np.concatenate([np.arange(-_LEFT, 0), np.arange(0, _RIGHT + 1)])
    at = np.clip(anchor[:, None] + offsets, 0, max(len(tokens) - 1, 0))
    inside = (anchor[:, None] + offsets >= 0) & (anchor[:, None] + offsets < len(tokens))
    new = tokens.select(
        ((pl.col("sent") != pl.col("sent").shift()) | (pl.col("doc_id") != pl.col("doc_id").shift())).fill_null(True)
    ).to_series().to_numpy()
    sentence = np.cumsum(new)
    inside &= sentence[at] == sentence[anchor][:, None]
    window = tokens.select("form", "lemma", "tag", "pos")[at.ravel()].with_columns(
        pl.Series("row", np.repeat(np.arange(len(anchor)), len(offsets)), dtype=pl.UInt32),
        pl.Series("at", np.tile(offsets, len(anchor)), dtype=pl.Int32),
        pl.Series("inside", inside.ravel()),
    ).filter("inside").with_columns(pl.col("form").str.to_lowercase().alias("lower"))
    window = window.with_columns(
        stop=pl.col("form").is_in(_STOPS), hard=pl.col("form").is_in(_HARD), verb=pl.col("pos").is_in(_VERBS),
        part=pl.col("tag").str.split(":"),
    )
    bounds = np.append(np.flatnonzero(new), len(tokens))
    ends = bounds[np.searchsorted(bounds, anchor, side="right")] - 1
    sentences = pl.DataFrame(
        {
            "row": pl.Series(np.arange(len(anchor)), dtype=pl.UInt32),
            "end": tokens["form"].gather(ends),
        }
    )
    left, right = window.filter(pl.col("at") < 0), window.filter(pl.col("at") > 0)
    clause = left.filter(~pl.col("stop").reverse().cum_max().reverse().over("row"))
    after = right.filter(~pl.col("hard").cum_max().over("row"))
    near = after.filter(~pl.col("verb").cum_max().over("row"))
    infinitive = near.filter(pl.col("pos") == "inf").group_by("row", maintain_order=True).first()
    before = left.filter(pl.col("pos") == "inf").group_by("row", maintain_order=True).last()
    nouns = (pl.col("pos").is_in(["subst", "ppron3", "ppron12", "depr"])) & pl.col("tag").str.contains(":nom")
    subject = clause.filter(nouns).group_by("row", maintain_order=True).last()
    focus = window.filter(pl.col("at") == 0)
    numbers = after.filter(pl.col("pos").is_in(["dig", "num"]) & (pl.col("at") <= 8))
    beside = window.filter(pl.col("at").is_between(-1, 1) & (pl.col("at") != 0))
    place = pl.col("at").cast(pl.String)
    ending = pl.col("lemma").str.tail(3)
    nominative = pl.col("part").list.get(1, null_on_oob=True) + ":" + pl.col("part").list.get(3, null_on_oob=True)
    other = before.join(infinitive, on="row", how="anti")
    parts = [
        focus.select("row", slot=pl.lit("form"), value="lower"),
        focus.select("row", slot=pl.lit("grammar"), value=pl.col("part").list.slice(0, 4).list.join(":")),
        beside.select("row", slot="lemma" + place, value="lemma"),
        beside.select("row", slot="pos" + place, value="pos"),
        left.select("row", slot=pl.lit("left"), value="lemma"),
        clause.select("row", slot=pl.lit("clause"), value="lemma"),
        right.filter(pl.col("at") <= 7).select("row", slot=pl.lit("right"), value="lemma"),
        infinitive.select("row", slot=pl.lit("inf"), value="lemma"),
        infinitive.select("row", slot=pl.lit("aspect"), value=pl.col("part").list.last()),
        other.select("row", slot=pl.lit("inf"), value="lemma"),
        other.select("row", slot=pl.lit("aspect"), value=pl.lit("before")),
        subject.select("row", slot=pl.lit("subject"), value=nominative),
        subject.select("row", slot=pl.lit("subject ending"), value=ending),
        numbers.select("row", slot=pl.lit("number"), value=pl.lit("after")),
        sentences.select("row", slot=pl.lit("end"), value="end"),
    ]
    parts.append(clause_features(tokens, anchor, sentence))
    found = pl.concat([part.select("row", "slot", pl.col("value").cast(pl.String)) for part in parts])
    return found.filter(pl.col("value").is_not_null()).unique().sort("row", "slot", "value")
