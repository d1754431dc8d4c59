"""Hostile, broken and unlucky input: one clear line each, and whatever was finished stays."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import random
import resource
import string
import tarfile
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docx
import odfdo
import openpyxl
import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.corpus import packed
from discourse.corpus.archives import unpack
from discourse.corpus.dates import day
from discourse.corpus.load import load, tagged
from discourse.corpus.new import new
from discourse.corpus.propose import propose
from discourse.corpus.readers import read, spreadsheet
from discourse.corpus.rejected import Changed, Rejected

LINE = '{"doc_id": "%d", "text": "Deszcz pada od rana."}\n'


@pytest.fixture
def small_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bombs are told from a size that a test can make quickly."""
    monkeypatch.setattr(packed, "SAFE", 1_000_000)
    monkeypatch.setattr("discourse.corpus.archives.SAFE", 1_000_000)


# --- archives


@pytest.mark.parametrize("name", ["../poza.txt", "/tmp/poza.txt", "a/../../poza.txt", "..\\poza.txt", "C:\\poza.txt"])
@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_members_that_climb_out_are_refused_and_nothing_is_unpacked(tmp_path: Path, kind: str, name: str) -> None:
    path = tmp_path / "in" / f"a.{kind}"
    path.parent.mkdir()
    members = {"dobry.txt": b"Deszcz.", name: b"Pada."}
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for member, data in members.items():
                archive.writestr(member, data)
    else:
        with tarfile.open(path, "w:gz") as archive:
            for member, data in members.items():
                info = tarfile.TarInfo(member)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    with pytest.raises(DiscourseError, match=r"its member .* would leave the folder; nothing was unpacked"):
        unpack(path, tmp_path / "out" / "x")
    assert sorted(p.name for p in tmp_path.rglob("*")) == [f"a.{kind}", "in", "out"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_an_archive_are_refused(tmp_path: Path, kind: bytes) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        info = tarfile.TarInfo("wyjście")
        info.type, info.linkname = kind, "/etc/passwd"
        archive.addfile(info)
    with pytest.raises(DiscourseError, match="'wyjście' is a link or device; only files are unpacked"):
        unpack(tmp_path / "a.tar", tmp_path / "out")


def test_an_archive_is_read_like_the_folder_it_holds(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("kurier/a.txt", "Deszcz.")
        archive.writestr("kurier/b.txt", "Śnieg.")
    assert load([tmp_path / "a.zip"]).rows() == [("a", "", "Deszcz."), ("b", "", "Śnieg.")]


@pytest.mark.usefixtures("small_bombs")
@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.txt.bz2", "a.csv.xz", "a.xml.bz2", "a.html.gz"])
def test_packed_bombs_are_refused_while_they_swell(tmp_path: Path, name: str) -> None:
    import lzma

    pack = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}[Path(name).suffix]
    (tmp_path / name).write_bytes(pack(b"<mediawiki>" + b" " * 5_000_000))
    with pytest.raises(DiscourseError, match="unpacks to over 200 times its size; this looks like a bomb"):
        load([tmp_path / name])


@pytest.mark.usefixtures("small_bombs")
@pytest.mark.parametrize("name", ["a.zip", "a.docx", "a.odt", "a.xlsx"])
def test_zip_bombs_are_refused_before_they_are_opened(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 5_000_000)
    with pytest.raises(DiscourseError, match="unpacks to over 200 times its size; this looks like a bomb"):
        load([tmp_path / name])


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("name", ["a.zip", "a.docx"])
def test_damaged_zips_are_named(tmp_path: Path, name: str, method: int) -> None:
    with zipfile.ZipFile(tmp_path / name, "w", method) as archive:
        archive.writestr("word/document.xml", " ".join(str(number**3) for number in range(3000)))
    packed = bytearray((tmp_path / name).read_bytes())
    packed[60:400] = bytes(byte ^ 0x5A for byte in packed[60:400])
    (tmp_path / name).write_bytes(packed)
    with pytest.raises(DiscourseError, match=r"a\.(zip|docx): broken or encrypted"):
        load([tmp_path / name])


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.parquet"])
def test_a_file_that_only_its_name_makes_one_is_named_before_anything_is_written(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"Deszcz pada od rana.")
    with pytest.raises(DiscourseError, match=rf"{name}: .*save it again"):
        new("moje", [tmp_path / name], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def office_and_parquet(folder: Path) -> list[Path]:
    """A small file in every format that a library takes apart."""
    rows = [{"doc_id": f"d{number}", "text": f"Deszcz pada od rana, dzień {number}."} for number in range(20)]
    book = openpyxl.Workbook()
    for row in [list(rows[0]), *map(list, map(dict.values, rows))]:
        book.worksheets[0].append(row)
    book.save(folder / "a.xlsx")
    pl.DataFrame(rows).write_parquet(folder / "a.parquet")
    letter = docx.Document()
    letter.add_paragraph("Deszcz pada od rana.")
    letter.save(str(folder / "a.docx"))
    odfdo.Document("text").save(folder / "a.odt")
    return sorted(folder.iterdir())


def test_damaged_files_of_foreign_formats_are_always_one_line(tmp_path: Path) -> None:
    """Bytes changed, cut out and cut off at random: a library may raise anything, a user sees what and where."""
    (tmp_path / "whole").mkdir()
    chance = random.Random(7)
    refused = 0
    for whole in office_and_parquet(tmp_path / "whole"):
        data = whole.read_bytes()
        for turn in range(12):
            at = chance.randrange(len(data))
            hurt = [data[:at], data[:at] + data[at + 9 :], data[:at] + bytes(40) + data[at + 40 :]][turn % 3]
            (tmp_path / whole.name).write_bytes(hurt)
            try:
                propose("moje", [tmp_path / whole.name], tmp_path / "corpora" / "moje")
                load([tmp_path / whole.name])
            except DiscourseError as error:
                assert whole.name in str(error)
                refused += 1
    assert refused > 20


# --- XML


@pytest.mark.parametrize("root", ["TEI", "mediawiki"])
def test_xml_that_declares_entities_is_refused(tmp_path: Path, root: str) -> None:
    secret = tmp_path / "sekret.txt"
    secret.write_text("hasło")
    (tmp_path / "a.xml").write_text(
        f'<?xml version="1.0"?>\n<!-- list --><!DOCTYPE {root} [<!ENTITY x SYSTEM "{secret}">]>\n<{root}>&x;</{root}>'
    )
    with pytest.raises(DiscourseError, match=r"a\.xml: declares XML entities, which are not read"):
        load([tmp_path / "a.xml"])


@pytest.mark.parametrize(("name", "member"), [("a.docx", "word/document.xml"), ("a.odt", "content.xml")])
def test_office_files_that_declare_entities_are_refused(tmp_path: Path, name: str, member: str) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr(member, '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
    with pytest.raises(DiscourseError, match=rf"{member} declares XML entities"):
        load([tmp_path / name])


def test_a_dump_that_is_cut_off_keeps_its_whole_articles(tmp_path: Path) -> None:
    page = "<page><title>T{0}</title><ns>0</ns><id>{0}</id><revision><text>Deszcz pada.</text></revision></page>"
    dump = f"<mediawiki>{page.format(1)}{page.format(2)}{page.format(3)}</mediawiki>"
    (tmp_path / "d.xml").write_text(dump[: dump.index("T3")])
    rejected: list[Rejected] = []
    found = [document["doc_id"] for _, document in tagged([tmp_path / "d.xml"], rejected=rejected)]
    assert found == ["1", "2"]
    assert [(one.kind, one.reason.partition("; ")[2]) for one in rejected] == [
        ("cut off", "download or write it again")
    ]


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress)])
def test_a_packed_file_that_is_cut_off_keeps_what_came_before(tmp_path: Path, suffix: str, pack: object) -> None:
    assert callable(pack)
    letters = random.Random(1)
    lines = [f'{{"text": "{"".join(letters.choices(string.ascii_letters, k=5000))}"}}\n' for _ in range(500)]
    whole = pack("".join(lines).encode())
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(whole[: len(whole) // 2])
    rejected: list[Rejected] = []
    found = [document["text"] for _, document in tagged([path], rejected=rejected)]
    assert len(found) > 100 and all(text in line for text, line in zip(found, lines, strict=False))
    assert [one.kind for one in rejected] == ["cut off"]
    with pytest.raises(DiscourseError, match="broken (gzip|bzip2) file"):
        load([path])


# --- tables


def test_a_sheet_with_a_million_empty_rows_ends_where_its_data_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["doc_id", "text"])
    book.active.append(["a", "Deszcz."])
    book.save(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain, zipfile.ZipFile(tmp_path / "a.xlsx", "w", 8) as made:
        for member in plain.infolist():
            data = plain.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                empty = b"".join(b'<row r="%d" ht="15"/>' % row for row in range(3, 20_000))
                data = data.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
                data = data.replace(b"</sheetData>", empty + b'<row r="1048576" ht="15"/></sheetData>')
            made.writestr(member, data)
    monkeypatch.setattr(spreadsheet, "_EMPTY", 5_000)
    rejected: list[Rejected] = []
    assert [document["doc_id"] for _, document in tagged([tmp_path / "a.xlsx"], rejected=rejected)] == ["a"]
    assert [one.reason for one in rejected] == ["5000 empty rows in a row; what stands below them was not looked at"]


def test_quotes_and_line_breaks_inside_cells_stay(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes('doc_id;text\r\na;"Rzekł: ""nie"";\r\ni wyszedł."\r\nb;x\r\n'.encode("cp1250"))
    assert load([tmp_path / "a.csv"]).rows() == [("a", "", 'Rzekł: "nie";\ni wyszedł.'), ("b", "", "x")]


def test_rows_that_do_not_fit_are_rejected_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("doc_id,text\na,Deszcz.\nb,Śnieg,i grad.\nc,Mgła.\n")
    rejected: list[Rejected] = []
    assert [d["doc_id"] for _, d in tagged([tmp_path / "a.csv"], rejected=rejected)] == ["a", "c"]
    assert [one.reason for one in rejected] == ["3 cells where the header has 2"]
    assert rejected[0].place.endswith("a.csv, line 3")


# --- files and folders


def test_a_pdf_without_text_says_what_to_do(tmp_path: Path) -> None:
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "skan.pdf")
    with pytest.raises(DiscourseError, match=r"skan\.pdf: a PDF without a text layer; recognise its text"):
        load([tmp_path / "skan.pdf"])
    writer.encrypt("hasło")
    writer.write(tmp_path / "tajne.pdf")
    with pytest.raises(DiscourseError, match=r"tajne\.pdf: a PDF with a password"):
        load([tmp_path / "tajne.pdf"])


def test_a_file_that_changes_while_it_is_read_fails_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(LINE % 1 + LINE % 2)
    reading = read(path)
    assert next(reading)["text"] == "Deszcz pada od rana."  # type: ignore[index]
    with path.open("a") as file:
        file.write(LINE % 3)
    with pytest.raises(Changed, match=r"a\.jsonl: changed while it was read"):
        list(reading)


def test_links_in_a_circle_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c.txt").write_text("Deszcz.")
    (tmp_path / "a" / "b" / "wyżej").symlink_to(tmp_path / "a")
    (tmp_path / "obok").mkdir()
    (tmp_path / "obok" / "d.txt").write_text("Śnieg.")
    (tmp_path / "a" / "obok").symlink_to(tmp_path / "obok")  # no circle: it is read
    (tmp_path / "a" / "nic.txt").symlink_to(tmp_path / "nie ma")
    assert load([tmp_path / "a"])["doc_id"].to_list() == ["c", "d"]
    assert "a link in a circle; not followed" in capsys.readouterr().err


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """No file can grow over `size` bytes, as on a disk that fills up."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_fills_up_leaves_no_half_folder(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", os.urandom(300_000))
    with small_disk(100_000), pytest.raises(DiscourseError, match=r"cannot unpack .*a\.zip into .*out: File too large"):
        unpack(tmp_path / "a.zip", tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_a_corpus_in_a_broken_encoding_is_refused_at_its_byte(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Zażółć gęślą jaźń. ".encode() * 3 + b"\xff\xfe\x90\x81\x9d" * 20)
    with pytest.raises(DiscourseError, match=r"broken at byte 84"):
        load([tmp_path / "a.txt"])


# --- dates


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2021-02-26 07:45:01.530330+01:00", "2021-02-26"),
        ("26.02.2021, godz. 09:55", "2021-02-26"),
        ("26/2/2021", "2021-02-26"),
        ("2/26/2021", "2021-02-26"),  # only the second number can be a day
        ("3/4/2021", "2021-04-03"),  # the day first, as in Poland
        ("piątek, 26 lutego 2021", "2021-02-26"),
        ("Opublikowano 1 września 2020 r.", "2020-09-01"),
        ("26 II 2021", "2021-02-26"),
        ("Fri, 26 Feb 2021 07:45:00 +0100", "2021-02-26"),
        ("February 26, 2021", "2021-02-26"),
        ("20210226", "2021-02-26"),
        ("1614322800", "2021-02-26"),
        ("31.02.2021", None),
        ("2021-13-45", None),
        ("32 maja 2021", None),
        ("0000-00-00", None),
        ("wczoraj", None),
        ("29.02.2020", "2020-02-29"),
        ("29.02.2021", None),
    ],
)
def test_days_in_the_ways_they_are_written_and_none_that_do_not_exist(written: str, expected: str | None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert day(written) == expected
