"""Speed of matching the lexicons over tokens already annotated, and with ten times as many entries.

    python benchmarks/markers.py FILE.jsonl.gz... [--share 1.0] [--repeats 3] [--spacy]

One table on standard output; the load of the machine is said beside each figure, because it decides. `--spacy` adds
spaCy's `Matcher` over ready documents, where spaCy can be imported, with those of the patterns that it can have:
contexts are left out, which makes its work less.
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
from discourse.markers.pattern import parse
from discourse.markers.tree import All, Any, Choice, Condition, Node, Not, Repeat, Sequence, Test, Token, literals


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


def matcher(table: pl.DataFrame, lexicon: Lexicon, most: int = 200_000) -> tuple[int, float, int] | None:
    """Patterns, seconds and tokens of spaCy's Matcher over ready documents; null where spaCy is not installed."""
    try:
        import spacy
        from spacy.matcher import Matcher
        from spacy.tokens import Doc
    except ImportError:
        return None
    vocab = spacy.blank("pl").vocab
    engine = Matcher(vocab)
    many = 0
    for entry in lexicon.entries:
        for written in entry.pattern:
            ways = [way for way in translated(parse(written)) or [] if way]
            many += bool(ways)
            if ways:
                engine.add(entry.id, ways)
    columns = ("form", "lemma", "tag")
    groups = table.head(most).group_by("doc_id", maintain_order=True).agg(*columns)
    docs = [
        Doc(vocab, words=forms, lemmas=lemmas, tags=tags) for forms, lemmas, tags in groups.select(columns).iter_rows()
    ]
    began = time.perf_counter()
    for doc in docs:
        engine(doc)
    return many, time.perf_counter() - began, min(most, len(table))


def translated(node: Node) -> list[list[dict[str, object]]] | None:
    """Sequences of tokens for spaCy's Matcher, contexts left out; null where it has no such pattern."""
    match node:
        case Token(condition):
            own = _token(condition)
            return None if own is None else [[own]]
        case Sequence(parts):
            ways: list[list[dict[str, object]]] = [[]]
            for part in parts:
                more = translated(part)
                if more is None:
                    return None
                ways = [[*one, *other] for one in ways for other in more]
            return ways if len(ways) <= 256 else None
        case Choice(parts):
            found = [translated(part) for part in parts]
            return None if None in found else [way for ways in found for way in ways or []]
        case Repeat(Token(condition), low, high):
            own = _token(condition)
            return None if own is None else [[own | {"OP": f"{{{low},{'' if high is None else high}}}"}]]
        case Repeat(inner, 0, 1):
            ways_ = translated(inner)
            return None if ways_ is None else [[], *ways_]
        case Repeat():
            return None
    return [[]]  # a look to the side, a sentence's bound


_SPACY = {"form": "TEXT", "lower": "LOWER", "lemma": "LEMMA", "tag": "TAG", "pos": "TAG"}


def _token(condition: Condition) -> dict[str, object] | None:
    match condition:
        case Test(attribute, regex) if attribute in _SPACY:
            words = literals(regex)
            if words is not None and attribute != "pos":
                return {_SPACY[attribute]: {"IN": list(words)}}
            return {_SPACY[attribute]: {"REGEX": f"^(?:{regex}){'(:|$)' if attribute == 'pos' else '$'}"}}
        case All(parts):
            own: dict[str, object] = {}
            for part in parts:
                one = _token(part)
                if one is None or set(one) & set(own):
                    return None
                own |= one
            return own
        case Not(Test(attribute, regex)) if attribute in _SPACY and (words := literals(regex)) and attribute != "pos":
            return {_SPACY[attribute]: {"NOT_IN": list(words)}}
        case Any(parts):
            tests_ = [part for part in parts if isinstance(part, Test)]
            if len(tests_) == len(parts) and len({part.attribute for part in tests_}) == 1:
                return _token(Test(tests_[0].attribute, "|".join(f"(?:{part.regex})" for part in tests_)))
    return None


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
            print("spaCy's Matcher\t\t", other[0], other[2], f"{other[1]:.2f}", f"{other[2] / other[1]:.0f}", sep="\t")


if __name__ == "__main__":
    main()
