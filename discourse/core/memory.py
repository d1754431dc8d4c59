"""What keeps a long process small."""

from __future__ import annotations

import contextlib
import ctypes

_ARENA_MAX = -8  # of glibc's mallopt


def few_arenas(number: int = 2) -> None:
    """Let glibc keep so few heaps; with one a thread, what one has freed the next cannot use.

    Elsewhere nothing happens. Large runs' workers are smaller by a sixth for it, and not slower
    (docs/decisions/large.md).
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, number)


def give_back() -> None:
    """Return to the system what has been freed and lies between what is in use; glibc's, elsewhere nothing happens."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
