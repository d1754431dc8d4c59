"""What the paper needs and a clone without texts cannot make: made from the texts, written into the repository."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from discourse.corpus.manifest import find
from discourse.experiment.config import read_experiment
from discourse.experiment.freeze import freeze
from discourse.experiment.results import freeze_results
from discourse.experiment.run import run
from discourse.paper.build import EXPERIMENTS, named


def freeze_all(out: Path, data: Path | None, workers: int = 1, experiments: Path = EXPERIMENTS) -> Iterator[str]:
    """A line on each: the measures of the referenced corpora of the paper's experiments, then their results that need
    running text. The runs over the texts stay in `out`, to be compared."""
    places = named(experiments)
    corpora: dict[str, None] = {}
    for place in places.values():
        experiment = read_experiment(place)
        names = [part.name for part in experiment.corpora] + ([experiment.study] if experiment.study else [])
        corpora |= dict.fromkeys(names)
    for name in corpora:
        corpus = find(name, [experiments])
        if corpus.manifest.kind != "files":
            kept = freeze(corpus, data, workers)
            yield f"{name}: {_size(list(kept.folder.iterdir()))} MB of frozen measures"
    for name, place in places.items():
        done = run(place, out / name, data=data, workers=workers)
        written = freeze_results(done.steps, place)
        yield f"{name}: {_size(written)} MB of frozen results"


def _size(files: list[Path]) -> str:
    return f"{sum(path.stat().st_size for path in files) / 1e6:.2f}"
