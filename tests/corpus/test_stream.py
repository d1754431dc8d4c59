"""A corpus read in batches is the corpus read at once."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from discourse.core.errors import DiscourseError
from discourse.corpus import stream
from discourse.corpus.documents import documents
from discourse.corpus.manifest import Corpus, read_manifest

LINES = """{"doc_id": "a", "title": "Most", "text": "Most otwarto w piątek.", "outlet": "Echo"}
{"doc_id": "b", "text": "Autobus pojedzie w poniedziałek."}
{"doc_id": "a", "text": "Drugi z tym samym numerem."}
{"doc_id": "c", "text": "Sala będzie w maju.", "outlet": "Głos", "author": "Jan Kos"}
"""


def corpus(folder: Path, more: str = "") -> Corpus:
    (folder / "zalesie").mkdir()
    (folder / "zalesie" / "lines.jsonl").write_text(LINES, encoding="utf-8")
    manifest = folder / "zalesie" / "corpus.toml"
    head = f'name = "zalesie"\ntitle = "Zalesie"\nlicence = "CC0"\n{more}\n'
    manifest.write_text(f'{head}[[files]]\npath = "lines.jsonl"\n', encoding="utf-8")
    return read_manifest(manifest)


def test_batches_together_are_the_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = corpus(tmp_path)
    whole = documents(found)
    said = capsys.readouterr().err
    frames = list(stream.of_corpus(found))
    assert_frame_equal(pl.concat(frames), whole)
    assert capsys.readouterr().err == said
    assert "1 documents could not be read" in said

    monkeypatch.setattr(stream.framed, "__defaults__", (20, None))
    frames = list(stream.of_corpus(found))
    assert [frame["doc_id"].to_list() for frame in frames] == [["a"], ["b"], ["c"]]
    assert_frame_equal(pl.concat(frames, how="diagonal").select(whole.columns), whole)


def test_a_grouping_column_that_no_document_has_is_named(tmp_path: Path) -> None:
    found = corpus(tmp_path, 'groups = ["mood"]')
    with pytest.raises(DiscourseError, match="no document has the grouping column 'mood'"):
        list(stream.of_corpus(found))
