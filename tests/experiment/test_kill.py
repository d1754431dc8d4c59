"""Killed at any moment, a run goes on where it was; two at once do not disturb each other; a full disk is said."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.kill import command, finished, killed, left, moments, outputs


def test_a_killed_run_goes_on_to_the_same_bytes(small: Path, tmp_path: Path) -> None:
    seconds = finished(command(small, tmp_path / "whole"), tmp_path / "cache-whole")
    expected = outputs(tmp_path / "whole")
    cuts = sum(killed(command(small, tmp_path / "r"), tmp_path / "cache", at) for at in moments(3, seconds, seed=3))
    assert cuts >= 1
    finished(command(small, tmp_path / "r"), tmp_path / "cache")
    assert outputs(tmp_path / "r") == expected
    assert left(tmp_path, "r") == []


def test_two_runs_at_once_do_not_disturb_each_other(small: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "DISCOURSE_CACHE": str(tmp_path / "cache")}
    both = [subprocess.Popen(command(small, tmp_path / "r"), env=environment, stdout=subprocess.DEVNULL)
            for _ in range(2)]  # fmt: skip
    assert [process.wait() for process in both] == [0, 0]
    first = outputs(tmp_path / "r")
    finished(command(small, tmp_path / "other"), tmp_path / "cache-other")
    assert outputs(tmp_path / "other") == first
    assert left(tmp_path, "r") == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are of Unix")
@pytest.mark.parametrize("size", [200, 20_000])
def test_a_full_disk_is_one_line_and_nothing_is_corrupt(small: Path, tmp_path: Path, size: int) -> None:
    """A limit on the size of files stands for the disk: writing beyond it fails in the same way."""
    cache = tmp_path / "cache"
    failed = subprocess.run(
        command(small, tmp_path / "r"), env={**os.environ, "DISCOURSE_CACHE": str(cache)}, capture_output=True,
        text=True, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )  # fmt: skip
    assert failed.returncode == 2
    assert failed.stderr.startswith("discourse: cannot write ")
    assert failed.stderr.count("\n") == 1
    assert "too large" in failed.stderr
    assert not (tmp_path / "r").exists()
    finished(command(small, tmp_path / "r"), cache)
    assert (tmp_path / "r" / "report.html").is_file()
