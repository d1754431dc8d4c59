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
SECOND = (
    "press-second.jsonl", "experts-second.jsonl", "news-second.jsonl", "markers-second.jsonl", "voices-second.jsonl",
)  # fmt: skip
#: One layer alone: markers; speakers and roles of passages that the program found.
MARKED = ("markers-train.jsonl",)
TOLD = ("voices-train.jsonl", "voices-more.jsonl", "voices-test.jsonl")
#: Attributions as a whole of articles of `voices-more`.
SPANS = "press-spans.jsonl"
FILES = (*TRAIN, *TEST, *SECOND, *MARKED, *TOLD, SPANS)


def test_train_and_test_share_no_article() -> None:
    train, test, second, single = (
        {doc for name in names for doc in read_gold(HERE / name)} for names in (TRAIN, TEST, SECOND, (*MARKED, *TOLD))
    )
    assert not train & test
    assert not single & test
    assert second <= train | test | single
    assert set(read_gold(HERE / SPANS)) <= set(read_gold(HERE / "voices-more.jsonl"))


def test_no_article_is_annotated_in_two_files() -> None:
    read = [doc for name in (*TRAIN, *TEST) for doc in read_gold(HERE / name)]
    assert len(read) == len(set(read))


def test_each_layer_of_an_article_is_annotated_once() -> None:
    for layer in (MARKED, TOLD):
        read = [doc for name in (*TRAIN, *TEST, *layer) for doc in read_gold(HERE / name)]
        assert len(read) == len(set(read))
    assert not any(one.attributions for name in MARKED for one in read_gold(HERE / name).values())
    assert not any(one.markers for name in TOLD for one in read_gold(HERE / name).values())


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
