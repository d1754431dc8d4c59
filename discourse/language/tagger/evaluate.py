"""How right the tagger is on annotated text: on given tokens, and from the raw text of the sentences."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.language import agree, annotate, disambiguate, forms, given, morfeusz, names, tagset


@dataclass(frozen=True)
class Scores:
    """Fractions right (or F1) by name, and how many tokens each was counted over."""

    values: dict[str, float]
    counts: dict[str, int]


def predict(tokens: pl.DataFrame) -> pl.DataFrame:
    """The same rows (`sent, form, space_after`), with `our_lemma, our_tag, known` (to Morfeusz)."""
    store = forms.shared()
    segment = given.segments(store, tokens)
    new = (tokens.get_column("sent") != tokens.get_column("sent").shift(1)).fill_null(True).to_numpy()
    reading = agree.before_nouns(store, segment, disambiguate.choose(store, segment, new, "default"), new)
    if (tokens.get_column("doc_id") != "").all():  # else nobody knows where a document ends
        document = tokens.get_column("doc_id").rle_id().cast(pl.Int64).to_numpy()
        reading = names.unify(store, document, segment, reading)
    chosen = store.readings[reading]
    first = store.readings.get_column("tag").gather(store.first_reading[segment])
    return tokens.with_columns(
        our_lemma=chosen.get_column("lemma"), our_tag=chosen.get_column("tag"), known=first != morfeusz.UNKNOWN
    )


def given_tokens(tokens: pl.DataFrame) -> Scores:
    """Accuracy of lemma, part of speech and tag on given tokens; those that Morfeusz knows or not apart.

    Lemmas compare without case, tags in what the tagset's editions share (`tagset.canonical`).
    """
    if tokens.is_empty():
        raise DiscourseError("no token in the file, nothing to evaluate; give CoNLL-U with lemmas and tags")
    found = predict(tokens)
    right = found.select(
        "known",
        lemma=tagset.lemma_key(pl.col("our_lemma")) == tagset.lemma_key(pl.col("lemma")),
        pos=_canonical(found, "our_tag").str.extract("^([^:]*)")
        == tagset.annotated_column(found).str.extract("^([^:]*)"),
        tag=_canonical(found, "our_tag") == tagset.annotated_column(found),
    )
    values: dict[str, float] = {}
    counts: dict[str, int] = {}
    for part, rows in (
        ("", right),
        ("_known", right.filter("known")),
        ("_unknown", right.filter(~pl.col("known"))),
    ):
        for name in ("lemma", "pos", "tag"):
            if len(rows):
                values[f"{name}{part}"] = float(rows.get_column(name).cast(pl.Float64).mean())  # type: ignore[arg-type]
            counts[f"{name}{part}"] = len(rows)
    return Scores(values, counts)


def raw_text(tokens: pl.DataFrame) -> Scores:
    """F1 of tokens, sentences, lemmas and tags from each document's text, its sentences joined by one space.

    Counted as in the CoNLL 2018 shared task: spans of characters without white space; a lemma or tag is right where
    the token's span and the value are.
    """
    texts = (
        tokens.with_columns(
            space=(pl.col("space_after") | (pl.col("sent") != pl.col("sent").shift(-1))).fill_null(True)
        )
        .group_by("doc_id", maintain_order=True)
        .agg(text=(pl.col("form") + pl.when("space").then(pl.lit(" ")).otherwise(pl.lit(""))).str.join(""))
        .select("doc_id", title=pl.lit("", dtype=pl.String), text=pl.col("text").str.strip_chars())
    )
    ours = annotate.tokens(texts)
    order = pl.DataFrame({"doc_id": texts.get_column("doc_id")}).with_row_index("doc")
    gold = _spans(tokens.join(order, on="doc_id", how="left", maintain_order="left"))
    system = _spans(ours.join(order, on="doc_id", how="left", maintain_order="left"))
    values, counts = {}, {}
    key = ["doc", "begin", "finish"]
    aligned = gold.join(system, on=key, how="inner", suffix="_ours")
    total = len(gold) + len(system)
    values["tokens_f1"] = 2 * len(aligned) / total
    sentences = [
        frame.group_by("doc", "sent").agg(pl.col("begin").min(), pl.col("finish").max()) for frame in (gold, system)
    ]
    both = sentences[0].join(sentences[1], on=key, how="inner")
    values["sentences_f1"] = 2 * len(both) / (len(sentences[0]) + len(sentences[1]))
    counts["sentences_f1"] = len(sentences[0])
    for name in ("lemma", "tag"):
        same = int((aligned.get_column(name) == aligned.get_column(f"{name}_ours")).sum())
        values[f"{name}_f1"] = 2 * same / total
    counts |= dict.fromkeys(("tokens_f1", "lemma_f1", "tag_f1"), len(gold))
    return Scores(values, counts)


def write_predictions(text: str, tokens: pl.DataFrame) -> str:
    """The CoNLL-U file's text with our lemmas and tags in its third and fifth columns."""
    found = predict(tokens)
    lines = text.replace("\r\n", "\n").split("\n")
    for line, lemma, tag in found.select("line", "our_lemma", "our_tag").iter_rows():
        columns = lines[line].split("\t")
        columns[2], columns[4] = lemma, tag
        lines[line] = "\t".join(columns)
    return "\n".join(lines)


def _spans(tokens: pl.DataFrame) -> pl.DataFrame:
    """Tokens by the places of their characters in the document, white space not counted."""
    length = pl.col("form").str.replace_all(r"\s", "").str.len_chars().cast(pl.Int64)
    finish = length.cum_sum().over("doc")
    return tokens.select(
        "doc",
        "sent",
        begin=finish - length,
        finish=finish,
        lemma=tagset.lemma_key(pl.col("lemma")),
        tag=tagset.annotated_column(tokens),
    )


def _canonical(frame: pl.DataFrame, column: str) -> pl.Series:
    return tagset.canonical_column(frame.get_column(column))


def mistakes(tokens: pl.DataFrame, most: int = 20) -> pl.DataFrame:
    """One row a frequent wrong lemma: `form` (lower case), `lemma`, `ours`, `count`."""
    found = predict(tokens)
    return (
        found.filter(tagset.lemma_key(pl.col("our_lemma")) != tagset.lemma_key(pl.col("lemma")))
        .group_by(pl.col("form").str.to_lowercase(), "lemma", ours="our_lemma")
        .agg(count=pl.len())
        .sort("count", "form", "lemma", "ours", descending=[True, False, False, False])
        .head(most)
    )
