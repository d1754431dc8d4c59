"""What an experiment would do: each step, whether the cache has it, and why it would be made again."""

from __future__ import annotations

from discourse.corpus.store import locate
from discourse.experiment.cache import Store
from discourse.experiment.run import Job
from discourse.experiment.steps import Steps
from discourse.experiment.walk import State, Walk


def plan(job: Job, store: Store | None = None) -> list[State]:
    """The experiment's steps in order; nothing is made or written. A text that is missing is named at its step."""
    steps = Steps(Walk(store or Store(), job.experiment.name, make=False), job.experiment, job.found, job.data, job.how)
    steps.go()
    lacking = {
        f"read {part.name}": [place.file.path for place in locate(part.corpus, job.data) if place.path is None]
        for part in job.found.all
        if part.frozen is None
    }
    for state in steps.walk.states:
        if files := lacking.get(state.name):
            state.wanting = f"missing: {', '.join(files)}"
    return steps.walk.states
