"""Tokens that come from elsewhere, an annotated corpus or a foreign tagger, made whole: words, paragraphs, flags."""

from __future__ import annotations

import numpy as np
import polars as pl

from discourse.core import schema
from discourse.core.errors import DiscourseError
from discourse.corpus.readers import conllu
from discourse.language import tagset, tokenize
from discourse.language.flags import flags


def own_tokens(documents: pl.DataFrame) -> pl.DataFrame:
    """The `raw_tokens` of documents that carry their annotation in the column `conllu`.

    Raises `DiscourseError` where a document's text is not the one annotated.
    """
    numbers = [str(number) for number in range(len(documents))]
    texts = [f"# newdoc id = {n}\n{own}" for n, own in zip(numbers, documents.get_column(conllu.COLUMN), strict=True)]
    built, raw = conllu.documents(conllu.parse("\n".join(texts), f"column {conllu.COLUMN!r}"))
    ids = documents.select("doc_id", string=schema.string()).with_columns(number=pl.Series(numbers, dtype=pl.String))
    checked = ids.join(built, left_on="number", right_on="doc_id", how="left", maintain_order="left")
    wrong = checked.filter(pl.col("string") != pl.col("text").fill_null(""))
    if len(wrong):
        raise DiscourseError(
            f"document {wrong.item(0, 'doc_id')!r}: its text is not that of its annotation; "
            f"leave out the column {conllu.COLUMN!r} to have it annotated anew"
        )
    return (
        raw.rename({"doc_id": "number"})
        .join(ids.select("number", "doc_id"), on="number", how="left", maintain_order="left")
        .select(*schema.TABLES["raw_tokens"])
    )


def complete(documents: pl.DataFrame, raw: pl.DataFrame) -> pl.DataFrame:
    """The `tokens` table of these `raw_tokens`, in their order: forms, lemmas and tags as they are.

    Written words and paragraphs are those of our own tokenisation; `pos` is the tag's class in today's terms.
    """
    if raw.is_empty():
        return schema.empty("tokens")
    rows = documents.select("doc_id").with_row_index("doc")
    doc = raw.select("doc_id").join(rows, on="doc_id", how="left", maintain_order="left").get_column("doc").to_numpy()
    doc = doc.astype(np.int64)
    pieces = tokenize.chunks(documents)
    shift = np.int64(1) << 32
    start = raw.get_column("start").to_numpy().astype(np.int64)
    chunk = np.maximum(np.searchsorted(pieces.doc * shift + pieces.start, doc * shift + start, side="right") - 1, 0)
    heads = np.searchsorted(pieces.doc, doc)  # a document's first chunk
    broken = np.cumsum(pieces.gap >= 2)
    letters = pieces.forms.str.contains(r"[\p{L}\p{N}]").to_numpy()[pieces.number]
    lemma, form = pl.col("lemma"), pl.col("form")
    return raw.select(
        "doc_id", "sent", "tok", "start", "end", "form",
        lemma=pl.when(lemma.is_null() | ((lemma == "_") & (form != "_"))).then(form).otherwise(lemma),
        tag=pl.when(pl.col("tag").is_null() | (pl.col("tag") == "_")).then(pl.lit("ign")).otherwise("tag"),
    ).with_columns(
        pos=pl.col("tag").str.extract("^([^:]*)").replace({name: now for name, now in tagset.POS.items() if now}),
        word=pl.Series((chunk - heads).astype(np.uint32)),
        word_start=pl.Series((np.diff(chunk, prepend=-1) != 0) & letters[chunk]),
        paragraph=pl.Series((broken[chunk] - broken[heads]).astype(np.uint32)),
        boilerplate=pl.Series(flags(documents, doc, start)),
    ).select(*schema.TABLES["tokens"])  # fmt: skip
