"""Where the studied document stands among the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import polars as pl

from discourse.experiment.config import Experiment
from discourse.experiment.gather import Gathered
from discourse.experiment.section import LABELS, SECTIONS, Section, both, called, measure_labels
from discourse.experiment.sections.groups import groups, others
from discourse.measures import MEASURES
from discourse.report.figures import FIGURES, Figure
from discourse.report.labels import FAMILY_LABELS, ROLE_LABELS, TYPE_LABELS, VERB_STANCE_LABELS, Text
from discourse.report.names import named_roles
from discourse.report.tables import Table
from discourse.statistics.place import place

ALL = "all"
_WIDEST = 10
#: A percentile this far out is printed when the run is done.
_STRIKING = 10.0

_LABELS = {
    **LABELS,
    "percentile": both("centyl", "percentile"),
    "mad": both("MAD", "MAD"),
    "robust_z": both("odporne z", "robust z"),
}
_NOTE = both(
    "Centyl: 100 · (dokumenty niżej + połowa równych) / n, z 95-procentowym przedziałem Wilsona. "
    "Odporne z: 0,6745 · (wartość − mediana) / MAD; brak, gdy co najmniej połowa dokumentów jest równa.",
    "Percentile: 100 · (documents below + half of those equal) / n, with Wilson’s 95% interval. "
    "Robust z: 0.6745 · (value − median) / MAD; missing where half or more of the documents are equal.",
)


@SECTIONS.register("place")
def placement(experiment: Experiment, gathered: Gathered) -> Section | None:
    """Value, percentile and robust z of every measure, overall and by group; the document's own voices."""
    wanted = experiment.place
    if wanted is None or gathered.study is None:
        return None
    everyone = others(gathered).select("doc_id", pl.lit(ALL).alias("group"))
    frames = [_placed(gathered, everyone).with_columns(pl.lit(ALL).alias("by"))]
    for column in wanted.by:
        members = groups(experiment, gathered, column)
        if not members.is_empty():
            placed = _placed(gathered, members)
            frames.append(placed.with_columns(pl.lit(column).alias("by")))
    order = {name: i for i, name in enumerate(experiment.measure_names)}
    whole = (
        pl.concat(frames)
        .sort(pl.col("measure").replace_strict(order, return_dtype=pl.Int64), maintain_order=True)
        .select(pl.col("measure").map_elements(_family, return_dtype=pl.String).alias("family"), pl.all())
    )
    labels = measure_labels()
    named = {key: text for column in wanted.by for key, text in gathered.labels.get(column, {}).items()}
    kinds = {"measure": labels, "family": FAMILY_LABELS, "group": {**named, ALL: both("wszystkie", "all")}}
    overall = whole.filter(pl.col("by") == ALL).drop("by")
    first = Table(
        "place",
        overall.drop("group", "mad", "reason"),
        both("Artykuł wśród wszystkich porównywanych", "The article among all compared"),
        _NOTE,
        _LABELS,
        {"percentile": 1, "low": 1, "high": 1},
        kinds,
    )
    first_columns = ["family", "measure", "by", "group"]
    full = replace(
        first,
        name="place-full",
        frame=whole.select(*first_columns, pl.exclude(first_columns)),
        caption=both("Artykuł wśród wszystkich i w każdej z grup", "The article among all and within each group"),
        values={**kinds, "by": {ALL: both("wszystkie", "all"), **{column: called(column) for column in wanted.by}}},
    )
    tables = [first]
    more = [full]
    for column in wanted.by:
        rows = whole.filter(pl.col("by") == column)
        if not rows.is_empty():
            wide = rows.pivot(on="group", index=["family", "measure"], values="percentile", maintain_order=True)
            within = replace(
                first,
                name=f"place-by-{column}",
                frame=wide,
                caption=both(
                    f"Centyl artykułu w każdej z grup ({called(column)['pl']})",
                    f"The article’s percentile within each {called(column)['en']}",
                ),
                digits=dict.fromkeys(wide.columns[2:], 0),
                labels={**_LABELS, **named},
            )
            # a page is as wide as about ten columns
            (tables if wide.width <= _WIDEST else more).append(within)
    tables += _own(gathered, experiment.language)
    striking = overall.filter((pl.col("percentile") - 50).abs() >= 50 - _STRIKING).select(
        "measure", "value", "median", "percentile", "robust_z"
    )
    headline = replace(
        first,
        name="place-striking",
        frame=striking,
        caption=both(
            f"Miary, w których artykuł stoi poza środkowymi {100 - 2 * _STRIKING:.0f}% porównywanych",
            f"Measures in which the article stands outside the middle {100 - 2 * _STRIKING:.0f}% of those compared",
        ),
    )
    return Section("place", [headline, *tables], _figures(experiment, whole, wanted.by, named), more, headline=headline)


def _placed(gathered: Gathered, members: pl.DataFrame) -> pl.DataFrame:
    assert gathered.study is not None
    return place(gathered.measures, gathered.study, members, overall=None)


def _family(name: str) -> str:
    return MEASURES.get(name).family


def _figures(experiment: Experiment, whole: pl.DataFrame, by: list[str], named: Mapping[str, Text]) -> list[Figure]:
    """One figure a family: the overall percentile, and those within the groups of the first grouping.

    What neither the article nor the middle document has is in the table alone: there is nothing to see of it.
    """
    labels = measure_labels()
    language = experiment.language
    there = whole.filter((pl.col("by") == ALL) & ((pl.col("value") != 0) | (pl.col("median") != 0)))
    chosen = whole.filter(pl.col("by").is_in([ALL, *by[:1]]) & pl.col("measure").is_in(there["measure"].implode()))
    found = []
    for family in chosen["family"].unique(maintain_order=True):
        rows = chosen.filter((pl.col("family") == family) & pl.col("value").is_not_null()).select(
            pl.col("measure").replace_strict({k: v[language] for k, v in labels.items()}).alias("label"),
            pl.col("group").replace({k: v[language] for k, v in named.items()}),
            "value",
            "percentile",
        )
        if rows.is_empty():
            continue
        name = FAMILY_LABELS.get(family, both(family, family))
        found.append(
            FIGURES.get("placement")(
                rows,
                name=f"place-{family}",
                caption=both(
                    f"Centyle artykułu wśród porównywanych: {name['pl']}. Szary pas to środkowa połowa dokumentów.",
                    f"The article’s percentiles among those compared: {name['en']}. The grey band is the middle half.",
                ),
                language=language,
                overall=ALL,
            )
        )
    return found


def _own(gathered: Gathered, language: str) -> list[Table]:
    """The studied document's speakers and its attributions in order."""
    mine = pl.col("doc_id") == gathered.study
    said = gathered.attributions.filter(mine)
    speakers = (
        gathered.speakers.filter(mine)
        .select("speaker", "role", "evidence")
        .with_columns(pl.col("evidence").map_elements(partial(named_roles, language=language), return_dtype=pl.String))
        .join(
            said.group_by("speaker").agg(
                pl.len().alias("attributions"), pl.col("verb").drop_nulls().unique(maintain_order=True).alias("verbs")
            ),
            on="speaker",
            how="left",
            maintain_order="left",
        )
    )
    return [
        Table(
            "study-speakers",
            speakers,
            both("Kto mówi w artykule", "Who speaks in the article"),
            both(f"Mówiących: {speakers.height}. Podstawa: słowa, po których poznano rolę.",
                 f"Speakers: {speakers.height}. Evidence: the words by which the role was told."),
            labels={
                **_LABELS,
                "speaker": both("mówiący", "speaker"),
                "evidence": both("podstawa roli", "evidence"),
                "attributions": both("przytoczeń", "attributions"),
                "verbs": both("czasowniki", "verbs"),
            },
            values={"role": ROLE_LABELS},
        ),
        Table(
            "study-attributions",
            said.select("attribution", "type", "verb", "verb_stance", "speaker", "role", "boilerplate"),
            both("Przytoczenia w artykule, po kolei", "The article’s attributions in order"),
            both(f"Przytoczeń: {said.height}, także poza tekstem właściwym. Nastawienie: co czasownik mówi o treści.",
                 f"Attributions: {said.height}, those in boilerplate too. Stance: what the verb says of the content."),
            labels={
                **_LABELS,
                "attribution": both("nr", "no."),
                "type": both("typ", "type"),
                "speaker": both("mówiący", "speaker"),
                "boilerplate": both("poza artykułem", "boilerplate"),
            },
            values={"type": TYPE_LABELS, "role": ROLE_LABELS, "verb_stance": VERB_STANCE_LABELS},
        ),
    ]
