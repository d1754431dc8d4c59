"""Reading documents: formats, encodings, and what is refused."""

import gzip
import json
from pathlib import Path

import polars as pl
import pytest

from discourse.core.csv import csv_text
from discourse.core.errors import DiscourseError
from discourse.corpus.encoding import decode
from discourse.corpus.export import export
from discourse.corpus.load import batches, load

SENTENCE = "Zażółć gęślą jaźń – „wciąż” się śmiał, źle, ŚLĄSK."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_polish_encodings_are_recognised(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding), "x") == SENTENCE


def test_iso_8859_2_is_recognised() -> None:
    text = "Wciąż się śmiał, źle; ŚLĄSK."
    assert decode(text.encode("iso8859_2"), "x") == text


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02abc", bytes(range(128, 256)) * 3, b"\x89PNG\r\n\x1a\n\x00", b"\x01\x02\x03\x04ab"]
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(DiscourseError, match="is no text"):
        decode(data, "x")


def test_a_text_file_is_one_document_and_keeps_its_line_breaks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Jeden.\r\n\r\nDwa.\r\n")
    assert load([tmp_path / "a.txt"]).rows() == [("a", "", "Jeden.\n\nDwa.")]


def test_folders_json_lines_csv_and_parquet_give_the_same_documents(tmp_path: Path) -> None:
    rows = [{"doc_id": "a", "title": "T", "text": "Raz.\nDwa, „trzy”"}, {"doc_id": "b", "title": "", "text": ""}]
    frame = pl.DataFrame(rows)
    (tmp_path / "in").mkdir()
    with gzip.open(tmp_path / "in" / "d.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    frame.write_csv(tmp_path / "d.csv")
    frame.write_csv(tmp_path / "d.tsv", separator="\t")
    frame.write_parquet(tmp_path / "d.parquet")
    for path in ("in", "d.csv", "d.tsv", "d.parquet"):
        assert load([tmp_path / path]).to_dicts() == rows, path


@pytest.mark.parametrize("text", ["- Tak - mówi X.", "'- Tak", "''=1", "'Tak'", "-", "'", "=1+1", "\n- Tak"])
def test_documents_written_as_csv_are_read_as_they_were(tmp_path: Path, text: str) -> None:
    export(pl.DataFrame({"doc_id": ["a"], "title": [text], "text": [text]}), tmp_path / "d.csv")
    assert load([tmp_path / "d.csv"]).rows() == [("a", text, text)]


def test_a_parquet_name_is_no_pattern(tmp_path: Path) -> None:
    pl.DataFrame({"doc_id": ["a"], "text": ["x"]}).write_parquet(tmp_path / "dane [1].parquet")
    assert load([tmp_path / "dane [1].parquet"])["text"].to_list() == ["x"]


def test_empty_lines_before_the_header_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("\n\ndoc_id;text\na;x\n")
    assert load([tmp_path / "d.csv"]).rows() == [("a", "", "x")]


def test_a_folder_is_read_without_what_is_hidden_and_says_what_it_passes_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.txt", ".git/b.txt", "okładka.png", ".DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert load([tmp_path])["doc_id"].to_list() == ["a"]
    assert capsys.readouterr().err == f"{tmp_path}: passed over, of no known format: okładka.png\n"


def test_documents_without_an_id_are_numbered(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text('{"text": "a"}\n\n{"id": 7, "text": "b"}\n{"text": "c"}\n')
    assert load([tmp_path / "d.jsonl"])["doc_id"].to_list() == ["d-1", "7", "d-3"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("d.jsonl", '{"doc_id": "a", "text": "x"}\n{"doc_id": "b", "text": }\n', r"d\.jsonl, line 2: malformed JSON"),
        ("d.jsonl", '{"doc_id": "a", "body": "x"}\n', r"line 1: no 'text'; its keys are doc_id, body"),
        ("d.jsonl", "[1]\n", "line 1: not a JSON object but list"),
        ("d.csv", "doc_id,body\na,x\n", r"d\.csv: no column 'text'; it has doc_id, body"),
        ("d.csv", "doc_id,text\na,x,y\n", "line 2: 3 cells where the header has 2"),
        ("d.csv", 'doc_id,text\na,"x\n', "malformed CSV"),
        ("d.csv", '"a"b,text\nx,y\n', "line 1: malformed CSV"),
        ("d.csv", "doc_id,text,text\na,x,y\n", "two columns are called 'text'"),
        ("d.jsonl", '{"text": "x", "n": ' + "1" * 5000 + "}\n", "line 1: malformed JSON .a number is too long"),
        ("d.csv", "", r"d\.csv: is empty"),
        ("d.csv", "doc_id,text\na,x\na,y\n", "two documents have the id 'a'"),
        ("d.parquet", "no", "not a readable Parquet file"),
        ("d.jsonl.gz", "no", "broken gzip file"),
        ("d.xyz", "no", "no reader for '.xyz'"),
    ],
)
def test_bad_input_is_refused_by_file_and_place(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(DiscourseError, match=message):
        load([tmp_path / name])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DiscourseError, match="no such file or folder"):
        load([tmp_path / "none.txt"])


def test_one_id_in_two_files_names_both(tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / f"{name}.jsonl").write_text('{"doc_id": "a", "text": "b"}\n')
    with pytest.raises(DiscourseError, match=r"'a' \(in .*x\.jsonl and .*y\.jsonl\)"):
        load([tmp_path / "x.jsonl", tmp_path / "y.jsonl"])


def test_text_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for name in ("2020", "2021"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "01.txt").write_text("a")
    assert load([tmp_path])["doc_id"].to_list() == ["2020/01", "2021/01"]


def test_lists_stay_json_and_text_must_be_text(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text('{"doc_id": "a", "text": "b", "tags": ["ż", 1]}\n')
    assert load([tmp_path / "d.jsonl"])["tags"][0] == '["ż", 1]'
    (tmp_path / "d.jsonl").write_text('{"doc_id": "a", "text": {"b": 1}}\n')
    with pytest.raises(DiscourseError, match="the text of document 'a' is no text but dict"):
        load([tmp_path / "d.jsonl"])


def test_batches_keep_order_and_lose_nothing() -> None:
    frame = pl.DataFrame({"doc_id": list("abcd"), "title": [""] * 4, "text": ["x" * 7, "", "y" * 30, "z"]})
    parts = list(batches(frame, characters=10))
    assert [part["doc_id"].to_list() for part in parts] == [["a", "b", "c"], ["d"]]
    assert pl.concat(parts).equals(frame)


def test_a_lone_surrogate_does_not_survive_reading(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text('{"doc_id": "a", "text": "x\\ud800y"}\n')
    assert load([tmp_path / "d.jsonl"])["text"][0] == "x?y"


def test_cells_that_a_spreadsheet_would_run_are_defused(tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": ["=1+1", "-", "- Tak", "zwykły", None], "n": [-1, 2, 3, 4, 5]})
    assert csv_text(frame).splitlines() == ["a,n", "'=1+1,-1", "-,2", "'- Tak,3", "zwykły,4", ",5"]
    assert pl.read_parquet(export(frame, tmp_path / "f.parquet")).equals(frame)
    with pytest.raises(DiscourseError, match="unknown format 'xls'"):
        export(frame, tmp_path / "f.xls")
