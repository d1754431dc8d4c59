"""Who wrote it: persons, and desks that are no author."""

from __future__ import annotations

import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.models.bylines import byline_clusters, day, is_collective


@pytest.mark.parametrize(
    "byline",
    ["Zespół Kuriera", "redakcja", "PAP", "oprac. jk", "Kurier.pl", "", None, "None", "Co nowego u nas?", "w Świecie"],
)
def test_desks_agencies_and_rubrics_are_no_authors(byline):
    assert is_collective(byline)


@pytest.mark.parametrize(
    "byline",
    ["Anna Zaleska", "Jan M. Lis", "Ewa Lis-Kowal", "Anna Zaleska, Jan Lis", "@annazaleska", "Ola de Vries", "jkl"],
)
def test_persons_and_handles_are_authors(byline):
    assert not is_collective(byline)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2021-02-26 07:45:01.530330+01:00", "2021-02-26"),
        ("24.02.2021, godz. 09:55", "2021-02-24"),
        ("4 lutego 2021", "2021-02-04"),
        ("w lutym", None),
        (None, None),
    ],
)
def test_days_are_read_as_outlets_write_them(date, expected):
    assert day(date) == expected


def test_a_desk_is_grouped_by_day_and_a_person_is_one_cluster():
    documents = pl.DataFrame({
        "doc_id": ["a", "b", "c", "d", "e", "f"],
        "author": ["Zespół Kuriera", "Zespół Kuriera", "Zespół Kuriera", "Anna Zaleska", "Anna Zaleska", "redakcja"],
        "date": ["2021-02-01 7:00", "1 lutego 2021", "02.02.2021", "2021-02-01", "2021-02-09", None],
    })
    found = byline_clusters(documents)
    assert found["cluster"].to_list() == [
        "Zespół Kuriera 2021-02-01", "Zespół Kuriera 2021-02-01", "Zespół Kuriera 2021-02-02",
        "Anna Zaleska", "Anna Zaleska", "doc f",
    ]  # fmt: skip
    assert found["collective"].to_list() == [True, True, True, False, False, True]


def test_a_column_that_is_missing_is_named():
    with pytest.raises(DiscourseError, match="table 'documents': column 'author' is missing; it has doc_id"):
        byline_clusters(pl.DataFrame({"doc_id": ["a"]}))
