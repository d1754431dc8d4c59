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


#: Whose words: a suffix of the name, which words, their label and base in Polish and English.
_VOICES = (
    ("expert", "słów ekspertów", "words of experts", "words of experts"),
    ("official", "słów polityków i urzędów", "words of officials", "words of officials"),
    ("own", "słów autora", "of the author's own words", "words of the author's own"),
)


def _rate_in(category: str, voice: str, base: str) -> Definition:
    def rate(layers: Layers) -> pl.DataFrame:
        if voice == "own":
            return over(tally(_of(layers, category).filter(pl.col("attribution").is_null())), tally(layers.own))
        given = layers.voices.filter(pl.col("role") == voice).select("doc_id", "attribution")
        inside = _of(layers, category).join(given, on=["doc_id", "attribution"], how="semi", maintain_order="left")
        return over(tally(inside), tally(layers.attributed.filter(pl.col("role") == voice)))

    where = (
        "outside every attribution" if voice == "own" else f"inside the content of attributions in the role `{voice}`"
    )
    rate.__doc__ = f"""1000 × spans of category `{category}` {where} / words there; the innermost report counts.

    Unit: per 1,000 words; missing without {base}. Source: the category after Hyland (2005), by whose words it is in.
    """
    return rate


for _category in ("hedge", "booster", "obligation"):
    for _voice, _polish_words, _english_words, _base in _VOICES:
        measure(
            f"{_category}_rate_{_voice}",
            family="stance",
            pl=f"{_LABELS[_category][0]} na 1000 {_polish_words}",
            en=f"{_LABELS[_category][1]} per 1,000 {_english_words}",
            unit="per 1,000 words",
            kind="rate",
            base=_base,
        )(_rate_in(_category, _voice, _base))


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
