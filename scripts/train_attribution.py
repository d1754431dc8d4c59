"""Train the weights of attribution on annotated articles: train_attribution.py GOLD… --told GOLD… --documents FILE…

Writes into `discourse/attribution/weights`: `reach.csv`, how far unmarked speech reaches; with it `antecedents.csv`,
whom a passage without a name is given to; with both `roles.csv`. The same data give the same files. Of gold after
`--told` the spans are the program's own, so that only speakers and roles are learnt from it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import polars as pl

from discourse.attribution import reach
from discourse.attribution.weights import FOLDER, antecedent_weights
from discourse.corpus.load import checked, load
from discourse.evaluation import train
from discourse.evaluation.gold import read_gold, texts
from discourse.evaluation.reach import instances
from discourse.evaluation.reach import train as train_reach
from discourse.language.annotate import tokens


def main() -> None:
    """Read gold and documents, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--told", nargs="+", type=Path, default=[])
    parser.add_argument("--documents", nargs="+", type=Path, required=True)
    given = parser.parse_args()
    whole = {doc_id: one for path in given.gold for doc_id, one in read_gold(path).items()}
    gold = {doc_id: one for path in given.told for doc_id, one in read_gold(path).items()} | whole
    documents = checked(texts(gold, load(given.documents), "gold"))
    found = tokens(documents)
    of_whole = pl.col("doc_id").is_in(list(whole))
    train_reach(instances(documents.filter(of_whole), found.filter(of_whole), whole)).write_csv(reach.FILE)
    reach.weights.cache_clear()
    train.antecedents(documents, found, gold).write_csv(FOLDER / "antecedents.csv")
    antecedent_weights.cache_clear()
    train.roles(documents, found, gold).write_csv(FOLDER / "roles.csv")


if __name__ == "__main__":
    main()
