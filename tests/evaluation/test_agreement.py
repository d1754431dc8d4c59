"""Agreement of two annotations, on spans small enough to count by hand."""

import pytest

from discourse.core.errors import DiscourseError
from discourse.evaluation.agreement import agreement
from discourse.evaluation.gold import GoldDocument


def document(*spans: tuple[int, int]) -> dict[str, GoldDocument]:
    markers = [{"start": start, "end": end, "category": "hedge"} for start, end in spans]
    return {"a": GoldDocument.model_validate({"doc_id": "a", "markers": markers})}


def test_alpha_over_characters_by_hand() -> None:
    # ten characters: both have two of them inside, one annotation has a third
    one, other = document((0, 3)), document((0, 2))
    observed = 2 * 1 / 20  # pairable values that differ, by units of two
    expected = 2 * 5 * 15 / (20 * 19)
    result = agreement(one, other, {"a": 10})
    assert result["alpha"]["markers"]["hedge"] == pytest.approx(1 - observed / expected)
    assert result["alpha"]["markers"]["any"] == result["alpha"]["markers"]["hedge"]
    assert result["alpha"]["markers"]["booster"] is None
    assert result["scores"]["markers"]["overlap"]["micro"]["f1"] == 1.0
    assert result["scores"]["markers"]["exact"]["micro"]["f1"] == 0.0


def test_the_same_annotation_agrees_wholly() -> None:
    result = agreement(document((0, 3)), document((0, 3)), {"a": 10})
    assert result["alpha"]["markers"]["any"] == 1.0


def test_annotations_of_other_documents_cannot_be_compared() -> None:
    with pytest.raises(DiscourseError, match="no document in common"):
        agreement(document((0, 3)), {"b": GoldDocument(doc_id="b")})
