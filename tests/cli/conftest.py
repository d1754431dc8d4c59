"""Commands are run from the project's folder, where its corpora and experiments are."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).resolve().parents[2])
