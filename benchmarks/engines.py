"""Dask against the local engine: the same text into the same data set, with as many workers.

    python benchmarks/engines.py FILE.jsonl.gz... [--megabytes 20] [--workers 2] [--times 2]

Each engine in turn, `--times` times, by the command line in a process of its own, the start of workers included.
Throughput is compared by the best time of each, and the sets byte by byte.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

from growing import made
from large import measured


def digest(folder: Path) -> str:
    """One SHA-256 over names and bytes of all files of a folder."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--times", type=int, default=2)
    options = parser.parse_args()
    best: dict[str, float] = {}
    digests = set()
    print("engine\tMB\ts\tprocessor s\tMB/s\tpeak MB\tload")
    with tempfile.TemporaryDirectory() as folder:
        source = made(options.files, Path(folder) / "text.jsonl", options.megabytes)
        for turn in range(options.times):
            for engine in ("local", "dask") if turn % 2 == 0 else ("dask", "local"):
                out = Path(folder) / f"{engine}-{turn}"
                row = measured(source, out, options.workers, engine)
                digests.add(digest(out))
                best[engine] = min(best.get(engine, row["s"]), row["s"])
                print(engine, f"{row['MB']:.1f}", f"{row['s']:.1f}", f"{row['processor s']:.1f}",
                      f"{row['MB'] / row['s']:.3f}", f"{row['peak MB']:.0f}", f"{row['load']:.1f}", sep="\t",
                      flush=True)  # fmt: skip
    same = "the same bytes" if len(digests) == 1 else "OTHER BYTES"
    print(f"throughput of Dask over local: {best['local'] / best['dask']:.3f}; {same}")


if __name__ == "__main__":
    main()
