"""Ambiguous markers judged in context: which hits of entries that name a model stay."""

from __future__ import annotations

import numpy as np
import polars as pl

from discourse.markers.clause import Feature
from discourse.markers.features import features
from discourse.markers.lexicon import Lexicon
from discourse.markers.run import Hits, Text, marked
from discourse.markers.surroundings import surroundings
from discourse.markers.weights import probabilities, shipped


def judged(
    tokens: pl.DataFrame, text: Text, hits: Hits, hints: Hits, lexicon: Lexicon, weights: pl.DataFrame | None = None
) -> Hits:
    """The hits without those of entries with a model that gives their category less than the entry's threshold.

    `text` is that of `tokens`.
    """
    weights = shipped() if weights is None else weights
    rows = modelled(hits, lexicon)
    if not len(rows):
        return hits
    entry = hits.program[rows]
    names = pl.Series([x.model for x in lexicon.entries], dtype=pl.String).gather(entry)
    anchors, back = places(hits, rows, names)
    seen, meaning = described(tokens, text, anchors, hints, lexicon)
    likely = probabilities(seen, anchors["model"], weights, meaning)
    wanted = pl.DataFrame(
        {
            "hit": pl.Series(np.arange(len(rows)), dtype=pl.UInt32),
            "row": pl.Series(back, dtype=pl.UInt32),
            "reading": pl.Series([x.category for x in lexicon.entries], dtype=pl.String).gather(entry),
            "threshold": pl.Series([x.threshold for x in lexicon.entries]).gather(entry),
        }
    )
    kept = wanted.join(likely, on=["row", "reading"], how="left").filter(pl.col("probability") >= pl.col("threshold"))
    keep = np.ones(len(hits.program), dtype=bool)
    keep[rows] = False
    keep[rows[kept["hit"].to_numpy()]] = True
    return Hits(hits.program[keep], hits.first[keep], hits.bits[keep])


def modelled(hits: Hits, lexicon: Lexicon) -> np.ndarray:
    """The numbers of the hits whose entry names a model."""
    return np.flatnonzero(np.array([bool(x.model) for x in lexicon.entries])[hits.program])


def places(hits: Hits, rows: np.ndarray, names: pl.Series) -> tuple[pl.DataFrame, np.ndarray]:
    """One row a place to judge (token, model), where the last marked word of a hit stands; and each hit's place."""
    asked = pl.DataFrame({"token": hits.last[rows], "model": names})
    anchors = asked.unique().sort("token", "model").with_row_index("row")
    return anchors, asked.join(anchors, on=["token", "model"], how="left", maintain_order="left")["row"].to_numpy()


def described(
    tokens: pl.DataFrame, text: Text, anchors: pl.DataFrame, hints: Hits, lexicon: Lexicon
) -> tuple[list[list[Feature]], np.ndarray]:
    """The features of each place: what stands around it, and which hints of its model hold.

    And one row a place: what is talked about around it, in numbers (`surroundings`).
    """
    anchor = anchors["token"].to_numpy().astype(np.int64)
    around = features(tokens, anchor, text)
    meaning, beyond = surroundings(text, anchor, around)
    said: dict[tuple[int, str], dict[str, None]] = {}
    row, token = marked(hints)
    for program, at in zip(hints.program[row].tolist(), token.tolist(), strict=True):
        entry = lexicon.entries[lexicon.programs[program].entry]
        said.setdefault((at, entry.model), {})[f"{entry.id} {lexicon.programs[program].number}"] = None
    for seen, more, place in zip(around, beyond, anchors.select("token", "model").iter_rows(), strict=True):
        seen += more
        told = list(said.get(place, ()))
        # what a hint is worth depends on the form: może dojść, nie może dojść, mogłoby dojść
        kind = next(value for slot, value in seen if slot == "kind+not") if told else ""
        seen += [(slot, value) for hint in told for slot, value in (("hint", hint), ("kind+hint", f"{kind} {hint}"))]
    return around, meaning
