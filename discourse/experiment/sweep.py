"""A sweep: an experiment run at every point of its values, and its tables put together, a column a varied setting."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.files import write_bytes
from discourse.experiment.config import read_experiment
from discourse.experiment.file import points
from discourse.experiment.own import own_measures
from discourse.experiment.run import Run


def sweep(
    path: Path, changes: Sequence[str], allow_code: bool, start: Callable[[str, list[str]], Run]
) -> list[tuple[dict[str, str], Run]]:
    """The runs at every point, each with its values; `start` runs one, given the point's name and all its changes.

    Every point is validated before the first is run.
    """
    found = checked_points(path, changes, allow_code)
    values = [dict(change.split("=", 1) for change in more[:-1]) for _, more in found]
    return [(point, start(name, [*changes, *more])) for point, (name, more) in zip(values, found, strict=True)]


def checked_points(path: Path, changes: Sequence[str], allow_code: bool) -> list[tuple[str, list[str]]]:
    """The points of the experiment's sweep, each a name and its changes; without a sweep one, its name empty.

    Raises `DiscourseError` for a point that cannot be run.
    """
    file = path / "experiment.toml" if path.is_dir() else path
    own = own_measures(file.parent, allow_code)
    experiment = read_experiment(path, changes, own)
    found = points(experiment.sweep)
    for name, more in found:
        try:
            read_experiment(path, [*changes, *more], own)
        except DiscourseError as error:
            raise DiscourseError(f"sweep, point {name}: {error}") from None
    return found


def together(runs: Sequence[tuple[dict[str, str], Run]], out: Path) -> list[Path]:
    """The CSV tables that all points have, put together in `out`: the varied settings first, as text."""
    names = [{path.name for path in (run.folder / "tables").glob("*.csv")} for _, run in runs]
    written = []
    for name in sorted(set.intersection(*names)):
        frames = []
        for values, run in runs:
            frame = pl.read_csv(run.folder / "tables" / name, infer_schema=False)
            point = [pl.lit(_plain(value)).alias(key) for key, value in values.items()]
            frames.append(frame.select(*point, pl.all()))
        buffer = io.BytesIO()
        pl.concat(frames, how="diagonal").write_csv(buffer, line_terminator="\n")
        written.append(write_bytes(out / name, buffer.getvalue()))
    return written


def _plain(value: str) -> str:
    found = json.loads(value)
    return found if isinstance(found, str) else value
