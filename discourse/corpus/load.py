"""Documents from files: one frame with `doc_id`, `title`, `text` and every metadata column."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.progress import say
from discourse.core.schema import check, empty
from discourse.corpus.archives import is_archive, unpacked
from discourse.corpus.readers import SUFFIXES, Document, read, reader_of, suffix
from discourse.corpus.rejected import MISTAKES, Changed, Rejected, summary

#: Readers that yield one document a file, named after it: files of one name are told apart by their folders.
_ONE_A_FILE = ("text", "html", "docx", "odt", "pdf")


def load(paths: Sequence[Path], reader: str | None = None) -> pl.DataFrame:
    """One row a document of the files and folders in `paths`, in the order given; folders by sorted path.

    A document without `doc_id` gets the file's name and its number in the file. Metadata becomes text.
    Raises `DiscourseError` for a file that cannot be read, and for two documents with one id.
    """
    passed_over: list[Rejected] = []
    found = frame(tagged(files(paths), reader, passed_over=passed_over))
    if passed_over:
        say(f"{len(passed_over)} documents were passed over: {summary(passed_over)}")
    return found


def files(paths: Iterable[Path], quiet: bool = False) -> list[Path]:
    """The files themselves, and those in folders and archives that have a reader; others are named on standard error.

    Raises `DiscourseError` for a place that is not there, and for a folder without a file to read.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_file() and is_archive(path):
            path = unpacked(path)
        if path.is_dir():
            inside = walk(path)
            known = [p for p in inside if suffix(p) in SUFFIXES]
            others = [p.relative_to(path).as_posix() for p in inside if suffix(p) not in SUFFIXES]
            if others and not quiet:
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


def walk(folder: Path) -> list[Path]:
    """The files in a folder and its folders, sorted, without what is hidden; links that lead in a circle end there."""
    found: list[Path] = []
    above: dict[str, tuple[tuple[int, int], ...]] = {str(folder): (_identity(folder),)}
    for place, folders, names in os.walk(folder, followlinks=True):
        here = Path(place)
        line = above.pop(place)
        kept = []
        for name in sorted(folders):
            if name.startswith("."):
                continue
            own = _identity(here / name)
            if own in line:  # a folder inside itself, by a link
                say(f"{here / name}: a link in a circle; not followed")
                continue
            above[str(here / name)] = (*line, own)
            kept.append(name)
        folders[:] = kept
        found += [here / name for name in names if not name.startswith(".") and (here / name).is_file()]
    return sorted(found)


def tagged(
    paths: Iterable[Path],
    reader: str | None = None,
    options: Mapping[str, Any] | None = None,
    rejected: list[Rejected] | None = None,
    passed_over: list[Rejected] | None = None,
    rename: Mapping[str, str] | None = None,
) -> Iterator[tuple[str, Document]]:
    """Every document with the place it came from.

    Text files of one name in several folders are told apart by their folders: `2020/01`, `2021/01`. With a list
    `rejected`, what cannot be read is put there and the reading goes on; else a mistake in a file is an error, and
    documents that are no mistakes (a redirect, a page in another language) are put into `passed_over`. `rename`:
    column in the file → name here.
    """
    paths = list(paths)
    names = Counter(path.name for path in paths)
    for path in paths:
        stem = path.name.split(".")[0]
        number = 0
        try:
            for found in read(path, reader, options):
                number += 1
                if isinstance(found, Rejected):
                    if rejected is not None:
                        rejected.append(found)
                    elif found.kind in MISTAKES:
                        raise found.error()
                    elif passed_over is not None:
                        passed_over.append(found)
                    continue
                document = _renamed(found, rename) if rename else dict(found)
                if document.get("doc_id") in (None, ""):
                    document["doc_id"] = document.pop("id", None) or f"{stem}-{number}"
                elif names[path.name] > 1 and (reader or reader_of(path)) in _ONE_A_FILE:
                    document["doc_id"] = f"{path.parent.name}/{document['doc_id']}"
                yield str(path), document
        except Changed:
            raise
        except DiscourseError as error:
            if rejected is None:
                raise
            place, _, reason = str(error).partition(f"{path}")
            reason = reason.removeprefix(": ").removeprefix(", ") if not place and reason else str(error)
            rejected.append(Rejected(str(path), _kind(reason), reason))


def frame(documents: Iterable[tuple[str, Document]], rejected: list[Rejected] | None = None) -> pl.DataFrame:
    """The documents as a frame; raises `DiscourseError` where an id occurs twice.

    With a list `rejected`, the second document of an id is put there, and so is one whose text is no text.
    """
    rows: list[dict[str, str | None]] = []
    places: dict[str, str] = {}
    for place, document in documents:
        row = {key: _text(value) for key, value in document.items()}
        doc_id = row["doc_id"] or ""
        problem = None
        if not isinstance(document.get("text"), str | None):
            kind = type(document["text"]).__name__
            problem = Rejected(place, "malformed", f"the text of document {doc_id!r} is no text but {kind}")
        elif doc_id in places:
            problem = Rejected(place, "same id", f"document {doc_id!r} was there already, in {places[doc_id]}")
        if problem is not None and rejected is not None:
            rejected.append(problem)
            continue
        if problem is not None and problem.kind == "same id":
            raise DiscourseError(
                f"two documents have the id {doc_id!r} (in {places[doc_id]} and {place}); give each its own"
            )
        if problem is not None:
            raise problem.error()
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


def batches(documents: pl.DataFrame, characters: int = 1_000_000) -> Iterator[pl.DataFrame]:
    """The documents in order, cut into frames of about `characters` each (at least one document)."""
    if documents.is_empty():
        return
    size = documents["text"].str.len_chars().cast(pl.Int64) + documents["title"].fill_null("").str.len_chars()
    number = (size.cum_sum() - size) // characters
    yield from documents.with_columns(number.alias("__batch")).partition_by(
        "__batch", maintain_order=True, include_key=False
    )


def _renamed(document: Document, rename: Mapping[str, str]) -> Document:
    taken = {rename[key] for key in document if key in rename}
    return {rename.get(key, key): value for key, value in document.items() if key in rename or key not in taken}


def _identity(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError:
        return (-1, -1)
    return state.st_dev, state.st_ino


_KINDS = (
    ("no text", ("without a text layer", "without text", "without a main text", "no token")),
    ("cut off", ("cut off", "broken gzip", "broken bzip2", "broken xz")),
    ("bomb", ("looks like a bomb",)),
    ("entities", ("XML entities",)),
)


def _kind(reason: str) -> str:
    return next((kind for kind, words in _KINDS if any(word in reason for word in words)), "unreadable")


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        # a lone surrogate (JSON allows it) is no character and cannot be written again
        return value if value is None or value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
