"""All layers and measures of large JSON lines: time, memory, and what a million words cost.

    python benchmarks/large.py FILE.jsonl.gz... [--megabytes 250 500 1000] [--workers 2] [--engine local]

For each size: text is made (see growing.py), annotated into a partitioned data set by the command line in a process of
its own, and taken away again. Memory is the sum of the resident memory of the process and its workers, looked at every
half second, in the first and the last third of the time, and at most; a page that several share counts once, in parts.
Processor time is that of all processes.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from growing import made


def family(pid: int) -> list[int]:
    """The process and those that descend from it."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def resident(pid: int) -> float:
    """MB of the process and all that descend from it (proportional set size)."""
    size = 0
    for one in family(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            size += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return size * 1024 / 1e6


def measured(source: Path, out: Path, workers: int, engine: str) -> dict[str, float]:
    """What it took to annotate the file into the folder."""
    command = [sys.executable, "-m", "discourse", "annotate", str(source), "--out", str(out), "--partitioned",
               "--layers", "all,measures", "--workers", str(workers), "--engine", engine]  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(command)
    seen = []
    while process.poll() is None:
        seen.append(resident(process.pid))
        time.sleep(0.5)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        sys.exit(process.returncode)
    third = max(1, len(seen) // 3)
    whole = json.loads((out / "dataset.json").read_text())
    return {
        "MB": source.stat().st_size / 1e6,
        "documents": whole["documents"],
        "words": whole["words"],
        "s": seconds,
        "processor s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "peak MB": max(seen),
        "first third": max(seen[:third]),
        "last third": max(seen[-third:]),
        "set MB": sum(path.stat().st_size for path in out.rglob("*.parquet")) / 1e6,
        "load": os.getloadavg()[0],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--megabytes", nargs="+", type=float, default=[250, 500, 1000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", default="local")
    options = parser.parse_args()
    for number, size in enumerate(options.megabytes):
        with tempfile.TemporaryDirectory() as folder:
            source = made(options.files, Path(folder) / "large.jsonl", size)
            row = measured(source, Path(folder) / "set", options.workers, options.engine)
            shutil.rmtree(Path(folder) / "set")
        million = row["words"] / 1e6
        row |= {"s/Mword": row["s"] / million, "processor s/Mword": row["processor s"] / million}
        row["1 TB on 100 cores, days"] = row["processor s"] / row["MB"] * 1e6 / 100 / 86_400
        if number == 0:
            print(*row, sep="\t")
        print(*(f"{value:.0f}" if value >= 100 else f"{value:.2f}" for value in row.values()), sep="\t", flush=True)


if __name__ == "__main__":
    main()
