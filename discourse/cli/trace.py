"""`discourse trace`: from a cell of a table down to the words that it was counted from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import Data, Json, print_json
from discourse.cli.run import Code


def trace(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run.", show_default=False)],
    table: Annotated[str, typer.Argument(help="A table, as its file is named.", show_default=False)],
    row: Annotated[str, typer.Argument(help="Number of the row, or texts in it, with commas.", show_default=False)],
    column: Annotated[
        str | None, typer.Argument(help="A column, as the CSV file names it.", show_default=False)
    ] = None,
    width: Annotated[int, typer.Option(min=0, help="Characters of context on each side.")] = 40,
    limit: Annotated[int, typer.Option(min=0, help="Lines to print; 0 prints all.")] = 50,
    workers: Annotated[int, typer.Option(min=1, help="Processes, where texts must be annotated anew.")] = 1,
    data: Data = None,
    allow_code: Code = False,
    as_json: Json = False,
) -> None:
    """List the very spans, in context, that a cell of a run's table was counted from, or the documents behind it.

    Example:

        $ discourse trace runs/demo measures-by-genre hedge_rate opinion
    """
    from discourse.core.polish import number
    from discourse.core.progress import say
    from discourse.experiment.trace import trace as traced
    from discourse.measures import MEASURES

    found = traced(run, table, row, column, data=data, workers=workers, allow_code=allow_code)
    lines = list(found.lines(width))
    shown = lines[:limit] if limit else lines
    documents = found.documents.to_dicts()
    if as_json:
        print_json({
            "table": table, "row": dict(found.cell.row), "column": column, "documents": documents,
            "numerator": found.numerator, "denominator": found.denominator, "spans": len(lines), "lines": shown,
        })  # fmt: skip
        return
    if found.cell.kind == "measure":
        one = MEASURES.get(found.cell.name)
        print(f"{one.name}: {' '.join(one.doc.split())}")
    counts = [f"{len(documents)} documents"]
    if found.numerator is not None:
        counts.append(f"counted: {number(found.numerator, 0, 'en')}")
    if found.denominator is not None:
        counts.append(f"out of {number(found.denominator, 0, 'en')}")
    print(", ".join(counts))
    for line in shown:
        if "hit" in line:
            left, hit, right = (" ".join(str(line[part]).split("\n")) for part in ("left", "hit", "right"))
            print(f"{line['doc_id']:16} {left:>{width}}[{hit}]{right}")
        else:
            print(f"{line['doc_id']:16} {line['start']}–{line['end']}  (its text is not at hand)")
    if not lines:
        for document in documents[: limit or None]:
            print("  ".join(str(value) if value is not None else "–" for value in document.values()))
    total, part = (len(lines), len(shown)) if lines else (len(documents), min(len(documents), limit or len(documents)))
    say(f"{total} {'stretches' if lines else 'documents'}" + (f", {part} shown" if part < total else ""))
