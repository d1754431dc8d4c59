"""Measures of a user’s own, from `measures.py` in an experiment’s folder: code, so run only where that is allowed."""

from __future__ import annotations

import importlib.util
import traceback
from pathlib import Path

from discourse.core.errors import DiscourseError
from discourse.core.files import sha256
from discourse.measures import MEASURES

NAME = "measures.py"

#: The file whose measures are registered now, by its digest, and their names.
_loaded: tuple[str, list[str]] | None = None


def own_measures(folder: Path, allowed: bool) -> Path | None:
    """The `measures.py` of the experiment's folder, if there is one; refused where code is not allowed."""
    path = folder / NAME
    if not path.is_file():
        return None
    if not allowed:
        raise DiscourseError(
            f"{path}: the experiment has code of its own; read it, and run it with --allow-code if you trust it"
        )
    return path


def load_own(path: Path | None) -> list[str]:
    """The names of the measures that the file registers, in place of those of another file loaded before.

    Raises `DiscourseError` where the file fails, names a measure that is there already, or registers none.
    """
    global _loaded
    mark = sha256(path) if path is not None else None
    if _loaded is not None:
        if _loaded[0] == mark:
            return _loaded[1]
        for name in _loaded[1]:
            MEASURES.forget(name)
        _loaded = None
    if path is None or mark is None:
        return []
    before = MEASURES.names()
    spec = importlib.util.spec_from_file_location("experiment_measures", path)
    assert spec is not None and spec.loader is not None  # it is a file with the suffix .py
    try:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
    except (Exception, SystemExit) as error:
        for name in MEASURES.names()[len(before) :]:
            MEASURES.forget(name)
        frames = reversed(traceback.extract_tb(error.__traceback__))
        line = next((frame.lineno for frame in frames if frame.filename == str(path)), 0)
        what = f"{error}" if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
        raise DiscourseError(f"{path}{f', line {line}' if line else ''}: {what}") from None
    names = MEASURES.names()[len(before) :]
    if not names:
        raise DiscourseError(f"{path}: no measure in it; decorate a function with discourse.measures.registry.measure")
    _loaded = (mark, names)
    return names
