"""Parts of a corpus: chosen by metadata and time, drawn by chance that a neighbour does not disturb."""

from __future__ import annotations

import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.corpus.select import Selection, grouped, select, spans

DOCUMENTS = pl.DataFrame({
    "doc_id": [f"d{n}" for n in range(10)],
    "title": [""] * 10,
    "text": ["Pada."] * 10,
    "outlet": ["rano"] * 6 + ["wieczór"] * 3 + [None],
    "date": [f"2020-0{1 + n // 2}-1{n}" for n in range(9)] + [""],
})  # fmt: skip


def chosen(**selection: object) -> list[str]:
    return select(DOCUMENTS, Selection(**selection), seed=1)["doc_id"].to_list()  # type: ignore[arg-type]


def test_nothing_asked_is_everything() -> None:
    assert chosen() == DOCUMENTS["doc_id"].to_list()


def test_values_that_must_be_and_that_must_not() -> None:
    assert chosen(where={"outlet": ["wieczór"]}) == ["d6", "d7", "d8"]
    assert chosen(without={"outlet": ["rano"]}) == ["d6", "d7", "d8", "d9"]


def test_a_month_stands_for_all_its_days_and_no_date_is_outside() -> None:
    assert chosen(since="2020-02", until="2020-03") == ["d2", "d3", "d4", "d5"]
    assert chosen(until="2020") == [f"d{n}" for n in range(9)]
    assert chosen(since="2020-03-15") == ["d5", "d6", "d7", "d8"]


def test_a_sample_keeps_the_proportions_of_the_groups() -> None:
    drawn = select(DOCUMENTS, Selection(number=5, by="outlet"), seed=1)
    assert drawn["outlet"].to_list().count("rano") == 3
    assert drawn.height == 5


def test_so_many_of_each_group_or_all_it_has() -> None:
    drawn = select(DOCUMENTS, Selection(each=4, by="outlet"), seed=1)
    assert drawn["outlet"].value_counts().sort("outlet", nulls_last=True)["count"].to_list() == [4, 3, 1]


def test_a_share_is_of_the_documents_left() -> None:
    assert len(chosen(where={"outlet": ["rano"]}, share=0.5)) == 3


def test_the_seed_draws_and_a_longer_corpus_exchanges_nothing() -> None:
    one = set(chosen(number=4))
    assert one == set(chosen(number=4))
    assert {frozenset(select(DOCUMENTS, Selection(number=4), seed=s)["doc_id"]) for s in range(5)} != {frozenset(one)}
    shorter = select(DOCUMENTS.filter(~pl.col("doc_id").is_in(["d0"])), Selection(number=4), seed=1)
    assert one - {"d0"} <= set(shorter["doc_id"])


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (Selection(where={"outlt": ["rano"]}), "x: no document has the column 'outlt'; did you mean 'outlet'"),
        (Selection(where={"outlet": ["wieczor"]}), "x: no document has outlet = 'wieczor'; did you mean 'wieczór'"),
        (Selection(since="2021"), "x: no document is left by the filters"),
        (Selection(share=0.01), "x: the sample is empty; draw more"),
    ],
)
def test_what_is_not_there_is_named(selection: Selection, message: str) -> None:
    with pytest.raises(DiscourseError, match=message):
        select(DOCUMENTS, selection, seed=1, where="x")


def test_columns_of_groups_from_values_and_from_dates() -> None:
    made = grouped(DOCUMENTS, "time", "outlet", {"am": ["rano"]})
    assert made["time"].to_list() == ["am"] * 6 + [None] * 4
    made = spans(DOCUMENTS, "half", "date", {"first": "2020-01", "second": "2020-03"})
    assert made["half"].to_list() == ["first"] * 4 + ["second"] * 5 + [None]
    with pytest.raises(DiscourseError, match="columns.time: no document has outlet = 'rana'"):
        grouped(DOCUMENTS, "time", "outlet", {"am": ["rana"]})
