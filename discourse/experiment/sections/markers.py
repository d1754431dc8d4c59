"""Which markers carry the stance."""

from __future__ import annotations

import polars as pl

from discourse.core.polish import number
from discourse.core.schema import CATEGORIES
from discourse.experiment.config import Experiment
from discourse.experiment.gather import Gathered
from discourse.experiment.section import LABELS, SECTIONS, Section, both
from discourse.experiment.sections.groups import others
from discourse.report.labels import CATEGORY_LABELS
from discourse.report.tables import Table

_MOST = 10


@SECTIONS.register("markers")
def markers(experiment: Experiment, gathered: Gathered) -> Section:
    """The most frequent markers of each category."""
    compared = others(gathered)["doc_id"].to_list()
    words = gathered.words.filter(pl.col("doc_id").is_in(compared))["words"].to_list()
    rank = {category: i for i, category in enumerate(CATEGORIES)}
    rows = (
        gathered.markers.filter(~pl.col("boilerplate") & pl.col("doc_id").is_in(compared))
        .group_by("category", "marker")
        .agg(
            pl.len().alias("n"),
            pl.col("doc_id").n_unique().alias("documents"),
            (1000 * pl.len() / max(1.0, sum(words))).alias("rate"),
            (100 * pl.col("attribution").is_not_null().mean()).alias("attributed"),
        )
        .sort(
            [pl.col("category").replace_strict(rank, return_dtype=pl.Int8), "n", "marker"],
            descending=[False, True, False],
        )
        .filter(pl.int_range(pl.len()).over("category") < _MOST)
    )
    table = Table(
        "markers",
        rows,
        both("Najczęstsze wykładniki postawy", "The most frequent stance markers"),
        both(
            f"Do {_MOST} w kategorii; ostatnia kolumna: jaki procent trafień stoi w słowach przytoczonych. "
            f"Dokumentów: {len(compared)}, słów: {number(sum(words), 0)}.",
            f"Up to {_MOST} a category; last column: the percentage of hits that stand in attributed words. "
            f"Documents: {len(compared)}, words: {number(sum(words), 0, 'en')}.",
        ),
        {
            **LABELS,
            "rate": both("na 1000 słów", "per 1,000 words"),
            "attributed": both("w przytoczeniach, %", "in attributed words, %"),
        },
        {"rate": 3, "attributed": 0},
        {"category": CATEGORY_LABELS},
    )
    return Section("markers", [table])
