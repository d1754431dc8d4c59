"""A corpus annotated part by part into a folder: one file a batch of documents and table, and a mark when it is whole.

    documents/part-000000.parquet    the documents of a batch
    tokens/part-000000.parquet …     a table of it
    parts/part-000000.json           what the part was made from and holds: the mark, written last

So a kill at any moment leaves parts with a mark, which are not made again, and parts without, which are.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.files import replacing, sha256, write_bytes, write_text
from discourse.core.progress import say, track
from discourse.core.schema import empty
from discourse.corpus.export import export
from discourse.experiment import record
from discourse.experiment.engines import Engine

#: What a part can hold: tables, and texts that are written from several of them.
TABLES = ("tokens", "markers", "attributions", "speakers", "measures")
TEXTS = ("conllu", "vertical", "tei", "standoff")
MARKS = "parts"


@dataclass(frozen=True)
class Order:
    """What is to be made of every batch, and how: everything that a part depends on besides its documents."""

    folder: Path
    tables: tuple[str, ...]  # of TABLES, or one of TEXTS
    form: str  # parquet, csv, jsonl; the text's own name
    columns: tuple[str, ...]  # of all documents, in the order of their first appearance
    policy: str = "default"
    lexicons: tuple[Path, ...] = ()

    def key(self, documents: str) -> str:
        """A digest over what a part with these documents is made from."""
        own = [self.tables, self.form, self.columns, self.policy, [sha256(path) for path in self.lexicons]]
        return hashlib.sha256(json.dumps([_code(), own, documents]).encode()).hexdigest()

    def file(self, table: str, number: int) -> Path:
        return part(self.folder, table, number, self.form)


@dataclass(frozen=True)
class Spooled:
    """The documents of a folder: a digest for each batch, and the columns of all."""

    digests: list[str]
    columns: tuple[str, ...]


def part(folder: Path, table: str, number: int, suffix: str) -> Path:
    """Where a part is."""
    return folder / table / f"part-{number:06}.{suffix}"


def spool(frames: Iterable[pl.DataFrame], folder: Path) -> Spooled:
    """The documents written into `folder/documents`, a part a frame; at least one, if an empty one.

    So everything that is wrong with the documents is found before the long work, and workers read their own.
    """
    digests = []
    columns: dict[str, None] = {}
    for number, frame in enumerate(frames):
        columns |= dict.fromkeys(frame.columns)
        digests.append(sha256(export(frame, part(folder, "documents", number, "parquet"))))
    if not digests:
        frame = empty("documents")
        columns = dict.fromkeys(frame.columns)
        digests.append(sha256(export(frame, part(folder, "documents", 0, "parquet"))))
    return Spooled(digests, tuple(columns))


def make_all(order: Order, spooled: Spooled, engine: Engine) -> list[dict[str, Any]]:
    """The marks of all parts, those that are not there yet made by the engine; parts beyond the last are removed."""
    keys = [order.key(digest) for digest in spooled.digests]
    wanting = [number for number, key in enumerate(keys) if not _whole(order, number, key)]
    found = len(keys) - len(wanting)
    if found:
        say(f"{found} of {len(keys)} parts were there already")
    done = found
    engine = engine.upto(len(wanting))
    try:
        jobs = [(number, keys[number]) for number in wanting]
        for _ in track(engine.each(partial(make, order=order), jobs), "annotating", len(jobs)):
            done += 1
    except DiscourseError as error:
        raise DiscourseError(f"{error} ({done} of {len(keys)} parts are finished)") from error
    for table in ("documents", MARKS, *order.tables):
        for path in (order.folder / table).glob(".part-*"):
            path.unlink(missing_ok=True)  # half-written when an earlier run was killed
        for path in (order.folder / table).glob("part-*"):
            if int(path.stem.removeprefix("part-")) >= len(keys):
                path.unlink()
    return [json.loads(part(order.folder, MARKS, number, "json").read_bytes()) for number in range(len(keys))]


def make(job: tuple[int, str], order: Order) -> int:
    """The number of the part, after it was made and marked; importable by workers, which must see the folder."""
    from discourse.experiment.annotation import annotate_with

    number, key = job
    documents = pl.read_parquet(part(order.folder, "documents", number, "parquet"), glob=False)
    lacking = [pl.lit(None, pl.String).alias(name) for name in order.columns if name not in documents.columns]
    documents = documents.with_columns(lacking).select(order.columns)
    done = annotate_with(documents, order.policy, order.lexicons)
    paths = []
    for table in order.tables:
        path = order.file(table, number)
        if table == "measures":
            from discourse.measures import measure

            layers = (done.documents, done.tokens, done.markers, done.attributions, done.speakers)
            export(measure(*layers), path, order.form)
        elif table == "standoff":
            from discourse.evaluation.gold import standoff_lines

            write_text(path, standoff_lines(done.documents, done.markers, done.attributions))
        elif table in TEXTS:
            from discourse.language.formats import render

            write_text(path, render(table, documents, done.tokens))
        else:
            export(getattr(done, table), path, order.form)
        paths.append(path)
    mark = {
        "made_from": key,
        "documents": documents.height,
        "characters": int(documents["text"].str.len_chars().sum() or 0),
        "words": done.tokens.filter(pl.col("word_start") & ~pl.col("boilerplate")).height,
        "files": {f"{path.parent.name}/{path.name}": [path.stat().st_size, sha256(path)] for path in paths},
    }
    write_text(part(order.folder, MARKS, number, "json"), json.dumps(mark) + "\n")
    return number


def join(order: Order, table: str, count: int, out: Path) -> Path:
    """One file of all parts of a table, in their order."""
    paths = [order.file(table, number) for number in range(count)]
    if count == 1:
        out.parent.mkdir(parents=True, exist_ok=True)
        return paths[0].replace(out)
    with replacing(out) as temporary:
        if order.form == "parquet":
            whole = pl.concat([pl.scan_parquet(path, glob=False) for path in paths])
            whole.sink_parquet(temporary, compression="zstd", maintain_order=True, row_group_size=_ROWS)
        else:
            with temporary.open("wb") as file:
                for number, path in enumerate(paths):
                    file.write(_inner(path.read_bytes(), order.form, number == 0, number == count - 1))
    return out


_ROWS = 250_000  # of a row group, so that readers need not hold a whole table


def _inner(data: bytes, form: str, first: bool, last: bool) -> bytes:
    """What a part adds to the whole: no second header, no end before the last."""
    if form == "csv" and not first:
        return data.split(b"\n", 1)[1]
    if form == "tei":
        from discourse.language.formats.tei import HEAD, TAIL

        data = data if first else data.removeprefix(HEAD.encode())
        return data if last else data.removesuffix(TAIL.encode())
    return data


@contextlib.contextmanager
def claimed(folder: Path, asked: Path) -> Iterator[None]:
    """The folder, made where it is missing, for this process alone while the block runs."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = folder / ".lock"
        with lock.open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DiscourseError(
                    f"{asked} is being written by another process; wait, or name another place"
                ) from None
            yield
            lock.unlink(missing_ok=True)
    except OSError as error:
        raise DiscourseError(f"cannot write {asked}: {error.strerror or error}; what is finished stays") from error


def describe(order: Order, marks: Sequence[dict[str, Any]]) -> Path:
    """`dataset.json`: that the data set is whole, what it holds and what it came from."""
    made = {
        "parts": len(marks),
        **{name: sum(mark[name] for mark in marks) for name in ("documents", "characters", "words")},
        "tables": ["documents", *order.tables],
        "form": order.form,
        "columns": list(order.columns),
        "policy": order.policy,
        "lexicons": {path.name: sha256(path) for path in order.lexicons},
        "digest": hashlib.sha256(json.dumps([mark["files"] for mark in marks], sort_keys=True).encode()).hexdigest(),
        "sources": record.sources(),
    }
    return write_bytes(order.folder / "dataset.json", (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode())


def _whole(order: Order, number: int, key: str) -> bool:
    """Whether the part is there, made from this, with all its files."""
    try:
        mark = json.loads(part(order.folder, MARKS, number, "json").read_bytes())
        sizes = all((order.folder / name).stat().st_size == size for name, (size, _) in mark["files"].items())
        return bool(mark["made_from"] == key and sizes)
    except (OSError, ValueError, KeyError, TypeError):
        return False


@cache
def _code() -> str:
    return json.dumps(record.sources(), sort_keys=True)
