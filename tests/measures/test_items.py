"""What is counted: lemmas, n-grams, markers, speakers, each with the places that it could have had."""

from __future__ import annotations

import polars as pl
import pytest

from discourse.core import schema
from discourse.core.errors import DiscourseError
from discourse.language.annotate import tokens
from discourse.measures.items import Items, items_of_tokens, markers_as_items, parts_of_speech, speakers_as_items


def counted(text: str, of: str = "lemma", pos: tuple[str, ...] = ()) -> Items:
    documents = pl.DataFrame({"doc_id": ["d"], "title": [""], "text": [text]})
    return items_of_tokens(tokens(documents), of, pos)


def found(items: Items) -> list[tuple[str, int]]:
    return items.places.select("item", "position").rows()


def test_lemmas_of_written_words_and_where_they_stand() -> None:
    items = counted("Zrobiłbym dwa zdjęcia, 15 minut pracy.")
    assert found(items) == [("zrobić", 0), ("dwa", 1), ("zdjęcie", 2), ("minuta", 4), ("praca", 5)]
    assert items.sizes.rows() == [("d", 6)]  # the number takes its place
    assert items.counts().sort("item").rows()[0] == ("d", "dwa", 1)


def test_a_name_is_not_the_common_word() -> None:
    assert [item for item, _ in found(counted("Posłowie PO wyszli po głosowaniu."))][1::2] == ["PO", "po"]


def test_parts_of_speech_choose_items_and_leave_places() -> None:
    items = counted("Nowy burmistrz otworzył szkołę.", pos=parts_of_speech(["noun"]))
    assert found(items) == [("burmistrz", 1), ("szkoła", 3)]
    assert items.sizes["n"].to_list() == [4]


def test_ngrams_pass_over_commas_but_not_over_sentences() -> None:
    items = counted("Mówi, że wygra. Wygra szkoła.", "ngram2")
    assert found(items) == [("mówić że", 0), ("że wygrać", 1), ("wygrać szkoła", 2)]
    assert items.sizes["n"].to_list() == [3]
    assert found(counted("Mówi, że wygra. Wygra szkoła.", "ngram3")) == [("mówić że wygrać", 0)]
    nouns = counted("Rada miasta przyjęła budżet.", "ngram2", parts_of_speech(["noun"]))
    assert found(nouns) == [("rada miasto", 0)] and nouns.sizes["n"].to_list() == [3]


def test_ngrams_do_not_bridge_boilerplate() -> None:
    annotated = tokens(pl.DataFrame({"doc_id": ["d"], "title": [""], "text": ["Rada miasta przyjęła budżet."]}))
    flagged = annotated.with_columns((pl.col("form") == "miasta").alias("boilerplate"))
    assert found(items_of_tokens(flagged, "ngram2")) == [("przyjąć budżet", 0)]
    assert [item for item, _ in found(items_of_tokens(flagged, "lemma"))] == ["rada", "przyjąć", "budżet"]


def test_documents_do_not_run_into_each_other() -> None:
    documents = pl.DataFrame({"doc_id": ["d", "e", "f"], "title": [""] * 3, "text": ["Rada miasta", "", "Ma budżet"]})
    items = items_of_tokens(tokens(documents), "ngram2")
    assert items.places.rows() == [("d", "rada miasto", 0), ("f", "mieć budżet", 0)]
    assert items.sizes.rows() == [("d", 1), ("f", 1)]


def test_markers_and_speakers_outside_boilerplate() -> None:
    markers = pl.DataFrame(
        {"doc_id": ["d", "d"], "start": [0, 9], "end": [5, 14], "category": ["hedge"] * 2, "marker": ["chyba"] * 2,
         "boilerplate": [False, True], "quoted": [None, None], "attribution": [None, None]},
        schema=schema.TABLES["markers"],
    )  # fmt: skip
    annotated = tokens(pl.DataFrame({"doc_id": ["d"], "title": [""], "text": ["Chyba tak, chyba nie."]}))
    items = markers_as_items(markers, annotated)
    assert items.places.rows() == [("d", "chyba", None)] and items.sizes.rows() == [("d", 4)]

    said = schema.empty("attributions").select("doc_id", "speaker", "boilerplate")
    rows = [("d", "Ewa Wrońska", False), ("d", None, False), ("d", "Jan Kot", True)]
    speakers = speakers_as_items(pl.DataFrame(rows, schema=said.schema, orient="row"))
    assert speakers.places.rows() == [("d", "Ewa Wrońska", None)] and speakers.sizes.rows() == [("d", 2)]


def test_an_unknown_part_of_speech_is_named() -> None:
    assert parts_of_speech(["adverb", "num", "adv"]) == ("adv", "num")
    with pytest.raises(DiscourseError, match="--pos: unknown part of speech 'nuon'; did you mean 'noun'"):
        parts_of_speech(["nuon"])
