"""Experiment files: one extends another, values are swept, mistakes are named before anything runs."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from discourse.cli.app import call
from discourse.core.errors import DiscourseError
from discourse.corpus.select import Selection
from discourse.experiment.config import Experiment, read_experiment
from discourse.experiment.file import merged, points
from discourse.experiment.new import schema

ROOT = Path(__file__).resolve().parents[2]


def test_tables_are_merged_values_replaced_analyses_taken_away() -> None:
    below = {"seed": 1, "groups": ["genre"], "topics": {"k": 8, "terms": 5}, "place": {"by": []}}
    above = {"groups": ["outlet"], "topics": {"k": 4}, "place": False}
    assert merged(below, above) == {"seed": 1, "groups": ["outlet"], "topics": {"k": 4, "terms": 5}}


def test_an_experiment_extends_another_with_its_lexicons(small: Path) -> None:
    other = small.parent / "wider"
    other.mkdir()
    text = 'extends = "../small"\nname = "wider"\ntopics = false\ncontrasts.draws = 500'
    (other / "experiment.toml").write_text(text)
    found = read_experiment(other)
    assert (found.name, found.topics, found.contrasts and found.contrasts.draws) == ("wider", None, 500)
    assert (other / found.annotation.lexicons[0]).resolve() == small / "mine.toml"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('extends = "../small"', "key 'name' is missing"),
        ('extends = "../smal"\nname = "x"', "extends '../smal', but there is no experiment at"),
        ('extends = "experiment.toml"\nname = "x"', "an experiment cannot extend itself"),
        ('extends = "../small"\nname = "x"\nplace = { by = [] }', "needs a 'study'"),
        ('extends = "../small"\nname = "x"\nmeasures = ["hedge_rates"]', "did you mean 'hedge_rate'"),
        ('extends = "../small"\nname = "x"\ncorpora = ["tiny", "tiny"]', "'tiny' is there twice"),
        ('extends = "../small"\nname = "x"\nkeyness = { by = "genre", off = "lemma" }', "did you mean 'of'"),
        ('extends = "../small"\nname = "x"\ncorpora = [{ name = "tiny", each = 2 }]', "'each' needs 'by'"),
        ('extends = "../small"\nname = "x"\ncorpora = [{ name = "tiny", number = 2, share = 0.5 }]', "choose one"),
        ('extends = "../small"\nname = "x"\ncontrasts.cluster = "genre"', "are the same column"),
    ],
)
def test_mistakes_are_named(small: Path, text: str, message: str) -> None:
    other = small.parent / "other"
    other.mkdir()
    (other / "experiment.toml").write_text(text)
    with pytest.raises(DiscourseError, match=message):
        read_experiment(other)


def test_a_corpus_by_name_and_a_part_of_it(small: Path) -> None:
    part = '{ name = "tiny", as = "wires", where = { genre = "depesza" }, since = 2020, number = 1 }'
    whole, wires = read_experiment(small, [f'corpora=["tiny", {part}]']).corpora
    assert (whole.called, whole.selection) == ("tiny", Selection())
    assert (wires.called, wires.selection) == ("wires", Selection({"genre": ["depesza"]}, since="2020", number=1))


def test_every_combination_is_a_point_of_the_sweep() -> None:
    found = points({"topics.k": [2, 3], "topics.engine": ["sklearn-nmf"]})
    assert found[1] == (
        "topics.k=3_topics.engine=sklearn-nmf", ["topics.k=3", 'topics.engine="sklearn-nmf"', "sweep={}"],
    )  # fmt: skip


def test_a_sweep_makes_a_run_a_point_and_tables_of_all(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCOURSE_CACHE", str(tmp_path / "cache"))
    arguments = ["run", str(small), "--workers", "1", "--out", str(tmp_path / "r"), "--set", "sweep={seed=[1, 2]}"]
    assert call(arguments) == 0
    assert (tmp_path / "r" / "seed=1" / "run.json").is_file()
    lines = (tmp_path / "r" / "tables" / "contrasts.csv").read_text().splitlines()
    assert lines[0].startswith("seed,measure,")
    assert {line.split(",")[0] for line in lines[1:]} == {"1", "2"}
    assert call([*arguments[:-1], "sweep={seed=[1, -2]}"]) == 2
    assert "sweep, point seed=-2: " in capsys.readouterr().err


def test_a_new_experiment_is_valid_and_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(["new", "experiment", "moje"]) == 0
    assert read_experiment(tmp_path / "experiments" / "moje").keyness is not None
    commented = (tmp_path / "experiments" / "moje" / "experiment.toml").read_text()
    used = [line.removeprefix("# ") for line in commented.splitlines() if " = " in line or "[" in line.split("#")[-1]]
    assert 'from = "genre"' in used
    for line in used:
        if " = " in line and not line.startswith(("#", " ")):
            tomllib.loads(line)
    assert call(["new", "experiment", "moje"]) == 2
    assert "is there already" in capsys.readouterr().err


def test_the_schema_beside_the_guides_is_that_of_the_code() -> None:
    assert (ROOT / "docs" / "experiment.schema.json").read_text(encoding="utf-8") == schema()
    assert set(json.loads(schema())["properties"]) == {
        "extends", *(field.alias or name for name, field in Experiment.model_fields.items()),
    }  # fmt: skip


def test_a_plan_of_a_sweep_shows_each_point_and_refuses_a_wrong_one(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["plan", str(small), "--set", "sweep={seed=[1, 2]}"]) == 0
    out = capsys.readouterr().out
    assert "point seed=1\n" in out
    assert "point seed=2\n" in out
    assert call(["plan", str(small), "--set", "sweep={sed=[1]}"]) == 2
    assert "sweep, point sed=1: " in capsys.readouterr().err


@pytest.mark.parametrize(
    "change", ['corpora=[{name="tiny",since="2021-13"}]', 'columns={t={from="date",since={a="2021-13"}}}']
)
def test_dates_that_do_not_exist_are_refused(small: Path, capsys: pytest.CaptureFixture[str], change: str) -> None:
    assert call(["plan", str(small), "--set", change]) == 2
    assert "since" in capsys.readouterr().err
