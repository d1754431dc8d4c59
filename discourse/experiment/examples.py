"""Pages of examples: for every row of a report's tables, some of the very spans that it was counted from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import polars as pl

from discourse.experiment.cells import Cell, cell, trace_of
from discourse.experiment.layers import TABLES
from discourse.experiment.trace import Batch, Evidence, Traced
from discourse.report.pages import Example, trace_page
from discourse.report.tables import Table, printed

if TYPE_CHECKING:
    from discourse.experiment.steps import Steps

#: Documents looked at a cell, spans shown of it, rows of a table.
_DOCUMENTS, _SPANS, _ROWS = 2, 3, 80
#: Tables whose columns are groups: a cell is a group's.
_WIDE = ("measures-by-", "roles-")


def pages(steps: Steps) -> dict[str, bytes]:
    """`<table>.html` → the page of examples of each table of the report that can be traced."""
    experiment, gathered = steps.experiment, steps.gathered
    found = {table.name: table for kept in steps.sections for table in kept.tables()[: len(kept.head["tables"])]}
    tables = {name: table for name, table in found.items() if trace_of(name) is not None and table.frame.height}
    settings = experiment.model_dump(mode="json", by_alias=True)
    whole = Evidence(gathered.documents, gathered.measures, experiment.minimum_group, gathered.study, [])
    asked = {name: list(_cells(table, settings)) for name, table in tables.items()}
    wanted: set[str] = set()
    for cells in asked.values():
        for _, one in cells:
            wanted |= set(_chosen(one, whole, steps))
    sample = replace(whole, batches=[_sample(steps, wanted)], spans={})
    made = {}
    for name, table in tables.items():
        examples = [_example(table, at, one, sample, experiment.language) for at, one in asked[name]]
        page = trace_page(table, experiment.language, examples, f"discourse trace RUN {name} …")
        made[f"{name}.html"] = page.encode()
    return made


def _cells(table: Table, settings: dict[str, object]) -> Iterator[tuple[int, Cell]]:
    """The cells of a table that get examples, each with the number of its row."""
    columns: list[str | None] = [None]
    if table.name.startswith(_WIDE):
        columns = [c for c in table.frame.columns if c not in ("family", "measure", "missing", "role")]
    elif table.name == "headline":
        columns = [c for c in table.frame.columns if c != "group"]
    for at, row in enumerate(table.frame.head(_ROWS).rows(named=True), start=1):
        for column in columns:
            one = cell(table.frame, table.name, row, column, settings)
            if one.kind != "documents":
                yield at, one


def _chosen(one: Cell, whole: Evidence, steps: Steps) -> list[str]:
    """Some documents in which the cell counts something, chosen as if by chance and always the same."""
    members = whole.members(one)
    if one.kind == "measure":
        having = whole.measures.filter((pl.col("measure") == one.name) & (pl.col("numerator") > 0))
    elif one.kind in ("markers", "attributions"):
        having = getattr(steps.gathered, one.kind)
        for column, value in one.having.items():
            having = having.filter(pl.col(column).cast(pl.String) == str(value))
    else:
        having = members
    ids = having.join(members, on="doc_id", how="semi")["doc_id"].unique().to_list()
    return sorted(ids, key=lambda name: sha256(name.encode()).hexdigest())[:_DOCUMENTS]


def _sample(steps: Steps, wanted: set[str]) -> Batch:
    """The layers of the wanted documents, together."""
    ids = pl.DataFrame({"doc_id": sorted(wanted)}, schema={"doc_id": pl.String})
    names = ("text", *TABLES)
    parts: dict[str, list[pl.DataFrame]] = {name: [] for name in names}
    for frames in zip(*(steps.batches(name) for name in names), strict=True):
        if frames[0].join(ids, on="doc_id", how="semi").is_empty():
            continue
        for name, frame in zip(names, frames, strict=True):
            parts[name].append(frame.join(ids, on="doc_id", how="semi", maintain_order="left"))
    read = {name: pl.concat(frames) for name, frames in parts.items() if frames}
    return Batch(read.pop("text", None), read)


def _example(table: Table, at: int, one: Cell, sample: Evidence, language: str) -> Example:
    """The label of a row (and group), what was counted, and some spans, from several documents where there are."""
    traced = sample.trace(one)
    labels = [text for text, name in zip(printed_row(table, at, language), table.frame.columns, strict=True)
              if table.frame.schema[name] == pl.String]  # fmt: skip
    column = table.heading(one.column, language) if one.column else ""
    lines = list(Traced(one, traced.documents, _spread(traced.spans), traced.strings).lines(60))
    counts = (traced.numerator, traced.denominator) if one.kind == "measure" else (None, None)
    return Example(at, " · ".join(labels), column, *counts, lines)


def printed_row(table: Table, at: int, language: str) -> list[str]:
    """The cells of one row as they are printed."""
    return printed(replace(table, frame=table.frame[at - 1 : at]), language)[0]


def _spread(spans: pl.DataFrame) -> pl.DataFrame:
    """A few spans: the first of each document, then the second, and so on."""
    turn = pl.int_range(pl.len()).over("doc_id").alias("_turn")
    return spans.with_columns(turn).sort("_turn", maintain_order=True).head(_SPANS).drop("_turn")
