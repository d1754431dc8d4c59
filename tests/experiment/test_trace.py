"""From a cell down to its words: the spans behind a number are exactly as many as it counts."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from discourse.cli.app import call
from discourse.core.errors import DiscourseError
from discourse.experiment.run import run
from discourse.experiment.trace import trace
from discourse.measures.layers import behind, layers, number, over, tally


@pytest.fixture
def made(small: Path, tmp_path: Path) -> Path:
    run(small, tmp_path / "r", changes=['groups=["genre"]', 'measures=["all"]'])
    return tmp_path / "r"


def hits(folder: Path, *cell: str) -> list[tuple[str, str]]:
    return [(line["doc_id"], line["hit"]) for line in trace(folder, *cell).lines()]


def test_the_spans_of_a_measure_in_a_group(made: Path) -> None:
    assert hits(made, "measures-by-genre", "hedge_rate", "depesza") == [("a", "Chyba"), ("b", "Zapewne")]
    found = trace(made, "measures-by-genre", "hedge_rate", "depesza")
    assert (found.numerator, found.denominator) == (2, 17)


def test_words_next_to_each_other_are_one_stretch(made: Path) -> None:
    assert ("a", "Chyba nikt nie ucierpiał") in hits(made, "measures-by-genre", "attributed_share", "depesza")


def test_a_contrast_has_its_two_sides(made: Path) -> None:
    row = "booster_rate,depesza"
    assert hits(made, "contrasts", row, "mean_a") == [("a", "Rzeka")]
    assert [doc for doc, _ in hits(made, "contrasts", row, "mean_b")] == ["c", "c"]


def test_markers_and_documents_of_a_topic(made: Path) -> None:
    assert hits(made, "markers", "rzeka") == [("a", "Rzeka"), ("c", "Rzeka")]
    assert set(trace(made, "topics", "1").documents["doc_id"]) == {"a", "b", "c", "d"}


def test_every_counted_thing_has_a_span(made: Path) -> None:
    table = pl.read_csv(made / "tables" / "markers.csv")
    for row in table.rows(named=True):
        assert trace(made, "markers", f"{row['category']},{row['marker']}").spans.height == row["n"]


def test_texts_that_are_not_at_hand_are_shown_by_offset(made: Path, tmp_path: Path) -> None:
    (tmp_path / "corpora" / "tiny" / "d.jsonl").unlink()
    found = trace(made, "measures-by-genre", "hedge_rate", "depesza")
    assert list(found.lines()) == [{"doc_id": "a", "start": 14, "end": 19}, {"doc_id": "b", "start": 11, "end": 18}]


def test_wrong_names_are_named(made: Path) -> None:
    for cell, message in {
        ("marker", "1"): "unknown table 'marker'; did you mean 'markers'",
        ("markers", "rzeke"): "no row 'rzeke'; did you mean 'rzeka'",
        ("markers", "99"): "there is no row 99",
        ("measures-by-genre", "hedge_rate", "depesz"): "unknown column 'depesz'; did you mean 'depesza'",
        ("topic-documents", "1"): "nothing is counted in it",
    }.items():
        with pytest.raises(DiscourseError, match=message):
            trace(made, *cell)


def test_the_command_prints_context_and_json(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["trace", str(made), "measures-by-genre", "hedge_rate", "depesza"]) == 0
    out = capsys.readouterr().out
    assert "2 documents, counted: 2, out of 17\n" in out
    assert "Rzeka wylała. [Chyba] nikt nie ucierpiał" in out
    assert call(["trace", str(made), "markers", "rzeka", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["spans"] == 2


def test_the_report_links_to_pages_of_examples(made: Path) -> None:
    assert 'href="traces/measures-by-genre.html"' in (made / "report.html").read_text(encoding="utf-8")
    page = (made / "traces" / "measures-by-genre.html").read_text(encoding="utf-8")
    assert "<mark>Zapewne</mark>" in page
    assert "<script" not in page


def test_what_is_behind_a_tally_is_found_for_any_measure() -> None:
    documents = pl.DataFrame({"doc_id": ["a"]})
    from discourse.core.schema import empty

    given = layers(documents, *(empty(name) for name in ("tokens", "markers", "attributions", "speakers")))
    assert behind(lambda given: over(tally(given.hits), given.length), given).columns == given.hits.columns  # type: ignore[union-attr]
    assert behind(lambda given: number(given.length), given).columns == given.words.columns  # type: ignore[union-attr]
    assert behind(lambda given: given.documents, given) is None
