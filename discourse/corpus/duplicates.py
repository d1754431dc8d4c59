"""Near-duplicates: documents that say nearly the same in the same words, such as an agency's report in two outlets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.core.errors import DiscourseError

Words = npt.NDArray[np.uint64]

_BATCH = 2_000  # documents whose words are held at once
_PERMUTATIONS = 128
# The cut into bands loses one pair in a thousand at the threshold; what it lets through too much is compared word by
# word afterwards.
_WEIGHTS = (0.1, 0.9)
_HIGHEST = 0.95  # above it there would be one band, which the library refuses
_BASE = np.uint64(0x9E3779B97F4A7C15)


def duplicate_groups(
    documents: pl.DataFrame, threshold: float = 0.8, *, shingle: int = 5, seed: int = 1
) -> pl.DataFrame:
    """One row a document: `doc_id`, its `group`, and `similarity`, that to the most alike of its group (null alone).

    Two documents (`doc_id`, `text`) are near-duplicates where the Jaccard similarity of their sets of `shingle`
    consecutive words (in lower case, punctuation left out) is at least `threshold`. Candidates come from MinHash and
    locality-sensitive hashing through datasketch (Broder 1997), and are then compared exactly. A group is what is
    linked by such pairs; it is named by its first document in order of id, and a document that is like no other is a
    group by itself. A text shorter than a shingle is one shingle; a text without a word is like no other. Sorted by
    `doc_id`; the same for documents in any order. Memory grows with the documents by about 1 kB each, not with their
    length.

    Raises `DiscourseError` for a threshold outside (0, 1], or a document that stands twice.
    """
    if not 0 < threshold <= 1:
        raise DiscourseError(f"near-duplicates: the threshold is a similarity above 0 and up to 1, not {threshold:g}")
    if shingle < 1:
        raise DiscourseError(f"near-duplicates: a shingle has at least 1 word, not {shingle}")
    texts = documents.select(pl.col("doc_id").cast(pl.String), pl.col("text").cast(pl.String).fill_null(""))
    texts = texts.sort("doc_id")
    if (twice := texts.filter(pl.col("doc_id").is_duplicated())).height:
        raise DiscourseError(f"table 'documents': document {twice['doc_id'][0]!r} stands twice; give each its own id")
    first_of, pairs = _candidates(texts, threshold, shingle, seed)
    links = [(row, first, 1.0) for row, first in first_of.items()]
    links += _alike(texts, pairs, threshold, shingle)
    group = np.arange(texts.height)
    for a, b, _ in links:
        low, high = sorted((_root(group, a), _root(group, b)))
        group[high] = low
    root = [_root(group, row) for row in range(texts.height)]
    nearest = np.full(texts.height, np.nan)
    for a, b, similarity in links:
        nearest[[a, b]] = np.fmax(nearest[[a, b]], similarity)
    return texts.select(
        "doc_id",
        texts["doc_id"].gather(pl.Series(root, dtype=pl.UInt32)).alias("group"),
        pl.Series("similarity", nearest).fill_nan(None),
    )


def _candidates(
    texts: pl.DataFrame, threshold: float, shingle: int, seed: int
) -> tuple[dict[int, int], list[tuple[int, int]]]:
    """Rows whose shingles are those of an earlier row, with that row; pairs of other rows that may be alike."""
    from datasketch import MinHash, MinHashLSH

    blank = MinHash(num_perm=_PERMUTATIONS, seed=seed, scheme="affine64", hashfunc=int)
    index = MinHashLSH(threshold=min(threshold, _HIGHEST), num_perm=_PERMUTATIONS, weights=_WEIGHTS)
    seen: dict[bytes, int] = {}
    same: dict[int, int] = {}
    pairs = []
    for row, shingles in enumerate(_each(texts, shingle)):
        if not len(shingles):
            continue
        first = seen.setdefault(hashlib.blake2b(shingles.tobytes(), digest_size=16).digest(), row)
        if first != row:
            same[row] = first
            continue
        signature = blank.copy()
        signature.update_batch(shingles)
        pairs += [(other, row) for other in sorted(index.query(signature))]
        index.insert(row, signature)
    return same, pairs


def _alike(
    texts: pl.DataFrame, pairs: list[tuple[int, int]], threshold: float, shingle: int
) -> list[tuple[int, int, float]]:
    """The pairs that are alike, with their similarity."""
    rows = sorted({row for pair in pairs for row in pair})
    sets = dict(zip(rows, _each(texts[rows], shingle), strict=True))
    found = []
    for a, b in pairs:
        shared = len(np.intersect1d(sets[a], sets[b], assume_unique=True))
        similarity = shared / (len(sets[a]) + len(sets[b]) - shared)
        if similarity >= threshold:
            found.append((a, b, similarity))
    return found


def _each(texts: pl.DataFrame, shingle: int) -> Iterator[Words]:
    """The distinct shingles of each document, as sorted numbers of 64 bits."""
    for batch in texts.iter_slices(_BATCH):
        found = batch.select(pl.col("text").str.to_lowercase().str.extract_all(r"[\p{L}\p{N}]+").alias("words"))
        numbers = _numbers(found.explode("words")["words"])
        lengths = found["words"].list.len().to_numpy().astype(np.int64)
        # a document without a word leaves one null row behind
        ends = np.cumsum(np.maximum(lengths, 1))
        for length, end in zip(lengths.tolist(), ends.tolist(), strict=True):
            yield _shingles(numbers[end - max(length, 1) : end][:length], shingle)


def _numbers(words: pl.Series) -> Words:
    """A number for each word that depends on its letters alone, on every machine and in every version."""
    known = words.drop_nulls().unique()
    digests = [hashlib.blake2b(word.encode(), digest_size=8).digest() for word in known]
    table = pl.DataFrame({"word": known, "number": np.frombuffer(b"".join(digests), "<u8").astype(np.uint64)})
    joined = pl.DataFrame({"word": words}).join(table, on="word", how="left", maintain_order="left")
    return joined["number"].fill_null(0).to_numpy()


def _shingles(words: Words, shingle: int) -> Words:
    if not len(words):
        return words
    size = min(shingle, len(words))
    found = np.zeros(len(words) - size + 1, np.uint64)
    for at in range(size):  # overflow wraps around: arithmetic modulo 2⁶⁴
        found = found * _BASE + words[at : at + len(found)]
    return np.unique(found)


def _root(group: npt.NDArray[np.intp], row: int) -> int:
    while group[row] != row:
        group[row] = group[group[row]]
        row = int(group[row])
    return row
