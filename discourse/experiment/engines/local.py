"""Batches on this machine, in order, on one process or several."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def cores() -> int:
    """The number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(function: Callable[[A], B], batches: Iterable[A], workers: int = 1) -> Iterator[B]:
    """`function` of every batch, in the order of the batches, whatever the number of workers.

    At most `workers` + 1 batches are in memory at once. `function` must be importable (a partial of one will do).
    """
    if workers <= 1:
        yield from map(function, batches)
        return
    # spawned, not forked: polars keeps threads, and a fork would copy their locks
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_share_cores, initargs=(workers,)) as pool:
        waiting: deque[Future[B]] = deque()
        for batch in batches:
            waiting.append(pool.submit(function, batch))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _share_cores(workers: int) -> None:
    os.environ["POLARS_MAX_THREADS"] = str(max(1, cores() // workers))
