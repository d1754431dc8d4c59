"""Frozen measures: what was counted in the documents of a referenced corpus, kept beside its manifest without a word
of their text, so that experiments over measures run where the texts are not.

`<corpus>/frozen/` (of a seed: `<name>.frozen/`) holds one Parquet file a table and `frozen.json`. Kept: metadata but no
titles and no names of authors; numerators and denominators of every measure; words; markers and attributions by
offset, without the names of speakers. The studied document of a seed keeps its speakers, who are in its stand-off
annotation too. Not kept: text, tokens, and the running words, whose analyses have frozen results (`results.py`).
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.files import sha256
from discourse.corpus.manifest import Corpus
from discourse.experiment import record
from discourse.experiment.cache import digest
from discourse.experiment.layers import Making, making
from discourse.measures import MEASURES

#: The tables that are frozen; the others of a run (`content`, `tokens`, `text`) are not.
TABLES = ("documents", "words", "measures", "markers", "attributions", "speakers")
RECORD = "frozen.json"
#: What the text says is left out; who wrote it is, too, but the column stays, for experiments that name it.
_LEFT_OUT, _EMPTIED = ("title", "text"), ("author",)


@dataclass(frozen=True)
class Frozen:
    """The frozen tables of a corpus in their folder."""

    folder: Path

    @cached_property
    def record(self) -> dict[str, Any]:
        """What they were made from and with: digests of texts, code, lexicons and weights."""
        try:
            found = json.loads((self.folder / RECORD).read_bytes())
        except (OSError, ValueError) as error:
            raise DiscourseError(f"{self.folder / RECORD}: cannot be read ({error}); freeze the corpus again") from None
        return dict(found)

    @property
    def digest(self) -> str:
        """One SHA-256 for all of it."""
        return sha256(self.folder / RECORD)

    def tables(self) -> dict[str, pl.DataFrame]:
        """The tables as the steps of a run make them, the documents without title and text.

        Raises `DiscourseError` where a file is missing or not the one that was frozen.
        """
        for name, wanted in self.record["files"].items():
            path = self.folder / name
            if not path.is_file() or sha256(path) != wanted:
                raise DiscourseError(f"{path}: not what was frozen; restore it from the repository, or freeze again")
        files = {name: (self.folder / name).read_bytes() for name in self.record["files"]}
        return opened(files, self.record["measures"])


def frozen(corpus: Corpus) -> Frozen | None:
    """The frozen tables of a corpus, None where there are none."""
    folder = frozen_folder(corpus)
    return Frozen(folder) if (folder / RECORD).is_file() else None


def frozen_folder(corpus: Corpus) -> Path:
    """Where a corpus has its frozen tables."""
    path = corpus.path
    return path.parent / "frozen" if path.name == "corpus.toml" else path.with_name(f"{path.stem}.frozen")


def how() -> Making:
    """The making of the layers that is frozen: every built-in measure, no lexicon of a user's."""
    return making("default", (), tuple(MEASURES), None, record.dictionary())


def made_with(making: Making) -> dict[str, str]:
    """One digest a layer of what makes it: code, lexicons, weights, dictionary."""

    def parts(layer: str) -> list[tuple[str, str]]:
        apart = ("library", "python", "setting")
        return sorted(item for item in making.common[layer].items() if not item[0].startswith(apart))

    return {layer: digest(json.dumps(parts(layer))) for layer in ("tokens", "attributions", "markers", "measures")}


def stale(kept: Frozen, making: Making) -> list[str]:
    """The layers that other code, lexicons or weights than today's made."""
    now, then = made_with(making), kept.record["made_with"]
    return [layer for layer in now if now[layer] != then.get(layer)]


def packed(tables: Mapping[str, pl.DataFrame], speakers: bool) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of frozen tables by name, and what the record needs to read the measures again.

    `speakers` keeps the names of those who speak.
    """
    documents = tables["documents"].drop(_LEFT_OUT, strict=False)
    emptied = [column for column in _EMPTIED if column in documents.columns]
    documents = documents.with_columns(pl.lit(None, pl.String).alias(column) for column in emptied)
    ids = documents["doc_id"]
    kept = {name: tables[name] for name in ("words", "markers", "attributions", "speakers")}
    if not speakers:
        kept["speakers"] = kept["speakers"].clear()
        kept["attributions"] = kept["attributions"].with_columns(pl.lit(None, pl.String).alias("speaker"))
    else:
        kept["speakers"] = kept["speakers"].with_columns(pl.lit(None, pl.String).alias("evidence"))
    wide, columns = _wide(tables["measures"], ids)
    files = {"documents": documents, "measures": wide, **{name: _numbered(table, ids) for name, table in kept.items()}}
    return {f"{name}.parquet": _parquet(files[name]) for name in TABLES}, columns


def opened(files: Mapping[str, bytes], columns: Mapping[str, list[str | None]]) -> dict[str, pl.DataFrame]:
    """The tables that `packed` made these files of."""
    read = {name: pl.read_parquet(io.BytesIO(files[f"{name}.parquet"])) for name in TABLES}
    documents = read.pop("documents").with_columns(pl.lit("").alias("title"))
    ids = documents["doc_id"]
    measures = _long(read.pop("measures"), ids, columns)
    return {"documents": documents, "measures": measures, **{name: _named(table, ids) for name, table in read.items()}}


def _wide(measures: pl.DataFrame, ids: pl.Series) -> tuple[pl.DataFrame, dict[str, list[str | None]]]:
    """One row a document and one column a distinct series of counts; measure → its columns of both counts."""
    series: dict[str, pl.Series] = {}
    columns: dict[str, list[str | None]] = {}

    def column(values: pl.Series) -> str | None:
        if values.null_count() == len(values):
            return None
        for name, known in series.items():
            if known.equals(values, null_equal=True):
                return name
        name = f"c{len(series)}"
        series[name] = values
        return name

    order = pl.DataFrame({"doc_id": ids})
    for name in measures["measure"].unique(maintain_order=True):
        rows = order.join(measures.filter(pl.col("measure") == name), on="doc_id", how="left", maintain_order="left")
        columns[name] = [column(rows["numerator"]), column(rows["denominator"])]
    return pl.DataFrame([_smallest(values.alias(name)) for name, values in series.items()]), columns


def _long(wide: pl.DataFrame, ids: pl.Series, columns: Mapping[str, list[str | None]]) -> pl.DataFrame:
    """The table of measures, as `measures.compute.measure` makes it."""
    frames = []
    for rank, (name, (above, below)) in enumerate(columns.items()):
        if name not in MEASURES:
            continue  # of another version; the record says with which code it was made
        one = MEASURES.get(name)
        numerator = wide[above].cast(pl.Float64) if above else pl.Series([0.0] * len(ids))
        counts = pl.DataFrame({
            "doc_id": ids,
            "numerator": numerator,
            "denominator": wide[below].cast(pl.Float64) if below else pl.Series([None] * len(ids), dtype=pl.Float64),
        }).with_row_index("_document")  # fmt: skip
        top, base = pl.col("numerator"), pl.col("denominator")
        value = top if one.base is None else pl.when(base > 0).then(one.scale * top / base)
        reason = pl.lit(None, pl.String) if one.base is None else pl.when(base <= 0).then(pl.lit(f"no {one.base}"))
        frames.append(counts.select(
            "_document", pl.lit(rank).alias("_measure"), "doc_id", pl.lit(name).alias("measure"), value.alias("value"),
            "numerator", "denominator", reason.alias("reason"),
        ))  # fmt: skip
    return pl.concat(frames).sort("_document", "_measure").drop("_document", "_measure")


def _numbered(table: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """The table with the number of the document in the place of its id."""
    numbers = pl.DataFrame({"doc_id": ids}).with_row_index("document")
    rest = [column for column in table.columns if column != "doc_id"]
    return table.join(numbers, on="doc_id", maintain_order="left").select("document", *rest)


def _named(table: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    names = pl.DataFrame({"doc_id": ids}).with_row_index("document")
    rest = [column for column in table.columns if column != "document"]
    return table.join(names, on="document", maintain_order="left").select("doc_id", *rest)


def _smallest(values: pl.Series) -> pl.Series:
    """Whole numbers in the smallest type that holds them."""
    whole = values.drop_nulls()
    return values.cast(pl.Int64).shrink_dtype() if (whole == whole.round()).all() else values


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.rechunk().write_parquet(buffer, compression="zstd", compression_level=19, statistics=False)
    return buffer.getvalue()
