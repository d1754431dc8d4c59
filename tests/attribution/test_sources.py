"""Who is named as the source, and how far the noun phrase goes: one pattern of Polish a group."""

from __future__ import annotations

import pytest

from tests.attribution.reading import read


@pytest.mark.parametrize(
    ("text", "source"),
    [
        # behind an adverbial
        ("Most wytrzyma - pisze w dzisiejszym wydaniu „Nowy Głos”.", "„Nowy Głos”"),
        ("Most wytrzyma - ogłasza w nagłówku „La Voce”.", "„La Voce”"),
        ("Most wytrzyma - pisze w dzisiejszym wydaniu „Nowego Głosu”.", None),
        (
            "Most wytrzyma - napisał na Twitterze były brytyjski dyplomata Adam Sowa.",
            "były brytyjski dyplomata Adam Sowa",
        ),
        (
            "Most wytrzyma - mówił w magazynie „24 godziny” w radiu były szef urzędu Jan Maj.",
            "były szef urzędu Jan Maj",
        ),
        ("Most wytrzyma - stwierdziła była menadżer kampanii rady, Ewa Lis.", "była menadżer kampanii rady"),
        ("Most wytrzyma - napisał w mediach społecznościowych premier Jan Sowa.", "premier Jan Sowa"),
        ("- Most wytrzyma - tłumaczył odpowiadając na pytania dziennikarzy Sowa.", "Sowa"),
        ("- Most wytrzyma - powiedział Palu w środę.", "Palu"),
        ("Kilka dni temu AFP podało, że most wytrzyma.", "AFP"),
        ("Z kolei Centrum Wody poinformowało, że most wytrzyma.", "Centrum Wody"),
        ("O ile prognozy rady wskazują, że most wytrzyma, tamę trzeba zburzyć.", "prognozy rady"),
        ("W rozmowie z mosty.pl Ewa Lis powiedziała, że most wytrzyma.", "Ewa Lis"),
        ("Był to moment, w którym TVP przyznała, że most wytrzyma.", "TVP"),
        ("W 2019 Sowa mówił, że most wytrzyma.", "Sowa"),
        (
            "Tydzień temu rosyjski minister Siergiej Ławrin zapowiedział, że most wytrzyma.",
            "rosyjski minister Siergiej Ławrin",
        ),
        ("W południe biuro prasowe ratusza poinformowało, że most wytrzyma.", "biuro prasowe ratusza"),
        ("Most wytrzyma - ocenia pomysł rady Janusz Śliwa, poseł.", "Janusz Śliwa"),
        ("Lindstrand wyraziła nadzieję, że most wytrzyma.", "Lindstrand"),
        ("Ława przysięgłych jednomyślnie uznała, że most wytrzyma.", "Ława przysięgłych"),
        ("Przed naradą w maju pięciu przywódców stwierdziło, że most wytrzyma.", "pięciu przywódców"),
        # shares
        ("W rozmowie z ankieterami 53 proc. wyborców powiedziało, że most wytrzyma.", "53 proc. wyborców"),
        ("W sondażu ośrodka Rzeka 53 proc. badanych powiedziało, że most wytrzyma.", "53 proc. badanych"),
        # several
        (
            "Most wytrzyma - napisali Arkady Sowa, Renata Lis oraz Jan Maj w liście.",
            "Arkady Sowa, Renata Lis oraz Jan Maj",
        ),
        ("Ewa Lis i były premier Jan Sowa przyznali, że most wytrzyma.", "Ewa Lis i były premier Jan Sowa"),
        ("Premier i ministrowie podkreślali, że most wytrzyma.", "Premier i ministrowie"),
        ("Most, którego budowniczy Jan Maj i Adam Sowa ocenili, że wytrzyma, stoi.", "budowniczy Jan Maj i Adam Sowa"),
        # relative clauses, brackets and appositions before the verb
        ("Radny Sowa, który w środę rozmawiał z wójtem w urzędzie powiedział, że most wytrzyma.", "Radny Sowa"),
        ("Protestował wójt Jan Maj, który – jak dodał w środę rzecznik Adam Sowa – ocenił, że most wytrzyma.", "który"),
        ("Głos zabrał Jan Maj, który ocenił, że most wytrzyma.", "który"),
        ("Organizatorzy biegu, w którym startują też uczniowie, zapewnili, że most wytrzyma.", "Organizatorzy biegu"),
        ("Ewa Lis, która kieruje firmą Nowa Woda (NW), uważa, że most wytrzyma.", "Ewa Lis"),
        ("W maju dr Adam Sowa, przewodniczący rady, powiedział, że most wytrzyma.", "dr Adam Sowa"),
        ("Rzecznik rady, Adam Sowa zapytany, czy to prawda, odparł, że most wytrzyma.", "Rzecznik rady"),
        ("Jan Sowa, szef banku, w programie na antenie CNBC zapowiedział, że most wytrzyma.", "Jan Sowa"),
        ("Żona Jana Maja, prezesa „Głosu”, stwierdziła, że most wytrzyma.", "Żona Jana Maja"),
        # participles
        ("Powołujący się na radę dziennik „Głos” podał, że most wytrzyma.", "dziennik „Głos”"),
        ("Będąca od lat w koalicji Partia Rzek zadeklarowała, że most wytrzyma.", "Partia Rzek"),
        ("Cytowana przez gazetę Ewa Lis, inżynierka z Gdańska, powiedziała, że most wytrzyma.", "Ewa Lis"),
        # what stands in a text
        ("Most wytrzyma - czytamy w opisie badania.", "opisie badania"),
        ("Most wytrzyma - czytamy w „le Monde”.", "„le Monde”"),
        ("Most wytrzyma - czytamy w jej wpisie.", "jej wpisie"),
        ("Most wytrzyma - można przeczytać w apelu.", "apelu"),
        ("Most wytrzyma - napisano w środę.", None),
        (
            "W przyjętym w środę przez radę stanowisku podkreślono, że most wytrzyma.",
            "przyjętym w środę przez radę stanowisku",
        ),
        ("Wskazano w nim, że most wytrzyma.", "nim"),
        ("W komentarzach zaznacza się, że most wytrzyma.", "komentarzach"),
        ("Na łamach „Nowego Głosu” podkreśla się, że most wytrzyma.", "„Nowego Głosu”"),
        (
            "Most wytrzyma - wynika ze scenariusza przewidywanego przez Bank Wody.",
            "scenariusza przewidywanego przez Bank Wody",
        ),
        ("Most wytrzyma - wynika z analiz, jakie Jan Maj zebrał z urzędów.", "analiz"),
        ("Napis głosi, że most wytrzyma.", "Napis"),
    ],
)
def test_the_source_is_found_and_whole(text: str, source: str | None) -> None:
    assert source in [found for _, _, found, _ in read(text)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Według CNN Sowa wydał pieniądze.", "CNN", "Sowa wydał pieniądze"),
        (
            "Według źródeł „Głosu” Barbara Chrobak ma stracić urząd.",
            "źródeł „Głosu”",
            "Barbara Chrobak ma stracić urząd",
        ),
        ("Zdaniem Komitetu Śledczego Rosji Sowa wydał pieniądze.", "Komitetu Śledczego Rosji", "Sowa wydał pieniądze"),
        (
            "Zgodnie z rozporządzeniem ministra zdrowia szczepienia są dobrowolne.",
            "rozporządzeniem ministra zdrowia",
            "szczepienia są dobrowolne",
        ),
        (
            "Według komunikatu partii osoby, które głosowały, odejdą.",
            "komunikatu partii",
            "osoby, które głosowały, odejdą",
        ),
        (
            "Według ekspertów ds. zwalczania powodzi groźby mogą wrócić.",
            "ekspertów ds. zwalczania powodzi",
            "groźby mogą wrócić",
        ),
        (
            "Zgodnie z przepisami oświadczenia majątkowe posłów są jawne.",
            "przepisami",
            "oświadczenia majątkowe posłów są jawne",
        ),
        ("Według dziennika Mario Draghetti jest rozczarowany.", "dziennika", "Mario Draghetti jest rozczarowany"),
        ("Zdaniem posłanki Nowak powinna odejść.", "posłanki Nowak", "powinna odejść"),
        ("Zdaniem posła Partii Prawa i Wody chodzi o most.", "posła Partii Prawa i Wody", "chodzi o most"),
        ("Według rządu RFN istnieją dowody.", "rządu RFN", "istnieją dowody"),
        ("Zgodnie ze stanowiskiem zarządu most ma zostać.", "stanowiskiem zarządu", "most ma zostać"),
        ("W myśl nowej ustawy wybory muszą odbyć się w maju.", "nowej ustawy", "wybory muszą odbyć się w maju"),
        ("W ocenie europoseł Lis, atak jest zmasowany.", "europoseł Lis", "atak jest zmasowany"),
        ("Według kodeksu karnego to legalne.", "kodeksu karnego", "to legalne"),
        ("Według przewidywań spółki Rzeka most runie.", "spółki Rzeka", "most runie"),
        ("Padły słowa posłanki Ewy Lis: „Most na pewno wytrzyma”.", "posłanki Ewy Lis", "Most na pewno wytrzyma"),
        ("Jak dowiedziała się PAP, most wytrzyma.", "PAP", "most wytrzyma"),
        ("Sąd zdecydował, że most wytrzyma.", "Sąd", "most wytrzyma"),
    ],
)
def test_the_source_ends_where_the_report_begins(text: str, source: str, content: str) -> None:
    assert (source, [content]) in [(found, pieces) for _, _, found, pieces in read(text)]


def test_ze_is_no_conjunction_without_a_comma() -> None:
    assert read("Most wytrzyma - wynika ze wstępnego raportu.") == [
        ("according", "wynika", "wstępnego raportu", ["Most wytrzyma"])
    ]


def test_a_question_what_somebody_thinks_gives_nobody_a_claim() -> None:
    assert read("Zapytany, czy jego zdaniem most wytrzyma, wójt milczał.") == []


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Ostra reakcja Jana Sowy: Most musi zostać", "Jana Sowy"),
        ("Ważny apel premiera: Nie burzcie mostu", "premiera"),
        ("Ewa Lis o moście: Ta budowla ma sto lat", "Ewa Lis"),
        ("Jan Maj stanął w obronie mostu: To kłamstwa. Most wytrzyma", "Jan Maj"),
    ],
)
def test_headings_say_whose_words_follow(title: str, source: str) -> None:
    assert [found for _, _, found, _ in read("Rada obradowała do rana.", title)] == [source]


def test_a_thing_in_a_heading_does_not_speak() -> None:
    assert read("Rada obradowała do rana.", "Nowa oferta rady: Mogą stracić pieniądze") == []
