"""Near-duplicates among many documents: time, memory, and how many planted copies are found.

    python benchmarks/duplicates.py FILE.jsonl.gz... [--documents N] [--changed 0.1] [--threshold 0.4] [--shingle 3]

Documents are recombined from the files' sentences, eight to sixteen each. A tenth of them are copies of others, one to
three of each, in which a share of the words is replaced by other words. A pair is right where both are of one family.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import time
from pathlib import Path

import numpy as np
import polars as pl

from discourse.corpus.duplicates import duplicate_groups


def sentences(paths: list[Path]) -> list[list[str]]:
    """The words of every distinct sentence of six words or more."""
    texts = pl.concat([pl.read_ndjson(path).select("text") for path in paths])["text"]
    found = dict.fromkeys(one for text in texts for one in re.split(r"(?<=[.!?])\s+", text))
    return [words for one in found if len(words := one.split()) >= 6]


def documents(source: list[list[str]], count: int, changed: float, seed: int = 1) -> pl.DataFrame:
    """`doc_id, text, family`: recombined documents and planted copies, in an order of chance."""
    random = np.random.default_rng(seed)
    words = np.array(list({word for sentence in source for word in sentence}), object)
    texts: list[str] = []
    families: list[int] = []
    family = 0
    while len(texts) < count:
        own = [word for at in random.integers(0, len(source), random.integers(8, 17)) for word in source[at]]
        texts.append(" ".join(own))
        families.append(family)
        if random.random() < 0.055:
            for _ in range(random.integers(1, 4)):
                new = words[random.integers(0, len(words), len(own))]
                texts.append(" ".join(np.where(random.random(len(own)) < changed, new, np.array(own, object))))
                families.append(family)
        family += 1
    order = random.permutation(count)
    frame = pl.DataFrame({"text": texts[:count], "family": families[:count]})[order]
    return frame.select(pl.format("d{}", pl.int_range(pl.len())).alias("doc_id"), "text", "family")


def pairs(sizes: pl.Series) -> int:
    """Pairs within sets of these sizes."""
    return int((sizes.cast(pl.Int64) * (sizes.cast(pl.Int64) - 1) // 2).sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--changed", type=float, default=0.1)
    parser.add_argument("--threshold", type=float, default=0.4)
    parser.add_argument("--shingle", type=int, default=3)
    options = parser.parse_args()
    made = documents(sentences(options.files), options.documents, options.changed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began, used = time.perf_counter(), time.process_time()
    found = duplicate_groups(made.select("doc_id", "text"), options.threshold, shingle=options.shingle)
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    joined = made.join(found, on="doc_id")
    right = pairs(joined.group_by("family", "group").len()["len"])
    planted, grouped = (pairs(joined.group_by(by).len()["len"]) for by in ("family", "group"))
    print("documents\twords\tplanted pairs\tfound pairs\trecall\tprecision\ts\tprocessor s\tMB before\tMB peak\tload")
    print(
        made.height, int(made["text"].str.split(" ").list.len().sum()), planted, grouped, f"{right / planted:.4f}",
        f"{right / max(grouped, 1):.4f}", f"{seconds:.1f}", f"{processor:.1f}", f"{before:.0f}",
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}", f"{os.getloadavg()[0]:.1f}", sep="\t",
    )  # fmt: skip


if __name__ == "__main__":
    main()
