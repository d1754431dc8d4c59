"""Keyness in a corpus: its documents annotated batch by batch, their items counted and compared between groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from discourse.core.errors import DiscourseError, nearest, unknown
from discourse.core.polish import collation
from discourse.core.progress import track
from discourse.corpus.load import batches
from discourse.experiment.annotation import annotate_with
from discourse.experiment.engines.local import each
from discourse.language.annotate import tokens as tokenise
from discourse.measures.items import (
    OF_TOKENS,
    PLACES,
    items_of_tokens,
    markers_as_items,
    parts_of_speech,
    speakers_as_items,
)
from discourse.report.tables import Table
from discourse.statistics import dispersion as spread
from discourse.statistics import keyness as key
from discourse.statistics.contrast import REST

#: What rows can be sorted by: option → column. Log Ratio counts by its lower bound: large and certain comes first.
ORDERS = {"g2": "g2", "dispersion": "dispersion_g2", "log_ratio": "low"}


@dataclass(frozen=True)
class Wanted:
    """What is counted, and how it is compared; refused where it is nothing that could be done."""

    by: str
    of: str = "lemma"
    pos: tuple[str, ...] = ()
    target: str | None = None
    minimum: int = 5
    draws: int = 0
    seed: int = 0
    sort: str = "g2"
    dispersion: bool = False

    def __post_init__(self) -> None:
        if self.of not in PLACES:
            raise unknown("kind of items", self.of, PLACES, "--of")
        if self.sort not in ORDERS:
            raise unknown("order", self.sort, ORDERS, "--sort")
        if self.pos and self.of not in OF_TOKENS:
            raise DiscourseError(f"--pos: a {self.of} has no part of speech; leave it out, or count lemmas")
        parts_of_speech(self.pos)


@dataclass(frozen=True)
class Counted:
    """Items of the documents: `counts` (`doc_id, item, n`), `sizes` (`doc_id, n`), and where they stand, if wanted."""

    counts: pl.DataFrame
    sizes: pl.DataFrame
    places: pl.DataFrame | None


def grouped(documents: pl.DataFrame, by: str) -> pl.DataFrame:
    """The documents' groups, `doc_id, group`; raises `DiscourseError` where they have no such column."""
    known = sorted(set(documents.columns) - {"text", "title", "doc_id"}, key=collation)
    if by not in known:
        raise DiscourseError(f"--by: no document has the column {by!r}{nearest(by, known)}")
    return documents.select("doc_id", pl.col(by).cast(pl.String).alias("group")).filter(pl.col("group") != "")


def counted(
    documents: pl.DataFrame,
    of: str = "lemma",
    pos: Sequence[str] = (),
    *,
    places: bool = False,
    workers: int = 1,
    lexicons: tuple[Path, ...] = (),
) -> Counted:
    """The items of the documents, annotated batch by batch on so many processes; `places` keeps where they stand."""
    work = partial(_batch, of=of, pos=parts_of_speech(pos), places=places, lexicons=lexicons)
    size = int(documents["text"].str.len_chars().sum() or 0)
    texts = documents.select("^(doc_id|title|text|recurrent)$")
    parts = list(track(each(work, batches(texts), workers), "counting", total=size // 1_000_000 + 1))
    if not parts:
        raise DiscourseError("the corpus holds no document")
    counts, sizes, stands = (pl.concat([part[at] for part in parts]) for at in range(3))
    return Counted(counts, sizes, stands if places else None)


def key_items(
    documents: pl.DataFrame, wanted: Wanted, *, workers: int = 1, lexicons: tuple[Path, ...] = ()
) -> pl.DataFrame:
    """One row an item and group, the columns of `statistics.keyness`, from the most to the least key.

    With `wanted.dispersion` also how evenly the item is spread over the documents of `group_a`.
    """
    groups = grouped(documents, wanted.by)
    names = groups["group"].unique()
    if wanted.target is not None and wanted.target not in names:
        raise unknown(wanted.by, wanted.target, names, "--target")
    if len(names) < 2:
        have = f"only {names[0]!r}" if len(names) else "no value"
        raise DiscourseError(f"--by {wanted.by}: the documents have {have}; keyness needs two groups")
    found = counted(documents, wanted.of, wanted.pos, places=wanted.dispersion, workers=workers, lexicons=lexicons)
    return key_table(found, groups, wanted)


def key_table(found: Counted, groups: pl.DataFrame, wanted: Wanted) -> pl.DataFrame:
    """The rows of `key_items` from items that are counted, for documents of these groups (`doc_id, group`)."""
    names = groups["group"].unique().to_list()
    if wanted.target is not None and wanted.target not in names:
        raise unknown(wanted.by, wanted.target, names, "target")
    if len(names) < 2:
        raise DiscourseError(f"{wanted.by}: the documents have fewer than two groups; keyness needs two")
    table = key.keyness(
        found.counts,
        groups,
        sizes=found.sizes,
        target=wanted.target,
        minimum=wanted.minimum,
        draws=wanted.draws,
        seed=wanted.seed,
    )
    if wanted.dispersion:
        table = _with_dispersion(table, found, groups)
    column = ORDERS[wanted.sort]
    return table.sort("group_a", column, "item", descending=[False, True, False], nulls_last=True)


def as_table(frame: pl.DataFrame, wanted: Wanted, name: str = "keyness") -> Table:
    """The rows with their headings and a note on method, for people to read."""
    wide = ("item", "group_a", "count_a", "count_b", "rate_a", "rate_b", "documents_a", "documents_b", "g2", "q",
            "log_ratio", "low", "high", "dispersion_g2")  # fmt: skip
    shown = [*wide, *(c for c in ("juilland_d", "dp_norm", "arf") if c in frame.columns)]
    if frame["group_a"].n_unique() < 2:
        shown.remove("group_a")
    by = {"pl": "z dokumentów losowanych ze zwracaniem" if wanted.draws else "ze wzoru, jak dla niezależnych słów",
          "en": "documents resampled" if wanted.draws else "formula, as if words were independent"}  # fmt: skip
    sides = {"pl": "a: grupa, b: pozostałe", "en": "a: the group, b: the others"}
    if "group_a" not in shown and frame.height:
        a, b = frame["group_a"][0], frame["group_b"][0]
        sides = {"pl": f"a: {a}, b: {'pozostałe' if b == REST else b}", "en": f"a: {a}, b: {b}"}
    return Table(
        name=name,
        frame=frame.select(shown),
        caption={
            "pl": f"Kluczowość ({wanted.of}) według: {wanted.by}; {sides['pl']}",
            "en": f"Keyness ({wanted.of}) by {wanted.by}; {sides['en']}",
        },
        note={
            "pl": "Częstości na 1000 miejsc. G² (Dunning 1993) ze znakiem; q według Benjaminiego i Hochberga; "
            "log ratio to logarytm dwójkowy ilorazu częstości, zero wystąpień liczone jak 0,5, jego przedział 95% "
            f"{by['pl']}; G² dokumentów porównuje liczby dokumentów z daną jednostką (Egbert i Biber 2019).",
            "en": "Rates per 1,000 places. Signed G² (Dunning 1993); q after Benjamini and Hochberg; log ratio is the "
            "binary log of the ratio of rates, 0 occurrences taken as 0.5, its 95% interval "
            f"by {by['en']}; G² of documents compares the numbers of documents with the item (Egbert and Biber 2019).",
        },
        labels=_LABELS,
        digits={"q": 3, "juilland_d": 2, "dp_norm": 2, "arf": 1},
    )


_LABELS = {
    "item": {"pl": "jednostka", "en": "item"},
    "group_a": {"pl": "grupa a", "en": "group a"},
    "count_a": {"pl": "n (a)", "en": "n (a)"},
    "count_b": {"pl": "n (b)", "en": "n (b)"},
    "rate_a": {"pl": "częstość (a)", "en": "rate (a)"},
    "rate_b": {"pl": "częstość (b)", "en": "rate (b)"},
    "documents_a": {"pl": "dokumenty (a)", "en": "documents (a)"},
    "documents_b": {"pl": "dokumenty (b)", "en": "documents (b)"},
    "g2": {"pl": "G²", "en": "G²"},
    "log_ratio": {"pl": "log ratio", "en": "log ratio"},
    "low": {"pl": "od", "en": "low"},
    "high": {"pl": "do", "en": "high"},
    "dispersion_g2": {"pl": "G² dokumentów", "en": "G² of documents"},
    "juilland_d": {"pl": "D (a)", "en": "D (a)"},
    "dp_norm": {"pl": "DPnorm (a)", "en": "DPnorm (a)"},
    "arf": {"pl": "ARF (a)", "en": "ARF (a)"},
}


def _batch(
    documents: pl.DataFrame, of: str, pos: tuple[str, ...], places: bool, lexicons: tuple[Path, ...]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    if of in OF_TOKENS:
        found = items_of_tokens(tokenise(documents), of, pos)
    else:
        done = annotate_with(documents, lexicons=lexicons)
        found = markers_as_items(done.markers, done.tokens) if of == "marker" else speakers_as_items(done.attributions)
    return found.counts(), found.sizes, found.places if places else found.places.clear()


def _with_dispersion(table: pl.DataFrame, found: Counted, groups: pl.DataFrame) -> pl.DataFrame:
    """The table with `juilland_d, dp, dp_norm, arf` of each item in the documents of its `group_a`."""
    places = found.places if found.places is not None and not found.places["position"].null_count() else None
    parts = []
    for (group,), rows in table.group_by("group_a", maintain_order=True):
        own = groups.filter(pl.col("group") == group).select("doc_id")
        counts, sizes = (frame.join(own, on="doc_id", how="semi") for frame in (found.counts, found.sizes))
        stands = None if places is None else places.join(own, on="doc_id", how="semi")
        even = spread.dispersion(counts, sizes=sizes, positions=stands)
        columns = ["item", "juilland_d", "dp", "dp_norm", "arf", pl.col("reason").alias("_why")]
        never = pl.when(pl.col("count_a") == 0).then(pl.lit(f"juilland_d, dp, dp_norm, arf: none in {group!r}"))
        parts.append(
            rows.join(even.select(columns), on="item", how="left", maintain_order="left").with_columns(
                pl.concat_str("reason", "_why", never, separator="; ", ignore_nulls=True).replace("", None)
            )
        )
    return pl.concat(parts).drop("_why")
