"""The lexicons: their own examples, their size, and what a wrong file is told."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from discourse.attribution import roles
from discourse.attribution.attribute import attribute
from discourse.attribution.entries import entries
from discourse.attribution.lexicon import FOLDER, load_lexicon, stem
from discourse.core.errors import DiscourseError
from discourse.language.annotate import tokens

LEXICON = load_lexicon()


def _attributions(lines: list[str]) -> dict[str, list[dict[str, object]]]:
    documents = pl.DataFrame({"doc_id": [str(i) for i in range(len(lines))], "title": [""] * len(lines), "text": lines})
    found: dict[str, list[dict[str, object]]] = {}
    for row in attribute(documents, tokens(documents))[0].iter_rows(named=True):
        found.setdefault(row["doc_id"], []).append(row)
    return found


def test_size() -> None:
    phrases = len(LEXICON.phrases) + sum(map(len, LEXICON.verbals.values())) + len(LEXICON.nominal)
    assert len(LEXICON.verbs) >= 250
    assert phrases >= 60


def test_yes_examples_have_the_cue_marked_in_them() -> None:
    examples = [(where, line) for where, key, line in LEXICON.examples if key == "yes"]
    plain = [line.replace("[", "").replace("]", "") for _, line in examples]
    found = _attributions(plain)
    wrong = []
    for number, (where, line) in enumerate(examples):
        start = line.index("[")
        end = line.index("]") - 1
        cues = [row["cue"] for row in found.get(str(number), [])]
        if not any(isinstance(cue, list) and cue[0] < end and cue[1] > start for cue in cues):
            wrong.append(f"{where}: {line}")
    assert wrong == []


def test_no_examples_have_no_cue() -> None:
    examples = [(where, line) for where, key, line in LEXICON.examples if key == "no"]
    found = _attributions([line for _, line in examples])
    assert {examples[int(number)] for number in found} == set()


@pytest.mark.parametrize(("where", "source", "role"), LEXICON.role_examples)
def test_role_examples(where: str, source: str, role: str) -> None:
    documents = pl.DataFrame({"doc_id": ["a"], "title": [""], "text": [f"Tak uważa {source}."]})
    frame = tokens(documents).slice(2)
    words = [(lemma, form) for lemma, form in frame.select("lemma", "form").iter_rows() if form[0].isalnum()]
    assert roles.decide(roles.signs(words, LEXICON))[0] == role


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
