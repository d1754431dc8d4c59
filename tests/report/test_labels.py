"""Every measure's missing value is explained in the language of the page."""

from __future__ import annotations

import pytest

from discourse.measures.registry import MEASURES
from discourse.report.labels import reason_label


@pytest.mark.parametrize("name", list(MEASURES))
def test_each_reason_has_a_polish_wording(name: str) -> None:
    base = MEASURES.get(name).base
    if base is not None:
        assert reason_label(f"no {base}", "pl").startswith("brak ")
        assert reason_label(f"no {base}", "en") == f"no {base}"
