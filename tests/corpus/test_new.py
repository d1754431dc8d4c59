"""From files to a corpus in one command: what manifest is proposed, and what is said of the files."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.corpus.documents import documents, reading
from discourse.corpus.manifest import find
from discourse.corpus.new import Made, keep_lines, new
from discourse.corpus.recurrent import recurrent

TEXTS = [
    "Most w Zalesinie zamknięto w środę. Radni obradowali do nocy i wrócą do sprawy za tydzień.",
    "Szkoła w Zalesinie ma za mało uczniów. Wójt zapewnia jednak, że nikt jej nie zamknie.",
    "Rzeka opadła o metr. Hydrolodzy mówią, że tak suchego lata nie było tu od trzydziestu lat.",
    "Nowy dworzec otworzą wiosną. Podróżni czekają na niego od dekady i już w to nie wierzą.",
]


def made(tmp_path: Path, *paths: str, **options: bool) -> Made:
    return new("moje", [tmp_path / path for path in paths], tmp_path / "projekt", **options)  # type: ignore[arg-type]


def settings(found: Made) -> dict[str, object]:
    """The manifest without what is the same everywhere."""
    same = ("name", "title", "licence", "kind", "files", "found")
    return {key: value for key, value in found.proposal.manifest.items() if key not in same}


def test_a_spreadsheet_of_somebody_else_is_understood_by_its_columns(tmp_path: Path) -> None:
    lines = ["Identyfikator;Data publikacji;Gazeta;Tytuł;Treść artykułu"]
    days = ["3.02.2021", "4 lutego 2021", "2021-02-05", "31.02.2021"] * 5
    lines += [f"{n};{days[n]};{'Kurier' if n % 2 else 'Głos'};T{n};{TEXTS[n % 4]} Odcinek {n}." for n in range(20)]
    (tmp_path / "eksport.csv").write_bytes("\r\n".join(lines).encode("cp1250"))
    found = made(tmp_path, "eksport.csv")
    assert settings(found) == {
        "reader": "csv",
        "root": str(tmp_path),
        "rename": {"Treść artykułu": "text", "Tytuł": "title", "Identyfikator": "doc_id", "Data publikacji": "date",
                   "Gazeta": "outlet"},
        "dates": ["date"],
        "groups": ["outlet"],
    }  # fmt: skip
    frame = documents(find("moje", [tmp_path / "projekt"]))
    assert frame.select("doc_id", "title", "date", "outlet").row(1) == ("1", "T1", "2021-02-04", "Kurier")
    assert frame["text"][0] == f"{TEXTS[0]} Odcinek 0."
    assert "encoding cp1250: 1 files" in found.proposal.notes
    problems = {problem.kind: problem.number for problem in found.examined.problems}
    assert problems["date not understood"] == 5


def test_folders_and_file_names_become_metadata(tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS * 3):
        outlet = "kurier.pl" if number % 2 else "glos.pl"
        place = tmp_path / "teksty" / outlet / f"2021-02-{number + 1:02}_{number}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"Tytuł numer {number}\n\n{text} Odcinek {number}.\n")
    found = made(tmp_path, "teksty")
    assert settings(found) == {
        "reader": "text", "root": str(tmp_path / "teksty"), "options": {"title_line": True},
        "names": "{outlet}/{date}_{_}", "dates": ["date"], "groups": ["outlet"],
    }  # fmt: skip
    assert found.examined.documents.sort("date").row(1, named=True) == {
        "doc_id": "2021-02-02_1", "title": "Tytuł numer 1", "text": f"{TEXTS[1]} Odcinek 1.", "outlet": "kurier.pl",
        "date": "2021-02-02", "corpus": "moje",
    }  # fmt: skip


def test_a_table_beside_the_texts_is_found_by_what_it_names(tmp_path: Path) -> None:
    folder = tmp_path / "teksty"
    folder.mkdir()
    for name, text in zip("abcd", TEXTS, strict=True):
        (folder / f"{name}.txt").write_text(text)
    rows = "".join(f"{name}.txt,Tytuł {name},Lis\n" for name in "abc")
    (folder / "spis.csv").write_text(f"plik,tytuł,autor\n{rows}")
    found = made(tmp_path, "teksty")
    assert found.proposal.manifest["table"] == "spis.csv"
    assert found.proposal.manifest["table_rows"] == "some"
    assert found.proposal.manifest["rename"] == {"tytuł": "title", "autor": "author", "plik": "doc_id"}
    assert found.examined.documents.select("doc_id", "title", "author").rows() == [
        ("a", "Tytuł a", "Lis"), ("b", "Tytuł b", "Lis"), ("c", "Tytuł c", "Lis"), ("d", "", None)
    ]  # fmt: skip


def test_json_lines_with_other_names_and_a_broken_line(tmp_path: Path) -> None:
    rows = [json.dumps({"url": f"https://a.pl/{n}", "headline": "T", "body": text}) for n, text in enumerate(TEXTS)]
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join([*rows, "{broken"]))
    found = made(tmp_path, "a.jsonl.gz")
    assert settings(found)["rename"] == {"body": "text", "headline": "title", "url": "doc_id"}
    assert [one.kind for one in found.examined.rejected] == ["malformed"]
    assert found.proposal.manifest["found"] == {"documents": 4, "rejected": 1}


def test_ids_that_repeat_are_no_ids(tmp_path: Path) -> None:
    ids = [f"nr {number % 420}" for number in range(500)]  # those of the first rows are still distinct
    pl.DataFrame({"id": ids, "text": TEXTS * 125}).write_parquet(tmp_path / "a.parquet")
    found = made(tmp_path, "a.parquet", quick=True)
    assert found.examined.documents["doc_id"].to_list()[:2] == ["a-1", "a-2"]
    assert (found.examined.documents.height, found.examined.rejected) == (500, [])


def test_an_archive_is_a_corpus_as_it_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name, text in zip("abcd", TEXTS, strict=True):
            archive.writestr(f"teksty/{name}.txt", text)
        archive.writestr("teksty/spis.csv", "nr,rok\n" + "".join(f"{name},2021\n" for name in "abcd"))
    found = made(tmp_path, "a.zip")
    assert found.examined.documents.select("doc_id", "rok").rows() == [(name, "2021") for name in "abcd"]


def test_what_cannot_be_read_is_counted_with_its_reason(tmp_path: Path) -> None:
    folder = tmp_path / "teksty"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXTS[0])
    (folder / "b.txt").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "c.txt").write_text("ZaÅ¼Ã³Å‚Ä‡ gÄ™Å›lÄ… jaÅºÅ„, bo tak wyszÅ‚o.")
    (folder / "d.txt").write_text("The council closed the bridge on Wednesday after a long debate at night.")
    (folder / "e.txt").write_text(TEXTS[0])
    found = made(tmp_path, "teksty")
    assert [(p.kind, p.number) for p in found.examined.problems] == [
        ("rejected: unreadable", 1), ("too short", 1), ("not polish", 1), ("mojibake", 1), ("duplicate", 1)
    ]  # fmt: skip
    assert [one.reason for one in found.examined.rejected] == ["is no text (it has NUL characters)"]
    again = reading(find("moje", [tmp_path / "projekt"]))
    assert again.documents.height == 4 and len(again.rejected) == 1


def test_recurring_lines_are_kept_beside_the_manifest_and_flagged_from_then_on(tmp_path: Path) -> None:
    from discourse.corpus.clean import boilerplate
    from discourse.language.annotate import tokens

    folder = tmp_path / "teksty"
    folder.mkdir()
    for number in range(8):
        text = f"{TEXTS[number % 4]} Odcinek {number}.\nTygodnik za darmo: prenumeruj!\n"
        (folder / f"{number}.txt").write_text(text)
    found = made(tmp_path, "teksty")
    lines = recurrent(found.examined.documents)
    assert lines.rows() == [("Tygodnik za darmo: prenumeruj!", 8, 4)]
    keep_lines(found.corpus, lines)
    frame = documents(find("moje", [tmp_path / "projekt"]))
    doc_id, start, end, kind = boilerplate(frame).row(0)
    assert (doc_id, frame["text"][0][start:end], kind) == ("0", "Tygodnik za darmo: prenumeruj!", "recurrent")
    flagged = tokens(frame).filter(pl.col("boilerplate") & (pl.col("doc_id") == "0"))
    assert flagged["form"].to_list() == ["Tygodnik", "za", "darmo", ":", "prenumeruj", "!"]


@pytest.mark.parametrize(
    ("name", "files", "message"),
    [
        ("Moje", {"a.txt": "x"}, "name 'Moje': use small letters"),
        ("moje", {"a.csv": "nr,rok\n1,2021\n"}, r"a\.csv: no column holds texts; it has nr, rok"),
        ("moje", {"a.png": "x"}, "no file to read in this folder"),
        ("moje", {"a.csv": "nr,tekst\n"}, "no document in these files"),
    ],
)
def test_what_cannot_be_a_corpus_is_refused_and_nothing_is_written(
    tmp_path: Path, name: str, files: dict[str, str], message: str
) -> None:
    (tmp_path / "in").mkdir()
    for file, text in files.items():
        (tmp_path / "in" / file).write_text(text)
    with pytest.raises(DiscourseError, match=message):
        new(name, [tmp_path / "in"], tmp_path / "projekt")
    assert not (tmp_path / "projekt").exists()


def test_a_manifest_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS[0])
    made(tmp_path, "a.txt")
    with pytest.raises(DiscourseError, match="is there already; choose another name"):
        made(tmp_path, "a.txt")
    assert made(tmp_path, "a.txt", replace=True).examined.documents.height == 1


def test_days_that_may_be_months_are_in_doubt_where_others_can_only_be_months(tmp_path: Path) -> None:
    days = ["12/31/2020", "01/02/2021", "03/02/2021", "02/02/2021"]
    lines = [f'd{number},"{text}",{day}' for number, (text, day) in enumerate(zip(TEXTS, days, strict=True))]
    (tmp_path / "a.csv").write_text("\n".join(["doc_id,text,date", *lines]), encoding="utf-8")
    problems = {problem.kind: problem for problem in made(tmp_path, "a.csv").examined.problems}
    assert problems["date in doubt"].number == 2
    assert "d1: 01/02/2021" in problems["date in doubt"].examples[0]
    (tmp_path / "a.csv").write_text("\n".join(["doc_id,text,date", *lines[1:]]), encoding="utf-8")
    assert not [p for p in made(tmp_path, "a.csv", replace=True).examined.problems if "doubt" in p.kind]


def test_a_name_that_another_corpus_has_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    found = new("demo", [tmp_path / "a.txt"], tmp_path / "projekt")
    assert any("a corpus 'demo' is there already" in note for note in found.proposal.notes)


def test_a_table_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "teksty").mkdir()
    for number, text in enumerate(TEXTS):
        (tmp_path / "teksty" / f"t{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "teksty" / "spis.csv").write_text("plik;autor\nt0.txt;Lis;x\n", encoding="utf-8")
    notes = made(tmp_path, "teksty").proposal.notes
    assert any("not used as a table of metadata" in note and "spis.csv, line 2" in note for note in notes)


def test_lines_that_are_all_malformed_say_why(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{'text': 'Deszcz'}\n", encoding="utf-8")
    with pytest.raises(DiscourseError, match=r"a\.jsonl, line 1: malformed JSON"):
        made(tmp_path, "a.jsonl")
