"""Can outlet, event and genre be told, by what, and is it more than chance? Guards on, and what they change.

    python benchmarks/classify.py FOLDER [--tasks outlet event genre] [--kept DIR] [--permutations 19]

FOLDER holds the referenced texts (what DISCOURSE_DATA names). `outlet` is of press-outlets, authors grouped (collective
bylines by day) and names masked; `event` of press-events, near-duplicates grouped; `genre` of the embedded corpus.
Linear models are tuned within the training folds; boosted trees run once with their usual settings. `--kept` keeps
annotated layers between runs.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import polars as pl

from discourse.attribution.annotate import annotate
from discourse.corpus.documents import documents
from discourse.corpus.load import batches
from discourse.corpus.manifest import find
from discourse.measures import measure
from discourse.models.chance import against_chance, learning_curve
from discourse.models.classify import classify, design
from discourse.models.guarded import guard
from discourse.models.matrix import CONTENT, count

SEED = 20230913
#: Task → corpus, column that is predicted, column of clusters, folds.
TASKS = {
    "outlet": ("press-outlets", "outlet", "author", 5),
    "event": ("press-events", "event", None, 5),
    "genre": ("demo", "genre", None, 4),
}


def layers(name: str, folder: Path, kept: Path | None) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Documents, measures and content words of a corpus."""
    files = [kept / f"{name}-{layer}.parquet" for layer in ("docs", "measures", "content")] if kept else []
    if files and all(file.is_file() for file in files):
        found = [pl.read_parquet(file) for file in files]
        return found[0], found[1], found[2]
    texts = documents(find(name, [], "classify"), folder).with_columns(pl.col("title").fill_null(""))
    measures, content = [], []
    for batch in batches(texts.select("doc_id", "title", "text")):
        done = annotate(batch)
        measures.append(measure(done.documents, done.tokens, done.markers, done.attributions, done.speakers))
        words = done.tokens.filter(pl.col("pos").is_in(CONTENT) & ~pl.col("boilerplate"))
        content.append(words.select("doc_id", "tok", "lemma", "pos", "boilerplate"))
    frames = (texts, pl.concat(measures), pl.concat(content))
    for file, frame in zip(files, frames, strict=False):
        frame.write_parquet(file)
    return frames


def task(name: str, folder: Path, kept: Path | None, permutations: int, quick: bool) -> None:
    """One task, its tables printed."""
    corpus, column, cluster, folds = TASKS[name]
    texts, measures, content = layers(corpus, folder, kept)
    target = texts.select("doc_id", pl.col(column).alias("group"))
    guarded = guard(texts, content, target, cluster=cluster)
    print(f"\n{name}: {texts.height} documents, {guarded.left_out.height} near-duplicates left out", flush=True)
    show(guarded.report.group_by("kind", "done", maintain_order=True).agg(
        pl.len().alias("items"), pl.col("documents").max().alias("most"), pl.col("words").sum()))  # fmt: skip
    show(guarded.report.group_by("kind", maintain_order=True).head(6))
    target = target.join(guarded.left_out, on="doc_id", how="anti", maintain_order="left")
    matrix = count(texts, guarded.content)
    given = {"measures": measures, "matrix": matrix, "clusters": guarded.clusters}
    plain = {"measures": measures, "matrix": count(texts, content)}
    kinds = ("measures", "lemmas", "both")
    calls = [
        ("tuned linear models", given, {"models": ("dummy", "logistic", "svm"), "tune": True, "repeats": 2}),
        ("boosted trees", given, {"models": ("boosting",), "repeats": 1}),
        ("with topics", given, {"models": ("logistic",), "repeats": 1, "features": ("topics", "all")}),
        ("unguarded: lemmas as they are, documents alone",
         plain, {"models": ("logistic",), "repeats": 1, "features": ("lemmas",)}),
    ]  # fmt: skip
    if quick:
        calls = [("logistic regression", given, {"models": ("dummy", "logistic"), "repeats": 1}), calls[-1]]
    for what, features, options in calls:
        started = time.process_time()
        found = classify(target, **features, folds=folds, seed=SEED, **{"features": kinds, **options})
        print(f"\n{name}, {what} ({time.process_time() - started:.0f} s of processor)", flush=True)
        show(found.scores.filter(pl.col("model") != "dummy" if what != calls[0][0] else True).drop("reason"))
        if what == calls[0][0]:
            show(found.differences.filter((pl.col("score") == "macro_f1") & (pl.col("against") != "dummy")))
            show(found.calibration.filter(pl.col("model") == "logistic"))
            show(found.agreement)
            show(found.confusion.filter((pl.col("model") == "logistic") & (pl.col("features") == "both")))
            for kind in ("measures", "lemmas"):
                top = found.coefficients.filter((pl.col("model") == "logistic") & (pl.col("features") == kind))
                show(top.group_by("class", maintain_order=True).head(5))
            show(found.tuning)
    if permutations:
        kinds = kinds[:1] if quick else kinds
        made = design(target, **given, features=kinds, folds=folds, seed=SEED)
        print(f"\n{name}, against chance", flush=True)
        show(against_chance(made, ("logistic",), folds=folds, permutations=permutations, seed=SEED))
        print(f"\n{name}, learning curve", flush=True)
        show(learning_curve(made, ("logistic",), folds=folds, seed=SEED, draws=500))


def show(frame: pl.DataFrame) -> None:
    """The frame as a plain table, numbers to three places."""
    with pl.Config(
        tbl_rows=200, tbl_cols=20, tbl_width_chars=180, fmt_str_lengths=50, float_precision=3,
        tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True, tbl_formatting="ASCII_MARKDOWN",
    ):  # fmt: skip
        print(frame, flush=True)


def main() -> None:
    """Every task in turn."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tasks", nargs="+", default=list(TASKS), choices=list(TASKS))
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--permutations", type=int, default=19)
    parser.add_argument("--quick", action="store_true", help="logistic regression alone, untuned, one repeat")
    wanted = parser.parse_args()
    for name in wanted.tasks:
        task(name, wanted.folder, wanted.kept, wanted.permutations, wanted.quick)


if __name__ == "__main__":
    main()
