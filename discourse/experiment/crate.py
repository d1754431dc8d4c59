"""The record of a run as a Workflow Run RO-Crate, for archives and programs that know nothing of `discourse`.

The profile is Workflow Run Crate 0.5 (https://w3id.org/ro/wfrun/workflow/0.5); the crate is the run's own folder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rocrate.rocrate import ROCrate

FILE = "ro-crate-metadata.json"
_PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": ("Process Run Crate", "0.5"),
    "https://w3id.org/ro/wfrun/workflow/0.5": ("Workflow Run Crate", "0.5"),
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": ("Workflow RO-Crate", "1.0"),
}
_FORMATS = {
    ".csv": "text/csv", ".md": "text/markdown", ".tex": "text/x-tex", ".typ": "text/x-typst", ".svg": "image/svg+xml",
    ".png": "image/png", ".pdf": "application/pdf", ".html": "text/html", ".parquet": "application/vnd.apache.parquet",
    ".json": "application/json", ".toml": "application/toml", ".py": "text/x-python", ".js": "text/javascript",
}  # fmt: skip


def metadata(record: Mapping[str, Any], sizes: Mapping[str, int]) -> str:
    """The text of `ro-crate-metadata.json` for a run with this record, whose files have these sizes."""
    from rocrate.model import ComputerLanguage, ContextEntity
    from rocrate.rocrate import ROCrate

    settings = record["settings"]
    language = settings["language"]
    crate = ROCrate()
    crate.name = settings["title"][language]
    crate.description = settings["question"][language]
    crate.datePublished = record["started"]
    crate.license = "Results belong to who made the run; texts are under the licences of their corpora"
    profiles = [crate.add(ContextEntity(crate, id_, {"@type": "CreativeWork", "name": name, "version": version}))
                for id_, (name, version) in _PROFILES.items()]  # fmt: skip
    crate.root_dataset["conformsTo"] = profiles
    program = crate.add(ContextEntity(crate, "#discourse", {
        "@type": "SoftwareApplication", "name": "discourse", "softwareVersion": record["sources"]["discourse"],
        "softwareRequirements": [f"{name}=={version}" for name, version in record["sources"]["libraries"].items()],
    }))  # fmt: skip
    toml = crate.add(ComputerLanguage(crate, "#experiment-file", {
        "name": "experiment file of discourse", "alternateName": "discourse", "url": "https://toml.io/",
    }))  # fmt: skip
    main = f"experiment/{record['experiment']['file']}"
    crate.add_file(main, main, properties={
        "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"], "name": settings["name"],
        "encodingFormat": "application/toml", "programmingLanguage": {"@id": toml.id},
        "sha256": record["experiment"]["sha256"], "contentSize": str(sizes.get(main, 0)),
    })  # fmt: skip
    crate.mainEntity = crate.get(main)
    results = []
    for name, sha in record["outputs"].items():
        if name == main:
            continue
        own = {"encodingFormat": _FORMATS.get(Path(name).suffix, "application/octet-stream"), "sha256": sha,
               "contentSize": str(sizes.get(name, 0))}  # fmt: skip
        file = crate.add_file(name, name, properties=own)
        if not name.startswith("experiment/"):
            results.append(file)
    texts = [_corpus(crate, corpus) for corpus in record["corpora"]]
    run = crate.add(ContextEntity(crate, "#run", {
        "@type": "CreateAction", "name": f"Run of {settings['name']}", "instrument": {"@id": main},
        "startTime": record["started"], "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"},
        "description": json.dumps({"seed": settings["seed"], "changes": record["experiment"]["changes"]}),
    }))  # fmt: skip
    run["object"] = texts
    run["result"] = results
    run["agent"] = [program]
    crate.root_dataset["mentions"] = [run]
    own = {"name": "the record of the run", "encodingFormat": "application/json"}
    crate.add_file("run.json", "run.json", properties=own)
    return json.dumps(crate.metadata.generate(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _corpus(crate: ROCrate, corpus: Mapping[str, Any]) -> Any:
    """A corpus that was read: named and counted, by the digests of its files; its texts are not in the crate."""
    from rocrate.model import ContextEntity

    files = []
    for at, (name, sha) in enumerate(corpus["files"].items()):
        own = {"@type": "CreativeWork", "name": name, "sha256": sha}
        files.append(crate.add(ContextEntity(crate, f"#text-{corpus['name']}-{at}", own)))
    made = crate.add(ContextEntity(crate, f"#corpus-{corpus['name']}", {
        "@type": "Collection", "name": corpus["name"], "size": corpus["documents"], "sha256": corpus["manifest"],
    }))  # fmt: skip
    made["hasPart"] = files
    return made
