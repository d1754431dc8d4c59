"""Who says what, introduced how: one construction of Polish a test."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discourse.attribution.annotate import annotate
from discourse.attribution.attribute import attribute
from discourse.core import schema
from discourse.language.annotate import tokens
from tests.attribution.reading import documents, read

DIRECT, INDIRECT, ACCORDING = "direct", "indirect", "according"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # speech after dashes
        ("- Most wytrzyma - mówi wójt Jan Maj.", [(DIRECT, "mówi", "wójt Jan Maj", ["Most wytrzyma"])]),
        ("– Most wytrzyma – mówi wójt Jan Maj.", [(DIRECT, "mówi", "wójt Jan Maj", ["Most wytrzyma"])]),
        ("— Most wytrzyma! — mówi wójt Jan Maj.", [(DIRECT, "mówi", "wójt Jan Maj", ["Most wytrzyma!"])]),
        (
            "- Most wytrzyma - mówi wójt Jan Maj. - Droga też jest dobra.",
            [(DIRECT, "mówi", "wójt Jan Maj", ["Most wytrzyma", "Droga też jest dobra"])],
        ),
        (
            "Radni czekali do rana. - Most wytrzyma. Droga też - dodał Jan Maj.",
            [(DIRECT, "dodał", "Jan Maj", ["Most wytrzyma. Droga też"])],
        ),
        ("- Most wytrzyma - powiedział.", [(DIRECT, "powiedział", None, ["Most wytrzyma"])]),
        (
            "- Most wytrzyma - mówi w rozmowie z „Głosem” prof. Ewa Lis, inżynierka.",
            [(DIRECT, "mówi", "prof. Ewa Lis", ["Most wytrzyma"])],
        ),
        # quotation marks
        ("„Most wytrzyma” – mówi Ewa Lis.", [(DIRECT, "mówi", "Ewa Lis", ["Most wytrzyma"])]),
        ('"Most wytrzyma"- mówi Ewa Lis.', [(DIRECT, "mówi", "Ewa Lis", ["Most wytrzyma"])]),
        ("«Most wytrzyma» - mówi Ewa Lis.", [(DIRECT, "mówi", "Ewa Lis", ["Most wytrzyma"])]),
        ("Ewa Lis powiedziała: „Most wytrzyma”.", [(DIRECT, "powiedziała", "Ewa Lis", ["Most wytrzyma"])]),
        # inserted, the comma left out or the mark a dash
        ("Jak pisze „Głos” most wytrzyma.", [(ACCORDING, "pisze", "„Głos”", ["most wytrzyma"])]),
        ("Most stoi w Lesie Jak podał Jan Maj, wytrzyma.", [(ACCORDING, "podał", "Jan Maj", ["wytrzyma"])]),
        ("Most - powiedział wójt - wytrzyma rok.", [(ACCORDING, "powiedział", "wójt", ["Most", "wytrzyma rok"])]),
        ("Most jest - według wójta - ruiną.", [(ACCORDING, "według", "wójta", ["Most jest", "ruiną"])]),
        # verbs of manner: only after the words
        ("- Most runie! - zachrypiał wójt.", [(DIRECT, "zachrypiał", "wójt", ["Most runie!"])]),
        ("Nie boisz się? – zainteresowała się radna.", [(DIRECT, "zainteresowała", "radna", ["Nie boisz się?"])]),
        ("Wójt zainteresował się: most runie.", []),
        ("Most runie – zapalił lampę wójt.", []),
        # without a mark before it
        ("Most wytrzyma - podaje agencja AFP.", [(ACCORDING, "podaje", "agencja AFP", ["Most wytrzyma"])]),
        ("Zbudujemy nowy most - zapowiada Ewa Lis.", [(DIRECT, "zapowiada", "Ewa Lis", ["Zbudujemy nowy most"])]),
        # clauses
        ("Wójt Jan Maj powiedział, że most wytrzyma.", [(INDIRECT, "powiedział", "Wójt Jan Maj", ["most wytrzyma"])]),
        ("Jak dodał, most wytrzyma.", [(ACCORDING, "dodał", None, ["most wytrzyma"])]),
        ("Poinformowano, że most wytrzyma.", [(INDIRECT, "Poinformowano", None, ["most wytrzyma"])]),
        ("W raporcie wskazano, że most wytrzyma.", [(INDIRECT, "wskazano", "raporcie", ["most wytrzyma"])]),
        (
            "Wójt skrytykował radę, mówiąc, że most wytrzyma.",
            [(INDIRECT, "mówiąc", "Wójt", ["most wytrzyma"])],
        ),
        (
            "Minister, który przyjechał z Gdańska, zapewnił, że most wytrzyma.",
            [(INDIRECT, "zapewnił", "Minister", ["most wytrzyma"])],
        ),
        (
            "Ewa Lis powiedziała, że most wytrzyma, i dodała, że droga też wytrzyma.",
            [
                (INDIRECT, "powiedziała", "Ewa Lis", ["most wytrzyma"]),
                (INDIRECT, "dodała", "Ewa Lis", ["droga też wytrzyma"]),
            ],
        ),
        ("Wójt zwrócił jednak uwagę, że most stoi.", [(INDIRECT, "zwrócił jednak uwagę", "Wójt", ["most stoi"])]),
        ("Nie pomogły zapewnienia wójta, że most stoi.", [(INDIRECT, "zapewnienia", "wójta", ["most stoi"])]),
        # inserted
        ("Jak podkreśla Ewa Lis, most wytrzyma.", [(ACCORDING, "podkreśla", "Ewa Lis", ["most wytrzyma"])]),
        ("Most, jak podkreśla Ewa Lis, wytrzyma.", [(ACCORDING, "podkreśla", "Ewa Lis", ["Most", "wytrzyma"])]),
        ("Zdaniem wójta most wytrzyma.", [(ACCORDING, "Zdaniem", "wójta", ["most wytrzyma"])]),
        ("Według informacji „Głosu” most stoi.", [(ACCORDING, "Według", "„Głosu”", ["most stoi"])]),
        ("Jak wynika z raportu, most wytrzyma.", [(ACCORDING, "wynika", "raportu", ["most wytrzyma"])]),
        ("Z raportu wynika, że most wytrzyma.", [(INDIRECT, "wynika", "raportu", ["most wytrzyma"])]),
    ],
)  # fmt: skip
def test_constructions(text: str, expected: list[object]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Zapytał, czy most wytrzyma.",
        "Nie powiedziała, kiedy otworzą most.",
        "Wójt powie, że most wytrzyma.",
        "Powiedziałem, że most wytrzyma.",
        "Zapowiedział podwyżki i obiecał pomóc.",
        "Wie, że most wytrzyma.",
        "Trasa Gdańsk - Toruń jest zamknięta.",
        "Otwarto tak zwany „złoty most” w centrum.",
        "- jabłka\n- gruszki\n- śliwki",
        "Gol na 2 - 1 padł w ostatniej minucie.",
        "",
        "…?! -- „” ; —",
    ],
)
def test_not_taken(text: str) -> None:
    assert read(text) == []


def test_headline_gives_its_sentence_to_the_name_before_the_colon() -> None:
    assert read("Ewa Lis kieruje zakładem.", title="Ewa Lis: Most wytrzyma") == [
        (ACCORDING, None, "Ewa Lis", ["Most wytrzyma"])
    ]


def test_interview_answers_are_attributions_and_questions_are_not() -> None:
    text = (
        "Głos: Czy most wytrzyma?\n\nEwa Lis: Wytrzyma. Mamy badania.\n\n"
        "Głos: A droga?\n\nEwa Lis: Droga też jest dobra."
    )
    assert read(text) == [
        (DIRECT, None, "Ewa Lis", ["Wytrzyma. Mamy badania"]),
        (DIRECT, None, "Ewa Lis", ["Droga też jest dobra"]),
    ]


def test_second_hand_gives_the_same_content_twice() -> None:
    found = read("Most wytrzyma - podaje „Głos”, powołując się na inżynierów.")
    assert [(cue, content) for _, cue, _, content in found] == [
        ("podaje", ["Most wytrzyma"]),
        ("powołując", ["Most wytrzyma"]),
    ]


def test_nested_reports_are_both_marked() -> None:
    found = read("Ewa Lis mówi, że minister twierdzi, że most wytrzyma.")
    assert [(cue, content) for _, cue, _, content in found] == [
        ("mówi", ["minister twierdzi, że most wytrzyma"]),
        ("twierdzi", ["most wytrzyma"]),
    ]


def test_results_do_not_depend_on_the_batch() -> None:
    texts = ["- Most wytrzyma - mówi Ewa Lis.", "", "Dodał, że to koniec.", "Zdaniem wójta most stoi."]
    together = documents(texts)
    whole, people = attribute(together, tokens(together))
    apart = [attribute(part, tokens(part)) for part in (together.slice(i, 1) for i in range(len(texts)))]
    assert [row for frame, _ in apart for row in frame.rows()] == whole.rows()
    assert [row for _, frame in apart for row in frame.rows()] == people.rows()


@pytest.mark.parametrize(
    "text",
    ["- " * 20_000, '"' * 20_000, "„" * 10_000 + "”" * 10_000, "Lis: " * 10_000, "- Tak. " * 10_000,
     "CZYTAJ TAKŻE: — Tak Nie " * 5_000,
     '"Tak" - mówi ' * 10_000, "jak twierdzi że powiedział i dodał " * 5_000],
    ids=["dashes", "quotes", "nested quotes", "labels", "openings", "teasers", "cues", "no stop"],
)  # fmt: skip
def test_hostile_text_ends_in_time(text: str) -> None:
    import time

    frame = documents([text])
    rows = tokens(frame)
    began = time.process_time()  # what else the machine does is no matter
    attribute(frame, rows)
    assert time.process_time() - began < 10


def test_posts_are_speech_under_their_signature() -> None:
    text = "Rada milczy. Most runie! Mamy dowody. — Jan Sowa (@jsowa) February 18, 2021 Policja sprawdza."
    assert [(kind, source) for kind, _, source, _ in read(text)] == [("direct", "Jan Sowa")]


def test_a_first_paragraph_without_a_stop_is_a_headline() -> None:
    text = "Sowa: most runie przed zimą\n\nRadny Jan Sowa mówi, że ma badania."
    assert read(text)[0] == ("according", None, "Sowa", ["most runie przed zimą"])


def test_teasers_end_before_the_next_one() -> None:
    text = "Rada milczy. CZYTAJ TAKŻE: — Kowalski: Most wytrzyma — Koniec drogi. „Nikt jej nie naprawi” Wójt wyjechał."
    found = [(source, content) for _, _, source, content in read(text)]
    assert found == [("Kowalski", ["Most wytrzyma"]), (None, ["Nikt jej nie naprawi"])]


@pytest.mark.parametrize(
    ("text", "cue", "source", "content"),
    [
        ("Most runął. Poinformował o tym wójt Jan Maj.", "Poinformował", "wójt Jan Maj", "Most runął"),
        ("Most runął, o czym donosi dziennik „Głos”.", "donosi", "dziennik „Głos”", "Most runął"),
    ],
)
def test_reports_that_point_back(text: str, cue: str, source: str, content: str) -> None:
    assert read(text) == [("according", cue, source, [content])]


def test_sources_with_numbers_outlets_and_participles() -> None:
    assert read("Aż 56 proc. badanych uważa, że most wytrzyma.")[0][2] == "56 proc. badanych"
    assert read("- Most wytrzyma - mówi mosty.pl Ewa Lis.")[0][2] == "Ewa Lis"
    assert read("Zgodnie z wydanymi dziś zaleceniami most jest zamknięty.")[0][2] == "wydanymi dziś zaleceniami"
    assert read("Według danych, które zebrał urząd, most wytrzyma.")[0][3] == ["most wytrzyma"]


def test_everything_points_at_is_nobody_s_claim() -> None:
    assert read("Wszystko wskazuje na to, że most runie.") == []


def test_unmarked_speech_runs_back_to_the_authors_own_sentence() -> None:
    text = "Radna Ewa Lis przyszła pierwsza. Most jest stary. Droga jest wąska – powiedziała radna."
    assert [content for _, _, _, content in read(text)] == [["Most jest stary. Droga jest wąska"]]


@pytest.mark.parametrize(
    "text",
    [
        "Radna poszła pieszo, myśląc, że most stoi.",
        "Czyżby wójt uważał, że most stoi?",
        "Wójt pokazuje, że nie umie liczyć.",
        "Spotkanie Anny Lis z Janem Sową pokazuje, że most stoi.",
        "Radna komentuje fakt, że most stoi.",
        "Wśród radnych nie ma przekonania, że most stoi.",
        "Wójt pyta o most po tym, jak przegrał wybory.",
    ],
)
def test_what_is_no_report(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Jan Sowa, profesor chemii w Gdańsku, powiedział, że most stoi.", "Jan Sowa"),
        ("Sąd Okręgowy - specjalny sąd zajmujący się mostami - uznał, że most stoi.", "Sąd Okręgowy"),
        ("Wielu posłów podkreślało, że most stoi.", "Wielu posłów"),
        ("Część jednak uspokaja, że most stoi.", "Część"),
        ("„Most stoi” - powiedziała tygodnikowi „Nowy Głos” radna Ewa Lis.", "radna Ewa Lis"),
        ("„Most stoi” - czytamy w „Głosie”.", "„Głosie”"),
        ("„Most stoi” - czytamy na stronie internetowej policji.", "stronie internetowej policji"),
        ("„Most stoi” - przekonywał były prezes rady.", "były prezes rady"),
    ],
)
def test_sources_beside_the_cue(text: str, source: str) -> None:
    assert read(text)[0][2] == source


def test_a_report_joined_to_another_has_its_source() -> None:
    found = read("Gazeta przekonuje, że Polska dryfuje i sugeruje, że most stoi.")
    assert [(cue, source) for _, cue, source, _ in found] == [("przekonuje", "Gazeta"), ("sugeruje", "Gazeta")]


def test_who_acts_in_a_headline_says_what_is_quoted_there() -> None:
    assert read("Rada milczy.", title="Minister ostrzega radę. „Most runie przed zimą”")[0][2] == "Minister"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O tym, że most stoi, poinformował wójt.", [("indirect", "poinformował", "wójt", ["most stoi"])]),
        (
            "Cytowana przez dziennik, Ewa Lis powiedziała, że most stoi.",
            [
                ("indirect", "Cytowana", "dziennik", ["most stoi"]),
                ("indirect", "powiedziała", "Ewa Lis", ["most stoi"]),
            ],
        ),
        ("Wójt milczał na uwagę radnej, że most stoi.", [("indirect", "uwagę", "radnej", ["most stoi"])]),
        ("Zgodnie z propozycją rady most stoi.", [("according", "Zgodnie z", "propozycją rady", ["most stoi"])]),
        ("Radni skrytykowali wójta za to, że most stoi.", []),
        ("Most drży, co sugeruje, że runie.", []),
        ("Wiele wskazuje na to, że most runie.", []),
        ("W świetle obowiązującego prawa most stoi.", []),
    ],
)
def test_second_hand_fronted_and_what_is_no_claim(text: str, expected: list[object]) -> None:
    assert read(text) == expected


_PIECES = (
    *("Jan Sowa", "Ewy Lis", "Sowa", "prof.", "rzecznik", "ekspertka", "resort", "Lewica", "PiS", "MSZ", "Głos", "on"),
    *("mówi", "dodała", "powiedział", "napisano", "zdaniem", "według", "jak", "wynika z", "dodając", "zapewnienie"),
    *("że", "czy", "by", "most stoi", "Most", "raport", "z", "i", "który", "2021", "@sowa", "https://a.pl", "🙂"),
    *(",", ".", ":", ";", "?", "!", "…", "-", "–", "—", "„", "”", '"', "«", "»", "'", "(", ")", "[", "]", "/"),
    *(" ", " ", " ", "\n", "\n\n", "\u00a0", "\u00ad", ""),
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.sampled_from(_PIECES), max_size=24), min_size=1, max_size=40), st.booleans())
@example([["Jan Sowa", " ", "(", "„", ")", " ", "mówi", ",", " ", "że", " ", "most stoi", "."], ["-"]], False)
def test_no_text_is_too_odd(texts: list[list[str]], titled: bool) -> None:
    title = "Sowa: most stoi" if titled else ""
    strings = [(" " if number % 2 else "").join(pieces) for number, pieces in enumerate(texts)]
    frame = documents(strings, title)
    ends = dict(frame.select("doc_id", schema.string().str.len_chars()).iter_rows())
    for row in annotate(frame).attributions.iter_rows(named=True):
        ranges = [*row["content"], *(part for part in (row["cue"], row["source"]) if part is not None)]
        assert all(0 <= lo < hi <= ends[row["doc_id"]] for lo, hi in ranges)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("O most pytała radna Lis, która - jak mówiła - często nim chodzi.", ["często nim chodzi"]),
        ("W Toruniu wypadków ubyło, a jak wynika z raportu, w Gdyni przybyło.", ["w Gdyni przybyło"]),
        ("Tak jak mówił w radiu minister Jan Sowa, nie ma dość soli.", ["nie ma dość soli"]),
        ("Według lokalnych mediów most jest stary.", ["most jest stary"]),
        ("Choć Ewa Lis twierdzi, że most wytrzyma, to radni go zamkną.", ["most wytrzyma"]),
        ("Pytany, czy uważa, że „most się nie zawali”, odparł: Jestem tego pewien.", ["Jestem tego pewien"]),
    ],
)  # fmt: skip
def test_only_the_clause_that_is_reported_is_content(text: str, content: list[str]) -> None:
    assert [found[3] for found in read(text)] == [content]


def test_a_relative_clause_after_a_dash_closes_no_speech() -> None:
    assert read("Wójt wydał trzy decyzje – które zakładały budowę mostu.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Most runie – tymi słowami minister Jan Sowa zwrócił się do rady.",
         [(DIRECT, "zwrócił", "minister Jan Sowa", ["Most runie"])]),
        ("„Most runie przed zimą” - tak na raport zareagował Jan Sowa.",
         [(DIRECT, "zareagował", "Jan Sowa", ["Most runie przed zimą"])]),
        ("Most stoi sto lat - tak widzi to rada.", []),
    ],
)  # fmt: skip
def test_any_verb_may_follow_words_that_point_back(text: str, expected: list[object]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Skargi wskazują, że most drży.", "Skargi"),
        ("- Ręka nie została przyjęta - stwierdza nota.", "nota"),
        ("W nawiązaniu do B.1.526 badacze twierdzą, że most drży.", "badacze"),
        ('Z kolei "The Sunday Times" ujawnił, że most drży.', '"The Sunday Times"'),
        ("Most runie - informują w poniedziałek brytyjskie gazety.", "brytyjskie gazety"),
        ("Most runie - przekazał w oświadczeniu Biały Dom.", "Biały Dom"),
        ("W czwartek, jak przekazał Reuters, most zamknięto.", "Reuters"),
        ("- Most runie - ostrzega OECD grupująca 35 państw.", "OECD"),
        ("Opublikowany w niedzielę sondaż gazety wskazuje, że most lubią wszyscy.", "Opublikowany w niedzielę sondaż"),
        ("Zdaniem torysów Corbyn powinien wystąpić o teczkę.", "torysów"),
        ("Zdaniem prawie połowy badanych most runie.", "połowy badanych"),
        ("Od lat 36 proc. Polaków uważa, że most runie.", "36 proc. Polaków"),
    ],
)
def test_sources_that_readers_of_fresh_articles_found(text: str, source: str) -> None:
    found = read(text)[0][2]
    assert found is not None
    assert found.startswith(source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Nikt nie wydał mu rozkazu.- zauważa ekspert.I dodaje, że to koniec.", "ekspert"),
        ("Dziękuję wszystkim za pomoc. #MostStoi — napisał na Twitterze Dworak.", "Dworak"),
        ("Marek Wąs zwrócił też uwagę na fakt, że most drży.", "Marek Wąs"),
        ("Rada podała w lipcu ub.r., że most drży.", "Rada"),
    ],
)
def test_speech_that_typography_hid(text: str, source: str) -> None:
    assert read(text)[0][2] == source


def test_quotations_in_a_row_in_a_headline_are_one_speakers() -> None:
    title = "Opozycja uderza w wójta: „Most się wali”; „Nikt nie pilnuje budowy”"
    assert read("Rada zbierze się jutro.", title) == [
        ("direct", None, "Opozycja", ["Most się wali"]),
        ("direct", None, "Opozycja", ["Nikt nie pilnuje budowy"]),
    ]


def test_who_acts_in_a_headline_says_what_follows_its_colon() -> None:
    title = "Rada odchodzi? Zalewska uderza w burmistrza: To koniec naszej drogi"
    found = read("Ewa Zalewska mówiła o tym w piątek.", title)
    assert found[0] == ("direct", None, "Zalewska", ["To koniec naszej drogi"])


@pytest.mark.parametrize(
    "text",
    [
        "Dobrze by było, żeby rada jasno powiedziała, że most runie.",
        "Będą z wielkim przekonaniem mówili, że most stoi.",
        "Ważne jest, by urzędnicy przyznali, że most runął.",
    ],
)
def test_what_somebody_shall_say_is_said_by_nobody(text: str) -> None:
    assert read(text) == []


def test_future_in_speech_leaves_its_cue_alone() -> None:
    found = read("– Most będzie stał – powiedział wójt. Wójt będący w Radzie dodał, że stoi.")
    assert [cue for _, cue, _, _ in found] == ["powiedział", "dodał"]
