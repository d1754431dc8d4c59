"""The lexicons: their own examples, their size, and what a wrong file is told."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from discourse.attribution.attribute import attribute
from discourse.attribution.endings import stem
from discourse.attribution.entries import entries, of_voices
from discourse.attribution.examples import check_examples
from discourse.attribution.lexicon import FOLDER, Lexicon, load_lexicon
from discourse.attribution.listing import SECTIONS, listing
from discourse.core.errors import DiscourseError
from discourse.language.annotate import tokens

LEXICON = load_lexicon()


def test_size() -> None:
    phrases = len(LEXICON.phrases) + sum(map(len, LEXICON.verbals.values())) + len(LEXICON.nominal)
    assert len(LEXICON.verbs) >= 250
    assert phrases >= 60


def test_every_example_comes_out_as_it_says() -> None:
    assert {one.kind for one in LEXICON.examples} == {"yes", "no", "role"}
    assert check_examples(LEXICON) == []


def test_an_example_that_does_not_is_told_with_its_file_and_entry(tmp_path: Path) -> None:
    path = tmp_path / "glosy.toml"
    path.write_text(
        '[[group]]\nstance = "neutral"\nframes = ["clause"]\nimperfective = ["bajdurzyć"]\n'
        'yes = ["Wójt [mruczy] pod nosem.", "Wójt [bajdurzy], że most stoi."]\nno = ["Wójt bajdurzy, że most stoi."]\n'
        '[[person]]\nrole = "expert"\nlemmas = ["bajarz"]\nyes = [["bajarz Jan Maj", "media"]]\n',
        encoding="utf-8",
    )
    assert [str(one) for one in check_examples(load_lexicon([path]), [path])] == [
        f"{path}: [[group]] number 1: no report is found with this cue: Wójt [mruczy] pod nosem.",
        f"{path}: [[group]] number 1: a report is found, and should not be: Wójt bajdurzy, że most stoi.",
        f"{path}: [[person]] number 1: the role is expert, not media: bajarz Jan Maj",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[grupa]]\nstance = "neutral"', "unknown section 'grupa'; did you mean 'group'?"),
        ('[[group]]\nstance = "neutral"\nframe = ["clause"]', "unknown key 'frame'; did you mean 'frames'?"),
        ('[[group]]\nstance = "cool"\nframes = ["clause"]', "unknown stance 'cool'"),
        ('[[group]]\nstance = "neutral"', "'frames' is missing"),
        ('[[person]]\nrole = "guru"\nlemmas = ["mag"]', "unknown role 'guru'"),
        ('[[phrase]]\nid = "x"\nwords = ["x"]\ncase = "gen"\nyes = ["x wójta."]', "one pair of brackets"),
        ("[[person]\n", "not valid TOML"),
        ('[[off]]\nwords = ["mrówić"]', "unknown word 'mrówić'; did you mean 'mówić'?"),
        ('[[entry]]\nid = "x"\n[[off]]\nwords = ["rzec"]', "'entry' is of markers; put them and voices into two files"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DiscourseError) as caught:
        load_lexicon([path])
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_users_file_adds_to_the_built_in(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[person]]\nrole = "expert"\nlemmas = ["bajarz"]\n', encoding="utf-8")
    assert load_lexicon([path]).persons["bajarz"] == "expert"
    assert load_lexicon([path]).persons["minister"] == "official"


def test_a_verb_has_one_stance(tmp_path):
    path = tmp_path / "verbs.toml"
    path.write_text(
        '[[group]]\nstance = "neutral"\nframes = ["speech"]\nimperfective = ["gaworzyć"]\n'
        '[[group]]\nstance = "emotive"\nframes = ["speech"]\nimperfective = ["gaworzyć się"]\n',
        encoding="utf-8",
    )
    with pytest.raises(DiscourseError, match="'gaworzyć' stands in a group of another stance too"):
        load_lexicon([path])
    assert load_lexicon().verbs["tłumaczyć"].stance == "neutral"


def test_a_body_of_the_user_takes_the_place_of_ours_and_is_found_by_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "bodies.toml"
    path.write_text(
        '[[body]]\nrole = "expert"\nkinds = ["dziennik"]\nnames = ["Nowy Głos Doliny", "Frankfurter Rundschau"]\n',
        encoding="utf-8",
    )
    ours, theirs = load_lexicon(), load_lexicon([path])
    rundschau = tuple(map(stem, ("Frankfurter", "Rundschau")))
    assert ours.institution_phrases[rundschau] == "media" and theirs.institution_phrases[rundschau] == "expert"
    assert ours.kinds_of("Nowy Głos Doliny") == () and theirs.kinds_of("Nowy Głos Doliny")[0].nouns == {"dziennik"}


def test_no_body_is_named_twice() -> None:
    names = [name for _, _, entry in entries(FOLDER / "bodies.toml") for name in entry["names"]]
    assert len(names) == len(set(names)) > 10_000


def _speakers(text: str, lexicon: Lexicon) -> list[tuple[str, str, str]]:
    documents = pl.DataFrame({"doc_id": ["a"], "title": [""], "text": [text]})
    return attribute(documents, tokens(documents), lexicon=lexicon)[0].select("verb", "speaker", "role").rows()


def test_words_of_the_user_are_heard_and_words_switched_off_are_not(tmp_path: Path) -> None:
    path = tmp_path / "glosy.toml"
    path.write_text(
        '[[off]]\nwords = ["rzec", "zwrócić uwaga", "zdaniem", "Donald Tusk", "Frankfurter Rundschau"]\n'
        '[[group]]\nstance = "distancing"\nframes = ["clause"]\nimperfective = ["bajdurzyć"]\n'
        '[[person]]\nrole = "expert"\nlemmas = ["bajarz"]\n',
        encoding="utf-8",
    )
    ours, theirs = load_lexicon(), load_lexicon([path])
    told = "Bajarz Jan Sowa bajdurzy, że most stoi. – Stoi – rzekł wójt. Wójt zwrócił uwagę, że stoi. "
    told += "Zdaniem wójta most stoi."
    assert ("bajdurzyć", "Jan Sowa", "expert") in _speakers(told, theirs)
    assert {verb for verb, _, _ in _speakers(told, ours)} >= {"rzec", "zwrócić uwaga", "zdaniem"}
    assert {verb for verb, _, _ in _speakers(told, theirs)}.isdisjoint(("rzec", "zwrócić uwaga", "zdaniem"))
    assert "Donald Tusk" in set(listing(ours)["word"]) - set(listing(theirs)["word"])
    assert ours.kinds_of("Frankfurter Rundschau") and not theirs.kinds_of("Frankfurter Rundschau")
    assert "tusk" in ours.surnames and "tusk" not in theirs.surnames


@pytest.mark.parametrize("word", ["nie się", "IV", "nie"])
def test_odd_words_are_switched_off_by_nobody(tmp_path: Path, word: str) -> None:
    path = tmp_path / "glosy.toml"
    path.write_text(f'[[off]]\nwords = ["{word}"]\n', encoding="utf-8")
    with pytest.raises(DiscourseError, match="unknown word"):
        load_lexicon([path])


def test_a_file_is_of_voices_by_its_sections(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    markers = ("category = 'hedge'", "off = ['chyba']", "off = 5", "off = {a = 1}", "[[person]")
    for text, voices in (("[[off]]\nwords = ['rzec']", True), *((text, False) for text in markers)):
        path.write_text(text, encoding="utf-8")
        assert of_voices(path) == voices
    assert not of_voices(tmp_path / "missing.toml")


def test_the_listing_has_every_section() -> None:
    rows = listing(LEXICON)
    assert rows["section"].unique(maintain_order=True).to_list() == list(SECTIONS)
    assert len(rows.filter(pl.col("section") == "verb")) == len(LEXICON.verbs) + len(LEXICON.negated)


@pytest.mark.parametrize(
    "forms",
    ["Krajowa Krajowej Krajową", "Związek Związku Związkiem", "Urząd Urzędu Urzędem", "Rada Rady Radzie Radą",
     "Ośrodek Ośrodka", "Kościół Kościoła", "Gazeta Gazecie Gazety", "Światowa Światowej"],
)  # fmt: skip
def test_words_of_names_in_all_their_cases(forms: str) -> None:
    assert len(set(map(stem, forms.split()))) == 1
