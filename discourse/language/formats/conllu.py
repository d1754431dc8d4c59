"""CoNLL-U, both ways: the tag stands in the fifth column (XPOS), the lemma in the third."""

from __future__ import annotations

import gzip
from pathlib import Path

import polars as pl

from discourse.core.errors import DiscourseError

_COLUMNS = ("id", "form", "lemma", "upos", "tag", "feats", "head", "deprel", "deps", "misc")


def read(path: Path) -> pl.DataFrame:
    """One row a token of a CoNLL-U file (gzipped or not): `doc_id, sent, form, lemma, tag, space_after, line`.

    `sent` counts from 0 over the file, `line` is the token's line in it, from 0. A multi-word token's parts stand
    without space between them. Raises `DiscourseError` where the file cannot be read or a line is malformed.
    """
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")
    except OSError as error:
        raise DiscourseError(f"cannot read {path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, EOFError) as error:
        raise DiscourseError(f"{path} is no CoNLL-U file in UTF-8: {error}") from error
    return parse(text, str(path))


def parse(text: str, where: str = "text") -> pl.DataFrame:
    """As `read`, from the text of the file; `where` names it in errors."""
    lines = pl.DataFrame({"text": text.replace("\r\n", "\n").split("\n")}).with_row_index("line")
    document = pl.coalesce(
        pl.col("text").str.extract(r"^#\s*newdoc id\s*=\s*(.*\S)"),
        pl.col("text").str.extract(r"^#\s*doc_id\s*=\s*(.*\S)"),
    )
    lines = lines.with_columns(
        doc_id=document.forward_fill().fill_null(""),
        blank=(pl.col("text").str.strip_chars() == "").cum_sum(),
    ).filter(pl.col("text").str.contains(r"^\s*[^#\s]"))
    fields = pl.col("text").str.split("\t")
    wrong = lines.filter(fields.list.len() != len(_COLUMNS))
    if len(wrong):
        raise DiscourseError(f"{where}: line {wrong.item(0, 'line') + 1} has not {len(_COLUMNS)} columns of CoNLL-U")
    rows = lines.select("line", "doc_id", "blank", fields.list.to_struct(fields=list(_COLUMNS)).alias("f")).unnest("f")
    rows = rows.filter(~pl.col("id").str.contains(".", literal=True))
    no_space = pl.col("misc").str.contains(r"(?:^|\|)SpaceAfter=No(?:\||$)")
    span = pl.col("id").str.extract_groups(r"^(\d+)-(\d+)$")
    rows = rows.with_columns(
        no_space=no_space,
        until=span.struct.field("2").cast(pl.UInt32),
        is_span=pl.col("id").str.contains("-", literal=True),
    ).with_columns(
        until=pl.col("until").forward_fill().over("blank"),
        span_no_space=pl.when("is_span").then("no_space").forward_fill().over("blank"),
    )
    tokens = rows.filter(~pl.col("is_span")).with_columns(number=pl.col("id").cast(pl.UInt32, strict=False))
    if tokens.get_column("number").null_count():
        bad = tokens.filter(pl.col("number").is_null()).item(0, "line") + 1
        raise DiscourseError(f"{where}: line {bad}: the first column is no number of a token")
    space = (
        pl.when(pl.col("number") < pl.col("until"))
        .then(False)
        .when(pl.col("number") == pl.col("until"))
        .then(~pl.col("span_no_space"))
        .otherwise(~pl.col("no_space"))
    )
    return tokens.select(
        "doc_id",
        sent=(pl.col("blank").rle_id()).cast(pl.UInt32),
        form="form",
        lemma="lemma",
        tag="tag",
        space_after=space.fill_null(True),
        line="line",
    )
