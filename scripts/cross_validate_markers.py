"""What the markers score on whole articles that their models have not seen: by category, and which entries err.

    python scripts/cross_validate_markers.py FOLDER_OF_CORPORA [MODEL …]

Articles that share a sentence fall into one part of five; for each part the models named (all, unless some are) are
trained on the others. Only the models are held out so: rules were mended by errors of the same articles, and what they
find alone is scored too well.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import polars as pl
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from train_markers import GOLD, OMITTED, STRENGTH, WHOLE, documents, judged

from discourse.evaluation.gold import GoldDocument, GoldMarker, read_gold
from discourse.evaluation.score import score
from discourse.language.annotate import tokens
from discourse.markers.lexicon import untrained
from discourse.markers.match import markers
from discourse.markers.train import labelled, occurrences, part, train
from discourse.markers.weights import shipped

PARTS = 5
#: Sentences of fewer characters may stand in any two articles.
SHORTEST = 40


def parts(texts: pl.DataFrame) -> pl.DataFrame:
    """One row a document: doc_id, part. Documents with a common sentence, and chains of such, fall into one part."""
    sentences = texts.with_row_index("row").select(
        "row", sentence=pl.col("text").str.replace_all(r"[.!?]\s", "\n").str.split("\n")
    ).explode("sentence").filter(pl.col("sentence").str.len_chars() >= SHORTEST).unique()
    number = sentences["sentence"].rank("dense").to_numpy() - 1
    rows = sentences["row"].to_numpy()
    size = len(texts) + int(number.max()) + 1
    graph = coo_matrix((np.ones(len(rows)), (rows, len(texts) + number)), shape=(size, size))
    group = connected_components(graph, directed=False)[1][: len(texts)]
    grouped = texts.select("doc_id").with_columns(first=pl.col("doc_id").min().over(pl.Series(group)))
    return grouped.select("doc_id", part=pl.col("first").map_elements(lambda x: part(x, PARTS), return_dtype=pl.Int64))


def predicted(corpora: Path, names: list[str]) -> pl.DataFrame:
    """The markers of the articles annotated throughout, found with models that have not seen them."""
    lexicon = untrained()
    names = names or sorted({entry.model for entry in lexicon.entries if entry.model})
    whole, single = judged()
    annotated = [doc_id for name in WHOLE for doc_id in read_gold(GOLD / name)]
    texts = documents(corpora)
    where, table = parts(texts), tokens(texts)
    found = occurrences(table, lexicon)
    throughout = pl.col("doc_id").is_in(annotated)
    labels = pl.concat([
        labelled(found.places.filter(throughout), whole, whole=True),
        labelled(found.places.filter(~throughout), single, whole=False),
    ]).join(where, on="doc_id").sort("row")  # fmt: skip
    out = []
    for number in range(PARTS):
        tables = [shipped().filter(~pl.col("model").is_in(names))]
        for name in names:
            known = labels.filter((pl.col("model") == name) & (pl.col("part") != number))
            strength, without = STRENGTH.get(name, 0.1), OMITTED.get(name, ())
            tables.append(train(found.features, known, found.meaning, strength=strength, without=without))
        held = where.filter((pl.col("part") == number) & throughout)["doc_id"]
        out.append(markers(table.filter(pl.col("doc_id").is_in(held.to_list())), lexicon, pl.concat(tables)))
    return pl.concat(out)


def main(corpora: str, *names: str) -> None:
    """Prints F1 by category and the entries with most errors."""
    gold = {doc_id: document for name in WHOLE for doc_id, document in read_gold(GOLD / name).items()}
    found = predicted(Path(corpora), list(names))
    spans: dict[str, list[GoldMarker]] = {doc_id: [] for doc_id in gold}
    hits, wrong = Counter(found["marker"]), Counter[str]()
    for doc_id, start, end, category, entry in found.select(
        "doc_id", "start", "end", "category", "marker"
    ).iter_rows():
        spans[doc_id].append(GoldMarker(start=start, end=end, category=category))
        wrong[entry] += not any(
            m.start < end and start < m.end and m.category == category for m in gold[doc_id].markers
        )
    scores = score(gold, {doc_id: GoldDocument(doc_id=doc_id, markers=mine) for doc_id, mine in spans.items()})
    for category, value in scores["markers"]["overlap"].items():
        exact = scores["markers"]["exact"][category]["f1"]
        print(f"{category}: overlap {value['f1']:.3f}, exact {exact:.3f} of {value['gold']}")
    for entry, count in wrong.most_common(25):
        print(f"  {entry}: {count} of {hits[entry]} hits are wrong")


if __name__ == "__main__":
    main(*sys.argv[1:])
