"""Frozen results: the sections of an experiment that cannot be made from frozen measures, kept as they came out of a
run over the texts. An analysis of running words (topics, keyness, classifiers over lemmas, scores on gold) reads more
than may be kept of a text; its tables and the data of its figures may.

They stand in `frozen/<section>/` beside the experiment: `section.json`, one Arrow file a table or figure, and
`key.json`, which says of what settings and texts they are the result. Tables too long for the page are left out, and
every table with passages of text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.core.files import write_bytes, write_text
from discourse.experiment.cache import digest
from discourse.experiment.stored import HEAD

if TYPE_CHECKING:
    from discourse.experiment.steps import Steps

FOLDER = "frozen"
_KEY = "key.json"
#: Tables with passages of texts that recur.
_QUOTING = frozenset({"guards"})
#: Columns of passages of a text, which is not ours to give away.
_PASSAGES = frozenset({"passage", "passages", "context", "left", "right", "sentence", "text", "form"})


def result_files(folder: Path) -> dict[str, Path]:
    """Name within the folder of an experiment → file, of all frozen results there."""
    found = sorted(path for path in (folder / FOLDER).glob("*/*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}


def recalled(folder: Path | None, section: str, key: Mapping[str, Any]) -> dict[str, bytes] | str:
    """The blobs of a section's frozen result; where there is none for these settings and texts, why."""
    if folder is None or not (folder / FOLDER / section / _KEY).is_file():
        return "it reads more than frozen measures keep, and has no frozen result; give the texts (--data)"
    place = folder / FOLDER / section
    kept = json.loads((place / _KEY).read_bytes())
    if unlike := [name for name, value in key.items() if kept["key"].get(name) != value]:
        return f"its frozen result is of another {' and another '.join(unlike)}; give the texts (--data)"
    return {name: (place / file).read_bytes() for name, file in kept["files"].items()}


def result_key(steps: Steps, settings: Mapping[str, Any]) -> dict[str, Any]:
    """What a frozen result is a result of: settings, and texts by their digests."""
    parts = [
        [part.name, part.corpus.name, {file.path: file.sha256 for file in part.corpus.manifest.files},
         vars(part.selection)] for part in steps.found.all
    ]  # fmt: skip
    # which gold was scored stands in the tables themselves, and in the run's record
    given = {name: value for name, value in settings.items() if not name.startswith("validation.")}
    given["measures"] = list(steps.how.measures)
    return {name: digest(json.dumps(value, ensure_ascii=False, sort_keys=True))
            for name, value in {"setting": given, "text": parts}.items()}  # fmt: skip


def freeze_results(steps: Steps, folder: Path) -> list[Path]:
    """The files written: the sections of a run over texts that frozen measures do not suffice for, beside its
    experiment in `folder`."""
    from discourse.experiment.analyses import wanted
    from discourse.experiment.frozen import TABLES
    from discourse.experiment.steps import settings_of

    written: list[Path] = []
    needed = {one.key: one for one in wanted(steps.experiment) if not set(one.reads) <= set(TABLES)}
    for section in steps.sections:
        if section.key not in needed:
            continue
        head = {**section.head, "more": []}
        shown = {HEAD, *(f"table {one['name']}" for one in head["tables"])}
        shown |= {f"figure {one['options']['name']}" for one in head["figures"]}
        if head["headline"]:
            shown.add(f"table {head['headline']['name']}")
        blobs = {name: steps.walk.store.read(sha) for name, sha in section.outputs.items() if name in shown}
        frames = {name: blob for name, blob in blobs.items() if not _passages(name, blob)}
        head["tables"] = [one for one in head["tables"] if f"table {one['name']}" in frames]
        blobs = {**frames, HEAD: json.dumps(head, ensure_ascii=False).encode()}
        place = folder / FOLDER / section.key
        for old in place.glob("*"):
            old.unlink()
        files = {name: f"{name.replace(' ', '-')}{'.json' if name == HEAD else '.arrow'}" for name in sorted(blobs)}
        written += [write_bytes(place / file, blobs[name]) for name, file in files.items()]
        key = result_key(steps, settings_of(steps.experiment, needed[section.key]))
        made = {"key": key, "files": files}
        written.append(write_text(place / _KEY, json.dumps(made, ensure_ascii=False, indent=1) + "\n"))
    return written


def _passages(name: str, blob: bytes) -> bool:
    from discourse.experiment.layers import unpack

    if name.removeprefix("table ") in _QUOTING:
        return True
    return name != HEAD and bool(_PASSAGES & set(unpack(blob).columns))
