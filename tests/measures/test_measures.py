"""What each measure counts, on articles of a sentence or two."""

from __future__ import annotations

import polars as pl
import pytest

from discourse.core import schema
from discourse.core.errors import DiscourseError
from discourse.measures import MEASURES, measure
from discourse.measures.cover import owners
from discourse.measures.layers import over, tally
from discourse.measures.registry import measure as define


def test_rates_are_per_thousand_words_and_segments_count_once(annotation, value):
    annotation.article("a", "Zrobił/zrobić/praet +by/by/part +m/być/aglt:sg:pri:imperf to chyba jutro .")
    annotation.marker("a", "chyba", "hedge")
    assert value(annotation, "words") == 4
    assert value(annotation, "hedge_rate") == 250
    assert value(annotation, "first_person_rate") == 250


def test_boilerplate_is_left_out_of_both_sides(annotation, value):
    annotation.article("a", "Zobacz Chyba pada", boilerplate=("Zobacz",))
    annotation.marker("a", "Chyba", "hedge").marker("a", "Zobacz", "hedge", boilerplate=True)
    assert value(annotation, "hedge_rate") == 500


def test_hedges_of_the_source_and_of_the_author_have_their_own_bases(annotation, value):
    annotation.article("a", "Może pada - mówi Anna . Chyba dziś nie pada wcale")
    annotation.says("a", "Może pada", speaker="Anna", role="citizen")
    annotation.marker("a", "Może", "hedge", attribution=0, quoted=True).marker("a", "Chyba", "hedge")
    assert value(annotation, "hedge_rate_attributed") == 500  # 1 of 2 words
    assert value(annotation, "hedge_rate_own") == pytest.approx(1000 / 7)
    assert value(annotation, "hedge_quoted_share") == 50
    assert value(annotation, "stance_attributed_share") == 50


def test_hedge_share_and_variety(annotation, value):
    annotation.article("a", "Chyba może oczywiście Chyba")
    annotation.marker("a", "Chyba", "hedge").marker("a", "może", "hedge").marker("a", "oczywiście", "booster")
    annotation.marker("a", "Chyba", "hedge")
    assert value(annotation, "hedge_share") == 75
    assert value(annotation, "marker_variety") == 75  # three entries in four spans


def test_nested_reports_count_once_for_the_inner_voice(annotation, value):
    annotation.article("a", "Minister mówi , że lekarze uważają , że będzie lepiej niż dziś")
    annotation.says("a", "lekarze uważają , że będzie lepiej niż dziś", speaker="Jan Lis", role="official")
    annotation.says("a", "będzie lepiej niż dziś", speaker="lekarze", role="expert", type="indirect")
    assert value(annotation, "attributed_share") == pytest.approx(100 * 7 / 10)
    assert value(annotation, "official_share") == pytest.approx(100 * 3 / 10)
    assert value(annotation, "expert_share") == pytest.approx(100 * 4 / 10)
    assert value(annotation, "one_source_index") == pytest.approx(100 * 4 / 7)
    assert value(annotation, "indirect_share") == pytest.approx(100 * 4 / 7)
    assert value(annotation, "first_expert") == pytest.approx(100 * 6 / 10)
    assert value(annotation, "expert_in_lead") == 100


def test_entropy_of_two_equal_speakers_is_one_bit(annotation, value):
    annotation.article("a", "Pada deszcz mówi Anna . Świeci słońce mówi Jan")
    annotation.says("a", "Pada deszcz", speaker="Anna", role="citizen")
    annotation.says("a", "Świeci słońce", speaker="Jan", role="expert")
    assert value(annotation, "speaker_entropy") == pytest.approx(1)
    assert value(annotation, "speakers") == 2
    assert value(annotation, "expert_speakers") == 1


def test_cues_and_names(annotation, value):
    annotation.article("a", "Pada twierdzi Anna . Leje mówi ktoś . Wieje .")
    annotation.says("a", "Pada", speaker="Anna", role="citizen", verb="twierdzić", verb_stance="distancing")
    annotation.says("a", "Leje", speaker="ktoś", role="anonymous", verb="mówić", verb_stance="neutral")
    annotation.says("a", "Wieje", speaker=None, role="other")
    assert value(annotation, "distancing_share") == 50  # of the two with a cue
    assert value(annotation, "named_share") == pytest.approx(100 / 3)
    assert value(annotation, "anonymous_attribution_share") == pytest.approx(100 / 3)


def test_mattr_counts_every_window(annotation, value):
    # 101 words: windows of 100 from 0 and from 1; the last word repeats the first, so each window has 100 types
    words = [f"s{i}" for i in range(100)]
    annotation.article("a", " ".join([*words, "s0"])).article("b", "tak " * 100).article("c", "tak " * 99)
    assert value(annotation, "mattr") == 1.0
    assert value(annotation, "mattr", "b") == 0.01
    assert value(annotation, "mattr", "c") is None


def test_mattr_against_windows_looked_at_one_by_one(annotation, value):
    words = [f"s{(i * i) % 71}" for i in range(260)]
    annotation.article("a", " ".join(words))
    ratios = [len(set(words[s : s + 100])) / 100 for s in range(161)]
    assert value(annotation, "mattr") == pytest.approx(sum(ratios) / len(ratios))


def test_grammar(annotation, value):
    annotation.article(
        "a",
        "Duży/duży/adj dom stał/stać/praet w/w/prep las . Kiedy/kiedy/adv zbudowano/zbudować/imps go ? 1920",
    )
    assert value(annotation, "noun_verb_ratio") == 2.0  # dom, las, go, 1920 by default nouns; stał, zbudowano
    assert value(annotation, "adjective_share") == pytest.approx(100 / 9)
    assert value(annotation, "impersonal_rate") == pytest.approx(1000 / 9)
    assert value(annotation, "question_share") == pytest.approx(100 / 3)
    assert value(annotation, "number_share") == pytest.approx(100 / 9)
    assert value(annotation, "sentence_length") == 3.0


def test_pronouns_are_no_content_words(annotation, value):
    written = "Ten/ten/adj duży/duży/adj las , który/który/adj był/być/praet tam/tam/adv , zniknął/zniknąć/praet"
    annotation.article("a", written)
    assert value(annotation, "lexical_density") == pytest.approx(100 * 3 / 7)  # duży, las, zniknął
    assert value(annotation, "adjective_share") == pytest.approx(100 / 7)


def test_a_function_of_ones_own_is_a_measure(annotation, value):
    @define("comma_rate", family="mine", pl="przecinki", en="commas", unit="per 1,000 words", kind="rate")
    def comma_rate(layers):
        """1000 × commas / words."""
        return over(tally(layers.own_tokens.filter(pl.col("form") == ",")), layers.length)

    try:
        annotation.article("a", "Pada , leje , wieje i grzmi").article("b")
        assert value(annotation, "comma_rate") == 400
        assert value(annotation, "comma_rate", "b") is None
    finally:
        MEASURES._bricks.pop("comma_rate")


def test_wrong_names_ids_and_frames_are_refused_in_a_line(annotation):
    frames = annotation.article("a", "Pada").frames()
    with pytest.raises(DiscourseError, match="unknown measure 'hedge_rat'; did you mean 'hedge_rate'"):
        measure(*frames, names=["hedge_rat"])
    with pytest.raises(DiscourseError, match="two documents have the id 'a'"):
        measure(pl.concat([frames[0]] * 2), *frames[1:])
    with pytest.raises(DiscourseError, match="table 'tokens': column 'lemma' is missing"):
        measure(frames[0], frames[1].drop("lemma"), *frames[2:])


def test_deep_nesting_is_swept_in_one_pass():
    depth = 20_000
    doc_id = pl.Series("doc_id", ["a"] * depth, pl.Enum(["a"]))
    words = pl.DataFrame({"doc_id": doc_id, "start": pl.Series(range(depth), dtype=pl.UInt32)})
    contents = pl.Series([[[i, depth]] for i in range(depth)], dtype=schema.TABLES["attributions"]["content"])
    voices = pl.DataFrame({"doc_id": doc_id, "content": contents})
    assert owners(words, voices).to_list() == list(range(depth))
