"""Models of ambiguous markers trained on judged occurrences: logistic regression over what stands around them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from discourse.core.errors import DiscourseError
from discourse.markers.clause import Feature
from discourse.markers.judge import described, modelled, places
from discourse.markers.lexicon import Lexicon
from discourse.markers.match import found
from discourse.markers.weights import MEANING, SCHEMA, probabilities

#: The reading of an occurrence that is no marker.
NONE = "none"
#: Weights nearer to 0 are left out.
SMALLEST = 0.02


@dataclass(frozen=True)
class Places:
    """Occurrences to judge: one row a place (row, doc_id, start, end, model), its features, and its numbers."""

    places: pl.DataFrame
    features: list[list[Feature]]
    meaning: np.ndarray


def occurrences(tokens: pl.DataFrame, lexicon: Lexicon) -> Places:
    """The places in a table of tokens that models of the lexicon judge, and their features."""
    text, hits, hints = found(tokens, lexicon)
    rows = modelled(hits, lexicon)
    names = pl.Series([x.model for x in lexicon.entries], dtype=pl.String).gather(hits.program[rows])
    anchors, _ = places(hits, rows, names)
    at = anchors["token"]
    where = anchors.select("row", "model").with_columns(tokens.select("doc_id", "start", "end")[at])
    return Places(where, *described(tokens, text, anchors, hints, lexicon))


def labelled(where: pl.DataFrame, judged: pl.DataFrame, *, whole: bool) -> pl.DataFrame:
    """One row a place that was judged: row, model, doc_id, reading.

    `judged` has one row a span (doc_id, start, end, category, and model where only that model's places are meant).
    `whole`: its documents are annotated throughout, so that a place without a span is no marker.
    """
    keys = ["doc_id", "model"] if "model" in judged.columns else ["doc_id"]
    both = where.join(judged.rename({"start": "from", "end": "to"}), on=keys)
    hit = both.filter((pl.col("start") < pl.col("to")) & (pl.col("from") < pl.col("end")))
    seen = hit.sort("row", "from").unique("row", keep="first", maintain_order=True)
    seen = seen.select("row", "model", "doc_id", reading="category")
    if not whole:
        return seen
    rest = where.join(seen, on="row", how="anti").select("row", "model", "doc_id", reading=pl.lit(NONE))
    return pl.concat([seen, rest]).sort("row")


def train(
    features: Sequence[Sequence[Feature]], labels: pl.DataFrame, meaning: np.ndarray | None = None, *,
    strength: float = 1.0, without: Sequence[str] = (),
) -> pl.DataFrame:  # fmt: skip
    """One row a weight (`SCHEMA`) of the models whose readings `labels` (row, model, reading) give.

    `features` and `meaning` are those of each place, numbered as in `labels`; slots of `without` do not count. A model
    is a multinomial logistic regression with an L2 penalty of `1 / strength`; a feature seen once is left out, and so
    are weights of features below 0.02. Raises `DiscourseError` for a model with one reading only.
    """
    frames = []
    for name in sorted(labels["model"].unique()):
        mine = labels.filter(pl.col("model") == name).sort("row")
        readings = sorted(mine["reading"].unique())
        if len(readings) < 2:
            raise DiscourseError(f"model {name!r}: every occurrence is judged {readings[0]!r}; judge some others")
        seen = _table([features[row] for row in mine["row"]]).filter(~pl.col("slot").is_in(without))
        known = seen.group_by("slot", "value").len().filter(pl.col("len") > 1).sort("slot", "value")
        known = known.drop("len").with_row_index("column")
        cells = seen.join(known, on=["slot", "value"]).sort("number", "column")
        matrix = csr_matrix(
            (np.ones(len(cells)), (cells["number"].to_numpy(), cells["column"].to_numpy())),
            shape=(len(mine), len(known)),
        )
        columns = known.select("slot", "value")
        if meaning is not None:
            numbers = meaning[mine["row"].to_numpy()]
            matrix = hstack([matrix, csr_matrix(numbers)]).tocsr()
            slots = pl.DataFrame({"slot": MEANING, "value": list(map(str, range(numbers.shape[1])))})
            columns = pl.concat([columns, slots])
        answer = mine["reading"].to_list()
        fitted = LogisticRegression(C=strength, max_iter=2000, tol=1e-5).fit(matrix, answer)
        weights, bias = fitted.coef_, fitted.intercept_
        if len(readings) == 2:  # one row for the second reading: half of it each way is the same softmax
            weights, bias = np.vstack([-weights, weights]) / 2, np.append(-bias, bias) / 2
        for number, reading in enumerate(fitted.classes_):
            frames.append(pl.DataFrame({"slot": [""], "value": [""], "weight": [bias[number]]}).with_columns(
                model=pl.lit(name), reading=pl.lit(str(reading))).select(list(SCHEMA)))
            frames.append(columns.with_columns(pl.Series("weight", weights[number])).with_columns(
                model=pl.lit(name), reading=pl.lit(str(reading))).select(list(SCHEMA)))
    table = pl.concat(frames).with_columns(pl.col("weight").round(3))
    kept = (pl.col("weight").abs() >= SMALLEST) | pl.col("slot").is_in(["", MEANING])
    return table.filter(kept).sort(list(SCHEMA)[:4])


def _table(features: Sequence[Sequence[Feature]]) -> pl.DataFrame:
    """One row a feature: number of the place, slot, value."""
    number = np.repeat(np.arange(len(features), dtype=np.uint32), [len(seen) for seen in features])
    pairs = pl.DataFrame([one for seen in features for one in seen], schema=["slot", "value"], orient="row")
    return pairs.select(pl.Series("number", number), "slot", "value")


def cross_validated(
    features: Sequence[Sequence[Feature]], labels: pl.DataFrame, meaning: np.ndarray | None = None, *,
    folds: int = 10, strength: float = 1.0, without: Sequence[str] = (),
) -> pl.DataFrame:  # fmt: skip
    """One row a judged place and reading (row, reading, probability), from models that have not seen its document."""
    fold = labels.with_columns(fold=pl.col("doc_id").map_elements(lambda x: part(x, folds), return_dtype=pl.Int64))
    out = []
    for number in range(folds):
        held = fold.filter(pl.col("fold") == number).sort("row")
        if not len(held):
            continue
        weights = train(features, fold.filter(pl.col("fold") != number), meaning,
                        strength=strength, without=without)  # fmt: skip
        renumbered = held.select("row").with_row_index("number")
        near = [features[row] for row in held["row"]]
        numbers = None if meaning is None else meaning[held["row"].to_numpy()]
        likely = probabilities(near, held["model"], weights, numbers)
        out.append(likely.join(renumbered, left_on="row", right_on="number").select(
            pl.col("row_right").alias("row"), "reading", "probability"))
    return pl.concat(out).sort("row", "reading")


def part(doc_id: str, parts: int) -> int:
    """The part, from 0, that a document falls into by a digest of its id."""
    return zlib.crc32(doc_id.encode()) % parts
