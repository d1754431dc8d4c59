"""Experiment files as data: what one extends, what is changed for one run, what a sweep goes through."""

from __future__ import annotations

import itertools
import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from discourse.core.errors import DiscourseError
from discourse.core.settings import read_toml


def read_file(file: Path, inside: tuple[Path, ...] = ()) -> tuple[dict[str, Any], list[Path]]:
    """The settings of an experiment file over those of the file it `extends`, and the files read, this one first.

    Tables are merged key by key; any other value takes the place of the earlier one, and `false` takes an analysis
    away. The extending file gives its own `name`. Paths of lexicons are as seen from `file`.
    """
    data = read_toml(file)
    base = data.pop("extends", None)
    if base is None:
        return data, [file]
    if not isinstance(base, str):
        raise DiscourseError(f"{file}: extends: name one experiment, a file or a folder")
    path = file.parent / base
    path = path / "experiment.toml" if path.is_dir() else path
    if not path.is_file():
        raise DiscourseError(f"{file}: extends {base!r}, but there is no experiment at {path}")
    if path.resolve() in {file.resolve(), *(one.resolve() for one in inside)}:
        raise DiscourseError(f"{file}: extends {base!r}, which extends this one; an experiment cannot extend itself")
    if "name" not in data:
        raise DiscourseError(f"{file}: key 'name' is missing; one that extends another has a name of its own")
    below, files = read_file(path, (*inside, file))
    annotation = below.get("annotation")
    if isinstance(annotation, dict) and isinstance(annotation.get("lexicons"), list):
        moved = [os.path.relpath(path.parent / str(name), file.parent) for name in annotation["lexicons"]]
        below["annotation"] = {**annotation, "lexicons": moved}
    return merged(below, data), [file, *files]


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of `above` over those of `below`."""
    found = dict(below)
    for key, value in above.items():
        if isinstance(value, Mapping) and isinstance(found.get(key), Mapping):
            found[key] = merged(found[key], value)
        elif value is False and isinstance(found.get(key), Mapping):
            del found[key]
        else:
            found[key] = value
    return found


def points(sweep: Mapping[str, list[Any]]) -> list[tuple[str, list[str]]]:
    """The points of a sweep in order, one a combination: a name for its folder, and its changes (`KEY=VALUE`)."""
    found = []
    for values in itertools.product(*sweep.values()):
        pairs = list(zip(sweep, values, strict=True))
        name = "_".join(f"{key}={value if isinstance(value, str) else json.dumps(value)}" for key, value in pairs)
        changes = [f"{key}={json.dumps(value, ensure_ascii=False)}" for key, value in pairs]
        found.append((re.sub(r"[^\w.,=+-]+", "-", name).strip("-"), [*changes, "sweep={}"]))
    if len({name for name, _ in found}) < len(found):
        raise DiscourseError("sweep: two of its points have the same name; give each value once")
    return found


def change_setting(data: dict[str, Any], change: str) -> None:
    """Put one `a.b=value` into the data; the value is TOML, or text where it is not."""
    key, sign, text = change.partition("=")
    if not sign or not key.strip():
        raise DiscourseError(f"--set {change}: write KEY=VALUE, as in --set topics.k=12")
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text
    *path, last = key.strip().split(".")
    for part in path:
        data = data.setdefault(part, {})
        if not isinstance(data, dict):
            raise DiscourseError(f"--set {change}: {part!r} is a value, not a table")
    data[last] = value
