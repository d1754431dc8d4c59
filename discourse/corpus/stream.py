"""Documents of any number in batches, in memory that does not grow with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.progress import say
from discourse.corpus.documents import documents, stream
from discourse.corpus.load import batches, files, frame, tagged
from discourse.corpus.manifest import Corpus
from discourse.corpus.readers import Document
from discourse.corpus.recurrent import COLUMN as RECURRENT
from discourse.corpus.recurrent import places, read_lines
from discourse.corpus.rejected import Rejected, summary

BATCH = 700_000  # characters: bounds the memory, and is the same on any number of workers, so that results are


def of_files(paths: Sequence[Path], reader: str | None = None) -> Iterator[pl.DataFrame]:
    """The documents of `load.load` in batches; raises `DiscourseError` for the same, when it comes to it."""
    passed_over: list[Rejected] = []
    yield from framed(tagged(files(paths), reader, passed_over=passed_over))
    if passed_over:
        say(f"{len(passed_over)} documents were passed over: {summary(passed_over)}")


def of_corpus(corpus: Corpus, data: Path | None = None) -> Iterator[pl.DataFrame]:
    """The documents of `documents.documents` in batches; raises `DiscourseError` for the same, when it comes to it.

    A corpus with a metadata table is sorted by it, and so is read whole.
    """
    manifest = corpus.manifest
    if manifest.table or manifest.document:
        yield from batches(documents(corpus, data), BATCH)
        return
    rejected: list[Rejected] = []
    columns: set[str] = set()
    lines = read_lines(corpus.folder / manifest.boilerplate) if manifest.boilerplate else None
    for found in framed(stream(corpus, data, rejected), rejected=rejected):
        columns |= set(found.columns)
        if lines is not None:
            found = places(found, lines).rename({"places": RECURRENT})
        yield found.with_columns(pl.lit(corpus.name).alias("corpus"))
    if not columns and rejected:
        more = f" (and {len(rejected) - 1} more)" if len(rejected) > 1 else ""
        raise DiscourseError(f"{rejected[0].place}: {rejected[0].reason}{more}; corpus {corpus.name!r} has no document")
    for column in manifest.groups if columns else ():
        if column not in columns:
            raise DiscourseError(f"{corpus.path}: no document has the grouping column {column!r}")
    if len(rejected) > (manifest.found.rejected if manifest.found else 0):
        say(f"corpus {corpus.name!r}: {len(rejected)} documents could not be read "
            f"({summary(rejected)}); see: discourse corpus check {corpus.name}")  # fmt: skip


def framed(
    found: Iterable[tuple[str, Document]], characters: int = BATCH, rejected: list[Rejected] | None = None
) -> Iterator[pl.DataFrame]:
    """The documents (with their places) in frames of about `characters` each, cut where `load.batches` cuts.

    A frame has the columns of its own documents. Raises `DiscourseError` where an id occurs twice; with a list
    `rejected`, the second document of an id is put there.
    """
    seen = Seen()
    held: list[tuple[str, Document]] = []
    before = number = 0
    for place, document in found:
        if held and before // characters != number:
            yield from _checked(held, seen, rejected)
            held = []
        number = before // characters
        held.append((place, document))
        before += _length(document.get("text")) + _length(document.get("title"))
    if held:
        yield from _checked(held, seen, rejected)


def _checked(
    held: list[tuple[str, Document]], seen: Seen, rejected: list[Rejected] | None
) -> Iterator[pl.DataFrame]:
    made = frame(held, rejected)
    known = seen.add(made["doc_id"])
    if known.any():
        where = {str(document.get("doc_id")): place for place, document in held}
        for doc_id in made["doc_id"].filter(pl.Series(known)):
            problem = Rejected(where[doc_id], "same id", f"document {doc_id!r} was there already")
            if rejected is None:
                raise DiscourseError(f"two documents have the id {doc_id!r} (the second in {where[doc_id]}); "
                                     "give each its own")  # fmt: skip
            rejected.append(problem)
        made = made.filter(~pl.Series(known))
    if not made.is_empty():
        yield made


def _length(text: object) -> int:
    return len(text) if isinstance(text, str) else 0


class Seen:
    """The ids met so far, eight bytes each: sorted runs of digests, merged as they grow."""

    def __init__(self) -> None:
        self._runs: list[npt.NDArray[np.uint64]] = []

    def add(self, ids: pl.Series) -> npt.NDArray[np.bool_]:
        """Which of these (distinct) ids were met before; they are taken in."""
        joined = b"".join(hashlib.blake2b(str(one).encode(), digest_size=8).digest() for one in ids)
        own = np.frombuffer(joined, np.uint64)
        known = np.zeros(len(own), np.bool_)
        for run in self._runs:
            known |= run[np.minimum(np.searchsorted(run, own), len(run) - 1)] == own
        merged = np.sort(own[~known])
        while self._runs and len(self._runs[-1]) <= 2 * len(merged):
            merged = np.sort(np.concatenate([self._runs.pop(), merged]))
        if len(merged):
            self._runs.append(merged)
        return known
