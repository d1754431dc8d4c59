"""What is kept on disk changes nothing, and survives what can happen to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from discourse.language import annotate, forms, whole
from discourse.language.cache import Cache

SCHEMA = pl.Schema({"key": pl.String, "value": pl.Int64})
DOCUMENTS = pl.DataFrame(
    {"doc_id": ["a"], "title": [""], "text": ["Prof. Brzdąkaczewicz może przyjść, Brzdąkaczewicza nie było."]}
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DISCOURSE_CACHE", str(tmp_path))
    return tmp_path


def fresh(monkeypatch: pytest.MonkeyPatch) -> pl.DataFrame:
    monkeypatch.setattr(forms, "_shared", None)
    return annotate.tokens(DOCUMENTS)


def rows(*keys: str) -> pl.DataFrame:
    return pl.DataFrame({"key": keys, "value": range(len(keys))}, schema=SCHEMA)


def test_a_cold_a_warm_and_a_spoilt_cache_give_the_same(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cold = fresh(monkeypatch)
    files = sorted(place.rglob("*.arrow"))
    assert {file.parent.parent.name for file in files} == {"forms", "guesses"}
    assert fresh(monkeypatch).equals(cold)
    for kind in ("guesses", "forms"):
        for file in (place / kind).rglob("*.arrow"):
            file.write_bytes(file.read_bytes()[:100])
        assert fresh(monkeypatch).equals(cold)


def test_part_of_a_cache_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    cold = fresh(monkeypatch)
    monkeypatch.setattr(forms, "_shared", None)
    more = pl.concat([DOCUMENTS.with_columns(doc_id=pl.lit("b"), text=pl.lit("Zupełnie nowe słowa może.")), DOCUMENTS])
    assert annotate.tokens(more).filter(pl.col("doc_id") == "a").equals(cold)


def test_words_kept_whole_change_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cold = fresh(monkeypatch)
    monkeypatch.setattr(whole, "_LEAST", 1)
    assert fresh(monkeypatch).equals(cold)
    folder = whole.largest(forms.version())
    assert folder is not None
    for spoilt in (None, *sorted(folder.iterdir())):
        if spoilt is not None:
            spoilt.write_bytes(spoilt.read_bytes()[:100])
        assert fresh(monkeypatch).equals(cold)
        whole_store = forms._shared
        assert whole_store is not None
        taken = spoilt is None or spoilt.name.startswith("scores")
        assert (whole_store.origin is not None) == taken
        if spoilt is not None:
            shutil.rmtree(folder)
            assert fresh(monkeypatch).equals(cold)  # and is kept anew


def test_words_are_taken_with_more_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    more = pl.concat([DOCUMENTS.with_columns(doc_id=pl.lit("b"), text=pl.lit("Zupełnie nowe słowa może.")), DOCUMENTS])
    monkeypatch.setattr(forms, "_shared", None)
    cold = annotate.tokens(more)
    monkeypatch.setattr(whole, "_LEAST", 1)
    fresh(monkeypatch)
    monkeypatch.setattr(forms, "_shared", None)
    monkeypatch.setattr(whole, "_GROWTH", 1.1)
    assert annotate.tokens(more).equals(cold)
    assert forms._shared is not None
    given = forms._shared.given
    assert 0 < given[1] < len(forms._shared.stretches)
    monkeypatch.setattr(forms, "_shared", None)
    assert annotate.tokens(more).equals(cold)
    assert forms._shared is not None
    assert forms._shared.given[1] > given[1]  # the larger took the place of the smaller
    assert len(list(whole.folder(forms.version()).iterdir())) == 1


def test_words_that_lay_on_disk_do_not_fill_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "_LEAST", 1)
    fresh(monkeypatch)
    fresh(monkeypatch)
    assert forms._shared is not None
    monkeypatch.setattr(forms, "_LIMIT", 1)
    assert not forms._shared.full()
    assert forms._shared.frames() == {}  # but so many are not kept


def test_keys_written_by_two_processes_are_read_once() -> None:
    one, two = Cache("k", "1", SCHEMA), Cache("k", "1", SCHEMA)
    one.write(rows("a", "b"))
    two.write(rows("b", "c"))
    found, missing = Cache("k", "1", SCHEMA).find(pl.Series(["a", "b", "c", "d"]))
    assert sorted(found.get_column("key")) == ["a", "b", "c"]
    assert missing.to_list() == ["d"]


def test_many_files_become_one(place: Path) -> None:
    cache = Cache("k", "1", SCHEMA)
    for number in range(13):
        cache.write(rows(str(number)))
    assert len(list(place.rglob("*.arrow"))) == 1
    assert len(cache.read()) == 13


def test_a_cache_has_a_size(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache("k", "1", SCHEMA)
    one = cache._write(rows("x"))
    monkeypatch.setattr("discourse.language.cache._SIZE", 3 * one.stat().st_size)
    one.unlink()
    for number in range(6):
        cache.find(pl.Series([str(number)]))
        cache.write(rows(str(number)))
    assert len(list(place.rglob("*.arrow"))) == 3
    for number in range(6, 9):  # as several processes at once may leave it
        Cache("k", "1", SCHEMA).write(rows(str(number)))
    assert len(list(place.rglob("*.arrow"))) == 6
    assert len(Cache("k", "1", SCHEMA).read()) == 3


def test_a_cache_that_helps_little_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("discourse.language.cache._MANY", 20)
    Cache("k", "1", SCHEMA).write(rows("a"))
    cache = Cache("k", "1", SCHEMA)
    keys = pl.Series(["a", *map(str, range(20))])
    assert len(cache.find(keys)[0])
    assert cache.find(keys)[0].is_empty()


def test_a_place_that_cannot_be_written_is_done_without(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "file").write_text("")
    monkeypatch.setenv("DISCOURSE_CACHE", str(place / "file"))
    assert len(fresh(monkeypatch))
