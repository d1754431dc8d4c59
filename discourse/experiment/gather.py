"""Where an experiment's texts are, and what its analyses read of them: tables loaded when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from discourse.core.errors import DiscourseError, nearest
from discourse.core.polish import collation
from discourse.core.progress import say
from discourse.corpus.manifest import Corpus, find
from discourse.corpus.select import Selection, grouped, select, spans
from discourse.corpus.store import locate, missing, verified
from discourse.experiment.config import Experiment
from discourse.experiment.frozen import Frozen, frozen


@dataclass(frozen=True)
class Part:
    """A corpus, or a part of it: `name` is what the column `corpus` says of its documents.

    `frozen` is what was counted in them before, where that stands for the texts.
    """

    name: str
    corpus: Corpus
    selection: Selection
    frozen: Frozen | None = None


@dataclass(frozen=True)
class Sources:
    """The parts of corpora that are at hand, the studied document, and what was left out, with the reason.

    `near` is the folder of the experiment, where its frozen results are.
    """

    corpora: list[Part]
    study: Part | None
    left_out: dict[str, str]
    near: Path | None = None

    @property
    def all(self) -> list[Part]:
        return [*self.corpora, *([self.study] if self.study else [])]


@dataclass(frozen=True)
class Gathered:
    """What the analyses of an experiment read, loaded when it is first asked for.

    `documents` has metadata but no text; `study` is the studied document's id, which is in `documents` too. `content`
    has one row a content word, `words` one row a document with its number of `words`. `labels` has column → group →
    text in both languages. `near` is the experiment's folder. `batches` gives any layer (`text` and `tokens` too)
    batch by batch.
    """

    load: Callable[[str], pl.DataFrame]
    batches: Callable[[str], Iterator[pl.DataFrame]]
    labels: Mapping[str, Mapping[str, Mapping[str, str]]]
    study: str | None
    reads: tuple[str, ...] | None = None
    near: Path | None = None

    def only(self, reads: tuple[str, ...]) -> Gathered:
        """The same, for an analysis that reads these tables and no other."""
        return replace(self, reads=reads)

    def sampled(self, number: int, seed: int) -> Gathered:
        """The same for so many documents drawn by the seed, and the studied one; as it is, where there are no more."""
        documents = self.load("documents")
        others = documents.filter(pl.col("doc_id") != (self.study or ""))
        if others.height <= number:
            return self
        drawn = select(others, Selection(number=number), seed)["doc_id"].implode()
        kept = documents.filter(pl.col("doc_id").is_in(drawn) | (pl.col("doc_id") == (self.study or "")))
        tables = {"documents": kept}

        def batches(layer: str) -> Iterator[pl.DataFrame]:
            for batch in self.batches(layer):
                yield batch.join(kept, on="doc_id", how="semi", maintain_order="left")

        def load(name: str) -> pl.DataFrame:
            if name not in tables:
                tables[name] = pl.concat(list(batches(name)))
            return tables[name]

        return replace(self, load=load, batches=batches)

    @property
    def documents(self) -> pl.DataFrame:
        return self._table("documents")

    @property
    def measures(self) -> pl.DataFrame:
        return self._table("measures")

    @property
    def markers(self) -> pl.DataFrame:
        return self._table("markers")

    @property
    def attributions(self) -> pl.DataFrame:
        return self._table("attributions")

    @property
    def speakers(self) -> pl.DataFrame:
        return self._table("speakers")

    @property
    def content(self) -> pl.DataFrame:
        return self._table("content")

    @property
    def words(self) -> pl.DataFrame:
        return self._table("words")

    def each(self, layer: str) -> Iterator[pl.DataFrame]:
        """The layer (`tokens`, `text`…) of one batch of documents after the other."""
        self._allowed(layer)
        return self.batches(layer)

    def _table(self, name: str) -> pl.DataFrame:
        self._allowed(name)
        return self.load(name)

    def _allowed(self, name: str) -> None:
        if self.reads is not None and name not in self.reads:
            raise LookupError(f"the analysis reads {name!r}, which ANALYSES does not say; add it there")


def sources(
    experiment: Experiment, near: Sequence[Path], data: Path | None, without_missing: bool, where: str,
    *, planning: bool = False, prefer_frozen: bool = False,
) -> Sources:
    """Where the experiment's texts are; raises `DiscourseError` for an unknown corpus or a text that is not at hand.

    Where texts are missing, the corpus's frozen measures stand for them; with `prefer_frozen`, they do where the texts
    are there too. With `without_missing`, corpora with neither are left out, unless none remains or it is the studied
    one.
    """
    left_out: dict[str, str] = {}
    chosen: list[Part] = []
    for wanted in experiment.corpora:
        corpus = find(wanted.name, near, where)
        lacking = [place.file for place in locate(corpus, data) if place.path is None]
        kept = frozen(corpus) if (lacking or prefer_frozen) and usual(experiment, where, corpus.name) else None
        if kept is not None:
            chosen.append(Part(wanted.called, corpus, wanted.selection, kept))
        elif lacking and without_missing:
            left_out[wanted.called] = missing(corpus, lacking[0], data)
        elif lacking and not planning:
            raise DiscourseError(f"{missing(corpus, lacking[0], data)}; or leave it out with --without-missing")
        else:
            chosen.append(Part(wanted.called, corpus, wanted.selection))
    study = find(experiment.study, near, where) if experiment.study else None
    kept = None
    if study is not None:
        lacks = any(place.path is None for place in locate(study, data))
        kept = frozen(study) if (lacks or prefer_frozen) and usual(experiment, where, study.name) else None
        if kept is None and not planning:
            verified(study, data)
    if not chosen:
        raise DiscourseError(f"{where}: none of its corpora is at hand; {next(iter(left_out.values()))}")
    studied = Part(study.name, study, Selection(), kept) if study else None
    return Sources(chosen, studied, left_out, near[0] if near else None)


def usual(experiment: Experiment, where: str, name: str) -> bool:
    """Whether the experiment annotates as frozen measures were; what differs is said on standard error."""
    annotation = experiment.annotation
    if annotation.policy == "default" and not annotation.lexicons:
        return True
    say(f"{where}: an annotation of its own; the frozen measures of {name!r} do not hold for it")
    return False


def labels(found: Sources) -> dict[str, dict[str, Mapping[str, str]]]:
    """Column → group → text in both languages, as the corpora's manifests give them."""
    whole: dict[str, dict[str, Mapping[str, str]]] = {}
    for part in found.all:
        for column, names in part.corpus.manifest.labels.items():
            whole.setdefault(column, {}).update({key: dict(text) for key, text in names.items()})
    return whole


def with_columns(experiment: Experiment, documents: pl.DataFrame) -> pl.DataFrame:
    """The documents with the experiment's own columns of groups, after checking ids and columns.

    Raises `DiscourseError` where an id occurs in two corpora, or a column that is used is in none.
    """
    if documents.is_empty():
        raise DiscourseError("the corpora hold no document")
    repeated = documents.filter(pl.col("doc_id").is_duplicated())
    if not repeated.is_empty():
        places = repeated.filter(pl.col("doc_id") == repeated["doc_id"][0])["corpus"]
        raise DiscourseError(f"two documents have the id {repeated['doc_id'][0]!r} (in {' and '.join(places)})")
    for name, rule in experiment.derived.items():
        if rule.groups:
            documents = grouped(documents, name, rule.column, rule.groups)
        else:
            documents = spans(documents, name, rule.column, rule.since)
    for column in experiment.columns:
        if column not in documents.columns:
            known = sorted(set(documents.columns) - {"text", "title", "doc_id"}, key=collation)
            raise DiscourseError(
                f"experiment {experiment.name!r}: no document has the column {column!r}{nearest(column, known)}"
            )
    return documents
