"""The distinct chunks met so far and their analyses, as arrays: a running chunk is a number into them."""

from __future__ import annotations

import contextlib
import copy
import functools
import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language import cache, guess, morfeusz, sentences, taken, tokenize, whole
from discourse.language.table import Table, spans

_LIMIT = 250_000  # distinct chunks taken into memory; beyond, all are forgotten and met anew
_READINGS = 900_000  # the same for their readings, of which unknown words have many
_BYTES = 20_000_000  # of stretches that are kept on disk

Numbers = npt.NDArray[np.int64]


@dataclass(eq=False)
class Forms:
    """Arrays over chunks, their segments, and the segments' readings (one lemma, one tag).

    Segments of chunk `c` are `first_segment[c]` to `first_segment[c + 1]`; readings of segment `s` are
    `first_reading[s]` to `first_reading[s + 1]`, in Morfeusz's order. Arrays only ever grow, by new ones that take
    their place: what a thread has been given stays valid.
    """

    lock: threading.RLock = field(default_factory=threading.RLock)  # held while analyses are taken in
    claims: list[Table] = field(default_factory=list)  # chunks that are being analysed
    news: threading.Condition = field(init=False)  # somebody has taken in what was claimed, or given up
    analyses: cache.Cache = field(
        default_factory=lambda: cache.Cache("forms", f"{morfeusz.dictionary()}-{morfeusz.VERSION}", morfeusz.SCHEMA)
    )
    guesses: cache.Cache | None = field(default_factory=guess.kept)
    stretches: tokenize.Stretches = field(default_factory=tokenize.memory)
    known_forms: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))  # of the stretches: their chunks
    known: pl.Series = field(default_factory=lambda: pl.Series("form", [], dtype=pl.String))  # the chunks
    table: Table = field(default_factory=Table)  # the same, to be found by
    kind: npt.NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    abbreviation: npt.NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    dotted: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))  # the chunk with its dot, or -1
    first_segment: Numbers = field(default_factory=lambda: np.zeros(1, np.int64))
    first_reading: Numbers = field(default_factory=lambda: np.zeros(1, np.int64))
    given: tuple[int, int, int] = (0, 0, 0)  # chunks, stretches, readings that it began with
    origin: Path | None = None  # the folder that they lay in
    segments: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema={"form": pl.String, "length": pl.UInt32, "letters": pl.Boolean})
    )
    readings: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(
            schema={"lemma": pl.String, "tag": pl.String, "pos": pl.String, "entry": pl.String}
        )
    )

    def __post_init__(self) -> None:
        self.news = threading.Condition(self.lock)

    def full(self) -> bool:
        """Whether so much was taken in that all had better be forgotten: the memory of a process is bounded by it.

        What lay on disk when it began does not count: processes share it.
        """
        most = (_LIMIT, _LIMIT, _READINGS)
        return any(size - there > limit for size, there, limit in zip(self._sizes(), self.given, most, strict=True))

    def _sizes(self) -> tuple[int, int, int]:
        return len(self.known), len(self.stretches), len(self.readings)

    def frames(self) -> dict[str, pl.DataFrame]:
        """What is known as tables, for `take`; none where it is too much to be kept, or others add to it just now."""
        with self.lock:
            stretches = self.stretches
            much = max(len(self.known), len(stretches)) > _LIMIT or len(stretches.table.data) > _BYTES
            if much or len(self.known_forms) != len(stretches.forms):
                return {}
            return {
                "chunks": self.known.to_frame().with_columns(
                    kind=pl.Series(self.kind),
                    abbreviation=pl.Series(self.abbreviation),
                    dotted=pl.Series(self.dotted),
                    segments=pl.Series(np.diff(self.first_segment)),
                ),
                "segments": self.segments.with_columns(readings=pl.Series(np.diff(self.first_reading))),
                "readings": self.readings,
                "forms": pl.DataFrame({"chunk": self.known_forms}),
                **stretches.frames(),
            }

    def take(self, path: Path) -> None:
        """Begin with what an earlier process kept in this folder; with nothing where it is spoilt."""
        with contextlib.suppress(OSError, ValueError, pl.exceptions.PolarsError):
            names = ("chunks", "segments", "readings", "forms", "stretches", "pieces", "bytes")
            found = {name: whole.read(path, name) for name in names}
            chunks, segments = found["chunks"], found["segments"]
            numbers = found["forms"].get_column("chunk").to_numpy().copy()
            first_segment, first_reading = (
                np.append(0, np.cumsum(frame.get_column(name).to_numpy()))
                for frame, name in ((chunks, "segments"), (segments, "readings"))
            )
            fits = first_segment[-1] == len(segments) and first_reading[-1] == len(found["readings"])
            if not fits or found["readings"].schema != self.readings.schema:
                raise ValueError("the tables of words do not fit together")
            self.stretches.take(found, chunks.get_column("form").gather(numbers))
            self.known = chunks.get_column("form")
            self.table = Table().grown(spans(self.known))
            self.kind, self.abbreviation, self.dotted = (
                chunks.get_column(name).to_numpy().copy() for name in ("kind", "abbreviation", "dotted")
            )
            self.known_forms, self.first_segment, self.first_reading = numbers, first_segment, first_reading
            self.segments, self.readings = segments.drop("readings"), found["readings"]
            self.given, self.origin = self._sizes(), path

    def snapshot(self) -> Forms:
        """The forms as they are now, for whoever reads on while others take in new chunks."""
        with self.lock:
            return copy.copy(self)

    def look_up(self, chunks: pl.Series) -> Numbers:
        """The number of each chunk; new ones are analysed, and kept on disk.

        Whoever comes while others analyse leaves to them what they have begun, and takes the rest.
        """
        texts = spans(chunks)
        while True:
            with self.lock:
                found = self.table.find(texts)
                missing = np.flatnonzero(found < 0)
                if len(missing) == 0:
                    return found
                want = self._unclaimed(chunks.gather(missing))
                if want.is_empty():
                    self.news.wait()
                    continue
                claim = Table().grown(spans(want))
                self.claims.append(claim)
            try:
                with self.lock:
                    kept, new = self.analyses.find(want)
                analysed = morfeusz.analyse(new)
                if len(analysed):
                    self.analyses.write(analysed)
                self.load(pl.concat([kept, analysed]))
            finally:
                with self.lock:
                    self.claims.remove(claim)
                    self.news.notify_all()

    def numbers(self, forms: pl.Series) -> Numbers:
        """The number of each of these forms; they are the first, or all, of those of `stretches`."""
        known = len(self.known_forms)
        if len(forms) > known:
            new = self.look_up(forms.slice(known))
            with self.lock:  # others may have come to know some of them, or more
                self.known_forms = np.concatenate([self.known_forms, new[len(self.known_forms) - known :]])
        return self.known_forms

    def _unclaimed(self, chunks: pl.Series) -> pl.Series:
        """Of these chunks, and those among them that may be abbreviations with their dot, what nobody analyses yet."""
        want = pl.concat([chunks, self._dotted(chunks)]).unique().sort()
        for there in (self.table, *self.claims):
            want = want.filter(pl.Series(there.find(spans(want)) < 0, dtype=pl.Boolean))
        return want

    def load(self, analysed: pl.DataFrame) -> None:
        """Take in analyses (`morfeusz.SCHEMA`), each chunk once and none that is known."""
        if analysed.is_empty():
            return
        new = taken.taken(analysed, self.guesses)
        with self.lock:
            self.known = pl.concat([self.known, new.chunks], rechunk=True)
            self.table = self.table.grown(spans(new.chunks))
            kinds = sentences.kinds(new.chunks)
            self.kind = np.concatenate([self.kind, kinds.get_column("kind").to_numpy()])
            self.abbreviation = np.concatenate([self.abbreviation, kinds.get_column("abbreviation").to_numpy()])
            self.first_segment = _on(self.first_segment, new.in_chunk)
            self.first_reading = _on(self.first_reading, new.in_segment)
            self.segments = pl.concat([self.segments, new.segments], rechunk=True)
            self.readings = pl.concat([self.readings, new.readings], rechunk=True)
            self._link()

    def _dotted(self, chunks: pl.Series) -> pl.Series:
        may = sentences.kinds(chunks).get_column("abbreviation") != sentences.NONE
        return chunks.filter(may) + "."

    def _link(self) -> None:
        """Fill `dotted` for the chunks that have come."""
        more = np.full(len(self.known) - len(self.dotted), -1, np.int64)
        dotted = np.concatenate([self.dotted, more])
        alone = np.flatnonzero((self.abbreviation != sentences.NONE) & (dotted < 0))
        dotted[alone] = self.table.find(spans(self.known.gather(alone) + "."))
        self.dotted = dotted


def _on(first: Numbers, many: Numbers) -> Numbers:
    """Bounds of what comes so many at a time, after those that there are."""
    return np.concatenate([first, first[-1] + np.cumsum(many)])


_lock = threading.Lock()
_shared: Forms | None = None


def hold_less(readings: int = 200_000) -> None:
    """Let the process take in but so many readings, where several share a machine's memory; no result changes."""
    global _READINGS
    _READINGS = readings


def shared() -> Forms:
    """The process's own forms."""
    global _shared
    with _lock:
        if _shared is None or _shared.full():
            _shared = Forms()
            path = whole.largest(version())
            if path is not None:
                _shared.take(path)
        return _shared


@functools.cache
def version() -> str:
    """What the words that are kept depend on: the dictionary, the rules of guesses, the code of this room."""
    room = resources.files("discourse.language")
    files = [one for folder in (room, room / "tagger") for one in folder.iterdir() if one.is_file()]
    digest = hashlib.sha256(b"".join(one.read_bytes() for one in sorted(files, key=lambda one: one.name)))
    return f"{morfeusz.dictionary()}-{guess.digest()}-{digest.hexdigest()[:16]}"


def keep(more: Callable[[Forms], Mapping[str, pl.DataFrame] | None]) -> None:
    """Keep the process's forms, and the tagger's tables, for the next one, if they are many more than lie there."""
    store = _shared
    if store is None:
        return

    def frames() -> Mapping[str, pl.DataFrame]:
        own, tagged = store.frames(), more(store)
        if not own or tagged is None:
            raise OSError("nothing to keep")
        return {**own, **tagged}

    whole.keep(version(), len(store.stretches), frames)
