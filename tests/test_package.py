"""The package as a Python programmer meets it."""

import polars as pl
import pytest

import discourse
from discourse.core.errors import DiscourseError
from discourse.core.schema import TABLES


def test_annotate_returns_the_tables_of_a_frame() -> None:
    frame = pl.DataFrame({"doc_id": [7], "text": ["– Chyba tak – mówi prof. Anna Lis."], "outlet": ["Głos"]})
    tables = discourse.annotate(frame)
    for name in ("documents", "tokens", "markers", "attributions", "speakers"):
        assert dict(getattr(tables, name).schema).items() >= TABLES[name].items()
    assert tables.documents.to_dicts()[0] | {"text": ""} == {"doc_id": "7", "title": "", "text": "", "outlet": "Głos"}
    assert tables.markers["category"].to_list() == ["hedge"]
    assert tables.markers["quoted"].to_list() == [True]
    assert tables.attributions.select("type", "speaker", "role").rows() == [("direct", "Anna Lis", "expert")]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ({"text": ["a"]}, "no column 'doc_id'"),
        ({"doc_id": ["a"], "body": ["x"]}, "no column 'text'; they have doc_id, body"),
        ({"doc_id": ["a", "a"], "text": ["x", "y"]}, "two documents have the id 'a'"),
        ({"doc_id": ["a", None], "text": ["x", "y"]}, "1 documents have no doc_id"),
    ],
)
def test_frames_that_are_no_documents_are_refused(frame: dict[str, list[str]], message: str) -> None:
    with pytest.raises(DiscourseError, match=message):
        discourse.annotate(pl.DataFrame(frame))


def test_no_documents_and_no_text_give_empty_tables() -> None:
    nothing = discourse.annotate(
        pl.DataFrame({"doc_id": [], "text": []}, schema={"doc_id": pl.String, "text": pl.String})
    )
    assert nothing.tokens.is_empty()
    assert nothing.documents.is_empty()
    blank = discourse.annotate(
        pl.DataFrame({"doc_id": ["a"], "text": [None]}, schema={"doc_id": pl.String, "text": pl.String})
    )
    assert blank.documents.height == 1
    assert blank.attributions.is_empty()
