"""The tagger chooses in context, is trained the same every time, and is measured as the shared task measures."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.language import forms, guess, tagset
from discourse.language.annotate import tokens
from discourse.language.formats import conllu
from discourse.language.tagger import evaluate, features, known, lookup, make, network, train

ANNOTATED = """
Rada rada subst:sg:nom:f, obraduje obradować fin:sg:ter:imperf, nad nad prep:inst:nwok, mostem most subst:sg:inst:m3
Most most subst:sg:nom:m3, stoi stać fin:sg:ter:imperf
Może może qub, pada padać fin:sg:ter:imperf
Ewa Ewa subst:sg:nom:f, nie nie qub, może móc fin:sg:ter:imperf, pisać pisać inf:imperf
Kto kto subst:sg:nom:m1, nie nie qub, wie wiedzieć fin:sg:ter:imperf
"""


def annotated(times: int = 1) -> pl.DataFrame:
    rows = []
    for line in ANNOTATED.strip().split("\n") * times:
        words = [word.split(" ") for word in line.split(", ")] + [[".", ".", "interp"]]
        rows += [f"{n}\t{form}\t{lemma}\t_\t{tag}" + "\t_" * 5 for n, (form, lemma, tag) in enumerate(words, start=1)]
        rows.append("")
    return conllu.parse("\n".join(rows))


def lemmas(text: str) -> dict[str, str]:
    frame = pl.DataFrame({"doc_id": ["a"], "title": [""], "text": [text]})
    return dict(tokens(frame).select("form", "lemma").iter_rows())


def test_the_same_form_is_read_by_its_sentence() -> None:
    assert lemmas("Może jutro spadnie deszcz.")["Może"] == "może"
    assert lemmas("Ona nie może tego zrobić.")["może"] == "móc"
    assert lemmas("Chodził bez butów po mieście.")["bez"] == "bez"


def test_unknown_names_get_a_lemma_and_one_for_the_document() -> None:
    found = lemmas("Rozmawiał z Brzdąkaczewiczem. Brzdąkaczewicza nie było, a Brzdąkaczewicz milczał.")
    assert {found[form] for form in found if form.startswith("Brzd")} == {"Brzdąkaczewicz"}
    assert lemmas("Czytano Blake'a.")["Blake'a"] == "Blake"


def test_a_name_that_looks_like_a_word_is_one_where_a_name_follows_once() -> None:
    text = "Kim Dzong Un przyjechał. Rozmawiał z Kim Dzong Unem. Potem Kim wyjechał."
    frame = pl.DataFrame({"doc_id": ["a", "b"], "title": ["", ""], "text": [text, "Z kim rozmawiał? Nie wiadomo."]})
    table = tokens(frame).filter(pl.col("form").str.to_lowercase() == "kim")
    assert table.get_column("lemma").to_list() == ["Kim", "Kim", "Kim", "kto"]


def test_endings_after_an_apostrophe() -> None:
    assert guess.readings("Grove'owi") == [("Grove", "subst:sg:dat:m1"), ("Grove", "subst:sg:dat:m3")]
    assert guess.readings("123") == []


def test_editions_of_the_tagset_are_compared_in_what_they_share() -> None:
    assert tagset.canonical("qub") == tagset.canonical("part")
    assert tagset.canonical("subst:sg:nom:n:ncol") == tagset.canonical("subst:sg:nom:n")
    assert tagset.expand("subst:sg:gen.acc:m1") == ("subst:sg:gen:m1", "subst:sg:acc:m1")
    gold = pl.DataFrame({"form": ["Więc", "więc"], "tag": ["conj", "comp"]})
    assert tagset.annotated_column(gold).to_list() == ["comp", "comp"]


def test_features_are_looked_up_as_training_names_them() -> None:
    store = forms.Forms()
    store.look_up(
        pl.Series(
            sorted(
                [
                    "Zrobiłbym",
                    "może",
                    "Brzdąkowi",
                    "1999",
                    "XIV",
                    "prof.",
                    "prof",
                    ";",
                    "ał",
                    "Kim",
                    "👍",
                    "biało-czerwony",
                    "żółć",
                ]
            )
        )
    )
    names, weights = network.shipped(), network.shipped().readings
    for begin in (0, 5):
        size = len(store.segments) - begin, int(store.first_reading[-1] - store.first_reading[begin])
        segments, readings = lookup.sums(
            known.words(store, begin), lookup.vocabulary(names.segment_features),
            lookup.vocabulary(names.reading_features), names.features, weights,
        )  # fmt: skip
        named = network.number(features.of_segments(store, begin), "segment", names.segment_features, size[0])
        assert (segments == named @ names.features).all()
        named = network.number(features.of_readings(store, begin), "reading", names.reading_features, size[1])
        assert (readings == named @ weights).all()


def test_training_twice_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = train.Options(passes=2, batch=40, token=8, hidden=8, output=8, narrow=4, minimum=1)
    monkeypatch.setattr(train, "Options", lambda **_: small)
    written = [make.make(annotated(8), tmp_path / name) for name in ("one", "two")]
    for one, two in zip(*written, strict=True):
        assert one.read_bytes() == two.read_bytes()
    assert network.load(written[0][1]).layers["tags"].shape[1] == 8


def test_too_little_to_learn_from_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DiscourseError, match="too few to train on"):
        make.make(annotated(), tmp_path)


def test_scores_of_perfect_annotation_are_whole() -> None:
    gold = annotated()
    scores = evaluate.given_tokens(gold)
    assert scores.values["lemma"] == 1.0
    assert scores.counts["lemma"] == len(gold)
    raw = evaluate.raw_text(gold)
    assert raw.values["sentences_f1"] == 1.0
    assert raw.values["tokens_f1"] == raw.values["lemma_f1"] == 1.0


def test_a_wrong_lemma_counts() -> None:
    gold = annotated().with_columns(lemma=pl.when(pl.col("form") == "Rada").then(pl.lit("x")).otherwise("lemma"))
    assert evaluate.given_tokens(gold).values["lemma"] == pytest.approx(1 - 1 / len(gold))
    assert evaluate.mistakes(gold).rows() == [("rada", "x", "rada", 1)]


@pytest.mark.shared
def test_accuracy_on_the_development_text(shared: Path) -> None:
    path = shared / "data" / "ud" / "pl_pdb-ud-dev.conllu.gz"
    gold = conllu.read(path)
    found = evaluate.given_tokens(gold).values
    assert found["lemma"] >= 0.983
    assert found["pos"] >= 0.97
    assert found["tag"] >= 0.905
    raw = evaluate.raw_text(gold).values
    assert raw["tokens_f1"] >= 0.995
    assert raw["sentences_f1"] >= 0.95
    assert raw["lemma_f1"] >= 0.98
