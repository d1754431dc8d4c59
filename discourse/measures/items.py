"""What can be counted in documents and compared between them: lemmas, n-grams of lemmas, markers, speakers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from discourse.core.errors import unknown
from discourse.measures.content import ADJECTIVES, ADVERBS, CONTENT, NOUNS, VERBS

#: Kinds of items, and what their counts are out of.
PLACES = {
    "lemma": "words",
    "ngram2": "pairs of words",
    "ngram3": "triples of words",
    "marker": "words",
    "speaker": "attributions",
}
#: Kinds that need tokens alone.
OF_TOKENS = ("lemma", "ngram2", "ngram3")
#: Names for several parts of speech at once.
CLASSES = {"noun": NOUNS, "verb": VERBS, "adjective": ADJECTIVES, "adverb": ADVERBS, "content": CONTENT}
#: Flexemes of the SGJP tagset that a written word can begin with.
FLEXEMES = tuple(
    dict.fromkeys((
        *CONTENT, "num", "adjnum", "ppron12", "ppron3", "siebie", "prep", "conj", "comp", "part", "interj", "brev",
        "frag", "dig", "romandig", "ign", "aglt", "numcomp", "cond", "interp", "sym",
    ))
)  # fmt: skip


@dataclass(frozen=True)
class Items:
    """Where items stand (`doc_id, item, position`), and in how many places they could (`sizes`: `doc_id, n`).

    `position` numbers the places of a document from 0; it is null where the kind of item has no order among words.
    """

    places: pl.DataFrame
    sizes: pl.DataFrame

    def counts(self) -> pl.DataFrame:
        """How often each item occurs in each document: `doc_id, item, n`."""
        return self.places.group_by("doc_id", "item", maintain_order=True).len("n")


def parts_of_speech(names: Sequence[str]) -> tuple[str, ...]:
    """The flexemes of these names: flexemes themselves, or classes (`noun`, `verb`, `content`…).

    Raises `DiscourseError` for a name that is neither.
    """
    found: list[str] = []
    for name in names:
        if name not in CLASSES and name not in FLEXEMES:
            raise unknown("part of speech", name, (*CLASSES, *FLEXEMES), "--pos")
        found += CLASSES.get(name, (name,))
    return tuple(dict.fromkeys(found))


def items_of_tokens(tokens: pl.DataFrame, of: str, pos: Sequence[str] = ()) -> Items:
    """Lemmas of the written words, or n-grams of lemmas (`ngram2`, `ngram3`), outside boilerplate.

    A word is counted once, by the lemma of its first segment, in the case that the dictionary gives it (*PO* the party
    is not *po*); a lemma without a letter (a number) is no item, but its place counts. An n-gram is of words that
    follow one another in a sentence, whatever punctuation is between them. `pos` keeps items all of whose words have
    one of these parts of speech; the places stay the same, so that rates are out of all words.
    """
    size = 1 if of == "lemma" else int(of.removeprefix("ngram"))
    words = (
        tokens.filter("word_start")
        .select(
            "doc_id", "sent", "boilerplate", "lemma",
            pl.col("lemma").str.contains(r"\p{L}").alias("_kept"),
            (pl.col("pos").is_in(list(pos)) if pos else pl.lit(True)).alias("_wanted"),
            pl.int_range(pl.len(), dtype=pl.UInt32).over("doc_id").alias("_running"),
        )
        .filter(~pl.col("boilerplate"))
    )  # fmt: skip
    follows = pl.lit(True)
    for step in range(1, size):
        next_ = [pl.col(name).shift(-step).over("doc_id") for name in ("_running", "sent")]
        follows &= (next_[0] == pl.col("_running") + step) & (next_[1] == pl.col("sent"))
    ahead = [pl.col("lemma").shift(-step).over("doc_id") for step in range(size)]
    good = pl.all_horizontal(
        pl.col(name).shift(-step).over("doc_id") for step in range(size) for name in ("_kept", "_wanted")
    )
    places = (
        words.select("doc_id", follows.fill_null(False).alias("_follows"), good.alias("_good"),
                     pl.concat_str(ahead, separator=" ").alias("item"))
        .filter("_follows")
        .with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).over("doc_id").alias("position"))
    )  # fmt: skip
    return Items(
        places.filter(pl.col("_good")).select("doc_id", "item", "position"),
        places.group_by("doc_id", maintain_order=True).len("n"),
    )


def markers_as_items(markers: pl.DataFrame, tokens: pl.DataFrame) -> Items:
    """Stance markers by their ids, out of words, outside boilerplate."""
    words = tokens.filter(pl.col("word_start") & ~pl.col("boilerplate"))
    return _unordered(markers, "marker", words)


def speakers_as_items(attributions: pl.DataFrame) -> Items:
    """Speakers by name, once for each of their attributions, out of all attributions, outside boilerplate."""
    own = attributions.filter(~pl.col("boilerplate"))
    return _unordered(own, "speaker", own)


def _unordered(frame: pl.DataFrame, column: str, places: pl.DataFrame) -> Items:
    kept = frame.filter(~pl.col("boilerplate") & pl.col(column).is_not_null())
    return Items(
        kept.select("doc_id", pl.col(column).alias("item"), pl.lit(None, pl.UInt32).alias("position")),
        places.group_by("doc_id", maintain_order=True).len("n"),
    )
