"""How batches of documents are worked through; nothing else knows on how many cores or machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from discourse.core.errors import DiscourseError, unknown

A = TypeVar("A")
B = TypeVar("B")
NAMES = ("local", "dask")


@dataclass(frozen=True)
class Engine:
    """Where batches are worked on: processes of this machine (`local`), or a Dask cluster (`dask`).

    `scheduler` is the address of a cluster that exists; without it Dask starts one on this machine, with so many
    `workers` of one thread each.
    """

    name: str = "local"
    workers: int = 1
    scheduler: str | None = None

    def upto(self, batches: int) -> Engine:
        """The same with no more workers than there are batches."""
        return replace(self, workers=max(1, min(self.workers, batches)))

    def each(self, function: Callable[[A], B], batches: Iterable[A]) -> Iterator[B]:
        """`function` of every batch, in the order of the batches, whatever the engine."""
        if self.name == "local":
            from discourse.experiment.engines import local

            return local.each(function, batches, self.workers)
        from discourse.experiment.engines import dask

        return dask.each(function, batches, self.workers, self.scheduler)


def engine(name: str = "local", workers: int = 1, scheduler: str | None = None) -> Engine:
    """The engine of this name; raises `DiscourseError` for an unknown one, or one that is not installed."""
    if name not in NAMES:
        raise unknown("engine", name, NAMES, "--engine")
    if scheduler is not None and name != "dask":
        raise DiscourseError(f"--scheduler {scheduler}: only --engine dask has a scheduler")
    if name == "dask":
        from discourse.experiment.engines import dask

        dask.installed()
    return Engine(name, workers, scheduler)
