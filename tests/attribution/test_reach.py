"""How far back speech without a mark before it reaches, and how that is learnt."""

from __future__ import annotations

import pytest

from discourse.attribution.reach import likeliest, weights
from discourse.evaluation.gold import GoldAttribution, GoldDocument
from discourse.evaluation.reach import Instance, instances, right, train
from discourse.language.annotate import tokens
from tests.attribution.reading import documents, read


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Radna Ewa Lis przyszła wczoraj. Nie mam dobrych wieści. Most jest stary - powiedziała radna.",
         "Nie mam dobrych wieści. Most jest stary"),
        ("Ewa Lis mówiła dziennikarzom, że most stoi.  Jest stary. Trzeba go zamknąć — powiedziała Lis.",
         "Jest stary. Trzeba go zamknąć"),
    ],
)  # fmt: skip
def test_speech_reaches_back_to_the_authors_sentence(text: str, content: str) -> None:
    assert read(text)[-1][3] == [content]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Jan Sowa odpowiedział: To nie zależy od szczepień. Trzeba czekać, aż fala opadnie. Wiele rzeczy się liczy.",
         "To nie zależy od szczepień. Trzeba czekać, aż fala opadnie. Wiele rzeczy się liczy"),
        ("Jan Sowa odpowiedział: Most wytrzyma. Wójt Ewa Lis zapewniła w środę, że go naprawi.", "Most wytrzyma"),
        ("Jan Sowa poinformował:\n\nZapewniam, że most wytrzyma.\n\nBudowa trwa rok.", "Zapewniam, że most wytrzyma"),
    ],
)  # fmt: skip
def test_speech_after_a_colon_reaches_on_to_the_authors_sentence(text: str, content: str) -> None:
    assert read(text)[0][3] == [content]


def test_a_list_after_a_colon_is_not_speech() -> None:
    assert read("Jan Sowa poinformował:\n\nMost ma sto lat.\n\nBudowa trwa rok.") == []


def test_the_sentences_taken_in_and_the_edge_make_a_score() -> None:
    seen = [frozenset({"s:own", "b:none"}), frozenset({"s:own", "b:gap"}), frozenset({"s:name", "b:gap"})]
    assert likeliest(seen, {"s:own": 1.0, "s:name": -2.0, "b:gap": 0.5}) == 1
    assert likeliest(seen, {}) == 0
    assert likeliest([frozenset({"f:own", "e:any"}), frozenset({"f:own", "e:gap"})], {"f:own": 0.1, "e:gap": 1}) == 1


def test_training_learns_from_annotated_beginnings_and_repeats_itself() -> None:
    text = "Lis przyszła wczoraj. Boję się. Most jest stary - powiedziała Lis."
    frame = documents([text] * 3)
    cue = text.index("powiedziała")
    said = GoldAttribution(type="direct", cue=(cue, cue + 11), content=[(text.index("Boję"), cue - 3)])
    gold = {doc_id: GoldDocument(doc_id=doc_id, attributions=[said]) for doc_id in frame["doc_id"]}
    given = instances(frame, tokens(frame), gold)
    assert [x.target for x in given] == [1, 1, 1]
    table = train(given)
    assert table.equals(train(given))
    assert right(given, dict(table.iter_rows())) == 1.0


def test_every_weight_is_of_a_feature() -> None:
    assert all(name[:2] in ("s:", "b:", "f:", "e:") for name in weights())
    assert right([Instance("d", [frozenset()], 0)], weights()) == 1.0
