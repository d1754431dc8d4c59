"""`discourse keyness` on a small corpus: what it prints and writes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from discourse.cli.app import call


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    """Two articles about a school in one outlet, two about a bridge in another."""
    school, bridge = "Szkoła rośnie. Szkoła czeka.", "Stary most stoi. Nowy most chyba runie, mówi Jan Kot."
    rows = [("a1", school, "Kurier"), ("a2", school, "Kurier"), ("b1", bridge, "Głos"), ("b2", bridge, "Głos")]
    path = tmp_path / "articles.csv"
    pl.DataFrame(rows, schema=["doc_id", "text", "outlet"], orient="row").write_csv(path)
    return str(path)


def test_rows_for_a_program(corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["keyness", corpus, "--by", "outlet", "--min", "1", "--top", "1", "--dispersion", "--json"]) == 0
    printed = capsys.readouterr()
    bridge, school = json.loads(printed.out)
    assert (school["item"], school["group_a"], school["group_b"]) == ("szkoła", "Kurier", "Głos")
    assert (school["count_a"], school["size_a"], school["size_b"]) == (4, 8, 20)
    assert (school["documents_a"], school["n_a"], school["dp_norm"], school["arf"]) == (2, 2, 0, 4)
    assert bridge["item"] == "most"
    assert bridge["reason"] == "log_ratio: 0 in 'Kurier' taken as 0.5; percent_diff: none in 'Kurier'"
    assert "2 shown" in printed.err


def test_a_table_for_people_and_every_column_in_csv(corpus: str, tmp_path: Path) -> None:
    base = ["keyness", corpus, "--by", "outlet", "--target", "Kurier", "--min", "1", "--pos", "noun", "--top", "0"]
    for name in ("k.csv", "k.md", "k.tex"):
        assert call([*base, "--draws", "20", "--language", "en", "--out", str(tmp_path / name)]) == 0
    table = pl.read_csv(tmp_path / "k.csv")
    assert table["item"].to_list()[0] == "szkoła" and table["item"].to_list()[-1] == "most"
    assert {"odds_ratio", "percent_diff", "dispersion_q", "reason"} <= set(table.columns)
    page = (tmp_path / "k.md").read_text(encoding="utf-8")
    assert "a: Kurier, b: Głos" in page and "documents resampled" in page
    assert r"\toprule" in (tmp_path / "k.tex").read_text(encoding="utf-8")


@pytest.mark.parametrize(("of", "item"), [("marker", "chyba"), ("speaker", "Jan Kot"), ("ngram2", "mówić Jan")])
def test_markers_speakers_and_ngrams(corpus: str, of: str, item: str, capsys: pytest.CaptureFixture[str]) -> None:
    table = pl.read_csv(corpus)
    also = table.head(1).with_columns(doc_id=pl.lit("a3"), text=pl.lit("Szkoła podobno czeka, mówi Ewa Lis."))
    pl.concat([table, also]).write_csv(corpus)
    assert call(["keyness", corpus, "--by", "outlet", "--target", "Głos", "--of", of, "--min", "1", "--json"]) == 0
    assert item in [row["item"] for row in json.loads(capsys.readouterr().out)]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--by", "outlte"], "--by: no document has the column 'outlte'; did you mean 'outlet'?"),
        (["--by", "outlet", "--target", "Kuier"], "--target: unknown outlet 'Kuier'; did you mean 'Kurier'?"),
        (["--by", "outlet", "--of", "lema"], "--of: unknown kind of items 'lema'; did you mean 'lemma'?"),
        (["--by", "outlet", "--sort", "logratio"], "--sort: unknown order 'logratio'; did you mean 'log_ratio'?"),
        (["--by", "outlet", "--of", "marker", "--pos", "noun"], "--pos: a marker has no part of speech"),
        (["--by", "outlet", "--out", "k.doc"], "--out k.doc: no format for '.doc'; known: .csv, .md, .tex"),
        (["--by", "outlet", "--min", "99"], "no item occurs 99 times in these groups (the most frequent: 4 times)"),
    ],
)
def test_refused_in_one_line(
    corpus: str, arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["keyness", corpus, *arguments]) == 2
    printed = capsys.readouterr()
    assert line in printed.err and printed.err.count("\n") == 1 and printed.out == ""


def test_one_group_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text("doc_id,text,outlet,day\na,Szkoła.,Kurier,\nb,Most.,Kurier,\n", encoding="utf-8")
    assert call(["keyness", str(path), "--by", "outlet"]) == 2
    assert "--by outlet: the documents have only 'Kurier'; keyness needs two groups" in capsys.readouterr().err
    assert call(["keyness", str(path), "--by", "day"]) == 2
    assert "--by day: the documents have no value" in capsys.readouterr().err
