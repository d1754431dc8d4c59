"""The steps that stand for texts which are not at hand: frozen measures in the place of layers, frozen results in the
place of analyses that read more than measures."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.files import sha256
from discourse.core.schema import TABLES
from discourse.corpus.select import select
from discourse.experiment.analyses import Analysis, asked
from discourse.experiment.code import code
from discourse.experiment.config import Experiment
from discourse.experiment.frozen import Frozen
from discourse.experiment.gather import Part
from discourse.experiment.layers import pack
from discourse.experiment.results import recalled, result_files, result_key
from discourse.experiment.stored import pack_section, stored

if TYPE_CHECKING:
    from discourse.experiment.steps import Steps


def thaw(steps: Steps, part: Part, frozen: Frozen) -> None:
    """The step that takes the frozen tables of a part, of the documents that it selects."""
    ingredients = {
        **code(["discourse.experiment.frozen", "discourse.corpus.select"]),
        f"frozen measures of {part.corpus.name}": frozen.digest,
        "setting corpora": json.dumps([part.name, vars(part.selection)], ensure_ascii=False, sort_keys=True),
        "setting seed": str(steps.experiment.seed),
        "setting measures": ", ".join(steps.how.measures),
    }
    work = partial(_thawed, part, frozen, steps.experiment, steps.how.measures)
    what = f"frozen measures in the place of texts: {part.corpus.manifest.title}"
    outputs = steps.walk.step(f"read {part.name}", what, ingredients, work, kind="thaw")
    if outputs is None:
        steps.done = False
        return
    steps.metadata[part.name] = outputs["documents"]
    steps.frozen[part.name] = outputs
    steps.texts[part.name] = []


def recall(steps: Steps, analysis: Analysis) -> None:
    """The step that takes the frozen result of an analysis; where there is none, a section that says so."""
    from discourse.experiment.steps import settings_of

    near = steps.found.near
    key = result_key(steps, settings_of(steps.experiment, analysis))
    files = {name: sha256(path) for name, path in (result_files(near) if near else {}).items()
             if name.split("/")[1] == analysis.key}  # fmt: skip
    ingredients = {**code(["discourse.experiment.results"]), **files, "key": json.dumps(key)}

    def work() -> dict[str, bytes]:
        found = recalled(near, analysis.key, key)
        if isinstance(found, dict):
            return found
        from discourse.experiment.section import Section

        return pack_section(Section(analysis.key, wanting=[f"{analysis.key}: {found}"]))

    what = f"frozen result in the place of texts: {asked(steps.experiment, analysis)}"
    outputs = steps.walk.step(f"section {analysis.key}", what, ingredients, work, kind=f"recall {analysis.key}")
    if outputs is None:
        steps.done = False
    elif (section := stored(steps.walk.store, outputs)) is not None:
        steps.sections.append(section)


def _thawed(part: Part, frozen: Frozen, experiment: Experiment, measures: tuple[str, ...]) -> dict[str, bytes]:
    tables = frozen.tables()
    if lacking := [name for name in measures if name not in frozen.record["measures"]]:
        raise DiscourseError(f"corpus {part.corpus.name!r}: its frozen measures have no {lacking[0]!r}; measure it "
                             "from its texts (--data), or leave that measure out")  # fmt: skip
    whole = tables.pop("documents").with_columns(pl.lit(part.name).alias("corpus"))
    documents = select(whole, part.selection, experiment.seed, f"experiment {experiment.name!r}, corpus {part.name!r}")
    kept = {name: table.filter(pl.col("doc_id").is_in(documents["doc_id"].implode())) for name, table in tables.items()}
    kept["measures"] = kept["measures"].filter(pl.col("measure").is_in(list(measures)))
    first = list(TABLES["documents"])[:2]
    return {"documents": pack(documents.select(*first, pl.exclude(first))),
            **{name: pack(table) for name, table in kept.items()}}  # fmt: skip
