"""Markers of a lexicon found in tables of tokens, and single patterns searched for.

Overlaps are resolved by one policy. Every token serves one marker at most: of matches that share a marked token, the
one of higher priority wins, then the one of more marked tokens, then the one of longer span, then the earlier, then
the one whose entry comes first. A word that stands in the gap of another marker is free, so a marker of another
category may nest there (*nie ma [chyba] wątpliwości*); one of the same category may not. Families that are asked for
beyond the six categories are layers of their own: they never take a word from the six, nor from one another.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from discourse.core.schema import TABLES, check, empty
from discourse.markers.automaton import build
from discourse.markers.judge import judged
from discourse.markers.lexicon import FAMILIES, Lexicon, load_lexicons
from discourse.markers.pattern import parse
from discourse.markers.run import Hits, Runner, Text, marked
from discourse.markers.vocabulary import Vocabulary


def markers(
    tokens: pl.DataFrame, lexicon: Lexicon | None = None, weights: pl.DataFrame | None = None
) -> pl.DataFrame:
    """One row a stance marker, in order of document, start and end; `quoted` and `attribution` are null.

    A span runs from the first to the last marked token, each with the whole written word that it belongs to, and
    `boilerplate` is its first token's. `weights` are those of the models, the shipped ones unless others are given.
    """
    check(tokens, "tokens")
    lexicon = lexicon or load_lexicons()
    if not len(tokens):
        return empty("markers")
    hits = _resolve(judged(tokens, *found(tokens, lexicon), lexicon, weights), lexicon)
    entry = hits.program
    names = pl.Series([x.id for x in lexicon.entries], dtype=pl.String)
    categories = pl.Series([x.category for x in lexicon.entries], dtype=pl.String)
    return _spans(tokens, hits).select(
        "doc_id",
        "start",
        "end",
        categories.gather(entry).alias("category"),
        names.gather(entry).alias("marker"),
        "boilerplate",
        pl.lit(None, dtype=TABLES["markers"]["quoted"]).alias("quoted"),
        pl.lit(None, dtype=TABLES["markers"]["attribution"]).alias("attribution"),
    )


def found(tokens: pl.DataFrame, lexicon: Lexicon) -> tuple[Text, Hits, Hits]:
    """The text, the hits of the entries' patterns, without those that an `unless` bars, and those of their hints.

    `program` is the entry's number for the former, the program's own for the latter. Nothing is judged in context
    yet, and overlaps are not resolved.
    """
    read = text(tokens)
    return read, *_kept(Runner(lexicon.automaton, read).hits(), lexicon)


def candidates(tokens: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """One row a match of an entry, not yet judged, overlaps included: doc_id, start, end, category, marker."""
    _, hits, _ = found(tokens, lexicon)
    names = pl.Series("marker", [x.id for x in lexicon.entries], dtype=pl.String)
    categories = pl.Series("category", [x.category for x in lexicon.entries], dtype=pl.String)
    spans = _spans(tokens, hits).with_columns(categories.gather(hits.program), names.gather(hits.program))
    columns = ["doc_id", "start", "end", "category", "marker"]
    return spans.select(columns).unique().sort("doc_id", "start", "end", "marker")


def search(tokens: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """One row a match of a pattern, the longest at each place: doc_id, start, end, first, last, boilerplate.

    `first` and `last` number the rows of `tokens` that the marked part begins and ends with. Raises `PatternError`.
    """
    check(tokens, "tokens")
    automaton = build([parse(pattern)])
    hits = Runner(automaton, text(tokens)).hits()
    order = np.lexsort((-hits.last, hits.first))
    keep, reached = [], -1
    for row in order:
        if hits.first[row] > reached:
            keep.append(row)
            reached = hits.last[row]
    chosen = np.array(keep, dtype=np.int64)
    hits = Hits(hits.program[chosen], hits.first[chosen], hits.bits[chosen])
    return _spans(tokens, hits).with_columns(
        pl.Series("first", hits.first, dtype=pl.Int64), pl.Series("last", hits.last, dtype=pl.Int64)
    )


def text(tokens: pl.DataFrame) -> Text:
    """The distinct tokens of a table, and where its sentences and documents begin."""
    new = tokens.select(
        document=(pl.col("doc_id") != pl.col("doc_id").shift()).fill_null(True),
        sentence=(pl.col("sent") != pl.col("sent").shift()).fill_null(True),
    )
    document = np.append(new["document"].to_numpy(), True)
    sentence = np.append(new["sentence"].to_numpy(), True) | document
    return Text(Vocabulary(tokens), sentence, document)


def _kept(hits: Hits, lexicon: Lexicon) -> tuple[Hits, Hits]:
    """Hits by entry instead of program, without those that share a token with an `unless` of their entry; hints."""
    entry = np.array([program.entry for program in lexicon.programs])[hits.program]
    kind = np.array([program.kind for program in lexicon.programs])[hits.program]
    unless = kind == "unless"
    row, token = marked(hits)
    key = entry[row] * (int(token.max(initial=0)) + 1) + token
    barred = np.isin(key, key[unless[row]]) if unless.any() else np.zeros(len(key), dtype=bool)
    keep = kind == "pattern"
    keep[row[barred]] = False
    hint = kind == "hint"
    kept = Hits(entry[keep], hits.first[keep], hits.bits[keep])
    return kept, Hits(hits.program[hint], hits.first[hint], hits.bits[hint])


def _resolve(hits: Hits, lexicon: Lexicon) -> Hits:
    """The hits that the policy keeps, in order of place."""
    entry, first, last, bits = hits.program, hits.first, hits.last, hits.bits
    priority = np.array([x.priority for x in lexicon.entries])[entry]
    category = np.unique([x.category for x in lexicon.entries], return_inverse=True)[1][entry]
    words = np.bitwise_count(bits).astype(np.int64)
    order = np.lexsort((entry, first, first - last, -words, -priority))
    by_place = np.lexsort((last, first))
    # hits that touch no other one need no decision
    reach = np.maximum.accumulate(last[by_place])
    touches = np.zeros(len(by_place), dtype=bool)
    touches[1:] = first[by_place][1:] <= reach[:-1]
    alone = ~touches
    alone[:-1] &= ~touches[1:]
    keep = np.zeros(len(entry), dtype=bool)
    keep[by_place[alone]] = True
    layers = np.array([FAMILIES.index(x.category) + 1 if x.category in FAMILIES else 0 for x in lexicon.entries])[entry]
    taken: set[tuple[int, int]] = set()
    spans: dict[int, set[int]] = {}
    for row in order[~keep[order]].tolist():
        start, span = int(first[row]), range(int(first[row]), int(last[row]) + 1)
        layer = int(layers[row])
        mine = {(layer, start + bit) for bit in range(len(span)) if int(bits[row]) >> bit & 1}
        covered = spans.setdefault(int(category[row]), set())
        if mine & taken or any(token in covered for token in span):
            continue
        keep[row] = True
        taken |= mine
        covered.update(span)
    chosen = by_place[keep[by_place]]
    return Hits(entry[chosen], first[chosen], bits[chosen])


def _spans(tokens: pl.DataFrame, hits: Hits) -> pl.DataFrame:
    """Document, offsets and flag of each hit, in the order given, widened to whole written words."""
    new = (tokens["word"] != tokens["word"].shift()) | (tokens["doc_id"] != tokens["doc_id"].shift())
    begins = new.fill_null(True).to_numpy()
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], len(begins)) - 1
    number = np.cumsum(begins) - 1
    begin, end = starts[number[hits.first]], ends[number[hits.last]]
    return pl.DataFrame(
        [
            tokens["doc_id"].gather(hits.first),
            tokens["start"].gather(begin).alias("start"),
            tokens["end"].gather(end).alias("end"),
            tokens["boilerplate"].gather(hits.first),
        ]
    )
