"""Parts of speech, and which words carry content. Flexemes of the SGJP tagset, read from a word's first segment."""

from __future__ import annotations

import polars as pl

from discourse.measures.layers import Layers

NOUNS = ("subst", "depr", "ger")
VERBS = ("fin", "praet", "impt", "imps", "inf", "pcon", "pant", "winien", "pred", "bedzie", "cond")
ADJECTIVES = ("adj", "adja", "adjp", "adjc", "pact", "ppas")
ADVERBS = ("adv",)
#: Parts of speech that carry content.
CONTENT = NOUNS + VERBS + ADJECTIVES + ADVERBS

#: Pronouns that inflect and are tagged like nouns, adjectives and adverbs; they carry no content of their own.
PRONOMINAL = (
    *("to", "co", "kto", "nic", "nikt", "coś", "ktoś", "cokolwiek", "ktokolwiek", "wszystko", "wszyscy"),
    *("ten", "tamten", "ów", "taki", "jaki", "jakiś", "jakikolwiek", "który", "któryś", "którykolwiek", "niektóry"),
    *("mój", "twój", "swój", "nasz", "wasz", "czyj", "czyjś", "każdy", "żaden", "wszelki", "wszystek", "sam", "tenże"),
    *("tu", "tutaj", "tam", "gdzie", "gdzieś", "tak", "jak", "jakoś", "kiedy", "kiedyś", "wtedy", "stąd", "skąd"),
    *("dlaczego", "czemu", "dlatego", "dokąd", "nigdzie", "nigdy", "wszędzie", "zawsze", "teraz"),
)


def words_of(layers: Layers, pos: tuple[str, ...]) -> pl.DataFrame:
    """One row a word of these parts of speech."""
    return layers.words.filter(pl.col("pos").is_in(list(pos)))


def content_words(layers: Layers, pos: tuple[str, ...] = CONTENT) -> pl.DataFrame:
    """The same without pronouns and *być*; by default nouns, verbs, adjectives and adverbs."""
    return words_of(layers, pos).filter(~pl.col("lemma").str.to_lowercase().is_in(["być", *PRONOMINAL]))
