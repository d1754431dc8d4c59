"""Markers placed inside the words of others, and the whole way in one call."""

from __future__ import annotations

import polars as pl

from discourse.attribution.annotate import annotate
from discourse.attribution.inside import place
from discourse.core import schema
from tests.attribution.reading import documents


def _markers(*spans: tuple[int, int]) -> pl.DataFrame:
    rows = [("d0", start, end, "hedge", "x", False, None, None) for start, end in spans]
    return pl.DataFrame(rows, schema=schema.TABLES["markers"], orient="row")


def _attributions(*rows: tuple[str, list[list[int]]]) -> pl.DataFrame:
    full = [
        ("d0", i, kind, None, None, content, None, "other", None, None, False) for i, (kind, content) in enumerate(rows)
    ]
    return pl.DataFrame(full, schema=schema.TABLES["attributions"], orient="row")


def test_the_innermost_content_owns_the_marker() -> None:
    found = place(
        _markers((1, 3), (12, 14), (40, 42)),
        _attributions(("direct", [[0, 30]]), ("indirect", [[10, 20]])),
        documents(["x" * 50]),
    )
    assert found.get_column("attribution").to_list() == [0, 1, None]
    assert found.get_column("quoted").to_list() == [True, False, False]


def test_quotation_marks_quote_outside_of_attributions_too() -> None:
    found = place(_markers((4, 8)), _attributions(), documents(["To „może” być"]))
    assert found.get_column("quoted").to_list() == [True]
    assert found.get_column("attribution").to_list() == [None]


def test_no_markers() -> None:
    assert len(place(_markers(), _attributions(), documents([""]))) == 0


def test_annotate_composes_the_whole_way() -> None:
    found = annotate(documents(["- Być może most wytrzyma - mówi prof. Ewa Lis. Raczej tak.", ""]))
    assert found.attributions.get_column("speaker").to_list() == ["Ewa Lis"]
    assert found.speakers.get_column("role").to_list() == ["expert"]
    hedges = found.markers.filter(pl.col("category") == "hedge")
    assert hedges.get_column("quoted").to_list() == [True, False]
    assert hedges.get_column("attribution").to_list() == [0, None]
