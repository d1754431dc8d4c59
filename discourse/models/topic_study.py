"""A topic model that a reader can rely on: a grid of K by seeds, scored on documents not fitted; a run that recurs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.seeds import integer, stream
from discourse.models.coherence import coherence, diversity
from discourse.models.matrix import Matrix
from discourse.models.stability import stability
from discourse.models.topics import DEFAULT, Topics, fit_topics

#: Coherence within this of the best is as good as the best.
CLOSE = 0.01
_GRID: dict[str, type[pl.DataType]] = {
    "k": pl.UInt32,
    "topics": pl.Float64,
    **dict.fromkeys(("c_npmi", "c_npmi_sd", "c_v", "c_v_sd", "diversity", "similarity", "recurring"), pl.Float64),
    "chosen": pl.Boolean,
    "reason": pl.String,
}


@dataclass(frozen=True)
class Study:
    """What was tried, and the model that stands for it.

    grid: one row a number of topics that was tried: `k, topics` (found, mean over the runs), `c_npmi` and `c_v` (top
    10 terms, mean over topics and runs, on the half of the documents that was not fitted) with their `_sd` over runs,
    `diversity`, `similarity` and `recurring` of the runs, `chosen`, and the `reason` why one could not be scored.
    model: the representative run with the chosen K on all documents.
    stability: one row a topic of it: `topic, similarity, recurs, others`; see `stability.Stability`.
    runs: one row a run on all documents: `run, topics, similarity, recurring`.
    coherence: one row a topic: `topic, c_npmi, c_v`, on the documents that were fitted.
    """

    grid: pl.DataFrame
    model: Topics
    stability: pl.DataFrame
    runs: pl.DataFrame
    coherence: pl.DataFrame


def study(
    matrix: Matrix, ks: Sequence[int], seed: int, engine: str = DEFAULT, *, runs: int = 5, top: int = 50
) -> Study:
    """The topics of `matrix`, with the number among `ks` whose topics hold together best on unseen documents.

    Every K is fitted `runs` times, each with a seed of its own, on a random half of the documents, and scored on the
    other. The one with the highest C_NPMI is taken; of those within 0.01 of it, the one whose topics recur most; of
    equals, the smallest. The chosen K is fitted as often on all documents, and the run most like the others is the
    model. Raises `DiscourseError` where no K can be fitted.
    """
    wanted = sorted(set(ks))
    order = stream(seed, "topics", "halves").permutation(len(matrix.doc_id))
    middle = len(order) // 2
    first, other = (matrix.select([matrix.doc_id[row] for row in rows]) for rows in (order[:middle], order[middle:]))
    grid = pl.DataFrame([_tried(first, other, k, seed, engine, runs) for k in wanted], schema=_GRID)
    k = _best(grid)
    models = [fit_topics(matrix, k, integer(seed, "topics", "run", run), engine, top=top) for run in range(runs)]
    found = stability([model.topics for model in models])
    chosen = models[found.chosen]
    scored = coherence(chosen.topics, matrix)
    return Study(
        grid.with_columns((pl.col("k") == k).alias("chosen")),
        chosen,
        found.topics.filter(pl.col("run") == found.chosen).drop("run"),
        found.runs,
        scored.pivot("measure", index="topic", values="coherence"),
    )


def _tried(first: Matrix, other: Matrix, k: int, seed: int, engine: str, runs: int) -> dict[str, object]:
    try:
        made = [fit_topics(first, k, integer(seed, "topics", "grid", run), engine).topics for run in range(runs)]
    except DiscourseError as error:
        return {"k": k, "chosen": False, "reason": f"on half of the documents: {error}"}
    row: dict[str, object] = {"k": k, "chosen": False, "reason": None}
    row["topics"] = sum(run["topic"].n_unique() for run in made) / runs
    together = pl.concat(run.with_columns(pl.col("topic") + number * _ROOM) for number, run in enumerate(made))
    scores = coherence(together, other).with_columns(pl.col("topic") // _ROOM)
    for measure in ("c_npmi", "c_v"):
        by_run = scores.filter(pl.col("measure") == measure).group_by("topic").agg(pl.col("coherence").mean())
        values = by_run.sort("topic")["coherence"]
        row |= {measure: values.mean(), f"{measure}_sd": values.std()}
    row["diversity"] = sum(diversity(run) for run in made) / runs
    found = stability(made).runs
    return row | {"similarity": found["similarity"].mean(), "recurring": found["recurring"].mean()}


#: More topics than a run has: the topics of several runs are scored at once, numbered apart.
_ROOM = 10_000


def _best(grid: pl.DataFrame) -> int:
    scored = grid.filter(pl.col("c_npmi").is_not_null())
    if scored.is_empty():  # the documents are too few to be halved: the smallest K is the likeliest to be fitted
        return int(grid["k"][0])
    close = scored.filter(pl.col("c_npmi") >= scored["c_npmi"].max() - CLOSE)  # type: ignore[operator]
    return int(close.sort(pl.col("recurring").fill_null(0.0), "k", descending=[True, False])["k"][0])
