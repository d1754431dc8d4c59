"""The one error that users see: a plain line that says what is wrong, where, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class DiscourseError(Exception):
    """Bad input or wrong usage. Its text is one line for the user; the command line exits with status 2."""


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, with the known name nearest to a wrong one, or the list of all where none is near."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; known: {', '.join(names)}" if names else ""


def unknown(kind: str, name: str, known: Iterable[str], where: str = "") -> DiscourseError:
    """An error for a name that does not exist, naming the nearest one that does."""
    prefix = f"{where}: " if where else ""
    return DiscourseError(f"{prefix}unknown {kind} {name!r}{nearest(name, known)}")
