"""Lexical and grammatical make-up: length, variety, density, parts of speech. Boilerplate is left out throughout.

Parts of speech are flexemes of the SGJP tagset, read from the first segment of a written word (*Zrobił|by|m* is a
verb); a word is counted once, whatever its segments.
"""

from __future__ import annotations

import polars as pl

from discourse.measures.content import ADJECTIVES, CONTENT, NOUNS, VERBS, content_words, words_of
from discourse.measures.layers import Layers, number, over, tally
from discourse.measures.registry import measure

#: Words in a window of the moving-average type–token ratio.
WINDOW = 100


@measure("words", family="lexical", pl="liczba słów", en="words", unit="words", kind="number", base=None)
def words(layers: Layers) -> pl.DataFrame:
    """The number of written words with a letter or a digit."""
    return number(layers.length)


@measure("sentences", family="lexical", pl="liczba zdań", en="sentences", unit="sentences", kind="number", base=None)
def sentences(layers: Layers) -> pl.DataFrame:
    """The number of sentences with at least one word; a headline is one."""
    return number(tally(layers.sentences))


@measure(
    "sentence_length",
    family="lexical",
    pl="średnia długość zdania",
    en="mean sentence length",
    unit="words",
    kind="number",
    base="sentences",
)
def sentence_length(layers: Layers) -> pl.DataFrame:
    """Words / sentences."""
    return over(layers.length, tally(layers.sentences))


@measure(
    "word_length",
    family="lexical",
    pl="średnia długość słowa",
    en="mean word length",
    unit="characters",
    kind="number",
)
def word_length(layers: Layers) -> pl.DataFrame:
    """Code points of all segments that are not punctuation / words."""
    segments = layers.own_tokens.filter(pl.col("pos") != "interp")
    return over(tally(segments, pl.col("form").str.len_chars().sum()), layers.length)


@measure(
    "mattr",
    family="lexical",
    pl="różnorodność leksykalna (MATTR, 100 słów)",
    en="lexical variety (MATTR, 100 words)",
    unit="types per word",
    kind="number",
    base=f"window of {WINDOW} words",
)
def mattr(layers: Layers) -> pl.DataFrame:
    """Mean type–token ratio of all windows of 100 running words, by lemmas in lower case; missing below 100 words.

    Moving-average type–token ratio (Covington and McFall 2010), over lemmas since Polish inflects. The word at i is
    the first of its type in the window from s where its last occurrence p is before s, p < s ≤ i; so that it counts
    in min(i, N − W) − max(p + 1, i − W + 1, 0) + 1 windows, and no window need be looked at.
    """
    at, last = pl.col("position").cast(pl.Int64), pl.col("n").cast(pl.Int64) - WINDOW
    windows = (
        layers.words.select("doc_id", pl.col("lemma").str.to_lowercase().cast(pl.Categorical), "position")
        .join(layers.length, on="doc_id", how="left", maintain_order="left")
        .filter(last >= 0)
        .with_columns(pl.col("position").shift(1).over("doc_id", "lemma").cast(pl.Int64).fill_null(-1).alias("before"))
        .with_columns(
            (pl.min_horizontal(at, last) - pl.max_horizontal(pl.col("before") + 1, at - WINDOW + 1, 0) + 1)
            .clip(0)
            .alias("windows")
        )
    )
    counted = layers.length.filter(pl.col("n") >= WINDOW)
    places = counted.with_columns((pl.col("n").cast(pl.Int64) - WINDOW + 1) * WINDOW)
    return over(tally(windows, pl.col("windows").sum()), places)


@measure(
    "lexical_density",
    family="lexical",
    pl="gęstość leksykalna",
    en="lexical density",
    unit="%",
    kind="proportion",
)
def lexical_density(layers: Layers) -> pl.DataFrame:
    """100 × content words (nouns, adjectives, participles, verbs but *być*, adverbs; no pronouns) / words (Ure 1971).

    Pronouns that are tagged as nouns, adjectives or adverbs (*kto, który, tam*) are no content words.
    """
    return over(tally(content_words(layers, CONTENT)), layers.length)


@measure(
    "noun_verb_ratio",
    family="lexical",
    pl="rzeczowniki na czasownik",
    en="nouns per verb",
    unit="nouns per verb",
    kind="number",
    base="verbs",
)
def noun_verb_ratio(layers: Layers) -> pl.DataFrame:
    """Nouns (with gerunds, no pronouns) / verbs (finite, infinitive, -no/-to, adverbial participles, predicatives)."""
    return over(tally(content_words(layers, NOUNS)), tally(words_of(layers, VERBS)))


@measure(
    "adjective_share",
    family="lexical",
    pl="udział przymiotników i imiesłowów",
    en="adjectives and participles",
    unit="%",
    kind="proportion",
)
def adjective_share(layers: Layers) -> pl.DataFrame:
    """100 × adjectives (without pronouns) and adjectival participles / words."""
    return over(tally(content_words(layers, ADJECTIVES)), layers.length)


@measure(
    "first_person_rate",
    family="lexical",
    pl="formy pierwszej osoby na 1000 słów",
    en="first-person forms per 1,000 words",
    unit="per 1,000 words",
    kind="rate",
)
def first_person_rate(layers: Layers) -> pl.DataFrame:
    """1000 × words with a first-person segment (*myślę, zrobił|em, my*; not *mój*) / words."""
    return over(tally(_first_person(layers), pl.col("word").n_unique()), layers.length)


@measure(
    "first_person_rate_own",
    family="lexical",
    pl="formy pierwszej osoby na 1000 słów autora",
    en="first-person forms per 1,000 of the author's own words",
    unit="per 1,000 words",
    kind="rate",
    base="words of the author's own",
)
def first_person_rate_own(layers: Layers) -> pl.DataFrame:
    """1000 × words with a first-person segment outside every attribution / words outside."""
    outside = _first_person(layers).join(layers.own.select("doc_id", "word"), on=["doc_id", "word"], how="semi")
    return over(tally(outside, pl.col("word").n_unique()), tally(layers.own))


def _first_person(layers: Layers) -> pl.DataFrame:
    """One row a segment in the first person."""
    return layers.own_tokens.filter(pl.col("tag").str.contains(r":pri(?:$|:)"))


@measure(
    "impersonal_rate",
    family="lexical",
    pl="formy na -no, -to na 1000 słów",
    en="impersonal -no/-to forms per 1,000 words",
    unit="per 1,000 words",
    kind="rate",
)
def impersonal_rate(layers: Layers) -> pl.DataFrame:
    """1000 × impersonal past forms (*zrobiono, podjęto*), which hide who acts / words."""
    return over(tally(words_of(layers, ("imps",))), layers.length)


@measure(
    "negation_rate",
    family="lexical",
    pl="przeczenie „nie” na 1000 słów",
    en="negations per 1,000 words",
    unit="per 1,000 words",
    kind="rate",
)
def negation_rate(layers: Layers) -> pl.DataFrame:
    """1000 × the word *nie* / words."""
    return over(tally(layers.words.filter(pl.col("form").str.to_lowercase() == "nie")), layers.length)


@measure(
    "question_share",
    family="lexical",
    pl="udział pytań wśród zdań",
    en="questions among sentences",
    unit="%",
    kind="proportion",
    base="sentences",
)
def question_share(layers: Layers) -> pl.DataFrame:
    """100 × sentences that hold a question mark / sentences."""
    asked = layers.own_tokens.filter(pl.col("form").str.contains("?", literal=True)).select("doc_id", "sent").unique()
    questions = layers.sentences.join(asked, on=["doc_id", "sent"], how="semi", maintain_order="left")
    return over(tally(questions), tally(layers.sentences))


@measure(
    "number_share",
    family="lexical",
    pl="udział słów z cyfrą",
    en="words with a digit",
    unit="%",
    kind="proportion",
)
def number_share(layers: Layers) -> pl.DataFrame:
    """100 × words whose first segment has a digit / words."""
    return over(tally(layers.words.filter(pl.col("form").str.contains(r"\p{Nd}"))), layers.length)
