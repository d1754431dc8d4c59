"""Trains the models of ambiguous markers on the gold of tests/gold, prints what cross-validation says, writes weights.

    python scripts/train_markers.py FOLDER_OF_CORPORA MODEL …

The corpora are those that the gold refers to by `doc_id`; models that are not named keep their weights. Deterministic:
the same gold and texts give the same file.
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
from discourse.markers.train import NONE, Places, cross_validated, labelled, occurrences, train
from discourse.markers.weights import FILE, shipped

#: The features of `discourse/markers/classes.py`.
CLASSES = ("verb class", "subject class", "verb+subject class", "kind+verb class", "kind+subject class")

GOLD = Path(__file__).parent.parent / "tests" / "gold"
WHOLE = ("press-train.jsonl", "press-more.jsonl", "news-train.jsonl", "markers-train.jsonl")

#: The inverse penalty of each model; chosen by cross-validation over articles.
STRENGTH = {
    "byłoby": 0.15, "mieć": 0.15, "musieć": 0.15, "móc": 0.1, "nie można": 0.15, "po prostu": 0.15, "powinien": 1.0,
    "raczej": 0.1,
}  # fmt: skip

#: Features that a model does without, as cross-validation says.
OMITTED = {"mieć": (*CLASSES, "kind+hint")}


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


def documents(corpora: Path) -> pl.DataFrame:
    """The documents that have gold for training."""
    annotated = [doc_id for name in WHOLE for doc_id in read_gold(GOLD / name)]
    return load([corpora]).filter(pl.col("doc_id").is_in([*annotated, *judged()[1]["doc_id"]]))


def places(corpora: Path) -> tuple[Places, pl.DataFrame]:
    """The places that models judge, and the readings of those that were judged."""
    whole, single = judged()
    annotated = [doc_id for name in WHOLE for doc_id in read_gold(GOLD / name)]
    found = occurrences(tokens(documents(corpora)), untrained())
    throughout = found.places.filter(pl.col("doc_id").is_in(annotated))
    rest = found.places.filter(~pl.col("doc_id").is_in(annotated))
    labels = pl.concat([labelled(throughout, whole, whole=True), labelled(rest, single, whole=False)])
    return found, labels.sort("row")


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


def main(corpora: str, *names: str) -> None:
    """Trains the models named."""
    found, labels = places(Path(corpora))
    tables = [shipped().filter(~pl.col("model").is_in(names))]
    for name in names:
        mine = labels.filter(pl.col("model") == name)
        strength = STRENGTH.get(name, 0.1)
        print(name, strength)
        seen, without = found.features, OMITTED.get(name, ())
        report(mine, cross_validated(seen, mine, found.meaning, strength=strength, without=without))
        tables.append(train(seen, mine, found.meaning, strength=strength, without=without))
    pl.concat(tables).sort("model", "reading", "slot", "value").write_csv(FILE)


if __name__ == "__main__":
    main(*sys.argv[1:])
