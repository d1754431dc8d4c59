"""What the dictionary has otherwise than the texts: units, books of the Bible, names; and *ten* beside *to*."""

from __future__ import annotations

import polars as pl
import pytest

from discourse.language import annotate, morfeusz


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("Mieszkanie ma 50 m2 powierzchni.", "m2", "metr kwadratowy"),
        ("Zużyli 9 m3 wody.", "m3", "metr sześcienny"),
        ("Poparł to klub KO w Sejmie.", "KO", "KO"),
        ("Rozmawiał o tym mjr Jan Kowal.", "mjr", "major"),
        ("Poleciał do Stanów Zjednoczonych.", "Zjednoczonych", "Zjednoczony"),
        ("Rządzi Zjednoczona Prawica.", "Zjednoczona", "Zjednoczony"),
        ("Przyjechał Kim Dzong Un.", "Un", "Un"),
        ("No yyy nie wiem.", "yyy", "y"),
    ],
)
def test_lemmas_that_the_dictionary_has_otherwise(text: str, form: str, lemma: str) -> None:
    tokens = annotate.tokens(pl.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert tokens.filter(pl.col("form") == form).get_column("lemma").to_list() == [lemma]


def test_no_chunk_is_a_book_of_the_bible() -> None:
    found = morfeusz.analyse(["KO", "p", "p.", "Jr", "Dz.", "Kor", "Księga", "Genesis", "dzieje"])
    lemmas = found.get_column("lemma")
    assert not lemmas.str.contains("^(?:List|Księga)_").any()
    assert {"księga", "Genesis", "dzieje"} <= set(lemmas)


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("Boimy się tego wirusa.", ["ten"]),
        ("Dzięki temu wynikowi awansowali.", ["ten"]),
        ("Nie ma z tego nic dobrego.", ["to"]),
        ("Pomogli ludziom, w tym kobietom.", ["to"]),
        ("Tego", ["to"]),
    ],
)
def test_before_a_noun_that_agrees_stands_an_adjective(text: str, lemmas: list[str]) -> None:
    tokens = annotate.tokens(pl.DataFrame({"doc_id": ["a"], "text": [text]}))
    found = tokens.filter(pl.col("form").str.to_lowercase().is_in(["tego", "temu", "tym"]))
    assert found.get_column("lemma").to_list() == lemmas
