"""Progress bars: on standard error, and only where a person looks at it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def track(items: Iterable[T], label: str, total: float | None = None) -> Iterator[T]:
    """The same items, with a progress bar when standard error is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    bar = Progress(
        SpinnerColumn(),
        *Progress.get_default_columns()[:3],
        TimeRemainingColumn(),
        TextColumn(""),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        yield from bar.track(items, total=total, description=label)


def say(line: str) -> None:
    """One line of talk on standard error."""
    print(line, file=sys.stderr, flush=True)
