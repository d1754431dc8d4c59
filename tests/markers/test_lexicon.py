"""Lexicons: every example of the built-in one holds, and wrong files are refused with file, entry and reason."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.core.schema import CATEGORIES
from discourse.language.annotate import tokens
from discourse.markers.examples import check_examples
from discourse.markers.lexicon import FAMILIES, example, load_lexicons, untrained

MARKER = 'category = "hedge"\nhyland = "hedge"\nengagement = "entertain"\n\n[[entry]]\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "moje.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_example_of_the_built_in_lexicon_holds() -> None:
    assert [str(failure) for failure in check_examples(load_lexicons(families=FAMILIES))] == []


def test_the_built_in_lexicon_covers_every_category() -> None:
    lexicon = load_lexicons()
    assert {entry.category for entry in lexicon.entries} == set(CATEGORIES)
    assert len(lexicon.entries) >= 400
    assert all(entry.yes and entry.no for entry in lexicon.entries)


def test_an_example_has_its_spans() -> None:
    assert example("[Chyba] pada, [może] grad.") == ("Chyba pada, może grad.", [(0, 5), (12, 16)])


def test_a_user_file_adds_replaces_and_switches_off(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'off = ["raczej"]\n' + MARKER + 'id = "bodajby"\npattern = "bodajby"\nyes = "[Bodajby] padało."\n'
        '[[entry]]\nid = "chyba"\nreplace = true\npattern = "chyba nie"\nyes = "To [chyba nie] to."\n'
        'no = "To chyba to."\n',
    )
    lexicon = load_lexicons([path])
    assert "raczej" not in lexicon.ids
    assert lexicon["bodajby"].file == "moje.toml"
    assert lexicon["chyba"].pattern == ("chyba nie",)
    assert [failure for failure in check_examples(lexicon) if failure.entry.file == "moje.toml"] == []


def test_a_list_of_words_stands_for_its_alternatives(tmp_path: Path) -> None:
    text = '[lists]\nskies = "grad śnieg"\n[[entry]]\nid = "x"\nyes = "[Chyba] grad."\n'
    text += "pattern = '@chyba [lemma=\"$skies\"]'\n"
    head = MARKER.removesuffix("[[entry]]\n")
    lexicon = load_lexicons([written(tmp_path, head + text)], builtin=False)
    assert lexicon["x"].pattern == ('@chyba [lemma="grad|śnieg"]',)
    assert check_examples(lexicon) == []


def test_a_failing_example_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, MARKER + 'id = "x"\npattern = "owszem"\nyes = "[Tak], owszem."\nno = "Owszem, tak."\n')
    assert [str(failure) for failure in check_examples(load_lexicons([path], builtin=False))] == [
        "moje.toml: entry 'x': not found as marked ('owszem' as 'x'): [Tak], owszem.",
        "moje.toml: entry 'x': found 'Owszem', and should not be: Owszem, tak.",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = [", "not TOML: "),
        ('colour = "red"\n', "unknown key 'colour'"),
        ('off = ["chiba"]\n', "off: unknown marker 'chiba'; did you mean 'chyba'?"),
        ('off = "chyba"\n', 'off: expected a list of ids, such as off = ["chyba"]'),
        (MARKER + 'id = "x"\npatern = "a"\n', "entry 'x': unknown key 'patern'; did you mean 'pattern'?"),
        (MARKER + 'pattern = "a"\nyes = "[A]."\n', "entry number 1: id: Field required"),
        (
            MARKER + 'id = "x"\ncategory = "hege"\npattern = "a"\nyes = "[A]."\n',
            "entry 'x': category: unknown category 'hege'; did you mean 'hedge'?",
        ),
        (
            MARKER + 'id = "x"\npattern = "(a"\nyes = "[A]."\n',
            "entry 'x': pattern: pattern '(a', character 3: expected ')' to close the group; the pattern ends here",
        ),
        (
            MARKER + "id = \"x\"\npattern = '[lemma=\"$sky\"]'\nyes = \"[A].\"\n",
            "entry 'x': unknown list $sky",
        ),
        (MARKER + 'id = "x"\npattern = "a"\nyes = "A."\n', "put the marker of the sentence in square brackets: 'A.'"),
        (
            MARKER + 'id = "chyba"\npattern = "a"\nyes = "[A]."\n',
            "entry 'chyba': the id is taken by hedge.toml; choose another, or say replace = true",
        ),
        (
            MARKER + 'id = "chybaa"\nreplace = true\npattern = "a"\nyes = "[A]."\n',
            "entry 'chybaa': nothing to replace; did you mean 'chyba'?",
        ),
        (
            MARKER + 'id = "x"\npattern = "a"\nyes = "[A]."\n[[entry]]\nid = "x"\npattern = "b"\nyes = "[B]."\n',
            "entry 'x': the id is taken by an entry of moje.toml",
        ),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(DiscourseError) as error:
        load_lexicons([written(tmp_path, text)])
    message = str(error.value)
    assert "moje.toml" in message
    assert reason in message
    assert "\n" not in message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DiscourseError, match="no such lexicon"):
        load_lexicons([tmp_path / "brak.toml"])


def test_no_pattern_asks_for_a_word_that_the_tokens_never_have() -> None:
    asked: dict[str, str] = {}
    for one in untrained().entries:
        for pattern in (*one.pattern, *one.unless, *one.hint):
            for values in re.findall(r'(?:lower|form)="([^"]+)"|"([^"=]+)"%c', pattern):
                asked |= {word: one.id for word in "|".join(values).split("|") if word.isalpha()}
    words = sorted(asked)
    table = tokens(pl.DataFrame({"doc_id": words, "title": "", "text": [f"Tak {word} i" for word in words]}))
    split = table.group_by("doc_id").len().filter(pl.col("len") > 3)["doc_id"].to_list()
    assert {word: asked[word] for word in split} == {}
