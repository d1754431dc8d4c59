"""Batches on several processes and on Dask: the results in order, whatever happens to a worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from discourse.core.errors import DiscourseError
from discourse.experiment.engines import Engine, dask, engine
from discourse.experiment.engines.local import each

SQUARES = [number * number for number in range(8)]


def square(number: int) -> int:
    return number * number


def dying_once(number: int, mark: Path) -> int:
    """The square; the first process that is given a three dies of it."""
    if number == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def slow_after(number: int, mark: Path) -> tuple[int, int]:
    """The process and the number, which takes a while once there is a mark."""
    time.sleep(1 if mark.exists() else 0)
    return os.getpid(), number


def process(number: int) -> int:
    return os.getpid()


def dying(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def slow_once(number: int, mark: Path) -> int:
    """The square; the worker that is first takes two seconds more for it."""
    try:
        mark.touch(exist_ok=False)
        time.sleep(2)
    except FileExistsError:
        pass
    return number * number


def test_a_killed_process_is_replaced_and_its_batch_begun_again(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert list(each(partial(dying_once, mark=tmp_path / "mark"), range(8), workers=2)) == SQUARES
    assert "a worker process was killed; its batch is begun again" in capfd.readouterr().err


def test_processes_that_die_again_and_again_end_the_work_with_a_line() -> None:
    with pytest.raises(DiscourseError, match="killed 3 times in a row.*take fewer --workers"):
        list(each(dying, range(3), workers=2))


def test_a_mistake_in_a_batch_is_raised_as_it_is() -> None:
    with pytest.raises(TypeError):
        list(each(square, ["no number"], workers=2))  # type: ignore[list-item]


def test_an_unknown_engine_and_a_scheduler_without_dask_are_refused() -> None:
    with pytest.raises(DiscourseError, match="unknown engine 'dusk'.*dask"):
        engine("dusk")
    with pytest.raises(DiscourseError, match="only --engine dask has a scheduler"):
        engine("local", 2, "tcp://127.0.0.1:8786")


def test_workers_are_no_more_than_batches() -> None:
    assert Engine("local", 8).upto(3).workers == 3
    assert Engine("local", 8).upto(0).workers == 1


@pytest.mark.cluster
def test_on_dask_a_killed_worker_changes_nothing(tmp_path: Path) -> None:
    where = Engine("dask", 2)
    assert list(where.each(partial(dying_once, mark=tmp_path / "mark"), range(8))) == SQUARES


@pytest.mark.cluster
def test_on_dask_a_killed_worker_s_unread_results_are_made_again(tmp_path: Path) -> None:
    parts = Engine("dask", 2).each(partial(slow_after, mark=tmp_path / "mark"), range(8))
    first, _ = next(parts)
    time.sleep(1)  # for others of the batches on their way to be done, and not read
    (tmp_path / "mark").touch()
    os.kill(first, signal.SIGKILL)
    time.sleep(0.5)  # for the scheduler to notice
    assert [number for _, number in parts] == list(range(1, 8))


@pytest.mark.cluster
def test_a_slow_worker_delays_but_changes_nothing(tmp_path: Path) -> None:
    assert list(Engine("dask", 2).each(partial(slow_once, mark=tmp_path / "mark"), range(8))) == SQUARES


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes], subprocess.Popen[bytes]]]:
    """The address of a scheduler with one worker, and both processes."""
    file = tmp_path / "scheduler.json"
    dask_ = [sys.executable, "-m"]
    started = [
        subprocess.Popen([*dask_, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
                          "--no-dashboard", "--scheduler-file", str(file)], stderr=subprocess.DEVNULL),
        subprocess.Popen([*dask_, "distributed.cli.dask_worker", "--scheduler-file", str(file), "--nthreads", "1",
                          "--no-dashboard", "--no-nanny", "--death-timeout", "60"], stderr=subprocess.DEVNULL),
    ]  # fmt: skip
    try:
        import json

        for _ in range(600):
            if file.is_file() and file.stat().st_size:
                break
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"], started[0], started[1]
    finally:
        for process in started:
            process.kill()
            process.wait()


@pytest.mark.cluster
def test_a_lost_scheduler_and_lost_workers_are_named(
    scheduler: tuple[str, subprocess.Popen[bytes], subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, process, worker = scheduler
    there = Engine("dask", 1, address)
    assert list(there.each(abs, range(-2, 0))) == [2, 1]

    parts = there.each(abs, range(-1000, 0))
    next(parts)
    process.kill()
    with pytest.raises(DiscourseError, match="the Dask scheduler at .* was lost; what is finished stays"):
        list(parts)

    monkeypatch.setattr(dask, "PATIENCE", 1.0)
    worker.kill()
    with pytest.raises(DiscourseError, match="no Dask scheduler answers at"):
        list(there.each(abs, range(3)))


def test_workers_that_have_grown_old_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("discourse.experiment.engines.local._AGE", 2)
    assert list(each(square, range(8), workers=2)) == SQUARES
    seen = list(each(process, range(8), workers=2))
    assert not set(seen[:4]) & set(seen[4:])
