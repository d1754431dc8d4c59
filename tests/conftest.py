"""Shared fixtures; in CI nothing may be skipped for want of the data or the browser."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data beside the working copy; the test is skipped where there is none."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        _missing("the development data (../shared) is not here")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; the test is skipped where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    _missing("no Chromium is installed")
    raise AssertionError


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests share one cache of their own, never the user's."""
    base = tmp_path_factory.getbasetemp()
    monkeypatch.setenv("DISCOURSE_CACHE", str(base / "cache"))
    monkeypatch.delenv("DISCOURSE_DATA", raising=False)


def _missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what}, and CI must not skip")
    pytest.skip(what)
