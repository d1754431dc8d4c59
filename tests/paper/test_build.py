"""The paper is built from its runs alone, the same to the byte."""

import json
from pathlib import Path

import pypdf
import pytest

from discourse.core.errors import DiscourseError
from discourse.paper.build import EXPERIMENTS, SOURCE, build, named, numbers, typeset

LIB = (SOURCE / "lib.typ").read_text(encoding="utf-8")


@pytest.fixture
def runs(tmp_path: Path) -> dict[str, Path]:
    """A run of one table: hedges in two outlets."""
    folder = tmp_path / "run"
    (folder / "tables").mkdir(parents=True)
    (folder / "figures").mkdir()
    (folder / "tables" / "rates.csv").write_text("group,mean,low,high\nA,1234.56,1200,1300.25\nB,-0.5,,\n")
    record = {"settings": {"seed": 7}, "sources": {"discourse": "0", "dictionary": "sgjp"}, "frozen": {}, "corpora": []}
    (folder / "run.json").write_text(json.dumps(record))
    return {"small": folder}


def set_(text: str, runs: dict[str, Path], tmp_path: Path) -> str:
    """The words of a paper with this text."""
    source = tmp_path / "source"
    source.mkdir(exist_ok=True)
    (source / "lib.typ").write_text(LIB)
    (source / "paper.typ").write_text('#import "lib.typ": *\n#set document(date: none)\n' + text)
    return pypdf.PdfReader(typeset(runs, tmp_path / "out", source)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ('#num("small", "rates", "mean", digits: 1, group: "A")', "1,234.6"),
        ('#num("small", "rates", "mean", digits: 2, group: "B")', "−0.50"),
        ('#num("small", "rates", "low", group: "B")', "–"),
        ('#total("small", "rates", "mean", digits: 0)', "1,234"),
        ('#fixed(0.05, 1) #fixed(1999999.96, 1)', "0.1 2,000,000.0"),
        ('#setting("small", "seed")', "7"),
    ],
)
def test_a_number_is_printed_as_it_stands_in_its_table(
    text: str, printed: str, runs: dict[str, Path], tmp_path: Path
) -> None:
    assert set_(text, runs, tmp_path).strip() == printed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('#num("small", "rates", "mean", group: "C")', "0 rows in small/rates"),
        ('#num("small", "rates", "mean")', "2 rows in small/rates"),
        ('#num("small", "none", "mean")', "run small has no table none"),
        ('#num("large", "rates", "mean")', "no run large"),
    ],
)
def test_a_number_that_no_run_has_stops_the_build(
    text: str, why: str, runs: dict[str, Path], tmp_path: Path
) -> None:
    with pytest.raises(DiscourseError, match=why):
        set_(text, runs, tmp_path)


def test_the_same_runs_give_the_same_bytes(runs: dict[str, Path], tmp_path: Path) -> None:
    set_('Rate: #num("small", "rates", "mean", group: "A")', runs, tmp_path)
    first = (tmp_path / "out" / "paper.pdf").read_bytes()
    assert typeset(runs, tmp_path / "other", tmp_path / "source").read_bytes() == first


def test_missing_cells_are_missing_in_what_the_text_reads(runs: dict[str, Path]) -> None:
    rows = json.loads(numbers(runs))["runs"]["small"]["rates"]
    assert rows == [
        {"group": "A", "mean": 1234.56, "low": 1200, "high": 1300.25},
        {"group": "B", "mean": -0.5, "low": None, "high": None},
    ]


def test_the_paper_is_built_from_what_the_repository_holds(tmp_path: Path) -> None:
    """From frozen measures and results: 8 to 12 pages, twice the same."""
    built = build(tmp_path / "one", workers=1)
    pages = len(pypdf.PdfReader(built.pdf).pages)
    assert 8 <= pages <= 12
    assert set(built.runs) == set(named(EXPERIMENTS))
    assert all(one.record["frozen"] for one in built.runs.values())
    again = typeset({name: one.folder for name, one in built.runs.items()}, tmp_path / "two")
    assert again.read_bytes() == built.pdf.read_bytes()
