"""The steps of an experiment in order, from texts to pages: a plan looks for them, a run makes them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import polars as pl

from discourse.core.files import sha256
from discourse.core.progress import track
from discourse.corpus.store import locate
from discourse.corpus.stream import BATCH
from discourse.experiment import layers
from discourse.experiment.analyses import Analysis, asked, flat, seen, wanted
from discourse.experiment.cache import Ingredients, Outputs, digest
from discourse.experiment.code import code
from discourse.experiment.config import Experiment, validation_files
from discourse.experiment.engines import Engine
from discourse.experiment.frozen import TABLES as FROZEN
from discourse.experiment.gather import Gathered, Part, Sources, labels, with_columns
from discourse.experiment.layers import LAYERS, Making, pack, unpack
from discourse.experiment.reading import read
from discourse.experiment.stored import Stored, pack_section, stored
from discourse.experiment.thaw import recall, thaw
from discourse.experiment.walk import State, Walk, together

#: Tables of a run that programs read, beside those that people read.
DATA = ("documents", "measures", "markers", "attributions", "speakers")
_WHAT = {
    "tokens": "words and their readings",
    "attributions": "who says what, and in which role",
    "markers": "stance markers, and whose words they stand in",
    "measures": "{n} measures of every document",
    "counts": "words of every document",
}
#: What acts on a section only through its inputs and settings, or after it: drawing, printing, annotating.
_AROUND = ("discourse.report.figures", "discourse.report.tables", "discourse.experiment.gather",
           "discourse.experiment.config", "discourse.experiment.sections.__init__")  # fmt: skip
#: Settings that act through the texts and layers, or on the report alone.
_APART = frozenset({"name", "title", "question", "corpora", "annotation", "measures", "derived", "sweep"})


@dataclass
class Steps:
    """The steps of one experiment on a walk; what they made, as far as it is there, is in the attributes."""

    walk: Walk
    experiment: Experiment
    found: Sources
    data: Path | None
    how: Making
    engine: Engine = Engine()  # noqa: RUF009 - it cannot change
    texts: dict[str, list[str]] = field(default_factory=dict)  # part → digest of the text of each of its batches
    metadata: dict[str, str] = field(default_factory=dict)  # part → digest of its documents without text
    frozen: dict[str, Outputs] = field(default_factory=dict)  # part without texts → table → digest
    tables: dict[str, list[str]] = field(default_factory=dict)  # table → digests of its batches
    sections: list[Stored] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)  # path in the run → digest
    annotated: bool = False  # whether all layers of all batches are there
    done: bool = True  # whether everything is

    def go(self) -> None:
        """Walk all the way."""
        for part in self.found.all:
            self.read(part)
        self.annotate()
        for analysis in wanted(self.experiment):
            self.analyse(analysis)
        for section in self.sections:
            self.print_tables(section)
            self.draw(section)
        from discourse.experiment.pages import pages

        pages(self)

    # texts and layers

    def read(self, part: Part) -> None:
        """The documents of a part: their metadata, and their texts in batches; or its frozen tables."""
        if part.frozen is not None:
            thaw(self, part, part.frozen)
            return
        files = {f"text {place.file.path}": _file(place.path) for place in locate(part.corpus, self.data) if place.path}
        manifest = part.corpus.manifest
        files |= {f"text {name}": sha256(path) for name, path in part.corpus.beside.items()}
        ingredients = {
            **code(["discourse.corpus.stream", "discourse.corpus.select"]),
            **files,
            f"manifest of {part.corpus.name}": sha256(part.corpus.path),
            "setting corpora": json.dumps([part.name, vars(part.selection)], ensure_ascii=False, sort_keys=True),
            "setting batch": str(BATCH),
        }
        if any(value is not None for value in (part.selection.number, part.selection.share, part.selection.each)):
            ingredients["setting seed"] = str(self.experiment.seed)
        kind = "the studied document" if part == self.found.study else "a corpus"
        what = f"{kind}: {manifest.title}"
        with tempfile.TemporaryDirectory() as aside:
            work = partial(read, part, self.data, self.experiment, part == self.found.study, Path(aside))
            outputs = self.walk.step(f"read {part.name}", what, ingredients, work, kind="read")
        if outputs is None:
            self.done = False
            return
        self.metadata[part.name] = outputs["documents"]
        self.texts[part.name] = [outputs[f"text {at}"] for at in range(len(outputs) - 1)]

    def annotate(self) -> None:
        """All layers of all batches."""
        texts = [text for part in self.texts.values() for text in part]
        whole = len(self.texts) == len(self.found.all)
        if whole:
            _ = self.documents  # refused before the long work where a column is not there
        made = {text: layers.found(self.walk.store, text, self.how) for text in texts}
        states = {}
        for layer in LAYERS:
            state = State(layer, _WHAT[layer].format(n=len(self.how.measures)), of=len(texts))
            state.parts = sum(layer in one for one in made.values()) if texts else 0
            state.cached = whole and state.parts == len(made)
            states[layer] = state
            now = self._summary(layer, made)
            if not state.cached:
                before = self.walk.store.last(self.walk.run, layer)
                state.why = layers.reason(layer, before, now, made, whole)
        self.walk.states += states.values()
        missing = [text for text in dict.fromkeys(texts) if len(made[text]) < len(LAYERS)]
        if missing and self.walk.make:
            lacking = [layer for layer in LAYERS if not states[layer].cached]
            self.walk.notice(", ".join(lacking), self.walk.left(lacking[-1]))
            work = partial(layers.make, folder=self.walk.store.folder, how=self.how)
            parts = self.engine.upto(len(missing)).each(work, missing)
            tracked = track(parts, "annotating and measuring", len(missing))
            results = dict(zip(missing, tracked, strict=True))
            made |= {text: outputs for text, (outputs, _) in results.items()}
            for layer, state in states.items():
                state.cached = all(layer not in fresh for _, fresh in results.values())
                state.seconds = sum(fresh.get(layer, 0.0) for _, fresh in results.values()) / self.engine.workers
        self.annotated = whole and all(len(one) == len(LAYERS) for one in made.values())
        self.done &= self.annotated
        for layer in LAYERS:
            if self.walk.make:
                self.walk.store.remember(self.walk.run, layer, self._summary(layer, made))
            if whole and all(layer in one for one in made.values()):
                states[layer].output = together({f"{at} {name}": sha for at, text in enumerate(texts)
                                                 for name, sha in made[text][layer].items()})  # fmt: skip
        for part in self.found.all:  # in the order of the parts, whether measured now or before
            for name, sha in self.frozen.get(part.name, {}).items():
                self.tables.setdefault(name, []).append(sha)
            for text in self.texts.get(part.name, []):
                for outputs in made[text].values():
                    for output, sha in outputs.items():
                        self.tables.setdefault(output, []).append(sha)
        self.tables["text"] = texts
        self.tables.pop("documents", None)

    def _summary(self, layer: str, made: Mapping[str, Mapping[str, Outputs]]) -> Ingredients:
        """What the layer of all batches is made from, in a few digests."""
        inputs = {name: digest(json.dumps([one.get(name) for one in made.values()])) for name in LAYERS[layer]}
        return {
            **self.how.common[layer],
            "texts": digest(json.dumps(list(made))),
            **{f"input {name}": sha for name, sha in inputs.items()},
        }

    # tables that the analyses read

    @cached_property
    def documents(self) -> pl.DataFrame:
        """The documents of all parts with their metadata, the experiment's own columns included."""
        frames = [unpack(self.walk.store.read(sha)) for sha in self.metadata.values()]
        whole = pl.concat(frames, how="diagonal").with_columns(pl.col("title").fill_null(""))
        return with_columns(self.experiment, whole)

    @cached_property
    def study(self) -> str | None:
        """The id of the studied document."""
        if self.found.study is None:
            return None
        return str(unpack(self.walk.store.read(self.metadata[self.found.study.name]))["doc_id"][0])

    @cached_property
    def gathered(self) -> Gathered:
        """The tables, loaded when they are asked for."""
        kept: dict[str, pl.DataFrame] = {"documents": self.documents}

        def load(name: str) -> pl.DataFrame:
            if name not in kept:
                kept[name] = pl.concat(list(self.batches(name)))
            return kept[name]

        return Gathered(load, self.batches, labels(self.found), self.study, near=self.found.near)

    def batches(self, layer: str) -> Iterator[pl.DataFrame]:
        """A layer batch by batch."""
        for sha in self.tables[layer]:
            yield unpack(self.walk.store.read(sha))

    def input(self, table: str) -> str | None:
        """The digest of a table; None where it is not there."""
        if not self.annotated or (table != "documents" and table not in self.tables):
            return None
        if self.frozen and table not in FROZEN:
            return None
        return digest(pack(self.documents)) if table == "documents" else digest(json.dumps(self.tables[table]))

    # analyses and what is printed of them

    def analyse(self, analysis: Analysis) -> None:
        """A section, kept as data."""
        if self.frozen and not set(analysis.reads) <= set(FROZEN):
            recall(self, analysis)
            return
        experiment = seen(self.experiment, analysis)
        settings = settings_of(self.experiment, analysis)
        module = f"discourse.experiment.sections.{analysis.key}"
        inputs = {f"input {table}": self.input(table) for table in analysis.reads}
        known = all(sha is not None for sha in inputs.values())
        ingredients = {
            **code([module, "discourse.experiment.section"], _AROUND),
            **{f"setting {name}": json.dumps(value, ensure_ascii=False) for name, value in settings.items()},
            "setting measures": ", ".join(self.how.measures),
            **(gold_digests(self) if analysis.key == "validation" else {}),
            "labels": digest(json.dumps(labels(self.found), sort_keys=True)),
            **{name: sha or "" for name, sha in inputs.items()},
        } if known else None  # fmt: skip

        def work() -> dict[str, bytes]:
            from discourse.experiment.section import analysed

            gathered, note = self.gathered, None
            if (number := experiment.sample.get(analysis.key)) is not None:
                gathered = gathered.sampled(number, experiment.seed)
                note = _sampled(gathered.documents.height, self.gathered.documents.height)
            section = analysed(analysis.key, experiment, gathered.only(analysis.reads))
            if section is not None and note is not None:
                before = section.text or dict.fromkeys(note, "")
                section = replace(section, text={key: f"{line} {before[key]}".strip() for key, line in note.items()})
            return pack_section(section)

        after = "annotation"
        outputs = self.walk.step(f"section {analysis.key}", asked(self.experiment, analysis), ingredients, work,
                                 after=after)  # fmt: skip
        if outputs is None:
            self.done = False
        elif (section := stored(self.walk.store, outputs)) is not None:
            self.sections.append(section)

    def print_tables(self, section: Stored) -> None:
        """The tables of a section in all their forms."""
        ingredients = {
            **code(["discourse.report.tables"]),
            "setting language": self.experiment.language,
            f"input {section.key}": together(section.outputs),
        }

        def work() -> dict[str, bytes]:
            from discourse.report.tables import table_files

            return {name: blob for table in section.tables()
                    for name, blob in table_files(table, self.experiment.language).items()}  # fmt: skip

        what = f"{len(section.tables())} tables" if self.walk.make else "its tables"
        outputs = self.walk.step(f"tables {section.key}", what, ingredients, work, kind="tables")
        self.put("tables", outputs)

    def draw(self, section: Stored) -> None:
        """The figures of a section in all their forms."""
        for kind, sha, options in section.figures():
            drawn = {name: value for name, value in options.items() if name != "caption"}
            ingredients = {
                **code(["discourse.report.figures.base", f"discourse.report.figures.{kind}"]),
                "setting figure": json.dumps([kind, drawn], ensure_ascii=False, sort_keys=True),
                "input data": sha,
            }

            def work(kind: str = kind, sha: str = sha, options: Mapping[str, Any] = options) -> dict[str, bytes]:
                from discourse.report.figures import FIGURES, figure_files

                return figure_files(FIGURES.get(kind)(unpack(self.walk.store.read(sha)), **options))

            name = options["name"]
            outputs = self.walk.step(f"figure {name}", f"a figure of section {section.key}", ingredients, work,
                                     kind="figure")  # fmt: skip
            self.put("figures", outputs)

    def put(self, folder: str, outputs: Outputs | None) -> None:
        """Note the files that a step made, for the folder of the run."""
        if outputs is None:
            self.done = False
        else:
            self.files |= {f"{folder}/{name}".removeprefix("/"): sha for name, sha in outputs.items()}


def gold_digests(steps: Steps) -> dict[str, str]:
    """`gold <name>` → SHA-256 of every file of gold that is scored."""
    files = validation_files(steps.experiment, steps.found.near)
    return {f"gold {path.name}": sha256(path) for path in files if path.is_file()}


def settings_of(experiment: Experiment, analysis: Analysis) -> dict[str, Any]:
    """The settings that act on an analysis, by their full names."""
    return flat(seen(experiment, analysis).model_dump(mode="json", exclude=set(_APART)))


def _sampled(number: int, whole: int) -> dict[str, str]:
    """What is said of an analysis of a sample."""
    return {
        "pl": f"Na próbie {number} z {whole} dokumentów, losowanej ziarnem doświadczenia.",
        "en": f"On a sample of {number} of {whole} documents, drawn by the experiment's seed.",
    }


def _file(path: Path) -> str:
    from discourse.experiment.record import folder_digest

    return sha256(path) if path.is_file() else folder_digest(path)
