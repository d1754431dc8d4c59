"""Other taggers behind the same interface, by stubs that have what is asked of the real pipelines."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from discourse.core import schema
from discourse.core.errors import DiscourseError
from discourse.language import adapters, annotate
from discourse.language.adapters import spacy, stanza

TEXT = "Ewa śpi. \nPadałem długo!"


def spacy_stub(text: str) -> list[Any]:
    known = {"Ewa": ("Ewa", "SUBST", "Case=Nom|Gender=Fem|Number=Sing"), "Padałem": ("padać", "PRAET", "")}
    tokens = []
    for match in re.finditer(r"\w+|[^\w\s]|\s{2,}", text):
        lemma, tag, features = known.get(match[0], ("", "", ""))
        tokens.append(
            SimpleNamespace(
                text=match[0], idx=match.start(), lemma_=lemma, tag_=tag, is_space=match[0].isspace(),
                is_sent_start=match.start() == 0 or text[:match.start()].rstrip().endswith("."),
                morph=SimpleNamespace(to_dict=lambda features=features: dict(
                    pair.split("=") for pair in features.split("|") if pair)),
            )
        )  # fmt: skip
    return tokens


def word(text: str, lemma: str, xpos: str) -> SimpleNamespace:
    return SimpleNamespace(text=text, lemma=lemma, xpos=xpos)


def stanza_stub(text: str) -> SimpleNamespace:
    words = {"Padałem": [word("Padał", "padać", "praet:sg:m1:imperf"), word("em", "być", "aglt:sg:pri:imperf:wok")]}
    sentences = []
    for sentence in re.finditer(r"\S[^.!]*[.!]", text):
        tokens = [
            SimpleNamespace(
                start_char=sentence.start() + match.start(), end_char=sentence.start() + match.end(),
                words=words.get(match[0], [word(match[0], match[0].lower(), "subst:sg:nom:f")]),
            )
            for match in re.finditer(r"\w+|[^\w\s]", sentence[0])
        ]  # fmt: skip
        sentences.append(SimpleNamespace(tokens=tokens))
    return SimpleNamespace(sentences=sentences)


@pytest.fixture
def documents() -> pl.DataFrame:
    return pl.DataFrame({"doc_id": ["a", "b", "c"], "title": ["", "", ""], "text": [TEXT, "", " \n"]})


def test_spacy_fills_the_tokens_table(documents: pl.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy, "tagger", lambda model: lambda text: spacy.rows(spacy_stub, text))
    table = schema.check(annotate.tokens(documents, policy="spacy:pl_core_news_md"), "tokens")
    assert table.select("form", "lemma", "tag", "sent", "word_start", "paragraph").rows() == [
        ("Ewa", "Ewa", "subst:sg:nom:f", 0, True, 0),
        ("śpi", "śpi", "ign", 0, True, 0),
        (".", ".", "ign", 0, False, 0),
        ("Padałem", "padać", "praet", 1, True, 1),
        ("długo", "długo", "ign", 1, True, 1),
        ("!", "!", "ign", 1, False, 1),
    ]


def test_stanza_cuts_words_of_several_segments(documents: pl.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stanza, "tagger", lambda: lambda text: stanza.rows(stanza_stub, text))
    table = schema.check(annotate.tokens(documents, policy="stanza"), "tokens")
    assert [TEXT[start:end] for start, end in table.select("start", "end").iter_rows()] == table["form"].to_list()
    assert table.filter(pl.col("sent") == 1).select("form", "lemma", "word", "word_start").rows() == [
        ("Padał", "padać", 3, True),
        ("em", "być", 3, False),
        ("długo", "długo", 4, True),
        ("!", "!", 5, False),
    ]


def test_a_library_that_is_missing_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("importlib.import_module", missing)
    for policy, hint in (("spacy:pl_core_news_lg", r"discourse\[spacy\]"), ("stanza", r"discourse\[stanza\]")):
        with pytest.raises(DiscourseError, match=hint):
            adapters.raw_tokens(pl.DataFrame({"doc_id": ["a"], "title": [""], "text": ["Tak"]}), policy)


def test_a_model_that_is_missing_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: object, **__: object) -> None:
        raise OSError("not there")

    monkeypatch.setattr("importlib.import_module", lambda name: SimpleNamespace(load=load, Pipeline=load))
    with pytest.raises(DiscourseError, match="spacy download pl_core_news_sm"):
        spacy.tagger("pl_core_news_sm")
    with pytest.raises(DiscourseError, match=r"stanza.download\('pl'\)"):
        stanza.tagger()


@pytest.mark.parametrize("policy", ["default", "first", "spacy", "spacy:pl_core_news_md", "stanza"])
def test_policies_that_there_are(policy: str) -> None:
    annotate.check_policy(policy)
