"""Whom dropped subjects, pronouns and descriptions mean; names in the nominative; full names of bodies."""

from __future__ import annotations

import pytest

from discourse.attribution.questions import KINDS, Candidate, best
from discourse.attribution.weights import antecedent_weights
from tests.attribution.reading import voices


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("- Most stoi - powiedziała posłanka Anna Zarzycka. Dodała, że wytrzyma.", ["Anna Zarzycka"] * 2),
        ("Jan Wilk mówił, że most stoi. Zaznaczył, że wytrzyma. Jego zdaniem to dobrze.", ["Jan Wilk"] * 3),
        ("Według MSZ most stoi. Jan Wilk uważa, że nie stoi.", ["MSZ", "Jan Wilk"]),
    ],
)
def test_a_passage_without_a_name_is_given_to_who_spoke(text: str, speakers: list[str]) -> None:
    assert [speaker for speaker, _ in voices(text)] == speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Rzeczniczka szpitala Ewa Sołtys powiedziała, że most stoi.", "Ewa Sołtys"),
        ("Spotkał się z Leo Wanderkarem. Wanderkar powiedział, że most stoi.", "Leo Wanderkar"),
        ("Zdaniem Komisji Europejskiej most stoi.", "Komisja Europejska"),
        ("Zdaniem epidemiologów most stoi.", "epidemiolodzy"),
        ("Badał to Urząd ds. Mostów i Rzek (UMR). UMR poinformował, że most stoi.", "Urząd ds. Mostów i Rzek"),
        ("We wpisie Ewy Lis czytamy, że most stoi.", "Ewa Lis"),
    ],
)
def test_names_stand_in_full_and_in_the_nominative(text: str, speaker: str) -> None:
    assert voices(text)[-1][0] == speaker


def test_the_candidate_whose_features_weigh_most_is_chosen() -> None:
    first, second = Candidate(None, ["nobody"]), Candidate(None, ["rule", "unknown"])
    assert best([first, second], KINDS[0], {(KINDS[0], "nobody"): 1.0, (KINDS[0], "rule"): 2.0}) is second
    assert best([first, second], KINDS[0], {}) is first


def test_weights_are_of_known_questions() -> None:
    assert {kind for kind, _ in antecedent_weights()} == set(KINDS)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Dyrektor generalny huty, Jan Wilk, powiedział, że most stoi.", "organization"),
        ("W rozmowie z radiem Nurt posłanka Anna Zarzycka powiedziała, że most stoi.", "official"),
        ("Lider Solidarnej Polski Jan Wilk powiedział, że most stoi.", "official"),
        ("- Most stoi - mówi wirusolog Anna Zarzycka.", "expert"),
    ],
)
def test_roles_are_weighed(text: str, role: str) -> None:
    assert voices(text)[-1][1] == role
