"""Measures of a user's own: run where that is allowed, named where they fail, made anew where they changed."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.experiment.cache import Store
from discourse.experiment.own import load_own
from discourse.experiment.plan import plan
from discourse.experiment.run import job, run
from discourse.experiment.verify import verify
from discourse.measures import MEASURES

WATER = '''import polars as pl
from discourse.measures.layers import over, tally
from discourse.measures.registry import measure


@measure("water_rate", family="mine", pl="woda", en="water", unit="per 1,000 words", kind="rate")
def water_rate(layers):
    """1000 × the word *woda* / words."""
    return over(tally(layers.words.filter(pl.col("lemma") == "woda")), layers.length)
'''


def test_own_code_is_refused_unless_allowed(small: Path, tmp_path: Path) -> None:
    (small / "measures.py").write_text(WATER)
    with pytest.raises(DiscourseError, match="has code of its own; read it, and run it with --allow-code"):
        run(small, tmp_path / "r", store=Store(tmp_path / "cache"))


def test_own_measures_are_measured_by_workers_too_verified_and_forgotten(small: Path, tmp_path: Path) -> None:
    (small / "measures.py").write_text(WATER)
    store = Store(tmp_path / "cache")
    changes = ['measures=["mine"]']
    run(small, tmp_path / "r", store=store, allow_code=True, workers=2, changes=changes)
    table = pl.read_parquet(tmp_path / "r" / "data" / "measures.parquet")
    assert dict(table.select("doc_id", "numerator").iter_rows()) == {"a": 0, "b": 1, "c": 0, "d": 2}
    assert verify(tmp_path / "r", allow_code=True).good

    (small / "measures.py").write_text(WATER.replace('"woda"))', '"most"))'))
    states = plan(job(small, changes=changes, allow_code=True, store=store), store)
    assert {s.name: s.why for s in states}["measures"] == "code measures.py changed"

    load_own(None)
    assert "water_rate" not in MEASURES


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (WATER.replace("water_rate", "hedge_rate"), "measure 'hedge_rate' is registered twice"),
        (WATER + "1 / 0\n", "measures.py, line 10: ZeroDivisionError: division by zero"),
        (WATER + "import sys; sys.exit(3)\n", "measures.py, line 10: SystemExit: 3"),
        ("x = 1\n", "no measure in it"),
    ],
)
def test_what_is_wrong_with_the_file_is_one_line(tmp_path: Path, text: str, message: str) -> None:
    before = MEASURES.names()
    path = tmp_path / "measures.py"
    path.write_text(text)
    with pytest.raises(DiscourseError, match=message):
        load_own(path)
    assert MEASURES.names() == before


@pytest.mark.parametrize(
    ("counting", "message"),
    [
        ("1 / 0", "measures.py, line 9: measure 'water_rate' failed: ZeroDivisionError"),
        ("quit()", "measures.py, line 9: measure 'water_rate' failed: SystemExit"),
        ("None", "measures.py: measure 'water_rate' returned a NoneType"),
        ("pl.DataFrame({'doc_id': [1], 'numerator': ['x'], 'denominator': [1]})", "'water_rate' failed: InvalidOp"),
    ],
)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_measure_that_fails_at_work_is_one_line_with_its_place(
    small: Path, tmp_path: Path, counting: str, message: str, workers: int
) -> None:
    head, _, _ = WATER.partition("    return ")
    (small / "measures.py").write_text(f"{head}    return {counting}\n")
    with pytest.raises(DiscourseError, match=message):
        run(small, tmp_path / "r", store=Store(tmp_path / "cache"), allow_code=True, workers=workers,
            changes=['measures=["mine"]'])  # fmt: skip
    assert not (tmp_path / "r").exists()
