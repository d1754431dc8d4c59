"""What analyses of groups, topics and classes cannot do: said in a line that names the table and what to change."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from discourse.core.settings import parse
from discourse.experiment.config import Experiment
from discourse.experiment.gather import Gathered
from discourse.experiment.section import Section, analysed

SETTINGS = {
    "name": "x", "title": {"pl": "x", "en": "x"}, "question": {"pl": "x", "en": "x"}, "seed": 1, "corpora": ["x"],
    "groups": ["genre"], "minimum_group": 1,
}  # fmt: skip
WORDS = ["las", "rzeka", "most", "szkoła", "uczeń", "lekcja", "lekarz", "dyżur"]


def done(key: str, settings: dict[str, object], genres: list[str], **measures: list[float | None]) -> Section:
    """The section over documents of these genres, with these measures."""
    random = np.random.default_rng(1)
    ids = [f"d{number:02d}" for number in range(len(genres))]
    documents = pl.DataFrame({"doc_id": ids, "title": "", "genre": genres})
    measures = measures or {"hedge_rate": random.random(len(ids)).tolist()}
    values = pl.concat(
        pl.DataFrame({"doc_id": ids, "measure": name, "value": pl.Series(column, dtype=pl.Float64), "numerator": 1.0,
                      "denominator": 10.0, "reason": None}) for name, column in measures.items()
    )  # fmt: skip
    drawn = [(doc_id, tok, random.choice(WORDS)) for doc_id in ids for tok in range(9)]
    rows = [(doc_id, tok, str(word), "subst", False) for doc_id, tok, word in drawn]
    content = pl.DataFrame(
        rows, schema={"doc_id": pl.String, "tok": pl.UInt32, "lemma": pl.String, "pos": pl.String,
                      "boilerplate": pl.Boolean}, orient="row",
    )  # fmt: skip
    tables = {"documents": documents, "measures": values, "content": content}
    experiment = parse(Experiment, {**SETTINGS, key: settings}, "x.toml")
    section = analysed(key, experiment, Gathered(tables.__getitem__, lambda name: iter([tables[name]]), {}, None))
    assert section is not None
    return section


CONTRASTS = {"by": "genre", "draws": 100}
CLASSIFIER = {"target": "genre", "features": ["measures"], "folds": 4, "repeats": 1}
TWO = ["depesza"] * 6 + ["felieton"] * 6


def reasons(section: Section) -> dict[str, str | None]:
    """Of each measure in the table of contrasts."""
    return dict(section.more[0].frame.select("measure", "reason").iter_rows())


def test_one_group() -> None:
    assert done("contrasts", CONTRASTS, ["depesza"] * 6).wanting == [
        "contrasts: table 'groups': a contrast needs two groups, it has only 'depesza'; group by another column"
    ]


def test_groups_of_one_document_are_left_without_an_interval_and_the_others_go_on() -> None:
    section = done("contrasts", {**CONTRASTS, "pairs": "all"}, [*TWO, "wywiad"])
    assert section.wanting == []
    found = section.more[0].frame.select("group_a", "group_b", "reason").rows()
    assert ("felieton", "wywiad", "'wywiad' has one document with a value; give it more, or leave it out") in found
    assert section.more[0].frame.filter(pl.col("low").is_not_null())["group_b"].to_list() == ["felieton"]
    assert "Without an interval: 2 (reasons in the table)." in (section.text or {})["en"]


def test_a_constant_measure_and_one_missing_everywhere() -> None:
    varied = [float(n) for n in range(12)]
    found = done("contrasts", CONTRASTS, TWO, hedge_rate=varied, booster_rate=[1.0] * 12, stance_rate=[None] * 12)
    assert found.wanting == []
    assert reasons(found)["booster_rate"] == "all values are equal"
    assert reasons(found)["stance_rate"] == "no document of 'depesza' has a value"
    assert found.more[0].frame.filter(pl.col("measure") == "hedge_rate")["low"].is_not_null().all()


def test_a_classifier_takes_them_too() -> None:
    varied = [float(n) for n in range(12)]
    found = done("classifier", CLASSIFIER, TWO, hedge_rate=varied, booster_rate=[1.0] * 12, stance_rate=[None] * 12)
    assert found.wanting == [] and found.tables[0].name == "classifier"


def test_more_topics_than_documents() -> None:
    settings = {"k": 20, "min_documents": 1, "max_share": 1.0, "runs": 2, "engine": "sklearn-nmf"}
    assert done("topics", settings, TWO).wanting == [
        "topics: table 'content': 20 topics for 12 documents with terms; set k lower or give more documents"
    ]


def test_of_several_numbers_of_topics_those_that_can_be_are_tried() -> None:
    settings = {"k": [2, 20], "min_documents": 1, "max_share": 1.0, "runs": 2, "engine": "sklearn-nmf"}
    section = done("topics", settings, TWO)
    grid = next(table for table in section.tables if table.name == "topics-grid").frame
    assert section.wanting == [] and grid["chosen"].to_list() == [True, False]
    assert grid["reason"][1].startswith("on half of the documents: table 'content': 20 topics for 6 documents")


@pytest.mark.parametrize(
    ("genres", "line"),
    [
        (["depesza"] * 8, "one class ('depesza'), nothing to tell apart; choose a column with two or more"),
        ([*TWO, "x"], "class 'x' has 1 documents, fewer than 4 folds; set folds lower, or leave the class out"),
    ],
)
def test_classes_that_cannot_be_told(genres: list[str], line: str) -> None:
    assert done("classifier", CLASSIFIER, genres).wanting == [f"classifier: table 'target': {line}"]


def test_a_vocabulary_that_is_empty() -> None:
    section = done("topics", {"k": 2, "min_documents": 50}, TWO)
    assert section.wanting[0].startswith("topics: no vocabulary left: ")
    assert section.wanting[0].endswith("lower min_documents or raise max_share")
