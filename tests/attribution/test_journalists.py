"""A journalist is a person, whatever outlet was named last."""

from __future__ import annotations

import pytest

from tests.attribution.reading import voices


@pytest.mark.parametrize("noun", ["Publicysta", "Dziennikarka", "Korespondent"])
def test_a_journalist_is_no_outlet(noun: str) -> None:
    assert voices(f"Pisze o tym „Nasz Dziennik”. {noun} twierdzi, że most runie.")[-1][0] == noun
    assert voices("Pisze o tym „Nasz Dziennik”. Dziennik twierdzi, że most runie.")[-1][0] == "Nasz Dziennik"
