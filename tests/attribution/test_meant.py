"""Whom names and descriptions mean: initials, bodies, offices, words without a cue, subjects of sentences before."""

from __future__ import annotations

import pytest

from discourse.attribution.attribute import attribute
from discourse.attribution.endings import key
from discourse.attribution.entries import entries
from discourse.attribution.lexicon import FOLDER, load_lexicon
from discourse.attribution.speaker import bare
from discourse.language.annotate import tokens
from tests.attribution.reading import documents, voices


def speakers(text: str) -> list[str | None]:
    return [speaker for speaker, _ in voices(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Paweł R. twierdzi, że nic nie wie. Dodał, że to pomyłka.", ["Paweł R.", "Paweł R."]),
        ("Naczelny rabin Polski mówi, że to mało.", ["Naczelny rabin Polski"]),
        ("Zdaniem 53 proc. badanych to zły pomysł.", ["53 proc. badanych"]),
        ("O moście pisze kwartalnik „Brzeg”. Kwartalnik „Brzeg” twierdzi, że runie.", ["Brzeg"]),
        ("Informator „SE” mówi, że będzie gorzej.", ["Informator „SE”"]),
        ("Według rządu Jana Sowy most stoi.", ["rząd Jana Sowy"]),
        ("Ministerstwo Edukacji i Nauki liczy uczniów. MEiN mówi, że to mało.", ["Ministerstwo Edukacji i Nauki"]),
        ("Według źródeł PAP most runie.", ["źródła PAP"]),
        ("Według oficjalnych danych z ubiegłego roku mostów ubyło.", ["oficjalne dane"]),
        ("Według nowych badań przeprowadzonych w Gdyni mostów ubyło.", ["nowe badania"]),
        ("Zgodnie z negocjowaną umową most runie.", ["negocjowana umowa"]),
        ("Według dokumentów most runie.", ["dokumenty"]),
        ("Jak zauważa Reuters, to pierwszy z kilku mostów.", ["Reuters"]),
        ("Jak wynika z informacji podanych przez policję, most runął.", ["policja"]),
        ("Pisze o tym „Die Welt”. Milczy „Le Monde”. Niemiecki dziennik dodaje, że to koniec.", ["Die Welt"]),
    ],
)
def test_who_is_meant(text: str, wanted: list[str]) -> None:
    assert speakers(text) == wanted


def test_the_subject_of_the_sentence_before_is_the_dropped_one() -> None:
    text = "Wójt Jan Maj mówi, że most stoi. Rybacy ze wsi Dolna przynieśli zdjęcia. Twierdzą, że runie."
    assert speakers(text)[-1] != "Jan Maj"


def test_an_office_is_of_somebody() -> None:
    held = load_lexicon().holders
    assert held, "no holder in the lexicon"
    for offices in held.values():
        assert all(office.nouns and office.of for office in offices)


def test_bodies_of_several_words_are_known_by_their_kind_and_country() -> None:
    lexicon = load_lexicon()
    kinds = lexicon.kinds_of("dziennik Die Welt")
    assert kinds == lexicon.kinds_of("Die Welt") and any("gazeta" in kind.nouns for kind in kinds)
    assert any(key("niemiecki") in group for kind in kinds for group in kind.of)
    assert lexicon.kinds_of("Nowy Głos Doliny") == ()


def test_quotation_marks_stay_inside_a_name() -> None:
    assert bare("źródła „Fali”") == "źródła „Fali”"
    assert bare("„Fala”") == "Fala"
    assert bare("gazeta „Fala") == "gazeta Fala"


@pytest.mark.parametrize("section", ["person", "institution"])
def test_no_word_of_the_lexicon_has_two_roles(section: str) -> None:
    roles: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for found, where, entry in entries(path):
            for word in [*entry.get("lemmas", ()), *entry.get("phrases", ())] if found == section else ():
                assert roles.setdefault(word, entry["role"]) == entry["role"], f"{where}: {word}"


@pytest.mark.parametrize(
    "text",
    [
        "Słowa: „Most na pewno wytrzyma, bo stoi”. Potem rada nie słuchała jej",
        "W którym napisano, że most wytrzyma. Cytat: raport i",
    ],
)
def test_no_source_is_taken_from_the_end_of_the_text(text: str) -> None:
    rows = attribute(documents([text]), tokens(documents([text])))[0]
    ends = [end for source in rows["source"] if source is not None for end in source]
    assert max(ends, default=0) < len(text) - 10


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Nurt zapytał 900 respondentów. 38 proc. uważa, że most runie.", "respondenci"),
        ("Aż 38 proc. uważa, że most runie.", "badani"),
        ("Zdaniem 5 proc. ankietowanych most runie.", "5 proc. ankietowanych"),
        ("Wielu ekspertów twierdzi, że most runie.", "eksperci"),
    ],
)
def test_shares_are_of_those_who_were_asked(text: str, speaker: str) -> None:
    assert voices(text)[-1][0] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Sprawą zajął się sąd w Hadze, który uznał, że most runie.", "sąd w Hadze"),
        ("Była to decyzja Sądu Rejonowego w Warszawie, który uznał, że most runie.", "Sąd Rejonowy w Warszawie"),
        ("Radio przytoczyło słowa funkcjonariusza straży, według którego most runie.", "funkcjonariusz straży"),
        ("Pismo wydała rada dzielnicy, która uznała, że most runie.", "rada dzielnicy"),
        ("Pytaliśmy dyrektora sądu, który uznał, że most runie.", "dyrektor sądu"),
        ("Odniosła się do stanowiska partii, która twierdzi, że most runie.", "partia"),
    ],
)
def test_relative_pronouns_mean_persons_and_bodies_and_no_places(text: str, speaker: str) -> None:
    assert voices(text)[-1][0] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Według Komitetu Śledczego Rosji Nowak w sieci pochwalał budowę mostu.", "Komitet Śledczy Rosji"),
        ("Według rządu federalnego BAMF sprawdził w maju kładkę.", "rząd federalny"),
        ("Według źródeł PAP KE przedstawi ustawę o mostach w maju.", "źródła PAP"),
        ("Według przyjętego harmonogramu Wielka Brytania zbuduje most w maju.", "przyjęty harmonogram"),
        ("Zdaniem posłanki Nowak w Polsce brakuje mostów.", "Nowak"),
        ("Zgodnie z komunikatem służb meteorologicznych most runie.", "służby meteorologiczne"),
        ("Osoby niezwiązane z urzędem uważają, że most runie.", "Osoby niezwiązane z urzędem"),
    ],
)
def test_a_source_ends_where_the_subject_begins(text: str, speaker: str) -> None:
    assert voices(text)[-1][0] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Prezes Ryanaira milczy. Zdaniem Ryanaira most runie.", "Ryanair"),
        ("Brytyjski koncern AstraZeneca poinformował, że most stoi.", "AstraZeneca"),
        ("Piątkowy „Nowy Głos” informuje, że most stoi.", "Nowy Głos"),
        ("Zdaniem Franka-Waltera Steinmeiera most stoi.", "Frank-Walter Steinmeier"),
        ("Mówił o tym lider Geert Wanders. Zdaniem Geerta Wandersa most stoi.", "Geert Wanders"),
    ],
)
def test_names_of_bodies_and_of_men_are_in_the_nominative(text: str, speaker: str) -> None:
    assert voices(text)[-1][0] == speaker


def test_a_known_surname_tells_office_and_gender() -> None:
    text = (
        "Von der Leyen powiedziała, że most stoi. Jean-Claude Juncker mówił, że runie. Szefowa KE dodała, że wytrzyma."
    )
    assert [speaker for speaker, _ in voices(text)] == ["Von der Leyen", "Jean-Claude Juncker", "Von der Leyen"]
