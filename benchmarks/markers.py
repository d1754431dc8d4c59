"""Speed of matching the lexicons over tokens already annotated, and with ten times as many entries.

    python benchmarks/markers.py FILE.jsonl.gz... [--share 1.0] [--repeats 3] [--spacy]

One table on standard output; the load of the machine is said beside each figure, because it decides. `--spacy` adds
spaCy's `Matcher` with as many patterns of words, where spaCy can be imported.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

import polars as pl

from discourse.core.seeds import stream
from discourse.language.annotate import tokens
from discourse.markers.lexicon import Lexicon, load_lexicons
from discourse.markers.match import markers


def read(path: Path, share: float) -> pl.DataFrame:
    frame = pl.read_ndjson(path)
    if "title" not in frame.columns:
        frame = frame.with_columns(title=pl.lit(""))
    return frame.select("doc_id", "title", "text").head(max(1, int(len(frame) * share)))


def enlarged(lexicon: Lexicon, table: pl.DataFrame, times: int) -> Lexicon:
    """The lexicon with as many entries again, `times - 1` times: three forms in a row from random places."""
    rng = stream(1, "benchmark", "markers")
    model = lexicon.entries[0]
    forms = table.filter(pl.col("form").str.contains(r"^[\p{L}]+$"))["form"].to_list()
    starts = rng.integers(0, len(forms) - 3, size=len(lexicon.entries) * (times - 1)).tolist()
    copies = [
        model.model_copy(
            update={"id": f"random {number}", "pattern": (" ".join(forms[at : at + 3]),), "unless": (), "hint": (),
                    "model": "", "context": ""}
        )
        for number, at in enumerate(starts)
    ]  # fmt: skip
    return Lexicon((*lexicon.entries, *copies))


def fastest(table: pl.DataFrame, lexicon: Lexicon, repeats: int) -> float:
    """Seconds of the fastest of some runs; the automaton is built before."""
    lexicon.automaton.conditions.__len__()
    best = float("inf")
    for _ in range(repeats):
        began = time.perf_counter()
        markers(table, lexicon)
        best = min(best, time.perf_counter() - began)
    return best


def matcher(table: pl.DataFrame, lexicon: Lexicon, most: int = 200_000) -> tuple[float, int] | None:
    """Seconds and tokens of spaCy's Matcher over ready documents, with the plain words of the patterns."""
    try:
        import spacy
        from spacy.matcher import Matcher
        from spacy.tokens import Doc
    except ImportError:
        return None
    vocab = spacy.blank("pl").vocab
    engine = Matcher(vocab)
    for entry in lexicon.entries:
        plain = [x.split() for x in entry.pattern if all(word.isalpha() for word in x.split())]
        if plain:
            engine.add(entry.id, [[{"LOWER": word.lower()} for word in words] for words in plain])
    groups = table.head(most).group_by("doc_id", maintain_order=True).agg(pl.col("form"))
    docs = [Doc(vocab, words=forms) for forms in groups["form"].to_list()]
    began = time.perf_counter()
    for doc in docs:
        engine(doc)
    return time.perf_counter() - began, min(most, len(table))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--spacy", action="store_true")
    options = parser.parse_args()
    table = tokens(pl.concat([read(path, options.share) for path in options.files]))
    lexicon = load_lexicons()
    print("what\tentries\tpatterns\ttokens\ts\ttokens/s\tload")
    for name, known in (("markers", lexicon), ("ten times as many", enlarged(lexicon, table, 10))):
        seconds = fastest(table, known, options.repeats)
        print(
            name, len(known.entries), len(known.programs), len(table), f"{seconds:.2f}", f"{len(table) / seconds:.0f}",
            f"{os.getloadavg()[0]:.1f}", sep="\t",
        )  # fmt: skip
    if options.spacy:
        other = matcher(table, lexicon)
        if other is None:
            print("spaCy's Matcher\tspaCy is not installed")
        else:
            print("spaCy's Matcher, plain words only\t\t\t", other[1], f"{other[0]:.2f}", f"{other[1] / other[0]:.0f}")


if __name__ == "__main__":
    main()
