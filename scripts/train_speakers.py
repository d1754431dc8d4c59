"""Train the weights by which speakers and roles are chosen: train_speakers.py GOLD… --documents FILE…

Writes `antecedents.csv`, then `roles.csv` in `discourse/attribution/weights`; the same data give the same files.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from discourse.attribution.weights import FOLDER, antecedent_weights
from discourse.corpus.load import checked, load
from discourse.evaluation import train
from discourse.evaluation.gold import read_gold, texts
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
    train.antecedents(documents, found, gold).write_csv(FOLDER / "antecedents.csv")
    antecedent_weights.cache_clear()
    train.roles(documents, found, gold).write_csv(FOLDER / "roles.csv")


if __name__ == "__main__":
    main()
