"""Manifests: `corpora/<name>/corpus.toml` and `seeds/<name>.toml`, what a corpus is and where its texts are."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from discourse.core.errors import DiscourseError, unknown
from discourse.core.settings import Label, Settings, parse, read_toml

_REPOSITORY = Path(__file__).resolve().parents[2]


class TextFile(Settings):
    """A file of texts; its checksum is required of a reference."""

    path: str
    url: str = ""  # where it is downloaded from
    unverified: bool = False  # nobody could open the address when it was written down
    sha256: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")
    bytes: int | None = None
    characters: int | None = None
    words: int | None = None

    @model_validator(mode="after")
    def _inside(self) -> TextFile:
        path = Path(self.path)
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(f"path {self.path!r} leaves its folder; name a place inside it")
        return self


class Inventory(Settings):
    """What a corpus held when its manifest was written; `corpus check` tells what has changed since."""

    documents: int
    rejected: int = 0


class Manifest(Settings):
    """A corpus: its texts, how to read them, licence, citation, and the metadata that groups them."""

    name: str = Field(pattern="^[a-z0-9][a-z0-9-]*$")
    title: str
    description: str = ""
    why: str = ""  # why a seed is here
    licence: str
    citation: str = ""
    source: str = ""
    kind: Literal["files", "referenced", "download"] = "files"
    reader: str | None = None
    options: dict[str, str | int | float | bool] = {}  # of the reader
    root: str = ""  # the folder that the paths begin in, from the manifest's own folder or absolute
    files: list[TextFile] = Field(min_length=1)
    names: str = ""  # what the names of folders and files say: "{outlet}/{date}_{doc_id}"
    table: str | None = None  # a CSV with metadata by doc_id, beside the manifest or in the root
    table_rows: Literal["all", "some"] = "all"  # whether every document has a row in it
    rename: dict[str, str] = {}  # column in the file → name here
    dates: list[str] = []  # columns read as days: 26.02.2021 becomes 2021-02-26
    boilerplate: str = ""  # a CSV beside the manifest with lines that recur over the corpus
    collect: str = ""  # how a corpus is fetched that is no file but an interface of many addresses
    see: str = ""  # another corpus of the same texts, which can be fetched
    size: str = ""  # for people: how much is to be downloaded, how much it holds
    found: Inventory | None = None  # what was there when the manifest was written
    groups: list[str] = []
    labels: dict[str, dict[str, Label]] = {}  # column → group → text in both languages
    document: dict[str, str] = {}  # metadata of the only document of a seed

    @model_validator(mode="after")
    def _referenced_has_hashes(self) -> Manifest:
        for file in self.files:
            if self.kind == "referenced" and file.sha256 is None:
                raise ValueError(f"file {file.path!r} of a referenced corpus needs its sha256")
            if self.kind == "download" and not file.url and not self.collect:
                raise ValueError(f"file {file.path!r} of a corpus to download needs its url")
        if self.root and self.kind != "files":
            raise ValueError("root is for a corpus of files; others are looked for in the data folders")
        return self


@dataclass(frozen=True)
class Corpus:
    """A manifest and the folder that it stands in."""

    manifest: Manifest
    path: Path

    @property
    def name(self) -> str:
        return self.manifest.name

    @property
    def folder(self) -> Path:
        return self.path.parent

    @property
    def beside(self) -> dict[str, Path]:
        """The tables that are read with the texts (metadata, recurring lines) and have files of their own, by name."""
        found = {}
        for name in filter(None, (self.manifest.table, self.manifest.boilerplate)):
            places = (self.folder / name, self.root / name)
            # one that is nowhere to be seen comes out of an archive of texts
            if (place := next((place for place in places if place.is_file()), None)) is not None:
                found[name] = place
        return found

    @property
    def root(self) -> Path:
        """The folder that the paths of its files begin in."""
        # put together by its name, since the manifest's folder may not be there yet
        return Path(os.path.normpath(self.folder / self.manifest.root)) if self.manifest.root else self.folder


def parse_manifest(data: dict[str, Any], where: Path) -> Manifest:
    """The manifest of these keys; raises `DiscourseError` for the first mistake."""
    return parse(Manifest, data, where)


def read_manifest(path: Path) -> Corpus:
    """The corpus of a manifest file."""
    manifest = parse(Manifest, read_toml(path), path)
    called = path.parent.name if path.name == "corpus.toml" else path.stem
    if manifest.name != called:
        raise DiscourseError(f"{path}: name {manifest.name!r} should be {called!r}, as its place says")
    return Corpus(manifest, path)


def manifests(near: Sequence[Path] = ()) -> dict[str, Path]:
    """Name → manifest file of every corpus in sight: around `near`, the current folder, and the project itself."""
    found: dict[str, Path] = {}
    for start in [*near, Path.cwd(), _REPOSITORY]:
        for folder in [start, *start.resolve().parents][:6]:
            for path in sorted([*folder.glob("corpora/*/corpus.toml"), *folder.glob("seeds/*.toml")]):
                found.setdefault(path.parent.name if path.name == "corpus.toml" else path.stem, path)
    return dict(sorted(found.items()))


def find(name: str, near: Sequence[Path] = (), where: str = "") -> Corpus:
    """The corpus of this name; raises `DiscourseError` with the nearest name where there is none."""
    known = manifests(near)
    if name not in known:
        raise unknown("corpus", name, known, where)
    return read_manifest(known[name])
