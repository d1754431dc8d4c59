"""A large run killed again and again: it ends in the same bytes, and repeats less than one batch a worker.

    python benchmarks/kill_large.py FILE.jsonl.gz... [--megabytes 20] [--characters 100000] [--kills 20]

The work (by `experiment.annotation.write`, in batches of so many characters) is killed with all its processes at a
moment of chance after some parts were finished, and begun again. Parts that were whole at a kill must never be written
again: their marks keep their time. What a kill costs is then the parts that were begun and not finished, counted by the
tables that lie there without a mark: less than one batch a worker.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from engines import digest
from growing import made


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--characters", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        source = made(options.files, Path(folder) / "text.jsonl", options.megabytes)
        command = [sys.executable, __file__, "--work", str(source), str(options.characters), str(options.workers),
                   options.engine]  # fmt: skip
        subprocess.run([*command, str(Path(folder) / "whole")], check=True)
        whole = digest(Path(folder) / "whole")
        parts = len(list((Path(folder) / "whole" / "parts").iterdir()))
        killed = Path(folder) / "killed"
        done: dict[str, int] = {}
        again = 0
        most = 0
        print("kill\tafter s\twhole parts\tof\tbegun\twritten again")
        for kill in range(1, options.kills + 1):
            began = time.perf_counter()
            process = subprocess.Popen([*command, str(killed)], start_new_session=True, stderr=subprocess.DEVNULL)
            goal = len(done) + max(1, (parts - len(done)) // (options.kills - kill + 2))
            while process.poll() is None and len(marks(killed)) < min(goal, parts - 1):
                time.sleep(0.05)
            time.sleep(chance.random() * 2)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            now = marks(killed)
            again += sum(now.get(name) != when for name, when in done.items())
            done = now
            tables = [path.name.lstrip(".")[:11] for path in killed.glob("*/*part-*.parquet*")
                      if path.parent.name != "documents"]  # fmt: skip
            begun = len(set(tables) - {name.removesuffix(".json") for name in done})
            most = max(most, begun)
            print(kill, f"{time.perf_counter() - began:.1f}", len(done), parts, begun, again, sep="\t", flush=True)
        subprocess.run([*command, str(killed)], check=True)
        again += sum(marks(killed).get(name) != when for name, when in done.items())
        same = "the same bytes" if digest(killed) == whole else "OTHER BYTES"
        print(f"{options.kills} kills: {same}; {again} whole parts were written again, "
              f"at most {most} were begun at a kill")


def work(source: str, characters: str, workers: str, engine: str, out: str) -> None:
    """The work that is killed."""
    from discourse.corpus.load import files, tagged
    from discourse.corpus.stream import framed
    from discourse.experiment.annotation import write
    from discourse.experiment.engines import Engine

    frames = framed(tagged(files([Path(source)])), int(characters))
    write(frames, Path(out), "all,measures", None, Engine(engine, int(workers)), partitioned=True)


def marks(folder: Path) -> dict[str, int]:
    """Name → time of writing of the marks of whole parts."""
    return {path.name: path.stat().st_mtime_ns for path in (folder / "parts").glob("part-*.json")}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(*sys.argv[2:])
    else:
        main()
