"""A run checked: everything recomputed from the texts, without the cache, and compared file by file."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from discourse.core.errors import DiscourseError
from discourse.core.files import sha256
from discourse.core.settings import parse
from discourse.corpus.store import data_folder
from discourse.experiment import record as records
from discourse.experiment.cache import Store
from discourse.experiment.compare import cells, differences, first_step, record
from discourse.experiment.config import Experiment
from discourse.experiment.engines import Engine
from discourse.experiment.gather import sources
from discourse.experiment.layers import making
from discourse.experiment.own import NAME, load_own, own_measures
from discourse.experiment.run import FILES, Job, carry_out

#: What is compared where a run from frozen measures is verified from the texts.
_SHOWN = ("tables/", "figures/")


@dataclass(frozen=True)
class Verified:
    """What a verification found: file → how it differs, and the first step from which on results differ."""

    compared: int
    edited: dict[str, str] = field(default_factory=dict)  # files that are not what the run's record says
    differing: dict[str, str] = field(default_factory=dict)  # files that come out otherwise
    since: str | None = None
    otherwise: dict[str, tuple[Any, Any]] = field(default_factory=dict)  # what the run was made of, and is now

    @property
    def good(self) -> bool:
        return not self.edited and not self.differing


def verify(folder: Path, *, data: Path | None = None, workers: int = 1, allow_code: bool = False) -> Verified:
    """Whether the run of this folder comes out the same, byte for byte, when everything is done anew.

    The cache is neither read nor written, that of word forms included. Raises `DiscourseError` where the folder holds
    no run, or its texts are not at hand.
    """
    kept = record(folder)
    edited = {}
    for name, sha in kept["outputs"].items():
        path = folder / name
        if not path.is_file():
            edited[name] = "missing"
        elif sha256(path) != sha:
            edited[name] = "edited since the run"
    for path in sorted(path for part in _SHOWN for path in (folder / part).glob("[!.]*")):
        if (name := path.relative_to(folder).as_posix()) not in kept["outputs"]:
            edited[name] = "not of the run"
    with _aside() as cache:
        again = carry_out(recorded(folder, kept, data, allow_code), Store(cache / "steps"), Engine(workers=workers))
        steps = {state.name: state.output for state in again.walk.states}
        differing = {}
        changed_ways = bool(kept.get("frozen")) and not any(part.frozen for part in again.found.all)
        for name in sorted({*kept["outputs"], *again.files}):
            if changed_ways and not name.startswith(_SHOWN):
                continue  # measured from texts now, from frozen measures then: pages and data say so, results agree
            old, new = kept["outputs"].get(name), again.files.get(name)
            if old == new:
                continue
            if changed_ways and old is None:
                continue  # tables too long to be frozen
            if old is None or new is None:
                differing[name] = "not in the run" if old is None else "no longer made"
            elif name.endswith(".csv") and name not in edited:
                differing[name] = str(cells((folder / name).read_bytes(), again.walk.store.read(new)))
            else:
                differing[name] = "other bytes"
        now = {**kept, "sources": records.sources()}
    return Verified(len(kept["outputs"]), edited, differing, first_step(kept, steps), differences(kept, now))


def recorded(
    folder: Path, kept: dict[str, Any], data: Path | None, allow_code: bool, *, planning: bool = False
) -> Job:
    """The job of the run, from its record and the copies of what its experiment consisted of."""
    own = own_measures(folder / FILES, allow_code)
    if own is None and f"{FILES}/{NAME}" in kept["outputs"]:
        raise DiscourseError(f"{folder / FILES / NAME} is missing; the run cannot be verified without it")
    load_own(own)
    experiment = parse(Experiment, kept["settings"], folder / "run.json")
    left_out = kept.get("left_out", {})
    there = [part for part in experiment.corpora if part.called not in left_out]
    where = data_folder(data)
    found = sources(experiment.model_copy(update={"corpora": there}), [folder], where, False, str(folder),
                    planning=planning)  # fmt: skip
    found = replace(found, near=folder / FILES)
    lexicons = tuple(folder / FILES / Path(name).name for name in experiment.annotation.lexicons)
    for path in lexicons:
        if not path.is_file():
            raise DiscourseError(f"{path} is missing; the run cannot be verified without it")
    how = making(experiment.annotation.policy, lexicons, tuple(experiment.measure_names), own, records.dictionary())
    files = {name: folder / name for name in kept["outputs"] if name.startswith(f"{FILES}/")}
    return Job(folder / "run.json", experiment, replace(found, left_out=left_out), where, how, files)


@contextlib.contextmanager
def _aside() -> Iterator[Path]:
    """An empty cache for this process and its workers; the user's is left alone."""
    before = os.environ.get("DISCOURSE_CACHE")
    with tempfile.TemporaryDirectory(prefix="discourse-verify-") as name:
        os.environ["DISCOURSE_CACHE"] = name
        try:
            yield Path(name)
        finally:
            if before is None:
                os.environ.pop("DISCOURSE_CACHE", None)
            else:
                os.environ["DISCOURSE_CACHE"] = before
