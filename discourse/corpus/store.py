"""Referenced texts: looked for in the data folder and the user's own store, trusted only by their checksum."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from discourse.core.errors import DiscourseError
from discourse.core.files import replacing, sha256, write_text
from discourse.corpus.manifest import Corpus, TextFile

_CHECKSUMS = "checksums.json"


@dataclass(frozen=True)
class Found:
    """Where a declared file was found, if it was."""

    file: TextFile
    path: Path | None


def store() -> Path:
    """The folder that `discourse corpus add` fills: `$XDG_DATA_HOME/discourse` on Linux."""
    return user_data_path("discourse")


def data_folder(option: Path | None) -> Path | None:
    """The folder of referenced texts: the option, else `DISCOURSE_DATA`; it must exist where it is named."""
    chosen = option or (Path(value) if (value := os.environ.get("DISCOURSE_DATA")) else None)
    if chosen is not None and not chosen.is_dir():
        how = "--data" if option else "DISCOURSE_DATA"
        raise DiscourseError(f"{how} {chosen}: no such folder; it should hold the referenced texts")
    return chosen


def locate(corpus: Corpus, data: Path | None = None) -> list[Found]:
    """Each declared file with its place, or None where it is not at hand."""
    if corpus.manifest.kind == "files":
        return [
            Found(file, path if (path := corpus.root / file.path).exists() else None)
            for file in corpus.manifest.files
        ]
    if corpus.manifest.kind == "download":
        return [
            Found(file, next((place for place in _downloaded(corpus, file, data) if place.exists()), None))
            for file in corpus.manifest.files
        ]
    return [Found(file, _reference(file, data)) for file in corpus.manifest.files]


def fetched(corpus: Corpus, file: TextFile) -> Path:
    """Where a downloaded file of a corpus belongs: below the corpus's name in the store."""
    return store() / corpus.name / file.path


def recorded(corpus: Corpus) -> dict[str, str]:
    """Path → SHA-256 of the downloaded files of a corpus, as recorded when each first came."""
    try:
        found = json.loads((store() / corpus.name / _CHECKSUMS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise DiscourseError(f"{store() / corpus.name / _CHECKSUMS}: cannot be read ({error}); delete it") from None
    return {str(path): str(digest) for path, digest in found.items()}


def record(corpus: Corpus, file: TextFile, digest: str) -> None:
    """Write down the SHA-256 of a file that has come; it is verified at every use from then on."""
    known = recorded(corpus)
    if known.get(file.path) != digest:
        known[file.path] = digest
        write_text(store() / corpus.name / _CHECKSUMS, json.dumps(known, indent=2, sort_keys=True) + "\n")


def _downloaded(corpus: Corpus, file: TextFile, data: Path | None) -> list[Path]:
    return [fetched(corpus, file), *([data / corpus.name / file.path] if data is not None else [])]


def _reference(file: TextFile, data: Path | None) -> Path | None:
    places = [store() / file.path]
    if data is not None:
        name = Path(file.path).name
        places = [data / file.path, data / name, *sorted(data.glob(f"*/{file.path}")), *places]
    there = [place for place in places if place.is_file()]
    # a stale file of the same name must not hide the right one; where none is right, the first is named in the error
    return next(
        (place for place in there if len(there) > 1 and sha256(place) == file.sha256), there[0] if there else None
    )


def verified(corpus: Corpus, data: Path | None = None) -> list[Path]:
    """The places of all the corpus's files; raises `DiscourseError` for one that is missing or not the one declared."""
    paths = []
    for found in locate(corpus, data):
        if found.path is None:
            raise DiscourseError(missing(corpus, found.file, data))
        _same(corpus, found.file, found.path)
        paths.append(found.path)
    return paths


def missing(corpus: Corpus, file: TextFile, data: Path | None) -> str:
    """The line that says which text is missing and how to get it."""
    if corpus.manifest.kind == "files":
        return f"corpus {corpus.name!r}: {corpus.root / file.path} is missing"
    if corpus.manifest.kind == "download":
        return (
            f"corpus {corpus.name!r}: {file.path} is not at hand; get it with: discourse corpus fetch {corpus.name}, "
            f"or save it as {fetched(corpus, file)}"
        )
    looked = f"{data} and {store()}" if data else f"{store()} (no --data or DISCOURSE_DATA given)"
    return (
        f"corpus {corpus.name!r}: its text {file.path} is not at hand (looked in {looked}); "
        f"supply it with: discourse corpus add {corpus.name} FILE, or name its folder with --data DIR"
    )


def add(corpus: Corpus, supplied: Path) -> Path:
    """The place in the store where the supplied file now is, after checking that it is the one declared.

    A saved text may differ from the declared bytes by a byte-order mark, line ends, or line breaks at its end only;
    then the declared form is stored.
    """
    if corpus.manifest.kind == "files":
        raise DiscourseError(f"corpus {corpus.name!r}: its texts are its own files; there is nothing to add")
    if corpus.manifest.kind == "download":
        raise DiscourseError(f"corpus {corpus.name!r} is downloaded: discourse corpus fetch {corpus.name}")
    if not supplied.is_file():
        raise DiscourseError(f"{supplied}: no such file")
    digest = sha256(supplied)
    for file in corpus.manifest.files:
        if file.sha256 == digest:
            return _keep(file, supplied.read_bytes())
    if supplied.stat().st_size < 10_000_000:
        text = supplied.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").rstrip(b"\n")
        for file in corpus.manifest.files:
            for form in (text, text + b"\n"):
                if _digest(form) == file.sha256:
                    return _keep(file, form)
    wanted = "; ".join(f"{file.path} {file.sha256}" for file in corpus.manifest.files)
    raise DiscourseError(
        f"{supplied}: not a text of corpus {corpus.name!r}: its SHA-256 is {digest}, expected {wanted}"
    )


def _keep(file: TextFile, data: bytes) -> Path:
    place = store() / file.path
    with replacing(place) as temporary:
        temporary.write_bytes(data)
    return place


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _same(corpus: Corpus, file: TextFile, path: Path) -> None:
    expected = file.sha256
    if corpus.manifest.kind == "download" and path.is_file():
        expected = expected or recorded(corpus).get(file.path)
    if expected is not None and (digest := sha256(path)) != expected:
        raise DiscourseError(
            f"corpus {corpus.name!r}: {path} is not the declared text: its SHA-256 is {digest}, expected {expected}"
        )
