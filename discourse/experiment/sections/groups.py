"""Which documents belong to which group, for the analyses to share."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.polish import collation
from discourse.experiment.config import Experiment
from discourse.experiment.gather import Gathered
from discourse.report.labels import Text

#: Groups whose sizes a note can list.
_MOST = 12
_VALUES = 4_000_000  # held at once

#: Columns and wholes of the tables in which groups become columns or rows.
RESERVED = ("all", "rest", "family", "measure", "missing", "role")


def others(gathered: Gathered) -> pl.DataFrame:
    """The documents that are compared: all but the studied one."""
    return gathered.documents.filter(pl.col("doc_id") != (gathered.study or ""))


def groups(experiment: Experiment, gathered: Gathered, column: str) -> pl.DataFrame:
    """One row a document: `doc_id, group`, for groups of at least `minimum_group` documents.

    In the order of the groups' labels, by the Polish alphabet.
    """
    found = (
        others(gathered)
        .select("doc_id", pl.col(column).alias("group"))
        .filter(pl.col("group").is_not_null() & (pl.col("group") != ""))
        .filter(pl.len().over("group") >= experiment.minimum_group)
    )
    if taken := sorted(set(RESERVED) & set(found["group"])):
        raise DiscourseError(
            f"column {column!r}: a group is called {taken[0]!r}, a word that the tables need; rename it"
        )
    labels = gathered.labels.get(column, {})

    def label(name: str) -> tuple[object, ...]:
        return collation(labels[name][experiment.language] if name in labels else name)

    rank = {name: i for i, name in enumerate(sorted(sorted(found["group"].unique().to_list()), key=label))}
    if not rank:
        return found
    return found.sort(pl.col("group").replace_strict(rank, return_dtype=pl.Int64), maintain_order=True)


def sizes(experiment: Experiment, gathered: Gathered, column: str) -> Text:
    """How many documents each group has, in words for a table's note; the whole alone where groups are many."""
    members = groups(experiment, gathered, column)
    counts = members.group_by("group", maintain_order=True).len("n").rows()
    if len(counts) > _MOST:
        return {"pl": f"Dokumentów: {members.height} w {len(counts)} grupach.",
                "en": f"Documents: {members.height} in {len(counts)} groups."}  # fmt: skip
    labels = gathered.labels.get(column, {})

    def listed(language: str) -> str:
        return ", ".join(f"{labels[name][language] if name in labels else name} {n}" for name, n in counts)

    return {"pl": f"Dokumentów: {listed('pl')}.", "en": f"Documents: {listed('en')}."}


def measure_slices(experiment: Experiment, gathered: Gathered) -> Iterator[pl.DataFrame]:
    """The values of the measures, `doc_id, measure, value`, of some measures after the other, so as to fit in memory.

    How many at once depends on the number of documents alone; all, where there are fewer than some 60,000.
    """
    names = experiment.measure_names
    width = max(1, _VALUES // max(1, gathered.documents.height))
    for first in range(0, len(names), width):
        some = pl.col("measure").is_in(names[first : first + width])
        parts = (batch.select("doc_id", "measure", "value").filter(some) for batch in gathered.each("measures"))
        yield pl.concat(list(parts))


def columns(experiment: Experiment) -> list[str]:
    """The grouping columns of the experiment, `corpus` where it names none."""
    return experiment.groups or ["corpus"]


def shown(experiment: Experiment, gathered: Gathered, column: str) -> pl.Expr:
    """The column `group` as readers see it, by the labels that the corpora's manifests give."""
    labels = gathered.labels.get(column, {})
    return pl.col("group").replace({key: text[experiment.language] for key, text in labels.items()})
