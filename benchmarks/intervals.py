"""How often a 95% interval holds the true difference and ratio, with the documents of press-outlets as the population.

    python benchmarks/intervals.py FOLDER [--repeats 1000] [--draws 1000] [--measures FILE]

FOLDER holds the referenced texts (what DISCOURSE_DATA names); `--measures` names a Parquet table of their measures, to
spare measuring them again. Two groups are drawn with replacement from the articles of two outlets, so that the true
difference and ratio are those of the outlets' means; their intervals come from the same code as in `contrast`. Also how
p is distributed, and how many of all measures pass as findings, where both groups are drawn from all articles.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

from discourse.attribution.annotate import annotate
from discourse.core.seeds import integer, stream
from discourse.corpus.documents import documents
from discourse.corpus.load import batches
from discourse.corpus.manifest import find
from discourse.measures import measure
from discourse.statistics.contrast import contrast, intervals

SEED = 20230913
#: Sizes of the groups, and of how many equal documents the mean is worth, (Σx)² / Σx², in the group with fewer.
SIZES = ((100, 100), (200, 1000), (40, 400), (40, 40), (20, 20))
EDGES = (0, 3, 5, 8, 12, 20, 50, 10_000)


def population(folder: Path, file: Path | None) -> pl.DataFrame:
    """One row an article and measure: `doc_id, measure, value, outlet`."""
    texts = documents(find("press-outlets", [], "coverage"), folder).with_columns(pl.col("title").fill_null(""))
    if file is None:
        parts = []
        for batch in batches(texts.select("doc_id", "title", "text")):
            done = annotate(batch)
            parts.append(measure(done.documents, done.tokens, done.markers, done.attributions, done.speakers))
        measures = pl.concat(parts)
    else:
        measures = pl.read_parquet(file)
    return measures.select("doc_id", "measure", "value").join(texts.select("doc_id", "outlet"), on="doc_id")


def covered(values: np.ndarray, groups: list[np.ndarray], sizes: tuple[int, int], repeats: int, draws: int) -> dict:
    """How often the intervals of the difference and ratio hold the truth, and how many documents of a vary, by measure.

    `values` is documents × measures; `groups` are the rows from which the two groups are drawn.
    """
    truth = [np.nanmean(values[rows], axis=0) for rows in groups]
    true = {"estimate": truth[0] - truth[1], "ratio": truth[0] / np.where(truth[1] > 0, truth[1], np.nan)}
    held = {name: np.zeros(values.shape[1]) for name in true}
    made = {name: np.zeros(values.shape[1]) for name in true}
    for repeat in range(repeats):
        random = stream(SEED, "coverage", *sizes, repeat)
        drawn = np.concatenate([random.choice(rows, size) for rows, size in zip(groups, sizes, strict=True)])
        label = np.repeat([0, 1], sizes)
        for name, (low, high) in intervals(values[drawn], label, draws, integer(SEED, "bootstrap", repeat)).items():
            if name in true:
                known = np.isfinite(low) & np.isfinite(true[name])
                held[name] += known & (low <= true[name]) & (true[name] <= high)
                made[name] += known
    return {name: np.where(made[name] > 0.5 * repeats, held[name] / np.maximum(made[name], 1), np.nan) for name in true}


def null(values: pl.DataFrame, repeats: int) -> None:
    """p and q of all measures where both groups are drawn from the same articles."""
    ids = values["doc_id"].unique().sort()
    below, found, tests = [], 0, 0
    for repeat in range(repeats):
        random = stream(SEED, "null", repeat)
        chosen = random.permutation(len(ids))[:200]
        groups = pl.DataFrame({"doc_id": ids[chosen], "group": ["a"] * 60 + ["b"] * 140})
        part = values.join(groups, on="doc_id", how="semi")
        table = contrast(part.select("doc_id", "measure", "value"), groups, seed=repeat, draws=500)
        p = table["p"].drop_nulls().to_numpy()
        below.append([(p < level).mean() for level in (0.01, 0.05, 0.1, 0.5)])
        found += bool((table["q"] < 0.05).any())
        tests += len(p)
    shares = np.mean(below, axis=0)
    print(f"\nnull: {tests} tests; p below 0.01: {shares[0]:.3f}, 0.05: {shares[1]:.3f}, 0.1: {shares[2]:.3f}, "
          f"0.5: {shares[3]:.3f}; tables with any q below 0.05: {found} of {repeats}")  # fmt: skip


def main() -> None:
    """Coverage by sizes and by how sparse the measure is, then the null."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeats", type=int, default=1000)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--measures", type=Path)
    wanted = parser.parse_args()
    long = population(wanted.folder, wanted.measures)
    names = long["measure"].unique(maintain_order=True).to_list()
    wide = long.pivot("measure", index=["doc_id", "outlet"], values="value").sort("doc_id")
    values = wide.select(names).to_numpy().astype(np.float64)
    outlets = wide["outlet"].to_numpy()
    groups = [np.flatnonzero(outlets == "oko.press"), np.flatnonzero(outlets == "wpolityce.pl")]
    for sizes in SIZES:
        found = covered(values, groups, sizes, wanted.repeats, wanted.draws)
        sides = []
        for rows, size in zip(groups, sizes, strict=True):
            known = np.nan_to_num(values[rows])
            present = (~np.isnan(values[rows])).mean(axis=0)
            sides.append(size * known.mean(axis=0) ** 2 / (known**2).mean(axis=0) * np.where(present > 0, 1, np.nan))
        varying = np.minimum(*sides)
        dense = np.array([(np.nan_to_num(values[rows]) > 0).mean(axis=0) >= 0.5 for rows in groups]).all(axis=0)
        good = found["estimate"][dense]
        print(f"\n{sizes[0]} against {sizes[1]}: difference, {dense.sum()} measures half or more above zero: coverage "
              f"{np.nanmin(good):.3f} to {np.nanmax(good):.3f}, mean {np.nanmean(good):.3f}")  # fmt: skip
        for low, high in pairwise(EDGES):
            some = (varying >= low) & (varying < high)
            if some.any():
                parts = [f"{what} {np.nanmin(found[key][some]):.3f} to {np.nanmax(found[key][some]):.3f}, mean "
                         f"{np.nanmean(found[key][some]):.3f}" for what, key in (("difference", "estimate"),
                         ("ratio", "ratio")) if np.isfinite(found[key][some]).any()]  # fmt: skip
                print(f"  {low} to {high} documents carry the mean: {some.sum()} measures; {'; '.join(parts)}",
                      flush=True)  # fmt: skip
        worst = np.argsort(found["estimate"])[:6]
        print("  lowest:", ", ".join(f"{names[at]} {found['estimate'][at]:.3f} ({varying[at]:.1f})" for at in worst),
              flush=True)  # fmt: skip
    null(long, max(20, wanted.repeats // 10))


if __name__ == "__main__":
    main()
