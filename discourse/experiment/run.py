"""Running an experiment: everything it makes appears in its folder at once, whole, or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.core.errors import DiscourseError
from discourse.core.files import sha256, write_text
from discourse.corpus.store import data_folder, locate
from discourse.experiment import record
from discourse.experiment.cache import Store, key
from discourse.experiment.config import Experiment, experiment_file, lexicon_files, read_experiment, validation_files
from discourse.experiment.crate import FILE as CRATE
from discourse.experiment.crate import metadata
from discourse.experiment.engines import Engine
from discourse.experiment.file import read_file
from discourse.experiment.frozen import stale
from discourse.experiment.gather import Part, Sources, sources
from discourse.experiment.layers import Making, making
from discourse.experiment.own import own_measures
from discourse.experiment.results import result_files
from discourse.experiment.steps import Steps
from discourse.experiment.walk import State, Walk

if TYPE_CHECKING:
    from discourse.experiment.section import Section
    from discourse.report.tables import Table


#: The folder in a run with copies of the files that the experiment consists of.
FILES = "experiment"
#: Seconds after which an earlier run that was put aside belongs to nobody.
_SWAP = 600


@dataclass(frozen=True)
class Run:
    """A finished run: its folder, its experiment, its record, and the steps that made it."""

    folder: Path
    experiment: Experiment
    record: dict[str, Any]
    steps: Steps

    @cached_property
    def sections(self) -> list[Section]:
        """The sections of the report."""
        return [kept.section() for kept in self.steps.sections]

    @property
    def headline(self) -> Table | None:
        """The short table of the first section that has one."""
        return next((table for kept in self.steps.sections if (table := kept.headline()) is not None), None)


@dataclass(frozen=True)
class Job:
    """An experiment with all that its steps need, found and checked before any work."""

    file: Path
    experiment: Experiment
    found: Sources
    data: Path | None
    how: Making
    files: dict[str, Path]  # place in the run → file that the experiment consists of

    def at_hand(self) -> Sources:
        """Those of the sources whose texts are there."""
        def there(part: Part) -> bool:
            return all(place.path is not None for place in locate(part.corpus, self.data))

        study = self.found.study if self.found.study and there(self.found.study) else None
        here = [replace(part, frozen=None) for part in self.found.corpora if there(part)]
        return replace(self.found, corpora=here, study=replace(study, frozen=None) if study else None)


def job(
    path: Path, *, data: Path | None = None, changes: Sequence[str] = (), without_missing: bool = False,
    allow_code: bool = False, planning: bool = False, store: Store | None = None, prefer_frozen: bool = False,
) -> Job:
    """The experiment of a file or folder with its sources and making; every mistake is one `DiscourseError`.

    In a plan (`planning`), a text that is not at hand is no mistake.
    """  # fmt: skip
    file = experiment_file(path)
    own = own_measures(file.parent, allow_code)
    experiment = read_experiment(path, changes, own)
    folder = data_folder(data)
    found = sources(experiment, [file.parent], folder, without_missing, str(file), planning=planning,
                    prefer_frozen=prefer_frozen)  # fmt: skip
    how = making(experiment.annotation.policy, lexicon_files(experiment, file), tuple(experiment.measure_names), own,
                 record.dictionary())  # fmt: skip
    _check_lexicons(how, store or Store())
    files = _files(file, how)
    files |= {f"{FILES}/{path.name}": path for path in validation_files(experiment, file.parent)}
    if any(part.frozen for part in found.all):
        files |= {f"{FILES}/{name}": path for name, path in result_files(file.parent).items()}
    return Job(file, experiment, found, folder, how, files)


def _files(file: Path, how: Making) -> dict[str, Path]:
    """Place in the run → file, of all that the experiment consists of; those it extends in folders of their own."""
    parts = [file, *how.lexicons, *([how.own] if how.own else [])]
    _, chain = read_file(file)
    extended = {f"{FILES}/extended-{at}/{path.name}": path for at, path in enumerate(chain[1:], start=1)}
    return {f"{FILES}/{path.name}": path for path in parts} | extended


def carry_out(wanted: Job, store: Store, engine: Engine) -> Steps:
    """The steps of a job, made where the store lacks them; their files are in the store."""
    walk = Walk(store, wanted.experiment.name, notice=record.announce)
    steps = Steps(walk, wanted.experiment, wanted.found, wanted.data, wanted.how, engine)
    steps.go()
    walk.keep_pace()
    steps.files |= {name: store.put(path.read_bytes()) for name, path in wanted.files.items()}
    return steps


def _check_lexicons(how: Making, store: Store) -> None:
    """Raises `DiscourseError` for a mistake in a lexicon; those that were read without one are not read again."""
    name = key("lexicons", {**how.common["markers"], **how.common["attributions"]})
    if store.find(name) is None:
        from discourse.experiment.annotation import lexicon, voices

        lexicon(how.lexicons), voices(how.lexicons)
        store.keep(name, {})


def run(
    path: Path,
    out: Path | None = None,
    *,
    data: Path | None = None,
    workers: int = 1,
    engine: Engine | None = None,
    changes: Sequence[str] = (),
    without_missing: bool = False,
    allow_code: bool = False,
    prefer_frozen: bool = False,
    store: Store | None = None,
) -> Run:
    """Run the experiment of a file or folder into `out` (default `runs/<name>`), replacing an earlier run there.

    Batches of documents are worked on by the `engine` (default: so many `workers` of this machine). What the cache has
    of its steps is not done again. Raises `DiscourseError` for anything wrong with the experiment,
    its corpora or the place, before work begins where it can be known; nothing half-written stays.
    """
    started = time.time()
    store = store or Store()
    engine = engine or Engine(workers=workers)
    wanted = job(path, data=data, changes=changes, without_missing=without_missing, allow_code=allow_code, store=store,
                 prefer_frozen=prefer_frozen)  # fmt: skip
    experiment = wanted.experiment
    named = out or Path("runs") / experiment.name
    target = named.resolve()  # a link keeps pointing to the run, and `.` has a name
    with _claimed(target, named) as partial:
        store.tidy()
        steps = carry_out(wanted, store, engine)
        _assemble(steps, partial, named)
        made = {
            "experiment": {"file": wanted.file.name, "sha256": sha256(wanted.file), "changes": list(changes)},
            "settings": experiment.model_dump(mode="json", by_alias=True),
            "corpora": _corpora(wanted, steps),
            "lexicons": {path.name: sha256(path) for path in wanted.how.lexicons},
            "frozen": _frozen(wanted),
            "left_out": wanted.found.left_out,
            "wanting": [line for section in steps.sections for line in section.wanting],
            "sources": record.sources(),
            "steps": [_step(state) for state in steps.walk.states],
            "outputs": dict(sorted(steps.files.items())),
            "machine": record.machine(),
            "engine": engine.name,
            "workers": engine.workers,
            "started": datetime.fromtimestamp(started, UTC).isoformat(timespec="seconds"),
            "seconds": round(time.time() - started, 1),
            "peak_memory_mb": record.peak_memory(),
        }
        write_text(partial / "run.json", json.dumps(made, ensure_ascii=False, indent=2) + "\n")
        sizes = {path.relative_to(partial).as_posix(): path.stat().st_size for path in partial.rglob("*")}
        write_text(partial / CRATE, metadata(made, sizes))
        _swap(partial, target)
    return Run(named, experiment, made, steps)


def _assemble(steps: Steps, folder: Path, named: Path) -> None:
    """Copy what the steps made into the folder."""
    try:
        for name, sha in steps.files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(steps.walk.store.path(sha), place)
    except OSError as error:
        raise DiscourseError(f"cannot write {named}: {error.strerror or error}; name another folder") from None


def _step(state: State) -> dict[str, Any]:
    """A step in the record: what it made, and whether it was there already."""
    made = {"step": state.name, "output": state.output, "cached": state.cached}
    return made if state.cached else made | {"why": state.why, "seconds": round(state.seconds, 2)}


@contextlib.contextmanager
def _claimed(target: Path, named: Path) -> Iterator[Path]:
    """A folder beside the target, ours alone while the block runs, and gone after it.

    The folders that killed runs left there are removed: no process holds their lock.
    """
    with _writing(named):
        _free(target, named)
    partial = target.with_name(f".{target.name}.{secrets.token_hex(6)}")  # known before it is there, so always removed
    lock = partial.with_name(f"{partial.name}.lock")
    try:
        with _writing(named):
            partial.mkdir(parents=True)
        with lock.open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            _clear(target)
            yield partial
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        lock.unlink(missing_ok=True)


def _clear(target: Path) -> None:
    """Remove what killed runs left beside the target."""
    for lock in target.parent.glob(f".{target.name}.*.lock"):
        with contextlib.suppress(OSError), lock.open() as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            lock.unlink(missing_ok=True)
    for old in target.parent.glob(f".{target.name}.old.*"):
        if time.time() - old.stat().st_mtime > _SWAP:
            shutil.rmtree(old, ignore_errors=True)


def _free(target: Path, named: Path) -> None:
    """Raises `DiscourseError` where the target is not new, empty, or an earlier run alone."""
    if target.exists() and not target.is_dir():
        raise DiscourseError(f"cannot write {named}: it is a file; name a folder with --out")
    if Path.cwd().is_relative_to(target):  # replaced, it would be gone from under the shell
        raise DiscourseError(f"cannot write {named}: you are inside it; name a new folder with --out")
    if target.exists() and (foreign := record.foreign(target)):
        raise DiscourseError(
            f"cannot write {named}: it holds files that are no run or no part of it ({foreign[0]}), which would be "
            "lost; move them, or name another folder with --out"
        )


@contextlib.contextmanager
def _writing(named: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DiscourseError(
            f"cannot write {named}: {error.strerror or error}; name another folder with --out"
        ) from None


def _swap(partial: Path, target: Path) -> None:
    """Put the new run in the place of the earlier one, which comes back where that fails; one process at a time."""
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}.old.", dir=target.parent))
    parent = os.open(target.parent, os.O_RDONLY)
    try:
        fcntl.flock(parent, fcntl.LOCK_EX)
        if target.exists():
            target.replace(old / "run")
        partial.replace(target)
    except OSError as error:
        if (old / "run").exists() and not target.exists():
            (old / "run").replace(target)
        raise DiscourseError(f"cannot write {target}: {error.strerror or error}; name another folder") from None
    finally:
        os.close(parent)
        shutil.rmtree(old, ignore_errors=True)


def _corpora(wanted: Job, steps: Steps) -> list[dict[str, Any]]:
    counts = dict(steps.documents.group_by("corpus").len().iter_rows())
    return [
        {
            "name": part.name,
            "corpus": part.corpus.name,
            "manifest": sha256(part.corpus.path),
            "files": {place.file.path: _digest(place.path) for place in locate(part.corpus, wanted.data) if place.path},
            "documents": counts.get(part.name, 0),
        }
        for part in wanted.found.all
    ]


def _frozen(wanted: Job) -> dict[str, dict[str, Any]]:
    """Of the parts for which frozen measures stood: their digest, and the layers that today's code makes otherwise."""
    return {
        part.name: {"record": part.frozen.digest, "outdated": stale(part.frozen, wanted.how)}
        for part in wanted.found.all if part.frozen is not None
    }  # fmt: skip


def _digest(path: Path) -> str:
    return sha256(path) if path.is_file() else record.folder_digest(path)
