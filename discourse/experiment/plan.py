"""What an experiment will do, before it does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from discourse.corpus.manifest import find
from discourse.corpus.store import locate
from discourse.experiment.config import Experiment


@dataclass(frozen=True)
class Step:
    """One step: what it makes, from what, and what stands in its way."""

    name: str
    what: str
    wanting: str = ""


def plan(experiment: Experiment, near: Sequence[Path], data: Path | None, where: str) -> list[Step]:
    """The experiment's steps in order."""
    steps = []
    for name in [*experiment.corpora, *([experiment.study] if experiment.study else [])]:
        corpus = find(name, near, where)
        lacking = [place.file.path for place in locate(corpus, data) if place.path is None]
        kind = "the studied document" if name == experiment.study else "a corpus"
        steps.append(
            Step(
                f"read {name}", f"{kind}: {corpus.manifest.title}", f"missing: {', '.join(lacking)}" if lacking else ""
            )
        )
    steps.append(Step("annotate", "tokens, stance markers, attributions and speakers"))
    steps.append(Step("measure", f"{len(experiment.measure_names)} measures of every document"))
    steps.append(Step("describe", f"documents, words and measures by {', '.join(experiment.groups) or 'corpus'}"))
    if experiment.place:
        by = ", ".join(["all", *experiment.place.by])
        steps.append(Step("place", f"{experiment.study} among the others: {by}"))
    if experiment.contrasts:
        c = experiment.contrasts
        steps.append(Step("contrasts", f"{c.by}, {c.pairs}; {c.draws} draws by {c.cluster or 'document'}"))
    if experiment.topics:
        t = experiment.topics
        steps.append(Step("topics", f"{t.k} topics by {t.engine}"))
    if experiment.classifier:
        k = experiment.classifier
        steps.append(
            Step(
                "classify",
                f"{k.target} by {', '.join(k.models)} from {', '.join(k.features)}; {k.repeats} times {k.folds} folds",
            )
        )
    steps.append(
        Step("report", f"tables, figures and page in {'Polish' if experiment.language == 'pl' else 'English'}")
    )
    return steps
