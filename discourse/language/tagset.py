"""The tags of today's SGJP, and the form in which they can be compared with those of other editions.

NKJP was annotated in the tagset of 2012, PDB and Morfeusz in later ones. `canonical` writes a tag of any of them
in what they have in common; training and evaluation compare canonical tags and nothing else.
"""

from __future__ import annotations

import functools
import itertools

import polars as pl

#: The table between editions. A first position as it is written today:
POS = {"qub": "part", "burk": "frag", "xxx": "ign", "numcol": "num", "depr": "subst", "romandig": "dig"}
#: Values that one edition writes and another does not: subgenders of the neuter and plurale tantum, the numeral's
#: government of collectives, *adjp*'s case, the degree of adverbs, vocality, and 2012's *nol* and the like.
DROPPED = {"ncol", "col", "pt", "nwok", "wok", "npun", "pun", "nagl", "agl"}
#: Neuter genders of other editions.
GENDERS = {"n1": "n", "n2": "n", "p1": "m1", "p2": "n", "p3": "n"}
#: Parts of speech whose further positions the editions do not share.
BARE = {"adv", "adjp", "interj", "part", "comp", "conj", "pred", "ign", "dig", "frag", "interp", "adja", "adjc", "brev"}

#: What a number in figures can be in its sentence, besides *dig*: a year or a day is an ordinal, an adjective.
FIGURES = (
    "adj:sg:gen:m3:pos", "num:pl:nom:m3:rec", "adj:sg:nom:n:pos", "num:pl:acc:m3:rec", "num:pl:gen:m3:congr",
    "adj:sg:loc:m3:pos", "num:pl:nom:m3:congr", "adj:sg:nom:m3:pos", "num:pl:nom:f:rec", "num:pl:nom:m1:rec",
    "adj:sg:nom:f:pos", "num:pl:acc:m3:congr", "num:pl:acc:f:rec", "adj:sg:loc:f:pos", "adj:sg:gen:f:pos",
    "num:pl:acc:m2:rec", "adj:sg:acc:m3:pos", "num:pl:nom:n:rec", "num:pl:acc:m1:rec", "num:pl:nom:f:congr",
    "num:pl:loc:m3:congr", "num:pl:gen:f:congr", "num:pl:gen:m2:congr", "adj:sg:inst:m3:pos", "num:pl:nom:m2:rec",
    "num:pl:gen:m1:congr", "adj:pl:gen:m3:pos", "num:pl:acc:n:rec", "num:pl:nom:n:congr", "adj:sg:acc:f:pos",
    "adj:pl:loc:m3:pos", "num:pl:inst:m3:congr", "num:pl:acc:f:congr", "num:pl:gen:n:congr",
)  # fmt: skip
#: The same of Roman figures.
ROMAN_FIGURES = (
    "adj:sg:gen:m3:pos", "adj:sg:gen:f:pos", "adj:sg:nom:m3:pos", "adj:sg:loc:m3:pos", "adj:sg:gen:m1:pos",
    "adj:sg:nom:f:pos", "adj:sg:loc:f:pos", "adj:sg:nom:m1:pos", "adj:sg:acc:f:pos", "adj:sg:nom:n:pos",
    "adj:sg:acc:m1:pos", "adj:sg:loc:n:pos", "adj:sg:gen:n:pos", "adj:sg:inst:m3:pos", "adj:sg:inst:f:pos",
    "adj:pl:gen:m3:pos",
)  # fmt: skip

#: Words whose class the dictionary has changed: form and the part of speech it had → the one it has today.
WORDS = {
    ("więc", "conj"): "comp", ("więc", "part"): "comp", ("zatem", "conj"): "comp", ("toteż", "conj"): "comp",
    ("także", "conj"): "part", ("również", "conj"): "part", ("też", "conj"): "part", ("jeszcze", "conj"): "part",
    ("znowu", "adv"): "part", ("znów", "adv"): "part", ("wreszcie", "adv"): "part", ("zbyt", "part"): "adv",
    ("jakoś", "part"): "adv", ("rzekomo", "part"): "adv", ("najprawdopodobniej", "part"): "adv",
    ("yhm", "part"): "interj", ("aha", "part"): "interj", ("yhym", "part"): "interj", ("acha", "part"): "interj",
    ("ychy", "part"): "interj", ("dobra", "part"): "interj", ("okej", "part"): "interj", ("im", "conj"): "comp",
    ("czym", "conj"): "comp", ("półtora", "subst"): "num", ("pewien", "adjc"): "adj",
    ("plus", "conj"): "part", ("zarówno", "part"): "conj",
    ("niż", "comp"): "conj", ("zamiast", "comp"): "conj", ("von", "subst"): "frag",
    (":)", "subst"): "sym", (":-)", "subst"): "sym", (";)", "subst"): "sym", (";-)", "subst"): "sym",
    ("%", "subst"): "brev", ("%", "interp"): "brev", ("§", "subst"): "brev", ("§", "interp"): "brev",
    ("+", "interp"): "sym", ("°", "interp"): "sym",
}  # fmt: skip
#: Lemmas that one edition writes otherwise than another.
LEMMAS = {"%": "procent", "§": "paragraf", "‰": "promil"}

CASES = ("nom", "gen", "dat", "acc", "inst", "loc", "voc")
NUMBERS = ("sg", "pl")
GENDER_VALUES = ("m1", "m2", "m3", "f", "n")


@functools.cache
def expand(tag: str) -> tuple[str, ...]:
    """The single tags of one in Morfeusz's short form: *subst:sg:gen.acc:m1* is two, *dig* all that figures can be."""
    if tag in ("dig", "romandig"):
        return (tag, *(FIGURES if tag == "dig" else ROMAN_FIGURES))
    return tuple(":".join(values) for values in itertools.product(*(part.split(".") for part in tag.split(":"))))


@functools.cache
def canonical(tag: str) -> str:
    """The tag in what the editions of the tagset share: *qub* and *part* are *part*, *n:ncol* is *n*."""
    first, *rest = tag.split(":")
    head = POS.get(first, first)
    if head == "adv" and rest and rest[0] in ("com", "sup"):
        return f"adv:{rest[0]}"
    if head in BARE:
        return head
    if first == "depr":
        return "subst:pl:nom:m1"
    return ":".join([head, *(GENDERS.get(value, value) for value in rest if value not in DROPPED)])


@functools.cache
def pos(tag: str) -> str:
    """The part of speech in today's terms: the canonical tag's first position."""
    return canonical(tag).partition(":")[0]


def canonical_column(tags: pl.Series) -> pl.Series:
    """`canonical` of each tag, worked out once a distinct tag."""
    distinct = tags.unique().drop_nulls()
    table = pl.DataFrame(
        {"tag": distinct, "canonical": pl.Series([canonical(tag) for tag in distinct], dtype=pl.String)}
    )
    return pl.DataFrame({"tag": tags}).join(table, on="tag", how="left", maintain_order="left").get_column("canonical")


def annotated_column(tokens: pl.DataFrame) -> pl.Series:
    """`canonical` of the tags that somebody else gave the tokens (`form`, `tag`), through `WORDS`."""
    words = pl.DataFrame(
        [(form, pos, now) for (form, pos), now in WORDS.items()], schema=["lower", "tag", "now"], orient="row"
    )
    return (
        tokens.select(lower=pl.col("form").str.to_lowercase(), tag=canonical_column(tokens.get_column("tag")))
        .with_columns(pos=pl.col("tag").str.extract("^([^:]*)"))
        .join(words, left_on=["lower", "pos"], right_on=["lower", "tag"], how="left", maintain_order="left")
        .select(pl.coalesce("now", "tag").alias("tag"))
        .to_series()
    )


def lemma_key(lemma: pl.Expr) -> pl.Expr:
    """A lemma as it is compared: without case; spaces, no-break spaces and underscores are equal; by `LEMMAS`."""
    return lemma.str.to_lowercase().str.replace_all("[_\u00a0 ]+", " ").replace(LEMMAS)
