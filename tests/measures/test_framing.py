"""The measures of framing, each worked out by hand on one composed article."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable

import pytest

from discourse.measures import MEASURES, measure

_TEXT = (
    "Eksperci/ekspert/subst:pl:nom:m1 : wał/wał/subst pęknie/pęknąć/fin . "
    "Wał/wał/subst chyba/chyba/part przecieka/przeciekać/fin bardzo/bardzo/adv , mówi/mówić/fin dr Lis/Lis/subst . "
    "Burmistrz/burmistrz/subst:sg:nom:m1 twierdzi/twierdzić/fin , że/że/comp trzeba/trzeba/pred czekać/czekać/inf . "
    "Hydrolożka/hydrolożka/subst:sg:nom:f wyjaśnia/wyjaśniać/fin , że/że/comp rzeka/rzeka/subst opadnie/opaść/fin . "
    "Wał/wał/subst przecieka/przeciekać/fin , a/a/conj rzeka/rzeka/subst może/móc/fin opaść/opaść/inf ."
)


@pytest.fixture
def article(annotation):
    """Four speakers; 26 words, of which experts have 2 + 4 + 2, the mayor 2 and the author 16."""
    annotation.article("a", _TEXT)
    annotation.documents[0] |= {"title": "Eksperci : wał pęknie ."}  # as if the first sentence were the headline

    def says(*pieces: str, speaker: str, role: str, stance: str = "neutral", source: str = "") -> None:
        place = annotation.place("a", source) if source else None
        annotation.says("a", *pieces, speaker=speaker, role=role, verb="mówić", verb_stance=stance, source=place)

    says("wał pęknie", speaker="eksperci", role="expert", source="Eksperci")
    says("Wał chyba przecieka bardzo", speaker="Ewa Lis", role="expert", source="dr Lis")
    says("trzeba czekać", speaker="Jan Sum", role="official", stance="distancing", source="Burmistrz")
    says("rzeka opadnie", speaker="hydrolożka", role="expert", stance="endorsing", source="Hydrolożka")
    annotation.speaker("a", "eksperci", "expert", name=None)
    annotation.speaker("a", "Ewa Lis", "expert", gender="f", titles="dr", affiliation="Instytut Rzek")
    annotation.speaker("a", "Jan Sum", "official", gender="m")
    annotation.speaker("a", "hydrolożka", "expert", name=None, gender="f")
    annotation.marker("a", "chyba", "hedge", attribution=1)
    annotation.marker("a", "bardzo", "booster", attribution=1)
    annotation.marker("a", "trzeba", "obligation", attribution=2)
    annotation.marker("a", "może", "hedge")
    # the documents' text stays as it is: offsets are of tokens, and the headline is told by its length
    annotation.article("nikt", "Pada deszcz .")
    return annotation


# x: words by speaker 2, 4, 2, 2, in all 10
_ENTROPY = -(3 * 0.2 * math.log2(0.2) + 0.4 * math.log2(0.4))
_BY_HAND = {
    "words": 26,
    "attributed_share": 100 * 10 / 26,
    "expert_share": 100 * 8 / 26,
    "official_share": 100 * 2 / 26,
    "media_share": 0,
    "speakers": 4,
    "expert_speakers": 3,
    "official_speakers": 1,
    "citizen_speakers": 0,
    "one_source_index": 40,
    "speaker_entropy": _ENTROPY,
    "speaker_gini": (-3 * 2 - 1 * 2 + 1 * 2 + 3 * 4) / (3 * 10),
    "first_expert": 100 * 1 / 26,
    "expert_in_lead": 100,
    "expert_in_headline": 100,
    "endorsing_share": 25,
    "distancing_share": 25,
    "direct_share": 100,
    "indirect_share": 0,
    "titled_expert_share": 100 / 3,
    "affiliated_expert_share": 100 / 3,
    "generic_expert_share": 100 / 3,
    "anonymous_expert_share": 100 / 3,
    "women_share": 100 * 2 / 3,
    "women_words_share": 100 * 6 / 8,
    "hedge_rate_expert": 1000 * 1 / 8,
    "booster_rate_expert": 1000 * 1 / 8,
    "obligation_rate_expert": 0,
    "hedge_rate_official": 0,
    "booster_rate_official": 0,
    "obligation_rate_official": 1000 * 1 / 2,
    "hedge_rate_own": 1000 * 1 / 16,
    "booster_rate_own": 0,
    "obligation_rate_own": 0,
    # own content words after an expert's first: mówi dr Lis Burmistrz twierdzi Hydrolożka wyjaśnia, Wał przecieka
    # rzeka może opaść; brought in by experts: wał, przeciekać, rzeka, opaść
    "echo_share": 100 * 4 / 12,
}


@pytest.mark.parametrize("name", _BY_HAND)
def test_a_value_worked_out_by_hand(article, value: Callable[..., float], name: str) -> None:
    assert value(article, name) == pytest.approx(_BY_HAND[name])


@pytest.mark.parametrize("name", [name for name in MEASURES if MEASURES.get(name).family == "framing"])
def test_without_speech_a_measure_is_zero_or_missing_with_its_reason(article, name: str) -> None:
    row = measure(*article.frames(), article.cast(), names=[name]).row(1, named=True)
    assert row["doc_id"] == "nikt"
    if row["value"] is None:
        assert row["reason"] == f"no {MEASURES.get(name).base}"
    else:
        assert row["value"] == 0 and row["reason"] is None


def test_what_the_author_named_first_is_no_echo(annotation, value) -> None:
    annotation.article("a", "Wał/wał/subst . Wał/wał/subst cieknie/cieknąć/fin , mówi/mówić/fin Lis . Wał/wał/subst")
    annotation.says("a", "Wał cieknie", speaker="Lis", role="expert")
    assert value(annotation, "echo_share") == 0


def test_one_speaker_has_no_inequality(annotation, value) -> None:
    annotation.article("a", "Pada , mówi Lis .").says("a", "Pada", speaker="Lis", role="expert")
    assert value(annotation, "speaker_gini") is None
    assert value(annotation, "one_source_index") == 100


def test_without_a_table_of_speakers_nothing_is_made_up_about_them(article) -> None:
    names = ["titled_expert_share", "anonymous_expert_share", "generic_expert_share", "women_share"]
    assert measure(*article.frames(), names=names)["value"].null_count() == 2 * len(names)


@pytest.mark.parametrize("name", [name for name in MEASURES if MEASURES.get(name).family == "framing"])
def test_the_docstring_has_formula_unit_and_source(name: str) -> None:
    doc = inspect.cleandoc(MEASURES.get(name).doc)
    assert "Unit:" in doc and "Source:" in doc
