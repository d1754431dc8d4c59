"""A section of a run: what one analysis found, as tables and figures, with a line of text on how to read them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from discourse.core.errors import DiscourseError
from discourse.core.registry import Registry
from discourse.experiment.config import Experiment
from discourse.experiment.gather import Gathered
from discourse.measures import MEASURES
from discourse.report.figures import Figure
from discourse.report.labels import COLUMN_LABELS, Text
from discourse.report.tables import Table


@dataclass(frozen=True)
class Section:
    """One analysis: its tables and figures, a text in both languages, and what it could not do."""

    key: str
    tables: list[Table] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    more: list[Table] = field(default_factory=list)  # too long for the page: written beside the others only
    text: Text | None = None
    wanting: list[str] = field(default_factory=list)
    headline: Table | None = None  # the short table that is printed when the run is done

    @property
    def title(self) -> Text:
        return TITLES[self.key]


#: An analysis: None where the experiment does not ask for it.
Analysis = Callable[[Experiment, Gathered], Section | None]
SECTIONS: Registry[Analysis] = Registry("section")


def analysed(key: str, experiment: Experiment, gathered: Gathered) -> Section | None:
    """The section of this name, None where the experiment does not ask for it.

    An analysis that cannot be done on these documents says so in its place, and the others go on.
    """
    importlib.import_module(f"discourse.experiment.sections.{key}")  # it files itself
    analyse = SECTIONS.get(key)
    try:
        return analyse(experiment, gathered)
    except DiscourseError as error:
        return Section(key, wanting=[f"{key}: {error}"])


def both(pl: str, en: str) -> Text:
    """A text in both languages."""
    return {"pl": pl, "en": en}


def called(column: str) -> Text:
    """What a metadata column is called in both languages; its name where nothing better is known."""
    return COLUMN_LABELS.get(column, both(column, column))


def measure_labels() -> Mapping[str, Text]:
    """Measure → its label in both languages."""
    return {name: both(MEASURES.get(name).pl, MEASURES.get(name).en) for name in MEASURES}


TITLES: Mapping[str, Text] = {
    "validation": both("Sprawdzian anotacji", "Validation"),
    "corpora": both("Korpusy", "Corpora"),
    "place": both("Miejsce artykułu wśród innych", "Where the article stands"),
    "description": both("Miary w grupach", "Measures by group"),
    "contrasts": both("Różnice między grupami", "Differences between groups"),
    "voices": both("Głosy", "Voices"),
    "markers": both("Wykładniki postawy", "Stance markers"),
    "keyness": both("Kluczowość", "Keyness"),
    "topics": both("Tematy", "Topics"),
    "classifier": both("Klasyfikacja", "Classification"),
}
#: Headings that many tables share.
LABELS: Mapping[str, Text] = {
    "measure": both("miara", "measure"),
    "family": both("rodzina", "family"),
    "group": both("grupa", "group"),
    "by": both("podział", "grouping"),
    "corpus": both("korpus", "corpus"),
    "documents": both("dokumentów", "documents"),
    "words": both("słów", "words"),
    "value": both("wartość", "value"),
    "mean": both("średnia", "mean"),
    "median": both("mediana", "median"),
    "low": both("od", "from"),
    "high": both("do", "to"),
    "n": both("n", "n"),
    "missing": both("brak", "missing"),
    "zeros": both("udział zer", "share of zeros"),
    "sd": both("odch. st.", "sd"),
    "min": both("najmniej", "least"),
    "q1": both("1. kwartyl", "1st quartile"),
    "q3": both("3. kwartyl", "3rd quartile"),
    "max": both("najwięcej", "most"),
    "category": both("kategoria", "category"),
    "marker": both("wykładnik", "marker"),
    "role": both("rola", "role"),
    "share": both("udział", "share"),
    "verb": both("czasownik", "verb"),
    "verb_stance": both("nastawienie", "stance"),
    "reason": both("powód braku", "why missing"),
}
