"""Documents from files: one frame with `doc_id`, `title`, `text` and every metadata column."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.progress import say
from discourse.core.schema import check, empty
from discourse.corpus.readers import SUFFIXES, Document, read, suffix


def load(paths: Sequence[Path], reader: str | None = None) -> pl.DataFrame:
    """One row a document of the files and folders in `paths`, in the order given; folders by sorted path.

    A document without `doc_id` gets the file's name and its number in the file. Metadata becomes text.
    Raises `DiscourseError` for a file that cannot be read, and for two documents with one id.
    """
    return frame(tagged(files(paths), reader))


def files(paths: Iterable[Path]) -> list[Path]:
    """The files themselves, and those in the folders that have a reader; others are named on standard error."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = [p for p in sorted(path.rglob("*")) if p.is_file() and not _hidden(p.relative_to(path))]
            known = [p for p in inside if suffix(p) in SUFFIXES]
            if others := [p.relative_to(path).as_posix() for p in inside if suffix(p) not in SUFFIXES]:
                more = f" and {len(others) - 3} more" if len(others) > 3 else ""
                say(f"{path}: passed over, of no known format: {', '.join(others[:3])}{more}")
            if not known:
                raise DiscourseError(f"{path}: no file to read in this folder; known: {', '.join(sorted(SUFFIXES))}")
            found += known
        elif path.exists():
            found.append(path)
        else:
            raise DiscourseError(f"{path}: no such file or folder")
    return found


def tagged(paths: Iterable[Path], reader: str | None = None) -> Iterator[tuple[str, Document]]:
    """Every document with the place it came from.

    Text files of one name in several folders are told apart by their folders: `2020/01`, `2021/01`.
    """
    paths = list(paths)
    names = Counter(path.name for path in paths)
    for path in paths:
        stem = path.name.split(".")[0]
        for number, document in enumerate(read(path, reader), start=1):
            document = dict(document)
            if document.get("doc_id") in (None, ""):
                document["doc_id"] = document.pop("id", None) or f"{stem}-{number}"
            elif names[path.name] > 1 and SUFFIXES.get(suffix(path)) == "text":
                document["doc_id"] = f"{path.parent.name}/{document['doc_id']}"
            yield str(path), document


def frame(documents: Iterable[tuple[str, Document]]) -> pl.DataFrame:
    """The documents as a frame; raises `DiscourseError` where an id occurs twice."""
    rows: list[dict[str, str | None]] = []
    places: dict[str, str] = {}
    for place, document in documents:
        row = {key: _text(value) for key, value in document.items()}
        if not isinstance(document.get("text"), str | None):
            kind = type(document["text"]).__name__
            raise DiscourseError(f"{place}: the text of document {row['doc_id']!r} is no text but {kind}")
        doc_id = row["doc_id"] or ""
        if doc_id in places:
            raise DiscourseError(
                f"two documents have the id {doc_id!r} (in {places[doc_id]} and {place}); give each its own"
            )
        places[doc_id] = place
        row["title"] = row.get("title") or ""
        row["text"] = row.get("text") or ""
        rows.append(row)
    if not rows:
        return empty("documents")
    columns = ["doc_id", "title", "text", *dict.fromkeys(key for row in rows for key in row)]
    schema = dict.fromkeys(columns, pl.String)
    return check(pl.DataFrame(rows, schema=schema, orient="row"), "documents")


def checked(documents: pl.DataFrame) -> pl.DataFrame:
    """The same documents with `doc_id, title, text` as text in front: no title where there is none, no missing text.

    Raises `DiscourseError` where `doc_id` or `text` is missing, or an id is missing or occurs twice.
    """
    for column in ("doc_id", "text"):
        if column not in documents.columns:
            raise DiscourseError(f"documents have no column {column!r}; they have {', '.join(documents.columns)}")
    title = pl.col("title") if "title" in documents.columns else pl.lit("")
    first = documents.select(
        pl.col("doc_id").cast(pl.String),
        title.cast(pl.String).fill_null("").alias("title"),
        pl.col("text").cast(pl.String).fill_null(""),
    )
    if first["doc_id"].null_count():
        raise DiscourseError(f"{first['doc_id'].null_count()} documents have no doc_id; give each its own")
    if first["doc_id"].is_duplicated().any():
        twice = first["doc_id"].filter(first["doc_id"].is_duplicated())[0]
        raise DiscourseError(f"two documents have the id {twice!r}; give each its own")
    return first.with_columns(documents.drop("doc_id", "title", "text", strict=False))


def batches(documents: pl.DataFrame, characters: int = 2_000_000) -> Iterator[pl.DataFrame]:
    """The documents in order, cut into frames of about `characters` each (at least one document)."""
    if documents.is_empty():
        return
    size = documents["text"].str.len_chars().cast(pl.Int64) + documents["title"].fill_null("").str.len_chars()
    number = (size.cum_sum() - size) // characters
    yield from documents.with_columns(number.alias("__batch")).partition_by(
        "__batch", maintain_order=True, include_key=False
    )


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        # a lone surrogate (JSON allows it) is no character and cannot be written again
        return value if value is None or value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
