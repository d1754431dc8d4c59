"""Vertical text for CWB and NoSketch Engine: one token a line (word, tag, lemma), structures as tags."""

from __future__ import annotations

import polars as pl

from discourse.language.formats.layout import escaped, laid_out, metadata


def render(documents: pl.DataFrame, tokens: pl.DataFrame) -> str:
    """The tokens as vertical text: `doc` with the documents' metadata, `p`, `s`, and `<g/>` where no space is."""
    if tokens.is_empty():
        return ""
    attributes = [
        pl.format(f'{name}="{{}}"', escaped(pl.col(name).cast(pl.String).fill_null("").str.replace_all(r"\s+", " ")))
        for name in metadata(documents)
    ]
    heads = documents.select(
        "doc_id",
        head=pl.concat_str(pl.format('<doc id="{}"', escaped(pl.col("doc_id"))), *attributes, separator=" ") + ">\n",
    )
    rows = laid_out(tokens).join(heads, on="doc_id", how="left", maintain_order="left")
    text = rows.select(
        pl.concat_str(
            pl.when("new_doc").then("head").otherwise(pl.lit("")),
            pl.when("new_par").then(pl.lit("<p>\n")).otherwise(pl.lit("")),
            pl.when("new_sent").then(pl.lit("<s>\n")).otherwise(pl.lit("")),
            escaped(pl.col("form")),
            pl.lit("\t"),
            "tag",
            pl.lit("\t"),
            escaped(pl.col("lemma")),
            pl.when("glued").then(pl.lit("\n<g/>\n")).otherwise(pl.lit("\n")),
            pl.when("end_sent").then(pl.lit("</s>\n")).otherwise(pl.lit("")),
            pl.when("end_par").then(pl.lit("</p>\n")).otherwise(pl.lit("")),
            pl.when("end_doc").then(pl.lit("</doc>\n")).otherwise(pl.lit("")),
        )
    )
    return "".join(text.to_series())
