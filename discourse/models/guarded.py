"""Documents and their words with what would give a group away dealt with, and a table that says what it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from discourse.corpus.duplicates import duplicate_groups
from discourse.models.bylines import byline_clusters
from discourse.models.guards import folded, name_words, named, recurring, signatures, suspects

_REPORT: dict[str, type[pl.DataType]] = {
    "kind": pl.String,
    "item": pl.String,
    "documents": pl.UInt32,
    "words": pl.UInt32,
    "done": pl.String,
}
#: The column of persons; every other column of names is one of outlets.
_AUTHOR = "author"


@dataclass(frozen=True)
class Guarded:
    """What a classifier may see.

    content: the content words that are left. clusters: `doc_id, cluster`, None where documents stand alone.
    left_out: one row a document that is left out: `doc_id, reason`. report: one row a thing that was found: `kind`
    (duplicate, passage, signature, outlet, author, mask, byline, suspect), `item`, in how many `documents`, how many
    `words`, and what was `done` (grouped, left out, masked, by day, reported).
    """

    content: pl.DataFrame
    clusters: pl.DataFrame | None
    left_out: pl.DataFrame
    report: pl.DataFrame


def lemma_duplicates(documents: pl.DataFrame, content: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """Near-duplicates by the content lemmas in a row: `doc_id, group, similarity`; see `duplicate_groups`."""
    texts = content.sort("doc_id", "tok").group_by("doc_id").agg(pl.col("lemma").str.join(" ").alias("text"))
    return duplicate_groups(documents.select("doc_id").join(texts, on="doc_id", how="left"), threshold)


def guard(
    documents: pl.DataFrame,
    content: pl.DataFrame,
    target: pl.DataFrame,
    *,
    cluster: str | None = None,
    date: str | None = "date",
    names: Sequence[str] = ("outlet", _AUTHOR),
    mask: Sequence[str] = (),
    duplicates: float = 0.5,
) -> Guarded:
    """The content words and clusters of the documents with a class in `target` (`doc_id, group`), guarded.

    - Near-duplicates (Jaccard similarity of their lemmas from `duplicates`) are one cluster; where a column `cluster`
      is named, those outside of the first one's cluster are left out instead: linked authors would become one.
    - Passages that recur, and terms that sign documents (initials, agencies), are cut.
    - Names of outlets and authors (columns `names`, where the documents have them) and the lemmas `mask` are cut.
    - A cluster column `author` is read as bylines: collective ones are grouped by the day in the column `date`.
    - Terms that only one class has are reported, for a reader to decide on; cutting them would look at the labels.
    """
    named_target = target.filter(pl.col("group").is_not_null())
    documents = documents.join(named_target.select("doc_id"), on="doc_id", how="semi", maintain_order="left")
    content = content.join(documents.select("doc_id"), on="doc_id", how="semi", maintain_order="left")
    rows: list[tuple[str, str, int, int, str]] = []
    groups = lemma_duplicates(documents, content, duplicates)
    clusters, left_out = _clusters(documents, groups, cluster, date, rows)
    passages = recurring(content, groups)
    content = _cut(content, passages, "passage", "passage", rows)
    content = _cut(content, signatures(content), "signature", "term", rows)
    persons = documents[_AUTHOR].cast(pl.String).to_list() if {_AUTHOR} <= {*names} & {*documents.columns} else []
    outlets = [documents[name] for name in names if name in documents.columns and name != _AUTHOR]
    words = name_words([name for column in outlets for name in column.cast(pl.String)], persons)
    for kind in ("outlet", "author"):
        content = _cut(content, named(content, words.filter(pl.col("kind") == kind)), kind, "term", rows)
    if mask:
        given = pl.DataFrame({"term": sorted({folded(word) for word in mask}), "kind": "mask", "name": ""})
        content = _cut(content, named(content, given), "mask", "term", rows)
    for group, term, many, _ in suspects(content, named_target.select("doc_id", "group")).iter_rows():
        rows.append(("suspect", f"{term} ({group})", many, 0, "reported"))
    return Guarded(content, clusters, left_out, pl.DataFrame(rows, schema=_REPORT, orient="row"))


def _clusters(
    documents: pl.DataFrame,
    groups: pl.DataFrame,
    cluster: str | None,
    date: str | None,
    rows: list[tuple[str, str, int, int, str]],
) -> tuple[pl.DataFrame | None, pl.DataFrame]:
    """Clusters, and documents to leave out; what was found goes to `rows`."""
    alike = groups.filter(pl.len().over("group") > 1)
    none = pl.DataFrame(schema={"doc_id": pl.String, "reason": pl.String})
    if cluster is None:
        if alike.is_empty():
            return None, none
        rows.append(("duplicate", "", alike.height, 0, "grouped"))
        return groups.select("doc_id", pl.col("group").alias("cluster")), none
    if cluster == _AUTHOR:
        made = byline_clusters(documents, cluster, date if date in documents.columns else None)
        desks = documents.select("doc_id", pl.col(cluster).fill_null("").alias("item")).join(
            made.filter("collective"), on="doc_id", maintain_order="left"
        )
        counts = desks.group_by("item").len().sort("len", "item", descending=[True, False])
        rows += [("byline", item, many, 0, "by day") for item, many in counts.iter_rows()]
    else:
        made = documents.select("doc_id", pl.col(cluster).cast(pl.String).alias("cluster"))
    first = made.select(pl.col("doc_id").alias("group"), pl.col("cluster").alias("first"))
    other = (
        alike.join(made.select("doc_id", "cluster"), on="doc_id", maintain_order="left")
        .join(first, on="group", maintain_order="left")
        .filter((pl.col("doc_id") != pl.col("group")) & pl.col("cluster").ne_missing(pl.col("first")))
    )
    if not other.is_empty():
        rows.append(("duplicate", "", other.height, 0, "left out"))
    left_out = other.select("doc_id", ("near-duplicate of " + pl.col("group")).alias("reason"))
    kept = made.select("doc_id", "cluster").join(left_out, on="doc_id", how="anti", maintain_order="left")
    return kept, left_out


def _cut(
    content: pl.DataFrame, found: pl.DataFrame, kind: str, item: str, rows: list[tuple[str, str, int, int, str]]
) -> pl.DataFrame:
    """The content without the tokens found, which go to `rows` by item."""
    counts = (
        found.group_by(item)
        .agg(pl.col("doc_id").n_unique().alias("documents"), pl.len().alias("words"))
        .sort("documents", item, descending=[True, False])
    )
    rows += [(kind, *row, "masked") for row in counts.iter_rows()]
    return content.join(found.select("doc_id", "tok"), on=["doc_id", "tok"], how="anti", maintain_order="left")
