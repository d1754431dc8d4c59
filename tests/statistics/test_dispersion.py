"""Dispersion against examples worked by hand."""

from __future__ import annotations

import math

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from discourse.core.errors import DiscourseError
from discourse.statistics.dispersion import COLUMNS, dispersion, reduced_frequency

SIZES = pl.DataFrame({"doc_id": ["d1", "d2", "d3"], "n": [10, 10, 20]})
COUNTS = pl.DataFrame({
    "doc_id": ["d1", "d3", "d1", "d2", "d3", "d2"], "item": ["a", "a", "even", "even", "even", "once"],
    "n": [2, 2, 1, 1, 2, 1],
})  # fmt: skip


def test_dispersion_by_hand() -> None:
    table = dispersion(COUNTS, sizes=SIZES)
    assert table.schema == pl.Schema(COLUMNS)
    a, even, once = table.iter_rows(named=True)
    # a: 2, 0, 2 of 10, 10, 20 words: half, none, half of it in a quarter, a quarter, half of the words
    assert (a["item"], a["count"], a["range"], a["n"]) == ("a", 4, 2, 3)
    assert a["dp"] == pytest.approx((0.25 + 0.25 + 0) / 2)
    assert a["dp_norm"] == pytest.approx(0.25 / (1 - 0.25))
    # relative frequencies 0.2, 0, 0.1: mean 0.1, variance 0.02 / 3
    assert a["juilland_d"] == pytest.approx(1 - math.sqrt(0.02 / 3) / 0.1 / math.sqrt(2))
    assert (even["dp"], even["dp_norm"], even["juilland_d"]) == pytest.approx((0, 0, 1))
    # all in one of the smallest parts: as uneven as can be
    assert (once["dp"], once["dp_norm"], once["juilland_d"]) == pytest.approx((0.75, 1, 0))
    assert table["arf"].to_list() == [None] * 3


def test_reduced_frequency_by_hand() -> None:
    # a ring of 12 words: "even" at 0 and 6, "near" at 1 and 2, "once" at 9
    positions = pl.DataFrame({
        "doc_id": ["d1", "d2", "d1", "d1", "d2"], "item": ["even", "even", "near", "near", "once"],
        "position": [0, 0, 1, 2, 3],
    })  # fmt: skip
    sizes = pl.DataFrame({"doc_id": ["d2", "d1"], "n": [6, 6]})
    table = reduced_frequency(positions, sizes)
    assert table["count"].to_list() == [2, 2, 1]
    # near: distances 1 and 11, of which at most v = 6 counts
    assert table["arf"].to_list() == pytest.approx([2, (1 + 6) / 6, 1])
    counts = positions.group_by("doc_id", "item").len("n")
    assert dispersion(counts, sizes=sizes, positions=positions)["arf"].to_list() == table["arf"].to_list()


def test_one_document_has_no_dispersion() -> None:
    row = dispersion(COUNTS.filter(doc_id="d2"), sizes=SIZES.filter(doc_id="d2")).row(0, named=True)
    assert (row["juilland_d"], row["dp_norm"], row["dp"]) == (None, None, 0)
    assert row["reason"] == "juilland_d, dp_norm: one document"


def test_documents_without_words_are_no_parts_and_order_does_not_matter() -> None:
    longer = pl.concat([SIZES, pl.DataFrame({"doc_id": ["d0"], "n": [0]})])
    table = dispersion(COUNTS.reverse(), sizes=longer.reverse())
    assert_frame_equal(table, dispersion(COUNTS, sizes=SIZES))
    assert dispersion(COUNTS.clear(), sizes=SIZES).height == 0


def test_bad_input_is_named() -> None:
    outside = pl.DataFrame({"doc_id": ["d1"], "item": ["a"], "position": [10]})
    with pytest.raises(DiscourseError, match="'a' stands at 10 in document 'd1', which has 10 words; count"):
        reduced_frequency(outside, SIZES)
    with pytest.raises(DiscourseError, match="table 'positions': column 'position' is missing"):
        reduced_frequency(outside.drop("position"), SIZES)
    with pytest.raises(DiscourseError, match="table 'sizes': document 'd1' stands twice"):
        dispersion(COUNTS, sizes=pl.concat([SIZES, SIZES]))
