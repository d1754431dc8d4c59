"""Keyness: which items are more or less frequent in one group of documents than in the others, and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.special import chdtrc, ndtri, rel_entr

from discourse.core.errors import DiscourseError, unknown
from discourse.statistics.contrast import REST
from discourse.statistics.multiple import benjamini_hochberg
from discourse.statistics.occurrences import Floats, Occurrences, occurrences
from discourse.statistics.resample import percentiles, resampled_sums

_COUNTS = ("count_a", "count_b", "size_a", "size_b")
_DOCUMENTS = ("documents_a", "documents_b", "n_a", "n_b")
_NUMBERS = (
    *("rate_a", "rate_b", "g2", "p", "q", "log_ratio", "low", "high", "percent_diff", "odds_ratio", "odds_low"),
    *("odds_high", "dispersion_g2", "dispersion_p", "dispersion_q"),
)
#: The columns of the table.
COLUMNS: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(("item", "group_a", "group_b"), pl.String),
    **dict.fromkeys(_COUNTS, pl.UInt64),
    **dict.fromkeys(_DOCUMENTS, pl.UInt32),
    **dict.fromkeys(_NUMBERS, pl.Float64),
    "reason": pl.String,
}
#: Rates are per so many places.
PER = 1000

#: Counts of documents by items held at once while documents are drawn: 32 MB of floats.
_CELLS = 4_000_000
#: What a count of 0 is taken as where a logarithm is wanted.
_SMALLEST = 0.5


def keyness(
    counts: pl.DataFrame,
    groups: pl.DataFrame,
    *,
    sizes: pl.DataFrame | None = None,
    target: str | None = None,
    minimum: int = 1,
    draws: int = 0,
    seed: int = 0,
    level: float = 0.95,
) -> pl.DataFrame:
    """One row an item and group: how much more (or less) frequent the item is in `group_a` than in all others.

    `counts` has `doc_id, item, n`, `groups` has `doc_id, group`, `sizes` has `doc_id, n`: how many words (or other
    places where an item can stand) the counts are out of; without it, the sum of a document's counts. Documents of
    size 0 or without a group are left out. `group_b` is the other group, or `rest` where there are several. `target`
    names the only group wanted. Items that occur fewer than `minimum` times in all groups together are left out.

    - `count`, `size`: occurrences, and places; `rate` is 1000 · count / size. `documents` contain the item, out of `n`.
    - `g2`: the log-likelihood ratio over all four cells (Dunning 1993), negative where the item is rarer in a;
      `p` from chi-square with 1 degree of freedom, `q` after Benjamini and Hochberg over the table.
    - `log_ratio`: the binary logarithm of the ratio of relative frequencies (Hardie 2014): 1 is twice as frequent,
      −1 half as frequent. A count of 0 is taken as 0.5, which `reason` says. Its interval `low, high` is that of a
      log relative risk (Katz et al. 1978), as if each occurrence were independent; with `draws`, the percentile
      bootstrap over documents drawn within their group, which knows that words come in bursts.
    - `percent_diff`: 100 · (rate_a − rate_b) / rate_b (Gabrielatos and Marchi 2011), missing where rate_b is 0.
    - `odds_ratio`: (count_a / others_a) / (count_b / others_b), with Woolf's interval; 0.5 is added to all four cells
      where one is 0 (Haldane and Anscombe).
    - `dispersion_g2`: the signed G² of the numbers of documents that contain the item (text-dispersion keyness,
      Egbert and Biber 2019), with its p and q.

    p and q of `g2` take words for independent, and are small for what one long article repeats; those of
    `dispersion_g2` take documents for independent, and for about as long as each other: where those of a group are
    longer, more of them contain any word, whatever its frequency.

    Rows are sorted by group, then from the most to the least key (`g2`), then by item. What is missing has its
    `reason`. Raises `DiscourseError` where there are not two groups, a group is empty, or `target` is none of them.
    """
    design = _design(counts, groups, sizes, minimum)
    if target is not None and target not in design.groups:
        raise unknown("group", target, design.groups, "target")
    wanted = [at for at, name in enumerate(design.groups) if target in (None, name)]
    bounds = _resampled(design, wanted, draws, seed, level) if draws else {}
    frames = [_against_others(design, at, bounds.get(at), level) for at in wanted]
    return pl.concat(frames).with_columns(
        benjamini_hochberg(pl.concat(frame["p"] for frame in frames)),
        benjamini_hochberg(pl.concat(frame["dispersion_p"] for frame in frames)).alias("dispersion_q"),
    ).select(*COLUMNS)


def log_likelihood(a: Floats, b: Floats, size_a: float, size_b: float) -> Floats:
    """The signed G² of counts `a` of `size_a` against `b` of `size_b`: 2 Σ O ln(O / E) over the four cells.

    Positive where the relative frequency in a is the higher, negative where it is the lower (Dunning 1993).
    """
    share = (a + b) / (size_a + size_b)
    cells = ((a, size_a * share), (b, size_b * share))
    others = ((size_a - a, size_a * (1 - share)), (size_b - b, size_b * (1 - share)))
    total = np.sum([rel_entr(seen, expected) for seen, expected in (*cells, *others)], axis=0)
    return np.sign(a * size_b - b * size_a) * 2 * np.maximum(total, 0.0)


def log_ratio(a: Floats, b: Floats, size_a: float | Floats, size_b: float | Floats) -> Floats:
    """log₂ of the ratio of relative frequencies; a count of 0 is taken as 0.5 (Hardie 2014)."""
    return np.log2(_above_zero(a) / size_a) - np.log2(_above_zero(b) / size_b)


@dataclass(frozen=True)
class _Design:
    """Counts by group: of items (`counts`), of documents that contain them (`holding`), of places and documents."""

    found: Occurrences
    groups: list[str]
    group: npt.NDArray[np.intp]
    counts: Floats  # groups × items
    holding: Floats  # groups × items
    sizes: Floats
    documents: Floats

    def sides(self, at: int) -> list[tuple[Floats, Floats, float, float]]:
        """Counts, documents that contain, size and number of documents: in this group, and in all others."""
        others = np.arange(len(self.groups)) != at
        return [
            (self.counts[side].sum(axis=0), self.holding[side].sum(axis=0), self.sizes[side].sum(),
             self.documents[side].sum())
            for side in (~others, others)
        ]  # fmt: skip


def _design(counts: pl.DataFrame, groups: pl.DataFrame, sizes: pl.DataFrame | None, minimum: int) -> _Design:
    found = occurrences(counts, sizes)
    grouped = _grouped(groups)
    names = sorted(grouped["group"].unique())
    if len(names) < 2:
        have = f"only {names[0]!r}" if names else "none"
        raise DiscourseError(f"table 'groups': keyness needs two groups, it has {have}; group by another column")
    of = dict(grouped.iter_rows())
    rows = np.array([row for row, doc in enumerate(found.doc_id) if doc in of], np.intp)
    found = found.of(rows)
    number = {name: at for at, name in enumerate(names)}
    group = np.array([number[of[doc]] for doc in found.doc_id], np.intp)
    documents = np.bincount(group, minlength=len(names))
    if not documents.all():
        empty = names[int(np.argmin(documents))]
        held = grouped.filter(pl.col("group") == empty).height
        raise DiscourseError(
            f"table 'groups': group {empty!r} has nothing to count in its documents ({held}); leave it out"
        )
    member = (group == np.arange(len(names))[:, None]).astype(float)
    summed, holding = (found.counts.T @ member.T).T, ((found.counts > 0).astype(float).T @ member.T).T
    kept = np.flatnonzero(summed.sum(axis=0) >= max(minimum, 1))
    if not len(kept):
        most = f"{int(summed.sum(axis=0).max())} times" if summed.size else "never"
        raise DiscourseError(
            f"table 'counts': no item occurs {max(minimum, 1)} times in these groups (the most frequent: {most}); "
            "lower the minimum, or count other items"
        )
    found = Occurrences(found.doc_id, [found.items[at] for at in kept], found.counts[:, kept], found.sizes)
    sizes_ = member @ found.sizes
    return _Design(found, names, group, summed[:, kept], holding[:, kept], sizes_, documents.astype(np.float64))


def _grouped(groups: pl.DataFrame) -> pl.DataFrame:
    for column in ("doc_id", "group"):
        if column not in groups.columns:
            raise DiscourseError(f"table 'groups': column {column!r} is missing; it has {', '.join(groups.columns)}")
    found = groups.select(pl.col("doc_id").cast(pl.String), pl.col("group").cast(pl.String)).drop_nulls()
    if (twice := found.filter(pl.col("doc_id").is_duplicated())).height:
        raise DiscourseError(f"table 'groups': document {twice['doc_id'].min()!r} stands twice; give it one group")
    return found


def _against_others(design: _Design, at: int, resampled: tuple[Floats, Floats] | None, level: float) -> pl.DataFrame:
    name_a, name_b = design.groups[at], _other(design, at)
    (a, with_a, size_a, n_a), (b, with_b, size_b, n_b) = design.sides(at)
    z = ndtri((1 + level) / 2)
    ratio = log_ratio(a, b, size_a, size_b)
    if resampled is None:
        low, high = _by_words(ratio, a, b, size_a, size_b, z)
    else:
        low, high = resampled
    odds = [np.log(cell) for cell in _corrected(a, size_a - a, b, size_b - b)]
    log_odds = odds[0] - odds[1] - odds[2] + odds[3]
    reach = z * np.sqrt(np.sum([np.exp(-cell) for cell in odds], axis=0))
    g2 = log_likelihood(a, b, size_a, size_b)
    dispersion = log_likelihood(with_a, with_b, n_a, n_b)
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = np.where(b > 0, 100 * (a / size_a - b / size_b) / (b / size_b), np.nan)
    whole = {"count_a": a, "count_b": b, "documents_a": with_a, "documents_b": with_b}
    constant = {"size_a": size_a, "size_b": size_b, "n_a": n_a, "n_b": n_b}
    numbers = {
        "rate_a": PER * a / size_a, "rate_b": PER * b / size_b, "g2": g2, "p": chdtrc(1, np.abs(g2)),
        "log_ratio": ratio, "low": low, "high": high, "percent_diff": percent, "odds_ratio": np.exp(log_odds),
        "odds_low": np.exp(log_odds - reach), "odds_high": np.exp(log_odds + reach),
        "dispersion_g2": dispersion, "dispersion_p": chdtrc(1, np.abs(dispersion)),
    }  # fmt: skip
    alone = [name for name, n in ((name_a, n_a), (name_b, n_b)) if n < 2]
    why = f"{alone[0]!r} has one document" if alone else "one group never has it"
    lacking = np.isnan(low) if resampled is not None else np.zeros(len(a), bool)
    reasons = [_reason(name_a, name_b, *row, why) for row in zip(a, b, lacking, strict=True)]
    frame = pl.DataFrame({"item": design.found.items, **whole, **numbers}).with_columns(
        pl.Series("reason", reasons, dtype=pl.String),
        pl.lit(name_a).alias("group_a"), pl.lit(name_b).alias("group_b"), pl.lit(None, pl.Float64).alias("q"),
        pl.lit(None, pl.Float64).alias("dispersion_q"), *(pl.lit(value).alias(key) for key, value in constant.items()),
    ).fill_nan(None)  # fmt: skip
    return frame.select(pl.col(key).cast(kind) for key, kind in COLUMNS.items()).sort(
        "g2", "item", descending=[True, False]
    )


def _other(design: _Design, at: int) -> str:
    return design.groups[1 - at] if len(design.groups) == 2 else REST


def _by_words(
    ratio: Floats, a: Floats, b: Floats, size_a: float, size_b: float, z: float
) -> tuple[Floats, Floats]:
    """The interval of a log relative risk (Katz et al. 1978), in binary logarithms."""
    variance = 1 / _above_zero(a) - 1 / size_a + 1 / _above_zero(b) - 1 / size_b
    reach = z * np.sqrt(np.maximum(variance, 0.0)) / np.log(2)
    return ratio - reach, ratio + reach


def _corrected(*cells: Floats) -> list[Floats]:
    """The four cells, with 0.5 added to all of them where one is 0."""
    added = np.where(np.any([cell == 0 for cell in cells], axis=0), 0.5, 0.0)
    return [cell + added for cell in cells]


def _above_zero(count: Floats) -> Floats:
    return np.where(count > 0, count, _SMALLEST)


def _resampled(
    design: _Design, wanted: list[int], draws: int, seed: int, level: float
) -> dict[int, tuple[Floats, Floats]]:
    """Group → bounds of Log Ratio for every item, from documents drawn with replacement within their group.

    NaN where a group has one document, or none that contains the item: nothing would vary there.
    """
    rows = [np.flatnonzero(design.group == at) for at in range(len(design.groups))]
    sizes = [_draw(design, at, design.found.sizes[rows[at], None], draws, seed) for at in range(len(rows))]
    bounds = {at: (np.full(len(design.found.items), np.nan), np.full(len(design.found.items), np.nan)) for at in wanted}
    by_group = [design.found.counts[own].tocsc() for own in rows]
    for first, last in _blocks(design, draws):
        drawn = [_draw(design, at, by_group[at][:, first:last].toarray(), draws, seed) for at in range(len(rows))]
        all_counts, all_sizes = np.sum(drawn, axis=0), np.sum(sizes, axis=0)
        for at in wanted:
            ratio = log_ratio(drawn[at], all_counts - drawn[at], sizes[at], all_sizes - sizes[at])
            bounds[at][0][first:last], bounds[at][1][first:last] = percentiles(ratio, level)
    for at in wanted:
        (a, _, _, n_a), (b, _, _, n_b) = design.sides(at)
        still = (a == 0) | (b == 0) | (min(n_a, n_b) < 2)
        for bound in bounds[at]:
            bound[still] = np.nan
    return bounds


def _draw(design: _Design, at: int, columns: Floats, draws: int, seed: int) -> Floats:
    """Sums over the group's drawn documents; the same documents are drawn whatever the columns."""
    return resampled_sums(columns, draws, seed, "keyness", design.groups[at])


def _blocks(design: _Design, draws: int) -> Iterator[tuple[int, int]]:
    """Items so many at a time that neither their counts nor their draws fill the memory."""
    step = max(1, _CELLS // max(len(design.found.doc_id), draws * len(design.groups)))
    for first in range(0, len(design.found.items), step):
        yield first, min(first + step, len(design.found.items))


def _reason(name_a: str, name_b: str, a: float, b: float, lacking: bool, why: str) -> str | None:
    reasons = [f"log_ratio: 0 in {name!r} taken as {_SMALLEST}" for name, n in ((name_a, a), (name_b, b)) if n == 0]
    if lacking:
        reasons.append(f"no interval by documents: {why}")
    if b == 0:
        reasons.append(f"percent_diff: none in {name_b!r}")
    return "; ".join(reasons) or None
