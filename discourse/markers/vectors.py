"""Vectors of lemmas: words that stand among the same words have vectors that point the same way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import polars as pl

FILE = Path(__file__).parent / "weights" / "vectors.npz"


@dataclass(frozen=True)
class Vectors:
    """One row a lemma in both: `codes` (lemma, code), and `rows`, which a code numbers."""

    codes: pl.DataFrame
    rows: np.ndarray

    @cached_property
    def number(self) -> dict[str, int]:
        """Lemma → code."""
        return dict(zip(self.codes["lemma"].to_list(), self.codes["code"].to_list(), strict=True))

    @property
    def size(self) -> int:
        """The numbers that a vector has."""
        return int(self.rows.shape[1])


@cache
def vectors() -> Vectors:
    """The vectors that come with the package; their weighted mean over running words is zero."""
    with np.load(FILE) as stored:
        lemmas = stored["lemmas"].tobytes().decode().split("\n")
        rows = stored["rows"].astype(np.float32) * np.float32(stored["scale"])
    return Vectors(pl.DataFrame({"lemma": lemmas, "code": np.arange(len(lemmas), dtype=np.int32)}), rows)


def write(lemmas: list[str], rows: np.ndarray, path: Path = FILE) -> None:
    """Stores vectors as whole numbers of eight bits, one scale for all."""
    scale = float(np.abs(rows).max()) / 127
    text = np.frombuffer("\n".join(lemmas).encode(), dtype=np.uint8)
    np.savez_compressed(path, lemmas=text, rows=np.round(rows / scale).astype(np.int8), scale=np.float32(scale))
