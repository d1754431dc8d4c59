"""Documents that were not read, each with its reason: nothing disappears silently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from discourse.core.errors import DiscourseError

#: Kinds of rejection that are mistakes in a file. Where no table of rejections is kept, the first one is an error;
#: the other kinds (a page in another language, a redirect) are what a reader is expected to pass over.
MISTAKES = frozenset({"malformed", "unreadable", "no text"})
SCHEMA = {"place": pl.String, "kind": pl.String, "reason": pl.String}


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document that a reader found and could not take: where it stands, what kind of thing happened, and why."""

    place: str
    kind: str
    reason: str

    def error(self) -> DiscourseError:
        return DiscourseError(f"{self.place}: {self.reason}")


class Changed(DiscourseError):
    """A file changed while it was read: what was read from it belongs to no state of it, so the reading fails."""


def table(rejected: Iterable[Rejected]) -> pl.DataFrame:
    """One row a rejected document: `place`, `kind`, `reason`, in the order met."""
    return pl.DataFrame([(one.place, one.kind, one.reason) for one in rejected], schema=SCHEMA, orient="row")


def summary(rejected: Sequence[Rejected]) -> str:
    """The rejected documents in a few words: `3 no text, 1 malformed`."""
    counts = Counter(one.kind for one in rejected)
    commonest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{number} {kind}" for kind, number in commonest)
