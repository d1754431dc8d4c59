"""Frozen measures: a referenced corpus counted once, and experiments that run where its texts are not."""

import hashlib
import json
from pathlib import Path

import polars as pl
import pytest

from discourse.cli.app import call
from discourse.core.errors import DiscourseError
from discourse.corpus.manifest import Corpus, find
from discourse.experiment.analyses import wanted
from discourse.experiment.freeze import differences, freeze
from discourse.experiment.frozen import frozen, frozen_folder
from discourse.experiment.results import freeze_results
from discourse.experiment.run import run

SEED = Path(__file__).resolve().parents[2] / "experiments" / "seed-vs-press"
REFERENCED = ("press-outlets", "press-events", "sejm", "gazeta-2023-09-kim-putin")
ARTICLES = [
    ("a", "depesza", "Jan Wrona", "– Woda chyba opadnie – mówi dr Anna Okoń, hydrolożka. Wójt Lis dodał, że zostaje."),
    ("b", "depesza", "Jan Wrona", "Most stoi. Zapewne woda opadnie, powiedział strażak."),
    ("c", "felieton", "Ewa Sowa", "Rzeka na pewno wróci. Może za rok. Niestety nikt o tym nie myśli."),
    ("d", "felieton", "Ewa Sowa", ""),
]
MANIFEST = """name = "rzeka"
title = "River"
licence = "Publisher's copyright"
kind = "referenced"
reader = "jsonl"
groups = ["genre"]
files = [{{ path = "rzeka.jsonl", sha256 = "{sha}" }}]
"""
EXPERIMENT = """name = "river"
seed = 7
language = "en"
corpora = ["rzeka"]
groups = ["genre"]
minimum_group = 1
title = { pl = "Rzeka", en = "River" }
question = { pl = "Czy?", en = "Whether?" }
contrasts = { by = "genre", draws = 100 }
"""
TOPICS = "topics = { k = 2, min_documents = 1, max_share = 1.0 }\n"


@pytest.fixture
def river(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A referenced corpus of four articles whose text is in `tmp_path/data`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    rows = [
        {"doc_id": name, "genre": genre, "author": author, "title": "Rzeka", "text": text}
        for name, genre, author, text in ARTICLES
    ]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    (tmp_path / "data" / "rzeka.jsonl").write_bytes(text)
    folder = tmp_path / "corpora" / "rzeka"
    folder.mkdir(parents=True)
    (folder / "corpus.toml").write_text(MANIFEST.format(sha=hashlib.sha256(text).hexdigest()))
    (tmp_path / "experiments").mkdir()
    (tmp_path / "experiments" / "experiment.toml").write_text(EXPERIMENT)
    return find("rzeka")


def shown(folder: Path) -> dict[str, bytes]:
    """The tables and figures of a run."""
    return {p.relative_to(folder).as_posix(): p.read_bytes()
            for name in ("tables", "figures") for p in sorted((folder / name).iterdir())}  # fmt: skip


def test_frozen_measures_hold_counts_and_no_text(river: Corpus) -> None:
    kept = freeze(river, Path("data"))
    tables = kept.tables()
    hedges = tables["measures"].filter(pl.col("measure") == "hedge_rate")
    assert hedges["numerator"].to_list() == [1.0, 1.0, 1.0, 0.0]
    assert tables["documents"].columns == ["doc_id", "genre", "author", "title"]
    assert tables["documents"]["author"].to_list() == [None] * 4
    assert tables["documents"]["title"].to_list() == [""] * 4
    assert tables["attributions"].height == 3
    assert tables["attributions"]["speaker"].null_count() == 3
    every = b"".join(path.read_bytes() for path in kept.folder.iterdir())
    assert "Okoń".encode() not in every


def test_a_run_from_frozen_measures_has_the_tables_of_one_from_texts(river: Corpus) -> None:
    from_texts = run(Path("experiments"), Path("texts"), data=Path("data"))
    freeze(river, Path("data"))
    from_counts = run(Path("experiments"), Path("counts"))
    assert shown(from_counts.folder) == shown(from_texts.folder)
    assert from_texts.record["frozen"] == {}
    assert from_counts.record["frozen"]["rzeka"]["outdated"] == []


def test_the_texts_are_preferred_where_they_are_at_hand(river: Corpus) -> None:
    freeze(river, Path("data"))
    assert run(Path("experiments"), Path("out"), data=Path("data")).record["frozen"] == {}
    chosen = run(Path("experiments"), Path("out"), data=Path("data"), prefer_frozen=True)
    assert list(chosen.record["frozen"]) == ["rzeka"]


def test_freezing_twice_gives_the_same_bytes(river: Corpus) -> None:
    first = {path.name: path.read_bytes() for path in freeze(river, Path("data")).folder.iterdir()}
    assert {path.name: path.read_bytes() for path in freeze(river, Path("data"), workers=2).folder.iterdir()} == first


def test_what_is_frozen_is_checked_against_the_texts(river: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    kept = freeze(river, Path("data"))
    assert differences(river, Path("data")) == []
    assert differences(river, Path("data"), sample=2) == []
    counts = pl.read_parquet(kept.folder / "words.parquet").with_columns(pl.col("words") + 1)
    counts.write_parquet(kept.folder / "words.parquet")
    with pytest.raises(DiscourseError, match="not what was frozen; restore it"):
        differences(river, Path("data"))
    record = json.loads((kept.folder / "frozen.json").read_text())
    record["files"]["words.parquet"] = hashlib.sha256((kept.folder / "words.parquet").read_bytes()).hexdigest()
    (kept.folder / "frozen.json").write_text(json.dumps(record))
    assert call(["freeze", "rzeka", "--data", "data", "--check"]) == 1
    assert "words: 4 of 4 rows differ, first that of a" in capsys.readouterr().out


def test_filters_and_samples_hold_for_frozen_measures_too(river: Corpus) -> None:
    freeze(river, Path("data"))
    changes = ['corpora=[{ name = "rzeka", where = { genre = ["depesza"] } }]', "contrasts.by=\"corpus\""]
    found = run(Path("experiments"), Path("out"), changes=changes)
    assert pl.read_parquet(found.folder / "data" / "documents.parquet")["doc_id"].to_list() == ["a", "b"]


def test_an_analysis_of_running_words_takes_its_frozen_result(river: Corpus) -> None:
    place = Path("experiments/experiment.toml")
    place.write_text(EXPERIMENT + TOPICS)
    from_texts = run(place, Path("texts"), data=Path("data"))
    freeze(river, Path("data"))
    without = run(place, Path("counts"))
    assert without.record["wanting"] == [
        "topics: it reads more than frozen measures keep, and has no frozen result; give the texts (--data)"
    ]
    freeze_results(from_texts.steps, place.parent)
    recalled = run(place, Path("counts"))
    assert recalled.record["wanting"] == []
    one, all_ = shown(recalled.folder), shown(from_texts.folder)
    assert one.items() <= all_.items()  # tables too long for the page are not frozen
    assert {"tables/topics.csv", "figures/topics.svg"} <= set(one)
    other = run(place, Path("counts"), changes=["topics.k=3"])
    assert other.record["wanting"] == ["topics: its frozen result is of another setting; give the texts (--data)"]


def test_what_needs_more_than_measures_is_what_reads_running_words() -> None:
    from discourse.experiment.config import read_experiment
    from discourse.experiment.frozen import TABLES

    demo = read_experiment(Path(__file__).resolve().parents[2] / "experiments" / "demo")
    needs = [one.key for one in wanted(demo) if not set(one.reads) <= set(TABLES)]
    assert needs == ["topics", "classifier"]


def test_an_annotation_of_ones_own_is_not_what_was_frozen(river: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    freeze(river, Path("data"))
    with pytest.raises(DiscourseError, match="its text rzeka.jsonl is not at hand"):
        run(Path("experiments"), Path("out"), changes=['annotation.policy="first"'])
    assert "the frozen measures of 'rzeka' do not hold for it" in capsys.readouterr().err


def test_an_article_is_read_among_frozen_measures(river: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    freeze(river, Path("data"))
    Path("mine.txt").write_text("Chyba pada. Może przestanie. Zapewne jutro.")
    assert call(["read", "mine.txt", "--among", "rzeka", "--json"]) == 0
    rows = {row["measure"]: row for row in json.loads(capsys.readouterr().out)["among"]}
    assert (rows["hedge_rate"]["n"], rows["hedge_rate"]["percentile"]) == (4, 100.0)
    assert call(["read", "mine.txt", "--among", "rzeka"]) == 0
    assert "Centyl artykułu wśród innych (rzeka: n = 4)" in capsys.readouterr().out
    assert call(["read", "mine.txt", "--among", "demo"]) == 2
    assert "no frozen measures of this corpus" in capsys.readouterr().err


def test_a_corpus_of_files_is_not_frozen() -> None:
    with pytest.raises(DiscourseError, match="there is no need to freeze it"):
        freeze(find("demo"), None)


def test_a_frozen_result_holds_no_passage_of_a_text(river: Corpus) -> None:
    place = Path("experiments/experiment.toml")
    place.write_text(EXPERIMENT + "classifier = { target = 'genre', folds = 2, repeats = 1 }\n")
    from_texts = run(place, Path("texts"), data=Path("data"))
    kept = {path.name for path in freeze_results(from_texts.steps, place.parent)}
    assert "table-guards.arrow" not in kept
    assert "section.json" in kept


@pytest.mark.shared
@pytest.mark.parametrize("name", REFERENCED)
def test_the_frozen_measures_of_the_repository_are_those_of_the_texts(name: str, shared: Path) -> None:
    """On a few documents; `discourse freeze NAME --check --data FOLDER` does all."""
    assert differences(find(name), shared, sample=12) == []


def test_the_frozen_measures_of_the_repository_are_small() -> None:
    corpora = [find(name) for name in REFERENCED]
    assert all(frozen(corpus) is not None for corpus in corpora)
    results = (SEED.parent / "paper").glob("*/frozen/*/*")
    files = [path for corpus in corpora for path in frozen_folder(corpus).iterdir()]
    assert sum(path.stat().st_size for path in [*files, *results]) < 10_000_000


def test_one_article_stands_among_the_press_without_any_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    made = run(SEED, tmp_path / "run", changes=['measures=["expert_share"]', "place.by=[]"])
    table = pl.read_csv(made.folder / "tables" / "place.csv")
    assert table["n"].item() == 4153
    assert table["percentile"].item() > 90
    assert not (made.folder / "article.html").exists()
