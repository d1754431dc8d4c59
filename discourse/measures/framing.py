"""Framing by voices: who is let speak, how much and how early.

Attributed words are those inside the content of an attribution; a word inside nested reports belongs to the innermost,
so that shares by role, by type and by speaker add up to the attributed share. Boilerplate is left out throughout.
How the author introduces them is in `framing_sources`.
"""

from __future__ import annotations

import polars as pl

from discourse.core.schema import ROLES
from discourse.measures.layers import Layers, number, over, tally
from discourse.measures.registry import Definition, measure

#: Words, headline included, that count as the lead: texts from the web have lost the breaks that would show it.
LEAD_WORDS = 60

#: Role → to whom words are given and whose number is counted, in Polish; the same in English, in the plural and as an
#: attribute.
_ROLE_LABELS = {
    "expert": ("ekspertom", "ekspertów", "experts", "expert"),
    "official": ("politykom i urzędom", "polityków i urzędów", "officials", "official"),
    "organization": ("organizacjom", "organizacji", "organizations", "organization"),
    "document": ("dokumentom", "dokumentów", "documents", "document"),
    "media": ("mediom", "mediów", "media", "media"),
    "citizen": ("zwykłym ludziom", "zwykłych ludzi", "citizens", "citizen"),
    "anonymous": ("źródłom anonimowym", "źródeł anonimowych", "anonymous sources", "anonymous"),
    "other": ("innym źródłom", "innych źródeł", "other sources", "other"),
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
    """100 × words inside the content of an attribution / words; nested reports count once.

    Unit: %. Source: the share of speech presentation in a text, after Semino and Short (2004).
    """
    return over(tally(layers.attributed), layers.length)


def _share_of(role: str) -> Definition:
    def share(layers: Layers) -> pl.DataFrame:
        return over(tally(layers.attributed.filter(pl.col("role") == role)), layers.length)

    share.__doc__ = f"""100 × words attributed to sources in the role `{role}` / words.

    Unit: %. Source: who is given the word, counted by kind of source as in Sigal (1973), here in words.
    """
    return share


def _number_of(role: str) -> Definition:
    def speakers_in(layers: Layers) -> pl.DataFrame:
        told = layers.voices.drop_nulls("speaker").filter(pl.col("role") == role)
        return number(tally(told, pl.col("speaker").n_unique()))

    speakers_in.__doc__ = f"""The number of distinct speakers who are given words in the role `{role}`; 0 where none is.

    Unit: speakers. Source: counts of sources by kind (Sigal 1973). Who speaks in two roles counts in both.
    """
    return speakers_in


for _role in ROLES:
    _given, _whose, _plural, _english = _ROLE_LABELS[_role]
    measure(
        f"{_role}_share",
        family="framing",
        pl=f"udział słów oddanych {_given}",
        en=f"words given to {_plural}",
        unit="%",
        kind="proportion",
    )(_share_of(_role))
    measure(
        f"{_role}_speakers",
        family="framing",
        pl=f"liczba {_whose}",
        en=f"{_english} speakers",
        unit="speakers",
        kind="number",
        base=None,
    )(_number_of(_role))


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
    """100 × words of direct speech / attributed words; missing without attributed words.

    Unit: %. Source: direct speech against the other forms of speech presentation (Semino and Short 2004).
    """
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
    """100 × words of indirect speech / attributed words; what is neither direct nor indirect is *according to*.

    Unit: %; missing without attributed words. Source: as `direct_share` (Semino and Short 2004).
    """
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
    """1000 × attributions / words.

    Unit: per 1,000 words. Source: density of attribution relations (Pareti 2016), by words.
    """
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
    """The number of distinct speakers that are told apart by name or description; 0 where nobody speaks.

    Unit: speakers. Source: counts of sources (Sigal 1973).
    """
    return number(tally(layers.voices.drop_nulls("speaker"), pl.col("speaker").n_unique()))


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

    Unit: %; missing where no known speaker has a word. Source: the index of dominance of Berger and Parker (1970), over
    speakers.
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
    """Shannon entropy in bits of the words by speaker, −Σ pᵢ log₂ pᵢ; 0 is one source, 1 two equals.

    Unit: bits; missing where no known speaker has a word. As a ratio: the sum of the words' surprisals over the number
    of words. Source: Shannon (1948).
    """
    words = _words_by_speaker(layers)
    surprisal = (pl.col("n") * (pl.col("n").sum().log(2) - pl.col("n").log(2))).sum()
    return over(tally(words, surprisal), tally(words, pl.col("n").sum()))


@measure(
    "speaker_gini",
    family="framing",
    pl="nierówność źródeł (Gini)",
    en="inequality of speakers (Gini)",
    unit="0 to 1",
    kind="number",
    base="second known speaker with words",
)
def speaker_gini(layers: Layers) -> pl.DataFrame:
    """Gini's coefficient of the words by speaker, Σ (2i − n − 1) xᵢ / ((n − 1) Σ xᵢ) for x₁ ≤ … ≤ xₙ.

    Unit: 0 (equal shares) to 1 (one has it all); missing with fewer than two known speakers who have words. Source:
    Gini (1912), divided by its largest value for n speakers, (n − 1)/n, so that few and many speakers compare
    (Deltas 2003).
    """
    ranked = _words_by_speaker(layers).sort("doc_id", "n", "speaker")
    rank, many = pl.int_range(1, pl.len() + 1), pl.len().cast(pl.Int64)
    spread = tally(ranked, ((2 * rank - many - 1) * pl.col("n")).sum())
    largest = tally(ranked, (many - 1) * pl.col("n").sum())
    return over(spread, largest.filter(pl.col("n") > 0))


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
    """100 × words before the first word given to an expert / words: 0 at the very beginning.

    Unit: % of the text; missing where no expert has a word. Source: own, for news is told in order of weight (Bell
    1991).
    """
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
    """100 where a word among the first 60 (headline included) is given to an expert, else 0.

    Unit: % of articles. Source: own, as `first_expert`.
    """
    lead = layers.attributed.filter((pl.col("role") == "expert") & (pl.col("position") < LEAD_WORDS))
    return over(tally(lead, pl.lit(1)), layers.length.with_columns(pl.lit(1).alias("n")))


@measure(
    "expert_in_headline",
    family="framing",
    pl="ekspert w tytule",
    en="an expert speaks in the headline",
    unit="% of articles",
    kind="proportion",
    base="headline",
)
def expert_in_headline(layers: Layers) -> pl.DataFrame:
    """100 where a word of the headline is given to an expert, else 0.

    Unit: % of articles; missing without a headline of its own (`title`) that has a word. Source: own, as
    `first_expert`.
    """
    title = pl.col("title").fill_null("") if "title" in layers.documents.columns else pl.lit("")
    length = layers.documents.select("doc_id", title.str.len_chars().alias("_headline"))
    headline = layers.words.join(length, on="doc_id", maintain_order="left").filter(
        pl.col("start") < pl.col("_headline")
    )
    one = pl.lit(1)
    return over(tally(headline.filter(pl.col("role") == "expert"), one), tally(headline, one))
