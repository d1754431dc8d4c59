"""The paper: a function of its runs. Its experiments are run, their tables gathered as JSON, its text set by typst.

The text (`paper/*.typ`) has no number of its own: it reads them from the tables by functions of `paper/lib.typ`, and
the build stops where a row that it names is not there.
"""

from __future__ import annotations

import inspect
import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.files import write_bytes, write_text
from discourse.core.progress import say
from discourse.corpus.manifest import find
from discourse.experiment.run import Run, run
from discourse.measures import MEASURES
from discourse.report.labels import CATEGORY_LABELS, COLUMN_LABELS, FAMILY_LABELS, ROLE_LABELS, TYPE_LABELS, Text
from discourse.statistics.place import place

_REPOSITORY = Path(__file__).resolve().parents[2]
#: Where the paper's source and its experiments are.
SOURCE = _REPOSITORY / "paper"
EXPERIMENTS = _REPOSITORY / "experiments" / "paper"
_MORE: Mapping[str, Text] = {
    "micro": {"en": "all markers"}, "matched": {"en": "all, matched"}, "cues": {"en": "cues, exact span"},
    "content": {"en": "content, by character"}, "sources": {"en": "sources, by overlap"},
    "any marker": {"en": "all markers"}, "any content": {"en": "content, all types"},
    "press-outlets": {"en": "outlets"}, "press-events": {"en": "events"}, "sejm": {"en": "parliament"},
}  # fmt: skip
#: The level of all intervals: the default of every function that makes one.
LEVEL = float(inspect.signature(place).parameters["level"].default)
#: The font of figures in the paper: one that the compiler carries, as it does not read those of the machine.
_FONT = "Libertinus Serif"


@dataclass(frozen=True)
class Built:
    """The paper, the runs that it was made of, and what they could not do."""

    pdf: Path
    runs: Mapping[str, Run]
    wanting: list[str] = field(default_factory=list)


def build(
    out: Path, *, data: Path | None = None, workers: int = 1, from_texts: bool = False, source: Path = SOURCE,
    experiments: Path = EXPERIMENTS,
) -> Built:
    """Run the paper's experiments into `out/runs` and set `out/paper.pdf` from their tables and figures.

    Runs are made from frozen measures and results, unless `from_texts`. The same runs give the same bytes. Raises
    `DiscourseError` where an experiment could not do all that it asks for, or the text names a number that no run has.
    """  # fmt: skip
    done: dict[str, Run] = {}
    for name, folder in named(experiments).items():
        say(f"  {name}")
        done[name] = run(folder, out / "runs" / name, data=data, workers=workers, prefer_frozen=not from_texts)
    wanting = [f"{name}: {line}" for name, one in done.items() for line in one.record["wanting"]]
    if wanting:
        more = f" (and {len(wanting) - 1} more)" if len(wanting) > 1 else ""
        raise DiscourseError(f"the paper lacks a result: {wanting[0]}{more}")
    return Built(typeset({name: one.folder for name, one in done.items()}, out, source), done)


def named(experiments: Path) -> dict[str, Path]:
    """Name → folder of every experiment of the paper."""
    found = {path.parent.name: path.parent for path in sorted(experiments.glob("*/experiment.toml"))}
    if not found:
        raise DiscourseError(f"{experiments}: no experiment there; the paper is built in a clone of the repository")
    return found


def typeset(runs: Mapping[str, Path], out: Path, source: Path = SOURCE) -> Path:
    """`out/paper.pdf`: the source set with the tables and figures of these runs, which stay in `out/generated`."""
    import typst

    if not (source / "paper.typ").is_file():
        raise DiscourseError(f"{source}: no paper.typ there; the paper is built in a clone of the repository")
    with _workshop(source) as place:
        write_text(place / "generated" / "numbers.json", numbers(runs))
        for name, folder in runs.items():
            for figure in sorted((folder / "figures").glob("*.svg")):
                drawn = re.sub(r'font-family="[^"]*"', f'font-family="{_FONT}"', figure.read_text(encoding="utf-8"))
                write_text(place / "generated" / "runs" / name / "figures" / figure.name, drawn)
        try:
            pdf = typst.compile(place / "paper.typ", root=place, ignore_system_fonts=True, timestamp=0)
        except typst.TypstError as error:
            raise DiscourseError(f"{source / 'paper.typ'}: {error}") from None
        generated = out / "generated"
        shutil.rmtree(generated, ignore_errors=True)
        out.mkdir(parents=True, exist_ok=True)
        shutil.copytree(place / "generated", generated)
    return write_bytes(out / "paper.pdf", bytes(pdf or b""))


def numbers(runs: Mapping[str, Path]) -> str:
    """The tables of the runs as JSON: run → table → rows, and what keys are called."""
    tables = {name: {path.stem: _rows(path) for path in sorted((folder / "tables").glob("*.csv"))}
              for name, folder in sorted(runs.items())}  # fmt: skip
    records = {name: json.loads((folder / "run.json").read_bytes()) for name, folder in sorted(runs.items())}
    return json.dumps({
        "runs": tables,
        "settings": {name: record["settings"] for name, record in records.items()},
        "made": {name: _made(record) for name, record in records.items()},
        "method": {"level": round(100 * LEVEL), "measures": len(MEASURES.names())},
        "labels": _labels(records.values()),
    }, ensure_ascii=False, indent=1) + "\n"  # fmt: skip


def _made(record: Mapping[str, Any]) -> dict[str, Any]:
    """What of a run's record the paper may tell, and what is the same on every machine."""
    return {
        "discourse": record["sources"]["discourse"],
        "dictionary": record["sources"]["dictionary"],
        "frozen": sorted(record["frozen"]),
        "documents": sum(corpus["documents"] for corpus in record["corpora"]),
    }


def _rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a table, numbers as numbers, missing cells as null."""
    frame = pl.read_csv(io.BytesIO(path.read_bytes()), infer_schema_length=None)
    floats = [name for name, dtype in frame.schema.items() if dtype.is_float()]
    rows = frame.with_columns(pl.col(name).fill_nan(None) for name in floats).to_dicts()
    return [{name: _listed(value) for name, value in row.items()} for row in rows]


def _listed(value: Any) -> Any:
    """A cell that holds a list, as the words of it; any other as it is."""
    if isinstance(value, str) and value.startswith('["'):
        return ", ".join(map(str, json.loads(value)))
    return value


def _labels(records: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What keys are called, those of the corpora's groups included."""
    texts = {**FAMILY_LABELS, **COLUMN_LABELS, **TYPE_LABELS, **CATEGORY_LABELS, **ROLE_LABELS, **_MORE}
    for name in dict.fromkeys(corpus["corpus"] for record in records for corpus in record["corpora"]):
        for names in find(name).manifest.labels.values():
            texts |= {key: dict(text) for key, text in names.items()}
    return {**{name: text["en"] for name, text in texts.items()},
            **{name: MEASURES.get(name).en for name in MEASURES},
            **{f"family-{name}": MEASURES.get(name).family for name in MEASURES}}  # fmt: skip


@contextmanager
def _workshop(source: Path) -> Iterator[Path]:
    """A copy of the source to which what is generated is added: typst sees one folder, and always the same names."""
    with tempfile.TemporaryDirectory(prefix="discourse-paper-") as name:
        place = Path(name)
        for path in sorted(source.iterdir()):
            if path.suffix in (".typ", ".bib"):
                shutil.copyfile(path, place / path.name)
        yield place
