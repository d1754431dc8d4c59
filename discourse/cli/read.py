"""`discourse read`: one article, its markers and voices."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from discourse.cli.options import Json, Lexicons, print_json, print_table

_PAGES = (".html", ".htm", ".xhtml")


def read(
    file: Annotated[Path, typer.Argument(help="A text file, or any file of documents.", show_default=False)],
    doc: Annotated[str | None, typer.Option("--doc", help="Which document, where the file holds several.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write a page (HTML) here instead.", show_default=False)] = None,
    language: Annotated[Literal["pl", "en"], typer.Option(help="Language of the labels.")] = "pl",
    lexicon: Lexicons = None,
    among: Annotated[
        list[str] | None,
        typer.Option(
            "--among",
            metavar="CORPUS",
            help="Also show where the article stands among the frozen measures of this corpus; may be repeated.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Read one article, in the terminal or as a page: who speaks, in which role, with which verbs; every stance marker.

    Example:

        $ discourse read corpora/demo/articles/voices-01.txt
        $ discourse read corpora/demo/articles/voices-01.txt --among press-outlets
    """
    import polars as pl

    from discourse.core.errors import DiscourseError, unknown
    from discourse.core.files import writable, write_text
    from discourse.corpus.load import load
    from discourse.evaluation.gold import standoff
    from discourse.experiment.among import among as placed
    from discourse.experiment.among import kept_of, table
    from discourse.experiment.annotation import annotate_with
    from discourse.measures import measure
    from discourse.report.pages import article_page
    from discourse.report.terminal import print_reading

    others = kept_of(among) if among else []  # refused before the work where there are none
    documents = load([file])
    ids = documents["doc_id"].to_list()
    if doc is not None and doc not in ids:
        raise unknown("document", doc, ids[:1000], str(file))
    if doc is None and len(ids) != 1:
        raise DiscourseError(
            f"{file}: holds {len(ids)} documents; choose one with --doc, as in --doc {ids[0] if ids else 'ID'}"
        )
    if out is not None:
        writable(out)
        if out.suffix.lower() not in _PAGES:
            raise DiscourseError(f"--out {out}: what is written is a page; give a name that ends in .html")
    done = annotate_with(documents.filter(pl.col("doc_id") == (doc or ids[0])), lexicons=tuple(lexicon or ()))
    layers = (done.documents, done.tokens, done.markers, done.attributions, done.speakers)
    place = placed(measure(*layers), others) if others else None
    if as_json:
        row = standoff(done.documents, done.markers, done.attributions)[0]
        more = {} if place is None else {"among": place.to_dicts()}
        print_json({**row, "speakers": done.speakers.drop("doc_id").to_dicts(), **more})
    elif out is not None:
        write_text(out, article_page(*layers, measure(*layers), language))
        print(f"page: {out}")
    else:
        print_reading(*layers, language=language)
    if place is not None and not as_json:
        print_table(table(place, others), language)
