"""`discourse evaluate`: how right the annotation is on gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from discourse.cli.options import Json, Lexicons, print_json


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Stand-off gold, one JSON line a document.", show_default=False)],
    documents: Annotated[
        list[Path],
        typer.Option("--documents", help="Files with the documents' texts; may be repeated.", show_default=False),
    ],
    more: Annotated[
        list[Path] | None, typer.Argument(help="Further files with the documents' texts.", show_default=False)
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="Score this stand-off file instead of our own annotation.", show_default=False)
    ] = None,
    lexicon: Lexicons = None,
    as_json: Json = False,
) -> None:
    """Score the annotation against gold by the rules of the guidelines: markers by category, attributions by part.

    Example:

        $ discourse evaluate corpora/demo/gold.jsonl --documents demo.jsonl
    """
    from discourse.core.settings import parse
    from discourse.corpus.load import load
    from discourse.evaluation.gold import GoldDocument, read_gold, standoff, texts
    from discourse.evaluation.score import score
    from discourse.experiment.annotation import annotate_with

    wanted = read_gold(gold)
    found = texts(wanted, load([*documents, *(more or [])]), gold)
    if predictions is not None:
        predicted = read_gold(predictions)
    else:
        done = annotate_with(found, lexicons=tuple(lexicon or ()))
        rows = standoff(done.documents, done.markers, done.attributions)
        predicted = {row["doc_id"]: parse(GoldDocument, row, "annotation") for row in rows}
    result = score(wanted, predicted)
    if as_json:
        print_json(result)
    else:
        _show(result)


def _show(result: dict[str, Any]) -> None:
    print(f"{result['documents']} documents\n")
    print(f"{'markers':14}{'exact P':>9}{'R':>7}{'F1':>7}{'overlap P':>11}{'R':>7}{'F1':>7}{'gold':>7}")
    for name, exact in result["markers"]["exact"].items():
        overlap = result["markers"]["overlap"][name]
        cells = "".join(_cell(exact[k], w) for k, w in (("precision", 9), ("recall", 7), ("f1", 7)))
        cells += "".join(_cell(overlap[k], w) for k, w in (("precision", 11), ("recall", 7), ("f1", 7)))
        print(f"{name:14}{cells}{exact['gold']:>7}")
    a = result["attributions"]
    print(f"\n{'attributions':26}{'P':>7}{'R':>7}{'F1':>7}{'gold':>8}{'found':>8}")
    for name, row in (
        ("matched", a),
        ("expert", a["expert"]),
        ("cues, exact span", a["cues_exact"]),
        ("content, characters", a["content"]),
        ("sources, overlap", a["sources"]),
    ):
        cells = "".join(_cell(row[k], 7) for k in ("precision", "recall", "f1"))
        print(f"{name:26}{cells}{row['gold']:>8}{row['predicted']:>8}")
    for kind, row in a["by_type"].items():
        print(
            f"  {kind:24}{_cell(row['precision'], 7)}{_cell(row['recall'], 7)}{'':7}"
            f"{row['gold']:>8}{row['predicted']:>8}"
        )
    print()
    for name in ("type", "role", "speaker"):
        print(f"{name + ', accuracy':26}{_cell(a[name]['accuracy'], 7)}   of {a[name]['n']} matches")


def _cell(value: float | None, width: int) -> str:
    return f"{'–' if value is None else format(value, '.3f'):>{width}}"
