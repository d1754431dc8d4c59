"""Distinct values: what is worked out once for each is then gathered for every row."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl


def codes(column: pl.Series) -> tuple[pl.Series, npt.NDArray[np.int64]]:
    """The distinct values of a column without nulls, and for each row which of them it is."""
    number = column.cast(pl.Categorical(pl.Categories.random())).to_physical().to_numpy().astype(np.int64)
    rows = np.arange(len(number))
    first = np.full(int(number.max(initial=-1)) + 1, -1, np.int64)
    first[number[::-1]] = rows[::-1]  # the last to be written is the first row of its value
    there = first >= 0
    if not there.all():
        number, first = (np.cumsum(there) - 1)[number], first[there]
    return column.gather(first), number


def once(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The distinct numbers, ascending; sorted, since `np.unique` hashes them, which takes many times as long."""
    ordered = np.sort(numbers)
    new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]
