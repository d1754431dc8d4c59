"""Near-duplicates: documents that say nearly the same in the same words, such as an agency's report in two outlets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.core.codes import once
from discourse.core.errors import DiscourseError
from discourse.corpus import hashing

Words = npt.NDArray[np.uint64]

_BATCH = 2_000  # documents whose words are held at once
_PERMUTATIONS = 128
# The cut into bands loses one pair in a thousand at the threshold; what it lets through too much is compared word by
# word afterwards.
_WEIGHTS = (0.1, 0.9)
_HIGHEST = 0.95  # above it there would be one band, which the library refuses
_CROWD = 1_000  # documents in one bucket, beyond which not all pairs are compared


def duplicate_groups(
    documents: pl.DataFrame, threshold: float = 0.8, *, shingle: int = 5, seed: int = 1
) -> pl.DataFrame:
    """One row a document: `doc_id`, its `group`, and `similarity`, that to the most alike of its group (null alone).

    Two documents (`doc_id`, `text`) are near-duplicates where the Jaccard similarity of their sets of `shingle`
    consecutive words (in lower case, punctuation left out) is at least `threshold`. Candidates come from MinHash and
    locality-sensitive hashing with the permutations and bands of datasketch (Broder 1997), and are then compared
    exactly. A group is what is linked by such pairs; it is named by its first document in order of id, and a document
    that is like no other is a group by itself. A text shorter than a shingle is one shingle; a text without a word is
    like no other. Sorted by `doc_id`; the same for documents in any order. Memory grows with the documents by about
    0.5 kB each, and with the words of those that are compared. In a crowd of more than a thousand that share a band,
    each is compared with the next thousand only.

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
) -> tuple[dict[int, int], tuple[hashing.Places, hashing.Places]]:
    """Rows whose shingles are those of an earlier row, with that row; pairs of other rows that may be alike."""
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=min(threshold, _HIGHEST), num_perm=_PERMUTATIONS, weights=_WEIGHTS)
    a, b = MinHash(num_perm=_PERMUTATIONS, seed=seed, scheme="affine64", hashfunc=int).permutations
    seen: dict[bytes, int] = {}
    same: dict[int, int] = {}
    numbers = []
    row = 0
    for sets, ends in _each(texts, shingle):
        numbers.append(hashing.bands(sets, ends, a, b, lsh.b, lsh.r))
        begin = 0
        for end in ends.tolist():
            if end > begin:
                first = seen.setdefault(hashlib.blake2b(sets[begin:end].tobytes(), digest_size=16).digest(), row)
                if first != row:
                    same[row] = first
            begin, row = end, row + 1
    rows = np.array(sorted(set(seen.values())), np.int64)
    if not len(rows):
        return same, (rows, rows)
    whole = np.concatenate(numbers)[rows]
    codes = [_together(np.ascontiguousarray(whole[:, band]), rows) for band in range(lsh.b)]
    pairs = once(np.concatenate(codes))
    return same, (pairs >> 32, pairs & 0xFFFFFFFF)


def _together(band: Words, rows: hashing.Places) -> hashing.Places:
    """The pairs of rows with one number in the band, each as one number: the lower row above 32 bits, the higher below.

    Where more than `_CROWD` rows share a number, each is paired with the next ones only, not with all.
    """
    order = np.argsort(band, kind="stable")
    ordered, rows = band[order], rows[order]
    found = []
    for step in range(1, _CROWD):
        alike = ordered[step:] == ordered[:-step]
        if not alike.any():
            break
        found.append((rows[:-step][alike] << 32) + rows[step:][alike])
    return np.concatenate(found) if found else np.empty(0, np.int64)


def _alike(
    texts: pl.DataFrame, pairs: tuple[hashing.Places, hashing.Places], threshold: float, shingle: int
) -> list[tuple[int, int, float]]:
    """The pairs that are alike, with their similarity."""
    left, right = pairs
    rows = once(np.concatenate([left, right]))
    if not len(rows):
        return []
    parts = list(_each(texts[rows], shingle))
    sets = np.concatenate([part for part, _ in parts])
    sizes = np.concatenate([np.diff(ends, prepend=0) for _, ends in parts])
    ends = np.cumsum(sizes)
    place_left, place_right = np.searchsorted(rows, left), np.searchsorted(rows, right)
    similarity = hashing.jaccard(sets, ends - sizes, ends, place_left, place_right)
    kept = similarity >= threshold
    return list(zip(left[kept].tolist(), right[kept].tolist(), similarity[kept].tolist(), strict=True))


def _each(texts: pl.DataFrame, shingle: int) -> Iterator[tuple[Words, hashing.Places]]:
    """The distinct shingles of some documents after the other, sorted within each, and where each document's end."""
    for batch in texts.iter_slices(_BATCH):
        found = batch.select(pl.col("text").str.to_lowercase().str.extract_all(r"[\p{L}\p{N}]+").alias("words"))
        words = found.filter(pl.col("words").list.len() > 0).explode("words")["words"]
        ends = found["words"].list.len().cast(pl.Int64).cum_sum().to_numpy()
        yield hashing.shingles(_numbers(words), ends.astype(np.int64), shingle)


def _numbers(words: pl.Series) -> Words:
    """A number for each word that depends on its letters alone, on every machine and in every version."""
    known = words.unique()
    digests = [hashlib.blake2b(word.encode(), digest_size=8).digest() for word in known]
    table = pl.DataFrame({"word": known, "number": np.frombuffer(b"".join(digests), "<u8").astype(np.uint64)})
    joined = pl.DataFrame({"word": words}).join(table, on="word", how="left", maintain_order="left")
    return joined["number"].to_numpy()


def _root(group: npt.NDArray[np.intp], row: int) -> int:
    while group[row] != row:
        group[row] = group[group[row]]
        row = int(group[row])
    return row
