"""The experiment file, validated as a whole before anything runs."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from discourse.core.errors import DiscourseError, unknown
from discourse.core.settings import Label, Settings, parse, read_toml
from discourse.corpus.select import Selection
from discourse.measures import MEASURES

#: A year, a month or a day.
_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
Values = dict[str, list[str]]


class CorpusPart(Settings):
    """A corpus of the experiment, or the documents of one that the filters leave and the sample draws."""

    name: str
    called: str = Field(default="", alias="as", pattern="^[a-z0-9][a-z0-9-]*$")  # in the column `corpus`
    where: Values = {}  # column → values, one of which a document must have
    without: Values = {}  # column → values, none of which it may have
    since: str | None = Field(default=None, pattern=_DATE)
    until: str | None = Field(default=None, pattern=_DATE)
    date: str = "date"  # the column of `since` and `until`
    number: int | None = Field(default=None, ge=1)  # documents drawn by chance…
    share: float | None = Field(default=None, gt=0, le=1)  # …or this part of them…
    each: int | None = Field(default=None, ge=1)  # …or so many of each group
    by: str | None = None  # column of groups to draw from in proportion, or `each`

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """A name alone is the whole corpus; one value of a filter need not be a list."""
        value = {"name": value} if isinstance(value, str) else value
        if isinstance(value, dict):
            value = {"as": value.get("name"), **value}
            for key in ("where", "without"):
                if isinstance(value.get(key), dict):
                    value[key] = {c: [v] if isinstance(v, str) else v for c, v in value[key].items()}
            for key in ("since", "until"):
                if isinstance(value.get(key), datetime.date | int):
                    value[key] = str(value[key])
        return value

    @model_validator(mode="after")
    def _one_sample(self) -> CorpusPart:
        given = [name for name in ("number", "share", "each") if getattr(self, name) is not None]
        if len(given) > 1:
            raise ValueError(f"{given[0]!r} and {given[1]!r} cannot be given together; choose one")
        if self.each is not None and self.by is None:
            raise ValueError("'each' needs 'by': the column whose groups are drawn from")
        if self.by is not None and not given:
            raise ValueError("'by' draws nothing alone; give 'number', 'share' or 'each' as well")
        if self.since and self.until and self.since > f"{self.until}~":
            raise ValueError(f"since {self.since} is after until {self.until}")
        return self

    @property
    def selection(self) -> Selection:
        """The filters and the sample, for `corpus.select`."""
        return Selection(**self.model_dump(exclude={"name", "called"}))


class Grouping(Settings):
    """A column of groups made from another: by its `groups` of values, or by the dates `since` which groups begin."""

    column: str = Field(alias="from")
    groups: Values = {}
    since: dict[str, str] = {}

    @model_validator(mode="after")
    def _one_kind(self) -> Grouping:
        if bool(self.groups) == bool(self.since):
            raise ValueError("give either 'groups' (group = [values]) or 'since' (group = date)")
        values = [value for group in self.groups.values() for value in group]
        if twice := sorted({value for value in values if values.count(value) > 1}):
            raise ValueError(f"value {twice[0]!r} is in two groups")
        return self


class Annotation(Settings):
    """How texts are annotated: the choice among Morfeusz's readings, and lexicons of one's own."""

    policy: str = "default"  # default, first, spacy:MODEL or stanza
    lexicons: list[str] = []  # TOML files beside the experiment that add, replace or switch off markers

    @field_validator("policy")
    @classmethod
    def _known_policy(cls, policy: str) -> str:
        if policy in ("default", "first"):
            return policy
        from discourse.language.annotate import check_policy  # heavy: only where it is needed

        try:
            check_policy(policy)
        except DiscourseError as error:
            raise ValueError(str(error)) from None
        return policy


class Contrasts(Settings):
    """Compare groups of documents on every measure."""

    by: str
    pairs: Literal["each-to-rest", "all"] = "each-to-rest"
    draws: int = Field(default=2000, ge=100, le=100_000)
    cluster: str | None = None


class Place(Settings):
    """Where does the studied document stand among the others, overall and by group?"""

    by: list[str] = []


class Topics(Settings):
    """A topic model over the lemmas of content words."""

    engine: Literal["gensim-lda", "sklearn-nmf"] = "gensim-lda"
    k: int = Field(default=8, ge=2, le=500)
    by: str | None = None
    terms: int = Field(default=10, ge=3, le=50)
    min_documents: int = Field(default=3, ge=1)
    max_share: float = Field(default=0.5, gt=0, le=1)


class Classifier(Settings):
    """Predict a metadata column, cross-validated, against a dummy."""

    target: str
    features: list[Literal["measures", "lemmas", "both"]] = ["measures", "lemmas", "both"]
    models: list[Literal["dummy", "logistic", "svm"]] = ["dummy", "logistic"]
    folds: int = Field(default=4, ge=2, le=20)
    repeats: int = Field(default=3, ge=1, le=100)
    group: str | None = None


class Experiment(Settings):
    """An experiment: question, corpora, groups, measures, and the analyses wanted."""

    name: str = Field(pattern="^[a-z0-9][a-z0-9-]*$")
    title: Label
    question: Label
    language: Literal["pl", "en"] = "pl"
    seed: int = Field(ge=0, lt=2**63)
    corpora: list[CorpusPart] = Field(min_length=1)
    derived: dict[str, Grouping] = Field(default={}, alias="columns")
    study: str | None = None
    groups: list[str] = []
    minimum_group: int = Field(default=5, ge=1)
    measures: list[str] = ["all"]
    annotation: Annotation = Annotation()
    contrasts: Contrasts | None = None
    place: Place | None = None
    topics: Topics | None = None
    classifier: Classifier | None = None

    @field_validator("measures")
    @classmethod
    def _known_measures(cls, names: list[str]) -> list[str]:
        known = ["all", *_families(), *MEASURES]
        for name in names:
            if name not in known:
                raise ValueError(str(unknown("measure", name, known)))
        return names

    @property
    def measure_names(self) -> list[str]:
        """The measures meant, families spelled out, in registered order."""
        wanted = set(self.measures)
        return [name for name in MEASURES if wanted & {"all", name, MEASURES.get(name).family}]

    @property
    def columns(self) -> list[str]:
        """Every metadata column that the experiment uses."""
        wanted = [*self.groups]
        if self.contrasts:
            wanted += [self.contrasts.by, *([self.contrasts.cluster] if self.contrasts.cluster else [])]
        wanted += self.place.by if self.place else []
        wanted += [self.topics.by] if self.topics and self.topics.by else []
        if self.classifier:
            wanted += [self.classifier.target, *([self.classifier.group] if self.classifier.group else [])]
        return list(dict.fromkeys(wanted))


def _families() -> list[str]:
    return list(dict.fromkeys(MEASURES.get(name).family for name in MEASURES))


def experiment_file(path: Path) -> Path:
    """The TOML file itself, or `experiment.toml` in the folder named."""
    file = path / "experiment.toml" if path.is_dir() else path
    if not file.is_file():
        raise DiscourseError(f"{path}: no experiment there; name a TOML file, or a folder with an experiment.toml")
    return file


def read_experiment(path: Path, changes: Sequence[str] = (), own: Path | None = None) -> Experiment:
    """The experiment of a file or folder, with `KEY=VALUE` changes applied; every mistake is one `DiscourseError`.

    `own` is a file whose measures are known besides the built-in ones.
    """
    from discourse.experiment.own import load_own

    load_own(own)
    file = experiment_file(path)
    data = read_toml(file)
    for change in changes:
        _set(data, change)
    experiment = parse(Experiment, data, file)
    if experiment.place and not experiment.study:
        raise DiscourseError(f"{file}: [place] needs a 'study': the name of the document's corpus or seed")
    return experiment


def lexicon_files(experiment: Experiment, file: Path) -> tuple[Path, ...]:
    """The experiment's own lexicons; their paths start from the experiment's folder."""
    return tuple(file.parent / name for name in experiment.annotation.lexicons)


def _set(data: dict[str, Any], change: str) -> None:
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
