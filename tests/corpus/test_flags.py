"""Flags of documents: each with its reason, none on ordinary Polish prose."""

from __future__ import annotations

import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.corpus.flags import FLAGS, flags, summary
from discourse.corpus.languages import language_of
from discourse.corpus.mojibake import broken
from discourse.corpus.recurrent import places, recurrent

PROSE = (
    "Rada gminy obradowała nad budżetem do późnej nocy. Wójt przekonywał, że pieniędzy na drogi nie zabraknie, "
    "choć radni opozycji mieli wątpliwości. Głosowanie odbędzie się w piątek, po konsultacjach z mieszkańcami."
)
CZECH = (
    "Zastupitelé obce jednali o rozpočtu až do pozdní noci. Starosta tvrdil, že peněz na silnice bude dost, ale "
    "opoziční zastupitelé měli pochybnosti. Hlasování se uskuteční v pátek po poradě s občany obce."
)
CROATIAN = (
    "Općinsko vijeće raspravljalo je o proračunu do kasno u noć. Načelnik je uvjeravao da će novca za ceste biti "
    "dovoljno, iako su vijećnici oporbe imali sumnje. Glasovanje će biti u petak, nakon razgovora s građanima."
)


def documents(**texts: str) -> pl.DataFrame:
    columns = {"doc_id": list(texts), "title": [""] * len(texts), "text": list(texts.values())}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def found(**texts: str) -> list[tuple[str, ...]]:
    return flags(documents(**texts)).rows()


def test_prose_has_no_flag() -> None:
    assert found(a=PROSE, b=PROSE.replace("gminy", "miasta").replace("Wójt", "Prezydent")[::1][:120]) == []


@pytest.mark.parametrize(
    ("text", "flag", "reason"),
    [
        (" \n– !", "empty", "no word"),
        ("Dziękuję bardzo.", "too_short", "2 words, fewer than 10"),
        (CZECH, "not_polish", "its language looks like 'cs'"),
        ("rok\tliczba\tkwota\n" + "2021\tsto\tdwieście\n" * 4, "mostly_tables", "5 of 5 lines are rows of a table"),
        ("Wyniki: " + "12 - 7,5 % " * 12, "mostly_tables", "98% of what stands between spaces is no word"),
        ("REKLAMA\n" + "Zobacz wideo Most nad Wisłą w budowie od rana\n" * 3 + "Koniec narady.", "mostly_boilerplate",
         "89% of its characters"),
    ],
)  # fmt: skip
def test_a_document_that_may_be_left_out_says_why(text: str, flag: str, reason: str) -> None:
    assert flags(documents(a=text), [flag]).rows() == [("a", flag, reason)]


def test_the_first_of_several_copies_stays() -> None:
    near = PROSE + " Tak było też przed rokiem."
    assert found(c=PROSE, a=PROSE, b=PROSE.upper() + "\n", d=near) == [
        ("b", "duplicate", "the text of a"),
        ("c", "duplicate", "the text of a"),
        ("d", "near_duplicate", "in the group of a, similarity 0.84"),
    ]
    assert found(a="…", b="…") == [("a", "empty", "no word"), ("b", "empty", "no word")]


def test_flags_are_summed_up_in_one_order_with_examples() -> None:
    table = flags(documents(a="Tak.", b="Nie.", c=""), ["too_short", "empty"])
    assert summary(table).rows() == [
        ("empty", 1, ["c: no word"]),
        ("too_short", 2, ["a: 1 words, fewer than 10", "b: 1 words, fewer than 10"]),
    ]


def test_flags_of_nothing_and_unknown_flags() -> None:
    assert flags(documents()).schema == {"doc_id": pl.String, "flag": pl.String, "reason": pl.String}
    with pytest.raises(DiscourseError, match="unknown flag 'duplicates'; did you mean 'duplicate'"):
        flags(documents(), ["duplicates"])
    assert next(iter(FLAGS)) == "empty"


@pytest.mark.parametrize(
    ("text", "language"),
    [(PROSE, "pl"), ("Dziękuję bardzo.", "pl"), ("Tak.", ""), (CZECH, "cs"), (CROATIAN, "hr"), ("12 – 7", "")],
)
def test_languages_that_share_letters_are_told_apart(text: str, language: str) -> None:
    known = {"hr": {"hr", "bs", "sr", "sl"}}
    assert language_of(text) in known.get(language, {language})


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (PROSE.encode().decode("cp1250", "replace"), "utf-8"),
        (PROSE.encode().decode("latin-1"), "utf-8"),
        (PROSE.encode("cp1250").decode("cp1252", "replace"), "western"),
        (PROSE.encode("iso8859_2").decode("latin-1"), "western"),
        (PROSE.encode("ascii", "replace").decode(), "lost"),
        (PROSE.replace("ę", "\ufffd"), "lost"),
    ],
)
def test_broken_letters_are_told_by_their_kind(made: str, kind: str) -> None:
    assert (broken(made) or (0, "", ""))[2] == kind


@pytest.mark.parametrize("text", [PROSE, CZECH, "Was it? 5 m³, ¿qué?, cœur, señor.", "x", ""])
def test_whole_letters_are_left_alone(text: str) -> None:
    assert broken(text) is None


def test_lines_recur_over_documents_not_within_one_or_in_copies() -> None:
    texts = {f"d{number}": f"Tekst numer {number}.\nCzytaj nas co dzień\n* * *" for number in range(6)}
    texts |= {f"kopia{number}": "Ta sama depesza.\nDrugi akapit depeszy." for number in range(9)}
    texts["e"] = "Refren.\n" * 20
    frame = documents(**texts)
    assert recurrent(frame).rows() == [("Czytaj nas co dzień", 6, 4)]
    assert places(frame, ["Czytaj nas co dzień"])["places"][0].to_list() == [[15, 34]]
