"""Train the weights of attribution on annotated articles: train_attribution.py GOLD… --documents FILE…

Writes into `discourse/attribution/weights`: `reach.csv`, how far unmarked speech reaches; with it `antecedents.csv`,
whom a passage without a name is given to; with both `roles.csv`. The same data give the same files.
"""

from __future__ import annotations

import argparse
from pathlib import Path

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
    parser.add_argument("--documents", nargs="+", type=Path, required=True)
    given = parser.parse_args()
    gold = {doc_id: one for path in given.gold for doc_id, one in read_gold(path).items()}
    documents = checked(texts(gold, load(given.documents), "gold"))
    found = tokens(documents)
    train_reach(instances(documents, found, gold)).write_csv(reach.FILE)
    reach.weights.cache_clear()
    train.antecedents(documents, found, gold).write_csv(FOLDER / "antecedents.csv")
    antecedent_weights.cache_clear()
    train.roles(documents, found, gold).write_csv(FOLDER / "roles.csv")


if __name__ == "__main__":
    main()
