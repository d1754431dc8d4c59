"""Names inside the phrase of a source that are not the speaker's."""

from __future__ import annotations

import pytest

from tests.attribution.reading import voices


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("- Most runie - powiedział dyrektor szpitala w San Lis.", "San Lis"),
        ("- Most runie - zdradził rozmówca Dominiki Lisowskiej.", "Dominika Lisowska"),
        ("- Most runie - dodał rzecznik Lance'a.", "Lance"),
        ("- Most runie - dodał dyrektor hotelu „Nowy Zdrój”.", "Nowy Zdrój"),
        ("Jak podkreślają lokalne media, Jan Sowa, który tam mieszkał, nie wróci.", "Jan Sowa"),
        ("Jak podał PAP, dyrektor Jan Sowa nie wróci.", "Jan Sowa"),
    ],
)
def test_names_of_others(text: str, other: str) -> None:
    found = voices(text)[0][0]
    assert found is not None
    assert found != other


def test_a_woman_whose_function_precedes_her_name() -> None:
    assert voices("Zdaniem posłanki Ewy Sowińskiej most runie.")[0][0] == "Ewa Sowińska"


def test_a_description_with_another_name_means_who_is_so_described() -> None:
    text = "Posłanka Ewa Lis zaznaczyła, że most stoi. Zdaniem posłanki ruchu Szymona Sowińskiego to za mało."
    assert [name for name, _ in voices(text)] == ["Ewa Lis", "Ewa Lis"]
    text = "Działaczka Ewa Lis zaznaczyła, że most stoi. - To za mało - mówiła działaczka La River Libre."
    assert [name for name, _ in voices(text)] == ["Ewa Lis", "Ewa Lis"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Krytycy Nord Most 2 wskazują, że most runie.", "Krytycy Nord Most 2"),
        ("Kuria zalesińsko-wolska podała, że most runie.", "Kuria zalesińsko-wolska"),
        ("Z informacji PAP wynika, że most runie.", "PAP"),
        ("Z jednego z badań wynika, że most runie.", "jedno z badań"),
    ],
)
def test_where_the_name_of_a_source_ends(text: str, speaker: str) -> None:
    assert voices(text)[0][0] == speaker


def test_a_number_before_a_noun_is_of_no_name() -> None:
    assert voices("Jan Sowa 2 maja powiedział, że most runie.")[0][0] == "Jan Sowa"
