"""What is kept on disk changes nothing, and survives what can happen to it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from discourse.language import annotate, forms
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
    assert {file.parent.parent.name for file in files} == {"forms", "guesses", "scores"}
    assert fresh(monkeypatch).equals(cold)
    for kind in ("scores", "guesses", "forms"):
        for file in (place / kind).rglob("*.arrow"):
            file.write_bytes(file.read_bytes()[:100])
        assert fresh(monkeypatch).equals(cold)


def test_part_of_a_cache_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    cold = fresh(monkeypatch)
    monkeypatch.setattr(forms, "_shared", None)
    more = pl.concat([DOCUMENTS.with_columns(doc_id=pl.lit("b"), text=pl.lit("Zupełnie nowe słowa może.")), DOCUMENTS])
    assert annotate.tokens(more).filter(pl.col("doc_id") == "a").equals(cold)


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
