"""`discourse lexicon`: what it prints, and when it fails."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from discourse.cli.lexicon import app

run = CliRunner().invoke


def test_show_prints_patterns_classes_and_examples() -> None:
    lines = run(app, ["show", "podobno"]).stdout.splitlines()
    assert lines[:2] == ["marker      podobno", "category    reportive"]
    assert "yes         [Podobno] sklep zamkną w maju." in lines


def test_list_of_one_category() -> None:
    rows = json.loads(run(app, ["list", "--category", "reportive", "--json"]).stdout)
    assert {row["category"] for row in rows} == {"reportive"}
    assert "ponoć" in [row["id"] for row in rows]


def test_check_fails_where_an_example_fails(tmp_path: Path) -> None:
    path = tmp_path / "moje.toml"
    path.write_text(
        'category = "hedge"\nhyland = "hedge"\nengagement = "entertain"\n'
        '[[entry]]\nid = "x"\npattern = "owszem"\nyes = "[Tak], owszem."\n',
        encoding="utf-8",
    )
    result = run(app, ["check", str(path)])
    assert result.exit_code == 1
    assert "moje.toml: entry 'x': not found as marked" in result.stderr
    assert run(app, ["check"]).exit_code == 0


def gold(folder: Path) -> tuple[Path, Path]:
    texts, spans = folder / "teksty.jsonl", folder / "wzor.jsonl"
    texts.write_text(json.dumps({"doc_id": "a", "title": "", "text": "Chyba pada. Oczywiście wieje."}), "utf-8")
    marked = [{"start": 0, "end": 5, "category": "hedge"}, {"start": 23, "end": 28, "category": "booster"}]
    spans.write_text(json.dumps({"doc_id": "a", "markers": marked, "attributions": []}), "utf-8")
    return texts, spans


def test_error_measures_categories_and_markers_and_writes_what_rates_correct_by(tmp_path: Path) -> None:
    texts, spans = gold(tmp_path)
    out = tmp_path / "blad.csv"
    result = run(app, ["error", str(spans), "--documents", str(texts), "--out", str(out), "--json"])
    rows = {(row["category"], row["marker"]): row for row in json.loads(result.stdout)}
    assert rows["hedge", "chyba"]["f1"] == 1.0
    assert rows["booster", None]["precision"] == 0.0
    assert out.exists()
    counts = str(tmp_path / "blad_articles.csv")
    rates = {row["category"]: row for row in json.loads(
        run(app, ["rates", str(texts), "--counts", counts, "--json"]).stdout)}  # fmt: skip
    assert (rates["hedge"]["rate"], rates["hedge"]["corrected"]) == (250.0, 250.0)
    assert rates["booster"]["corrected"] is None
    assert run(app, ["rates", str(texts)]).stdout.splitlines()[1].startswith("hedge")


def test_rates_refuse_a_table_that_is_none_of_counts(tmp_path: Path) -> None:
    texts, _ = gold(tmp_path)
    wrong = tmp_path / "zle.csv"
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")
    result = run(app, ["rates", str(texts), "--counts", str(wrong)])
    assert "zle.csv: no column 'doc_id'; give what `discourse lexicon error --out` wrote" in str(result.exception)
