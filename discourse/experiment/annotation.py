"""Whole corpora annotated batch by batch, and written in the formats that users ask for."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from discourse.attribution.annotate import Annotation, annotate
from discourse.attribution.entries import of_voices
from discourse.attribution.lexicon import Lexicon as Voices
from discourse.attribution.lexicon import load_lexicon
from discourse.core.errors import DiscourseError, unknown
from discourse.core.files import writable
from discourse.core.progress import say
from discourse.experiment import dataset
from discourse.experiment.engines import Engine
from discourse.markers.lexicon import Lexicon, load_lexicons

LAYERS = ("tokens", "markers", "attributions")  # `all`
MORE = ("measures",)
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
    return annotate(documents, policy=policy, lexicon=lexicon(lexicons), voices=voices(lexicons))


@functools.cache
def lexicon(paths: tuple[Path, ...]) -> Lexicon:
    """The built-in markers with those of the user's files that hold markers; read once a process."""
    return load_lexicons([path for path in paths if not of_voices(path)])


@functools.cache
def voices(paths: tuple[Path, ...]) -> Voices:
    """The built-in words for who speaks with those of the user's files that hold such; read once a process."""
    return load_lexicon([path for path in paths if of_voices(path)])


def write(
    documents: Iterable[pl.DataFrame],
    out: Path,
    layers: str,
    format_: str | None,
    engine: Engine | None = None,
    lexicons: tuple[Path, ...] = (),
    *,
    partitioned: bool = False,
) -> list[Path]:
    """The files (or folders of parts) written: the wanted layers of the documents' annotation in the wanted format.

    The documents come in batches, and memory does not grow with their number. Everything that can be wrong about
    layers, format and place is refused before the work begins. What is finished when the work is cut off stays, beside
    the file or in the folder, and is not made again. `partitioned`: each layer is a folder of files, one a batch.
    """
    wanted = _layers(layers)
    if format_ is not None and format_ not in FORMATS:
        raise unknown("format", format_, FORMATS, "--format")
    if format_ is None and out.suffix and out.suffix.lower() not in _SUFFIXES:
        raise DiscourseError(
            f"--out {out}: no format for {out.suffix!r}; known: {', '.join(_SUFFIXES)}, or name one with --format"
        )
    format_ = format_ or _SUFFIXES.get(out.suffix.lower(), "parquet")
    text = format_ == "standoff" or format_ in TEXTS
    one_file = (text or len(wanted) == 1) and not partitioned
    if format_ in TEXTS and "tokens" not in wanted:
        raise DiscourseError(f"--format {format_} holds tokens; leave --layers out or name tokens")
    lexicon(lexicons), voices(lexicons)
    new = not out.exists()
    writable(out if one_file else out / "dataset.json", out)
    if not one_file and out.suffix:
        say(f"several layers make a folder: {out}" if not partitioned else f"parts make a folder: {out}")
    tables = (format_,) if text else (*wanted, *(["speakers"] if "attributions" in wanted and not one_file else []))
    aside = out.parent / f".{out.name}.parts" if one_file else out / ".parts"
    folder = (out if partitioned else aside).resolve()
    try:
        with dataset.claimed(folder, out):
            try:
                (folder / "dataset.json").unlink(missing_ok=True)
                spooled = dataset.spool(documents, folder)
                order = dataset.Order(folder, tables, format_, spooled.columns, lexicons=lexicons)
                marks = dataset.make_all(order, spooled, engine or Engine())
                if partitioned:
                    dataset.describe(order, marks)
                    return [folder / table for table in ("documents", *tables)]
                if one_file:
                    written = [dataset.join(order, tables[0], len(marks), out)]
                else:
                    joined = [dataset.join(order, name, len(marks), folder / f"{name}.{format_}") for name in tables]
                    written = [path.replace(out / path.name) for path in joined]
                shutil.rmtree(folder)
                return written
            finally:
                if not partitioned and not any(folder.glob(f"{dataset.MARKS}/*.json")):
                    shutil.rmtree(folder, ignore_errors=True)  # nothing is finished: nothing to go on from
    finally:
        if new and not one_file and out.is_dir() and not any(out.iterdir()):
            out.rmdir()  # what was refused leaves no folder


def _layers(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in (*LAYERS, *MORE, "all"):
            raise unknown("layer", name, (*LAYERS, *MORE, "all"), "--layers")
    if not names:
        raise DiscourseError(f"--layers is empty; known: {', '.join((*LAYERS, *MORE, 'all'))}")
    return [name for name in (*LAYERS, *MORE) if name in names or ("all" in names and name in LAYERS)]
