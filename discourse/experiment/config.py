"""The experiment file, validated as a whole before anything runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from discourse.core.errors import DiscourseError, unknown
from discourse.core.settings import Label, Settings, parse
from discourse.experiment.file import change_setting, read_file
from discourse.experiment.parts import CorpusPart, Grouping
from discourse.measures import MEASURES
from discourse.measures.items import parts_of_speech


class Annotation(Settings):
    """How texts are annotated: the choice among Morfeusz's readings, and lexicons of one's own."""

    policy: str = "default"  # default, first, spacy:MODEL or stanza
    lexicons: list[str] = []  # TOML files beside the experiment: markers, or words for who speaks, of one's own

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
    counts: Literal["quasi-poisson", "negative-binomial"] | None = None  # a model of the measures that are counts
    covariates: list[str] = []  # metadata columns that this model holds constant
    power: float = Field(default=0.8, gt=0, lt=1)  # for the number of documents that would show a difference


class Place(Settings):
    """Where does the studied document stand among the others, overall and by group?"""

    by: list[str] = []


class Topics(Settings):
    """A topic model over the lemmas of content words."""

    engine: Literal["gensim-lda", "gensim-hdp", "sklearn-nmf", "tomotopy-lda", "tomotopy-hdp"] = "sklearn-nmf"
    k: int | list[int] = 8  # several are tried, and the one whose topics hold together best is taken
    runs: int = Field(default=5, ge=1, le=100)  # fits of each k, with a seed of their own
    by: str | None = None
    cluster: str | None = None  # what is drawn for the intervals of shares, instead of documents
    terms: int = Field(default=10, ge=3, le=50)
    pos: list[str] = []  # parts of speech: noun, verb, adjective, adverb, content, or flexemes; all content without
    min_documents: int = Field(default=3, ge=1)
    max_share: float = Field(default=0.5, gt=0, le=1)
    duplicates: float = Field(default=0.8, gt=0, le=1)  # near-duplicates from this similarity are fitted once
    exemplars: int = Field(default=3, ge=0, le=50)  # documents a topic
    sheets: int = Field(default=20, ge=0, le=1000)  # documents of the sheet of topic intrusion; 0: no sheets

    @field_validator("pos")
    @classmethod
    def _known_pos(cls, pos: list[str]) -> list[str]:
        try:
            parts_of_speech(pos)
        except DiscourseError as error:
            raise ValueError(str(error).removeprefix("--pos: ")) from None
        return pos

    @field_validator("k")
    @classmethod
    def _number_of_topics(cls, k: int | list[int]) -> int | list[int]:
        ks = [k] if isinstance(k, int) else k
        if not ks or not all(2 <= one <= 500 for one in ks):
            raise ValueError("a number of topics from 2 to 500, or a list of such numbers")
        return k

    @property
    def ks(self) -> list[int]:
        """The numbers of topics to try."""
        return [self.k] if isinstance(self.k, int) else list(self.k)


class Keyness(Settings):
    """What each group says more often than the others."""

    by: str
    of: Literal["lemma", "ngram2", "ngram3", "marker", "speaker"] = "lemma"
    pos: list[str] = []  # parts of speech: noun, verb, adjective, adverb, content, or flexemes
    target: str | None = None  # this group against the others; without it, each in turn
    minimum: int = Field(default=5, ge=1)
    draws: int = Field(default=0, ge=0, le=100_000)
    sort: Literal["g2", "dispersion", "log_ratio"] = "g2"
    dispersion: bool = False
    top: int = Field(default=15, ge=1)  # rows a group on the page; all are in the CSV


class Classifier(Settings):
    """Predict a metadata column, cross-validated, against a dummy."""

    target: str
    features: list[Literal["measures", "lemmas", "topics", "both", "all"]] = ["measures", "lemmas", "both"]
    models: list[Literal["dummy", "logistic", "svm", "boosting"]] = ["dummy", "logistic"]
    folds: int = Field(default=4, ge=2, le=20)
    repeats: int = Field(default=3, ge=1, le=100)
    group: str | None = None  # no author (outlet, event…) stands on both sides of a split
    date: str = "date"  # the day of a collective byline's articles, where the documents are grouped by authors
    tune: bool = False  # settings chosen within the training documents
    topics: int = Field(default=20, ge=2, le=500)  # of the features
    permutations: int = Field(default=0, ge=0, le=10_000)  # of the test against chance
    importance: bool = False
    curve: bool = False  # a learning curve
    guard: bool = True  # near-duplicates, recurring passages, signatures and names found and dealt with
    names: list[str] = ["outlet", "author"]  # columns whose names are masked in lemmas
    mask: list[str] = []  # more lemmas to mask
    duplicates: float = Field(default=0.5, gt=0, le=1)


class Validation(Settings):
    """Score the annotation on gold, and compare two readings of the same articles; files beside the experiment."""

    gold: list[str] = Field(min_length=1)  # stand-off gold, JSON lines, of documents of the experiment's corpora
    second: list[str] = []  # second readings of some of the articles in `first`
    first: list[str] = []  # first readings that the second are compared with (default: the gold)


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
    measures: list[str] = Field(default=["all"], min_length=1)
    annotation: Annotation = Annotation()
    sample: dict[str, int] = {}  # analysis → how many documents, drawn by the seed, it is made on
    contrasts: Contrasts | None = None
    place: Place | None = None
    keyness: Keyness | None = None
    topics: Topics | None = None
    classifier: Classifier | None = None
    validation: Validation | None = None
    sweep: dict[str, Annotated[list[Any], Field(min_length=1)]] = {}  # setting → the values that it takes in turn

    @field_validator("sample")
    @classmethod
    def _known_analyses(cls, sample: dict[str, int]) -> dict[str, int]:
        from discourse.experiment.analyses import ANALYSES

        known = [analysis.key for analysis in ANALYSES]
        for name, number in sample.items():
            if name not in known:
                raise ValueError(str(unknown("analysis", name, known)))
            if number < 1:
                raise ValueError(f"{name!r} needs a number of documents from 1, not {number}")
        return sample

    @field_validator("measures")
    @classmethod
    def _known_measures(cls, names: list[str]) -> list[str]:
        known = ["all", *_families(), *MEASURES]
        for name in names:
            if name not in known:
                raise ValueError(str(unknown("measure", name, known)))
        return names

    @model_validator(mode="after")
    def _possible(self) -> Experiment:
        """Settings that cannot go together."""
        names = [part.called for part in self.corpora]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"corpora: {twice[0]!r} is there twice; give one of them another name with 'as'")
        if self.place and not self.study:
            raise ValueError("[place] needs a 'study': the name of the document's corpus or seed")
        if self.study in names:
            raise ValueError(f"study {self.study!r} is among the corpora as well; it would be compared with itself")
        for name in self.derived:
            if name in ("doc_id", "title", "text", "corpus"):
                raise ValueError(f"columns.{name}: every document has a column of this name; choose another")
        for table, column, other in (("contrasts", "by", "cluster"), ("classifier", "target", "group")):
            settings = getattr(self, table)
            if settings is not None and getattr(settings, column) == getattr(settings, other):
                raise ValueError(f"{table}: {column!r} and {other!r} are the same column; nothing would be left")
        return self

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
            wanted += self.contrasts.covariates
        wanted += self.place.by if self.place else []
        wanted += [self.keyness.by] if self.keyness else []
        if self.topics:
            wanted += [column for column in (self.topics.by, self.topics.cluster) if column]
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
    data, _ = read_file(file)
    for change in changes:
        change_setting(data, change)
    return parse(Experiment, data, file)


def beside(near: Path | None, name: str) -> Path:
    """The file of this name as seen from the experiment's folder; in a run, its copy beside the experiment's."""
    near = near or Path()
    return place if (place := near / name).is_file() else near / Path(name).name


def validation_files(experiment: Experiment, near: Path | None) -> list[Path]:
    """The files of gold that the experiment scores."""
    wanted = experiment.validation
    return [] if wanted is None else [beside(near, name) for name in [*wanted.gold, *wanted.second, *wanted.first]]


def lexicon_files(experiment: Experiment, file: Path) -> tuple[Path, ...]:
    """The experiment's own lexicons; their paths start from the experiment's folder."""
    paths = tuple(file.parent / name for name in experiment.annotation.lexicons)
    for path in paths:
        if not path.is_file():
            raise DiscourseError(f"{path}: no such lexicon; its path starts from the experiment's folder")
    return paths
