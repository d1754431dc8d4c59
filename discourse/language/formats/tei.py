"""TEI P5: one `teiCorpus`, a `TEI` a document; `w` and `pc` with lemma, `pos` and `msd`."""

from __future__ import annotations

import polars as pl

from discourse.language.formats.layout import escaped, laid_out

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n'
    "<teiHeader><fileDesc><titleStmt><title>Annotated corpus</title></titleStmt>"
    "<publicationStmt><p>Written by discourse</p></publicationStmt>"
    "<sourceDesc><p>See the documents</p></sourceDesc></fileDesc></teiHeader>\n"
)
TAIL = "</teiCorpus>\n"


def render(documents: pl.DataFrame, tokens: pl.DataFrame) -> str:
    """The tokens as TEI: `p`, `s`, `w` and `pc`; `join="right"` where no space follows."""
    title = pl.col("title").fill_null("") if "title" in documents.columns else pl.lit("")
    heads = documents.select(
        "doc_id",
        head=pl.format(
            '<TEI n="{}">\n<teiHeader><fileDesc><titleStmt><title>{}</title></titleStmt>'
            "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>\n<text><body>\n",
            escaped(pl.col("doc_id")),
            escaped(title),
        ),
    )
    rows = laid_out(tokens).join(heads, on="doc_id", how="left", maintain_order="left")
    element = pl.when(pl.col("pos") == "interp").then(pl.lit("pc")).otherwise(pl.lit("w"))
    text = rows.select(
        pl.concat_str(
            pl.when("new_doc").then("head").otherwise(pl.lit("")),
            pl.when("new_par").then(pl.lit("<p>\n")).otherwise(pl.lit("")),
            pl.when("new_sent").then(pl.lit("<s>\n")).otherwise(pl.lit("")),
            pl.format(
                '<{} lemma="{}" pos="{}" msd="{}"{}>{}</{}>\n',
                element,
                escaped(pl.col("lemma")),
                "pos",
                "tag",
                pl.when("glued").then(pl.lit(' join="right"')).otherwise(pl.lit("")),
                escaped(pl.col("form")),
                element,
            ),
            pl.when("end_sent").then(pl.lit("</s>\n")).otherwise(pl.lit("")),
            pl.when("end_par").then(pl.lit("</p>\n")).otherwise(pl.lit("")),
            pl.when("end_doc").then(pl.lit("</body></text>\n</TEI>\n")).otherwise(pl.lit("")),
        )
    )
    return HEAD + "".join(text.to_series()) + TAIL
