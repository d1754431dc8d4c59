"""Whether intervals hold the truth as often as they say: benchmarks/intervals.py in small, on made-up values."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from discourse.core.seeds import stream
from discourse.statistics.contrast import contrast, intervals
from discourse.statistics.resample import expanded

DRAWS, REPEATS = 300, 250


def coverage(a: int, b: int, zeros: float, measures: int = 12) -> float:
    """Of gamma-distributed rates of which a part is zero, the mean coverage over so many measures at once."""
    held = 0
    for repeat in range(REPEATS):
        random = stream(7, a, b, zeros, repeat)
        shape = (a + b, measures)
        values = random.gamma(2.0, 1.0, shape) * (random.random(shape) >= zeros)
        low, high = intervals(values, np.repeat([0, 1], [a, b]), DRAWS, repeat)["estimate"]
        held += int(((low <= 0) & (high >= 0)).sum())
    return held / REPEATS / measures


def test_a_hundred_documents_cover_what_they_say() -> None:
    assert 0.93 <= coverage(100, 100, 0.3) <= 0.97


def test_few_documents_above_zero_do_not() -> None:
    assert coverage(40, 400, 0.92) < 0.90


def test_a_table_warns_of_just_that(table) -> None:
    sparse = table({"a": [0] * 37 + [2, 3, 4], "b": [0, 1] * 50})
    row = contrast(*sparse, seed=1, draws=300).row(0, named=True)
    assert row["low"] is not None
    assert row["reason"] == "interval: the mean of 'a' rests on 3 documents' worth of values, it may be too short"
    dense = table({"a": [0, 1, 2, 3] * 10, "b": [0, 1] * 50})
    assert contrast(*dense, seed=1, draws=300)["reason"][0] is None


def test_false_findings_stay_within_what_is_promised() -> None:
    """Sixty measures without any difference: p uniform, and a table with a finding no more often than q says."""
    found, p, ids = 0, [], [f"d{number:02d}" for number in range(60)]
    for repeat in range(40):
        random = stream(11, repeat)
        frames = [
            pl.DataFrame({"doc_id": ids, "measure": f"m{number}", "value": random.gamma(1, 1, 60)})
            for number in range(20)
        ]
        groups = pl.DataFrame({"doc_id": frames[0]["doc_id"], "group": ["a"] * 25 + ["b"] * 35})
        table = contrast(pl.concat(frames), groups, seed=repeat, draws=200)
        p += table["p"].to_list()
        found += bool((table["q"] < 0.1).any())
    assert found / 40 <= 0.25
    for level in (0.1, 0.5, 0.9):
        assert abs((np.array(p) < level).mean() - level) < 0.05


def test_percentiles_are_read_further_out_in_small_samples() -> None:
    """The adjustment by hand: n = 10, t = 2.262157, √(10/9) · t = 2.384521."""
    level = expanded(0.95, np.array([1, 10, 1_000_000]))
    assert np.isnan(level[0])
    assert level[1] == pytest.approx(1 - 2 * 0.0085513, abs=1e-5)
    assert level[2] == pytest.approx(0.95, abs=1e-5)
