"""CoNLL-U, both ways: the tag stands in the fifth column (XPOS), the lemma in the third."""

from __future__ import annotations

import polars as pl

from discourse.corpus.readers.conllu import documents, parse, read, read_text
from discourse.language.formats.layout import laid_out

__all__ = ["documents", "parse", "read", "read_text", "render"]

_UPOS = {
    "subst": "NOUN", "depr": "NOUN", "ger": "NOUN", "adj": "ADJ", "adja": "ADJ", "adjp": "ADJ", "adjc": "ADJ",
    "pact": "ADJ", "ppas": "ADJ", "adv": "ADV", "num": "NUM", "numcomp": "NUM", "dig": "NUM", "romandig": "NUM",
    "ppron12": "PRON", "ppron3": "PRON", "siebie": "PRON", "fin": "VERB", "praet": "VERB", "impt": "VERB",
    "imps": "VERB", "inf": "VERB", "pcon": "VERB", "pant": "VERB", "pred": "VERB", "winien": "VERB", "cond": "VERB",
    "bedzie": "AUX", "aglt": "AUX", "prep": "ADP", "conj": "CCONJ", "comp": "SCONJ", "part": "PART", "interj": "INTJ",
    "interp": "PUNCT", "sym": "SYM", "brev": "X", "ign": "X", "frag": "X",
}  # fmt: skip


def render(documents: pl.DataFrame, tokens: pl.DataFrame) -> str:
    """CoNLL-U of the tokens: UPOS by the part of speech, XPOS the tag, offsets and boilerplate under MISC.

    Segments of one written word without a hyphen (*Zrobił|by|m*) stand under a multi-word token.
    """
    if tokens.is_empty():
        return ""
    rows = laid_out(tokens)
    plain = (pl.col("form").str.contains(r"\p{L}$")).all().over("sentence", "word")
    rows = rows.with_columns(
        parts=pl.len().over("sentence", "word"),
        position=pl.int_range(pl.len()).over("sentence", "word"),
        whole=pl.col("form").str.join("").over("sentence", "word"),
        plain=plain,
    ).with_columns(several=(pl.col("parts") > 1) & pl.col("plain"))
    no_space = pl.when(pl.col("glued")).then(pl.lit("SpaceAfter=No|")).otherwise(pl.lit(""))
    last_glued = pl.col("glued").last().over("sentence", "word")
    offsets = pl.format("Start={}|End={}", "start", "end")
    boiler = pl.when("boilerplate").then(pl.lit("|Boilerplate=Yes")).otherwise(pl.lit(""))
    misc = pl.when("several").then(pl.lit("")).otherwise(no_space) + offsets + boiler
    upos = pl.col("pos").replace_strict(_UPOS, default="X", return_dtype=pl.String)
    upos = pl.when((upos == "NOUN") & pl.col("lemma").str.contains(r"^\p{Lu}")).then(pl.lit("PROPN")).otherwise(upos)
    line = pl.concat_str(
        pl.col("number").cast(pl.String), "form", "lemma", upos, "tag", *[pl.lit("_")] * 4, misc, separator="\t"
    )
    head = pl.when(pl.col("several") & (pl.col("position") == 0)).then(
        pl.concat_str(
            pl.format("{}-{}", "number", pl.col("number") + pl.col("parts") - 1),
            "whole",
            *[pl.lit("_")] * 7,
            pl.when(last_glued).then(pl.lit("SpaceAfter=No")).otherwise(pl.lit("_")),
            separator="\t",
        )
        + "\n"
    )
    texts = pl.col("form") + pl.when(pl.col("glued") | pl.col("end_sent")).then(pl.lit("")).otherwise(pl.lit(" "))
    comments = pl.when("new_sent").then(
        pl.concat_str(
            pl.when("new_doc").then("# newdoc id = " + _one_line(pl.col("doc_id")) + "\n").otherwise(pl.lit("")),
            pl.when("new_par").then(pl.lit("# newpar\n")).otherwise(pl.lit("")),
            pl.format("# sent_id = {}-{}\n", _one_line(pl.col("doc_id")), pl.col("sent") + 1),
            "# text = " + texts.str.join("").over("sentence") + "\n",
        )
    )
    lines = rows.select(
        comments.fill_null("")
        + head.fill_null("")
        + line
        + pl.when("end_sent").then(pl.lit("\n")).otherwise(pl.lit(""))
    )
    return "\n".join(lines.to_series()) + "\n"


def _one_line(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(r"\s+", " ")
