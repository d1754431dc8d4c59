"""Trains the models of ambiguous markers on the gold of tests/gold, prints what cross-validation says, writes weights.

    python scripts/train_markers.py FOLDER_OF_CORPORA MODEL …

The corpora are those that the gold refers to by `doc_id`; models that are not named keep their weights. A model that
`markers_earlier.csv` has too becomes the mean of both: that one learnt from 861 places more, whose judgements are not
kept, so the two know different things, and the mean of log-linear models is one again. Deterministic: the same gold
and texts give the same file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl

from discourse.corpus.load import load
from discourse.evaluation.gold import read_gold
from discourse.language.annotate import tokens
from discourse.markers.lexicon import untrained
from discourse.markers.train import NONE, SMALLEST, cross_validated, labelled, occurrences, train
from discourse.markers.weights import FILE, SCHEMA, shipped

GOLD = Path(__file__).parent.parent / "tests" / "gold"
WHOLE = ("press-train.jsonl", "press-more.jsonl", "news-train.jsonl")

#: The inverse penalty of each model; chosen by cross-validation over articles.
STRENGTH = {"mieć": 0.3, "móc": 0.1, "powinien": 1.0, "raczej": 0.3}

EARLIER = Path(__file__).parent / "markers_earlier.csv"


def judged() -> tuple[pl.DataFrame, pl.DataFrame]:
    """The spans of articles annotated throughout, and those judged one by one: doc_id, start, end, category."""
    whole = [
        (doc_id, marker.start, marker.end, marker.category)
        for name in WHOLE
        for doc_id, document in read_gold(GOLD / name).items()
        for marker in document.markers
    ]
    rows = map(json.loads, (GOLD / "occurrences.jsonl").read_text(encoding="utf-8").splitlines())
    single = [(x["doc_id"], x.get("start2", x["start"]), x.get("end2", x["end"]), x["category"]) for x in rows]
    columns = ["doc_id", "start", "end", "category"]
    return tuple(pl.DataFrame(spans, schema=columns, orient="row") for spans in (whole, single))  # type: ignore[return-value]


def places(corpora: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The features of the places that models judge, and the readings of those that were judged."""
    whole, single = judged()
    annotated = [doc_id for name in WHOLE for doc_id in read_gold(GOLD / name)]
    documents = load([corpora]).filter(pl.col("doc_id").is_in([*annotated, *single["doc_id"]]))
    found = occurrences(tokens(documents), untrained())
    throughout = found.places.filter(pl.col("doc_id").is_in(annotated))
    rest = found.places.filter(~pl.col("doc_id").is_in(annotated))
    labels = pl.concat([labelled(throughout, whole, whole=True), labelled(rest, single, whole=False)])
    return found.features, labels.sort("row")


def report(labels: pl.DataFrame, likely: pl.DataFrame) -> None:
    """Accuracy and F1 of each reading, where the likeliest is taken."""
    best = likely.sort("row", "probability").unique("row", keep="last").select("row", guess="reading")
    both = labels.join(best, on="row")
    right = int((both["guess"] == both["reading"]).sum())
    print(f"  {len(both)} places, accuracy {right / len(both):.3f}")
    for reading in sorted(set(both["reading"]) - {NONE}):
        hits = both.filter((pl.col("guess") == reading) & (pl.col("reading") == reading)).height
        said = (both["guess"] == reading).sum() + (both["reading"] == reading).sum()
        print(f"  {reading}: F1 {2 * hits / said:.3f} of {(both['reading'] == reading).sum()}")


def pooled(weights: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
    """The mean of two models of the same word; a weight that one does not have counts as 0."""
    both = pl.concat([weights, earlier]).group_by("model", "reading", "slot", "value").agg(pl.col("weight").sum() / 2)
    rounded = both.with_columns(pl.col("weight").round(3))
    return rounded.filter((pl.col("weight").abs() >= SMALLEST) | (pl.col("slot") == ""))


def main(corpora: str, *names: str) -> None:
    """Trains the models named."""
    features, labels = places(Path(corpora))
    earlier = pl.read_csv(EARLIER, schema=SCHEMA).with_columns(pl.col("slot", "value").fill_null(""))
    tables = [shipped().filter(~pl.col("model").is_in(names))]
    for name in names:
        mine = labels.filter(pl.col("model") == name)
        strength = STRENGTH.get(name, 0.1)
        print(name, strength)
        report(mine, cross_validated(features, mine, strength=strength))
        weights, before = train(features, mine, strength=strength), earlier.filter(pl.col("model") == name)
        tables.append(pooled(weights, before) if len(before) else weights)
    pl.concat(tables).sort("model", "reading", "slot", "value").write_csv(FILE)


if __name__ == "__main__":
    main(*sys.argv[1:])
