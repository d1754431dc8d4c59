"""A lexicon surveyed over a corpus: entries that repeat each other, that others shadow, that never match."""

from __future__ import annotations

import polars as pl

from discourse.markers.lexicon import Lexicon
from discourse.markers.match import found, markers


def duplicates(lexicon: Lexicon) -> list[tuple[str, str, str]]:
    """Pairs of entries with the same pattern under the same context: the earlier id, the later id, the pattern."""
    seen: dict[tuple[str, str], str] = {}
    pairs = []
    for entry in lexicon.entries:
        for pattern in entry.pattern:
            key = (" ".join(pattern.split()), entry.context)
            if key in seen and (seen[key] != entry.id):
                pairs.append((seen[key], entry.id, pattern))
            seen.setdefault(key, entry.id)
    return pairs


def survey(tokens: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """One row an entry, in the lexicon's order: marker, category, matches, hits, verdict.

    `matches` counts where its patterns match, `hits` those that are left after models and the policy of overlaps. The
    verdict is `never matches`, `shadowed` (it matches, and other entries take every match), `judged away` (its model
    rejects every match) or null. Duplicates are told by `duplicates`.
    """
    matches = found(tokens, lexicon)[1].program
    counts = pl.DataFrame({"entry": matches}, schema={"entry": pl.Int64}).group_by("entry").len("matches")
    hits = markers(tokens, lexicon).group_by("marker").len("hits")
    rows = pl.DataFrame(
        {
            "marker": lexicon.ids,
            "category": [entry.category for entry in lexicon.entries],
            "model": [entry.model for entry in lexicon.entries],
        }
    ).with_row_index("entry")
    verdict = (
        pl.when(pl.col("matches") == 0).then(pl.lit("never matches"))
        .when((pl.col("hits") == 0) & (pl.col("model") != "")).then(pl.lit("judged away"))
        .when(pl.col("hits") == 0).then(pl.lit("shadowed"))
    )  # fmt: skip
    return (
        rows.with_columns(pl.col("entry").cast(pl.Int64))
        .join(counts, on="entry", how="left", maintain_order="left")
        .join(hits, on="marker", how="left", maintain_order="left")
        .with_columns(pl.col("matches", "hits").fill_null(0))
        .with_columns(verdict=verdict)
        .select("marker", "category", "matches", "hits", "verdict")
    )
