"""From an experiment's corpora to everything its analyses read: measures, spans, counts. The texts stream through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from discourse.core.errors import DiscourseError, nearest
from discourse.core.polish import collation
from discourse.core.progress import track
from discourse.core.schema import empty
from discourse.corpus.documents import documents as read
from discourse.corpus.load import batches
from discourse.corpus.manifest import Corpus, find
from discourse.corpus.store import locate, missing, verified
from discourse.experiment.annotation import annotate_with
from discourse.experiment.config import Experiment
from discourse.experiment.engines.local import each
from discourse.measures import measure
from discourse.models.matrix import CONTENT

_BATCH = 2_000_000  # characters; the same on any number of workers, so that results are


@dataclass(frozen=True)
class Sources:
    """The corpora of an experiment that are at hand, the studied document's, and those left out with the reason."""

    corpora: list[Corpus]
    study: Corpus | None
    left_out: dict[str, str]

    @property
    def all(self) -> list[Corpus]:
        return [*self.corpora, *([self.study] if self.study else [])]


@dataclass(frozen=True)
class Gathered:
    """What the analyses of an experiment read.

    `documents` has metadata but no text; `study` is the studied document's id, which is in `documents` too. `content`
    has one row a content word (where a model wants them), `words` one row a document with its number of `words`.
    """

    documents: pl.DataFrame
    measures: pl.DataFrame
    markers: pl.DataFrame
    attributions: pl.DataFrame
    speakers: pl.DataFrame
    content: pl.DataFrame
    words: pl.DataFrame
    labels: Mapping[str, Mapping[str, Mapping[str, str]]]  # column → group → text in both languages
    study: str | None


def sources(
    experiment: Experiment, near: Sequence[Path], data: Path | None, without_missing: bool, where: str
) -> Sources:
    """Where the experiment's texts are; raises `DiscourseError` for an unknown corpus or a text that is not at hand.

    With `without_missing`, corpora whose text is missing are left out, unless none remains or it is the studied one.
    """
    left_out: dict[str, str] = {}
    chosen: list[Corpus] = []
    for name in experiment.corpora:
        corpus = find(name, near, where)
        lacking = [place.file for place in locate(corpus, data) if place.path is None]
        if lacking and without_missing:
            left_out[name] = missing(corpus, lacking[0], data)
        elif lacking:
            raise DiscourseError(f"{missing(corpus, lacking[0], data)}; or leave it out with --without-missing")
        else:
            chosen.append(corpus)
    study = find(experiment.study, near, where) if experiment.study else None
    if study is not None:
        verified(study, data)
    if not chosen:
        raise DiscourseError(f"{where}: none of its corpora is at hand; {next(iter(left_out.values()))}")
    return Sources(chosen, study, left_out)


def gather(
    experiment: Experiment, found: Sources, data: Path | None, workers: int = 1, lexicons: tuple[Path, ...] = ()
) -> Gathered:
    """Every document of the corpora annotated (with these lexicons of the user's) and measured, batch by batch."""
    frames = [read(corpus, data) for corpus in found.all]
    documents = pl.concat(frames, how="diagonal").with_columns(pl.col("title").fill_null(""))
    _check(experiment, documents)
    study = None
    if found.study is not None:
        if frames[-1].height != 1:
            raise DiscourseError(f"study {found.study.name!r} has {frames[-1].height} documents; it should be one")
        study = str(frames[-1]["doc_id"][0])
    counting = experiment.topics is not None or experiment.classifier is not None
    work = partial(
        _batch,
        names=experiment.measure_names,
        counting=counting,
        policy=experiment.annotation.policy,
        lexicons=lexicons,
    )
    kept = ["doc_id", "title", "text"]
    parts = batches(documents.select(kept), _BATCH)
    total = int(documents["text"].str.len_chars().sum() or 0) // _BATCH + 1
    done = list(track(each(work, parts, workers), "annotating and measuring", total))
    tables = {name: pl.concat([part[name] for part in done]) for name in done[0]}
    labels: dict[str, dict[str, Mapping[str, str]]] = {}
    for corpus in found.all:
        for column, names in corpus.manifest.labels.items():
            labels.setdefault(column, {}).update({key: dict(text) for key, text in names.items()})
    return Gathered(documents=documents.drop("text"), labels=labels, study=study, **tables)


def _batch(
    documents: pl.DataFrame, names: list[str], counting: bool, policy: str, lexicons: tuple[Path, ...]
) -> dict[str, pl.DataFrame]:
    """The tables of `Gathered` for some of the documents."""
    done = annotate_with(documents, policy, lexicons)
    layers = (done.tokens, done.markers, done.attributions, done.speakers)
    measured = measure(done.documents, *layers, names=names)
    content = (done.tokens if counting else empty("tokens")).select("doc_id", "tok", "lemma", "pos", "boilerplate")
    content = content.filter(pl.col("pos").is_in(CONTENT) & ~pl.col("boilerplate"))
    words = (
        done.documents.select("doc_id")
        .join(
            done.tokens.filter(pl.col("word_start") & ~pl.col("boilerplate")).group_by("doc_id").len("words"),
            on="doc_id",
            how="left",
            maintain_order="left",
        )
        .with_columns(pl.col("words").fill_null(0).cast(pl.Float64))
    )
    return {
        "measures": measured,
        "markers": done.markers,
        "attributions": done.attributions,
        "speakers": done.speakers,
        "content": content,
        "words": words,
    }


def _check(experiment: Experiment, documents: pl.DataFrame) -> None:
    """What can only be known with the documents: ids that are unique over corpora, columns that exist."""
    if documents.is_empty():
        raise DiscourseError("the corpora hold no document")
    repeated = documents.filter(pl.col("doc_id").is_duplicated())
    if not repeated.is_empty():
        places = repeated.filter(pl.col("doc_id") == repeated["doc_id"][0])["corpus"]
        raise DiscourseError(f"two documents have the id {repeated['doc_id'][0]!r} (in {' and '.join(places)})")
    for column in experiment.columns:
        if column not in documents.columns:
            known = sorted(set(documents.columns) - {"text", "title", "doc_id"}, key=collation)
            raise DiscourseError(
                f"experiment {experiment.name!r}: no document has the column {column!r}{nearest(column, known)}"
            )
