"""The trained network: a score for each reading of each token, exactly the same in any batch and on any machine.

Weights and the values between layers are rounded to multiples of powers of two, small enough that every sum of
products is exact in single precision; then no order of summation, no library and no batch can change a score.
"""

from __future__ import annotations

import functools
import hashlib
import io
import threading
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import scipy.sparse as sp

from discourse.core.files import write_bytes
from discourse.language import tagset
from discourse.language.cache import Cache
from discourse.language.forms import Forms
from discourse.language.given import ranges
from discourse.language.morfeusz import UNKNOWN
from discourse.language.tagger import features, packing

FILE = "tagger.npz"
REACH = 2  # neighbours on each side that a convolution sees
_BLOCK = 2048  # tokens whose values are worked out at once: they stay in the processor's cache
_FEW = 24  # tokens of one sequence of tags, below which sequences are scored together
_LAYERS = ("pad", "conv1", "bias1", "narrow", "conv2", "bias2", "out2", "out1", "tags")
_VALUE, _WEIGHT = 2.0**6, 2.0**8  # steps of values and of weights, to one

_AGAINST_EMPTY = 4.0  # against calling a word unknown where its inflection can be guessed

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
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
    """The weights that come with the package."""
    with resources.as_file(resources.files("discourse.language") / "weights" / FILE) as path:
        return load(path)


@dataclass
class Tagger:
    """The network over a store of forms: what it knows of each segment and reading is worked out once."""

    weights: Weights
    store: Forms
    vectors: Floats = field(init=False)  # of segments, in steps of a value
    own: Floats = field(init=False)  # of readings: the score apart from context
    group: Numbers = field(init=False)  # of segments: number of their sequence of tags
    sequences: list[Numbers] = field(init=False)  # tags (numbers) of each group, in the order of readings

    def __post_init__(self) -> None:
        layers = self.weights.layers
        self.layers = {name: _round(value, _WEIGHT) for name, value in layers.items()}
        self.vectors = np.zeros((0, layers["conv1"].shape[1]), np.float32)
        self.own = np.zeros(0, np.float32)
        self.group = np.zeros(0, np.int64)
        self.sequences = []
        self._groups: dict[str, int] = {}
        self._kept = self._cache()
        self._lock = threading.Lock()  # held while new segments are taken in; the store's own is then free

    def refresh(self) -> None:
        """Take in the segments that the store has met since."""
        with self._lock:
            self._refresh(self.store.snapshot())

    def _refresh(self, store: Forms) -> None:
        begin = len(self.vectors)
        if begin == len(store.segments):
            return
        chunk = int(np.searchsorted(store.first_segment, begin))
        chunks = store.known.get_column("form").slice(chunk)
        if self._kept:
            found = chunks.to_frame("chunk").join(
                self._kept.find(chunks)[0], on="chunk", how="left", maintain_order="left"
            )
            # the store takes in first what it has met before: what is kept comes first here too
            missing = found.get_column("tags").is_null()
            kept = found.slice(0, missing.arg_max() if missing.any() else None)
            self._extend(*packing.unpack(kept, self.vectors.shape[1]))
            chunk += len(kept)
        begin = len(self.vectors)
        if begin == len(store.segments):
            return
        new = self._worked_out(store, begin)
        self._extend(*new)
        if self._kept:
            first = store.first_segment[chunk:]
            readings = store.first_reading[first]
            forms = store.known.get_column("form").slice(chunk)
            self._kept.write(packing.pack(forms, first - first[0], readings - readings[0], *new[:2], new[2].to_list()))

    def _cache(self) -> Cache | None:
        """Where what is worked out of each chunk is kept, if the weights are those of a file."""
        if not self.weights.digest or self.store.guesses is None:
            return None
        version = f"{self.store.analyses.version}-{self.store.guesses.version}-{self.weights.digest}"
        return Cache("vectors", version, packing.SCHEMA)

    def _extend(self, vectors: Floats, own: Floats, tags: pl.Series) -> None:
        for key in tags.unique().sort():
            if key not in self._groups:
                self._groups[key] = len(self.sequences)
                self.sequences.append(np.array(key.split(" "), dtype=np.int64))
        group = tags.replace_strict(self._groups, return_dtype=pl.Int64).to_numpy()
        self.vectors = np.concatenate([self.vectors, vectors])
        self.own = np.concatenate([self.own, own])
        self.group = np.concatenate([self.group, group])

    def _worked_out(self, store: Forms, begin: int) -> tuple[Floats, Floats, pl.Series]:
        """Vectors, own scores and tags of the store's segments from this one on, from their features."""
        weights, end = self.weights, len(store.segments)
        found = number(features.of_segments(store, begin), "segment", weights.segment_features, end - begin)
        vectors = np.rint(np.clip(found @ weights.features, -16, 16) * np.float32(_VALUE))
        first = store.first_reading[begin:]
        names, size = weights.reading_features, int(first[-1] - first[0])
        forms = names.filter(names.str.starts_with("FP:")).str.extract(r"(?s)^FP:(.+)\|[^|]*$").unique()
        scores = number(features.of_readings(store, begin, forms), "reading", names, size)
        empty = (store.readings.get_column("tag").slice(int(first[0])) == UNKNOWN).to_numpy()
        own = _round(scores @ weights.readings, 2.0**10) - np.float32(_AGAINST_EMPTY) * empty
        return vectors, own.astype(np.float32), self._tags(store, first)

    def choose(self, segment: Numbers, new_sentence: npt.NDArray[np.bool_]) -> Numbers:
        """The best reading (its number in the store) of each token; the first of equals."""
        self.refresh()
        first_reading, own = self.store.first_reading, self.own
        first = first_reading[segment]
        wanted = first_reading[segment + 1] - first > 1
        if not wanted.any():
            return first
        output = self.outputs(segment, new_sentence, wanted)
        places = np.flatnonzero(wanted)
        group = self.group[segment[places]].astype(np.int32)
        if len(self.sequences) < 2**15:
            group = group.astype(np.int16)  # sorted in linear time
        order = np.argsort(group, kind="stable")
        bounds = np.flatnonzero(np.diff(group[order], prepend=-1, append=-1))
        begins, sizes = bounds[:-1], np.diff(bounds)
        tags = self.layers["tags"]
        best = first.copy()
        for a, b in zip(begins[sizes >= _FEW].tolist(), bounds[1:][sizes >= _FEW].tolist(), strict=True):
            rows = order[a:b]
            sequence = self.sequences[group[rows[0]]]
            score = output[rows] @ tags[sequence].T
            reading = first[places[rows]]
            score += own[reading[:, None] + np.arange(len(sequence))]
            best[places[rows]] = reading + score.argmax(axis=1)
        few = sizes < _FEW
        rows = order[ranges(begins[few], sizes[few])]
        for at in range(0, len(rows), _BLOCK):
            some = rows[at : at + _BLOCK]
            reading = first[places[some]]
            sequences = [self.sequences[number] for number in group[some].tolist()]
            many = np.array([len(sequence) for sequence in sequences])
            each = ranges(reading, many)
            score = np.einsum("ij,ij->i", np.repeat(output[some], many, axis=0), tags[np.concatenate(sequences)])
            score += own[each]
            heads = np.cumsum(many) - many
            top = np.flatnonzero(score == np.repeat(np.maximum.reduceat(score, heads), many))
            owner = np.repeat(np.arange(len(some)), many)[top]
            best[places[some]] = each[top[np.diff(owner, prepend=-1) > 0]]
        return best

    def outputs(self, segment: Numbers, new_sentence: npt.NDArray[np.bool_], wanted: npt.NDArray[np.bool_]) -> Floats:
        """The output vector of each wanted token, in its sentence; one row a wanted token.

        The first convolution is worked out once a distinct segment and neighbour's place; a token adds them up.
        """
        layers = self.layers
        width, narrow, reach = layers["narrow"].shape[0], layers["narrow"].shape[1], 2 * REACH + 1
        known = self.vectors
        here = np.zeros(len(known), np.bool_)
        here[segment] = True
        local = (np.cumsum(here) - 1).astype(np.int32)
        vectors = np.concatenate([known[here], np.rint(layers["pad"] * _VALUE)[None]])
        parts = [vectors @ layers["conv1"][k] for k in range(reach)]
        parts[REACH] += layers["bias1"] * _VALUE
        # pads stand before the first sentence and after each
        sentence = np.cumsum(new_sentence)
        place = np.arange(len(segment)) + REACH * np.maximum(sentence, 1)
        size = int(place[-1]) + 1 + REACH
        types = np.full(size, len(vectors) - 1, np.int32)
        types[place] = local[segment]
        outside = np.ones(size, np.bool_)
        outside[place] = False
        flat = np.concatenate([layers["conv2"][k] for k in range(reach)])
        bias = layers["bias2"] * _VALUE
        rows = place[wanted]
        result = np.empty((len(rows), layers["out2"].shape[1]), np.float32)
        h = np.zeros((_BLOCK + 2 * REACH, width), np.float32)
        part = np.empty_like(h)
        z = np.empty((len(h), narrow), np.float32)
        windows = np.lib.stride_tricks.as_strided(z, (_BLOCK, reach * narrow), z.strides)
        done = 0
        for begin in range(0, size, _BLOCK):
            # hidden values of this block and, on each side, of the next convolution's reach
            until = int(np.searchsorted(rows, begin + _BLOCK))
            low, high = max(begin - REACH, REACH), min(begin + _BLOCK + REACH, size - REACH)
            if high > low and until > done:
                h[:] = 0
                inner = h[low - begin + REACH : high - begin + REACH]
                piece = part[: high - low]
                for k in range(reach):
                    np.take(parts[k], types[low + k - REACH : high + k - REACH], axis=0, out=piece, mode="clip")
                    inner += piece
                np.maximum(inner, 0, out=inner)
                np.rint(inner, out=inner)
                inner[outside[low:high]] = 0
                np.matmul(h, layers["narrow"], out=z)
                np.rint(z, out=z)
                take = rows[done:until] - begin
                second = windows[take] @ flat
                second += bias
                np.maximum(second, 0, out=second)
                np.rint(second, out=second)
                result[done:until] = second @ layers["out2"] + h[take + REACH] @ layers["out1"]
            done = until
        np.rint(result, out=result)
        result *= np.float32(1 / _VALUE)
        return result

    def _tags(self, store: Forms, first: Numbers) -> pl.Series:
        """The numbers of the tags of each segment's readings, with spaces."""
        tags = tagset.canonical_column(store.readings.get_column("tag").slice(int(first[0])))
        table = pl.DataFrame({"tag": self.weights.tag_names}).with_row_index("number")
        number_of = pl.DataFrame({"tag": tags}).join(table, on="tag", how="left", maintain_order="left")
        numbers = number_of.get_column("number").fill_null(0).cast(pl.String)
        sizes = np.diff(first)
        return (
            pl.DataFrame({"segment": np.repeat(np.arange(len(sizes)), sizes), "tag": numbers})
            .group_by("segment", maintain_order=True)
            .agg(pl.col("tag").str.join(" "))
            .get_column("tag")
        )


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
    result = sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    result.sum_duplicates()
    result.sort_indices()
    return result


def _round(values: Floats, steps: float) -> Floats:
    result: Floats = np.rint(values * np.float32(steps)) * np.float32(1 / steps)
    return result
