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


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ("- Most wytrzyma - mówi Jan Sowa z Instytutu Rzek.", "Jan Sowa", "expert"),
        ("- Most wytrzyma - mówi Jan Sowa, z Uniwersytetu Wodnego.", "Jan Sowa", "expert"),
        ("- Most wytrzyma - mówi Jan Sowa, doradca podatkowy.", "Jan Sowa", "expert"),
        ("Jak podaje „Głos Tczewa”, most wytrzyma.", "Głos Tczewa", "media"),
        ("Zdaniem ekspertów most wytrzyma.", "eksperci", "expert"),
        ("Według oficjalnych danych most wytrzyma.", "oficjalne dane", "document"),
        ("W oświadczeniu Ministerstwa Dróg napisano, że most wytrzyma.", "Ministerstwo Dróg", "official"),
        ("Zdaniem Jana Maja most wytrzyma.", "Jan Maj", "official"),
    ],
)
def test_names_and_roles_by_what_stands_beside(text: str, speaker: str, role: str) -> None:
    assert voices(text) == [(speaker, role)]


def test_an_expert_noun_tells_who_an_undescribed_speaker_is() -> None:
    text = "- Most wytrzyma - mówi Jan Sowa. - Droga też - dodał hydrolog."
    assert voices(text) == [("Jan Sowa", "expert"), ("Jan Sowa", "expert")]


def test_a_surname_as_subject_takes_the_word() -> None:
    text = "Radna Ewa Lis mówi, że most runie. Wójt Maj milczał. Dodał, że ma badania. Według Maja most wytrzyma."
    assert [speaker for speaker, _ in voices(text)] == ["Ewa Lis", "Maj", "Maj"]


def test_impersonal_verbs_keep_the_text_that_spoke() -> None:
    text = "Raport izby wskazuje, że most runie. „Trzeba go zamknąć od jutra” - czytamy."
    assert {speaker for speaker, _ in voices(text)} == {"Raport izby"}


def test_the_table_of_speakers_has_affiliation_and_words() -> None:
    frame = documents(["- Most wytrzyma zimę - mówi prof. Ewa Lis z Instytutu Rzek. Zdaniem Lis droga jest dobra."])
    row = attribute(frame, tokens(frame))[1].row(0, named=True)
    assert (row["name"], row["titles"], row["affiliation"]) == ("Ewa Lis", "prof", "Instytutu Rzek")
    assert (row["mentions"], row["words"]) == (2, 6)


def test_whom_the_speech_names_does_not_say_it() -> None:
    text = (
        "Profesor Jan Lis zauważa, że umowa wygasła. - Pisali ją prawnicy, doradcy premiera Tuldena czy szef "
        "kancelarii, i zawiedli - mówi."
    )
    assert [speaker for speaker, _ in voices(text)] == ["Jan Lis", "Jan Lis"]


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ("- Most stoi - powiedział minister edukacji, Jan Sowa.", "Jan Sowa", "official"),
        ("- Most stoi - powiedział szef urzędu (UW) Jan Sowa.", "Jan Sowa", "official"),
        ("- Most stoi - powiedział PAP w czwartek wirusolog prof. Jan Gut.", "Jan Gut", "expert"),
        ("- Most stoi - powiedział Deutsche Welle Marek Wąs z Instytutu Rzek.", "Marek Wąs", "expert"),
        ("Profesor Instytutu Polsko-Niemieckiego Jan Sowa mówi, że most stoi.", "Jan Sowa", "expert"),
        ("Zdaniem najlepszych polskich ekspertów most runie.", "najlepsi polscy eksperci", "expert"),
        ("Zgodnie z wydanymi we wtorek zaleceniami most trzeba zamknąć.", "zalecenia", "document"),
        ("Według Sądu Okręgowego w Gdańsku most stoi.", "Sąd Okręgowy w Gdańsku", "official"),
        ("Według ustaleń Polsat News most stoi.", "Polsat News", "media"),
        ("Jak podaje mosty.pl, most stoi.", "mosty.pl", "media"),
        ("W oświadczeniu prof. Ewy Lis napisano, że most stoi.", "Ewa Lis", "expert"),
        ("- Most stoi - powiedział stronnik Jana Sowy.", "stronnik Jana Sowy", "citizen"),
        ("- Most stoi - powiedziała Ewa LisWładze miasta milczą.", "Ewa Lis", "official"),
        ("- Most stoi - mówi Monika Olejnik.", "Monika Olejnik", "media"),
    ],
)
def test_who_speaks_in_the_constructions_of_the_press(text: str, speaker: str, role: str) -> None:
    assert voices(text) == [(speaker, role)]


def test_who_was_named_as_subject_takes_the_word() -> None:
    text = "Rzeczniczka spółki Marianne Dahl przeprosiła. - Most stoi - powiedziała."
    assert voices(text) == [("Marianne Dahl", "organization")]


def test_a_bare_noun_means_the_body_named_before() -> None:
    text = "Ryanair odwołał loty. Przewoźnik twierdzi, że most runie."
    assert voices(text) == [("Ryanair", "organization")]


def test_the_description_of_a_headline_is_who_speaks_below() -> None:
    frame = documents(["- Most runie - powiedział wójt Jan Maj."], "Wójt: most runie")
    assert attribute(frame, tokens(frame))[0].get_column("speaker").to_list() == ["Jan Maj", "Jan Maj"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Zdaniem radnego Fabio Temido most runie.", "Fabio Temido"),  # vocatives by the dictionary alone
        ("- Most stoi - mówi dr hab. Sabina Nowak.", "Sabina Nowak"),
        ("Według eksperta Michaiła Iwanowa most runie.", "Michaił Iwanow"),
        ("Zdaniem Baracka Obamy most stoi.", "Barack Obama"),  # known, and here in another case only
    ],
)
def test_names_that_the_dictionary_takes_for_something_else(text: str, speaker: str) -> None:
    assert [found for found, _ in voices(text)] == [speaker]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Prawnik Nowickiej twierdzi, że most runie.", "other"),
        ("- Most stoi - mówi prawnik Jan Sowa.", "expert"),
        ("- Most stoi - napisał na Twitterze były brytyjski dyplomata Jan Sowa.", "expert"),
        ("- Most stoi - mówi Jan Sowa, były szef wywiadu.", "expert"),
        ("- Most stoi - mówi Jan Sowa z Instytutu Ordo Iuris.", "organization"),
        ("- Most stoi - mówi Jan Sowa (Lewica).", "official"),
        ("- Most stoi - mówi Jan Sowa, menedżer w PwC.", "expert"),
        ("- Most stoi - mówi Jan Sowa, partner w kancelarii Lex.", "expert"),
        ("- Most stoi - mówi bp. Jan Sowa.", "organization"),
        ("- Most stoi - mówi Jan Sowa, autor bloga.", "media"),
        ("- Most stoi - mówi Jan Sowa, emerytowany profesor chemii.", "expert"),
        ("- Most stoi - mówi Jan Sowa dyrektor huty.", "organization"),
        ("- Most stoi - mówi Jan Sowa, kierujący kliniką w szpitalu.", "organization"),
        ("- Most stoi - mówi szef Federacji Hutników (FHX) Jan Sowa.", "organization"),
        ("Władze partii twierdzą, że most runie.", "organization"),
        ("Ze statystyk wynika, że most stoi.", "document"),
    ],
)
def test_roles_by_whose_and_former_functions(text: str, role: str) -> None:
    assert [found for _, found in voices(text)] == [role]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("- Most stoi - dodała europoseł.", "europoseł"),
        ("W liście do ministra Kowalski napisał, że most stoi.", "Kowalski"),
        ("- Most stoi - pisze kilkanaście organizacji ekologicznych.", "kilkanaście organizacji ekologicznych"),
        ("- Most stoi - powiedział na antenie radia TOK FM europoseł Jan Sowa.", "europoseł Jan Sowa"),
        ("- Most stoi - oświadczył cytowany przez stację CNBC dyrektor Jan Sowa.", "dyrektor Jan Sowa"),
        ("Uzasadniając stanowisko PSL, Sowa zaznaczył, że most stoi.", "Sowa"),
        ("Zdaniem rządu w Londynie most stoi.", "rządu w Londynie"),
        ("Zgodnie z art. 14 ustawy o mostach most stoi.", "art. 14 ustawy o mostach"),
        ("- Most stoi - powiedział PAP dyrektor WHO na Europę Jan Sowa.", "dyrektor WHO na Europę Jan Sowa"),
    ],
)
def test_sources_beside_phrases_of_place_and_rank(text: str, source: str) -> None:
    frame = documents([text])
    lo, hi = attribute(frame, tokens(frame))[0].row(0, named=True)["source"]
    assert text[lo:hi] == source


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Wiceminister obrony Yasuhide Nakayama przestrzegł, że most runie.", "Yasuhide Nakayama"),
        ("Zdaniem analityka Tima Malloya most runie.", "Tim Malloy"),
        ("Byłe więźniarki obozów w Sinciangu, które twierdzą, że most runie, milczą.", "Byłe więźniarki obozów"),
        ("Z raportu firmy Work Service wynika, że most runie.", "raport firmy Work Service"),
    ],
)
def test_whom_readers_of_fresh_articles_found(text: str, speaker: str) -> None:
    found = voices(text)[0][0]
    assert found is not None
    assert found.lower().startswith(speaker.lower())


def test_a_place_after_a_preposition_is_nobody() -> None:
    assert voices("- Most stoi - powiedział dyrektor szpitala w Lahore.")[0][0] != "Lahore"
