"""What speakers and roles score on articles that their weights have not seen: by question, by source of the gold.

    python scripts/cross_validate_voices.py FOLDER_OF_CORPORA [--out PASSAGES.parquet] [--parts 5]

Articles fall into parts by a digest of their id; for each part the weights are trained on the others. Only the weights
are held out so: rules and lists of names were made with a look at the errors of many of these articles, and so score
too well. `--out` writes a row a passage: what gold says of it, what we say, and the words around it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import polars as pl

from discourse.attribution import rolechoice
from discourse.attribution.attribute import role_of_nobody
from discourse.attribution.lexicon import load_lexicon
from discourse.attribution.reports import reports
from discourse.attribution.speakers import Resolver
from discourse.attribution.view import articles
from discourse.core.schema import ROLES
from discourse.corpus.load import checked, load
from discourse.evaluation import train
from discourse.evaluation.gold import GoldDocument, read_gold, texts
from discourse.evaluation.score import match
from discourse.language.annotate import tokens

GOLD = Path(__file__).parent.parent / "tests/gold"
FILES = ("press-train", "press-more", "news-train", "voices-train", "voices-more", "press-spans")  # the last one counts
CORPORA = ("press-outlets/press-outlets.jsonl.gz", "press-events/press-events.jsonl.gz")


def passages(corpora: Path, parts: int) -> pl.DataFrame:
    """One row a passage that gold has too, its speaker and role chosen by weights that have not seen the article."""
    files = {name: read_gold(GOLD / f"{name}.jsonl") for name in FILES}
    gold = {doc_id: one for known in files.values() for doc_id, one in known.items()}
    source = {doc_id: name for name, known in files.items() for doc_id in known}
    documents = checked(texts(gold, load([corpora / name for name in CORPORA]), GOLD))
    lexicon = load_lexicon()
    found = [(one, reports(one, lexicon)) for one in articles(documents, tokens(documents), lexicon)]
    _, held = train.held_out(found, gold, parts=parts)
    seen: list[tuple[str, list[str], str]] = []
    rows: list[tuple[dict[str, Any], Any, list[str]]] = []
    for article, several in found:
        row, told = _passages(article, several, gold[article.doc_id], held[train.part(article.doc_id, parts)])
        rows += [({"doc_id": article.doc_id, "gold": source[article.doc_id], **cells}, *rest) for cells, *rest in row]
        seen += told
    weights = []
    for n in range(parts):
        fitted = train.fit_roles([x for x in seen if train.part(x[0], parts) != n])
        weights.append({x["feature"]: tuple(x[role] for role in ROLES) for x in fitted.iter_rows(named=True)})
    for cells, speaker, features in rows:
        if speaker is not None:
            rule, _ = rolechoice.by_rules(speaker)
            of = weights[train.part(cells["doc_id"], parts)]
            cells["role"] = rolechoice.likeliest(speaker, rule, features, of)
    return pl.DataFrame([cells for cells, _, _ in rows], infer_schema_length=None).with_columns(
        right=pl.when(pl.col("wanted_speaker") != "").then(pl.col("right"))
    )


def _passages(article: Any, several: Any, gold: GoldDocument, weights: train.Weights) -> tuple[list[Any], list[Any]]:
    """The passages of an article that gold has too; and what they teach of roles."""
    resolver = Resolver(article, load_lexicon())
    resolver.weights, resolver.log, resolver.role_weights, resolver.role_log = weights, [], {}, []
    speakers = resolver.resolve(list(several))
    features = {id(speaker): known for speaker, known in resolver.role_log}
    asked = {question.index: (question, candidates) for question, candidates, _ in resolver.log}
    ours = [train.as_gold(article, *pair) for pair in zip(several, speakers, strict=True)]
    index = {id(one): number for number, one in enumerate(ours)}
    rows, told = [], []
    for wanted, one in match(gold.attributions, ours):
        number = index[id(one)]
        report, speaker = several[number], speakers[number]
        question, candidates = asked.get(number, (None, []))
        at = report.cue[0] if report.cue else report.content[0][0]
        name = speaker.name if speaker else ""
        if speaker is not None and wanted.role:
            told.append((article.doc_id, features[id(speaker)], wanted.role))
        cells = {
            "kind": question.kind if question else "named",
            "at": at,
            "source": article.text(*report.source) if report.source else "",
            "wanted_speaker": wanted.speaker or "",
            "speaker": name,
            "right": bool(name and wanted.speaker) and name.split()[-1].lower() == wanted.speaker.split()[-1].lower(),
            "wanted_role": wanted.role or "",
            "role": role_of_nobody(report) if speaker is None else "",
            "type": report.type,
            "verb": report.verb or "",
            "evidence": speaker.evidence if speaker else "",
            "candidates": [x.speaker.name if x.speaker else "" for x in candidates],
            "context": article.string[max(0, at - 300) : at + 200],
        }
        rows.append((cells, speaker, features.get(id(speaker), [])))
    return rows, told


def main() -> None:
    """Print what is right by question and by file of gold; write the passages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--parts", type=int, default=5)
    given = parser.parse_args()
    found = passages(given.corpora, given.parts).with_columns(same=pl.col("role") == pl.col("wanted_role"))
    if given.out:
        found.write_parquet(given.out)
    shares = [
        pl.len().alias("passages"),
        pl.col("right").mean().round(4).alias("speaker"),
        pl.col("same").mean().round(4).alias("role"),
        pl.col("same").filter(pl.col("right")).mean().round(4).alias("role, speaker right"),
        (2 * ((pl.col("role") == "expert") & pl.col("same")).sum()
         / ((pl.col("role") == "expert").sum() + (pl.col("wanted_role") == "expert").sum())
        ).round(4).alias("expert F1 of these"),
    ]  # fmt: skip
    with pl.Config(tbl_rows=50, tbl_cols=10, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True):
        print(found.select(shares))
        print(found.group_by("gold").agg(shares).sort("gold"))
        print(found.group_by("kind").agg(shares).sort("passages", descending=True))
        print(found.group_by("wanted_role").agg(shares[:4]).sort("passages", descending=True))


if __name__ == "__main__":
    main()
