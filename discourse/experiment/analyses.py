"""The analyses of an experiment: which there are, what asks for each, and what each reads; light to import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from discourse.experiment.config import Experiment


@dataclass(frozen=True)
class Analysis:
    """One analysis: its section's name, the setting that asks for it (None: always done), the tables it reads.

    An analysis sees no other tables and no other analysis's settings, so that what they say cannot change its result.
    """

    key: str
    setting: str | None
    reads: tuple[str, ...]


#: In the report's order. A section's module is `sections/<key>.py`.
ANALYSES: tuple[Analysis, ...] = (
    Analysis("validation", "validation", ("documents", "text", "words", "markers", "attributions")),
    Analysis("corpora", None, ("documents", "words")),
    Analysis("place", "place", ("documents", "measures", "attributions", "speakers")),
    Analysis("description", None, ("documents", "measures")),
    Analysis("contrasts", "contrasts", ("documents", "measures")),
    Analysis("voices", None, ("documents", "measures", "attributions")),
    Analysis("markers", None, ("documents", "markers", "words")),
    Analysis("keyness", "keyness", ("documents", "tokens", "markers", "attributions")),
    Analysis("topics", "topics", ("documents", "content")),
    Analysis("classifier", "classifier", ("documents", "measures", "content")),
)
#: Settings of analyses, each seen by its own alone.
SETTINGS = tuple(analysis.setting for analysis in ANALYSES if analysis.setting)


def wanted(experiment: Experiment) -> list[Analysis]:
    """The analyses that the experiment asks for, in the report's order."""
    return [one for one in ANALYSES if one.setting is None or getattr(experiment, one.setting) is not None]


def seen(experiment: Experiment, analysis: Analysis) -> Experiment:
    """The experiment as the analysis sees it: without the settings and samples of the others."""
    hidden: Mapping[str, None] = {name: None for name in SETTINGS if name != analysis.setting}
    sample = {name: number for name, number in experiment.sample.items() if name == analysis.key}
    return experiment.model_copy(update={**hidden, "sample": sample})


def flat(settings: Mapping[str, Any], place: str = "") -> dict[str, Any]:
    """Settings by their full names, tables spelled out, those that are not given left out."""
    found: dict[str, Any] = {}
    for name, value in settings.items():
        full = f"{place}{name}"
        if isinstance(value, Mapping):
            found |= flat(value, f"{full}.")
        elif value is not None:
            found[full] = value
    return found


_ASKED: Mapping[str, Callable[[Any], str]] = {
    "contrasts": lambda c: f"{c.by}, {c.pairs}; {c.draws} draws by {c.cluster or 'document'}",
    "validation": lambda v: f"scores on {', '.join(name.split('/')[-1] for name in v.gold)}",
    "keyness": lambda k: f"{k.of}s by {k.by}, at least {k.minimum} times",
    "topics": lambda t: f"{' or '.join(map(str, t.ks))} topics by {t.engine}; {t.runs} runs",
    "classifier": lambda k: f"{k.target} by {', '.join(k.models)} from {', '.join(k.features)}; "
    f"{k.repeats} times {k.folds} folds",
}


def asked(experiment: Experiment, analysis: Analysis) -> str:
    """What the experiment asks of the analysis, in one line."""
    by = ", ".join(experiment.groups) or "corpus"
    if analysis.key == "place":
        within = experiment.place.by if experiment.place else []
        return f"{experiment.study} among the others: {', '.join(['all', *within])}"
    if analysis.setting and analysis.setting in _ASKED:
        return _ASKED[analysis.setting](getattr(experiment, analysis.setting))
    return {"corpora": f"documents and words by {by}", "description": f"measures by {by}",
            "voices": f"words by role, and cues, by {by}", "markers": "the most frequent markers"}.get(
                analysis.key, analysis.key)  # fmt: skip
