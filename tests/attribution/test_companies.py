"""Bodies that a noun means: companies of one word, ministries of several, courts with their town."""

from __future__ import annotations

import pytest

from discourse.attribution.lexicon import load_lexicon
from discourse.attribution.namedbodies import named_bodies
from discourse.attribution.view import articles
from discourse.language.annotate import tokens
from tests.attribution.reading import documents, voices


def named(text: str) -> list[str]:
    """The bodies that a text names."""
    frame, lexicon = documents([text]), load_lexicon()
    (article,) = articles(frame, tokens(frame), lexicon)
    return [article.text(one.lo, one.hi) for one in named_bodies(article, lexicon)]


def test_names_of_bodies_are_whole() -> None:
    assert named("Airbus buduje hale. Jaguar Land Rover zwalnia.") == ["Airbus", "Jaguar Land Rover"]
    assert named("Milczy Ministerstwo Mostów, Pracy i Rzek.") == ["Ministerstwo Mostów, Pracy i Rzek"]
    assert named("Milczy Towarzystwo Leśno-Polne.") == ["Towarzystwo Leśno-Polne"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Airbus buduje hale. Firma twierdzi, że to mało.", "Airbus"),
        ("Facebook milczał. Amerykański serwis społecznościowy zapowiedział, że zwolni ludzi.", "Facebook"),
        ("Pisze o tym „Rz”. Jak wynika z informacji dziennika, most runie.", "Rzeczpospolita"),
        ("Sprawę zbada Sąd Okręgowy w Gdyni. Sąd uznał, że most runie.", "Sąd Okręgowy w Gdyni"),
        ("Bada to Prokuratura Regionalna w Gdyni. Jak podała Prokuratura Regionalna, most runie.",
         "Prokuratura Regionalna w Gdyni"),
    ],
)  # fmt: skip
def test_a_noun_means_the_body_of_its_kind(text: str, speaker: str) -> None:
    assert voices(text)[-1][0] == speaker
