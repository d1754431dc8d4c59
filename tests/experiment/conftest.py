"""A small experiment in a folder of its own, and the repository's scripts within reach."""

import json
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2]))  # `benchmarks`

SMALL = """name = "small"
seed = 7
language = "en"
corpora = ["tiny"]
groups = ["genre"]
minimum_group = 1
measures = ["stance"]
title = { pl = "Mały", en = "Small" }
question = { pl = "Czy?", en = "Whether?" }
contrasts = { by = "genre", draws = 100 }
topics = { k = 2, min_documents = 1, max_share = 1.0 }
annotation = { lexicons = ["mine.toml"] }
"""
LEXICON = """[[entry]]
id = "rzeka"
category = "booster"
pattern = "rzeka"
hyland = "booster"
engagement = "pronounce"
yes = ["[Rzeka] wylała."]
"""
CORPUS = """name = "tiny"
title = "Tiny"
licence = "MIT"
reader = "jsonl"
groups = ["genre"]
files = [{ path = "d.jsonl" }]
"""
TEXTS = [
    ("a", "depesza", "Rzeka wylała. Chyba nikt nie ucierpiał, mówi wójt Jan Okoński."),
    ("b", "depesza", "Most stoi. Zapewne woda opadnie, dodał strażak."),
    ("c", "felieton", "Rzeka na pewno wróci. Może za rok."),
    ("d", "felieton", "Woda, woda i most. Podobno most runie."),
]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpora" / "tiny"
    corpus.mkdir(parents=True)
    (corpus / "corpus.toml").write_text(CORPUS)
    rows = (json.dumps({"doc_id": id_, "genre": genre, "text": text}) for id_, genre, text in TEXTS)
    (corpus / "d.jsonl").write_text("\n".join(rows))
    folder = tmp_path / "experiments" / "small"
    folder.mkdir(parents=True)
    (folder / "experiment.toml").write_text(SMALL)
    (folder / "mine.toml").write_text(LEXICON)
    return folder
