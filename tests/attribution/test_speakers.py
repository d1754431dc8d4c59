"""Mentions resolved to speakers, and their roles with the evidence."""

from __future__ import annotations

import pytest

from discourse.attribution.attribute import attribute
from discourse.language.annotate import tokens
from tests.attribution.reading import documents, voices


def test_a_surname_means_the_fullest_name_that_the_article_gives() -> None:
    text = "- Most wytrzyma - mówi prof. Ewa Lis. Zdaniem Lis droga też jest dobra."
    assert voices(text) == [("Ewa Lis", "expert"), ("Ewa Lis", "expert")]


def test_inflected_forms_are_one_person() -> None:
    text = "Minister Jan Kowalski milczał. Zdaniem Kowalskiego most wytrzyma. Jak mówi Kowalski, droga jest dobra."
    assert voices(text) == [("Jan Kowalski", "official"), ("Jan Kowalski", "official")]


def test_descriptions_point_back() -> None:
    text = "- Most wytrzyma - mówi prof. Ewa Lis. Jak dodaje ekspertka, droga jest dobra. Jej zdaniem to koniec."
    assert {speaker for speaker, _ in voices(text)} == {"Ewa Lis"}


def test_dropped_subjects_agree_in_gender() -> None:
    text = (
        "Wójt Jan Maj mówi, że most stoi. Radna Ewa Lis twierdzi, że runie. Dodał, że ma badania. Dodała, że to widać."
    )
    assert [speaker for speaker, _ in voices(text)] == ["Jan Maj", "Ewa Lis", "Jan Maj", "Ewa Lis"]


@pytest.mark.parametrize(
    ("source", "role"),
    [
        ("prof. Ewa Lis", "expert"),
        ("analityczka Ewa Lis", "expert"),
        ("minister zdrowia Ewa Lis", "official"),
        ("rzeczniczka ministerstwa Ewa Lis", "official"),
        ("rzeczniczka spółki Ewa Lis", "organization"),
        ("MSZ", "official"),
        ("fundacja", "organization"),
        ("agencja Reuters", "media"),
        ("raport", "document"),
        ("mieszkanka Torunia", "citizen"),
        ("informator", "anonymous"),
        ("adwokat Jan Sowa", "other"),
    ],
)
def test_roles(source: str, role: str) -> None:
    assert [found for _, found in voices(f"Jak podaje {source}, most wytrzyma.")] == [role]


def test_the_table_of_speakers_keeps_the_evidence() -> None:
    frame = documents(["- Most wytrzyma - mówi prof. Ewa Lis, była minister."])
    people = attribute(frame, tokens(frame))[1]
    row = people.row(0, named=True)
    assert (row["speaker"], row["role"], row["gender"]) == ("Ewa Lis", "expert", "f")
    assert "prof (expert)" in row["evidence"]
    assert "minister (official)" in row["evidence"]
