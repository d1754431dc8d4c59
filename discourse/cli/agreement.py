"""`discourse agreement`: how far two annotations agree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from discourse.cli.options import Json, print_json


def agreement(
    a: Annotated[Path, typer.Argument(help="One stand-off annotation, a JSON line a document.", show_default=False)],
    b: Annotated[Path, typer.Argument(help="Another one of the same documents.", show_default=False)],
    documents: Annotated[
        list[Path] | None,
        typer.Option("--documents", help="Files with the texts, for their true lengths.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Compare two annotations of the same documents: Krippendorff's alpha over characters, and F1 of the spans.

    Example:

        $ discourse agreement corpora/demo/gold.jsonl corpora/demo/gold.jsonl
    """
    from discourse.core.schema import string
    from discourse.corpus.load import load
    from discourse.evaluation.agreement import agreement as compare
    from discourse.evaluation.gold import read_gold, texts

    one, other = read_gold(a), read_gold(b)
    lengths = None
    if documents:
        both = {doc_id: one[doc_id] for doc_id in one if doc_id in other}
        found = texts(both, load(documents), a)
        lengths = dict(found.select("doc_id", string().str.len_chars()).iter_rows())
    result = compare(one, other, lengths)
    if as_json:
        print_json(result)
    else:
        _show(result)


def _show(result: dict[str, Any]) -> None:
    print(f"{result['documents']} documents in both, {result['only_in_one']} in one only\n")
    print("Krippendorff's alpha over characters")
    for layer, values in result["alpha"].items():
        print(f"  {layer.replace('_', ' ')}")
        for label, value in values.items():
            print(f"    {label:14}{'–' if value is None else format(value, '.3f'):>7}")
    scores = result["scores"]
    rows = [
        ("markers, exact", scores["markers"]["exact"]["micro"]["f1"]),
        ("markers, overlap", scores["markers"]["overlap"]["micro"]["f1"]),
        ("attributions", scores["attributions"]["f1"]),
        ("content", scores["attributions"]["content"]["f1"]),
        ("sources", scores["attributions"]["sources"]["f1"]),
        ("role, accuracy", scores["attributions"]["role"]["accuracy"]),
        ("speaker, accuracy", scores["attributions"]["speaker"]["accuracy"]),
    ]
    print("\nF1 and accuracy")
    for label, value in rows:
        print(f"  {label:20}{'–' if value is None else format(value, '.3f'):>7}")
