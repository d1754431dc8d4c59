"""Patterns that are read, and patterns that are refused with their place."""

from __future__ import annotations

import polars as pl
import pytest

from discourse.language.annotate import tokens
from discourse.markers.match import search
from discourse.markers.pattern import PatternError, parse
from discourse.markers.tree import literals


def found(pattern: str, *texts: str) -> list[str]:
    """What a pattern finds in the texts, in order."""
    frame = pl.DataFrame({"doc_id": [str(i) for i in range(len(texts))], "title": "", "text": list(texts)})
    rows = search(tokens(frame), pattern).iter_rows(named=True)
    return [texts[int(row["doc_id"])][row["start"] : row["end"]] for row in rows]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("chyba", "Chyba pada. To CHYBA grad.", ["Chyba", "CHYBA"]),
        ('"Chyba"', "Chyba pada. To chyba grad.", ["Chyba"]),
        ('"chyba"%c', "Chyba pada.", ["Chyba"]),
        ("po prostu", "To po prostu grad. Po wszystkim prostu.", ["po prostu"]),
        ('[lemma="musieć" & tag="fin:.*"]', "Muszę iść, musiał iść.", ["Muszę"]),
        ('[lemma="musieć" & !tag="fin:.*"]', "Muszę iść, musiał iść.", ["musiał"]),
        ('[lemma="musieć" & tag!="fin:.*"]', "Muszę iść, musiał iść.", ["musiał"]),
        ('[lower="grad|śnieg" | pos="interp"]', "Grad i śnieg.", ["Grad", "śnieg", "."]),
        ('[shape="upper"]', "PKP wozi Annę i UE.", ["PKP", "UE"]),
        ('[shape="title"]', "PKP wozi Annę i UE.", ["Annę"]),
        ("grad | śnieg", "Grad i śnieg.", ["Grad", "śnieg"]),
        ("bardzo? ładny", "Ładny dom, bardzo ładny dom.", ["Ładny", "bardzo ładny"]),
        ("bardzo{2}", "Bardzo bardzo bardzo zimno.", ["Bardzo bardzo"]),
        ("nie []{0,2} wątpliwości", "Nie ma chyba wątpliwości.", ["Nie ma chyba wątpliwości"]),
        ("nie []{0,1} wątpliwości", "Nie ma chyba wątpliwości.", []),
        ("a []* d", "A b c d d.", ["A b c d d"]),
        ("@grad i śnieg", "Grad i śnieg, grad.", ["Grad"]),
        ("@nie []{0,2} @wątpliwości", "Nie ma wątpliwości.", ["Nie ma wątpliwości"]),
        ("(?<! nie) @wiadomo", "Nie wiadomo. Wiadomo.", ["Wiadomo"]),
        ("wiadomo (?! , że)", "Wiadomo, że tak. Nic nie wiadomo.", ["wiadomo"]),
        ("wiadomo (?= , że)", "Wiadomo, że tak. Nic nie wiadomo.", ["Wiadomo"]),
        ("(?<= gdyby []*) by", "Gdyby padało, by zmokli. I by nie wrócili.", ["by"]),
        ("<s> może", "Może pada. Nie może.", ["Może"]),
        ("może . </s>", "Może pada. Nie może.", ["może."]),
    ],
)
def test_what_a_pattern_finds(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text) == expected


def test_a_pattern_stays_in_its_sentence_unless_it_says_so() -> None:
    text = "Pada grad. Śnieg stopniał."
    assert found("grad . śnieg", text) == []
    assert found("grad . </s> śnieg", text) == ["grad. Śnieg"]
    assert found("grad []* stopniał", text) == []


def test_nothing_reaches_from_one_document_into_the_next() -> None:
    assert found("pada </s> śnieg", "Pada", "Śnieg stopniał.") == []
    assert found("(?<! pada []{0,1}) @śnieg", "Pada", "Śnieg stopniał.") == ["Śnieg"]


def test_context_beyond_the_sentence_is_no_context() -> None:
    assert found("(?<! nie []{0,3}) @pada", "Nie. Pada.") == ["Pada"]
    assert found("nie (?! . pada)", "Nie. Pada.") == ["Nie"]


def test_a_span_takes_the_whole_written_word() -> None:
    assert found('[lemma="powiedzieć"]', "Powiedziałbym to.") == ["Powiedziałbym"]


def test_forms_are_looked_up_in_nfc_without_soft_hyphens() -> None:
    decomposed = "zr\u00f3b".replace("\u00f3", "o\u0301")
    assert found("zrób", f"Proszę, {decomposed} to.") == [decomposed]


@pytest.mark.parametrize(
    ("pattern", "place", "reason"),
    [
        ('[lema="x"]', 2, "unknown attribute 'lema'; did you mean 'lemma'?"),
        ('[lemma="x" & ]', 14, 'expected a condition such as lemma="móc"'),
        ('[lemma="x"', 11, "expected ']' to close the token; the pattern ends here"),
        ('[tag="fin', 6, "the quotation mark is never closed"),
        ('[tag="(fin"]', 6, "the regular expression '(fin' cannot be used: unclosed group"),
        ('[shape="uper"]', 8, "unknown shape 'uper'; did you mean 'upper'?"),
        ("(a b", 5, "expected ')' to close the group; the pattern ends here"),
        ("a ) b", 3, "')' does not fit here"),
        ("a{3,1}", 2, "the repetition {3,1} can never be met"),
        ("a{0,99}", 2, "a repetition reaches at most 64 tokens"),
        ("a?", 1, "it would match the empty stretch; let at least one token be obligatory"),
        ("@a? b", 1, "it can match without a marked token; put @ before one in every alternative"),
        ("(?! @a) b", 5, "@ inside context; only what is matched can be marked"),
        ("((((a{64}){64}){64}){64})", 1, "repetitions unfold to more than 1000 tokens; shorten them"),
        ("", 1, "expected a token, a word or a group"),
    ],
)
def test_a_wrong_pattern_is_refused_with_its_place(pattern: str, place: int, reason: str) -> None:
    with pytest.raises(PatternError) as error:
        parse(pattern)
    assert str(error.value) == f"pattern {pattern!r}, character {place}: {reason}"


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(PatternError, match="nested too deeply"):
        parse("(" * 100_000 + "a" + ")" * 100_000)


def test_plain_words_are_told_from_expressions() -> None:
    assert literals(r"może|być\.") == ("może", "być.")
    assert literals("m[oó]c") is None
    assert literals(r"\d") is None
