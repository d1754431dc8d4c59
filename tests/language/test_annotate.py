"""Tokens of short texts, and what must hold for any text."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.core import schema
from discourse.core.errors import DiscourseError
from discourse.language import annotate


def frame(*texts: str, title: str = "") -> pl.DataFrame:
    return pl.DataFrame({"doc_id": [f"d{i}" for i in range(len(texts))], "title": [title] * len(texts), "text": texts})


def forms(text: str) -> list[str]:
    return annotate.tokens(frame(text)).get_column("form").to_list()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zrobiłbym to.", "Zrobił by m to ."),
        ("gdybyśmy przyszli", "gdyby śmy przyszli"),
        ("miałem coś", "miał em coś"),
        ("biało-czerwony", "biało - czerwony"),
        ("PiS-u i F-16, 14-letnia", "PiS-u i F-16 , 14-letnia"),
        ("Nowak-Lisowska", "Nowak - Lisowska"),
        ("lata 1939-1945", "lata 1939 - 1945"),
        ("m.in. 1,5 mln zł", "m.in . 1,5 mln zł"),
        ("o 20.00, 12:30", "o 20.00 , 12:30"),
        ("koniec.Początek", "koniec . Początek"),
        ("O’Learym, Price'a", "O’Learym , Price'a"),
        ("www.przyklad.pl/a, lis@przyklad.pl", "www.przyklad.pl/a , lis@przyklad.pl"),
        ("Tak...", "Tak . . ."),
        ("„Nie” – rzekł", "„ Nie ” – rzekł"),
        ("👍🏽!", "👍🏽 !"),
        ("👨\u200d👩\u200d👧 🇵🇱🇺🇦", "👨\u200d👩\u200d👧 🇵🇱 🇺🇦"),
        ("jan.lis@wydawca.com.pl, bip.miasto.gov.pl", "jan.lis@wydawca.com.pl , bip.miasto.gov.pl"),
    ],
)
def test_segments(text: str, expected: str) -> None:
    assert forms(text) == expected.split()


def test_columns_of_a_short_document() -> None:
    table = annotate.tokens(frame("Zrobiłbym to.\nPotem.", title="Żółw"), policy="first")
    assert table.select("start", "end", "sent", "paragraph", "word", "word_start").rows() == [
        (0, 4, 0, 0, 0, True),
        (6, 12, 1, 1, 1, True),
        (12, 14, 1, 1, 1, False),
        (14, 15, 1, 1, 1, False),
        (16, 18, 1, 1, 2, True),
        (18, 19, 1, 1, 3, False),
        (20, 25, 2, 2, 4, True),
        (25, 26, 2, 2, 5, False),
    ]


def test_lemmas_lose_homonym_suffix_and_abbreviations_are_spelt_out() -> None:
    table = annotate.tokens(frame("Profesor, czyli prof. Lis, m.in. w 2020 r., może przyjdzie."))
    lemmas = dict(table.select("form", "lemma").iter_rows())
    assert lemmas["prof"] == "profesor"
    assert lemmas["m.in"] == "między innymi"
    assert lemmas["przyjdzie"] == "przyjść"
    assert not table.get_column("lemma").str.contains(r"\w:\w").any()


def test_boilerplate_is_flagged_not_dropped() -> None:
    table = annotate.tokens(frame("Rada.\nREKLAMA\nKoniec."))
    assert table.filter("boilerplate").get_column("form").to_list() == ["REKLAMA"]


def test_empty_documents_have_no_rows() -> None:
    assert annotate.tokens(frame("", " \n", "a")).get_column("doc_id").to_list() == ["d2"]
    assert annotate.tokens(frame()).is_empty()


def test_unknown_policy_is_named() -> None:
    with pytest.raises(DiscourseError, match="did you mean 'first'"):
        annotate.tokens(frame("a"), policy="frist")


texts = st.text(
    st.one_of(
        st.sampled_from("aąZ1.,-–'’\"„” \n\u00a0\u00ad\u0301\u200d…<👍mr"), st.characters(exclude_categories=["Cs"])
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, max_size=4))
def test_any_text_is_covered_once_by_its_tokens(documents: list[str]) -> None:
    given_frame = frame(*documents)
    table = schema.check(annotate.tokens(given_frame), "tokens")
    strings = dict(given_frame.select("doc_id", schema.string()).iter_rows())
    rest = {doc_id: list(text) for doc_id, text in strings.items()}
    for doc_id, start, end, form in table.select("doc_id", "start", "end", "form").iter_rows():
        assert strings[doc_id][start:end] == form
        assert all(rest[doc_id][start:end]), "a character belongs to two tokens"
        rest[doc_id][start:end] = [""] * (end - start)
    for left in rest.values():
        assert not "".join(left).strip(
            "\u200b\u2060\ufeff \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029" + "".join(map(chr, SPACES))
        )


SPACES = [0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]


@settings(max_examples=20, deadline=None)
@given(st.lists(texts, max_size=5), st.integers(1, 40))
def test_batches_change_nothing(documents: list[str], size: int) -> None:
    given_frame = frame(*documents)
    parts = [annotate.tokens(batch) for batch in annotate.batches(given_frame, size)]
    whole = annotate.tokens(given_frame)
    assert whole.equals(pl.concat([schema.empty("tokens"), *parts]))


@pytest.mark.parametrize(
    "text",
    [
        "Wróciła do Gdyni.Potem wyszła.",
        "Był rok 2020.Potem przyszła zima.",
        'Rzekł: "tak".Potem wyszedł.',
        "Tak.W środę.",
    ],
)
def test_a_lost_line_break_ends_a_sentence(text: str) -> None:
    assert annotate.tokens(frame(text)).get_column("sent").max() == 1


@pytest.mark.parametrize("text", ["J.Kowalski wrócił.", "Ur. w Łodzi, prof.Lis wrócił."])
def test_a_dot_of_an_initial_or_abbreviation_without_space_does_not(text: str) -> None:
    assert annotate.tokens(frame(text)).get_column("sent").max() == 0


def test_ranks_and_degrees_before_names_end_no_sentence() -> None:
    table = annotate.tokens(frame("Gen. Sowa, dr n. med. Lis i mł. insp. Kos czekali na Kim Dzong Una."))
    found = dict(table.select("form", "lemma").iter_rows())
    assert table.get_column("sent").max() == 0
    assert [found[form] for form in ("Gen", "med", "mł", "insp")] == ["generał", "medyczny", "młodszy", "inspektor"]


def test_abbreviations_with_dots_inside_are_what_they_stand_for() -> None:
    table = annotate.tokens(frame("Spółka z o.o. podała w ub.r., że wg k.p.c. wygra. W b.r. nic."))
    found = dict(table.select("form", "lemma").iter_rows())
    meant = ["ograniczona odpowiedzialność", "ubiegły rok", "bieżący rok"]
    assert [found[form] for form in ("o.o", "ub.r", "b.r")] == meant
    assert table.get_column("sent").max() == 1


def test_a_share_is_not_cut_from_those_who_have_it() -> None:
    text = "Sprzedaż wzrosła o 5 proc. Rolnicy się cieszą. To 36 proc. Polaków i 5 proc. Niemców."
    table = annotate.tokens(frame(text))
    assert table.get_column("sent").max() == 2


def lemmas(*texts: str) -> list[tuple[str, str]]:
    table = annotate.tokens(frame(*texts))
    return [(form, lemma) for form, lemma in table.select("form", "lemma").rows() if form[0].isupper()]


def test_a_name_that_a_common_noun_is_like_keeps_its_capital() -> None:
    found = lemmas("Wróciła do Warszawy z Finlandii, a Nowak został. Warszawa milczy.")
    assert [lemma for _, lemma in found] == ["wrócić", "Warszawa", "Finlandia", "Nowak", "Warszawa"]


def test_a_capital_of_a_sentence_or_of_an_office_makes_no_name() -> None:
    assert dict(lemmas("Sroka siedzi. Lis biegnie. Wniosek trafił do Izby i Szkoły.")) == {
        "Sroka": "sroka", "Lis": "lis", "Wniosek": "wniosek", "Izby": "izba", "Szkoły": "szkoła",
    }  # fmt: skip


def test_the_plural_of_a_common_noun_is_no_surname() -> None:
    assert dict(lemmas("Umowę podpisały Wody Doliny."))["Wody"] == "woda"
