"""Which topics come back when the model is fitted again, and which run stands for the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.optimize import linear_sum_assignment

Floats = npt.NDArray[np.float64]

#: Topics of two runs are the same topic where they share at least this part of their top terms.
SAME = 0.5


@dataclass(frozen=True)
class Stability:
    """How the topics of several runs match.

    runs: one row a run: `run, topics, similarity` (mean over its topics and the other runs), `recurring` (the share of
    its topics found again in another run, mean over the others).
    topics: one row a run and topic: `run, topic, similarity`, `recurs` (in how many of the other runs), `others`.
    chosen: the number of the representative run.
    """

    runs: pl.DataFrame
    topics: pl.DataFrame
    chosen: int

    @property
    def recurring(self) -> float:
        """The mean share of topics that recur, over all runs; NaN of one run."""
        value = self.runs["recurring"].mean()
        return float(value) if isinstance(value, float) else float("nan")


def matched(a: pl.DataFrame, b: pl.DataFrame, top: int = 10) -> pl.DataFrame:
    """One row a topic of `a` that has a partner in `b`: `topic, partner, similarity`, the best match one to one.

    Similarity is the share of the `top` terms that both have (of the longer list); the match is the one with the
    largest sum over all topics (Kuhn 1955, the "Hungarian" algorithm), as Greene et al. (2014) do.
    """
    rows, columns = _lists(a, top), _lists(b, top)
    alike = np.array([[len(x & y) / max(len(x), len(y)) for y in columns.values()] for x in rows.values()])
    schema = {"topic": pl.UInt32, "partner": pl.UInt32, "similarity": pl.Float64}
    if not alike.size:
        return pl.DataFrame(schema=schema)
    first, second = linear_sum_assignment(-alike)
    names, partners = list(rows), list(columns)
    return pl.DataFrame(
        [(names[i], partners[j], alike[i, j]) for i, j in zip(first, second, strict=True)], schema=schema, orient="row"
    )


def stability(runs: Sequence[pl.DataFrame], top: int = 10) -> Stability:
    """How well the topics of these runs (each the frame `topics` of a model) match, pair by pair.

    A topic recurs in another run where its partner there shares at least half of the top terms. The representative run
    is the one most similar to all the others, the first of them where several are: never the one whose topics please.
    """
    found: dict[tuple[int, int], dict[int, float]] = {}
    for a in range(len(runs)):
        for b in range(a + 1, len(runs)):
            pairs = matched(runs[a], runs[b], top)
            found[a, b] = dict(zip(pairs["topic"], pairs["similarity"], strict=True))
            found[b, a] = dict(zip(pairs["partner"], pairs["similarity"], strict=True))
    rows: list[tuple[int, int, float | None, int | None, int]] = []
    others = len(runs) - 1
    for a, run in enumerate(runs):
        for topic in run["topic"].unique().sort():
            values = [found[a, b].get(topic, 0.0) for b in range(len(runs)) if b != a]
            mean = float(np.mean(values)) if values else None
            rows.append((a, topic, mean, sum(value >= SAME for value in values) if values else None, others))
    topics = pl.DataFrame(
        rows,
        schema={"run": pl.UInt32, "topic": pl.UInt32, "similarity": pl.Float64, "recurs": pl.UInt32,
                "others": pl.UInt32},
        orient="row",
    )  # fmt: skip
    table = topics.group_by("run", maintain_order=True).agg(
        pl.len().alias("topics"),
        pl.col("similarity").mean(),
        (pl.col("recurs") / pl.col("others")).mean().fill_nan(None).alias("recurring"),
    )
    chosen = int(table["similarity"].fill_null(0.0).arg_max() or 0)
    return Stability(table, topics, chosen)


def _lists(topics: pl.DataFrame, top: int) -> dict[int, set[str]]:
    ranked = topics.filter(pl.col("rank") <= top).sort("topic", "rank")
    return {int(topic): set(rows["term"]) for (topic,), rows in ranked.group_by("topic", maintain_order=True)}
