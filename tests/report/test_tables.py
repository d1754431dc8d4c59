"""Tables: what is written for people and for programs, and what must not happen to hostile text."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
import typst

from discourse.core.csv import csv_text
from discourse.core.errors import DiscourseError
from discourse.report.tables import Table, html_table, latex, markdown, printed, write_table

CONTRASTS = Table(
    name="contrasts",
    frame=pl.DataFrame({"measure": ["hedge", "share"], "estimate": [1234.5, -0.25], "p": [0.00001, 0.04],
                        "n_a": [1200, None]}),
    caption={"pl": "Różnice średnich", "en": "Differences of means"},
    note={"pl": "Wartość p z permutacji.", "en": "p by permutation."},
    labels={"measure": {"pl": "miara"}, "estimate": {"pl": "różnica"}},
    digits={"p": 3},
    values={"measure": {"hedge": {"pl": "asekuracja", "en": "hedges"}}},
)


def table(*cells: object) -> Table:
    return Table("t", pl.DataFrame({"a": cells}), {"pl": "Tabela", "en": "Table"})


def test_numbers_are_printed_for_polish_readers() -> None:
    assert printed(CONTRASTS, "pl") == [
        ["asekuracja", "1\u00a0234,50", "<\u00a00,001", "1\u00a0200"],
        ["share", "−0,25", "0,040", "–"],
    ]


def test_numbers_are_printed_for_english_readers() -> None:
    assert printed(CONTRASTS, "en") == [
        ["hedges", "1,234.50", "<\u00a00.001", "1,200"],
        ["share", "−0.25", "0.040", "–"],
    ]


def test_csv_keeps_keys_and_full_precision() -> None:
    frame = pl.DataFrame({"measure": ["hedge"], "value": [0.1 + 0.2], "none": [float("nan")], "spans": [[1, 2]]})
    assert csv_text(frame) == 'measure,value,none,spans\nhedge,0.30000000000000004,,"[1, 2]"\n'


@pytest.mark.parametrize("cell", ["=1+1", "+48 600", "-Anna", "@home", "\tx", "＝1"])
def test_csv_text_is_never_a_formula(cell: str) -> None:
    assert csv_text(pl.DataFrame({"a": [cell]})) == f"a\n'{cell}\n"


def test_csv_numbers_and_dashes_inside_are_untouched() -> None:
    assert csv_text(pl.DataFrame({"a": [-1.5], "b": ["a=b"]})) == "a,b\n-1.5,a=b\n"


def test_csv_headings_are_never_formulas() -> None:
    assert csv_text(pl.DataFrame({"=x": [1]})) == "'=x\n1\n"


def test_markdown_aligns_and_escapes() -> None:
    assert markdown(table("a|b", "<i>*x*</i>")) == (
        "**Tabela**\n\n| a                        |\n| ------------------------ |\n"
        "| a\\|b                     |\n| &lt;i&gt;\\*x\\*&lt;/i&gt; |\n")


def test_latex_has_rules_and_escapes() -> None:
    frame = pl.DataFrame({"a_b": ["50% & {x} \\y", "~^#$ „ok” [1]"], "n": [1, -2]})
    text = latex(Table("my table", frame, {"pl": "A_b"}))
    assert "\\caption{A\\_b}\n\\label{tab:my-table}\n\\begin{tabular}{lr}\n" in text
    assert "\\toprule\na\\_b & n \\\\\n\\midrule\n" in text
    assert "50\\% \\& \\{x\\} \\textbackslash{}y & 1 \\\\" in text
    assert "\\textasciitilde{}\\textasciicircum{}\\#\\$ „ok” {[}1{]} & $-$2 \\\\" in text


def test_html_shows_markup_as_text() -> None:
    text = html_table(table("<script>alert(1)</script>"))
    assert "<script>" not in text
    assert '<td class="long">&lt;script&gt;alert(1)&lt;/script&gt;</td>' in text


def test_files_are_written_and_typst_compiles(tmp_path: Path) -> None:
    hostile = Table("t", pl.DataFrame({"#a": ['#panic("x")', '"quoted" \\ $x$']}), {"pl": "*x*"}, {"pl": "#let"})
    paths = write_table(hostile, tmp_path / "tables")
    assert [path.name for path in paths] == ["t.csv", "t.md", "t.tex", "t.typ"]
    assert typst.compile(str(paths[3]), format="svg").startswith(b"<svg")


def test_twice_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write_table(CONTRASTS, tmp_path / name) for name in "ab")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_an_empty_table_keeps_its_head(tmp_path: Path) -> None:
    empty = Table("t", pl.DataFrame(schema={"a": pl.String, "b": pl.Float64}), {"pl": "Pusta"})
    paths = write_table(empty, tmp_path)
    assert paths[0].read_text() == "a,b\n"
    assert typst.compile(str(paths[3]), format="svg").startswith(b"<svg")


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DiscourseError, match="unknown language 'de'"):
        write_table(CONTRASTS, tmp_path, "de")
