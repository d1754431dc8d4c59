"""`discourse lexicon`: the markers that are known, one of them in full, and whether a lexicon holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import Json, print_json

app = typer.Typer(help="Stance markers and voices: list them, show one, check a lexicon.", no_args_is_help=True)
Files = Annotated[
    list[Path] | None,
    typer.Option("--lexicon", help="A TOML file that adds, replaces or switches off markers.", show_default=False),
]


def parted(files: list[Path] | None) -> tuple[list[Path], list[Path]]:
    """The files that hold markers, and those that hold words for who speaks."""
    from discourse.attribution.entries import of_voices

    voices = [path for path in files or () if of_voices(path)]
    return [path for path in files or () if path not in voices], voices


@app.command("list")
def list_(
    category: Annotated[str | None, typer.Option(help="Only this category or family.", show_default=False)] = None,
    lexicon: Files = None,
    as_json: Json = False,
) -> None:
    """List the markers: category, Hyland's category, engagement value, id.

    Example:

        $ discourse lexicon list --category reportive
    """
    from discourse.core.errors import unknown
    from discourse.core.schema import CATEGORIES
    from discourse.markers.lexicon import FAMILIES, load_lexicons

    if category is not None and category not in (*CATEGORIES, *FAMILIES):
        raise unknown("category", category, (*CATEGORIES, *FAMILIES))
    families = [category] if category in FAMILIES else []
    known = load_lexicons(parted(lexicon)[0], families=[str(name) for name in families])
    entries = [entry for entry in known.entries if category in (None, entry.category)]
    if as_json:
        print_json([entry.model_dump(exclude_defaults=True) for entry in entries])
        return
    for entry in entries:
        print(f"{entry.category:13} {entry.hyland:17} {entry.engagement:12} {entry.id}")


@app.command()
def show(
    marker: Annotated[str, typer.Argument(help="The marker's id.", show_default=False)],
    lexicon: Files = None,
    as_json: Json = False,
) -> None:
    """Show one marker: its patterns, classes and examples.

    Example:

        $ discourse lexicon show chyba
    """
    from discourse.markers.lexicon import FAMILIES, load_lexicons

    known = load_lexicons(parted(lexicon)[0])
    entry = (known if marker in known.ids else load_lexicons(parted(lexicon)[0], families=FAMILIES))[marker]
    if as_json:
        print_json(entry.model_dump())
        return
    rows: list[tuple[str, str]] = [
        ("marker", entry.id),
        ("category", entry.category),
        ("hyland", entry.hyland),
        ("engagement", entry.engagement),
        *(("pattern", pattern) for pattern in entry.pattern),
        ("context", entry.context),
        *(("unless", pattern) for pattern in entry.unless),
        ("model", entry.model),
        *(("hint", pattern) for pattern in entry.hint),
        ("priority", str(entry.priority or "")),
        ("source", entry.source),
        ("note", entry.note),
        *(("yes", sentence) for sentence in entry.yes),
        *(("no", sentence) for sentence in entry.no),
        ("file", entry.file),
    ]
    for name, value in rows:
        if value:
            print(f"{name:11} {value}")


@app.command()
def voices(
    word: Annotated[str | None, typer.Argument(help="A word, phrase or name.", show_default=False)] = None,
    section: Annotated[str | None, typer.Option(help="Only this section.", show_default=False)] = None,
    lexicon: Annotated[
        list[Path] | None,
        typer.Option("--lexicon", help="A TOML file of words for who speaks.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show what is known of a word for who speaks: reporting verb, phrase, title, profession, institution, person.

    Without a word, lists a section; without a section either, says how much each holds.

    Example:

        $ discourse lexicon voices zapewnić
    """
    import polars as pl

    from discourse.attribution.lexicon import load_lexicon
    from discourse.attribution.listing import SECTIONS, listing
    from discourse.core.errors import unknown

    if section is not None and section not in SECTIONS:
        raise unknown("section", section, SECTIONS)
    rows = listing(load_lexicon(lexicon or ()))
    if word is None and section is None:
        counts = rows.group_by("section", maintain_order=True).agg(pl.col("word").n_unique().alias("words"))
        if as_json:
            print_json(dict(counts.iter_rows()))
            return
        for name, count in counts.iter_rows():
            print(f"{name:12}{count:>7}")
        return
    if section is not None:
        rows = rows.filter(pl.col("section") == section)
    if word is not None:
        if (found := rows.filter(pl.col("word") == word)).is_empty():
            raise unknown("word", word, rows["word"].unique(maintain_order=True).to_list())
        rows = found
    if as_json:
        print_json(rows.to_dicts())
        return
    for name, one, told in rows.iter_rows():
        print(f"{name:12} {one}: {told}")


@app.command()
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="TOML files to check on top of the built-in lexicon.", show_default=False),
    ] = None,
    corpus: Annotated[
        list[Path] | None,
        typer.Option("--corpus", help="Documents to survey: entries that never match there.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check the lexicon, with the given files applied: patterns, ids, every example sentence, duplicates.

    Of files with words for who speaks, the examples. With --corpus also tells the entries that never match there, that
    others shadow, that their model judges away.
    Exits with status 1 where an example does not come out as it says, or a pattern is given twice.

    Example:

        $ discourse lexicon check
    """
    import polars as pl

    from discourse.attribution.examples import check_examples as check_voices
    from discourse.attribution.lexicon import load_lexicon
    from discourse.corpus.load import load
    from discourse.language.annotate import tokens
    from discourse.markers.examples import check_examples
    from discourse.markers.lexicon import FAMILIES, load_lexicons
    from discourse.markers.survey import duplicates, survey

    of_markers, of_voices = parted(files)
    lexicon, voices = load_lexicons(of_markers, families=FAMILIES), load_lexicon(of_voices)
    failures = check_examples(lexicon)
    unheard = check_voices(voices, of_voices or None)
    heard = sum(one.file in of_voices for one in voices.examples) if of_voices else len(voices.examples)
    twice = duplicates(lexicon)
    rows: list[dict[str, object]] = []
    if corpus:
        rows = survey(tokens(load(corpus)), lexicon).filter(pl.col("verdict").is_not_null()).to_dicts()
    examples = sum(len(entry.yes) + len(entry.no) for entry in lexicon.entries)
    if as_json:
        print_json(
            {
                "markers": len(lexicon.entries),
                "examples": examples,
                "failures": [
                    {"file": x.entry.file, "marker": x.entry.id, "sentence": x.sentence, "reason": x.reason}
                    for x in failures
                ],
                "voices": {
                    "examples": heard,
                    "failures": [
                        {"file": str(x.example.file), "entry": x.example.entry, "text": x.example.text,
                         "reason": x.reason}
                        for x in unheard
                    ],
                },
                "duplicates": [{"marker": a, "again": b, "pattern": pattern} for a, b, pattern in twice],
                "survey": rows,
            }
        )
    else:
        for failure in (*failures, *unheard):
            print(failure, file=sys.stderr)
        for first, second, pattern in twice:
            print(f"entries {first!r} and {second!r} have the same pattern: {pattern}", file=sys.stderr)
        for row in rows:
            print(f"{row['verdict']:14} {row['category']:13} {row['marker']}")
        if of_markers or not of_voices:
            print(f"{len(lexicon.entries)} markers, {examples} examples, {len(failures)} failed")
        if of_voices or not of_markers:
            print(f"{heard} examples of voices, {len(unheard)} failed")
    if failures or unheard or twice:
        raise typer.Exit(1)


@app.command()
def error(
    gold: Annotated[Path, typer.Argument(help="Stand-off gold, one JSON line a document.", show_default=False)],
    documents: Annotated[
        list[Path],
        typer.Option("--documents", help="Files with the documents' texts; may be repeated.", show_default=False),
    ],
    out: Annotated[
        Path | None, typer.Option(help="Write the table there (CSV), its counts beside it.", show_default=False)
    ] = None,
    lexicon: Files = None,
    as_json: Json = False,
) -> None:
    """Measure the markers on gold: precision, recall, F1 by category and by marker, with intervals by article.

    With --out, `NAME.csv` is the table, `NAME_articles.csv` the counts by article, which `rates` corrects by.

    Example:

        $ discourse lexicon error corpora/demo/gold.jsonl --documents demo.jsonl
    """
    import polars as pl

    from discourse.core.files import replacing
    from discourse.corpus.load import load
    from discourse.evaluation.gold import read_gold, texts
    from discourse.evaluation.known_error import measured
    from discourse.language.annotate import tokens
    from discourse.markers.lexicon import load_lexicons

    wanted = read_gold(gold)
    table = tokens(texts(wanted, load(documents), gold))
    spans = pl.DataFrame(
        [(name, m.start, m.end, m.category) for name, document in wanted.items() for m in document.markers],
        schema={"doc_id": pl.String, "start": pl.UInt32, "end": pl.UInt32, "category": pl.String},
        orient="row",
    )
    words = dict.fromkeys(wanted, 0) | dict(table.filter("word_start").group_by("doc_id").len().iter_rows())
    known, counted = measured(spans, table, words, load_lexicons(parted(lexicon)[0]))
    if out is not None:
        for path, frame in ((out, known), (out.with_name(f"{out.stem}_articles.csv"), counted)):
            with replacing(path) as temporary:
                frame.write_csv(temporary)
    if as_json:
        print_json(known.to_dicts())
        return
    print(f"{'':34}{'P':>7}{'R':>7}{'F1':>7}  {'95 % of F1':15}{'gold':>5}{'found':>7}")
    for row in known.iter_rows(named=True):
        name = row["category"] if row["marker"] is None else f"  {row['marker']}"
        cells = "".join("–".rjust(7) if row[k] is None else f"{row[k]:7.3f}" for k in ("precision", "recall", "f1"))
        bounds = "–" if row["f1_low"] is None else f"{row['f1_low']:.3f} … {row['f1_high']:.3f}"
        print(f"{name:34}{cells}  {bounds:15}{row['gold']:>5}{row['predicted']:>7}")


@app.command()
def rates(
    documents: Annotated[list[Path], typer.Argument(help="Files and folders of documents.", show_default=False)],
    counts: Annotated[
        Path | None,
        typer.Option(help="Counts by article that `error --out` wrote (default: ours).", show_default=False),
    ] = None,
    lexicon: Files = None,
    as_json: Json = False,
) -> None:
    """Rates of the six categories per 1,000 words, as found and corrected for known error, with 95 % intervals.

    The correction is that of Rogan & Gladen (1978); its interval contains the uncertainty of the measured error.

    Example:

        $ discourse lexicon rates demo.jsonl
    """
    import polars as pl

    from discourse.core.errors import DiscourseError
    from discourse.corpus.load import load
    from discourse.evaluation.known_error import corrected_rates
    from discourse.language.annotate import tokens
    from discourse.markers.lexicon import load_lexicons
    from discourse.markers.match import markers

    known = None
    if counts is not None:
        try:
            known = pl.read_csv(counts)
        except (OSError, pl.exceptions.PolarsError) as problem:
            raise DiscourseError(f"{counts}: cannot be read as a table of counts: {problem}") from None
        columns = ("doc_id", "category", "words", "hits", "predicted", "found", "gold")
        if lacking := [name for name in columns if name not in known.columns]:
            raise DiscourseError(f"{counts}: no column {lacking[0]!r}; give what `discourse lexicon error --out` wrote")
    table = tokens(load(documents))
    own = table.filter(~pl.col("boilerplate"))
    words = dict(own.filter("word_start").group_by("doc_id").len().iter_rows())
    found = markers(table, load_lexicons(parted(lexicon)[0])).filter(~pl.col("boilerplate"))
    result = corrected_rates(found, words, known)
    if as_json:
        print_json(result.to_dicts())
        return
    print(f"{'per 1,000 words':17}{'found':>7}  {'95 %':17}{'corrected':>9}  {'95 %':17}{'markers':>8}")
    for row in result.iter_rows(named=True):
        cells = []
        for name in ("rate", "corrected"):
            value, low, high = row[name], row[f"{name}_low"], row[f"{name}_high"]
            cells.append(("–", "–") if value is None else (f"{value:.2f}", f"{low:.2f} … {high:.2f}"))
        (seen, around), (better, near) = cells
        print(f"{row['category']:17}{seen:>7}  {around:17}{better:>9}  {near:17}{row['markers']:>8}")
