"""What lies in the user's caches, and the removal of what nothing has used for a while."""

from __future__ import annotations

import contextlib
import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from discourse.core.places import cache_folder

_DAY = 24 * 3600
#: Kind → what is in it, as people are told.
KINDS = {
    "steps": "what steps of runs made",
    "forms": "analyses of words",
    "guesses": "guesses for unknown words",
    "words": "all that is known of the words of most texts",
    "unpacked": "unpacked archives",
}


@dataclass(frozen=True)
class Kept:
    """A kind of cache: its files, and bytes."""

    kind: str
    files: int
    size: int


def kept() -> list[Kept]:
    """The kinds in the order of `KINDS`, and what else is there."""
    folder = cache_folder()
    there = {path.name for path in folder.iterdir() if path.is_dir()} if folder.is_dir() else set()
    return [_kept(folder, kind) for kind in [*KINDS, *sorted(there - set(KINDS))] if kind in there]


def prune(days: float) -> int:
    """Remove what has not been used for so many days; the bytes that this frees.

    Of steps, those neither made nor found since, and then the bytes that no step names; of the rest, whole versions
    (of the dictionary, of the weights, of an archive) neither read nor written since. What a run under way has
    written last is younger than any whole day, so that it may go on.
    """
    folder = cache_folder()
    before = sum(each.size for each in kept())
    since = time.time() - days * _DAY
    _prune_steps(folder / "steps", since)
    for kind in KINDS:
        if kind != "steps":
            for version in _inside(folder / kind):
                if version.is_dir() and _changed(version) < since:
                    shutil.rmtree(version, ignore_errors=True)
    return before - sum(each.size for each in kept())


def _prune_steps(folder: Path, since: float) -> None:
    named: set[str] = set()
    for path in folder.glob("steps/*/*.json"):
        if _changed(path) < since:
            path.unlink(missing_ok=True)
            continue
        with contextlib.suppress(OSError, ValueError, AttributeError, TypeError):
            named |= {sha for sha, _ in json.loads(path.read_bytes()).values()}
    for path in folder.glob("blobs/*/*"):
        if path.name not in named and _changed(path) < since:
            path.unlink(missing_ok=True)
    for path in folder.glob("last/*/*.json"):
        if _changed(path) < since:
            path.unlink(missing_ok=True)


def _kept(folder: Path, kind: str) -> Kept:
    sizes = [path.stat().st_size for path in (folder / kind).rglob("*") if path.is_file()]
    return Kept(kind, len(sizes), sum(sizes))


def _inside(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.iterdir()) if folder.is_dir() else ()


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # somebody else removed it
        return 0.0
