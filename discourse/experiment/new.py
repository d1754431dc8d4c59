"""A new experiment to begin from: a file with every setting, explained, that runs as it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

from discourse.core.errors import DiscourseError
from discourse.core.files import write_text

_TEMPLATE = """\
# An experiment: what is asked, of which texts, by which analyses. Lines with # in front are settings that are not used;
# take the # away to use one. Every setting is in docs/guide-run.md.
#   discourse plan {place}        what would be done, what is cached, and why not
#   discourse run {place}         writes runs/{name}/report.html
name = "{name}"
seed = 1                    # all chance comes from it
language = "pl"             # pl or en: of tables, figures and the report
corpora = ["demo"]          # see: discourse corpus list
groups = ["genre"]          # metadata columns by which measures are described
# minimum_group = 5         # smaller groups are left out of comparisons
measures = ["all"]          # names of measures, families (stance, framing, lexical), or all
# study = "NAME"            # a corpus of one document, to be placed among the others with [place]
# extends = "../demo"       # settings that are not here come from that experiment; false takes one of its analyses away

[title]
pl = "{name}"
en = "{name}"

[question]
pl = "Czym różnią się grupy?"
en = "How do the groups differ?"

# A part of a corpus in place of its name: filters, a window of time, a sample.
# [[corpora]]
# name = "press-outlets"
# as = "luty"                                 # what the column corpus says of it
# where = {{ outlet = ["oko.press", "wpolityce.pl"] }}
# since = "2021-02"
# until = "2021-02"
# each = 100                                  # documents of each group of `by`; or number = 200, or share = 0.1
# by = "outlet"

# A column of groups made from another.
# [columns.kind]
# from = "genre"
# groups = {{ news = ["wire", "voices"], views = ["opinion", "analysis"] }}

# [annotation]
# lexicons = ["mine.toml"]  # markers, or words for who speaks, of your own, beside this file

[contrasts]                 # differences between groups, measure by measure
by = "genre"
pairs = "each-to-rest"      # or all
draws = 1000                # of the bootstrap
# cluster = "outlet"        # draw these instead of documents

[keyness]                   # what each group says more often
by = "genre"
of = "lemma"                # ngram2, ngram3, marker, speaker
pos = ["content"]

# [topics]
# k = 8

# [classifier]
# target = "genre"

# Every combination of these values is a run of its own, in runs/{name}/<point>/.
# [sweep]
# "topics.k" = [4, 8, 12]
"""


def new_experiment(name: str, folder: Path) -> Path:
    """The file `<folder>/<name>/experiment.toml`, newly written; raises `DiscourseError` where there is one."""
    if not re.fullmatch("[a-z0-9][a-z0-9-]*", name):
        raise DiscourseError(f"{name!r} is no name for an experiment: lower case letters, digits and hyphens")
    path = folder / name / "experiment.toml"
    if path.exists():
        raise DiscourseError(f"{path} is there already; choose another name")
    return write_text(path, _TEMPLATE.format(name=name, place=path.parent))


def schema() -> str:
    """The JSON Schema of experiment files, for editors."""
    from discourse.experiment.config import Experiment

    found = Experiment.model_json_schema(by_alias=True)
    part = found["$defs"]["CorpusPart"]
    # what is written short: a corpus by its name, one value of a filter, a date as TOML has it
    found["properties"]["corpora"]["items"] = {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/CorpusPart"}]}
    for name in ("where", "without"):
        values = part["properties"][name]["additionalProperties"]
        part["properties"][name]["additionalProperties"] = {"anyOf": [{"type": "string"}, values]}
    extends = {"type": "string", "description": "Another experiment, whose settings hold where this one gives none."}
    found["properties"] = {"extends": extends, **found["properties"]}
    for name, inner in found["properties"].items():
        if any(option.get("type") == "null" for option in inner.get("anyOf", [])):
            inner["anyOf"].append({"const": False, "description": f"Takes the {name} of the extended experiment away."})
    # an experiment that extends another gives its name and what is other
    found["if"] = {"required": ["extends"]}
    found["then"] = {"required": ["name"]}
    found["else"] = {"required": found.pop("required")}
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "An experiment of discourse", **found}
    return json.dumps({**whole, "title": "An experiment of discourse"}, ensure_ascii=False, indent=2) + "\n"
