"""How right the annotation is on articles that people (or other readers) annotated, and how far two such agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.schema import string
from discourse.core.seeds import stream
from discourse.core.settings import parse
from discourse.evaluation.agreement import agreement
from discourse.evaluation.gold import GoldDocument, read_gold, standoff, texts
from discourse.evaluation.known_error import known_error
from discourse.evaluation.score import score
from discourse.experiment.config import Experiment, beside
from discourse.experiment.gather import Gathered
from discourse.experiment.section import LABELS, SECTIONS, Section, both
from discourse.report.labels import CATEGORY_LABELS, ROLE_LABELS, TYPE_LABELS
from discourse.report.tables import Table

_DRAWS = 2000
_LABELS = {
    **LABELS,
    "part": both("część", "part"),
    "articles": both("artykułów", "articles"),
    "gold": both("wzorzec", "gold"),
    "predicted": both("znalezione", "found"),
    "precision": both("precyzja", "precision"),
    "recall": both("czułość", "recall"),
    "f1": both("F1", "F1"),
    "share": both("trafność", "accuracy"),
    "alpha": both("alfa", "alpha"),
    "false_rate": both("fałszywych na słowo", "false hits per word"),
    "false_rate_low": both("od", "from"),
    "false_rate_high": both("do", "to"),
    **{f"{name}_{end}": both(*texts_) for name in ("precision", "recall", "f1", "share")
       for end, texts_ in (("low", ("od", "from")), ("high", ("do", "to")))},
}  # fmt: skip
_PARTS = {
    "micro": both("wszystkie wykładniki", "all markers"),
    **CATEGORY_LABELS,
    "matched": both("przytoczenia", "attributions"),
    "expert": both("przytoczenia ekspertów", "attributions to experts"),
    "cues": both("wyrażenia wprowadzające, dokładnie", "cues, exact"),
    "content": both("treść, znaki", "content, characters"),
    "sources": both("źródła", "sources"),
    "type": both("typ", "type"),
    "role": both("rola", "role"),
    "speaker": both("mówiący", "speaker"),
    "any marker": both("dowolny wykładnik", "any marker"),
    "any content": both("treść przytoczeń", "content of attributions"),
    **TYPE_LABELS,
    **{f"words of {role}": both(f"słowa: {text['pl']}", f"words of: {text['en']}")
       for role, text in ROLE_LABELS.items()},
}
_F1: Mapping[str, Callable[[dict], dict]] = {
    "matched": lambda a: a,
    "expert": lambda a: a["expert"],
    "cues": lambda a: a["cues_exact"],
    "content": lambda a: a["content"],
    "sources": lambda a: a["sources"],
}


@SECTIONS.register("validation")
def validation(experiment: Experiment, gathered: Gathered) -> Section | None:
    """Scores of markers and attributions with intervals by article; agreement of two readers."""
    wanted = experiment.validation
    if wanted is None:
        return None
    gold: dict[str, GoldDocument] = {}
    for name in wanted.gold:
        gold |= read_gold(beside(gathered.near, name))
    pairs = [(read_gold(beside(gathered.near, name)), name) for name in wanted.second]
    every = set(gold) | {doc_id for second, _ in pairs for doc_id in second}
    documents, markers, attributions = _annotation(gathered, every)
    found = texts(gold, documents, ", ".join(wanted.gold))
    ids = found["doc_id"]
    words = {doc_id: int(n) for doc_id, n in gathered.words.filter(pl.col("doc_id").is_in(ids.implode())).iter_rows()}
    mine = markers.filter(pl.col("doc_id").is_in(ids.implode()))
    errors = known_error(_spans(gold), mine, words, seed=experiment.seed)
    errors = errors.filter(pl.col("marker").is_null()).drop("marker", "articles").rename({"category": "part"})
    said = attributions.filter(pl.col("doc_id").is_in(ids.implode()))
    rows = standoff(found, mine, said)
    predicted = {row["doc_id"]: parse(GoldDocument, row, "annotation") for row in rows}
    voices, parts = _voices(gold, predicted, experiment.seed)
    files = ", ".join(Path(name).name for name in wanted.gold)
    note = both(
        f"Artykułów: {len(gold)} ({files}). 95-procentowe przedziały z losowania artykułów ({_DRAWS} losowań).",
        f"Articles: {len(gold)} ({files}). 95% intervals by drawing articles ({_DRAWS} draws).",
    )
    digits = {column: 3 for column in _LABELS if column not in ("gold", "predicted", "articles", "n")}
    tables = [
        Table("known_error", errors, both("Wykładniki wobec wzorca (wspólny znak i kategoria)",
              "Markers against gold (a shared character and the category)"), note, _LABELS,
              digits | {f"false_rate{end}": 4 for end in ("", "_low", "_high")}, {"part": _PARTS}),
        Table("voices_error", voices, both("Przytoczenia wobec wzorca", "Attributions against gold"), note, _LABELS,
              digits, {"part": _PARTS}),
        Table("matched_error", parts, both("Trafność w dopasowanych przytoczeniach",
              "What is right about matched attributions"), note, _LABELS, digits, {"part": _PARTS}),
        Table("validated", pl.DataFrame({"gold": [files], "articles": [len(gold)], "words": [sum(words.values())],
              "markers": [sum(len(d.markers) for d in gold.values())],
              "attributions": [sum(len(d.attributions) for d in gold.values())]}),
              both("Na czym mierzono", "What was scored"), labels=_LABELS),
    ]  # fmt: skip
    if pairs:
        tables.append(_agreement(gathered.near, wanted.first or wanted.gold, pairs, documents))
    return Section("validation", tables)


def _annotation(gathered: Gathered, ids: set[str]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Texts, markers and attributions of these documents."""
    kept = pl.col("doc_id").is_in(sorted(ids))
    return (
        pl.concat([batch.filter(kept) for batch in gathered.each("text")]),
        gathered.markers.filter(kept),
        gathered.attributions.filter(kept),
    )


def _spans(gold: Mapping[str, GoldDocument]) -> pl.DataFrame:
    rows = [(doc_id, m.start, m.end, m.category) for doc_id, document in gold.items() for m in document.markers]
    columns = {"doc_id": pl.String, "start": pl.UInt32, "end": pl.UInt32, "category": pl.String}
    return pl.DataFrame(rows, schema=columns, orient="row")


def _voices(
    gold: Mapping[str, GoldDocument], predicted: Mapping[str, GoldDocument], seed: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One row a part of attributions: F1 with its interval; and one row a property of matched ones: the share right."""
    each = [score({doc_id: gold[doc_id]}, dict(predicted))["attributions"] for doc_id in sorted(gold)]
    drawn = stream(seed, "validation", "articles").multinomial(len(each), np.full(len(each), 1 / len(each)), _DRAWS)
    rows = []
    for name, choose in _F1.items():
        counts = np.array([[choose(one)[key] for key in ("hits", "predicted", "gold")] for one in each], dtype=float)
        row: dict[str, object] = {"part": name, "gold": int(counts[:, 2].sum()), "predicted": int(counts[:, 1].sum())}
        seen, spread = _f1(counts.sum(axis=0)[None, :]), _f1(drawn @ counts)
        for key, values in seen.items():
            row |= {key: float(values[0]), **_interval(key, spread[key])}
        rows.append(row)
    shares = []
    for name in ("type", "role", "speaker"):
        counts = np.array([[one[name]["hits"], one[name]["n"]] for one in each], dtype=float)
        total = counts.sum(axis=0)
        with np.errstate(invalid="ignore"):
            many = drawn @ counts
            shares.append({"part": name, "n": int(total[1]), "share": float(total[0] / total[1]),
                           **_interval("share", many[:, 0] / many[:, 1])})  # fmt: skip
    return pl.DataFrame(rows), pl.DataFrame(shares)


def _f1(sums: np.ndarray) -> dict[str, np.ndarray]:
    hits, predicted, gold = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return {"precision": hits / predicted, "recall": hits / gold, "f1": 2 * hits / (predicted + gold)}


def _interval(key: str, values: np.ndarray) -> dict[str, float | None]:
    values = values[~np.isnan(values)]
    if not len(values):
        return {f"{key}_low": None, f"{key}_high": None}
    low, high = np.quantile(values, [0.025, 0.975])
    return {f"{key}_low": float(low), f"{key}_high": float(high)}


def _agreement(
    near: Path | None, first: Sequence[str], pairs: list[tuple[dict[str, GoldDocument], str]], documents: pl.DataFrame
) -> Table:
    """Alpha over characters, and F1, of the articles that two readers annotated."""
    one: dict[str, GoldDocument] = {}
    for name in first:
        one |= read_gold(beside(near, name))
    other = {doc_id: document for second, _ in pairs for doc_id, document in second.items()}
    shared = {doc_id: one[doc_id] for doc_id in one if doc_id in other}
    if not shared:
        raise DiscourseError(f"{', '.join(name for _, name in pairs)}: no article of it is in {', '.join(first)}")
    lengths = dict(documents.select("doc_id", string().str.len_chars()).iter_rows())
    result = agreement(shared, other, lengths)
    alpha, scores = result["alpha"], result["scores"]
    rows = [("any marker", alpha["markers"]["any"], scores["markers"]["overlap"]["micro"]["f1"])]
    overlap = scores["markers"]["overlap"]
    rows += [(name, value, overlap[name]["f1"]) for name, value in alpha["markers"].items() if name != "any"]
    rows += [("any content", alpha["content"]["any"], scores["attributions"]["content"]["f1"])]
    rows += [(name, value, None) for name, value in alpha["content"].items() if name != "any"]
    rows += [(f"words of {name}", value, None) for name, value in alpha["content_by_role"].items()]
    said = scores["attributions"]
    rows += [("matched", None, said["f1"]), ("sources", None, said["sources"]["f1"])]
    frame = pl.DataFrame(rows, schema={"part": pl.String, "alpha": pl.Float64, "f1": pl.Float64}, orient="row")
    return Table(
        "agreement", frame.with_columns(pl.lit(result["documents"]).alias("articles")),
        both("Zgodność dwóch odczytań tych samych artykułów", "Agreement of two readings of the same articles"),
        both("Alfa Krippendorffa po znakach; F1 par.", "Krippendorff’s alpha over characters; pairwise F1."), _LABELS,
        {"alpha": 3, "f1": 3}, {"part": _PARTS},
    )  # fmt: skip
