"""A manifest proposed from files: reader, columns, names, table, encodings and dates as they are found."""

from __future__ import annotations

import itertools
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from discourse.core.errors import DiscourseError
from discourse.corpus.archives import is_archive, unpacked
from discourse.corpus.columns import Roles, roles
from discourse.corpus.encoding import encoding
from discourse.corpus.load import files, tagged
from discourse.corpus.names import from_names
from discourse.corpus.packed import opened
from discourse.corpus.readers import TABLES, read, reader_of, stem
from discourse.corpus.readers.delimited import table as delimited
from discourse.corpus.readers.jsonlines import rows as objects
from discourse.corpus.readers.parquet import scanned
from discourse.corpus.readers.spreadsheet import sheets
from discourse.corpus.rejected import Rejected
from discourse.corpus.sidecar import identifier, table_rows

_SAMPLE = 400  # rows or files that are looked into
_SIDECARS = ("csv", "xlsx", "jsonl")
_NAMED = ("text", "html", "docx", "odt", "pdf")  # one document a file, named after it
_ENCODED = ("text", "csv", "jsonl", "json", "vertical", "conllu")


@dataclass
class Proposal:
    """What would be written into a manifest, and what a person should know of how it was found."""

    manifest: dict[str, Any]
    notes: list[str] = field(default_factory=list)


def propose(name: str, paths: Sequence[Path], folder: Path, title: str = "", licence: str = "") -> Proposal:
    """The manifest of a corpus `name` of these files and folders, to be written into `folder`.

    Raises `DiscourseError` where there is nothing to read, or a table has no column of texts.
    """
    if not paths:
        raise DiscourseError("name the files or folders of the corpus")
    paths = [path.resolve() for path in paths]
    found = files(paths)
    folder = folder.resolve()
    root, places = _places(paths, folder)
    kinds = {path: reader_of(path) for path in found}
    table, table_notes = _sidecar(found, kinds, root)
    if table is not None:
        found = [path for path in found if path != table.path]
    readers = Counter(kinds[path] for path in found)
    reader = readers.most_common(1)[0][0] if len(readers) == 1 else None
    manifest: dict[str, Any] = {
        "name": name,
        "title": title or name,
        "licence": licence or "not stated; ask before you publish",
        "kind": "files",
    }
    notes = [f"{number} files of the format {kind}" for kind, number in readers.most_common()]
    notes += [f"encoding {name}: {number} files" for name, number in _encodings(found, kinds).most_common()]
    notes += table_notes
    if reader is not None:
        manifest["reader"] = reader
    if root:
        manifest["root"] = root
    manifest["files"] = [{"path": place} for place in places]
    if table is not None:
        manifest["table"] = _below(table.path, folder / root)
        if not table.complete:
            manifest["table_rows"] = "some"
        rename = table.roles.rename
        dates = table.roles.dates
        notes.append(f"metadata in {table.path.name}, by its column {table.key!r}")
    else:
        rename, dates = {}, []
    if reader in TABLES:
        own, options, more = _table(found[0], reader)
        rename, dates = rename | own.rename, [*dates, *own.dates]
        notes += more
        if options:
            manifest["options"] = options
    else:
        sample = _documents(found, reader)
        own = roles(list(dict.fromkeys(k for row in sample for k in row)), sample)
        # what a reader calls text and id is so; its other columns may be days
        dates = [*dates, *(c for c in own.dates if c not in dates and c not in rename.values())]
        titled = "title" in rename.values() or (table is not None and "title" in table.columns)
        if reader == "text" and not titled and _title_lines(sample):
            manifest["options"] = {"title_line": True}
            notes.append("the first line of a file is its title")
    if reader in _NAMED and len(found) > 1:
        known = [rename.get(column, column) for column in table.columns] if table is not None else []
        names, days = from_names(found, _base(paths), known)
        if names:
            manifest["names"] = names
            dates += [column for column in days if column not in dates]
            notes.append(f"metadata in the names of folders and files: {names}")
    if rename:
        manifest["rename"] = rename
    if dates:
        manifest["dates"] = dates
    return Proposal(manifest, notes)


def toml(manifest: Mapping[str, Any]) -> str:
    """The manifest as TOML: plain keys first, then the tables."""
    plain = [(key, value) for key, value in manifest.items() if not isinstance(value, dict) and key != "files"]
    lines = [f"{key} = {_value(value)}" for key, value in plain]
    for file in manifest["files"]:
        lines += ["", "[[files]]", *(f"{key} = {_value(value)}" for key, value in file.items())]
    for key, value in manifest.items():
        if isinstance(value, dict):
            lines += ["", f"[{key}]", *(f"{_key(inner)} = {_value(item)}" for inner, item in value.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _value(name)


# --- places


def _places(paths: Sequence[Path], folder: Path) -> tuple[str, list[str]]:
    """The root to write into the manifest (empty: its own folder) and each path below it."""
    if all(path.is_relative_to(folder) for path in paths):
        return "", [path.relative_to(folder).as_posix() for path in paths]
    base = Path(os.path.commonpath([path if path.is_dir() else path.parent for path in paths]))
    project = folder.parent.parent
    root = Path(os.path.relpath(base, folder)).as_posix() if base.is_relative_to(project) else base.as_posix()
    return root, [path.relative_to(base).as_posix() for path in paths]


def _base(paths: Sequence[Path]) -> Path:
    """The folder below which names of folders say something."""
    if len(paths) == 1:
        return unpacked(paths[0]) if is_archive(paths[0]) else paths[0]
    return Path(os.path.commonpath(paths))


def _below(table: Path, root: Path) -> str:
    """The table's place in the root; its name alone where it came out of an archive."""
    root = root.resolve()
    return table.relative_to(root).as_posix() if table.is_relative_to(root) else table.name


def _encodings(found: Sequence[Path], kinds: Mapping[Path, str | None]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for path in found:
        if kinds[path] in _ENCODED:
            try:
                with opened(path) as stream:
                    counts[encoding(iter(lambda s=stream: s.read(1 << 20), b""), path)[0]] += 1  # type: ignore[misc]
            except DiscourseError:
                counts["none that is known"] += 1
    return counts


# --- tables


@dataclass(frozen=True)
class _Table:
    path: Path
    key: str
    columns: list[str]
    roles: Roles
    complete: bool


def _sidecar(found: Sequence[Path], kinds: Mapping[Path, str | None], root: str) -> tuple[_Table | None, list[str]]:
    """A table among files of another kind whose one column names them, if there is one."""
    tables = [path for path in found if kinds[path] in _SIDECARS]
    others = [path for path in found if kinds[path] not in TABLES]
    if not others or not tables or len(tables) > 5:
        return None, []
    stems = {stem(path) for path in others}
    if len(stems) < len(others):  # of one name in several folders: the reader adds the folder
        names = Counter(path.name for path in others)
        stems = {f"{p.parent.name}/{stem(p)}" if names[p.name] > 1 else stem(p) for p in others}
    ids = stems
    if any(kinds[path] not in _NAMED for path in others):
        ids = {str(row["doc_id"]) for row in _documents(others, None, 100_000)}
    notes = []
    for path in tables:
        try:
            columns, lines = table_rows(path)
            rows = list(itertools.islice(lines, 1_000_000))
        except DiscourseError as error:
            notes.append(f"not used as a table of metadata (mend it and make the corpus again): {error}")
            continue
        for key in columns:
            values = [identifier(row.get(key)) for row in rows]
            hits = sum(value in ids for value in values)
            if rows and hits >= 0.8 * len(rows) and len(set(values)) == len(values):
                rest = [column for column in columns if column != key]
                own = roles(rest, rows[:_SAMPLE], needs_text=False)
                rename = {c: r for c, r in own.rename.items() if r != "doc_id"}
                if key != "doc_id":
                    rename[key] = "doc_id"
                return _Table(path, key, rest, Roles(None, rename, own.dates), hits == len(ids) == len(rows)), notes
        notes.append(f"{path.name}: a table of which no column names the files; it is read as documents")
    return None, notes


def _table(path: Path, reader: str) -> tuple[Roles, dict[str, Any], list[str]]:
    """The roles of the columns of a table of documents, the reader's options, and what to say of it."""
    best: tuple[Roles, list[str], dict[str, Any]] | None = None
    seen: list[str] = []
    for options, columns, rows in _raw(path, reader):
        seen = seen or columns
        sample = list(itertools.islice((row for row in rows if not isinstance(row, Rejected)), _SAMPLE))
        own = roles(columns, sample)
        if own.text is not None:
            best = own, columns, options
            break
    if best is None:
        if not seen and isinstance(first := next(read(path, reader), None), Rejected):
            raise first.error()
        raise DiscourseError(f"{path}: no column holds texts; it has {', '.join(seen) or 'none'}")
    own, columns, options = best
    note = ", ".join(f"{column} is {role}" for column, role in own.rename.items())
    return own, options, [f"columns: {', '.join(columns)}", *([note] if note else [])]


def _raw(path: Path, reader: str) -> Iterator[tuple[dict[str, Any], list[str], Iterable[Any]]]:
    """Each table of a file: the options that choose it, its columns, its rows."""
    if reader == "csv":
        columns, rows = delimited(path)
        yield {}, columns, rows
    elif reader == "xlsx":
        for number, (name, columns, cells) in enumerate(sheets(path)):
            named = (dict(zip(columns, row, strict=False)) for _, row in cells if row is not None)
            yield {"sheet": name} if number else {}, [c for c in columns if c], named
    elif reader == "parquet":
        frame = scanned(path, _SAMPLE).collect()
        yield {}, frame.columns, frame.iter_rows(named=True)
    else:
        rows_ = list(itertools.islice(objects(path), _SAMPLE))
        yield {}, list(dict.fromkeys(key for row in rows_ for key in row)), rows_


# --- files of one document


def _documents(found: Sequence[Path], reader: str | None, most: int = _SAMPLE) -> list[dict[str, Any]]:
    """The first documents of files spread over all of them."""
    step = max(1, len(found) // 50) if most == _SAMPLE else 1
    rejected: list[Rejected] = []
    return [document for _, document in itertools.islice(tagged(found[::step], reader, rejected=rejected), most)]


def _title_lines(sample: Sequence[Mapping[str, Any]]) -> bool:
    """Whether nearly every text begins with a short line that ends no sentence, and an empty line after it."""
    heads = [str(row["text"]).partition("\n") for row in sample if str(row.get("text") or "").strip()]
    good = sum(
        0 < len(first.strip()) <= 200 and rest[:1] == "\n" and bool(rest.strip()) and first.rstrip()[-1] not in ".,;"
        for first, _, rest in heads
    )
    return len(heads) >= 3 and good >= 0.9 * len(heads)
