"""Framing by voices: with what authority sources speak, which men and women they are, whether the author echoes them.

Boilerplate is left out throughout. Names, titles, affiliations and genders are those of the table of speakers.
"""

from __future__ import annotations

import polars as pl

from discourse.measures.content import content_words
from discourse.measures.layers import Layers, over, tally
from discourse.measures.registry import Definition, measure


def _verbs_that(stance: str, meaning: str) -> Definition:
    def share(layers: Layers) -> pl.DataFrame:
        cued = layers.voices.drop_nulls("verb_stance")
        return over(tally(cued.filter(pl.col("verb_stance") == stance)), tally(cued))

    share.__doc__ = f"""100 × attributions whose cue {meaning} / attributions with a cue.

    Unit: %; missing without cues. Source: evaluation in reporting verbs (Thompson and Ye 1991; Martin and White 2005).
    """
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
    """100 × attributions whose speaker can be told and is not anonymous / attributions.

    Unit: %; missing without attributions. Source: own.
    """
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
    """100 × attributions in the role `anonymous` / attributions.

    Unit: %; missing without attributions. Source: own.
    """
    return over(tally(layers.voices.filter(pl.col("role") == "anonymous")), tally(layers.voices))


_EXPERT = pl.col("role") == "expert"


def _speakers_with(cue: str) -> Definition:
    def share(layers: Layers) -> pl.DataFrame:
        experts = layers.cast.filter(_EXPERT)
        return over(tally(experts.filter(pl.col(cue).fill_null("") != "")), tally(experts))

    return share


_titled = _speakers_with("titles")
_titled.__doc__ = """100 × expert speakers who bear an academic or professional title (*prof., dr*) / expert speakers.

Unit: %; missing without expert speakers. Source: personal authority as a means of legitimation (van Leeuwen 2008).
"""
_affiliated = _speakers_with("affiliation")
_affiliated.__doc__ = """100 × expert speakers who are said to belong to a named body / expert speakers.

Unit: %; missing without expert speakers. Source: expert and impersonal authority (van Leeuwen 2008).
"""
measure(
    "titled_expert_share",
    family="framing",
    pl="eksperci z tytułem",
    en="experts with a title",
    unit="%",
    kind="proportion",
    base="expert speakers",
)(_titled)
measure(
    "affiliated_expert_share",
    family="framing",
    pl="eksperci z afiliacją",
    en="experts with an affiliation",
    unit="%",
    kind="proportion",
    base="expert speakers",
)(_affiliated)


def _unnamed(layers: Layers, plural: bool) -> pl.DataFrame:
    """Attributions to experts without a name, of one or of several, over all to experts in the table of speakers."""
    experts = layers.voices.filter(_EXPERT).join(
        layers.cast.select("doc_id", "speaker"), on=["doc_id", "speaker"], how="semi", maintain_order="left"
    )
    without = experts.join(
        layers.cast.filter(pl.col("person") & pl.col("name").is_null()).select("doc_id", "speaker"),
        on=["doc_id", "speaker"],
        how="semi",
        maintain_order="left",
    )
    several = _plural_sources(layers, without)
    kept = without.join(several, on=["doc_id", "speaker"], how="semi" if plural else "anti", maintain_order="left")
    return over(tally(kept), tally(experts))


def _plural_sources(layers: Layers, voices: pl.DataFrame) -> pl.DataFrame:
    """`doc_id, speaker` of those whose source has a noun in the plural for its first noun."""
    spans = voices.drop_nulls("source").select(
        "doc_id",
        "speaker",
        pl.col("source").list.get(0).alias("start"),
        pl.col("source").list.get(1).alias("_end"),
    )
    nouns = layers.tokens.filter(pl.col("pos").is_in(["subst", "depr", "ger"])).select(
        "doc_id", "start", "tag", pl.col("start").alias("_noun")
    )
    # on one axis a document after the other: the first noun from the source's beginning on
    heads = _on_axis(spans).join_asof(_on_axis(nouns), on="_axis", strategy="forward", suffix="_of_noun")
    heads = heads.filter((pl.col("doc_id") == pl.col("doc_id_of_noun")) & (pl.col("_noun") < pl.col("_end")))
    plural = heads.filter(pl.col("tag").str.split(":").list.get(1, null_on_oob=True) == "pl")
    return plural.select("doc_id", "speaker").unique(maintain_order=True)


def _on_axis(frame: pl.DataFrame) -> pl.DataFrame:
    axis = pl.col("doc_id").to_physical().cast(pl.Int64) * 2**32 + pl.col("start").cast(pl.Int64)
    return frame.with_columns(axis.alias("_axis")).sort("_axis", maintain_order=True)


@measure(
    "generic_expert_share",
    family="framing",
    pl="przytoczenia ogółu ekspertów",
    en="experts in general among attributions to experts",
    unit="%",
    kind="proportion",
    base="attributions to experts",
)
def generic_expert_share(layers: Layers) -> pl.DataFrame:
    """100 × attributions to experts in the plural and without a name (*eksperci, naukowcy*) / attributions to experts.

    Unit: %; missing without attributions to experts. Source: collectivisation and genericisation of social actors (van
    Leeuwen 2008).
    """
    return _unnamed(layers, plural=True)


@measure(
    "anonymous_expert_share",
    family="framing",
    pl="przytoczenia eksperta bez nazwiska",
    en="an expert without a name among attributions to experts",
    unit="%",
    kind="proportion",
    base="attributions to experts",
)
def anonymous_expert_share(layers: Layers) -> pl.DataFrame:
    """100 × attributions to one expert whose name the text does not give (*lekarka*) / attributions to experts.

    Unit: %; missing without attributions to experts. Source: indetermination and functionalisation of social actors
    (van Leeuwen 2008).
    """
    return _unnamed(layers, plural=False)


@measure(
    "women_share",
    family="framing",
    pl="udział kobiet wśród mówiących",
    en="women among speakers",
    unit="%",
    kind="proportion",
    base="speakers of known gender",
)
def women_share(layers: Layers) -> pl.DataFrame:
    """100 × speakers who are women / speakers whose gender the text shows.

    Unit: %; missing without speakers of known gender. Source: Asr et al. (2021), by grammatical gender and given names.
    """
    told = layers.cast.drop_nulls("gender").unique(["doc_id", "speaker"], maintain_order=True)
    return over(tally(told.filter(pl.col("gender") == "f")), tally(told))


@measure(
    "women_words_share",
    family="framing",
    pl="udział słów kobiet w słowach kobiet i mężczyzn",
    en="words of women among words of women and men",
    unit="%",
    kind="proportion",
    base="words of speakers of known gender",
)
def women_words_share(layers: Layers) -> pl.DataFrame:
    """100 × words attributed to women / words attributed to speakers whose gender the text shows.

    Unit: %; missing without such words. Source: as `women_share` (Asr et al. 2021), in words.
    """
    gender = layers.cast.drop_nulls("gender").unique(["doc_id", "speaker"], maintain_order=True)
    told = layers.attributed.join(gender.select("doc_id", "speaker", "gender"), on=["doc_id", "speaker"],
                                  maintain_order="left")  # fmt: skip
    return over(tally(told.filter(pl.col("gender") == "f")), tally(told))


@measure(
    "echo_share",
    family="framing",
    pl="echo eksperta w słowach autora",
    en="echo of experts in the author's own words",
    unit="%",
    kind="proportion",
    base="content words of the author's own after an expert",
)
def echo_share(layers: Layers) -> pl.DataFrame:
    """100 × own content words that an expert brought in / the author's own content words after an expert's first word.

    A word is brought in by an expert where its lemma stands for the first time in the article in an expert's words:
    what the author had named before, such as the subject of the headline, is no echo. Nouns, verbs, adjectives and
    adverbs count, without pronouns and *być*. Unit: %; missing where none of the author's own content words comes
    after one of an expert's. Source: own.
    """
    words = content_words(layers).with_columns(pl.col("lemma").str.to_lowercase())
    experts = words.filter(_EXPERT)
    begin = experts.group_by("doc_id", maintain_order=True).agg(pl.col("position").min().alias("_begin"))
    first = words.unique(["doc_id", "lemma"], keep="first", maintain_order=True)
    brought = first.filter(_EXPERT).select("doc_id", "lemma")
    after = words.filter(pl.col("attribution").is_null()).join(begin, on="doc_id", maintain_order="left")
    after = after.filter(pl.col("position") > pl.col("_begin"))
    return over(tally(after.join(brought, on=["doc_id", "lemma"], how="semi", maintain_order="left")), tally(after))
