"""The gold of our own is sound, and fits the articles that it refers to."""

import json
from pathlib import Path

import pytest

from discourse.core.schema import CATEGORIES
from discourse.corpus.load import load
from discourse.evaluation.gold import read_gold, texts

HERE = Path(__file__).parent
TRAIN = ("press-train.jsonl", "press-more.jsonl", "news-train.jsonl")
TEST = ("press-test.jsonl", "experts-test.jsonl", "news-test.jsonl")
SECOND = ("press-second.jsonl", "experts-second.jsonl", "news-second.jsonl")
FILES = (*TRAIN, *TEST, *SECOND)


def test_train_and_test_share_no_article() -> None:
    train, test, second = ({doc for name in names for doc in read_gold(HERE / name)} for names in (TRAIN, TEST, SECOND))
    assert not train & test
    assert second <= train | test


def test_no_article_is_annotated_in_two_files() -> None:
    read = [doc for name in (*TRAIN, *TEST) for doc in read_gold(HERE / name)]
    assert len(read) == len(set(read))


def test_no_judged_occurrence_stands_in_a_test_article() -> None:
    test = {doc for name in TEST for doc in read_gold(HERE / name)}
    rows = [json.loads(line) for line in (HERE / "occurrences.jsonl").read_text(encoding="utf-8").splitlines()]
    assert not test & {row["doc_id"] for row in rows}


def test_no_text_is_in_the_gold() -> None:
    for name in (*FILES, "occurrences.jsonl"):
        for line in (HERE / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            row.pop("item", None)
            assert set(row) <= {"doc_id", "markers", "attributions", "start", "end", "category", "start2", "end2"}
            for attribution in row.get("attributions", []):
                assert len(attribution["speaker"] or "") < 150


def test_occurrences_have_a_category_or_none() -> None:
    rows = [json.loads(line) for line in (HERE / "occurrences.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["category"] for row in rows} <= {*CATEGORIES, "none"}
    assert all(0 <= row["start"] < row["end"] for row in rows)


@pytest.mark.shared
def test_the_gold_fits_its_articles(shared: Path) -> None:
    documents = load([shared / "data" / "press-events", shared / "data" / "press-outlets"])
    for name in FILES:
        gold = read_gold(HERE / name)
        assert texts(gold, documents, name).height == len(gold)
