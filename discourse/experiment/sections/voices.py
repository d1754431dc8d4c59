"""Who speaks: words by role in every group, and the verbs that introduce speech."""

from __future__ import annotations

import polars as pl

from discourse.core.schema import ROLES
from discourse.experiment.config import Experiment
from discourse.experiment.gather import Gathered
from discourse.experiment.section import LABELS, SECTIONS, Section, both, called
from discourse.experiment.sections.groups import columns, groups, others, shown, sizes
from discourse.report.figures import FIGURES
from discourse.report.labels import ROLE_LABELS, VERB_STANCE_LABELS
from discourse.report.tables import Table


@SECTIONS.register("voices")
def voices(experiment: Experiment, gathered: Gathered) -> Section | None:
    """Shares of words by role, and the most frequent cues with their stance."""
    wanted = [f"{role}_share" for role in ROLES]
    if not set(wanted) <= set(experiment.measure_names):
        return None
    figures = []
    tables = []
    for column in columns(experiment):
        members = groups(experiment, gathered, column)
        rows = (
            members.join(gathered.measures.filter(pl.col("measure").is_in(wanted)), on="doc_id", maintain_order="left")
            .with_columns(pl.col("measure").str.strip_suffix("_share").alias("role"))
            .group_by("group", "role", maintain_order=True)
            .agg((pl.col("numerator").sum() / pl.col("denominator").sum()).fill_nan(0.0).alias("share"))
        )
        if rows.is_empty():
            continue
        caption = both(
            f"Czyje słowa wypełniają teksty ({called(column)['pl']}); udział w słowach grupy.",
            f"Whose words fill the texts, by {called(column)['en']}; share of the group's words.",
        )
        figures.append(
            FIGURES.get("roles")(
                rows.with_columns(shown(experiment, gathered, column)),
                name=f"roles-{column}",
                caption=caption,
                language=experiment.language,
            )
        )
        tables.append(
            Table(
                f"roles-{column}",
                rows.with_columns((100 * pl.col("share")).alias("share")).pivot(
                    on="group", index="role", values="share", maintain_order=True
                ),
                both(
                    f"Udział ról w słowach, w procentach ({called(column)['pl']})",
                    f"Share of words by role, per cent, by {called(column)['en']}",
                ),
                both(
                    "Słowa przytoczone tej roli przez wszystkie słowa grupy; słowo w przytoczeniu zagnieżdżonym należy "
                    f"do głosu wewnętrznego. {sizes(experiment, gathered, column)['pl']}",
                    "Words attributed to the role over all words of the group; a word inside nested reports belongs "
                    f"to the inner voice. {sizes(experiment, gathered, column)['en']}",
                ),
                labels={**LABELS, **gathered.labels.get(column, {})},
                digits=dict.fromkeys(rows["group"].unique().to_list(), 1),
                values={"role": ROLE_LABELS},
            )
        )
    tables.append(_cues(gathered))
    return Section("voices", tables, figures)


def _cues(gathered: Gathered) -> Table:
    compared = others(gathered)["doc_id"]
    rows = (
        gathered.attributions.filter(
            ~pl.col("boilerplate") & pl.col("verb").is_not_null() & pl.col("doc_id").is_in(compared.to_list())
        )
        .group_by("verb", "verb_stance")
        .agg(
            pl.len().alias("n"),
            pl.col("doc_id").n_unique().alias("documents"),
            (100 * (pl.col("role") == "expert").mean()).alias("expert"),
            (100 * (pl.col("role") == "official").mean()).alias("official"),
        )
        .sort(["n", "verb", "verb_stance"], descending=[True, False, False])
        .head(30)
    )
    return Table(
        "cues",
        rows,
        both("Najczęstsze wyrażenia wprowadzające cudze słowa", "The most frequent cues of reported speech"),
        both(
            "Trzydzieści najczęstszych; kolumny ról: jaki procent przytoczeń z tym czasownikiem należy do tej roli.",
            "The thirty most frequent; role columns: the percentage of this cue’s attributions that are of the role.",
        ),
        {**LABELS, **ROLE_LABELS},
        {"expert": 0, "official": 0},
        {"verb_stance": VERB_STANCE_LABELS},
    )
