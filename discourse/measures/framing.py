"""Framing by voices: who is let speak, how much, and how the author introduces it.

Attributed words are those inside the content of an attribution; a word inside nested reports belongs to the innermost,
so that shares by role, by type and by speaker add up to the attributed share. Boilerplate is left out throughout.
"""

from __future__ import annotations

import polars as pl

from discourse.core.schema import ROLES
from discourse.measures.layers import Layers, number, over, tally
from discourse.measures.registry import Definition, measure

#: Words, headline included, that count as the lead: texts from the web have lost the breaks that would show it.
LEAD_WORDS = 60

_ROLE_LABELS = {
    "expert": ("ekspertom", "experts"),
    "official": ("politykom i urzędom", "officials"),
    "organization": ("organizacjom", "organizations"),
    "document": ("dokumentom", "documents"),
    "media": ("mediom", "media"),
    "citizen": ("zwykłym ludziom", "citizens"),
    "anonymous": ("źródłom anonimowym", "anonymous sources"),
    "other": ("innym źródłom", "other sources"),
}


@measure(
    "attributed_share",
    family="framing",
    pl="udział słów przytoczonych",
    en="attributed words",
    unit="%",
    kind="proportion",
)
def attributed_share(layers: Layers) -> pl.DataFrame:
    """100 × words inside the content of an attribution / words; nested reports count once."""
    return over(tally(layers.attributed), layers.length)


def _share_of(role: str) -> Definition:
    def share(layers: Layers) -> pl.DataFrame:
        return over(tally(layers.attributed.filter(pl.col("role") == role)), layers.length)

    share.__doc__ = f"100 × words attributed to sources in the role `{role}` / words."
    return share


for _role in ROLES:
    _polish, _english = _ROLE_LABELS[_role]
    measure(
        f"{_role}_share",
        family="framing",
        pl=f"udział słów oddanych {_polish}",
        en=f"words given to {_english}",
        unit="%",
        kind="proportion",
    )(_share_of(_role))


@measure(
    "direct_share",
    family="framing",
    pl="udział mowy niezależnej w słowach przytoczonych",
    en="direct speech among attributed words",
    unit="%",
    kind="proportion",
    base="attributed words",
)
def direct_share(layers: Layers) -> pl.DataFrame:
    """100 × words of direct speech / attributed words."""
    return over(tally(layers.attributed.filter(pl.col("type") == "direct")), tally(layers.attributed))


@measure(
    "indirect_share",
    family="framing",
    pl="udział mowy zależnej w słowach przytoczonych",
    en="indirect speech among attributed words",
    unit="%",
    kind="proportion",
    base="attributed words",
)
def indirect_share(layers: Layers) -> pl.DataFrame:
    """100 × words of indirect speech / attributed words; what is neither direct nor indirect is *according to*."""
    return over(tally(layers.attributed.filter(pl.col("type") == "indirect")), tally(layers.attributed))


@measure(
    "attribution_rate",
    family="framing",
    pl="przytoczenia na 1000 słów",
    en="attributions per 1,000 words",
    unit="per 1,000 words",
    kind="rate",
)
def attribution_rate(layers: Layers) -> pl.DataFrame:
    """1000 × attributions / words."""
    return over(tally(layers.voices), layers.length)


@measure(
    "speakers",
    family="framing",
    pl="liczba źródeł",
    en="speakers",
    unit="speakers",
    kind="number",
    base=None,
)
def speakers(layers: Layers) -> pl.DataFrame:
    """The number of distinct speakers that are told apart by name or description."""
    return number(tally(layers.voices.drop_nulls("speaker"), pl.col("speaker").n_unique()))


@measure(
    "expert_speakers",
    family="framing",
    pl="liczba ekspertów",
    en="expert speakers",
    unit="speakers",
    kind="number",
    base=None,
)
def expert_speakers(layers: Layers) -> pl.DataFrame:
    """The number of distinct speakers who are given words as experts."""
    told = layers.voices.drop_nulls("speaker").filter(pl.col("role") == "expert")
    return number(tally(told, pl.col("speaker").n_unique()))


@measure(
    "one_source_index",
    family="framing",
    pl="udział najczęściej cytowanego źródła",
    en="share of the most quoted speaker",
    unit="%",
    kind="proportion",
    base="words attributed to a known speaker",
)
def one_source_index(layers: Layers) -> pl.DataFrame:
    """100 × words of the speaker with most of them / words attributed to known speakers: 100 is a text of one source.

    The Berger–Parker index of dominance (Berger and Parker 1970) over speakers.
    """
    words = _words_by_speaker(layers)
    return over(tally(words, pl.col("n").max()), tally(words, pl.col("n").sum()))


@measure(
    "speaker_entropy",
    family="framing",
    pl="entropia źródeł",
    en="entropy of speakers",
    unit="bits",
    kind="number",
    base="words attributed to a known speaker",
)
def speaker_entropy(layers: Layers) -> pl.DataFrame:
    """Shannon entropy in bits of the words by speaker, −Σ pᵢ log₂ pᵢ (Shannon 1948); 0 is one source, 1 two equals.

    As a ratio: the sum of the words' surprisals over the number of words.
    """
    words = _words_by_speaker(layers)
    surprisal = (pl.col("n") * (pl.col("n").sum().log(2) - pl.col("n").log(2))).sum()
    return over(tally(words, surprisal), tally(words, pl.col("n").sum()))


def _words_by_speaker(layers: Layers) -> pl.DataFrame:
    known = layers.attributed.drop_nulls("speaker")
    return known.group_by("doc_id", "speaker", maintain_order=True).agg(pl.len().cast(pl.Float64).alias("n"))


@measure(
    "first_expert",
    family="framing",
    pl="miejsce pierwszego eksperta w tekście",
    en="position of the first expert",
    unit="%",
    kind="proportion",
    base="words of an expert",
)
def first_expert(layers: Layers) -> pl.DataFrame:
    """100 × words before the first word given to an expert / words: 0 at the very beginning; missing without expert."""
    first = tally(layers.attributed.filter(pl.col("role") == "expert"), pl.col("position").min().cast(pl.Int64))
    return over(first, layers.length.join(first, on="doc_id", how="semi", maintain_order="left"))


@measure(
    "expert_in_lead",
    family="framing",
    pl="ekspert na początku tekstu",
    en="an expert speaks in the lead",
    unit="% of articles",
    kind="proportion",
)
def expert_in_lead(layers: Layers) -> pl.DataFrame:
    """100 where a word among the first 60 (headline included) is given to an expert, else 0."""
    lead = layers.attributed.filter((pl.col("role") == "expert") & (pl.col("position") < LEAD_WORDS))
    return over(tally(lead, pl.lit(1)), layers.length.with_columns(pl.lit(1).alias("n")))


def _verbs_that(stance: str, meaning: str) -> Definition:
    def share(layers: Layers) -> pl.DataFrame:
        cued = layers.voices.drop_nulls("verb_stance")
        return over(tally(cued.filter(pl.col("verb_stance") == stance)), tally(cued))

    share.__doc__ = f"100 × attributions whose cue {meaning} / attributions with a cue."
    return share


for _stance, _polish, _english, _meaning in (
    ("endorsing", "przytoczenia uwiarygadniające", "endorsing cues", "presents the content as true (*wyjaśnia*)"),
    ("distancing", "przytoczenia dystansujące", "distancing cues", "leaves the content in doubt (*twierdzi*)"),
):
    measure(
        f"{_stance}_share",
        family="framing",
        pl=f"{_polish} wśród przytoczeń z czasownikiem",
        en=f"{_english} among cues",
        unit="%",
        kind="proportion",
        base="cues",
    )(_verbs_that(_stance, _meaning))


@measure(
    "named_share",
    family="framing",
    pl="udział przytoczeń ze znanym źródłem",
    en="attributions to a known speaker",
    unit="%",
    kind="proportion",
    base="attributions",
)
def named_share(layers: Layers) -> pl.DataFrame:
    """100 × attributions whose speaker can be told and is not anonymous / attributions."""
    named = layers.voices.filter(pl.col("speaker").is_not_null() & (pl.col("role").fill_null("other") != "anonymous"))
    return over(tally(named), tally(layers.voices))


@measure(
    "anonymous_attribution_share",
    family="framing",
    pl="udział przytoczeń ze źródeł anonimowych",
    en="attributions to anonymous sources",
    unit="%",
    kind="proportion",
    base="attributions",
)
def anonymous_attribution_share(layers: Layers) -> pl.DataFrame:
    """100 × attributions in the role `anonymous` / attributions."""
    return over(tally(layers.voices.filter(pl.col("role") == "anonymous")), tally(layers.voices))
