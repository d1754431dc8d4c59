"""From a cell of a table down to the words: the very spans that it was counted from, in context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.schema import empty, string
from discourse.experiment.cells import Cell, cell, find_row, read_table
from discourse.experiment.engines import Engine
from discourse.experiment.layers import TABLES
from discourse.measures import MEASURES
from discourse.measures.items import OF_TOKENS, items_of_tokens
from discourse.measures.layers import behind, layers

#: Spans of words this near to each other are shown as one.
_NEAR = 2
_SPANS = {"doc_id": pl.String, "start": pl.UInt32, "end": pl.UInt32}


@dataclass(frozen=True)
class Traced:
    """What is behind a cell: `spans` (`doc_id, start, end`) or, where nothing has a place, documents with a `value`.

    `numerator` and `denominator` are sums over the documents, where the cell is of a measure. `strings` has the
    annotated strings of the documents that are at hand.
    """

    cell: Cell
    documents: pl.DataFrame  # doc_id, and value or share
    spans: pl.DataFrame
    strings: Mapping[str, str]
    numerator: float | None = None
    denominator: float | None = None

    def lines(self, width: int = 40) -> Iterator[dict[str, Any]]:
        """The spans in context, one after the other; without context where the text is not at hand."""
        for doc_id, start, end in self.spans.select("doc_id", "start", "end").iter_rows():
            line = {"doc_id": doc_id, "start": start, "end": end}
            if (whole := self.strings.get(doc_id)) is not None:
                left, right = whole[max(0, start - width) : start], whole[end : end + width]
                line |= {"left": left, "hit": whole[start:end], "right": right}
            yield line


@dataclass(frozen=True)
class Batch:
    """The layers of some documents, as far as they are there: without tokens where their texts are not at hand."""

    text: pl.DataFrame | None
    tables: Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Evidence:
    """What cells can be traced in: documents with metadata and measures, members of groups, the layers by batches."""

    documents: pl.DataFrame
    measures: pl.DataFrame
    minimum: int
    study: str | None
    batches: list[Batch]
    spans: dict[str, pl.DataFrame | None] | None = None  # of measures in the one batch, kept for many cells

    @cached_property
    def compared(self) -> pl.DataFrame:
        """The documents that are compared: all but the studied one."""
        return self.documents.filter(pl.col("doc_id") != (self.study or ""))

    def members(self, one: Cell) -> pl.DataFrame:
        """The documents that the cell is about: `doc_id`, in their order."""
        if one.study:
            return self.documents.filter(pl.col("doc_id") == (self.study or "")).select("doc_id")
        if not one.by or not one.group:
            return self.compared.select("doc_id")
        if one.by not in self.documents.columns:
            raise DiscourseError(f"the documents of the run have no column {one.by!r}")
        group = pl.col(one.by)
        large = self.compared.filter(group.is_not_null() & (group != "") & (pl.len().over(one.by) >= self.minimum))
        return large.filter(group != one.group if one.rest else group == one.group).select("doc_id")

    def trace(self, one: Cell) -> Traced:
        """What is behind the cell."""
        members = self.members(one)
        if one.kind == "measure":
            return self._measure(one, members)
        found = []
        strings: dict[str, str] = {}
        for batch in self.batches:
            spans = _spans_of(one, batch)
            spans = spans.join(members, on="doc_id", how="semi", maintain_order="left")
            if not spans.is_empty():
                found.append(spans)
                strings |= _strings(batch, spans)
        spans = pl.concat(found) if found else pl.DataFrame(schema=_SPANS)
        return Traced(one, spans.group_by("doc_id", maintain_order=True).len("value"), spans, strings, spans.height)

    def _behind(self, name: str, batch: Batch, hits: pl.DataFrame) -> pl.DataFrame | None:
        if self.spans is None:
            return _spans_behind(name, batch, hits)
        if name not in self.spans:
            counted = self.measures.filter((pl.col("measure") == name) & (pl.col("numerator") > 0)).select("doc_id")
            self.spans[name] = _spans_behind(name, batch, counted)
        every = self.spans[name]
        return None if every is None else every.join(hits, on="doc_id", how="semi", maintain_order="left")

    def _measure(self, one: Cell, members: pl.DataFrame) -> Traced:
        if one.name not in MEASURES:
            raise DiscourseError(f"measure {one.name!r} is not known here")
        values = members.join(self.measures.filter(pl.col("measure") == one.name), on="doc_id", maintain_order="left")
        values = values.select("doc_id", "value", "numerator", "denominator")
        hits = values.filter(pl.col("numerator") > 0).select("doc_id")
        found = []
        strings: dict[str, str] = {}
        for batch in self.batches:
            spans = self._behind(one.name, batch, hits)
            if spans is not None and not spans.is_empty():
                found.append(spans)
                strings |= _strings(batch, spans)
        spans = pl.concat(found) if found else pl.DataFrame(schema=_SPANS)
        sums = values.select(pl.col("numerator", "denominator").sum()).row(0)
        whole = None if values["denominator"].is_null().all() else sums[1]
        return Traced(one, values.select("doc_id", "value"), spans, strings, sums[0], whole)


def trace(
    folder: Path, table: str, row: str, column: str | None = None, *, data: Path | None = None, workers: int = 1,
    allow_code: bool = False,
) -> Traced:
    """What is behind a cell of a run's table. `row` is a number from 1, or texts of the row with commas between.

    Layers come from the cache, or are made anew from texts at hand; of other texts only the offsets of markers and
    attributions are known, from the run itself. Raises `DiscourseError` for a cell that is not there or not counted.
    """  # fmt: skip
    from discourse.experiment.compare import record

    kept = record(folder)
    frame = read_table(folder, table)
    one = cell(frame, table, find_row(frame, row, table), column, kept["settings"])
    if one.kind == "documents":
        return _documents(folder, one)
    return evidence(folder, kept, data, workers, allow_code).trace(one)


def evidence(folder: Path, kept: Mapping[str, Any], data: Path | None, workers: int, allow_code: bool) -> Evidence:
    """The evidence of a run in a folder: its data, and the layers of the texts that are at hand."""
    from discourse.experiment.cache import Store
    from discourse.experiment.layers import unpack
    from discourse.experiment.steps import Steps
    from discourse.experiment.verify import recorded
    from discourse.experiment.walk import Walk

    wanted = recorded(folder, dict(kept), data, allow_code, planning=True)
    here = wanted.at_hand()
    walk, engine = Walk(Store(), wanted.experiment.name), Engine(workers=workers)
    steps = Steps(walk, wanted.experiment, here, wanted.data, wanted.how, engine)
    for part in here.all:
        steps.read(part)
    batches = []
    if here.all:
        steps.annotate()
        shas = {name: steps.tables[name] for name in ("text", *TABLES)}
        for at in range(len(shas["text"])):
            read = {name: unpack(steps.walk.store.read(of[at])) for name, of in shas.items()}
            batches.append(Batch(read.pop("text"), read))
    files = {name: folder / "data" / f"{name}.parquet" for name in ("documents", "measures", *TABLES)}
    tables = {name: pl.read_parquet(path) for name, path in files.items() if path.is_file()}
    names = [part.name for part in here.all]
    away = tables["documents"].filter(~pl.col("corpus").is_in(names)).select("doc_id")
    if not away.is_empty():
        known = {name: tables.get(name, empty(name)).join(away, on="doc_id", how="semi", maintain_order="left")
                 for name in TABLES[1:]}  # fmt: skip
        batches.append(Batch(None, known))
    study = wanted.found.study
    mine = tables["documents"].filter(pl.col("corpus") == (study.name if study else ""))["doc_id"].to_list()
    return Evidence(tables["documents"], tables["measures"], wanted.experiment.minimum_group,
                    mine[0] if mine else None, batches)  # fmt: skip


def _documents(folder: Path, one: Cell) -> Traced:
    """The documents that the row of a topic or a classifier is about, by the table that lists them."""
    frame = read_table(folder, one.source)
    for column, value in one.having.items():
        if column in frame.columns:
            frame = frame.filter(pl.col(column) == value)
    if one.order:
        frame = frame.sort(pl.col(one.order).cast(pl.Float64), descending=True, maintain_order=True)
    return Traced(one, frame, pl.DataFrame(schema=_SPANS), {})


def _spans_behind(name: str, batch: Batch, hits: pl.DataFrame) -> pl.DataFrame | None:
    """The spans that the numerator of the measure was tallied from, in those of the documents that have some."""
    if batch.text is None:
        text = batch.tables["markers"].select("doc_id").vstack(batch.tables["attributions"].select("doc_id")).unique()
        documents = text.join(hits, on="doc_id", how="semi").sort("doc_id")
    else:
        documents = batch.text.join(hits, on="doc_id", how="semi", maintain_order="left")
    if documents.is_empty():
        return None
    tables = {table: batch.tables.get(table, empty(table)) for table in TABLES}
    given = layers(documents.select("doc_id"), *(tables[t] for t in ("tokens", "markers", "attributions", "speakers")))
    rows = behind(MEASURES.get(name).define, given)
    if rows is None or rows.is_empty():
        return None
    if not {"start", "end"} <= set(rows.columns):
        if "content" not in rows.columns:
            return None
        rows = _contents(rows)
    spans = rows.select(pl.col("doc_id").cast(pl.String), "start", "end")
    return _joined(spans) if "tok" in rows.columns else spans.unique(maintain_order=True)


def _spans_of(one: Cell, batch: Batch) -> pl.DataFrame:
    """The spans of markers, attributions or items that the cell counts."""
    if one.kind == "item" and one.of in OF_TOKENS:
        if "tokens" not in batch.tables:
            return pl.DataFrame(schema=_SPANS)
        return _items(one, batch.tables["tokens"])
    if one.kind == "markers" or (one.kind == "item" and one.of == "marker"):
        frame = batch.tables["markers"]
        having: Mapping[str, str] = one.having or {"marker": one.name}
    else:
        frame = batch.tables["attributions"]
        having = one.having or {"speaker": one.name}
    frame = frame if one.study else frame.filter(~pl.col("boilerplate"))
    for column, value in having.items():
        frame = frame.filter(pl.col(column).cast(pl.String) == str(value))
    if "content" in frame.columns:
        cue = frame.filter(pl.col("cue").is_not_null())
        by_cue = "verb" in having
        return _pairs(cue, "cue") if by_cue else _contents(frame)
    return frame.select("doc_id", "start", "end")


def _items(one: Cell, tokens: pl.DataFrame) -> pl.DataFrame:
    """Where an item stands: from its first word to its last."""
    size = 1 if one.of == "lemma" else int(one.of.removeprefix("ngram"))
    words = tokens.filter(pl.col("word_start") & ~pl.col("boilerplate"))
    found = items_of_tokens(tokens, one.of).places.filter(pl.col("item") == one.name)
    if size == 1:
        named = words.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).over("doc_id").alias("position"))
        return named.join(found, on=["doc_id", "position"], how="semi", maintain_order="left").select(*_SPANS)
    ends = [pl.col("end").shift(-step).over("doc_id") for step in (size - 1,)]
    lemmas = pl.concat_str([pl.col("lemma").shift(-s).over("doc_id") for s in range(size)], separator=" ")
    same = pl.col("sent").shift(1 - size).over("doc_id") == pl.col("sent")
    return words.with_columns(ends[0].alias("end"), lemmas.alias("_item"), same.alias("_same")).filter(
        (pl.col("_item") == one.name) & pl.col("_same")).select(*_SPANS)  # fmt: skip


def _contents(attributions: pl.DataFrame) -> pl.DataFrame:
    return _pairs(attributions.explode("content"), "content")


def _pairs(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    pair = pl.col(column).list
    return frame.filter(pl.col(column).is_not_null()).select(
        pl.col("doc_id").cast(pl.String), pair.get(0).alias("start"), pair.get(1).alias("end")
    )


def _joined(spans: pl.DataFrame) -> pl.DataFrame:
    """The spans in order, those of neighbouring words as one."""
    ordered = spans.unique(maintain_order=True).sort("doc_id", "start", "end", maintain_order=True)
    upto = pl.col("end").cum_max().shift(1).over("doc_id")
    begins = (upto.is_null() | (pl.col("start") > upto + _NEAR)).cum_sum().alias("_run")
    runs = ordered.with_columns(begins).group_by("doc_id", "_run", maintain_order=True)
    return runs.agg(pl.col("start").min(), pl.col("end").max()).drop("_run")


def _strings(batch: Batch, spans: pl.DataFrame) -> dict[str, str]:
    if batch.text is None:
        return {}
    wanted = batch.text.join(spans.select("doc_id").unique(), on="doc_id", how="semi")
    return dict(wanted.select("doc_id", string()).iter_rows())
