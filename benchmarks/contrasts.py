"""Time and memory of a large contrast: 100,000 documents × 60 measures × 2,000 draws by default.

    python benchmarks/contrasts.py [--documents 100000] [--measures 60] [--draws 2000] [--groups 3] [--clusters 0]

Made-up values: rates of sparse counts, shares, lengths, some missing. Reports seconds and the peak of the process, the
table of values included; the target is under 60 s and 2 GB on two cores.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
import polars as pl

from discourse.core.seeds import stream
from discourse.statistics.contrast import contrast


def made_up(documents: int, measures: int, groups: int, clusters: int) -> tuple[pl.DataFrame, ...]:
    """Values, groups and clusters of so many documents."""
    random = stream(1, "contrasts")
    ids = pl.Series("doc_id", [f"d{number:07d}" for number in range(documents)])
    length = random.integers(100, 2000, documents)
    frames = []
    for number in range(measures):
        if number % 3 == 0:
            value = 1000 * random.poisson(0.003 * length) / length
        elif number % 3 == 1:
            value = 100 * random.beta(1, 4, documents) * (random.random(documents) < 0.6)
        else:
            value = np.where(random.random(documents) < 0.05, np.nan, random.gamma(2, 5, documents))
        frames.append(pl.DataFrame({"doc_id": ids, "measure": f"m{number:02d}", "value": value}))
    group = pl.Series([f"g{number}" for number in random.integers(0, groups, documents)])
    table = [pl.concat(frames), pl.DataFrame({"doc_id": ids, "group": group})]
    if clusters:
        name = pl.Series(random.integers(0, clusters, documents)).cast(pl.String)
        table.append(pl.DataFrame({"doc_id": ids, "cluster": group + " " + name}))
    return tuple(table)


def main() -> None:
    """Contrast, and say how long it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--measures", type=int, default=60)
    parser.add_argument("--draws", type=int, default=2000)
    parser.add_argument("--groups", type=int, default=3)
    parser.add_argument("--clusters", type=int, default=0, help="clusters a group (default: documents alone)")
    wanted = parser.parse_args()
    values, groups, *clusters = made_up(wanted.documents, wanted.measures, wanted.groups, wanted.clusters)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    wall, processor = time.perf_counter(), time.process_time()
    found = contrast(values, groups, seed=1, draws=wanted.draws, clusters=clusters[0] if clusters else None)
    print(
        f"{wanted.documents} documents, {wanted.measures} measures, {wanted.draws} draws, {found.height} contrasts: "
        f"{time.perf_counter() - wall:.1f} s ({time.process_time() - processor:.1f} s of processor), "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most ({before} before)"
    )


if __name__ == "__main__":
    main()
