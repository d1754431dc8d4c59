"""Which topic engine is the default: coherence on documents that were not fitted, diversity, stability, processor time.

    python benchmarks/topics.py FOLDER [--corpora press-outlets sejm] [--k 40] [--seeds 3] [--engines …] [--documents N]

FOLDER holds the referenced texts (what DISCOURSE_DATA names). Near-duplicates (Jaccard 0.8) are left out but for the
first, flagged boilerplate and passages that recur in five documents are cut. The documents are then halved by chance;
every engine is fitted on one half, with each seed, and its topics are scored on the other.

The rule, written down before any engine was run by this script:

1. A candidate is an engine that is a core dependency (no extra) and gives the same bytes for any number of workers,
   any order of documents, with its settings as registered. gensim-lda, gensim-hdp and sklearn-nmf can be; tomotopy's
   engines are reported, but cannot be chosen.
2. A fit that takes more than three times as long as that of the fastest candidate, on one thread, is out of the
   comparison "at equal time", unless no other is within 0.01 of it in rule 3.
3. Of the candidates the one with the highest c_npmi (gensim's CoherenceModel, the top 10 terms, on the half not fitted,
   mean over topics and seeds) in the mean of the corpora is the default.
4. Where another candidate is within 0.01 of it in that mean, the more stable of them is the default: the larger share
   of topics that recur when the model is fitted again on another random half of the documents (with another seed).
   Seeds alone would favour an engine that starts from the same place whatever the seed.
5. Where that too is equal (within 0.05), the faster one.

It goes by what is measured, and gensim stays one of the engines whichever wins.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import polars as pl

from discourse.core.seeds import integer, stream
from discourse.corpus.documents import documents
from discourse.corpus.duplicates import duplicate_groups
from discourse.corpus.load import batches
from discourse.corpus.manifest import find
from discourse.language.annotate import tokens
from discourse.models.coherence import coherence, diversity
from discourse.models.engines import ENGINES
from discourse.models.guards import recurring
from discourse.models.matrix import CONTENT, Matrix, count
from discourse.models.stability import stability
from discourse.models.topics import fit_topics

TOP = 10
SEED = 20230913
#: Engines of the comparison that are a core dependency; the others come with an extra.
CORE = ("gensim-lda", "gensim-hdp", "sklearn-nmf")


def corpus(name: str, folder: Path, most: int | None = None) -> Matrix:
    """The corpus as lemmas, without near-duplicates and recurring passages; at most so many documents, by chance."""
    texts = documents(find(name, [], "topics"), folder)
    groups = duplicate_groups(texts)
    first = groups.filter(pl.col("doc_id") == pl.col("group"))
    kept = texts.join(first, on="doc_id", how="semi").select("doc_id", pl.lit("").alias("title"), "text")
    alone = kept.height
    if most and most < kept.height:
        kept = kept[sorted(stream(SEED, "sample").permutation(kept.height)[:most].tolist())]
    parts = []
    for batch in batches(kept):
        content = tokens(batch).filter(pl.col("pos").is_in(CONTENT) & ~pl.col("boilerplate"))
        parts.append(content.select("doc_id", "tok", "lemma", "pos", "boilerplate"))
    content = pl.concat(parts)
    cut = recurring(content)
    content = content.join(cut, on=["doc_id", "tok"], how="anti", maintain_order="left")
    print(
        f"{name}: {texts.height} documents, {texts.height - alone} near-duplicates left out, {kept.height} taken, "
        f"{cut.height} words of recurring passages cut",
        flush=True,
    )
    return count(kept, content, min_documents=5, max_share=0.5)


def halves(matrix: Matrix, number: int) -> tuple[Matrix, Matrix]:
    """A random half of the documents, and the other."""
    order = stream(SEED, "halves", number).permutation(len(matrix.doc_id))
    middle = len(order) // 2
    parts = [[matrix.doc_id[row] for row in rows] for rows in (order[:middle], order[middle:])]
    return matrix.select(parts[0]), matrix.select(parts[1])


def compare(name: str, matrix: Matrix, k: int, seeds: int, engines: list[str]) -> list[dict[str, object]]:
    """One row an engine, printed as it is found."""
    fitted, other = halves(matrix, 0)
    again = [halves(matrix, number)[0] for number in range(1, seeds)]
    rows: list[dict[str, object]] = []
    for engine in engines:
        taken, runs = [], []
        for seed in range(seeds):
            started = time.process_time()
            runs.append(fit_topics(fitted, k, integer(SEED, seed), engine, top=TOP).topics)
            taken.append(time.process_time() - started)
        samples = [runs[0]]
        for seed, half in enumerate(again, start=1):
            samples.append(fit_topics(half, k, integer(SEED, seed), engine, top=TOP).topics)
        together = pl.concat(run.with_columns(pl.col("topic") + 1000 * n) for n, run in enumerate(runs))
        scores = coherence(together, other, top=TOP)
        row = {"corpus": name, "engine": engine, "topics": float(np.mean([run["topic"].n_unique() for run in runs]))}
        for measure in ("c_npmi", "c_v"):
            values = scores.filter(pl.col("measure") == measure)
            by_run = values.group_by(pl.col("topic") // 1000, maintain_order=True).agg(pl.col("coherence").mean())
            row[measure] = by_run["coherence"].mean()
            row[f"{measure}_sd"] = by_run["coherence"].std()
        row["diversity"] = float(np.mean([diversity(run, TOP) for run in runs]))
        row["recurring_seeds"] = stability(runs, TOP).recurring
        row["recurring_halves"] = stability(samples, TOP).recurring
        row["seconds"] = float(np.mean(taken))
        row["core"] = engine in CORE
        rows.append(row)
        print("  ".join(f"{key} {value:.3f}" if isinstance(value, float) else f"{value}" for key, value in row.items()),
              flush=True)  # fmt: skip
    return rows


def chosen(rows: list[dict[str, object]]) -> str:
    """The default engine by the rule at the head of this file."""
    means = (
        pl.DataFrame(rows)
        .filter("core")
        .group_by("engine", maintain_order=True)
        .agg(pl.col("c_npmi", "recurring_halves", "seconds").mean())
    )
    best = float(means["c_npmi"].max())  # type: ignore[arg-type]
    close = means.filter(pl.col("c_npmi") >= best - 0.01)
    quick = close.filter(pl.col("seconds") <= 3 * means["seconds"].min())
    close = quick if quick.height else close
    stable = close.filter(pl.col("recurring_halves") >= close["recurring_halves"].max() - 0.05)
    return str(stable.sort("seconds")["engine"][0])


def main() -> None:
    """Compare, and say which engine the rule chooses."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--corpora", nargs="+", default=["press-outlets", "sejm"])
    parser.add_argument("--k", type=int, default=40)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--engines", nargs="+", default=ENGINES.names())
    parser.add_argument("--documents", type=int, help="take at most so many, by chance (default: all)")
    parser.add_argument("--out", type=Path, help="also write the rows, as Parquet")
    wanted = parser.parse_args()
    rows = []
    for name in wanted.corpora:
        matrix = corpus(name, wanted.folder, wanted.documents)
        print(f"{len(matrix.doc_id)} documents, {len(matrix.terms)} lemmas, {len(matrix.running)} words", flush=True)
        rows += compare(name, matrix, wanted.k, wanted.seeds, wanted.engines)
    if wanted.out:
        pl.DataFrame(rows).write_parquet(wanted.out)
    print(f"by the rule: {chosen(rows)}")


if __name__ == "__main__":
    main()
