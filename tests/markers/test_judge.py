"""Ambiguous markers in context: features of a place, models trained on judged places, readings that stay."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.language.annotate import tokens
from discourse.markers.features import features
from discourse.markers.judge import judged
from discourse.markers.lexicon import Lexicon, load_lexicons, untrained
from discourse.markers.match import found, markers, text
from discourse.markers.surroundings import PARTS, surroundings
from discourse.markers.train import NONE, cross_validated, labelled, occurrences, train
from discourse.markers.vectors import vectors
from discourse.markers.weights import models, probabilities, shipped


def annotated(*texts: str) -> pl.DataFrame:
    ids = [f"d{number}" for number in range(len(texts))]
    return tokens(pl.DataFrame({"doc_id": ids, "title": "", "text": list(texts)}))


def marked(text: str) -> list[tuple[str, str]]:
    rows = markers(annotated(text)).iter_rows(named=True)
    return [(row["category"], text[row["start"] : row["end"]]) for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Na południu może dojść do powodzi.", [("hedge", "może")]),
        ("Każdy mieszkaniec może złożyć wniosek.", []),
        ("Pasażerowie będą mogli zostać w hotelu.", []),
        ("Takich słów nie mogą używać posłowie.", [("obligation", "nie mogą")]),
        ("W tym roku śniegu raczej nie będzie.", [("hedge", "raczej")]),
    ],
)
def test_a_word_is_judged_by_what_stands_around_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text) == expected


def test_features_say_what_stands_around_and_stop_at_the_sentence() -> None:
    table = annotated("Wczoraj padało. Stary most może runąć do maja.")
    at = table.with_row_index("at").filter(pl.col("form") == "może")["at"].to_numpy().astype("int64")
    seen = set(features(table, at, text(table))[0])
    assert {("form", "może"), ("lemma-1", "most"), ("inf", "runąć"), ("aspect", "perf"), ("end", ".")} <= seen
    assert ("left", "padać") not in seen


def entry(**more: object) -> Lexicon:
    from discourse.markers.lexicon import Entry

    fields: dict[str, object] = {
        "id": "ano", "category": "hedge", "pattern": "ano", "hyland": "hedge", "engagement": "entertain",
        "yes": "[Ano] tak.", "model": "ano",
    }  # fmt: skip
    return Lexicon((Entry.model_validate(fields | more),))


SENTENCES = ["Ano pada.", "Ano wieje.", "Ano mrozi.", "Idzie ano.", "Stoi ano.", "Siedzi ano."]


def test_a_model_is_trained_on_judged_places_and_judges_others() -> None:
    lexicon, table = entry(), annotated(*SENTENCES)
    places = occurrences(table, lexicon)
    hedged = pl.DataFrame(
        {"doc_id": ["d0", "d1", "d2"], "start": [0] * 3, "end": [3] * 3, "category": ["hedge"] * 3},
        schema_overrides={"start": pl.UInt32, "end": pl.UInt32},
    )
    labels = labelled(places.places, hedged, whole=True)
    assert labels["reading"].to_list() == ["hedge"] * 3 + [NONE] * 3
    weights = train(places.features, labels)
    assert weights.equals(train([seen[::-1] for seen in places.features], labels.reverse()))
    other = annotated("Ano grzmi.", "Leży ano.")
    hits = judged(other, *found(other, lexicon), lexicon, weights)
    assert other["form"].gather(hits.first).to_list() == ["Ano"]
    held = cross_validated(places.features, labels, folds=3)
    assert held.group_by("row").agg(pl.col("probability").sum())["probability"].to_list() == pytest.approx([1.0] * 6)


def test_a_model_with_one_reading_is_refused() -> None:
    places = occurrences(annotated("Ano pada."), entry())
    with pytest.raises(DiscourseError, match="every occurrence is judged 'hedge'"):
        train(places.features, places.places.select("row", "model", "doc_id", reading=pl.lit("hedge")))


def test_probabilities_are_a_softmax_of_weights() -> None:
    weights = pl.DataFrame(
        [("m", "hedge", "", "", 1.0), ("m", "none", "", "", 0.0), ("m", "none", "form", "x", 1.0)],
        schema=["model", "reading", "slot", "value", "weight"], orient="row",
    )  # fmt: skip
    likely = probabilities([[("form", "x"), ("form", "y")]], pl.Series(["m"]), weights)
    assert likely["probability"].to_list() == pytest.approx([0.5, 0.5])


def test_numbers_of_meaning_add_to_the_score_of_their_model() -> None:
    weights = pl.DataFrame(
        [("m", "hedge", "~", "1", 2.0), ("m", "hedge", "", "", 0.0), ("m", "none", "", "", 0.0), ("n", "x", "", "", 0)],
        schema=["model", "reading", "slot", "value", "weight"], orient="row",
    )  # fmt: skip
    meant = np.array([[9.0, 9.0], [5.0, -1.0]], dtype=np.float32)
    likely = probabilities([[], []], pl.Series(["n", "m"]), weights, meant)
    hedge = likely.filter((pl.col("row") == 1) & (pl.col("reading") == "hedge"))["probability"].item()
    assert hedge == pytest.approx(1 / (1 + np.exp(2.0)))


def test_surroundings_reach_beyond_the_sentence_and_stop_at_the_document() -> None:
    said = "Prokuratura ma zbadać sprawę."
    table = annotated(f"Według świadków padał deszcz. {said}", said, "Świadkowie zeznali, że szkoła spłonęła.")
    at = table.with_row_index("at").filter(pl.col("form") == "ma")["at"].to_numpy().astype("int64")
    read = text(table)
    meaning, cues = surroundings(read, at, features(table, at, read))
    size = vectors().size
    assert meaning.shape == (2, len(PARTS) * size)
    role = slice(PARTS.index("inf'") * size, PARTS.index("inf'") * size + size)
    assert np.array_equal(meaning[0, role], meaning[1, role]) and meaning[0, role].any()
    assert not np.array_equal(meaning[0, -size:], meaning[1, -size:])
    assert ("cue before", "saying") in cues[0] and ("cue before", "suspicion") in cues[1]
    assert ("cue before", "saying") not in cues[1]


def test_entries_name_models_that_are_shipped(tmp_path: Path) -> None:
    assert {x.model for x in untrained().entries if x.model} == set(models(shipped()))
    path = tmp_path / "moje.toml"
    path.write_text(
        'category = "hedge"\nhyland = "hedge"\nengagement = "entertain"\n[[entry]]\nid = "x"\npattern = "x"\n'
        'model = "racze"\nyes = "[X]."\n',
        encoding="utf-8",
    )
    with pytest.raises(DiscourseError, match="entry 'x': unknown model 'racze'; did you mean 'raczej'"):
        load_lexicons([path])


def test_families_are_found_only_when_asked_for_and_take_no_word_from_the_six() -> None:
    table = annotated("Nie ma wątpliwości, że nas nie chcą.")
    plain = markers(table)
    more = markers(table, load_lexicons(families=["negation", "self-mention"]))
    assert set(plain["category"]) == {"booster"}
    assert more["category"].to_list() == ["negation", "booster", "self-mention", "negation"]
    with pytest.raises(DiscourseError, match="unknown family 'negations'; did you mean 'negation'"):
        load_lexicons(families=["negations"])
