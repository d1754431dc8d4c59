"""Named bricks (readers, measures, figures…): registered where they are written, looked up by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from discourse.core.errors import unknown

T = TypeVar("T")


class Registry(Generic[T]):
    """Bricks of one kind by name, in order of registration."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._bricks: dict[str, T] = {}

    def register(self, name: str) -> Callable[[T], T]:
        """A decorator that files the brick under `name`; a name taken twice is a programming error."""

        def file(brick: T) -> T:
            if name in self._bricks:
                raise ValueError(f"{self.kind} {name!r} is registered twice; give one another name")
            self._bricks[name] = brick
            return brick

        return file

    def get(self, name: str) -> T:
        """The brick of this name; raises `DiscourseError` with the nearest known name."""
        if name not in self._bricks:
            raise unknown(self.kind, name, self._bricks)
        return self._bricks[name]

    def forget(self, name: str) -> None:
        """Take the brick of this name away, as when a file that brought it is left."""
        self._bricks.pop(name, None)

    def names(self) -> list[str]:
        return list(self._bricks)

    def __iter__(self) -> Iterator[str]:
        return iter(self._bricks)

    def __contains__(self, name: object) -> bool:
        return name in self._bricks
