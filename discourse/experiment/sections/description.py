"""Every measure in every group."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from discourse.experiment.config import Experiment
from discourse.experiment.gather import Gathered
from discourse.experiment.section import LABELS, SECTIONS, Section, both, called, measure_labels
from discourse.experiment.sections.groups import columns, groups, shown, sizes
from discourse.measures import MEASURES
from discourse.report.figures import FIGURES, Figure
from discourse.report.figures.distribution import MOST_POINTS
from discourse.report.labels import FAMILY_LABELS
from discourse.report.tables import Table
from discourse.statistics.intervals import describe

_DRAWS = 1000
#: Drawn where the experiment measures them.
DRAWN = ("hedge_rate", "booster_rate", "attributed_share", "expert_share")


@SECTIONS.register("description")
def description(experiment: Experiment, gathered: Gathered) -> Section:
    """Means over documents, and the distribution of the main measures."""
    labels = measure_labels()
    tables, figures, more = [], [], []
    for column in columns(experiment):
        members = groups(experiment, gathered, column)
        joined = members.join(gathered.measures, on="doc_id", maintain_order="left")
        # the mean of a list, since that of a group is summed in as many parts as there are threads
        means = joined.group_by("group", "measure", maintain_order=True).agg(pl.col("value").alias("mean"))
        means = means.with_columns(pl.col("mean").list.mean())
        wide = means.pivot(on="group", index="measure", values="mean", maintain_order=True)
        missing = joined.group_by("measure").agg(pl.col("value").is_null().sum().alias("missing"))
        wide = wide.join(missing, on="measure", maintain_order="left")
        families = [MEASURES.get(name).family for name in wide["measure"]]
        wide = wide.select(pl.Series("family", families, dtype=pl.String), pl.all())
        tables.append(
            Table(
                f"measures-by-{column}",
                wide,
                both(
                    f"Średnie miar w grupach ({called(column)['pl']})",
                    f"Means of the measures by {called(column)['en']}",
                ),
                both(
                    "Średnia po dokumentach, w których miara ma wartość; ostatnia kolumna: w ilu jej nie ma. "
                    f"{sizes(experiment, gathered, column)['pl']}",
                    "Mean over the documents in which the measure has a value; last column: in how many it has none. "
                    f"{sizes(experiment, gathered, column)['en']}",
                ),
                {**LABELS, **gathered.labels.get(column, {}), "missing": both("brak w", "missing in")},
                values={"measure": labels, "family": FAMILY_LABELS},
            )
        )
        more.append(_spread(experiment, gathered, members, column))
        if figure := _figure(experiment, joined.with_columns(shown(experiment, gathered, column)), column):
            figures.append(figure)
    headline = _headline(gathered, tables[0], columns(experiment)[0])
    return Section("description", tables, figures, more, headline=headline)


def _spread(experiment: Experiment, gathered: Gathered, members: pl.DataFrame, column: str) -> Table:
    """Mean with its interval, and spread, of every measure in every group."""
    return Table(
        f"measures-by-{column}-full",
        describe(gathered.measures, members, seed=experiment.seed, draws=_DRAWS),
        both(f"Miary w grupach ({called(column)['pl']})", f"Measures by {called(column)['en']}"),
        both(
            f"Średnia z 95-procentowym przedziałem bootstrapowym po dokumentach ({_DRAWS} losowań).",
            f"Mean with a 95% bootstrap interval over documents ({_DRAWS} draws).",
        ),
        LABELS,
        values={"measure": measure_labels(), "group": gathered.labels.get(column, {})},
    )


def _headline(gathered: Gathered, table: Table, column: str) -> Table | None:
    """The main measures, one row a group: a terminal is narrow and groups may be many."""
    main = table.frame.filter(pl.col("measure").is_in(DRAWN)).drop("family", "missing")
    if main.is_empty():
        return None
    turned = main.drop("measure").transpose(include_header=True, header_name="group", column_names=main["measure"])
    return replace(
        table,
        name="headline",
        frame=turned,
        labels={**LABELS, **measure_labels()},
        values={"group": gathered.labels.get(column, {})},
    )


def _figure(experiment: Experiment, joined: pl.DataFrame, column: str) -> Figure | None:
    drawn = [name for name in DRAWN if name in experiment.measure_names]
    labels = measure_labels()
    rows = pl.concat(
        [
            joined.filter(pl.col("measure") == name).select(
                "group", "value", pl.lit(labels[name][experiment.language]).alias("panel")
            )
            for name in drawn
        ]
        or [pl.DataFrame()]
    )
    if rows.is_empty() or rows["value"].is_null().all():
        return None
    return FIGURES.get("distribution")(
        rows,
        name=f"distribution-{column}",
        caption=both(
            f"Rozkład głównych miar w dokumentach ({called(column)['pl']}); punkt to dokument, w grupie najwyżej "
            f"{MOST_POINTS}, wziętych w równych odstępach od najmniejszej wartości do największej.",
            f"The main measures over documents, by {called(column)['en']}; a dot is a document, at most {MOST_POINTS} "
            "a group, taken at even ranks from the smallest value to the largest.",
        ),
        language=experiment.language,
    )
