"""What every written format needs of a token: what stands before and after it."""

from __future__ import annotations

import polars as pl

from discourse.corpus.readers.conllu import COLUMN


def laid_out(tokens: pl.DataFrame) -> pl.DataFrame:
    """The tokens with `new_doc, new_par, new_sent, end_doc, end_par, end_sent, glued, number`.

    `glued`: the next token of the sentence follows without space; `number` counts from 1 within the sentence.
    """
    doc = pl.col("doc_id").rle_id()
    par = pl.struct("doc", "paragraph").rle_id()
    sent = pl.struct("doc", "sent").rle_id()
    return (
        tokens.with_columns(doc=doc)
        .with_columns(par=par, sentence=sent)
        .with_columns(
            *(_first(key).alias(f"new_{name}") for key, name in _KEYS),
            *(_last(key).alias(f"end_{name}") for key, name in _KEYS),
        )
        .with_columns(
            glued=(~pl.col("end_sent") & (pl.col("end") == pl.col("start").shift(-1))).fill_null(False),
            number=pl.int_range(pl.len()).over("sentence") + 1,
        )
    )


_KEYS = (("doc", "doc"), ("par", "par"), ("sentence", "sent"))


def _first(key: str) -> pl.Expr:
    return (pl.col(key) != pl.col(key).shift(1)).fill_null(True)


def _last(key: str) -> pl.Expr:
    return (pl.col(key) != pl.col(key).shift(-1)).fill_null(True)


def escaped(text: pl.Expr) -> pl.Expr:
    """The text with XML's marks written as entities; characters that XML does not allow become U+FFFD."""
    return (
        text.str.replace_all(r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]", "\ufffd")
        .str.replace_all("&", "&amp;", literal=True)
        .str.replace_all("<", "&lt;", literal=True)
        .str.replace_all(">", "&gt;", literal=True)
        .str.replace_all('"', "&quot;", literal=True)
    )


def metadata(documents: pl.DataFrame) -> list[str]:
    """The names of the documents' columns that are metadata and fit an attribute."""
    return [
        name
        for name, dtype in documents.schema.items()
        if name not in ("doc_id", "text", COLUMN) and not dtype.is_nested() and name.isidentifier()
    ]
