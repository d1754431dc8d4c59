"""How wrong the markers are, by category and by marker, with intervals; and rates corrected for it.

Units of the intervals are articles: whole articles are drawn with replacement, because errors come in company.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl

import discourse.markers
from discourse.core.errors import DiscourseError
from discourse.core.schema import CATEGORIES
from discourse.core.seeds import stream
from discourse.markers.lexicon import Lexicon
from discourse.markers.match import candidates, markers

#: The table of `known_error` that travels with the lexicon, and the counts behind it.
TABLE = Path(discourse.markers.__file__).parent / "known_error.csv"
COUNTS = TABLE.with_name("known_error_articles.csv")

#: Columns of a frame of spans; predictions have a `marker` too.
_SPAN = ["doc_id", "start", "end", "category"]
_COUNTS = ("hits", "predicted", "found", "gold")


def known_error(
    gold: pl.DataFrame,
    predicted: pl.DataFrame,
    words: Mapping[str, int],
    *,
    candidates: pl.DataFrame | None = None,
    seed: int = 1978,
    draws: int = 2000,
    level: float = 0.95,
) -> pl.DataFrame:
    """One row a category (marker null), the six together (`micro`) and each marker: its scores, with intervals.

    `gold` has one row a span (doc_id, start, end, category), `predicted` too with `marker`; spans hit each other where
    they share a character and the category. `words` gives the words of every annotated article, those without a span
    included. `candidates`, of the same columns as `predicted`, are what the patterns match before they are judged in
    context; a missed gold span is put down to the marker whose candidate it overlaps, so that markers have a recall.
    Columns: category, marker, articles, gold, predicted, precision, recall, f1, each with `_low` and `_high`
    (percentile bootstrap by article), and false_rate: false hits per word. A share without a base is null.
    """
    if not words:
        raise DiscourseError("known error: no annotated article given")
    docs = sorted(words)
    spans = gold.select(_SPAN).unique().sort(_SPAN).with_row_index("g")
    hits = predicted.select(*_SPAN, "marker").sort(*_SPAN).with_row_index("p")
    pairs = _pairs(spans, hits)
    owned = spans.join(pairs.group_by("g").agg(pl.col("marker").first()), on="g", how="left")
    if candidates is not None:
        missed = owned.filter(pl.col("marker").is_null()).drop("marker")
        near = _pairs(missed, candidates.select(*_SPAN, "marker").sort(*_SPAN, "marker").with_row_index("p"))
        owned = owned.join(near.group_by("g").agg(other=pl.col("marker").first()), on="g", how="left")
        owned = owned.with_columns(marker=pl.coalesce("marker", "other"))
    right = hits.with_columns(hit=pl.col("p").is_in(pairs["p"].implode()))
    recalled = owned.with_columns(hit=pl.col("g").is_in(pairs["g"].implode()))
    rng = stream(seed, "known error")
    drawn = rng.multinomial(len(docs), np.full(len(docs), 1 / len(docs)), size=draws)
    length = np.array([words[doc] for doc in docs], dtype=float)
    rows = []
    choices: list[tuple[str, str | None, pl.Expr]] = [("micro", None, pl.lit(True))]
    choices += [(name, None, pl.col("category") == name) for name in CATEGORIES]
    for category, marker in hits.select("category", "marker").unique().sort("category", "marker").iter_rows():
        choices.append((category, marker, (pl.col("category") == category) & (pl.col("marker") == marker)))
    for category, marker, choice in choices:
        mine, wanted = right.filter(choice), recalled.filter(choice)
        table = np.column_stack([_by_article(x, docs) for x in (
            mine.filter("hit"), mine, wanted.filter("hit"), wanted)] + [length])  # fmt: skip
        seen = _scores(table.sum(axis=0)[None, :])
        spread = _scores(drawn @ table)
        row: dict[str, object] = {"category": category, "marker": marker, "articles": len(docs)}
        row |= {"gold": len(wanted), "predicted": len(mine)}
        for name, values in seen.items():
            row[name] = None if np.isnan(values[0]) else round(float(values[0]), 4)
            low, high = _percentiles(spread[name], level)
            row |= {f"{name}_low": low, f"{name}_high": high}
        rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None, schema_overrides={"marker": pl.String})


def measured(
    gold: pl.DataFrame, tokens: pl.DataFrame, words: Mapping[str, int], lexicon: Lexicon
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The tables of `known_error` and `counts` for a lexicon on gold articles, of which `tokens` are the tokens."""
    predicted = markers(tokens, lexicon)
    table = known_error(gold, predicted, words, candidates=candidates(tokens, lexicon))
    return table, counts(gold, predicted, words)


def counts(gold: pl.DataFrame, predicted: pl.DataFrame, words: Mapping[str, int]) -> pl.DataFrame:
    """One row an article and category: its words, hits, predicted spans, gold spans found, gold spans."""
    spans = gold.select(_SPAN).unique().sort(_SPAN).with_row_index("g")
    hits = predicted.select(*_SPAN, "marker").sort(*_SPAN).with_row_index("p")
    pairs = _pairs(spans, hits)
    right = hits.with_columns(hit=pl.col("p").is_in(pairs["p"].implode()))
    recalled = spans.with_columns(hit=pl.col("g").is_in(pairs["g"].implode()))
    docs = sorted(words)
    frames = []
    for category in CATEGORIES:
        mine, wanted = right.filter(pl.col("category") == category), recalled.filter(pl.col("category") == category)
        cells = zip(_COUNTS, (mine.filter("hit"), mine, wanted.filter("hit"), wanted), strict=True)
        frames.append(
            pl.DataFrame(
                {"doc_id": docs, "category": category, "words": [words[doc] for doc in docs]}
                | {name: _by_article(rows, docs).astype(np.int64) for name, rows in cells}
            )
        )
    return pl.concat(frames)


def shipped_counts() -> pl.DataFrame:
    """The counts by article and category that come with the package, from the test articles of our own gold."""
    return pl.read_csv(COUNTS)


def corrected_rates(
    found: pl.DataFrame,
    words: Mapping[str, int],
    error: pl.DataFrame | None = None,
    *,
    seed: int = 1978,
    draws: int = 2000,
    level: float = 0.95,
) -> pl.DataFrame:
    """One row a category: its rate per 1,000 words as found and corrected for known error, with intervals.

    `found` has one row a marker (doc_id, category), `words` the words of every document, `error` the table of `counts`
    on gold (default: the shipped one). Columns: category, words, markers, then rate and corrected, each with `_low`
    and `_high`. The estimator is that of Rogan & Gladen (1978), see `corrected`; documents and gold articles are drawn
    with replacement, each on its own, so that the corrected interval contains the uncertainty of the correction. A
    category whose markers are found no better than by chance has nulls.
    """
    if not words or not sum(words.values()):
        raise DiscourseError("corrected rates: no words; give documents with text")
    error = shipped_counts() if error is None else error
    docs = sorted(words)
    length = np.array([words[doc] for doc in docs], dtype=float)
    rng = stream(seed, "corrected rates")
    mine = rng.multinomial(len(docs), np.full(len(docs), 1 / len(docs)), size=draws)
    articles = error["doc_id"].n_unique()
    theirs = rng.multinomial(articles, np.full(articles, 1 / articles), size=draws)
    rows = []
    for category in CATEGORIES:
        number = _by_article(found.filter(pl.col("category") == category), docs)
        seen = number.sum() / length.sum()
        spread = (mine @ number) / np.maximum(mine @ length, 1)
        table = error.filter(pl.col("category") == category).sort("doc_id").select(*_COUNTS, "words").to_numpy()
        known, drawn = _scores(table.sum(axis=0, dtype=float)[None, :]), _scores((theirs @ table).astype(float))
        row: dict[str, object] = {"category": category, "words": int(length.sum()), "markers": int(number.sum())}
        low, high = _percentiles(spread * 1000, level)
        row |= {"rate": round(seen * 1000, 4), "rate_low": low, "rate_high": high}
        try:
            value = corrected(seen, float(known["recall"][0]), float(known["false_rate"][0]))
            bounds = corrected_interval(spread, np.nan_to_num(drawn["recall"]), drawn["false_rate"], level=level)
            row |= {"corrected": round(value * 1000, 4)}
            row |= {"corrected_low": round(bounds[0] * 1000, 4), "corrected_high": round(bounds[1] * 1000, 4)}
        except DiscourseError:
            row |= {"corrected": None, "corrected_low": None, "corrected_high": None}
        rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None)


def corrected(observed: float, sensitivity: float, false_rate: float) -> float:
    """The rate of a category corrected for what is missed and what is found falsely, never below 0.

    The estimator of Rogan & Gladen (1978) for a prevalence seen through an imperfect test, with the word as unit:
    `(observed + specificity - 1) / (sensitivity + specificity - 1)`, `specificity = 1 - false_rate`. `observed` is
    markers per word, `sensitivity` the recall, `false_rate` the false hits per word on gold. It assumes that both are
    the same in the texts measured as in the gold, and that errors do not depend on the rate itself. Raises
    `DiscourseError` where the markers are not found better than by chance.
    """
    gain = sensitivity - false_rate
    if gain <= 0:
        raise DiscourseError(
            f"corrected rate: recall {sensitivity:.3f} is not above the rate of false hits {false_rate:.3f}; "
            "such markers cannot be corrected"
        )
    return max(0.0, (observed - false_rate) / gain)


def corrected_interval(
    observed: np.ndarray, sensitivity: np.ndarray, false_rate: np.ndarray, *, level: float = 0.95
) -> tuple[float, float]:
    """The percentile interval of a corrected rate from draws of the rate and, independently, of the correction.

    Every draw of the observed rate (texts drawn with replacement) meets one of sensitivity and false rate (gold
    articles drawn with replacement), so that the interval contains the uncertainty of both. Draws in which the markers
    are no better than chance are left out.
    """
    n = min(len(observed), len(sensitivity), len(false_rate))
    rate, recall, false = observed[:n], sensitivity[:n], false_rate[:n]
    good = recall - false > 0
    values = np.maximum(0.0, (rate[good] - false[good]) / (recall[good] - false[good]))
    if not len(values):
        raise DiscourseError("corrected rate: no draw in which the markers are found better than by chance")
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _pairs(spans: pl.DataFrame, hits: pl.DataFrame) -> pl.DataFrame:
    """Spans and hits of one document and category that share a character: g, p, marker."""
    both = spans.join(hits, on=["doc_id", "category"], suffix="_hit")
    both = both.filter((pl.col("start") < pl.col("end_hit")) & (pl.col("start_hit") < pl.col("end")))
    return both.select("g", "p", "marker").sort("g", "p")


def _by_article(rows: pl.DataFrame, docs: list[str]) -> np.ndarray:
    counts = dict(rows.group_by("doc_id").len().iter_rows())
    return np.array([counts.get(doc, 0) for doc in docs], dtype=float)


def _scores(sums: np.ndarray) -> dict[str, np.ndarray]:
    """Scores from rows of sums: hits, predicted, gold spans found, gold spans, words."""
    hits, predicted, found, gold, words = sums.T
    with np.errstate(divide="ignore", invalid="ignore"):
        precision, recall = hits / predicted, found / gold
        f1 = np.where(predicted + gold > 0, (hits + found) / (predicted + gold), np.nan)
        return {"precision": precision, "recall": recall, "f1": f1, "false_rate": (predicted - hits) / words}


def _percentiles(values: np.ndarray, level: float) -> tuple[float | None, float | None]:
    values = values[~np.isnan(values)]
    if not len(values):
        return None, None
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return round(float(low), 4), round(float(high), 4)
