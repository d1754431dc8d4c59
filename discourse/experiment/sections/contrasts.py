"""How groups differ, measure by measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from discourse.experiment.config import Experiment
from discourse.experiment.gather import Gathered
from discourse.experiment.section import LABELS, SECTIONS, Section, both, called, measure_labels
from discourse.experiment.sections.description import DRAWN
from discourse.experiment.sections.groups import groups, measure_slices, others
from discourse.measures import MEASURES
from discourse.report.figures import FIGURES
from discourse.report.labels import Text
from discourse.report.tables import Table
from discourse.statistics.contrast import REST, contrast
from discourse.statistics.counts import count_contrasts
from discourse.statistics.multiple import benjamini_hochberg
from discourse.statistics.power import documents_needed

#: What the page shows: differences with a smaller q, so many of them, in these columns.
_CLEAR, _MOST = 0.05, 30
_SHOWN = (
    "measure",
    "group_a",
    "group_b",
    "mean_a",
    "mean_b",
    "estimate",
    "low",
    "high",
    "g",
    "delta",
    "q",
    "n_a",
    "n_b",
    "reason",
)
_REST = both("pozostałe", "the rest")


@SECTIONS.register("contrasts")
def contrasts(experiment: Experiment, gathered: Gathered) -> Section | None:
    """Differences between groups of documents with bootstrap intervals, effect sizes and tests."""
    wanted = experiment.contrasts
    if wanted is None:
        return None
    by = called(wanted.by)
    members = groups(experiment, gathered, wanted.by)
    clusters = None
    if wanted.cluster:
        clusters = others(gathered).select("doc_id", pl.col(wanted.cluster).alias("cluster"))
    how: dict[str, Any] = {"seed": experiment.seed, "draws": wanted.draws, "clusters": clusters, "pairs": wanted.pairs}
    slices = [contrast(values, members, **how) for values in measure_slices(experiment, gathered)]
    found = pl.concat(slices)
    if len(slices) > 1:  # the correction is over the whole table
        found = found.with_columns(benjamini_hochberg(found["p"]))
    labels = measure_labels()
    named = {**gathered.labels.get(wanted.by, {}), REST: _REST}
    unit_pl, unit_en = (
        (f"skupień ({wanted.cluster})", f"clusters ({wanted.cluster})")
        if wanted.cluster
        else (
            "dokumentów",
            "documents",
        )
    )
    table = Table(
        "contrasts",
        found,
        both(
            f"Różnice między grupami ({by['pl']})",
            f"Differences between groups, by {by['en']}",
        ),
        both(
            f"Różnica średnich a − b i iloraz średnich z 95-procentowym przedziałem bootstrapowym ({wanted.draws} "
            f"losowań {unit_pl}), g Hedgesa i delta Cliffa z przedziałami; p z permutacji, q Benjaminiego i Hochberga "
            "w całej tabeli.",
            f"Difference of means a − b and ratio of means with 95% bootstrap intervals ({wanted.draws} draws of "
            f"{unit_en}), Hedges’ g and Cliff’s delta with intervals; p by permutation, Benjamini–Hochberg q over the "
            "table.",
        ),
        {
            **LABELS,
            "group_a": both("grupa a", "group a"),
            "group_b": both("grupa b", "group b"),
            "mean_a": both("średnia a", "mean a"),
            "mean_b": both("średnia b", "mean b"),
            "estimate": both("różnica", "difference"),
            "ratio": both("iloraz", "ratio"),
            "ratio_low": both("od", "from"),
            "ratio_high": both("do", "to"),
            "g_low": both("od", "from"),
            "g_high": both("do", "to"),
            "delta_low": both("od", "from"),
            "delta_high": both("do", "to"),
            "n_a": both("n a", "n a"),
            "n_b": both("n b", "n b"),
            "reason": both("uwaga", "note"),
        },
        {"p": 4, "q": 4},
        {"measure": labels, "group_a": named, "group_b": named},
    )
    drawn = found.filter(pl.col("measure").is_in(DRAWN) & pl.col("estimate").is_not_null())
    figures = []
    if not drawn.is_empty():
        language = experiment.language
        rows = drawn.select(
            pl.concat_str(
                [pl.col("group_a", "group_b").replace({key: text[language] for key, text in named.items()})],
                separator=" − ",
            ).alias("label"),
            "estimate",
            "low",
            "high",
            pl.col("measure").replace_strict({name: labels[name][language] for name in DRAWN}).alias("panel"),
        )
        figures.append(
            FIGURES.get("intervals")(
                rows,
                name="contrasts",
                caption=both(
                    f"Różnice głównych miar między grupami ({by['pl']}) z przedziałami 95%; znak pusty, gdy "
                    "przedział obejmuje zero.",
                    f"Differences of the main measures between groups, by {by['en']}, with 95% intervals; hollow "
                    "where the interval holds zero.",
                ),
                language=language,
            )
        )
    more = [table, _needed(experiment, gathered, found, members, named)]
    tables = []
    if wanted.counts:
        tables.append(_counts(experiment, gathered, members, clusters, named))
    clear = found.filter(pl.col("q") < _CLEAR).sort(pl.col("g").abs(), descending=True, maintain_order=True).head(_MOST)
    shown = replace(
        table,
        name="contrasts-clear",
        frame=clear.select(_SHOWN),
        caption=both(
            f"Najwyraźniejsze różnice między grupami ({by['pl']}): q < 0,05, najwyżej {_MOST}, od największego |g|",
            f"The clearest differences between groups, by {by['en']}: q < 0.05, at most {_MOST}, largest |g| first",
        ),
    )
    text = both(
        f"Porównań: {found.height}, z q < 0,05: {found.filter(pl.col('q') < _CLEAR).height}. "
        f"{_without(found)['pl']}Wszystkie są w tables/contrasts.csv.",
        f"Comparisons: {found.height}, with q < 0.05: {found.filter(pl.col('q') < _CLEAR).height}. "
        f"{_without(found)['en']}All are in tables/contrasts.csv.",
    )
    return Section("contrasts", [shown, *tables], figures, more, text)


def _without(found: pl.DataFrame) -> Text:
    """How many comparisons have no interval, where there are such."""
    short = found.filter(pl.col("low").is_null()).height
    return both(f"Bez przedziału: {short} (powody w tabeli). ", f"Without an interval: {short} (reasons in the table). "
                ) if short else both("", "")  # fmt: skip


def _needed(
    experiment: Experiment, gathered: Gathered, found: pl.DataFrame, members: pl.DataFrame, named: Mapping[str, Text]
) -> Table:
    """How many documents would show each difference."""
    wanted = experiment.contrasts
    assert wanted is not None
    frame = documents_needed(found, gathered.measures, members, clustered=bool(wanted.cluster), power=wanted.power)
    return Table(
        "contrasts-power",
        frame,
        both("Ilu dokumentów trzeba, by zobaczyć te różnice", "How many documents it takes to see these differences"),
        both(
            f"Dokumentów w każdej z dwóch równych grup, by test dwustronny na poziomie 0,05 wykazał tę różnicę z mocą "
            f"{wanted.power:.0%}; moc: przy dokumentach, które są. Efekt układu: o ile mniej mówią dokumenty z jednego "
            "skupienia.",
            f"Documents in each of two equal groups for a two-sided test at 0.05 to show the difference with a power "
            f"of {wanted.power:.0%}; power: with the documents at hand. Design effect: how much less documents of one "
            "cluster say.",
        ),
        {**LABELS, "group_a": both("grupa a", "group a"), "group_b": both("grupa b", "group b"),
         "estimate": both("różnica", "difference"), "design_effect": both("efekt układu", "design effect"),
         "power": both("moc", "power"), "needed": both("potrzeba", "needed")},
        {},
        {"measure": measure_labels(), "group_a": named, "group_b": named},
    )  # fmt: skip


def _counts(
    experiment: Experiment,
    gathered: Gathered,
    members: pl.DataFrame,
    clusters: pl.DataFrame | None,
    named: Mapping[str, Text],
) -> Table:
    """Ratios of rates of the measures that count something per words, at equal length and covariates."""
    wanted = experiment.contrasts
    assert wanted is not None and wanted.counts is not None
    rates = [name for name in experiment.measure_names if MEASURES.get(name).kind == "rate"]
    covariates = others(gathered).select("doc_id", *wanted.covariates) if wanted.covariates else None
    frame = count_contrasts(
        gathered.measures.filter(pl.col("measure").is_in(rates)), members, model=wanted.counts, covariates=covariates,
        clusters=clusters, pairs=wanted.pairs,
    )  # fmt: skip
    what = {"quasi-poisson": both("quasi-Poissona", "quasi-Poisson"),
            "negative-binomial": both("ujemny dwumianowy", "negative binomial")}[wanted.counts]  # fmt: skip
    held = ", ".join(wanted.covariates) or "–"
    return Table(
        "contrasts-counts",
        frame.drop("model"),
        both("Ile razy częściej, przy równej długości", "How many times as often, at equal length"),
        both(
            f"Model {what['pl']} liczby wystąpień z logarytmem długości jako przesunięciem; stałe: {held}. "
            f"Błędy odporne{', skupieniami: ' + wanted.cluster if wanted.cluster else ''}; q Benjaminiego i Hochberga "
            "w całej tabeli.",
            f"A {what['en']} model of counts with the logarithm of length as offset; held constant: {held}. Robust "
            f"errors{', by ' + wanted.cluster if wanted.cluster else ''}; Benjamini–Hochberg q over the table.",
        ),
        {**LABELS, "group_a": both("grupa a", "group a"), "group_b": both("grupa b", "group b"),
         "rate_ratio": both("iloraz częstości", "ratio of rates"), "dispersion": both("dyspersja", "dispersion"),
         "clusters": both("skupień", "clusters"), "n_a": both("n a", "n a"), "n_b": both("n b", "n b"),
         "reason": both("uwaga", "note")},
        {"p": 4, "q": 4},
        {"measure": measure_labels(), "group_a": named, "group_b": named},
    )  # fmt: skip
