"""Whole corpora annotated batch by batch, and written in the formats that users ask for."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import polars as pl

from discourse.attribution.annotate import Annotation, annotate
from discourse.core.errors import DiscourseError, unknown
from discourse.core.files import writable, write_text
from discourse.core.progress import say, track
from discourse.core.schema import empty
from discourse.corpus.export import export
from discourse.corpus.load import batches
from discourse.evaluation.gold import standoff_lines
from discourse.experiment.engines.local import each
from discourse.markers.lexicon import Lexicon, load_lexicons

LAYERS = ("tokens", "markers", "attributions")
TABLES = ("parquet", "csv", "jsonl")
TEXTS = ("conllu", "vertical", "tei")
FORMATS = (*TABLES, *TEXTS, "standoff")
_SUFFIXES = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".conllu": "conllu",
    ".vrt": "vertical",
    ".vert": "vertical",
    ".xml": "tei",
}


def annotate_with(documents: pl.DataFrame, policy: str = "default", lexicons: tuple[Path, ...] = ()) -> Annotation:
    """The annotation of the documents, with these lexicons of the user's; importable by workers."""
    return annotate(documents, policy=policy, lexicon=lexicon(lexicons))


@functools.cache
def lexicon(paths: tuple[Path, ...]) -> Lexicon:
    """The built-in lexicons with these of the user's; read once a process."""
    return load_lexicons(paths)


def annotated(
    documents: pl.DataFrame, workers: int = 1, policy: str = "default", lexicons: tuple[Path, ...] = ()
) -> Iterator[Annotation]:
    """The annotation of the documents, batch by batch in their order."""
    size = max(1, int(documents["text"].str.len_chars().sum() or 0))
    found = each(partial(annotate_with, policy=policy, lexicons=lexicons), batches(documents), workers)
    yield from track(found, "annotating", total=size // 2_000_000 + 1)


def write(
    documents: pl.DataFrame,
    out: Path,
    layers: str,
    format_: str | None,
    workers: int = 1,
    lexicons: tuple[Path, ...] = (),
) -> list[Path]:
    """The files written: the wanted layers of the documents' annotation in the wanted format.

    Everything that can be wrong about layers, format and place is refused before the work begins.
    """
    wanted = _layers(layers)
    if format_ is not None and format_ not in FORMATS:
        raise unknown("format", format_, FORMATS, "--format")
    if format_ is None and out.suffix and out.suffix.lower() not in _SUFFIXES:
        raise DiscourseError(
            f"--out {out}: no format for {out.suffix!r}; known: {', '.join(_SUFFIXES)}, or name one with --format"
        )
    format_ = format_ or _SUFFIXES.get(out.suffix.lower(), "parquet")
    one_file = format_ == "standoff" or format_ in TEXTS or len(wanted) == 1
    if format_ in TEXTS and "tokens" not in wanted:
        raise DiscourseError(f"--format {format_} holds tokens; leave --layers out or name tokens")
    lexicon(lexicons)
    writable(out if one_file else out / "tokens", out)
    if not one_file and out.suffix:
        say(f"several layers make a folder: {out}")
    parts = list(annotated(documents, workers, lexicons=lexicons))
    if format_ == "standoff":
        lines = (standoff_lines(part.documents, part.markers, part.attributions) for part in parts)
        return [write_text(out, "".join(lines))]
    if format_ in TEXTS:
        from discourse.language.formats import render

        return [write_text(out, render(format_, documents, _whole(parts, "tokens")))]
    if len(wanted) == 1:
        return [export(_whole(parts, wanted[0]), out, format_)]
    names = [*wanted, "speakers"] if "attributions" in wanted else wanted
    return _together(out, {f"{name}.{format_}": _whole(parts, name) for name in names}, format_)


def _together(out: Path, tables: dict[str, pl.DataFrame], format_: str) -> list[Path]:
    """The files in the folder `out`: all are written aside before the first takes its place."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".", dir=out) as aside:
        written = [export(table, Path(aside) / name, format_) for name, table in tables.items()]
        return [path.replace(out / path.name) for path in written]


def _layers(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in (*LAYERS, "all"):
            raise unknown("layer", name, (*LAYERS, "all"), "--layers")
    if not names:
        raise DiscourseError(f"--layers is empty; known: {', '.join((*LAYERS, 'all'))}")
    return [name for name in LAYERS if "all" in names or name in names]


def _whole(parts: list[Annotation], table: str) -> pl.DataFrame:
    frames = [getattr(part, table) for part in parts]
    return pl.concat(frames) if frames else empty(table)
