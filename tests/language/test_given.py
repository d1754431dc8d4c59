"""A corpus that comes annotated keeps its annotation."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.corpus.load import load
from discourse.language.annotate import tokens
from discourse.language.formats import render

FILE = """# newdoc id = a
# text = Byłem w lesie.
1-2\tByłem\t_\t_\t_\t_\t_\t_\t_\t_
1\tBył\tbyć\tAUX\tpraet:sg:m1:imperf\t_\t_\t_\t_\t_
2\tem\tbyć\tAUX\taglt:sg:pri:imperf:wok\t_\t_\t_\t_\t_
3\tw\tw\tADP\tprep:loc:nwok\t_\t_\t_\t_\t_
4\tlesie\tLAS\tNOUN\tsubst:sg:loc:m3\t_\t_\t_\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\tinterp\t_\t_\t_\t_\t_

# newdoc id = b
1\tNie\tnie\tPART\tqub\t_\t_\t_\t_\t_
2\twiem\t_\tVERB\t_\t_\t_\t_\t_\t_

"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.conllu"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_lemmas_and_tags_are_those_of_the_file(file: Path) -> None:
    documents = load([file])
    assert documents.select("doc_id", "text").rows() == [("a", "Byłem w lesie."), ("b", "Nie wiem")]
    table = tokens(documents)
    assert table.select("doc_id", "form", "lemma", "pos", "start", "word", "word_start").rows() == [
        ("a", "Był", "być", "praet", 0, 0, True),
        ("a", "em", "być", "aglt", 3, 0, False),
        ("a", "w", "w", "prep", 6, 1, True),
        ("a", "lesie", "LAS", "subst", 8, 2, True),
        ("a", ".", ".", "interp", 13, 3, False),
        ("b", "Nie", "nie", "part", 0, 0, True),
        ("b", "wiem", "wiem", "ign", 4, 1, True),
    ]


def test_documents_without_annotation_are_annotated_beside_them(file: Path) -> None:
    plain = pl.DataFrame({"doc_id": ["0"], "title": ["Las"], "text": ["W lesie."]})
    table = tokens(pl.concat([plain, load([file])], how="diagonal"))
    assert table.get_column("doc_id").unique(maintain_order=True).to_list() == ["0", "a", "b"]
    assert dict(table.select("form", "lemma").reverse().iter_rows())["Las"] == "las"


def test_a_text_that_is_not_the_annotated_one_is_refused(file: Path) -> None:
    changed = load([file]).with_columns(text=pl.col("text") + "!")
    with pytest.raises(DiscourseError, match="'a': its text is not that of its annotation"):
        tokens(changed)


def test_what_is_written_is_read_again(file: Path, tmp_path: Path) -> None:
    documents = load([file])
    again = tmp_path / "again.conllu"
    again.write_text(render("conllu", documents, tokens(documents)), encoding="utf-8")
    columns = ["doc_id", "sent", "tok", "start", "end", "form", "lemma", "pos"]
    assert tokens(load([again])).select(columns).equals(tokens(documents).select(columns))


def test_a_file_without_documents_is_one(tmp_path: Path) -> None:
    path = tmp_path / "one.conllu"
    path.write_text(FILE.replace("# newdoc id = a\n", "").replace("# newdoc id = b\n", ""), encoding="utf-8")
    assert load([path]).select("doc_id", "text").rows() == [("one-1", "Byłem w lesie. Nie wiem")]
