"""What the steps of runs have made, kept by content: a step's key says what it was made from, a blob's name what it is.

Two kinds of files, each written whole beside its place and never changed:

- `blobs/<sha256>`: bytes, named by their digest;
- `steps/<key>.json`: the blobs that a step with these ingredients made, with their sizes.

So a kill at any moment leaves at worst a file that nothing names; two runs at once write the same files or different
ones; and a file that lost its end (a machine that went down) is not found, and made again. `last/<run>/<step>.json`
only remembers what a step was last made from, to say why it would be made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from discourse.core.errors import DiscourseError
from discourse.core.files import write_bytes
from discourse.core.places import cache_folder, used

#: What a step is made from: "code markers/match.py" → digest, "setting topics.k" → "8" and so on.
Ingredients = Mapping[str, str]
#: What a step made: name → digest of a blob.
Outputs = dict[str, str]
#: A name and the bytes that a step made under it.
Made = tuple[str, bytes]

_VERSION = "1"
_STALE = 24 * 3600  # seconds after which an unfinished file belongs to nobody


def digest(data: bytes | str) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def key(step: str, ingredients: Ingredients) -> str:
    """The name of what this kind of step makes from these ingredients."""
    return digest(json.dumps([_VERSION, step, sorted(ingredients.items())], ensure_ascii=False))


class Store:
    """The cache of steps in a folder; made where it is missing."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder if folder is not None else cache_folder() / "steps"

    def find(self, name: str) -> Outputs | None:
        """What the step of this key made, where every blob of it is there."""
        try:
            kept = json.loads(self._step(name).read_bytes())
            whole = all(self._blob(sha).stat().st_size == size for sha, size in kept.values())
            if not whole:
                return None
            used(self._step(name))
            return {output: sha for output, (sha, _) in kept.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return None

    def keep(self, name: str, blobs: Mapping[str, bytes] | Iterable[Made]) -> Outputs:
        """Keep what the step of this key made, one after the other where it is more than memory may hold.

        The blobs come first, so that whoever finds the step finds them.
        """
        each = blobs.items() if isinstance(blobs, Mapping) else blobs
        kept = {output: (self.put(data), len(data)) for output, data in each}
        write_bytes(self._step(name), json.dumps(kept).encode())
        return {output: sha for output, (sha, _) in kept.items()}

    def read(self, sha: str) -> bytes:
        """The bytes of a blob; raises `DiscourseError` where they are gone or not what they were."""
        path = self._blob(sha)
        with contextlib.suppress(OSError):
            data = path.read_bytes()
            if digest(data) == sha:
                return data
        path.unlink(missing_ok=True)
        raise DiscourseError(f"the cache {self.folder} was damaged or emptied during the run; run again")

    def path(self, sha: str) -> Path:
        """Where a blob is, to be copied."""
        return self._blob(sha)

    def last(self, run: str, step: str) -> dict[str, str] | None:
        """The ingredients with which the step of the run was last made or found."""
        try:
            found = json.loads(self._last(run, step).read_bytes())
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def remember(self, run: str, step: str, ingredients: Ingredients) -> None:
        """Remember the ingredients, where they are other than those remembered."""
        if self.last(run, step) != dict(ingredients):
            write_bytes(self._last(run, step), json.dumps(dict(ingredients), ensure_ascii=False).encode())

    def tidy(self) -> None:
        """Remove the unfinished files that killed runs left a day or more ago."""
        for path in self.folder.glob("*/*/.*"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > _STALE:
                    path.unlink()

    def put(self, data: bytes) -> str:
        """Keep bytes, and give the digest by which they are found."""
        sha = digest(data)
        path = self._blob(sha)
        if not path.is_file() or path.stat().st_size != len(data):
            write_bytes(path, data)
        return sha

    def _blob(self, sha: str) -> Path:
        return self.folder / "blobs" / sha[:2] / sha

    def _step(self, name: str) -> Path:
        return self.folder / "steps" / name[:2] / f"{name}.json"

    def _last(self, run: str, step: str) -> Path:
        return self.folder / "last" / run / f"{digest(step)[:16]}.json"
