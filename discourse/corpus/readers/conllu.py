"""CoNLL-U: documents with the annotation that they come with."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from discourse.core import schema
from discourse.core.errors import DiscourseError
from discourse.corpus.readers import Document, reader

#: The column of documents that holds their own annotation: lines of tokens, an empty one after each sentence.
COLUMN = "conllu"
#: A comment before the first sentence of a paragraph.
_PARAGRAPH = "# newpar"
_COLUMNS = ("id", "form", "lemma", "upos", "tag", "feats", "head", "deprel", "deps", "misc")


@reader("conllu", ".conllu")
def read_conllu(path: Path) -> Iterator[Document]:
    """One document a `# newdoc id` (the file, where it has none), with its annotation in the column `conllu`.

    The text is put together again from the tokens: see `documents`.
    """
    text = read_text(path)
    rows = parse(text, str(path))
    if rows.is_empty():
        raise DiscourseError(f"{path}: holds no token of CoNLL-U")
    texts, _ = documents(rows)
    lines = text.replace("\r\n", "\n").split("\n")
    bounds = rows.group_by("doc_id", maintain_order=True).agg(pl.col("line").min()).get_column("line").to_list()
    bounds = [0, *bounds[1:], len(lines)]
    for number, (doc_id, text) in enumerate(texts.select("doc_id", "text").iter_rows()):
        own = [
            line
            for line in lines[bounds[number] : bounds[number + 1]]
            if not line.startswith("#") or line.startswith(_PARAGRAPH)
        ]
        while own and (not own[-1] or own[-1].startswith(_PARAGRAPH)):  # that of the next document's first
            own.pop()
        yield {"doc_id": doc_id, "title": "", "text": text, COLUMN: "\n".join(own).strip("\n") + "\n\n"}


def read(path: Path) -> pl.DataFrame:
    """One row a token of a CoNLL-U file (gzipped or not): `doc_id, sent, form, lemma, tag, space_after, line,
    paragraph`.

    `sent` counts from 0 over the file, `line` is the token's line in it, from 0, `paragraph` how many have begun. A
    multi-word token's parts stand without space between them. Raises `DiscourseError` where the file cannot be read or
    a line is malformed.
    """
    return parse(read_text(path), str(path))


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, gzipped or not."""
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")
    except OSError as error:
        raise DiscourseError(f"cannot read {path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, EOFError) as error:
        raise DiscourseError(f"{path} is no CoNLL-U file in UTF-8: {error}") from error


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
        paragraph=pl.col("text").str.starts_with(_PARAGRAPH).cum_sum(),
    ).filter(pl.col("text").str.contains(r"^\s*[^#\s]"))
    fields = pl.col("text").str.split("\t")
    wrong = lines.filter(fields.list.len() != len(_COLUMNS))
    if len(wrong):
        line = wrong.item(0, "line") + 1
        raise DiscourseError(f"{where}: line {line} has not the {len(_COLUMNS)} columns of CoNLL-U, separated by tabs")
    rows = lines.select(
        "line", "doc_id", "blank", "paragraph", fields.list.to_struct(fields=list(_COLUMNS)).alias("f")
    ).unnest("f")
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
        paragraph="paragraph",
    )


def documents(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Documents and `raw_tokens` of what `read` gave: an annotated corpus with its own annotation.

    The text is put together again: tokens as they say, sentences with one space between them, paragraphs with a line
    break.
    """
    places = rows.with_columns(
        last=(pl.col("doc_id").rle_id() != pl.col("doc_id").rle_id().shift(-1)).fill_null(True),
        length=pl.col("form").str.len_chars(),
        broken=(pl.col("paragraph") != pl.col("paragraph").shift(-1)).fill_null(False),
        space=(pl.col("space_after") | (pl.col("sent") != pl.col("sent").shift(-1))).fill_null(True),
    ).with_columns(gap=(pl.col("space") & ~pl.col("last")).cast(pl.UInt32))
    upto = (pl.col("length") + pl.col("gap")).cum_sum().over("doc_id")
    tokens = places.select(
        "doc_id",
        sent=(pl.col("sent") - pl.col("sent").first().over("doc_id")).cast(pl.UInt32),
        tok=pl.int_range(pl.len(), dtype=pl.UInt32).over("doc_id"),
        start=(upto - pl.col("length") - pl.col("gap")).cast(pl.UInt32),
        end=(upto - pl.col("gap")).cast(pl.UInt32),
        form="form",
        lemma="lemma",
        tag="tag",
    )
    texts = places.group_by("doc_id", maintain_order=True).agg(
        text=(
            pl.col("form")
            + pl.when(pl.col("gap") == 0).then(pl.lit("")).when("broken").then(pl.lit("\n")).otherwise(pl.lit(" "))
        ).str.join("")
    )
    frame = texts.select("doc_id", title=pl.lit("", dtype=pl.String), text="text")
    return frame, schema.check(tokens, "raw_tokens")
