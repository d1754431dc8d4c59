"""A corpus from its publisher: every file of its manifest, and the record of what came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from discourse.core.errors import DiscourseError
from discourse.core.files import sha256
from discourse.corpus.fetch.download import Manners, download, free
from discourse.corpus.fetch.sejm import collect_sejm
from discourse.corpus.manifest import Corpus, TextFile
from discourse.corpus.store import fetched, record, recorded

_COLLECTORS: dict[str, Callable[[str, Path, Manners], int]] = {"sejm-api": collect_sejm}


@dataclass(frozen=True)
class Planned:
    """A file to fetch: from where, to where, whether it is there already."""

    file: TextFile
    url: str
    place: Path
    there: bool


def plan(corpus: Corpus, mirror: str = "") -> list[Planned]:
    """What fetching a corpus would do. `mirror`: another address for the folder that the files are in.

    Raises `DiscourseError` for a corpus that is not downloaded.
    """
    manifest = corpus.manifest
    if manifest.kind != "download":
        see = f"; see also: discourse corpus fetch {manifest.see}" if manifest.see else ""
        how = "its texts are its own files" if manifest.kind == "files" else (
            f"its texts have no address; supply them with: discourse corpus add {corpus.name} FILE"
        )  # fmt: skip
        raise DiscourseError(f"corpus {corpus.name!r}: {how}{see}")
    planned = []
    for file in manifest.files:
        place = fetched(corpus, file)
        name = file.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1] if not manifest.collect else ""
        url = f"{mirror.rstrip('/')}/{name}" if mirror else file.url
        planned.append(Planned(file, url, place, place.exists() and not manifest.collect))
    return planned


def fetch(corpus: Corpus, mirror: str = "", manners: Manners | None = None) -> list[str]:
    """A line for each file: what was downloaded, or that it was there. Files that are whole are not fetched again.

    The checksum of each file is the manifest's; where that has none, it is recorded at first use and holds from then
    on. Raises `DiscourseError` as `download` does, and for a file on disk that is not the one recorded.
    """
    manners = manners or Manners()
    lines = []
    for one in plan(corpus, mirror):
        if corpus.manifest.collect:
            number = _collector(corpus)(one.url.rstrip("/"), one.place, manners)
            lines.append(f"{one.place}: {number} files")
            continue
        known = recorded(corpus).get(one.file.path)
        digest = one.file.sha256 or known
        if one.there:
            if digest is not None and (own := sha256(one.place)) != digest:
                raise DiscourseError(
                    f"{one.place}: its SHA-256 is {own}, expected {digest}; it was changed: delete it and fetch again"
                )
            record(corpus, one.file, digest or sha256(one.place))
            lines.append(f"{one.place}: there already, as recorded")
            continue
        if one.file.bytes and one.file.bytes > free(one.place.parent):
            raise DiscourseError(f"{one.url}: has {one.file.bytes} bytes, and less is free at {one.place.parent}")
        done = download(one.url, one.place, digest, one.file.bytes, manners)
        record(corpus, one.file, done.sha256)
        lines.append(f"{one.place}: {done.bytes} bytes, SHA-256 {done.sha256}")
    return lines


def _collector(corpus: Corpus) -> Callable[[str, Path, Manners], int]:
    if corpus.manifest.collect not in _COLLECTORS:
        known = ", ".join(_COLLECTORS)
        raise DiscourseError(f"{corpus.path}: unknown way to collect {corpus.manifest.collect!r}; known: {known}")
    return _COLLECTORS[corpus.manifest.collect]
