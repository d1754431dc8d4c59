"""Runs: whole, the same to the byte on any number of workers, and honest about what they could not do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from discourse.core.errors import DiscourseError
from discourse.corpus.manifest import find
from discourse.corpus.store import add
from discourse.experiment.cache import Store
from discourse.experiment.config import read_experiment
from discourse.experiment.engines.local import each
from discourse.experiment.run import Run, run
from discourse.measures import MEASURES
from discourse.report.tables import printed

DEMO = Path(__file__).resolve().parents[2] / "experiments" / "demo"
SEED = DEMO.parent / "seed-vs-press"


def digests(folder: Path) -> dict[str, str]:
    return json.loads((folder / "run.json").read_text())["outputs"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(DEMO, tmp_path_factory.mktemp("runs") / "demo", store=Store(tmp_path_factory.mktemp("kept")))


def test_every_document_and_measure_has_its_row(demo: Run) -> None:
    table = pl.read_parquet(demo.folder / "data" / "measures.parquet")
    assert table.height == 72 * len(MEASURES.names())
    assert table.filter(pl.col("value").is_null())["reason"].is_not_null().all()


def test_the_run_holds_tables_figures_report_and_record(demo: Run) -> None:
    files = {path.relative_to(demo.folder).as_posix() for path in demo.folder.rglob("*") if path.is_file()}
    for name in ("corpora", "measures-by-genre", "contrasts", "topics", "classifier", "cues", "markers"):
        assert {f"tables/{name}.{suffix}" for suffix in ("csv", "md", "tex")} <= files
    for name in ("contrasts", "roles-genre", "distribution-genre", "topics", "confusion"):
        assert {f"figures/{name}.{suffix}" for suffix in ("svg", "png", "pdf", "html", "csv")} <= files
    assert set(demo.record["outputs"]) | {"run.json", "ro-crate-metadata.json"} == files
    assert demo.record["wanting"] == []
    assert demo.record["corpora"][0]["documents"] == 72


def test_the_report_needs_no_network(demo: Run) -> None:
    page = (demo.folder / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    for attribute in ("src=", "@import", "<link"):
        assert f"{attribute}http" not in page.replace('"', "")


def test_two_workers_make_the_same_bytes(demo: Run, tmp_path: Path) -> None:
    again = run(DEMO, tmp_path / "again", workers=2)
    assert digests(again.folder) == digests(demo.folder)


def test_one_thread_makes_the_same_bytes(demo: Run, tmp_path: Path) -> None:
    code = f"from pathlib import Path; from discourse.experiment.run import run; run(Path({str(DEMO)!r}), Path('r'))"
    environment = {**os.environ, "POLARS_MAX_THREADS": "1"}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)
    assert digests(tmp_path / "r") == digests(demo.folder)


def test_groups_stand_in_the_order_of_their_labels(demo: Run) -> None:
    (headline,) = [section.headline for section in demo.sections if section.headline]
    assert headline.frame["group"].to_list() == ["analysis", "wire", "opinion", "release", "voices", "interview"]
    assert headline.frame.columns == ["group", "attributed_share", "expert_share", "hedge_rate", "booster_rate"]
    assert [row[0] for row in printed(headline)][:3] == ["analiza", "depesza", "komentarz"]


def test_every_heading_of_the_report_is_polish(demo: Run) -> None:
    headings = {
        column: table.heading(column, "pl")
        for section in demo.sections
        for table in [*section.tables, *section.more]
        for column in table.frame.columns
    }
    same = {column for column, heading in headings.items() if heading == column}
    assert same <= {"k", "n", "model", "p", "q", "g", "delta"} | {
        value for table in demo.sections[1].tables for value in table.frame.columns
    }


def test_batches_come_back_in_order_from_any_number_of_workers() -> None:
    assert list(each(abs, range(-20, 0), workers=2)) == list(each(abs, range(-20, 0), workers=1))


def test_what_cannot_be_done_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    changes = [
        "topics.k=100",
        "classifier.folds=20",
        'measures=["hedge_rate"]',
        "contrasts.draws=100",
        'groups=["genre"]',
    ]
    made = run(DEMO, tmp_path / "r", changes=changes)
    assert len(made.record["wanting"]) == 2
    assert made.record["wanting"][0].startswith("topics: table 'content': 100 topics for 72 documents")
    assert made.record["wanting"][1].startswith("classifier: ")
    assert (made.folder / "tables" / "contrasts.csv").is_file()
    assert "100 topics for 72 documents" in (made.folder / "report.html").read_text(encoding="utf-8")


def test_a_run_that_fails_leaves_the_earlier_one(demo: Run, tmp_path: Path) -> None:
    before = digests(demo.folder)
    with pytest.raises(DiscourseError, match="no document has the column 'mood'"):
        run(DEMO, demo.folder, changes=['groups=["mood"]'])
    assert digests(demo.folder) == before
    assert [path.name for path in demo.folder.parent.iterdir()] == ["demo"]


@pytest.mark.parametrize("name", ["notes.md", "tables/mine.csv", "run.json"])
def test_a_run_does_not_replace_files_that_are_not_its_own(tmp_path: Path, name: str) -> None:
    (tmp_path / "r" / "tables").mkdir(parents=True)
    (tmp_path / "r" / "run.json").write_text('{"outputs": {"report.html": ""}}')
    (tmp_path / "r" / name).write_text('{"mine": 1}')
    with pytest.raises(DiscourseError, match=rf"files that are no run or no part of it \({name}\)"):
        run(DEMO, tmp_path / "r")
    assert (tmp_path / "r" / name).read_text() == '{"mine": 1}'
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_a_link_to_a_folder_of_runs_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    changes = ["annotation.policy=first", 'measures=["words"]', "contrasts.draws=100", "topics.k=2"]
    made = run(DEMO, tmp_path / "link", changes=changes)
    assert made.folder == tmp_path / "link"
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "run.json").is_file()


def test_the_folder_that_one_stands_in_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DiscourseError, match=r"cannot write \.: you are inside it"):
        run(DEMO, Path())


def test_settings_are_changed_one_by_one() -> None:
    changed = read_experiment(DEMO, ["topics.k=3", "language=en", 'measures=["stance"]'])
    assert (changed.topics and changed.topics.k, changed.language) == (3, "en")
    assert changed.measure_names == [name for name in MEASURES if MEASURES.get(name).family == "stance"]


@pytest.mark.shared
def test_the_seed_among_the_embedded_articles(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    add(find("gazeta-2023-09-kim-putin"), shared / "seeds" / "gazeta-2023-09-kim-putin.txt")
    made = run(SEED, tmp_path / "r", changes=['corpora=["demo"]', 'place.by=["genre"]'])
    table = pl.read_csv(made.folder / "tables" / "place-full.csv")
    assert table.filter((pl.col("measure") == "expert_share") & (pl.col("group") == "all"))["percentile"].item() > 80
    assert set(table["group"]) == {"all", "analysis", "interview", "opinion", "release", "voices", "wire"}
    evidence = pl.read_csv(made.folder / "tables" / "study-speakers.csv")["evidence"].drop_nulls().str.join(" ").item()
    assert "(ekspert)" in evidence
    assert "(expert)" not in evidence
    page = (made.folder / "article.html").read_text(encoding="utf-8")
    assert "Marciniak" in page


@pytest.mark.shared
def test_missing_corpora_can_be_left_out(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    add(find("gazeta-2023-09-kim-putin"), shared / "seeds" / "gazeta-2023-09-kim-putin.txt")
    changes = ['corpora=["sejm", "demo"]', "place.by=[]", 'measures=["words"]', 'annotation.policy="first"']
    with pytest.raises(DiscourseError, match="--without-missing"):
        run(SEED, tmp_path / "r", changes=changes)
    made = run(SEED, tmp_path / "r", changes=changes, without_missing=True)
    assert list(made.record["left_out"]) == ["sejm"]


def test_an_analysis_of_a_sample_says_so_and_leaves_the_others(demo: Run, tmp_path: Path) -> None:
    made = run(DEMO, tmp_path / "r", changes=["sample.topics=30"], store=demo.steps.walk.store)
    (topics,) = [section for section in made.sections if section.key == "topics"]
    assert topics.text is not None
    assert topics.text["en"].startswith("On a sample of 30 of 72 documents")
    assert made.record["settings"]["sample"] == {"topics": 30}
    again = {step["step"]: step["cached"] for step in made.record["steps"]}
    assert (again["section topics"], again["section contrasts"]) == (False, True)
    with pytest.raises(DiscourseError, match="unknown analysis 'topic'.*topics"):
        read_experiment(DEMO, ["sample.topic=30"])


def test_contrasts_of_a_few_measures_at_a_time_are_those_of_all(demo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from discourse.experiment.sections import groups
    from discourse.experiment.sections.contrasts import contrasts

    experiment, gathered = demo.experiment, demo.steps.gathered
    assert experiment.contrasts is not None
    experiment = experiment.model_copy(update={"contrasts": experiment.contrasts.model_copy(update={"draws": 100})})
    whole = contrasts(experiment, gathered)
    monkeypatch.setattr(groups, "_VALUES", 72 * 7)
    assert len(list(groups.measure_slices(experiment, gathered))) > 5
    parts = contrasts(experiment, gathered)
    assert whole is not None and parts is not None
    assert_frame_equal(parts.more[0].frame, whole.more[0].frame)
