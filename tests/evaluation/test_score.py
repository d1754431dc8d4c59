"""Scores by the guidelines' rules, on examples small enough to count by hand."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.evaluation.gold import GoldDocument, read_gold, texts
from discourse.evaluation.score import f1, score


def document(
    markers: Sequence[tuple[int, int, str]] = (), attributions: Sequence[dict[str, Any]] = ()
) -> dict[str, GoldDocument]:
    return {
        "a": GoldDocument.model_validate(
            {
                "doc_id": "a",
                "markers": [{"start": s, "end": e, "category": c} for s, e, c in markers],
                "attributions": attributions,
            }
        )
    }


def test_markers_exact_and_overlapping() -> None:
    gold = document([(0, 5, "hedge"), (10, 15, "hedge"), (20, 25, "booster")])
    found = document([(0, 5, "hedge"), (12, 18, "hedge"), (20, 25, "attitude")])
    result = score(gold, found)["markers"]
    assert result["exact"]["hedge"]["f1"] == 0.5
    assert result["overlap"]["hedge"]["f1"] == 1.0
    assert result["overlap"]["micro"] == f1(2, 3, 3)
    assert result["exact"]["booster"]["f1"] == 0.0


def test_one_long_span_does_not_hit_two_gold_ones() -> None:
    result = score(document([(0, 5, "hedge"), (6, 9, "hedge")]), document([(0, 9, "hedge")]))
    assert result["markers"]["overlap"]["hedge"]["hits"] == 1


def test_attributions_match_by_cue_and_then_their_parts_are_judged() -> None:
    gold = document(
        attributions=[
            {
                "type": "direct",
                "cue": [20, 24],
                "source": [25, 33],
                "content": [[0, 18]],
                "speaker": "Anna Lis",
                "role": "expert",
            },
            {
                "type": "indirect",
                "cue": [40, 45],
                "source": None,
                "content": [[50, 60]],
                "speaker": None,
                "role": "official",
            },
        ]
    )
    found = document(
        attributions=[
            {
                "type": "direct",
                "cue": [20, 24],
                "source": [30, 33],
                "content": [[0, 9]],
                "speaker": "prof. LIS",
                "role": "expert",
            },
            {
                "type": "direct",
                "cue": [70, 75],
                "source": [76, 80],
                "content": [[61, 69]],
                "speaker": "X",
                "role": "expert",
            },
        ]
    )
    result = score(gold, found)["attributions"]
    assert (result["precision"], result["recall"], result["f1"]) == (0.5, 0.5, 0.5)
    assert result["sources"] == f1(1, 2, 1)
    assert result["content"] == f1(9, 17, 28)
    assert result["expert"] == f1(1, 2, 1)
    assert result["cues_exact"] == f1(1, 2, 2)
    assert result["type"] == result["role"] == {"accuracy": 1.0, "hits": 1, "n": 1}
    assert result["speaker"] == {"accuracy": 1.0, "hits": 1, "n": 1}


@pytest.mark.parametrize(("end", "hits"), [(10, 1), (11, 1), (5, 1), (4, 0), (21, 0)])
def test_without_a_gold_cue_half_of_the_longer_content_must_be_shared(end: int, hits: int) -> None:
    gold = document(attributions=[{"type": "direct", "content": [[0, 10]], "role": "other"}])
    found = document(attributions=[{"type": "direct", "cue": [90, 95], "content": [[0, end]], "role": "other"}])
    assert score(gold, found)["attributions"]["hits"] == hits


def test_two_attributions_do_not_match_one() -> None:
    one = {"type": "direct", "cue": [20, 24], "content": [[0, 18]], "role": "other"}
    result = score(document(attributions=[one]), document(attributions=[one, one]))["attributions"]
    assert (result["hits"], result["precision"], result["recall"]) == (1, 0.5, 1.0)


def test_a_share_without_a_base_is_missing_not_zero() -> None:
    assert f1(0, 0, 0)["f1"] is None
    assert f1(0, 3, 0) == {"precision": 0.0, "recall": None, "f1": 0.0, "hits": 0, "predicted": 3, "gold": 0}


def test_gold_with_mistakes_is_refused_by_line(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    good = {"doc_id": "a", "markers": []}
    for bad, message in (
        (
            {"doc_id": "b", "markers": [{"start": 3, "end": 3, "category": "hedge"}]},
            "line 2: .*empty or runs backwards",
        ),
        ({"doc_id": "b", "markers": [{"start": 3, "end": 4, "category": "hedg"}]}, "line 2: .*unknown category 'hedg'"),
        ({"doc_id": "a"}, "line 2: document 'a' is annotated twice"),
        ({"markers": []}, "line 2: key 'doc_id' is missing"),
    ):
        path.write_text(f"{json.dumps(good)}\n{json.dumps(bad)}\n")
        with pytest.raises(DiscourseError, match=message):
            read_gold(path)


def test_gold_must_fit_its_texts() -> None:
    gold = document([(0, 5, "hedge")])
    frame = pl.DataFrame({"doc_id": ["a", "b"], "title": ["", ""], "text": ["abc", "abcdef"]})
    with pytest.raises(DiscourseError, match="annotated up to offset 5 but its string has 3"):
        texts(gold, frame, "g")
    with pytest.raises(DiscourseError, match="1 of its 1 documents are not among"):
        texts(gold, frame.filter(pl.col("doc_id") == "b"), "g")


@pytest.mark.shared
def test_the_development_gold_scores_one_against_itself(shared: Path) -> None:
    gold = read_gold(shared / "gold" / "dev.jsonl")
    result = score(gold, gold)
    assert result["markers"]["exact"]["micro"]["f1"] == 1.0
    assert result["attributions"]["f1"] == result["attributions"]["content"]["f1"] == 1.0
