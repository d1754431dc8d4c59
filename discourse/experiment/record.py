"""The record of a run: what it came from and what it wrote, by digest."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import platform
import resource
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import discourse
from discourse.core.files import sha256
from discourse.core.progress import say

_PACKAGE = Path(discourse.__file__).parent
_LIBRARIES = (
    "altair", "gensim", "morfeusz2", "numpy", "polars", "pydantic", "scikit-learn", "scipy",
    "vl-convert-python",
)  # fmt: skip


def sources() -> dict[str, Any]:
    """What results depend on besides the experiment and its corpora: code, lexicons, weights, lock, libraries."""
    lock = _PACKAGE.parent / "requirements.lock"
    return {
        "discourse": discourse.__version__,
        "code": digest(_PACKAGE.rglob("*.py")),
        "lexicons": digest(_PACKAGE.rglob("lexicons/*.toml")),
        "weights": digest(path for path in _PACKAGE.rglob("weights/*") if path.is_file()),
        "files": _files(),
        "lock": sha256(lock) if lock.is_file() else None,
        "dictionary": dictionary(),
        "libraries": {name: importlib.metadata.version(name) for name in _LIBRARIES},
    }


def _files() -> dict[str, str]:
    """Every file of the package that results can depend on → its digest."""
    found = [path for pattern in ("*.py", "lexicons/*.toml", "weights/*", "*.j2") for path in _PACKAGE.rglob(pattern)]
    return {path.relative_to(_PACKAGE).as_posix(): sha256(path) for path in sorted(found) if path.is_file()}


def machine() -> dict[str, Any]:
    """Where the run was made."""
    return {"python": platform.python_version(), "platform": platform.platform(), "cores": _cores()}


def peak_memory() -> float:
    """Largest resident memory of this process or one of its workers so far, in MB."""
    scale = 1 if sys.platform == "darwin" else 1024
    used = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return round(used * scale / 1e6)


def digest(paths: Iterable[Path], root: Path = _PACKAGE) -> str:
    """One SHA-256 over the files' names (within `root`) and bytes, in sorted order."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def folder_digest(folder: Path) -> str:
    """One SHA-256 over all files of a folder."""
    return digest((path for path in folder.rglob("*") if path.is_file()), folder)


def outputs(folder: Path) -> dict[str, str]:
    """Path within the folder → SHA-256, of every file of a run but its record."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "run.json")
    return {path.relative_to(folder).as_posix(): sha256(path) for path in files}


def foreign(folder: Path) -> list[str]:
    """The files of a folder that its run's record does not name: all of them, where no such record is there."""
    try:
        known = {"run.json", "ro-crate-metadata.json", *json.loads((folder / "run.json").read_bytes())["outputs"]}
    except (OSError, ValueError, KeyError, TypeError):
        known = set()
    inside = (path for path in sorted(folder.rglob("*")) if not path.is_dir() or path.is_symlink())
    return [name for path in inside if (name := path.relative_to(folder).as_posix()) not in known]


@functools.cache
def dictionary() -> str:
    """Name and copyright year of Morfeusz's dictionary."""
    import morfeusz2

    return str(morfeusz2.Morfeusz().dict_id())


def announce(step: str, left: float) -> None:
    """Say on a terminal which step is being made, and how many seconds are left at most."""
    if sys.stderr.isatty():
        time = f"{left / 60:.0f} min" if left >= 90 else f"{left:.0f} s"
        say(f"  {step}{f'  (at most about {time} left)' if left >= 2 else ''}")


def _cores() -> int:
    from discourse.experiment.engines.local import cores

    return cores()
