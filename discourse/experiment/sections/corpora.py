"""What was read: documents and words, by corpus and group."""

from __future__ import annotations

import polars as pl

from discourse.experiment.config import Experiment
from discourse.experiment.gather import Gathered
from discourse.experiment.section import LABELS, SECTIONS, Section, both, called
from discourse.experiment.sections.groups import columns, groups, others
from discourse.report.tables import Table


@SECTIONS.register("corpora")
def corpora(experiment: Experiment, gathered: Gathered) -> Section:
    """Documents and words of every group."""
    words = gathered.words
    rows = []
    for column in dict.fromkeys(["corpus", *columns(experiment)]):
        part = groups(experiment, gathered, column).join(words, on="doc_id", maintain_order="left")
        rows.append(
            part.group_by("group", maintain_order=True)
            .agg(
                pl.len().alias("documents"),
                pl.col("words").sum().cast(pl.Int64).alias("words"),
                pl.col("words").median().alias("median"),
                (pl.col("words") == 0).sum().alias("empty"),
            )
            .select(pl.lit(column).alias("by"), pl.all())
        )
    rest = others(gathered)
    small = {
        column: rest.height - groups(experiment, gathered, column).height
        for column in columns(experiment)
        if rest.height > groups(experiment, gathered, column).height
    }
    left = "; ".join(f"{column}: {n}" for column, n in small.items())
    table = Table(
        "corpora",
        pl.concat(rows),
        both("Dokumenty i słowa w grupach", "Documents and words by group"),
        both(
            "Słowo to wyraz pisany z literą lub cyfrą, poza dodatkami redakcyjnymi (reklama, odsyłacze)."
            + (f" Dokumenty z grup mniejszych niż {experiment.minimum_group}, nieujęte: {left}." if left else ""),
            "A word is a written word with a letter or a digit, outside boilerplate (advertising, teasers)."
            + (f" Documents in groups of fewer than {experiment.minimum_group}, not shown: {left}." if left else ""),
        ),
        {**LABELS, "median": both("słów, mediana", "words, median"), "empty": both("bez słów", "without words")},
        {"median": 0},
        {
            "group": {
                key: text for column in columns(experiment) for key, text in gathered.labels.get(column, {}).items()
            },
            "by": {column: called(column) for column in ["corpus", *columns(experiment)]},
        },
    )
    return Section("corpora", [table])
