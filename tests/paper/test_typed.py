"""The paper's text has no number of its own."""

from pathlib import Path

import pytest

from discourse.paper.typed import typed_numbers

SOURCE = Path(__file__).resolve().parents[2] / "paper" / "paper.typ"


def test_the_paper_reads_every_number_from_a_run() -> None:
    assert typed_numbers(SOURCE.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hedges come to 12.3 in a thousand words.", ["12.3"]),
        ("Of 4,153 articles\n3% hedge.", ["4,153", "3"]),
        ("#emph[Of 7 articles], many.", ["7"]),
        ('#text("12 articles")', ["12"]),
        ("#figure(caption: [All 20 topics], image(width: 50%))", ["20"]),
        ('#choose(1 > 2, [more than 3], [fewer])', ["3"]),
        ('Hedges: #num("seed", "place", "value", digits: 1, measure: "hedge_rate").', []),
        ('#rows("a", "b").filter(r => r.q < 0.05).len() differences', []),
        ("$ 1000 dot M / W $ <eq-1> and @rogangladen1978", []),
        ("Run `discourse run --workers 2` // 3 times", []),
        ("#set text(size: 9pt)\n#let half = 0.5\nNothing.", []),
        ("The network reads Morfeusz 2 and COVID-19.", []),
    ],
)
def test_a_number_in_prose_is_found_and_one_in_code_is_not(text: str, found: list[str]) -> None:
    assert [number.rstrip(".,") for _, number in typed_numbers(text)] == found


def test_a_typed_number_has_its_line() -> None:
    assert typed_numbers("No number.\n\nBut 5 here.") == [(3, "5")]
