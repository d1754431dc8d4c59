"""Tokens in the formats of the field, and CoNLL-U read again."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from lxml import etree

from discourse.core.errors import DiscourseError
from discourse.corpus.load import load
from discourse.language import formats
from discourse.language.annotate import tokens
from discourse.language.formats import conllu

DOCUMENTS = pl.DataFrame(
    {
        "doc_id": ["a", "b"],
        "title": ["Most & rzeka", ""],
        "text": ["Zrobiłbym to.\n\nREKLAMA", "„Nie <b>\x01”"],
        "outlet": ["Kurier", None],
    }
)


def test_conllu_has_multiword_tokens_spacing_and_offsets() -> None:
    text = formats.render("conllu", DOCUMENTS.head(1), tokens(DOCUMENTS.head(1), policy="first"))
    assert text.split("\n\n")[1].split("\n") == [
        "# newpar",
        "# sent_id = a-2",
        "# text = Zrobiłbym to.",
        "1-3\tZrobiłbym\t_\t_\t_\t_\t_\t_\t_\t_",
        "1\tZrobił\tzrobić\tVERB\tpraet:sg:m1:perf\t_\t_\t_\t_\tStart=14|End=20",
        "2\tby\tby\tPART\tpart\t_\t_\t_\t_\tStart=20|End=22",
        "3\tm\tbyć\tAUX\taglt:sg:pri:imperf:nwok\t_\t_\t_\t_\tStart=22|End=23",
        "4\tto\tto\tVERB\tpred\t_\t_\t_\t_\tSpaceAfter=No|Start=24|End=26",
        "5\t.\t.\tPUNCT\tinterp\t_\t_\t_\t_\tStart=26|End=27",
    ]
    assert "Boilerplate=Yes" in text


def test_conllu_comes_back_with_its_annotation() -> None:
    ours = tokens(DOCUMENTS)
    rows = conllu.parse(formats.render("conllu", DOCUMENTS, ours))
    documents, raw = conllu.documents(rows)
    assert documents.get_column("doc_id").to_list() == ["a", "b"]
    assert raw.select("doc_id", "form", "lemma", "tag").equals(ours.select("doc_id", "form", "lemma", "tag"))
    texts = dict(documents.select("doc_id", "text").iter_rows())
    for doc_id, start, end, form in raw.select("doc_id", "start", "end", "form").iter_rows():
        assert texts[doc_id][start:end] == form


def test_vertical_escapes_and_glues() -> None:
    lines = formats.render("vertical", DOCUMENTS, tokens(DOCUMENTS, policy="first")).split("\n")
    assert lines[0] == '<doc id="a" title="Most &amp; rzeka" outlet="Kurier">'
    assert "&lt;\tsym\t&lt;" in lines
    assert lines[lines.index("Zrobił\tpraet:sg:m1:perf\tzrobić") + 1] == "<g/>"


def test_tei_is_well_formed_whatever_the_text() -> None:
    root = etree.fromstring(formats.render("tei", DOCUMENTS, tokens(DOCUMENTS)).encode())
    assert len(root.findall(".//{*}TEI")) == 2
    assert [w.text for w in root.iter("{*}w", "{*}pc")][:3] == ["Most", "&", "rzeka"]


def test_nothing_to_write_is_an_empty_file() -> None:
    nothing = DOCUMENTS.head(0)
    assert formats.render("conllu", nothing, tokens(nothing)) == ""
    assert formats.render("vertical", nothing, tokens(nothing)) == ""


def test_unknown_format_and_malformed_lines_are_named() -> None:
    with pytest.raises(DiscourseError, match="did you mean 'conllu'"):
        formats.render("conll", DOCUMENTS, tokens(DOCUMENTS))
    with pytest.raises(DiscourseError, match="line 2 has not the 10 columns of CoNLL-U, separated by tabs"):
        conllu.parse("# text = a\n1\ta\n", "x.conllu")
    with pytest.raises(DiscourseError, match="line 1: the first column is no number"):
        conllu.parse("one\ta" + "\t_" * 8)


def test_spacing_of_words_split_in_two() -> None:
    rows = "1-2\tbyłem\t" + "\t".join("_" * 7) + "\tSpaceAfter=No\n"
    rows += "".join(f"{i}\t{form}" + "\t_" * 8 + "\n" for i, form in enumerate(("był", "em", "."), start=1))
    assert conllu.parse(rows).get_column("space_after").to_list() == [False, False, True]


def test_paragraphs_come_back(tmp_path: Path) -> None:
    given = pl.DataFrame({"doc_id": ["a", "b"], "title": ["", ""], "text": ["Pada.\nWieje. Mży.\nKoniec.", "Nic."]})
    file = tmp_path / "a.conllu"
    file.write_text(formats.render("conllu", given, tokens(given)), encoding="utf-8")
    back = load([file])
    assert back.get_column("text").to_list() == given.get_column("text").to_list()
    assert formats.render("conllu", back, tokens(back)) == file.read_text(encoding="utf-8")


def test_a_mark_and_an_address_are_their_own_lemma() -> None:
    given = pl.DataFrame({"doc_id": ["a"], "title": [""], "text": ["Tak _ nie https://x.pl/a_b @a_b m.in. coś"]})
    found = tokens(given)
    same = found.filter(pl.col("form").str.contains("_", literal=True))
    assert same.get_column("lemma").to_list() == ["_", "https://x.pl/a_b", "@a_b"]
    assert "między innymi" in found.get_column("lemma").to_list()
