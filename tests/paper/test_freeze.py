"""What the paper needs is frozen from the texts by one call, and the paper is then built without them."""

import hashlib
import json
from pathlib import Path

import pypdf
import pytest

from discourse.core.errors import DiscourseError
from discourse.paper.build import SOURCE, build
from discourse.paper.freeze import freeze_all

TEXTS = {
    "a": ("depesza", "– Woda chyba opadnie – mówi dr Anna Okoń, hydrolożka. Most stoi."),
    "b": ("depesza", "Zapewne woda opadnie, powiedział strażak. Rzeka stoi."),
    "c": ("felieton", "Rzeka na pewno wróci. Może za rok. Niestety nikt o tym nie myśli."),
}
MANIFEST = """name = "rzeka"
title = "River"
licence = "Publisher's copyright"
kind = "referenced"
reader = "jsonl"
groups = ["genre"]
files = [{{ path = "rzeka.jsonl", sha256 = "{sha}" }}]
"""
EXPERIMENT = """name = "paper-river"
seed = 7
language = "en"
corpora = ["rzeka"]
groups = ["genre"]
minimum_group = 1
measures = ["stance"]
title = { pl = "Rzeka", en = "River" }
question = { pl = "Czy?", en = "Whether?" }
topics = { k = 2, min_documents = 1, max_share = 1.0 }
"""
PAPER = """#import "lib.typ": *
#set document(date: none)
#num("river", "corpora", "documents", by: "genre", group: "depesza") wires,
#rows("river", "topics").len() topics.
"""


def test_the_paper_of_frozen_texts_is_built_without_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = ({"doc_id": name, "genre": genre, "text": text} for name, (genre, text) in TEXTS.items())
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    for folder in ("data", "corpora/rzeka", "experiments/river", "paper"):
        Path(folder).mkdir(parents=True)
    Path("data/rzeka.jsonl").write_bytes(text)
    Path("corpora/rzeka/corpus.toml").write_text(MANIFEST.format(sha=hashlib.sha256(text).hexdigest()))
    Path("experiments/river/experiment.toml").write_text(EXPERIMENT)
    Path("paper/paper.typ").write_text(PAPER)
    Path("paper/lib.typ").write_text((SOURCE / "lib.typ").read_text(encoding="utf-8"))
    places = {"source": Path("paper"), "experiments": Path("experiments")}

    with pytest.raises(DiscourseError, match="its text rzeka.jsonl is not at hand"):
        build(Path("none"), **places)
    lines = list(freeze_all(Path("texts"), Path("data"), experiments=Path("experiments")))
    assert [line.split(":")[0] for line in lines] == ["rzeka", "river"]
    built = build(Path("one"), **places)
    assert list(built.runs["river"].record["frozen"]) == ["rzeka"]
    assert pypdf.PdfReader(built.pdf).pages[0].extract_text().split("\n")[0] == "2 wires, 2 topics."
    from_texts = build(Path("two"), data=Path("data"), from_texts=True, **places)
    assert from_texts.runs["river"].record["frozen"] == {}
    assert from_texts.pdf.read_bytes() == built.pdf.read_bytes()
