"""The trained network: a score for each reading of each token, exactly the same in any batch and on any machine.

Weights and the values between layers are rounded to multiples of powers of two, small enough that every sum of
products is exact in single precision; then no order of summation, no library and no batch can change a score.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import itertools
import threading
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.core.codes import codes
from discourse.core.files import write_bytes
from discourse.language import compiled, tagset, whole
from discourse.language.forms import Forms
from discourse.language.morfeusz import UNKNOWN
from discourse.language.tagger import known, lookup

if TYPE_CHECKING:
    import scipy.sparse as sp

FILE = "tagger.npz"
REACH = 2  # neighbours on each side that a convolution sees
_BLOCK = 2048  # tokens whose values are worked out at once: they stay in the processor's cache
_ROOM = 60_000  # rows of room that are left to the next call
_LAYERS = ("pad", "conv1", "bias1", "narrow", "conv2", "bias2", "out2", "out1", "tags")
_VALUE, _WEIGHT = 2.0**6, 2.0**8  # steps of values and of weights, to one

_AGAINST_EMPTY = 4.0  # against calling a word unknown where its inflection can be guessed

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Weights:
    """What training leaves: names of features and tags, and the layers."""

    segment_features: pl.Series
    reading_features: pl.Series
    tag_names: pl.Series
    features: Floats
    readings: Floats
    layers: dict[str, Floats]
    digest: str = ""  # of the file that they come from

    def save(self, path: Path) -> None:
        """One compressed file, the same bytes for the same weights."""
        arrays = {name: self.layers[name].astype(np.float16) for name in _LAYERS}
        scale = np.maximum(np.abs(self.features).max(axis=0), 1e-6) / 127
        arrays |= {"features": np.round(self.features / scale).astype(np.int8), "scale": scale.astype(np.float32)}
        arrays["readings"] = self.readings.astype(np.float16)
        for name in ("segment_features", "reading_features", "tag_names"):
            arrays[name] = np.frombuffer("\n".join(getattr(self, name)).encode(), dtype=np.uint8)
        buffer = io.BytesIO()
        np.savez_compressed(buffer, allow_pickle=False, **arrays)
        write_bytes(path, buffer.getvalue())


def load(path: Path) -> Weights:
    """The weights in a file that `Weights.save` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        names = {
            name: pl.Series(bytes(stored[name]).decode().split("\n"))
            for name in ("segment_features", "reading_features", "tag_names")
        }
        layers = {name: stored[name].astype(np.float32) for name in _LAYERS}
        return Weights(
            **names,
            features=stored["features"].astype(np.float32) * stored["scale"],
            readings=stored["readings"].astype(np.float32),
            layers=layers,
            digest=hashlib.sha256(path.read_bytes()).hexdigest()[:16],
        )


@functools.cache
def shipped() -> Weights:
    """The weights that come with the package, with the tables in which their features are found."""
    with resources.as_file(resources.files("discourse.language") / "weights" / FILE) as path:
        weights = load(path)
    _vocabularies(weights)
    return weights


@dataclass
class Tagger:
    """The network over a store of forms: what it knows of each segment and reading is worked out once."""

    weights: Weights
    store: Forms
    vectors: npt.NDArray[np.int16] = field(init=False)  # of segments, in steps of a value
    own: Floats = field(init=False)  # of readings: the score apart from context
    tag: npt.NDArray[np.int32] = field(init=False)  # of readings: number of the tag
    rooms: list[Floats] = field(default_factory=list)  # in which threads have worked

    def __post_init__(self) -> None:
        layers = self.weights.layers
        self.layers = {name: _round(value, _WEIGHT) for name, value in layers.items()}
        self.vectors = np.zeros((0, layers["conv1"].shape[1]), np.int16)
        self.own = np.zeros(0, np.float32)
        self.tag = np.zeros(0, np.int32)
        self._lock = threading.Lock()  # held while new segments are taken in; the store's own is then free

        if self.store.origin is not None and self.weights.digest:
            self._take(self.store.origin)

    def _take(self, path: Path) -> None:
        """Begin with what an earlier process made of the words in this folder; with nothing where it is spoilt."""
        name = f"scores-{self.weights.digest}"
        with contextlib.suppress(OSError, pl.exceptions.PolarsError):
            vectors = whole.read(path, f"{name}-segments").get_column("vector").to_numpy()
            readings = whole.read(path, f"{name}-readings")
            store = self.store
            if len(vectors) == len(store.segments) and len(readings) == len(store.readings):
                self.vectors = vectors
                self.own, self.tag = (readings.get_column(column).to_numpy().copy() for column in ("own", "tag"))

    def frames(self) -> dict[str, pl.DataFrame]:
        """What it knows of all words of its store, as tables that are kept with them."""
        self.refresh()
        name = f"scores-{self.weights.digest}"
        vectors = pl.Series(self.vectors, dtype=pl.Array(pl.Int16, self.vectors.shape[1]))
        return {
            f"{name}-segments": pl.DataFrame({"vector": vectors}),
            f"{name}-readings": pl.DataFrame({"own": self.own, "tag": self.tag}),
        }

    def refresh(self) -> None:
        """Take in the segments that the store has met since."""
        with self._lock:
            self._refresh(self.store.snapshot())

    def _refresh(self, store: Forms) -> None:
        begin = len(self.vectors)
        if begin == len(store.segments):
            return
        found = self._scored(known.words(store, begin))
        self.tag = np.concatenate([self.tag, found.tag])
        self.own = np.concatenate([self.own, found.own])
        self.vectors = np.concatenate([self.vectors, found.vectors])

    def _scored(self, store: known.Words) -> known.Scores:
        """What the network knows of all segments and readings of these words."""
        weights = self.weights
        found, scores = lookup.sums(store, *_vocabularies(weights), weights.features, weights.readings)
        values, rows = codes(store.readings.get_column("tag"))
        numbers = pl.DataFrame({"tag": weights.tag_names}).with_row_index("number")
        number_of = pl.DataFrame({"tag": tagset.canonical_column(values)}).join(
            numbers, on="tag", how="left", maintain_order="left"
        )
        own = _round(scores, 2.0**10) - np.float32(_AGAINST_EMPTY) * (values == UNKNOWN).to_numpy()[rows]
        return known.Scores(
            vectors=np.rint(np.clip(found, -16, 16) * np.float32(_VALUE)).astype(np.int16),
            own=own.astype(np.float32),
            tag=number_of.get_column("number").fill_null(0).to_numpy().astype(np.int32)[rows],
        )

    def choose(self, segment: Numbers, new_sentence: npt.NDArray[np.bool_]) -> Numbers:
        """The best reading (its number in the store) of each token; the first of equals."""
        self.refresh()
        first = self.store.first_reading
        best = first[segment]
        wanted = np.flatnonzero(first[segment + 1] - best > 1)
        if len(wanted):
            best[wanted] = self._best(segment, new_sentence, wanted, first)
        return best

    def _best(self, segment: Numbers, new_sentence: npt.NDArray[np.bool_], wanted: Numbers, first: Numbers) -> Numbers:
        """The best reading of each wanted token, in its sentence.

        The first convolution is worked out once a distinct segment and neighbour's place; a token adds them up.
        """
        layers = self.layers
        width, narrow, places = layers["narrow"].shape[0], layers["narrow"].shape[1], 2 * REACH + 1
        room, parts, local = self._parts(segment)
        # pads stand before the first sentence and after each
        place = np.arange(len(segment)) + REACH * np.maximum(np.cumsum(new_sentence), 1)
        size = int(place[-1]) + 1 + REACH
        types = np.full(size, -1, np.int32)
        types[place] = local[segment]
        rows, segments = place[wanted], segment[wanted]
        best = np.empty(len(rows), np.int64)
        flat = np.concatenate([layers["conv2"][k] for k in range(places)])
        outer = np.concatenate([layers["out2"], layers["out1"]])
        bias = layers["bias2"] * np.float32(_VALUE)
        h = np.empty((_BLOCK + 2 * REACH, width), np.float32)
        z = np.empty((len(h), narrow), np.float32)
        wide, both, output = (np.empty((_BLOCK, many), np.float32) for many in (len(flat), *outer.shape))
        bounds = np.searchsorted(rows, np.arange(0, size + _BLOCK, _BLOCK))
        for number, (done, until) in enumerate(itertools.pairwise(bounds.tolist())):
            if until == done:
                continue
            # hidden values of this block and, on each side, of the next convolution's reach
            begin, many = number * _BLOCK, until - done
            compiled.add_up(parts, types, begin - REACH, begin + _BLOCK + REACH, h)
            np.matmul(h, layers["narrow"], out=z)
            take = rows[done:until] - begin
            compiled.windows(z, take, wide)
            np.matmul(wide[:many], flat, out=both[:many, : len(bias)])
            compiled.beside(both, bias, h[REACH:], take)
            np.matmul(both[:many], outer, out=output[:many])
            compiled.best_readings(
                output, np.float32(1 / _VALUE), segments[done:until], first, self.tag, self.own, layers["tags"],
                best[done:until],
            )  # fmt: skip
        if len(room) <= _ROOM:
            self.rooms.append(room)
        return best

    def _parts(self, segment: Numbers) -> tuple[Floats, Floats, npt.NDArray[np.int32]]:
        """What each of these segments adds to the first convolution at each of its places (segment × place × value),
        the pad's last; and which of them each segment of the store is."""
        layers = self.layers
        here = np.zeros(len(self.vectors), np.bool_)
        here[segment] = True
        distinct = np.flatnonzero(here)
        local = np.empty(len(here), np.int32)
        local[distinct] = np.arange(len(distinct))
        places, inner, width = layers["conv1"].shape
        vectors = np.empty((len(distinct) + 1, inner), np.float32)
        vectors[:-1] = self.vectors.take(distinct, axis=0)
        vectors[-1] = np.rint(layers["pad"] * _VALUE)
        room = self._room(len(vectors), places * width)
        parts = room[: len(vectors)]
        np.matmul(vectors, layers["conv1"].transpose(1, 0, 2).reshape(inner, places * width), out=parts)
        parts[:, REACH * width : (REACH + 1) * width] += layers["bias1"] * np.float32(_VALUE)
        return room, parts.reshape(len(vectors), places, width), local

    def _room(self, rows: int, width: int) -> Floats:
        """Room for so many rows, some 50 MB: what another call has left, since new memory has to be cleared first."""
        with contextlib.suppress(IndexError):
            room = self.rooms.pop()
            if len(room) >= rows:
                return room
        return np.empty((rows, width), np.float32)


@functools.lru_cache(2)
def _vocabularies(weights: Weights) -> tuple[lookup.Vocabulary, lookup.Vocabulary]:
    return lookup.vocabulary(weights.segment_features), lookup.vocabulary(weights.reading_features)


def number(found: pl.DataFrame, key: str, vocabulary: pl.Series, rows: int) -> sp.csr_matrix:
    """The sparse matrix of features (`key`, `feature`), columns in the order of the vocabulary."""
    names = pl.DataFrame({"feature": vocabulary}).with_row_index("column")
    joined = found.join(names, on="feature", how="inner")
    return matrix(
        joined.get_column(key).to_numpy().astype(np.int64),
        joined.get_column("column").to_numpy().astype(np.int64),
        (rows, len(vocabulary)),
    )


def matrix(rows: Numbers, columns: Numbers, shape: tuple[int, int]) -> sp.csr_matrix:
    """Ones at these places; ones at the same place add up."""
    import scipy.sparse as sp  # only training wants it

    result = sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    result.sum_duplicates()
    result.sort_indices()
    return result


def _round(values: Floats, steps: float) -> Floats:
    result: Floats = np.rint(values * np.float32(steps)) * np.float32(1 / steps)
    return result
