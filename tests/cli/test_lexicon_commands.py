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
