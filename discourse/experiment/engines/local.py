"""Batches on this machine, in order, on one process or several."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Generic, TypeVar

from discourse.core.errors import DiscourseError
from discourse.core.memory import few_arenas, give_back
from discourse.core.progress import say
from discourse.experiment.engines.order import in_order

A = TypeVar("A")
B = TypeVar("B")

_TIMES = 3  # so often workers may be killed with no batch done in between
_AGE = 12  # batches a worker, after which all are replaced: what a process holds grows with what it has seen


def cores() -> int:
    """The number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(function: Callable[[A], B], batches: Iterable[A], workers: int = 1) -> Iterator[B]:
    """`function` of every batch, in the order of the batches, whatever the number of workers.

    At most `workers` + 1 batches are waiting or worked on at once; results wait for their turn. `function` must be
    importable (a partial of one will do). Where a worker is killed, its batch is begun again; raises `DiscourseError`
    where that happens again and again.
    """
    if workers <= 1:
        yield from map(function, batches)
        return
    pool = _Pool(function, workers)
    try:
        yield from in_order(pool, batches, workers + 1)
    finally:
        pool.close()


class _Pool(Generic[A, B]):
    """Processes that are replaced when one is killed or all have grown old; `held` are the batches not done."""

    def __init__(self, function: Callable[[A], B], workers: int) -> None:
        self.function, self.workers = function, workers
        self.held: dict[int, A] = {}
        self._futures: dict[Future[B], int] = {}
        self._broken = 0
        self._given = 0
        self._start()

    def submit(self, number: int, batch: A) -> None:
        self.held[number] = batch
        if self._given >= _AGE * self.workers:
            return  # waits for new processes
        try:
            self._give(number, batch)
        except BrokenProcessPool:
            self._restart()

    def some(self) -> dict[int, B]:
        """What has been done since the last call, at least one batch; the batches of killed workers begun again."""
        while True:
            if not self._futures:
                self.close()
                self._start()
            ready, _ = wait(self._futures, return_when=FIRST_COMPLETED)
            found = {}
            killed = False
            for future in ready:
                number = self._futures.pop(future)
                try:
                    found[number] = future.result()
                except BrokenProcessPool:
                    killed = True
                    continue
                del self.held[number]
            if found:
                self._broken = 0
            if killed:
                self._restart()
            if found:
                return found

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _start(self) -> None:
        # spawned, not forked: polars keeps threads, and a fork would copy their locks
        self._pool = ProcessPoolExecutor(
            self.workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self.workers,),
        )
        self._given, self._futures = 0, {}
        for number, batch in self.held.items():
            self._give(number, batch)

    def _give(self, number: int, batch: A) -> None:
        self._futures[self._pool.submit(_tidily, self.function, batch)] = number
        self._given += 1

    def _restart(self) -> None:
        self._broken += 1
        self.close()
        if self._broken >= _TIMES:
            raise DiscourseError(
                f"worker processes were killed {_TIMES} times in a row, most often for want of memory; "
                "take fewer --workers; what is finished stays"
            )
        say("a worker process was killed; its batch is begun again")
        self._start()


def _begin(workers: int) -> None:
    from discourse.language import forms  # not before a process needs it: the parent may not

    few_arenas()
    forms.hold_less()
    os.environ["POLARS_MAX_THREADS"] = str(max(1, cores() // workers))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _tidily(function: Callable[[A], B], batch: A) -> B:
    done = function(batch)
    give_back()
    return done


def _end_with_parent() -> None:
    """Leave when the process that gives the work is gone: a killed run must not keep workers."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
