"""Near-duplicates among documents."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from discourse.core.errors import DiscourseError
from discourse.corpus.duplicates import duplicate_groups

WIRE = (
    "Most na Bystrej otwarto w piątek rano, dwa miesiące po terminie. Burmistrz dziękował robotnikom, a mieszkańcy "
    "pytali, kiedy pojedzie autobus. Pierwszy kurs zaplanowano na poniedziałek o szóstej."
)
OTHER = (
    "Szkoła w Zalesiu dostanie nową salę gimnastyczną. Pieniądze, jak mówi dyrektorka, wystarczą też na boisko, choć "
    "rodzice woleliby, żeby najpierw naprawiono dach nad stołówką."
)


def frame(**texts: str | None) -> pl.DataFrame:
    return pl.DataFrame({"doc_id": list(texts), "text": list(texts.values())})


def test_a_report_with_a_line_added_is_grouped_with_its_source():
    found = duplicate_groups(frame(c=WIRE + " Czytaj dalej.", b=OTHER, a=WIRE), threshold=0.8)
    assert found.select("doc_id", "group").rows() == [("a", "a"), ("b", "b"), ("c", "a")]
    # 27 words are 23 shingles of five; two more words make 25
    assert found["similarity"].to_list() == [23 / 25, None, 23 / 25]


def test_case_and_punctuation_make_no_difference():
    found = duplicate_groups(frame(a=WIRE, b=WIRE.upper().replace(",", " –")), threshold=1.0)
    assert found["group"].to_list() == ["a", "a"]
    assert found["similarity"].to_list() == [1.0, 1.0]


def test_below_the_threshold_documents_stay_apart():
    found = duplicate_groups(frame(a=WIRE, b=WIRE + " " + OTHER), threshold=0.5)
    assert found["group"].to_list() == ["a", "b"]


def test_groups_are_what_is_linked():
    words = [f"w{n}" for n in range(100)]
    steps = {f"d{n}": " ".join(words[10 * n : 10 * n + 70]) for n in range(4)}
    # neighbours share 56 of 76 shingles, the first and the third 46 of 86
    found = duplicate_groups(frame(**steps), threshold=0.7)
    assert found["group"].to_list() == ["d0"] * 4
    assert found["similarity"].to_list() == [56 / 76] * 4
    assert duplicate_groups(frame(d0=steps["d0"], d2=steps["d2"]), threshold=0.7)["group"].to_list() == ["d0", "d2"]


def test_short_texts_are_alike_only_when_equal_and_empty_ones_never():
    found = duplicate_groups(frame(a="Dziękuję bardzo.", b="dziękuję bardzo", c="Dziękuję.", d="", e=None, f="–"))
    assert found["group"].to_list() == ["a", "a", "c", "d", "e", "f"]


def test_documents_in_any_order_give_the_same_groups():
    many = frame(**{f"d{n}": f"{WIRE if n % 3 else OTHER} {'i jeszcze ' * (n % 2)}" for n in range(30)})
    first = duplicate_groups(many)
    assert_frame_equal(duplicate_groups(many.sample(fraction=1, shuffle=True, seed=2)), first, check_exact=True)
    assert first["group"].n_unique() == 2


def test_no_document_no_group():
    found = duplicate_groups(pl.DataFrame(schema={"doc_id": pl.String, "text": pl.String}))
    assert found.columns == ["doc_id", "group", "similarity"] and found.is_empty()


def test_what_cannot_be_grouped_is_refused_in_a_line():
    with pytest.raises(DiscourseError, match="threshold is a similarity above 0 and up to 1, not 1.2"):
        duplicate_groups(frame(a="x"), threshold=1.2)
    with pytest.raises(DiscourseError, match="at least 1 word, not 0"):
        duplicate_groups(frame(a="x"), shingle=0)
    with pytest.raises(DiscourseError, match="document 'a' stands twice"):
        duplicate_groups(pl.concat([frame(a="x"), frame(a="y")]))
