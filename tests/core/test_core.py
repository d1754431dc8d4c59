"""Errors, settings, files, random streams, Polish order and numbers."""

from pathlib import Path

import numpy as np
import pytest

from discourse.core import seeds
from discourse.core.errors import DiscourseError, unknown
from discourse.core.files import replacing, writable, write_text
from discourse.core.polish import collation, number
from discourse.core.settings import Settings, parse, read_toml


class Inner(Settings):
    draws: int = 3


class Outer(Settings):
    name: str
    contrasts: Inner | None = None


def test_unknown_name_gets_the_nearest_one() -> None:
    assert str(unknown("corpus", "demmo", ["demo", "sejm"])) == "unknown corpus 'demmo'; did you mean 'demo'?"
    assert str(unknown("corpus", "xyz", ["sejm", "demo"])) == "unknown corpus 'xyz'; known: demo, sejm"


def test_unknown_key_is_named_with_the_nearest_key_of_its_table() -> None:
    with pytest.raises(DiscourseError, match=r"f\.toml: unknown key 'contrasts\.drows'; did you mean 'draws'\?"):
        parse(Outer, {"name": "a", "contrasts": {"drows": 3}}, "f.toml")


def test_missing_and_wrong_values_are_named() -> None:
    with pytest.raises(DiscourseError, match="key 'name' is missing"):
        parse(Outer, {}, "f.toml")
    with pytest.raises(DiscourseError, match=r"contrasts\.draws: input should be a valid integer"):
        parse(Outer, {"name": "a", "contrasts": {"draws": "many"}}, "f.toml")


def test_broken_toml_names_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "e.toml"
    file.write_text("name = \n")
    with pytest.raises(DiscourseError, match=r"e\.toml: not valid TOML: .*line 1"):
        read_toml(file)


def test_streams_depend_on_seed_and_name_alone() -> None:
    first = seeds.stream(7, "contrasts", "genre").random(3)
    seeds.stream(7, "topics").random(10)
    assert np.array_equal(first, seeds.stream(7, "contrasts", "genre").random(3))
    assert not np.array_equal(first, seeds.stream(8, "contrasts", "genre").random(3))
    assert not np.array_equal(first, seeds.stream(7, "contrasts", "outlet").random(3))
    assert seeds.integer(7, "a") == seeds.integer(7, "a") != seeds.integer(7, "b")


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    file = write_text(tmp_path / "deep" / "a.txt", "old")
    with pytest.raises(RuntimeError), replacing(file) as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert file.read_text() == "old"
    assert [path.name for path in file.parent.iterdir()] == ["a.txt"]


def test_a_place_that_cannot_be_written_is_refused_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DiscourseError, match="cannot write"):
        writable(tmp_path / "file" / "a.csv")
    with pytest.raises(DiscourseError, match="it is a folder"):
        writable(tmp_path)


def test_polish_alphabet() -> None:
    words = ["żaba", "zima", "źrebię", "ćma", "cena", "Łódź", "las", "ósmy", "osa", "Ala", "ąż"]
    wanted = ["Ala", "ąż", "cena", "ćma", "las", "Łódź", "osa", "ósmy", "zima", "źrebię", "żaba"]
    assert sorted(words, key=collation) == wanted


def test_numbers_as_printed() -> None:
    assert number(1234.5, 1) == "1\u00a0234,5"
    assert number(-0.001, 2) == "0,00"
    assert number(-1234.5, 1, "en") == "−1,234.5"
    assert number(None) == number(float("nan")) == "–"
