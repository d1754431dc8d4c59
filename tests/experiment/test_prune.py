"""What is used no more can be removed from the caches, and what is used stays."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from discourse.experiment.cache import Store
from discourse.experiment.prune import kept, prune

OLD = time.time() - 10 * 24 * 3600


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DISCOURSE_CACHE", str(tmp_path))
    return tmp_path


def aged(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        os.utime(path, (OLD, OLD))


def test_a_step_that_was_found_lately_stays_with_all_that_it_names(place: Path) -> None:
    store = Store()
    used = store.keep("a" * 64, {"x": b"rzeka", "y": b"most"})
    gone = store.keep("b" * 64, {"x": b"rzeka", "z": b"tama" * 100})
    aged(place)
    assert store.find("a" * 64) == used  # by this it counts as used
    assert prune(5) > 400
    assert store.find("a" * 64) == used
    assert store.read(used["x"]) == b"rzeka"
    assert store.find("b" * 64) is None
    assert not store.path(gone["z"]).exists()


def test_old_versions_go_and_new_ones_stay(place: Path) -> None:
    for version in ("old", "new"):
        (place / "forms" / version).mkdir(parents=True)
        (place / "forms" / version / "a.arrow").write_bytes(b"12345")
    aged(place / "forms" / "old")
    assert [(each.kind, each.files, each.size) for each in kept()] == [("forms", 2, 10)]
    assert prune(5) == 5
    assert [path.name for path in (place / "forms").iterdir()] == ["new"]


def test_nothing_there_is_nothing_to_remove(place: Path) -> None:
    assert prune(0) == 0
    assert kept() == []
    Store().keep("a" * 64, {"x": b"rzeka"})
    time.sleep(0.01)
    assert prune(0) > 0
    assert sum(each.files for each in kept()) == 0
