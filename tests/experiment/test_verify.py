"""Verification and comparison of runs: what differs, by how much, and from which step on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from discourse.cli.app import call
from discourse.core.errors import DiscourseError
from discourse.experiment.cache import Store
from discourse.experiment.compare import cells
from discourse.experiment.diff import diff
from discourse.experiment.run import run
from discourse.experiment.verify import verify


def test_a_run_comes_out_the_same_on_another_number_of_workers(small: Path, tmp_path: Path) -> None:
    made = run(small, tmp_path / "r", store=Store(tmp_path / "cache"))
    found = verify(tmp_path / "r", workers=2)
    assert found.good
    assert found.compared == len(made.record["outputs"])


def test_an_edited_table_is_named(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(small, tmp_path / "r", store=Store(tmp_path / "cache"))
    table = tmp_path / "r" / "tables" / "markers.csv"
    table.write_text(table.read_text() + "x")
    assert call(["verify", str(tmp_path / "r"), "--workers", "1"]) == 1
    out = capsys.readouterr().out
    assert "wanting: tables/markers.csv: edited since the run\n" in out
    assert "differs" not in out


def test_a_table_that_the_run_did_not_make_is_named(small: Path, tmp_path: Path) -> None:
    run(small, tmp_path / "r", store=Store(tmp_path / "cache"))
    (tmp_path / "r" / "tables" / "obca.csv").write_text("a\n1\n")
    assert verify(tmp_path / "r").edited == {"tables/obca.csv": "not of the run"}


def test_results_that_differ_are_named_with_the_step_they_begin_at(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(small, tmp_path / "r", store=Store(tmp_path / "cache"))
    lexicon = tmp_path / "r" / "experiment" / "mine.toml"
    lexicon.write_text(lexicon.read_text().replace('pattern = "rzeka"', 'pattern = "rzeka | most"'))
    assert call(["verify", str(tmp_path / "r"), "--workers", "1"]) == 1
    out = capsys.readouterr().out
    assert "wanting: experiment/mine.toml: edited since the run\n" in out
    assert "results differ from step 'markers' on\n" in out
    assert "differs: tables/markers.csv: " in out
    assert "figures/topics" not in out


def test_runs_of_other_settings_differ_where_these_are_used(small: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    run(small, tmp_path / "a", store=store)
    run(small, tmp_path / "b", store=store, changes=["contrasts.draws=200"])
    found = diff(tmp_path / "a", tmp_path / "b")
    assert found.inputs["settings.contrasts.draws"] == (100, 200)
    assert found.since == "section contrasts"
    assert set(found.tables) == {"tables/contrasts.csv"}
    assert diff(tmp_path / "a", tmp_path / "a").same


def test_diff_as_json_and_its_status(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(tmp_path / "cache")
    run(small, tmp_path / "a", store=store)
    run(small, tmp_path / "b", store=store, changes=["language=pl"])
    assert call(["diff", str(tmp_path / "a"), str(tmp_path / "b"), "--json", "--exit-code"]) == 1
    assert json.loads(capsys.readouterr().out)["inputs"]["settings.language"] == ["en", "pl"]
    assert call(["diff", str(tmp_path / "a"), str(tmp_path / "a"), "--exit-code"]) == 0


def test_cells_are_compared_by_the_texts_of_their_rows() -> None:
    found = cells(b"measure,mean\nhedges,1.0\nboosters,2.0\n", b"measure,mean\nboosters,2.5\nhedges,1.0\nothers,1\n")
    assert (found.changed, found.cells, found.largest) == (1, 4, 0.2)
    assert str(found) == "1 new: others; 1 of 4 cells, by at most 20%; boosters, mean: 2.0 → 2.5"


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DiscourseError, match="no run there; name the folder of a run"):
        diff(tmp_path, tmp_path)


def test_the_folder_of_a_sweep_says_which_runs_it_holds(small: Path, tmp_path: Path) -> None:
    for seed in (1, 2):
        run(small, tmp_path / "s" / f"seed={seed}", store=Store(tmp_path / "cache"), changes=[f"seed={seed}"])
    with pytest.raises(DiscourseError, match="holds the runs of a sweep; name one: seed=1, seed=2"):
        verify(tmp_path / "s")
