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

from discourse.language import cache, guess, morfeusz, sentences, tagset, tokenize, whole

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

    lock: threading.RLock = field(default_factory=threading.RLock)  # held while new chunks are taken in
    analyses: cache.Cache = field(
        default_factory=lambda: cache.Cache("forms", f"{morfeusz.dictionary()}-{morfeusz.VERSION}", morfeusz.SCHEMA)
    )
    guesses: cache.Cache | None = field(default_factory=guess.kept)
    stretches: tokenize.Stretches = field(default_factory=tokenize.memory)
    known_forms: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))  # of the stretches: their chunks
    known: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={"form": pl.String, "chunk": pl.UInt32}))
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
                "chunks": self.known.select(
                    "form",
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
            self.known = chunks.select("form").with_row_index("chunk").select("form", "chunk")
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
        """The number of each chunk; new ones are analysed, and kept on disk."""
        with self.lock:
            found = self._find(chunks)
            missing = found.is_null()
            if missing.any():
                new = chunks.filter(missing).unique().sort()
                self.add(new)
                found = self._find(chunks)
        return found.cast(pl.Int64).to_numpy()

    def numbers(self, forms: pl.Series) -> Numbers:
        """The number of each of these forms; they are the first, or all, of those of `stretches`."""
        with self.lock:
            if len(forms) > len(self.known_forms):
                new = self.look_up(forms.slice(len(self.known_forms)))
                self.known_forms = np.concatenate([self.known_forms, new])
            return self.known_forms

    def add(self, chunks: pl.Series) -> None:
        """Analyse these chunks, and those among them that may be abbreviations with their dot too."""
        dotted = self._dotted(chunks)
        want = pl.concat([chunks, dotted]).unique().sort()
        want = want.filter(~want.is_in(self.known.get_column("form").implode()))
        kept, missing = self.analyses.find(want)
        analysed = morfeusz.analyse(missing)
        if len(analysed):
            self.analyses.write(analysed)
        self.load(pl.concat([kept, analysed]))

    def load(self, analysed: pl.DataFrame) -> None:
        """Take in analyses (`morfeusz.SCHEMA`), each chunk once and none that is known."""
        if analysed.is_empty():
            return
        offset = len(self.known)
        new = analysed.get_column("chunk").rle().struct.field("value")
        self.known = pl.concat(
            [self.known, pl.DataFrame({"form": new}).with_row_index("chunk", offset).select("form", "chunk")]
        )
        kinds = sentences.kinds(new)
        self.kind = np.concatenate([self.kind, kinds.get_column("kind").to_numpy()])
        self.abbreviation = np.concatenate([self.abbreviation, kinds.get_column("abbreviation").to_numpy()])

        analysed = _with_guesses(analysed, self.guesses)
        tags = analysed.select(pl.col("tag").unique().sort())
        single = [list(tagset.expand(tag)) for tag in tags.get_column("tag")]
        pos = [[tag.partition(":")[0] for tag in own] for own in single]
        expanded = tags.with_columns(
            single=pl.Series(single, dtype=pl.List(pl.String)), pos=pl.Series(pos, dtype=pl.List(pl.String))
        )
        rows = analysed.with_row_index("row").with_columns(
            new_chunk=(pl.col("chunk") != pl.col("chunk").shift(1)).fill_null(True),
            new=(
                (pl.col("chunk") != pl.col("chunk").shift(1)) | (pl.col("segment") != pl.col("segment").shift(1))
            ).fill_null(True),
        )
        heads = rows.filter("new")
        segment_starts = np.flatnonzero(heads.get_column("new_chunk").to_numpy())
        self.first_segment = np.concatenate(
            [self.first_segment, len(self.segments) + _ends(segment_starts, len(heads))]
        )
        self.segments = pl.concat(
            [
                self.segments,
                heads.select("form", "length", letters=pl.col("form").str.contains(r"[\p{L}\p{N}]")),
            ]
        )
        readings = (
            rows.select("tag", group=pl.col("new").cum_sum(), lemma=_lemma(), entry="lemma")
            .join(expanded, on="tag", how="left", maintain_order="left")
            .explode("single", "pos")
            .select("group", "lemma", "entry", "pos", tag="single")
        )
        counts = np.bincount(readings.get_column("group").to_numpy() - 1, minlength=len(heads))
        self.first_reading = np.concatenate([self.first_reading, len(self.readings) + np.cumsum(counts)])
        self.readings = pl.concat([self.readings, readings.select(self.readings.columns)])
        self._link(offset)

    def _find(self, chunks: pl.Series) -> pl.Series:
        frame = pl.DataFrame({"form": chunks})
        return frame.join(self.known, on="form", how="left", maintain_order="left").get_column("chunk")

    def _dotted(self, chunks: pl.Series) -> pl.Series:
        may = sentences.kinds(chunks).get_column("abbreviation") != sentences.NONE
        return chunks.filter(may) + "."

    def _link(self, offset: int) -> None:
        """Fill `dotted` for the chunks from `offset` on."""
        new = self.known.slice(offset).get_column("form")
        abbreviations = self.abbreviation[offset:] != sentences.NONE
        dotted = np.full(len(new), -1, np.int64)
        if abbreviations.any():
            found = self._find(new.filter(pl.Series(abbreviations)) + ".")
            dotted[abbreviations] = found.cast(pl.Int64).fill_null(-1).to_numpy()
        self.dotted = np.concatenate([self.dotted, dotted])


def _with_guesses(analysed: pl.DataFrame, kept: cache.Cache | None) -> pl.DataFrame:
    """The analyses, with likely readings after the empty one of each unknown word."""
    unknown = analysed.filter(pl.col("tag") == morfeusz.UNKNOWN).get_column("lemma").unique().sort()
    guesses = guess.table(unknown, kept)
    if guesses.is_empty():
        return analysed
    rows = analysed.with_row_index("row").with_columns(unknown=pl.when(pl.col("tag") == morfeusz.UNKNOWN).then("lemma"))
    more = rows.join(guesses, on="unknown", how="inner", maintain_order="left_right").with_columns(
        lemma="guess", tag="reading"
    )
    return pl.concat([rows, more.select(rows.columns)]).sort("row", maintain_order=True).select(analysed.columns)


def _lemma() -> pl.Expr:
    """The entry without its homonym suffix (*może:T*, *Nowak:Sm1*), with spaces for underscores.

    Marks and what the dictionary does not know (addresses, handles) are their own lemma as they stand.
    """
    stripped = pl.col("lemma").str.replace(r"^(.+?):[A-Za-z][A-Za-z0-9.~]*.*$", "$1")
    as_it_stands = (pl.col("form").str.len_chars() > 60) | pl.col("tag").is_in([morfeusz.UNKNOWN, "interp", "sym"])
    return pl.when(as_it_stands).then("lemma").otherwise(stripped.str.replace_all("_", " "))


def _ends(starts: Numbers, total: int) -> Numbers:
    return np.append(starts[1:], total).astype(np.int64) if len(starts) else np.zeros(0, np.int64)


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
