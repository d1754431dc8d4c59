"""Train the weights of how far unmarked speech reaches: train_reach.py GOLD… --documents FILE…

Writes `discourse/attribution/weights/reach.csv`; the same data give the same file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from discourse.attribution.reach import FILE
from discourse.corpus.load import checked, load
from discourse.evaluation.gold import read_gold, texts
from discourse.evaluation.reach import instances, train
from discourse.language.annotate import tokens


def main() -> None:
    """Read gold and documents, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--documents", nargs="+", type=Path, required=True)
    given = parser.parse_args()
    gold = {doc_id: one for path in given.gold for doc_id, one in read_gold(path).items()}
    documents = checked(texts(gold, load(given.documents), "gold"))
    train(instances(documents, tokens(documents), gold)).write_csv(FILE)


if __name__ == "__main__":
    main()
