"""What the tagger works out once a segment, as rows of one a chunk that can be kept on disk."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

SCHEMA = pl.Schema(
    {
        "chunk": pl.String,
        "vectors": pl.Binary,  # of its segments, 16-bit whole numbers of steps
        "own": pl.Binary,  # of all their readings, single precision
        "tags": pl.String,  # the tags' numbers of each segment's readings, with spaces; a bar between segments
    }
)

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


def pack(
    chunks: pl.Series, first_segment: Numbers, first_reading: Numbers, vectors: Floats, own: Floats, tags: Sequence[str]
) -> pl.DataFrame:
    """One row a chunk; segments and readings of chunk `i` begin at `first_segment[i]` and `first_reading[i]`."""
    size = vectors.shape[1] * 2
    packed = memoryview(np.ascontiguousarray(vectors, dtype="<i2").tobytes())
    scores = memoryview(np.ascontiguousarray(own, dtype="<f4").tobytes())
    return pl.DataFrame(
        {
            "chunk": chunks,
            "vectors": [bytes(packed[a * size : b * size]) for a, b in itertools.pairwise(first_segment.tolist())],
            "own": [bytes(scores[a * 4 : b * 4]) for a, b in itertools.pairwise(first_reading.tolist())],
            "tags": ["|".join(tags[a:b]) for a, b in itertools.pairwise(first_segment.tolist())],
        },
        schema=SCHEMA,
    )


def unpack(kept: pl.DataFrame, size: int) -> tuple[Floats, Floats, pl.Series]:
    """Vectors, own scores and tags of the segments of these chunks, in their order."""
    vectors = np.frombuffer(b"".join(kept.get_column("vectors")), "<i2").reshape(-1, size)
    own = np.frombuffer(b"".join(kept.get_column("own")), "<f4")
    return vectors.astype(np.float32), own, kept.get_column("tags").str.split("|").explode(empty_as_null=False)
