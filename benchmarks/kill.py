"""Kills runs at random moments and resumes them: are the bytes the same? The tests use its parts."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

#: Files of a run that say when it was made.
TIMED = ("run.json", "ro-crate-metadata.json")


def command(experiment: Path, out: Path, *more: str) -> list[str]:
    """The command line that runs an experiment."""
    return [sys.executable, "-m", "discourse", "run", str(experiment), "--out", str(out), *more]


def killed(command_: list[str], cache: Path, after: float) -> bool:
    """Whether the run was still going when it was killed, with all its workers, so many seconds after its start."""
    environment = {**os.environ, "DISCOURSE_CACHE": str(cache)}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command_, env=environment, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        process.wait(after)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True


def finished(command_: list[str], cache: Path) -> float:
    """The seconds that the run took to its end; raises where it failed."""
    started = time.perf_counter()
    environment = {**os.environ, "DISCOURSE_CACHE": str(cache)}
    subprocess.run(command_, env=environment, check=True, capture_output=True)
    return time.perf_counter() - started


def moments(number: int, seconds: float, seed: int) -> list[float]:
    """So many random moments within the seconds, the same for a seed."""
    chance = random.Random(seed)
    return [chance.uniform(0.05, 1) * seconds for _ in range(number)]


def main(arguments: list[str]) -> int:
    """Kill a run of the experiment at random moments, resume it after each, and compare with an undisturbed one.

    Usage: `python benchmarks/kill.py [EXPERIMENT [KILLS [OPTION…]]]`; options go to `discourse run`. Two ways: a cache
    of its own for each kill, and one cache for all, killed again and again until the run is done.
    """
    experiment = Path(arguments[0] if arguments else "experiments/demo")
    kills = int(arguments[1]) if len(arguments) > 1 else 20
    with tempfile.TemporaryDirectory() as name:
        return _compare(experiment, kills, arguments[2:], Path(name))


def _compare(experiment: Path, kills: int, options: list[str], folder: Path) -> int:
    seconds = finished(command(experiment, folder / "whole", *options), folder / "cache-whole")
    expected = outputs(folder / "whole")
    print(f"undisturbed: {seconds:.1f} s, {len(expected)} files")
    wrong = 0
    for number, moment in enumerate(moments(kills, seconds, seed=1), start=1):
        cache, out = folder / f"cache-{number}", folder / f"run-{number}"
        cut = killed(command(experiment, out, *options), cache, moment)
        after = finished(command(experiment, out, *options), cache)
        same = outputs(out) == expected and left(folder, out.name) == []
        wrong += not same
        print(f"{number:3}. {'killed' if cut else 'done before'} at {moment:5.1f} s, resumed in {after:5.1f} s: "
              f"{'the same bytes' if same else 'DIFFERENT'}", flush=True)  # fmt: skip
        shutil.rmtree(cache)
    cuts = 0
    while killed(command(experiment, folder / "again", *options), folder / "cache-again", seconds / 4) and cuts < 40:
        cuts += 1
    same = outputs(folder / "again") == expected
    verdict = "the same bytes" if same else "DIFFERENT"
    print(f"one cache, killed {cuts} times, each after {seconds / 4:.1f} s: {verdict}")
    return int(bool(wrong) or not same)


def outputs(run: Path) -> dict[str, str]:
    """Path in the run → SHA-256 of the bytes on disk, of all files but the record and what names a time."""
    files = sorted(path for path in run.rglob("*") if path.is_file() and path.name not in TIMED)
    return {path.relative_to(run).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def left(folder: Path, name: str) -> list[str]:
    """What is left beside a run of this name that should not be there."""
    return sorted(path.name for path in folder.glob(f".{name}.*"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
