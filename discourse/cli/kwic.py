"""`discourse kwic`: where a pattern stands in a corpus, each hit in its context."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import Data, Json, print_json


def kwic(
    pattern: Annotated[str, typer.Argument(help="Words or a CQL pattern, as in lexicons.", show_default=False)],
    corpus: Annotated[
        list[str], typer.Argument(help="A corpus by name, or files and folders of documents.", show_default=False)
    ],
    width: Annotated[int, typer.Option(min=0, help="Characters of context on each side.")] = 40,
    limit: Annotated[int, typer.Option(min=0, help="Lines to print; 0 prints all.")] = 50,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Show where a pattern stands, key word in context.

    Example:

        $ discourse kwic '[lemma="musieć"] [tag="inf.*"]' demo --limit 5
    """
    from discourse.core.progress import say
    from discourse.core.schema import string
    from discourse.corpus.documents import documents
    from discourse.corpus.load import load
    from discourse.corpus.manifest import find
    from discourse.corpus.store import data_folder
    from discourse.language.annotate import tokens
    from discourse.markers.match import search
    from discourse.markers.pattern import parse

    parse(pattern)  # refused before anything is read
    if len(corpus) == 1 and not Path(corpus[0]).exists():
        frame = documents(find(corpus[0]), data_folder(data))
    else:
        frame = load([Path(name) for name in corpus])
    hits = search(tokens(frame), pattern)
    shown = hits.head(limit) if limit else hits
    strings = dict(frame.select("doc_id", string()).iter_rows())
    lines = []
    for row in shown.iter_rows(named=True):
        whole, start, end = strings[row["doc_id"]], row["start"], row["end"]
        left, hit, right = whole[max(0, start - width) : start], whole[start:end], whole[end : end + width]
        lines.append({"doc_id": row["doc_id"], "start": start, "end": end, "left": left, "hit": hit, "right": right})
    if as_json:
        print_json({"hits": len(hits), "lines": lines})
        return
    for line in lines:
        left, hit, right = (" ".join(str(line[part]).splitlines()) for part in ("left", "hit", "right"))
        print(f"{line['doc_id']:16} {left:>{width}}[{hit}]{right}")
    say(f"{len(hits)} hits" + (f", {len(lines)} shown" if len(lines) < len(hits) else ""))
