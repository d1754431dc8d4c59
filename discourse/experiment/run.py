"""Running an experiment: everything it makes appears in its folder at once, whole, or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from discourse.attribution.annotate import Annotation
from discourse.core.errors import DiscourseError
from discourse.core.files import sha256, write_text
from discourse.corpus.documents import documents
from discourse.corpus.export import export
from discourse.corpus.store import data_folder, locate
from discourse.experiment import record
from discourse.experiment.annotation import annotate_with
from discourse.experiment.config import Experiment, experiment_file, lexicon_files, read_experiment
from discourse.experiment.gather import Gathered, Sources, gather, sources
from discourse.experiment.section import Section, sections
from discourse.report import pages
from discourse.report.figures import write_figure
from discourse.report.tables import write_table

#: Tables of a run that programs read, beside those that people read.
_DATA = ("documents", "measures", "markers", "attributions", "speakers")


@dataclass(frozen=True)
class Run:
    """A finished run: its folder, its sections, its record."""

    folder: Path
    experiment: Experiment
    sections: list[Section]
    record: dict[str, Any]


def run(
    path: Path,
    out: Path | None = None,
    *,
    data: Path | None = None,
    workers: int = 1,
    changes: Sequence[str] = (),
    without_missing: bool = False,
) -> Run:
    """Run the experiment of a file or folder into `out` (default `runs/<name>`), replacing an earlier run there.

    Raises `DiscourseError` for anything wrong with the experiment, its corpora or the place, before work begins where
    it can be known; nothing half-written stays.
    """
    started = time.time()
    file = experiment_file(path)
    experiment = read_experiment(path, changes)
    named = out or Path("runs") / experiment.name
    target = named.resolve()  # a link keeps pointing to the run, and `.` has a name
    partial = _claim(target, named)
    try:
        folder = data_folder(data)
        found = sources(experiment, [file.parent], folder, without_missing, str(file))
        lexicons = lexicon_files(experiment, file)
        gathered = gather(experiment, found, folder, workers, lexicons)
        done = sections(experiment, gathered)
        _write(partial, experiment, found, gathered, done, folder, lexicons)
        made = {
            "experiment": {"file": file.name, "sha256": sha256(file), "changes": list(changes)},
            "settings": experiment.model_dump(mode="json"),
            "corpora": _corpora(found, folder, gathered),
            "lexicons": {path.name: sha256(path) for path in lexicons},
            "left_out": found.left_out,
            "wanting": [line for section in done for line in section.wanting],
            "sources": record.sources(),
            "outputs": record.outputs(partial),
            "machine": record.machine(),
            "workers": workers,
            "started": datetime.fromtimestamp(started, UTC).isoformat(timespec="seconds"),
            "seconds": round(time.time() - started, 1),
            "peak_memory_mb": record.peak_memory(),
        }
        write_text(partial / "run.json", json.dumps(made, ensure_ascii=False, indent=2) + "\n")
        _swap(partial, target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return Run(named, experiment, done, made)


def _claim(target: Path, named: Path) -> Path:
    """A folder beside the target to write into; the target itself must be new, empty, or an earlier run alone."""
    try:
        if target.exists() and not target.is_dir():
            raise DiscourseError(f"cannot write {named}: it is a file; name a folder with --out")
        if Path.cwd().is_relative_to(target):  # replaced, it would be gone from under the shell
            raise DiscourseError(f"cannot write {named}: you are inside it; name a new folder with --out")
        if target.exists() and (foreign := record.foreign(target)):
            raise DiscourseError(
                f"cannot write {named}: it holds files that are no run or no part of it ({foreign[0]}), which would be "
                "lost; move them, or name another folder with --out"
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        partial.chmod(0o755)
        return partial
    except OSError as error:
        raise DiscourseError(
            f"cannot write {named}: {error.strerror or error}; name another folder with --out"
        ) from None


def _swap(partial: Path, target: Path) -> None:
    """Put the new run in the place of the earlier one, which comes back where that fails."""
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}.old.", dir=target.parent))
    try:
        if target.exists():
            target.replace(old / "run")
        partial.replace(target)
    except OSError as error:
        if (old / "run").exists() and not target.exists():
            (old / "run").replace(target)
        raise DiscourseError(f"cannot write {target}: {error.strerror or error}; name another folder") from None
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _write(
    folder: Path,
    experiment: Experiment,
    found: Sources,
    gathered: Gathered,
    done: list[Section],
    data: Path | None,
    lexicons: tuple[Path, ...],
) -> None:
    language = experiment.language
    for section in done:
        for table in [*section.tables, *section.more]:
            write_table(table, folder / "tables", language)
        for figure in section.figures:
            write_figure(figure, folder / "figures")
    for name in _DATA:
        export(getattr(gathered, name), folder / "data" / f"{name}.parquet")
    if found.study is not None:
        write_text(
            folder / "article.html",
            _article(
                annotate_with(documents(found.study, data), experiment.annotation.policy, lexicons), gathered, language
            ),
        )
    write_text(folder / "report.html", _report(experiment, found, gathered, done))


def _article(whole: Annotation, gathered: Gathered, language: str) -> str:
    own = gathered.measures.filter(pl.col("doc_id") == gathered.study)
    return pages.article_page(
        whole.documents, whole.tokens, whole.markers, whole.attributions, whole.speakers, own, language
    )


def _report(experiment: Experiment, found: Sources, gathered: Gathered, done: list[Section]) -> str:
    language = experiment.language
    shown = [
        pages.Section(
            section.title[language],
            [
                *([section.text[language]] if section.text else []),
                *section.wanting,
                *section.tables,
                *section.figures,
            ],
        )
        for section in done
    ]
    documents_, seed, left_out = {"pl": ("dokumentów", "ziarno", "pominięto"), "en": ("documents", "seed", "left out")}[
        language
    ]
    foot = {
        "discourse": record.sources()["discourse"],
        seed: str(experiment.seed),
        **{
            corpus.name: f"{documents_}: {gathered.documents.filter(pl.col('corpus') == corpus.name).height}; "
            f"{corpus.manifest.licence}"
            for corpus in found.all
        },
        **{f"{name} ({left_out})": reason for name, reason in found.left_out.items()},
        "run.json": "SHA-256" if language == "en" else "skróty SHA-256 wszystkich plików",
    }
    return pages.report_page(
        getattr(experiment.title, language), language, getattr(experiment.question, language), shown, foot, files=True
    )


def _corpora(found: Sources, data: Path | None, gathered: Gathered) -> list[dict[str, Any]]:
    return [
        {
            "name": corpus.name,
            "manifest": sha256(corpus.path),
            "files": {place.file.path: _digest(place.path) for place in locate(corpus, data) if place.path},
            "documents": gathered.documents.filter(pl.col("corpus") == corpus.name).height,
        }
        for corpus in found.all
    ]


def _digest(path: Path) -> str:
    return sha256(path) if path.is_file() else record.folder_digest(path)
