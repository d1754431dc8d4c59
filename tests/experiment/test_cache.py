"""The cache: what is there is found, what was cut short is not, and a plan says why a step would be made again."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.experiment.cache import Store, key
from discourse.experiment.code import code
from discourse.experiment.layers import making
from discourse.experiment.plan import plan
from discourse.experiment.run import job, run
from discourse.experiment.walk import State, Walk, why


def again(small: Path, store: Store, *changes: str) -> dict[str, str]:
    """Step → why it would be made again, of those that would be."""
    return {s.name: s.why for s in plan(job(small, changes=changes, store=store), store) if not s.cached}


def test_keys_tell_steps_and_ingredients_apart() -> None:
    assert key("draw", {"a": "1", "b": "2"}) == key("draw", {"b": "2", "a": "1"})
    assert len({key("draw", {"a": "1"}), key("print", {"a": "1"}), key("draw", {"a": "2"})}) == 3


def test_what_is_kept_is_found_and_what_lost_its_end_is_not(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.find("k" * 64) is None
    outputs = store.keep("k" * 64, {"x": b"rzeka"})
    assert store.find("k" * 64) == outputs
    assert store.read(outputs["x"]) == b"rzeka"
    store.path(outputs["x"]).write_bytes(b"rze")
    assert store.find("k" * 64) is None


def test_a_blob_of_other_bytes_is_refused_and_removed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    outputs = store.keep("k" * 64, {"x": b"rzeka"})
    store.path(outputs["x"]).write_bytes(b"RZEKA")
    with pytest.raises(DiscourseError, match="was damaged or emptied"):
        store.read(outputs["x"])
    assert store.find("k" * 64) is None


def test_code_is_the_module_and_what_it_imports() -> None:
    assert set(code(["discourse.statistics.multiple"])) == {
        "code statistics/multiple.py", "library numpy", "library polars", "python",
    }  # fmt: skip
    assert "code core/schema.py" in code(["discourse.corpus.load"])
    assert "code core/schema.py" not in code(["discourse.corpus.load"], ("discourse.core.schema",))


def test_the_reason_names_what_changed() -> None:
    assert why(None, {}) == "not done before"
    before = {"setting topics.k": "8", "code a.py": "x", "library polars": "1.0"}
    now = {"setting topics.k": "9", "code a.py": "y", "library polars": "1.0"}
    assert why(before, now) == "setting topics.k: 8 → 9; code a.py changed"


def test_a_plan_before_any_run_finds_nothing_and_writes_nothing(small: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    reasons = again(small, store)
    assert reasons["read tiny"] == "not done before"
    assert reasons["tokens"] == "after the texts are read"
    assert reasons["report"] == "after what it shows"
    assert not list(store.folder.glob("blobs/*"))


def test_a_change_runs_what_depends_on_it_and_no_more(small: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    run(small, tmp_path / "r", store=store)
    assert again(small, store) == {}

    reasons = again(small, store, "contrasts.draws=200")
    assert reasons["section contrasts"] == "setting contrasts.draws: 100 → 200"
    assert set(reasons) == {"section contrasts", "traces", "report"}

    assert "section topics" in again(small, store, "topics.terms=5")
    assert again(small, store, "seed=8")["section contrasts"] == "setting seed: 7 → 8"

    lexicon = (small / "mine.toml").read_text()
    (small / "mine.toml").write_text(lexicon.replace('pattern = "rzeka"', 'pattern = "rzeka | woda"'))
    reasons = again(small, store)
    assert reasons["markers"] == "lexicon 1 mine.toml changed"
    assert reasons["measures"] == "after markers"
    assert not {"tokens", "attributions", "counts", "read tiny"} & set(reasons)


def test_a_lexicon_that_finds_the_same_runs_the_markers_alone(small: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    run(small, tmp_path / "r", store=store)
    (small / "mine.toml").write_text(f"# a remark\n{(small / 'mine.toml').read_text()}")
    made = run(small, tmp_path / "r", store=store)
    assert [step["step"] for step in made.record["steps"] if not step["cached"]] == ["markers"]


def test_voices_of_the_user_run_attributions_and_speak(small: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    run(small, tmp_path / "before", store=store)
    settings = (small / "experiment.toml").read_text()
    (small / "experiment.toml").write_text(settings.replace('["mine.toml"]', '["mine.toml", "glosy.toml"]'))
    (small / "glosy.toml").write_text('[[person]]\nrole = "expert"\nlemmas = ["wójt"]\n', encoding="utf-8")
    reasons = again(small, store)
    assert reasons["attributions"] == "lexicon 1 glosy.toml is new"
    assert not {"tokens", "counts", "read tiny"} & set(reasons)
    after = run(small, tmp_path / "r", store=store)
    assert set(after.record["lexicons"]) == {"mine.toml", "glosy.toml"}
    before, now = (
        pl.read_parquet(tmp_path / name / "data" / "speakers.parquet")["role"].to_list() for name in ("before", "r")
    )
    assert "expert" not in before and "expert" in now


def test_weights_are_ingredients_of_what_they_make() -> None:
    common = making("default", (), (), None, "dictionary").common
    assert {"weights antecedents.csv", "weights roles.csv", "weights reach.csv"} <= set(common["attributions"])


def test_a_text_that_changed_is_named(small: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    run(small, tmp_path / "r", store=store)
    texts = tmp_path / "corpora" / "tiny" / "d.jsonl"
    texts.write_text(texts.read_text().replace("Woda", "Rosa"))
    assert again(small, store)["read tiny"] == "text d.jsonl changed"


def test_a_cache_that_was_emptied_is_filled_again_with_the_same(small: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    first = run(small, tmp_path / "r", store=store).record["outputs"]
    shutil.rmtree(store.folder / "blobs")
    assert again(small, store)["read tiny"] == "its result is no longer in the cache"
    assert run(small, tmp_path / "r", store=store).record["outputs"] == first


def test_what_is_left_is_what_the_steps_took_before(tmp_path: Path) -> None:
    store = Store(tmp_path)
    walk = Walk(store, "small")
    walk.states = [State("read", "", seconds=2.0), State("markers", "", seconds=30.0)]
    walk.keep_pace()
    again = Walk(store, "small")
    again.states = [State("read", "", cached=True), State("markers", "")]
    assert (again.left("read"), again.left("markers")) == (2.0, 30.0)
    again.states = []
    assert again.left("read") == 32.0
