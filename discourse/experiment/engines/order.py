"""Batches given to whoever works on them, and what they make in the order of the batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import Protocol, TypeVar

A_contra = TypeVar("A_contra", contravariant=True)
A = TypeVar("A")
B = TypeVar("B")


class Pool(Protocol[A_contra, B]):
    """Takes batches and gives back what is done; `held` are those that are not done."""

    @property
    def held(self) -> Sized: ...

    def submit(self, number: int, batch: A_contra) -> None: ...

    def some(self) -> dict[int, B]: ...


def in_order(pool: Pool[A, B], batches: Iterable[A], room: int) -> Iterator[B]:
    """What the pool makes of each batch, in the order of the batches; fewer than `room` are held when one is taken."""
    done: dict[int, B] = {}
    turn = 0
    for number, batch in enumerate(batches):
        pool.submit(number, batch)
        while len(pool.held) >= room:
            done |= pool.some()
        while turn in done:
            yield done.pop(turn)
            turn += 1
    while pool.held or done:
        while turn in done:
            yield done.pop(turn)
            turn += 1
        if pool.held:
            done |= pool.some()
