"""What stands near a passage without a name: nouns that agree with a pronoun, owners of nouns of saying, questions."""

from __future__ import annotations

import pytest

from discourse.attribution.lexicon import load_lexicon
from discourse.attribution.questions import DROPPED, IMPERSONAL, PRONOUN, Candidate, Question
from discourse.attribution.reports import reports
from discourse.attribution.speakers import Resolver
from discourse.attribution.view import articles
from discourse.language.annotate import tokens
from tests.attribution.reading import documents


def last(text: str) -> tuple[Question, list[Candidate]]:
    """The last question that a text puts, with its candidates."""
    frame = documents([text])
    article = next(iter(articles(frame, tokens(frame), load_lexicon())))
    resolver = Resolver(article, load_lexicon())
    resolver.log = []
    resolver.resolve(reports(article, load_lexicon()))
    question, candidates, _ = resolver.log[-1]
    return question, candidates


def features(candidates: list[Candidate], name: str) -> list[str]:
    return next((one.features for one in candidates if one.speaker is not None and one.speaker.name == name), [])


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        ("Wójt Jan Wilk ogłosił raport o mostach. Wynika z niego, że runą.", "raport o mostach", "near text 0, from"),
        ("Jan Wilk spierał się z rybakami. Ich zdaniem most runie.", "rybacy", "near person 0, whose"),
        ("Rada przyjęła uchwałę. Podkreślono w niej, że most stoi.", "uchwała", "near text 0, in"),
        ("Jan Wilk pisał do ministerstwa. Jego zdaniem most stoi.", "ministerstwo", "near body 0, whose"),
    ],
)
def test_a_pronoun_may_mean_a_noun_that_agrees_with_it(text: str, name: str, feature: str) -> None:
    question, candidates = last(text)
    assert question.kind == PRONOUN
    assert feature in features(candidates, name)


def test_a_pronoun_means_no_noun_of_another_gender() -> None:
    _, candidates = last("Wójt ogłosił uchwałę i raport. Wynika z niego, że most runie.")
    assert not features(candidates, "uchwała")


def test_a_noun_of_saying_belongs_to_the_subject_of_its_verb() -> None:
    question, candidates = last("Rada mówi, że runie. Jan Wilk podtrzymał zapowiedź, że most stanie.")
    assert question.kind == IMPERSONAL
    assert "owner, giving" in features(candidates, "Jan Wilk")
    assert "another's, giving" in features(candidates, "Rada")


def test_a_noun_of_saying_whose_verb_has_no_subject_is_of_who_spoke_before() -> None:
    question, _ = last("Anna Lis mówi, że most runie. Powtórzyła też zarzut, że wójt o tym wiedział.")
    assert question.kind == DROPPED


def test_one_who_is_told_something_does_not_say_it() -> None:
    question, candidates = last("Jan Wilk dostał odpowiedź, że most stoi.")
    assert question.kind == IMPERSONAL
    assert "owner, taking" in features(candidates, "Jan Wilk")


def test_whom_a_question_names_does_not_answer_it() -> None:
    _, candidates = last("Anna Lis mówi, że most stoi. Zapytana, czy Ewa Maj tam mieszka, odparła, że mieszka.")
    assert "asked about" in features(candidates, "Ewa Maj")
    assert "asked about" not in features(candidates, "Anna Lis")


def test_whom_words_without_marks_may_name_is_told_apart() -> None:
    text = "Anna Lis mówi, że most stoi. Ewa Maj ma inne zdanie. Most runie jeszcze w tym roku - dodała."
    assert "mention 1, unmarked, not last" in features(last(text)[1], "Ewa Maj")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jan Wilk przedstawił nowe wyniki badań mostu. Wynika z nich, że runie.", "nowe wyniki badań mostu"),
        ("Wójt Jan Wilk pokazał wczoraj tabelkę. Wynika z niej, że most runie.", "tabelka"),
    ],
)
def test_what_follows_from_something_follows_from_a_text(text: str, name: str) -> None:
    question, _ = last(text)
    assert question.rule is not None and question.rule.name == name


def test_those_who_are_convinced_are_as_many_as_the_word_tells() -> None:
    text = "Jan Wilk mówi, że most stoi. Rybacy mówią, że runie. Są przekonani, że nikt o nich nie dba."
    question, _ = last(text)
    assert question.kind == DROPPED and not question.report.mask & 31
