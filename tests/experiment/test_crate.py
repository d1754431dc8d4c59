"""The crate of a run: what its profile asks for, and every file of the run by its digest."""

from __future__ import annotations

import json
from pathlib import Path

from rocrate.rocrate import ROCrate

from discourse.experiment.crate import metadata
from discourse.experiment.run import run


def test_a_run_is_a_workflow_run_crate(small: Path, tmp_path: Path) -> None:
    made = run(small, tmp_path / "r")
    crate = ROCrate(tmp_path / "r")
    assert crate.mainEntity.id == "experiment/experiment.toml"
    assert "ComputationalWorkflow" in crate.mainEntity.type
    assert {one.id for one in crate.root_dataset["conformsTo"]} >= {"https://w3id.org/ro/wfrun/workflow/0.5"}
    action = crate.get("#run")
    assert action.type == "CreateAction"
    assert action["instrument"].id == crate.mainEntity.id
    assert {one.id for one in action["object"]} == {"#corpus-tiny"}
    results = {one.id: one["sha256"] for one in action["result"]}
    assert results == {n: sha for n, sha in made.record["outputs"].items() if not n.startswith("experiment/")}
    for name in results:
        assert (tmp_path / "r" / name).is_file()


def test_the_crate_of_a_record_is_always_the_same(small: Path, tmp_path: Path) -> None:
    made = run(small, tmp_path / "r")
    text = metadata(made.record, {})
    assert text == metadata(made.record, {})
    assert len(json.loads(text)["@graph"]) > len(made.record["outputs"])
