"""Tables as people read them: CSV with full precision, and Markdown, LaTeX, Typst and HTML with printed numbers."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from discourse.core.csv import csv_text
from discourse.core.files import write_bytes
from discourse.core.polish import number
from discourse.report.labels import Text, word
from discourse.report.labels import language as known_language

#: Columns of probabilities: a value that would print as zero prints as "< 0.001".
PROBABILITIES = frozenset({"p", "q"})
_DIGITS = 2
# Columns of text with longer cells than this are kept wide on a page, where they would be squeezed by numbers.
_LONG = 22


@dataclass(frozen=True)
class Table:
    """A frame with what its readers need: a caption, a note on method and n, column labels, digits.

    `labels` maps a column to its heading, `values` maps a column to labels of the keys in it (roles, measures),
    `digits` a column to the decimals it is printed with (2 for a float, 0 for a whole number). Whole numbers are
    grouped by thousands: a year or another identifier wants to be text.
    """

    name: str
    frame: pl.DataFrame
    caption: Text
    note: Text = field(default_factory=dict)
    labels: Mapping[str, Text] = field(default_factory=dict)
    digits: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)

    def heading(self, column: str, language: str) -> str:
        """The column's label in the language, its name where it has none."""
        return self.labels.get(column, {}).get(language, column)


def printed(table: Table, language: str = "pl") -> list[list[str]]:
    """The table's cells as they are printed, row by row; missing ones are '–'."""
    columns = [_print_column(table, column, language) for column in table.frame.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def write_table(table: Table, folder: Path, language: str = "pl") -> list[Path]:
    """The paths of `<name>.csv`, `.md`, `.tex` and `.typ` in the folder, each written whole."""
    return [write_bytes(folder / name, data) for name, data in table_files(table, language).items()]


def table_files(table: Table, language: str = "pl") -> dict[str, bytes]:
    """The table's files by name: `<name>.csv`, `.md`, `.tex` and `.typ`."""
    language = known_language(language)
    forms = {
        "csv": csv_text(table.frame),
        "md": markdown(table, language),
        "tex": latex(table, language),
        "typ": typst(table, language),
    }
    return {f"{table.name}.{suffix}": text.encode() for suffix, text in forms.items()}


def markdown(table: Table, language: str = "pl") -> str:
    """The table in GitHub's Markdown, its caption above and its note below."""
    head = [_markdown(table.heading(column, language)) for column in table.frame.columns]
    body = [[_markdown(cell) for cell in row] for row in printed(table, language)]
    widths = [max(3, *(len(row[i]) for row in [head, *body])) for i in range(len(head))]
    right = [is_number(table, column) for column in table.frame.columns]

    def line(cells: list[str]) -> str:
        padded = (c.rjust(w) if r else c.ljust(w) for c, w, r in zip(cells, widths, right, strict=True))
        return f"| {' | '.join(padded)} |"

    rule = "|".join(f" {'-' * (w - 1)}: " if r else f" {'-' * w} " for w, r in zip(widths, right, strict=True))
    parts = [f"**{_markdown(_caption(table, language))}**", "\n".join([line(head), f"|{rule}|", *map(line, body)])]
    if note := table.note.get(language):
        parts.append(f"*{word('note', language)}.* {_markdown(note)}")
    return "\n\n".join(parts) + "\n"


def latex(table: Table, language: str = "pl") -> str:
    """The table as a LaTeX `table` with rules of booktabs; every text is escaped."""
    align = "".join("r" if is_number(table, column) else "l" for column in table.frame.columns)

    def line(cells: list[str]) -> str:
        return " & ".join(_latex(cell) for cell in cells) + r" \\"

    lines = [
        r"\begin{table}[htbp]", r"\centering", rf"\caption{{{_latex(_caption(table, language))}}}",
        rf"\label{{tab:{re.sub(r'[^A-Za-z0-9:-]+', '-', table.name)}}}", rf"\begin{{tabular}}{{{align}}}", r"\toprule",
        line([table.heading(column, language) for column in table.frame.columns]), r"\midrule",
        *map(line, printed(table, language)), r"\bottomrule", r"\end{tabular}",
    ]
    if note := table.note.get(language):
        lines += ["", r"\medskip", rf"\parbox{{\linewidth}}{{\footnotesize {_latex(note)}}}"]
    return "\n".join([*lines, r"\end{table}"]) + "\n"


def typst(table: Table, language: str = "pl") -> str:
    """The table as a Typst `figure`; cells are strings, so nothing in them is markup."""
    align = ", ".join("right" if is_number(table, column) else "left" for column in table.frame.columns)

    def line(cells: list[str]) -> str:
        return ", ".join(_typst(cell) for cell in cells)

    note = table.note.get(language)
    caption = _typst(_caption(table, language))
    return "\n".join([
        "#figure(", "  kind: table,", f"  caption: {caption},", "  {", "  table(",
        f"    columns: {len(table.frame.columns)},", f"    align: ({align},),", "    stroke: none,",
        "    table.hline(),",
        f"    table.header({line([table.heading(column, language) for column in table.frame.columns])}),",
        "    table.hline(stroke: 0.5pt),",
        *(f"    {line(row)}," for row in printed(table, language)),
        "    table.hline(),", "  )",
        *([f"  align(left, text(size: 0.85em, {_typst(note)}))"] if note else []), "  }", ")", "",
    ])


def html_table(table: Table, language: str = "pl", number_in_page: int | None = None) -> str:
    """The table as an HTML fragment, everything in it escaped; numbers are marked by the class `n`."""
    body = printed(table, language)
    longest = [max((len(row[i]) for row in body), default=0) for i in range(len(table.frame.columns))]
    kinds = [' class="n"' if is_number(table, column) else ' class="long"' if length > _LONG else ""
             for column, length in zip(table.frame.columns, longest, strict=True)]
    heads = "".join(f'<th scope="col"{kind}>{_breakable(table.heading(column, language))}</th>'
                    for column, kind in zip(table.frame.columns, kinds, strict=True))
    rows = "\n".join(
        "<tr>" + "".join(f"<td{kind}>{_html(cell)}</td>" for cell, kind in zip(row, kinds, strict=True)) + "</tr>"
        for row in body)
    label = f'<b>{word("table", language)} {number_in_page}.</b> ' if number_in_page else ""
    note = f'<p class="note">{_html(table.note[language])}</p>' if table.note.get(language) else ""
    return (f'<figure class="table" id="table-{_html(table.name)}">'
            f"<figcaption>{label}{_html(_caption(table, language))}</figcaption>\n"
            f'<div class="wide" tabindex="0"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>'
            f"\n</table></div>{note}</figure>")


def _caption(table: Table, language: str) -> str:
    return table.caption.get(language, table.name)


def _print_column(table: Table, column: str, language: str) -> list[str]:
    values = table.frame.get_column(column).to_list()
    labels = table.values.get(column, {})
    digits = table.digits.get(column, 0 if _is_whole(table.frame.schema[column]) else _DIGITS)
    least = 10.0**-digits

    def cell(value: object) -> str:
        if value is None:
            return "–"
        if isinstance(value, bool):
            return {"pl": ("nie", "tak"), "en": ("no", "yes")}[language][value]
        if isinstance(value, int | float):
            if column in PROBABILITIES and 0 <= value < least:
                return f"<\u00a0{number(least, digits, language)}"
            return number(value, digits, language)
        if isinstance(value, datetime.date | datetime.datetime):
            return value.isoformat()
        if isinstance(value, list):
            return ", ".join("–" if item is None else cell(item) for item in value)
        text = str(value)
        return labels[text].get(language, text) if text in labels else text

    return [cell(value) for value in values]


def is_number(table: Table, column: str) -> bool:
    """Whether the column holds numbers, which are set to the right."""
    return table.frame.schema[column].is_numeric()


def _is_whole(dtype: object) -> bool:
    if isinstance(dtype, pl.List):
        return _is_whole(dtype.inner)
    return isinstance(dtype, pl.DataType) and dtype.is_integer()


def _one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text)


def _markdown(text: str) -> str:
    escaped = re.sub(r"([\\`*_\[\]|~#])", r"\\\1", _one_line(text))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\char34{}",  # babel's Polish makes the plain mark active
    "\u00a0": "~", "\u2212": "$-$", "\u00ad": r"\-", "–": "--", "—": "---",
    "[": "{[}", "]": "{]}",  # a bracket after \\ would be read as its argument
}


def _latex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in _one_line(text))


def _typst(text: str) -> str:
    return '"' + _one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _breakable(text: str) -> str:
    """A heading as HTML that may break after the marks inside a name (`businessdaily.example`, `group_a`)."""
    return re.sub(r"([./_-])(?=\w)", r"\1<wbr>", _html(text).replace("&#x27;", "’"))


def _html(text: str) -> str:
    return html.escape(_one_line(text))
