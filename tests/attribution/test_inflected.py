"""What texts, bodies and the unnamed are called: in the nominative, without what is no part of their name."""

from __future__ import annotations

import pytest

from tests.attribution.reading import voices


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("W projekcie uznaje się, że most runie.", "projekt"),
        ("Z badania nad stanem mostów wynika, że most runie.", "badanie"),
        ("Z dokumentu dotyczącego mostów wynika, że most runie.", "dokument"),
        ("Z ankiety „Fali” wynika, że most runie.", "ankieta „Fali”"),
        ("Z raportu zalesińskiego instytutu wynika, że most runie.", "raport zalesińskiego instytutu"),
        ("Z prognozy Zalesińskiej Izby Handlowej wynika, że most runie.", "prognoza Zalesińskiej Izby Handlowej"),
        ("Ogłoszony w czwartek raport wskazuje, że most runie.", "raport"),
        ("Według jednego z badań most runie.", "jedno z badań"),
        ("Zdaniem wielu ludzi most runie.", "wielu ludzi"),
        ("Zgodnie z art. 5 Konstytucji most ma stać.", "art. 5 Konstytucji"),
    ],
)
def test_descriptions_in_the_nominative(text: str, speaker: str) -> None:
    assert [name for name, _ in voices(text)] == [speaker]
