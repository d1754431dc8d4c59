"""Stance: how sure, how committed, how evaluating a text sounds. Counts are of marker spans outside boilerplate.

Categories are those of the annotation guidelines, which follow Hyland's (2005) hedges, boosters and attitude markers.
"""

from __future__ import annotations

import polars as pl

from discourse.core.schema import CATEGORIES
from discourse.measures.layers import Layers, over, tally
from discourse.measures.registry import Definition, measure

_LABELS = {
    "hedge": ("wyrażenia asekuracyjne", "hedges"),
    "approximator": ("wyrażenia przybliżające", "approximators"),
    "booster": ("wzmocnienia", "boosters"),
    "reportive": ("wykładniki zasłyszenia", "reportives"),
    "attitude": ("wykładniki oceny", "attitude markers"),
    "obligation": ("wykładniki powinności", "obligation markers"),
}


def _rate_of(category: str) -> Definition:
    def rate(layers: Layers) -> pl.DataFrame:
        return over(tally(_of(layers, category)), layers.length)

    rate.__doc__ = f"1000 × spans of category `{category}` / words."
    return rate


def _of(layers: Layers, category: str) -> pl.DataFrame:
    return layers.hits.filter(pl.col("category") == category)


for _category in CATEGORIES:
    _polish, _english = _LABELS[_category]
    measure(
        f"{_category}_rate",
        family="stance",
        pl=f"{_polish} na 1000 słów",
        en=f"{_english} per 1,000 words",
        unit="per 1,000 words",
        kind="rate",
    )(_rate_of(_category))


@measure(
    "stance_rate",
    family="stance",
    pl="wszystkie wykładniki postawy na 1000 słów",
    en="all stance markers per 1,000 words",
    unit="per 1,000 words",
    kind="rate",
)
def stance_rate(layers: Layers) -> pl.DataFrame:
    """1000 × spans of all six categories / words."""
    return over(tally(layers.hits), layers.length)


@measure(
    "hedge_share",
    family="stance",
    pl="udział asekuracji wśród asekuracji i wzmocnień",
    en="hedges among hedges and boosters",
    unit="%",
    kind="proportion",
    base="hedges or boosters",
)
def hedge_share(layers: Layers) -> pl.DataFrame:
    """100 × hedges / (hedges + boosters): 100 where every signal of certainty is a caution, 0 where none is."""
    both = layers.hits.filter(pl.col("category").is_in(["hedge", "booster"]))
    return over(tally(_of(layers, "hedge")), tally(both))


@measure(
    "hedge_rate_attributed",
    family="stance",
    pl="asekuracje na 1000 słów przytoczonych",
    en="hedges per 1,000 attributed words",
    unit="per 1,000 words",
    kind="rate",
    base="attributed words",
)
def hedge_rate_attributed(layers: Layers) -> pl.DataFrame:
    """1000 × hedges inside the content of attributions / words inside it: how cautious the sources sound."""
    inside = _of(layers, "hedge").filter(pl.col("attribution").is_not_null())
    return over(tally(inside), tally(layers.attributed))


@measure(
    "hedge_rate_own",
    family="stance",
    pl="asekuracje na 1000 słów autora",
    en="hedges per 1,000 of the author's own words",
    unit="per 1,000 words",
    kind="rate",
    base="words of the author's own",
)
def hedge_rate_own(layers: Layers) -> pl.DataFrame:
    """1000 × hedges outside every attribution / words outside: how cautious the author's own voice sounds."""
    outside = _of(layers, "hedge").filter(pl.col("attribution").is_null())
    return over(tally(outside), tally(layers.own))


@measure(
    "booster_rate_own",
    family="stance",
    pl="wzmocnienia na 1000 słów autora",
    en="boosters per 1,000 of the author's own words",
    unit="per 1,000 words",
    kind="rate",
    base="words of the author's own",
)
def booster_rate_own(layers: Layers) -> pl.DataFrame:
    """1000 × boosters outside every attribution / words outside."""
    outside = _of(layers, "booster").filter(pl.col("attribution").is_null())
    return over(tally(outside), tally(layers.own))


@measure(
    "hedge_quoted_share",
    family="stance",
    pl="udział asekuracji stojących w cytatach",
    en="hedges that stand in quoted words",
    unit="%",
    kind="proportion",
    base="hedges",
)
def hedge_quoted_share(layers: Layers) -> pl.DataFrame:
    """100 × hedges inside direct speech or quotation marks / hedges."""
    return over(tally(_of(layers, "hedge").filter(pl.col("quoted").fill_null(False))), tally(_of(layers, "hedge")))


@measure(
    "stance_attributed_share",
    family="stance",
    pl="udział wykładników postawy oddanych źródłom",
    en="stance markers given to sources",
    unit="%",
    kind="proportion",
    base="stance markers",
)
def stance_attributed_share(layers: Layers) -> pl.DataFrame:
    """100 × spans inside the content of any attribution / spans: whose stance the text shows."""
    return over(tally(layers.hits.filter(pl.col("attribution").is_not_null())), tally(layers.hits))


@measure(
    "marker_variety",
    family="stance",
    pl="różnorodność wykładników postawy",
    en="variety of stance markers",
    unit="%",
    kind="proportion",
    base="stance markers",
)
def marker_variety(layers: Layers) -> pl.DataFrame:
    """100 × distinct lexicon entries / spans: a type–token ratio, which falls as spans grow many."""
    return over(tally(layers.hits, pl.col("marker").n_unique()), tally(layers.hits))
