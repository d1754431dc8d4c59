"""Measures of documents: one number for every document and measure."""

from __future__ import annotations

import traceback
from collections.abc import Sequence

import polars as pl

from discourse.core import schema
from discourse.core.errors import DiscourseError
from discourse.measures.layers import Layers, layers
from discourse.measures.registry import MEASURES, Measure


def measure(
    documents: pl.DataFrame,
    tokens: pl.DataFrame,
    markers: pl.DataFrame,
    attributions: pl.DataFrame,
    speakers: pl.DataFrame | None = None,
    names: Sequence[str] | None = None,
) -> pl.DataFrame:
    """One row for every document and measure, in the order of the documents and of `names` (default: all registered).

    `value` is `scale × numerator / denominator`, or the numerator of a plain number. A document without what a ratio
    divides by keeps its row, its value null and the `reason` given. Raises `DiscourseError` for an unknown name, or
    where a measure's function returns no proper frame.
    """
    chosen = [MEASURES.get(name) for name in (MEASURES.names() if names is None else dict.fromkeys(names))]
    given = layers(documents, tokens, markers, attributions, speakers)
    frames = [_rows(one, given, rank) for rank, one in enumerate(chosen)]
    if not frames:
        return schema.empty("measures")
    table = pl.concat(frames).sort("_document", "_measure").drop("_document", "_measure")
    return schema.check(table, "measures")


def _rows(one: Measure, given: Layers, rank: int) -> pl.DataFrame:
    counted = _counted(one, given)
    ids = given.documents.select("doc_id").with_row_index("_document")
    joined = ids.join(counted, on="doc_id", how="left", maintain_order="left")
    numerator = pl.col("numerator").fill_null(0.0)
    if one.base is None:
        value, denominator, reason = numerator, pl.lit(None, pl.Float64), pl.lit(None, pl.String)
    else:
        denominator = pl.col("denominator").fill_null(0.0)
        value = pl.when(denominator > 0).then(one.scale * numerator / denominator)
        reason = pl.when(denominator <= 0).then(pl.lit(f"no {one.base}"))
    return joined.select(
        pl.col("doc_id").cast(pl.String),
        pl.lit(one.name).alias("measure"),
        value.alias("value"),
        numerator.alias("numerator"),
        denominator.alias("denominator"),
        reason.alias("reason"),
        "_document",
        pl.lit(rank, pl.UInt32).alias("_measure"),
    )


def _counted(one: Measure, given: Layers) -> pl.DataFrame:
    """What a measure's function counts; whatever a user's function stumbles over is told with its file and line."""
    if one.define.__module__.startswith("discourse."):
        return _checked(one, one.define(given))
    file = one.define.__code__.co_filename
    try:
        return _checked(one, one.define(given))
    except DiscourseError as error:
        raise DiscourseError(f"{file}: {error}") from None
    except (Exception, SystemExit) as error:
        frames = reversed(traceback.extract_tb(error.__traceback__))
        line = next((frame.lineno for frame in frames if frame.filename == file), 0)
        what = f"{type(error).__name__}: {error}"
        raise DiscourseError(f"{file}, line {line}: measure {one.name!r} failed: {what}") from error


def _checked(one: Measure, counted: object) -> pl.DataFrame:
    """What a measure's function returned, its numbers as floats; a user's function may get it wrong."""
    wanted = ["doc_id", "numerator"] + (["denominator"] if one.base is not None else [])
    if not isinstance(counted, pl.DataFrame):
        raise DiscourseError(f"measure {one.name!r} returned a {type(counted).__name__}; return a polars DataFrame")
    if missing := [column for column in wanted if column not in counted.columns]:
        raise DiscourseError(
            f"measure {one.name!r} returned no column {missing[0]!r}, only {', '.join(counted.columns)}; "
            f"return {', '.join(wanted)}"
        )
    counted = counted.select(wanted).with_columns(pl.col(wanted[1:]).cast(pl.Float64))
    if counted["doc_id"].is_duplicated().any():
        raise DiscourseError(f"measure {one.name!r} returned two rows for one document; return one row a document")
    return counted
