"""Each format's reader: what it takes for a document, its metadata, and what it leaves out with a reason."""

from __future__ import annotations

import bz2
import datetime
import io
from pathlib import Path

import pytest

from discourse.corpus.load import load
from discourse.corpus.readers import READERS, SUFFIXES, options_of, read
from discourse.corpus.rejected import Rejected

PARAGRAPH = "Most w Zalesinie zamknięto w środę po długiej naradzie radnych, którzy obradowali do późnej nocy."
SECOND = "Radni wrócą do sprawy w piątek, a do tego czasu kierowcy pojadą objazdem przez sąsiednią wieś."
PAGE = f"""<html><head><title>Zamknięty most – Kurier</title>
<meta property="og:title" content="Zamknięty most"><meta name="author" content="Ewa Lis">
<meta property="article:published_time" content="2021-02-03T10:00"></head>
<body><nav><a href="/">Start</a> <a href="/sport">Sport</a></nav>
<article><h1>Zamknięty most</h1><p>{PARAGRAPH}</p><p>{SECOND}</p><p>Koniec narady.</p></article>
<footer>Wszelkie prawa zastrzeżone</footer></body></html>"""


def taken(path: Path, **options: object) -> list[dict[str, object]]:
    return [found for found in read(path, None, options) if not isinstance(found, Rejected)]


def left_out(path: Path, **options: object) -> list[tuple[str, str]]:
    return [(found.kind, found.reason) for found in read(path, None, options) if isinstance(found, Rejected)]


def test_docx_has_a_title_paragraphs_and_tables(tmp_path: Path) -> None:
    import docx

    file = docx.Document()
    file.add_heading("Zamknięty most", 0)
    file.add_paragraph("Most zamknięto.")
    table = file.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "rok", "2021"
    file.add_paragraph("Koniec.")
    file.core_properties.author = "Ewa Lis"
    file.core_properties.created = datetime.datetime(2021, 2, 3)
    file.save(str(tmp_path / "most.docx"))
    assert taken(tmp_path / "most.docx") == [
        {"doc_id": "most", "title": "Zamknięty most", "text": "Most zamknięto.\n\nrok\t2021\n\nKoniec.",
         "author": "Ewa Lis", "date": "2021-02-03"}
    ]  # fmt: skip


def test_odt_has_a_title_headings_and_paragraphs(tmp_path: Path) -> None:
    import odfdo

    file = odfdo.Document("text")
    file.body.clear()
    file.body.append(odfdo.Paragraph("Zamknięty most", style="Title"))
    file.body.append(odfdo.Header(1, "Narada"))
    file.body.append(odfdo.Paragraph("Most zamknięto."))
    file.meta.creator = "Ewa Lis"
    file.meta.creation_date = datetime.datetime(2021, 2, 3)
    file.save(str(tmp_path / "most.odt"))
    (document,) = taken(tmp_path / "most.odt")
    assert document == {"doc_id": "most", "title": "Zamknięty most", "text": "Narada\n\nMost zamknięto.",
                        "author": "Ewa Lis", "date": "2021-02-03"}  # fmt: skip


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with these lines, in the letters that every reader of PDF has."""
    text = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 700 Td {text} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def test_pdf_lines_become_paragraphs_and_broken_words_are_joined(tmp_path: Path) -> None:
    lines = ["Rada obradowala do rana nad mostem, bo nikt nie chcial", "ustapic; glosowano dwa ra-", "zy.", "Potem",
             "zamknieto salę i wszyscy poszli przez stary most do"]  # fmt: skip
    (tmp_path / "a.pdf").write_bytes(pdf([line.replace("ę", "e") for line in lines]))
    assert taken(tmp_path / "a.pdf") == [
        {"doc_id": "a", "title": "", "text": "Rada obradowala do rana nad mostem, bo nikt nie chcial ustapic; "
         "glosowano dwa razy.\n\nPotem zamknieto sale i wszyscy poszli przez stary most do"}
    ]  # fmt: skip


TEI = """<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="posiedzenie-1"><teiHeader><fileDesc>
<titleStmt><title type="main" xml:lang="pl">Posiedzenie pierwsze</title><title type="main" xml:lang="en">First</title>
</titleStmt><sourceDesc><bibl><publisher>Kurier</publisher><date when="2022-01-26"/></bibl></sourceDesc></fileDesc>
<profileDesc><textClass><keywords><term type="event">most</term></keywords></textClass></profileDesc></teiHeader>
<text><body>{body}</body></text></TEI>"""


def test_tei_text_is_one_document_with_what_its_header_says(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(
        TEI.format(body="<div><head>Most</head><p>Zamknięto <hi>go</hi>.<note>przypis</note></p><p>Koniec.</p></div>")
    )
    assert taken(tmp_path / "a.xml") == [
        {"doc_id": "posiedzenie-1", "title": "Posiedzenie pierwsze", "text": "Most\n\nZamknięto go.\n\nKoniec.",
         "outlet": "Kurier", "date": "2022-01-26", "event": "most"}
    ]  # fmt: skip


def test_parlamint_utterances_are_documents_with_their_speakers(tmp_path: Path) -> None:
    speech = (
        '<div><note type="speaker">Marszałek:</note><u xml:id="u1" who="#EwaLis" ana="#chair">'
        "<seg>Otwieram <kinesic><desc>Oklaski</desc></kinesic> posiedzenie.</seg><seg>Proszę.</seg></u>"
        '<u xml:id="u2" who="#Inny" ana="#regular"><seg><s><w join="right">Tak</w><pc>,</pc><w>chyba</w>'
        '<w join="right">nie</w><pc>.</pc></s><s><w>Może</w></s></seg></u></div>'
    )
    (tmp_path / "a.xml").write_text(TEI.format(body=speech))
    (tmp_path / "X-listPerson.xml").write_text(
        '<listPerson xmlns="http://www.tei-c.org/ns/1.0"><person xml:id="EwaLis"><persName><surname>Lis</surname>'
        '<forename>Ewa</forename></persName><sex value="F"/></person></listPerson>'
    )
    common = {"title": "", "outlet": "Kurier", "date": "2022-01-26", "event": "most", "sitting": "Posiedzenie pierwsze"}
    assert taken(tmp_path / "a.xml") == [
        {"doc_id": "u1", "text": "Otwieram posiedzenie.\n\nProszę.", "speaker": "Ewa Lis", "speaker_type": "chair",
         "sex": "F", **common},
        {"doc_id": "u2", "text": "Tak, chyba nie. Może", "speaker": "Inny", "speaker_type": "regular", **common},
    ]  # fmt: skip
    assert load([tmp_path])["doc_id"].to_list() == ["u1", "u2"]  # the list of persons has no document
    assert [one["doc_id"] for one in taken(tmp_path / "a.xml", unit="text")] == ["posiedzenie-1"]


def test_nkjp_texts_are_named_by_their_folders_and_layers_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "610-1"
    folder.mkdir()
    namespace = 'xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude"'
    (folder / "text.xml").write_text(
        f'<teiCorpus {namespace}><xi:include href="NKJP_1M_header.xml"/><TEI><xi:include href="header.xml"/>'
        "<text><body><div><ab>Pierwszy akapit.</ab><ab>Drugi akapit.</ab></div></body></text></TEI></teiCorpus>"
    )
    (folder / "header.xml").write_text(
        f"<teiHeader {namespace}><fileDesc><titleStmt><title>TEI P5 encoded sample</title></titleStmt><sourceDesc>"
        '<bibl><title>Kurier</title><date when="2003-01-02"/></bibl></sourceDesc></fileDesc><profileDesc><textClass>'
        '<catRef scheme="#taxonomy-NKJP-type" target="#typ_publ"/></textClass></profileDesc></teiHeader>'
    )
    (folder / "ann_words.xml").write_text(f"<teiCorpus {namespace}><TEI><text><body/></text></TEI></teiCorpus>")
    assert load([tmp_path]).to_dicts() == [
        {"doc_id": "610-1", "title": "", "text": "Pierwszy akapit.\n\nDrugi akapit.", "date": "2003-01-02",
         "type": "typ_publ", "title_of_source": "Kurier"}
    ]  # fmt: skip


def test_a_dump_of_wikinews_gives_articles_without_markup(tmp_path: Path) -> None:
    wikitext = (
        "{{data|3 maja 2008}}\n'''Most''' w [[Zalesin|Zalesinie]] zamknięto.&lt;ref&gt;x&lt;/ref&gt; "
        "[[Plik:a.jpg|thumb|podpis z [[łączem]]]]\n{| class=x\n| a || b\n|}\n== Dalej ==\n"
        "Koniec [http://a.pl narady].\n"
        "== Źródła ==\n* {{źródło|x}}\n[[Kategoria:Mosty]]\n[[en:Bridge]]"
    )
    dump = (
        '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/"><page><title>Most</title><ns>0</ns><id>7</id>'
        f"<revision><timestamp>2020-01-02T00:00:00Z</timestamp><text>{wikitext}</text></revision></page>"
        '<page><title>Mosty</title><ns>0</ns><id>8</id><redirect title="Most"/><revision><text>#PATRZ</text></revision>'
        "</page><page><title>Dyskusja:Most</title><ns>1</ns><id>9</id></page></mediawiki>"
    )
    (tmp_path / "d.xml.bz2").write_bytes(bz2.compress(dump.encode()))
    assert taken(tmp_path / "d.xml.bz2") == [
        {"doc_id": "7", "title": "Most", "text": "Most w Zalesinie zamknięto.\n\nDalej\nKoniec narady.",
         "date": "3 maja 2008", "revised": "2020-01-02", "categories": "Mosty"}
    ]  # fmt: skip
    assert left_out(tmp_path / "d.xml.bz2") == [("redirect", "leads to 'Most'")]


def test_vertical_text_is_put_together_again(tmp_path: Path) -> None:
    (tmp_path / "a.vert").write_text(
        '<doc id="a" title="Most" gazeta="K &amp; L">\n<p>\n<s>\nTak\tpart\ttak\n<g/>\n,\tinterp\t,\nnie\tpart\tnie\n'
        "</s>\n</p>\n<p>\nKoniec\tsubst\tkoniec\n</p>\n</doc>\n"
    )
    (tmp_path / "b.vrt").write_text('<text id="b">\nTak\n,\nnie\n(\nchyba\n)\n.\n</text>\n')
    assert taken(tmp_path / "a.vert") == [
        {"doc_id": "a", "title": "Most", "text": "Tak, nie\n\nKoniec", "gazeta": "K & L"}
    ]
    assert taken(tmp_path / "b.vrt") == [{"doc_id": "b", "title": "", "text": "Tak, nie (chyba)."}]


def test_a_saved_page_is_its_main_text(tmp_path: Path) -> None:
    (tmp_path / "most.html").write_bytes(PAGE.encode("cp1250"))
    (document,) = taken(tmp_path / "most.html")
    assert document["title"] == "Zamknięty most"
    assert str(document["text"]).startswith(PARAGRAPH) and str(document["text"]).endswith("Koniec narady.")
    assert "Sport" not in str(document["text"]) and "prawa" not in str(document["text"])
    assert (document["author"], document["date"]) == ("Ewa Lis", "2021-02-03")


def warc(path: Path, pages: list[tuple[str, str, str]]) -> None:
    """A crawl with these addresses, answers and pages."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        for address, status, html in pages:
            headers = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(address, "response", payload=io.BytesIO(html.encode()), http_headers=headers)
            )


@pytest.mark.parametrize("name", ["c.warc.gz", "c.warc"])
def test_a_crawl_gives_its_polish_pages_once(tmp_path: Path, name: str) -> None:
    english = "<html><body><article>" + "<p>The council closed the bridge after a long debate.</p>" * 6
    warc(
        tmp_path / name,
        [
            ("https://www.kurier.pl/most", "200 OK", PAGE),
            ("https://www.kurier.pl/most", "200 OK", PAGE),
            ("https://kurier.pl/brak", "404 Not Found", PAGE),
            ("https://kurier.pl/en", "200 OK", english),
        ],
    )
    (document,) = taken(tmp_path / name)
    assert (document["doc_id"], document["outlet"]) == ("www.kurier.pl/most", "kurier.pl")
    assert left_out(tmp_path / name) == [
        ("seen before", "a page of this address came earlier in the file"),
        ("other status", "the server answered 404"),
        ("other language", "its language looks like 'en', not 'pl'"),
    ]
    assert len(taken(tmp_path / name, language="")) == 2


def test_a_sheet_has_its_header_below_merged_cells(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "Artykuły o moście"
    sheet.merge_cells("A1:C1")
    sheet.append(["nr", "data", "tekst"])
    sheet.append([1, datetime.datetime(2021, 2, 3), "Most zamknięto.\nKoniec."])
    sheet.append([2, None, "=A3"])  # a formula that no program has computed
    sheet["C2000"] = "Most otwarto."
    book.save(tmp_path / "a.xlsx")
    assert taken(tmp_path / "a.xlsx", text="tekst") == [
        {"nr": 1, "data": "2021-02-03", "tekst": "Most zamknięto.\nKoniec."},
        {"nr": None, "data": None, "tekst": "Most otwarto."},
    ]
    assert left_out(tmp_path / "a.xlsx", text="tekst") == [
        ("empty row", "its text is empty (or a formula that was never computed)")
    ]


def test_a_list_of_json_objects_is_read_like_lines(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"doc_id": "a", "text": "Raz."}, 3]')
    assert taken(tmp_path / "a.json") == [{"doc_id": "a", "text": "Raz."}]
    assert left_out(tmp_path / "a.json") == [("malformed", "not a JSON object but int")]


def test_the_text_of_a_table_may_be_called_otherwise(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("sep=;\nnr;treść\n1;Raz; dwa\n2;Trzy\n")
    assert taken(tmp_path / "a.csv", text="treść") == [{"nr": "2", "treść": "Trzy"}]
    assert left_out(tmp_path / "a.csv", text="treść") == [("malformed", "3 cells where the header has 2")]


@pytest.mark.parametrize("name", sorted(set(SUFFIXES.values()) - {"xml"}))
def test_every_reader_refuses_a_file_that_is_none_of_its_kind_in_one_line(name: str, tmp_path: Path) -> None:
    from discourse.core.errors import DiscourseError

    path = tmp_path / "a.x"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x01" * 40)
    with pytest.raises(DiscourseError, match=r"a\.x") as caught:
        list(READERS.get(name)(path))
    assert "\n" not in str(caught.value)
    assert options_of(name).keys() <= {"text", "title_line", "sheet", "unit", "document", "language"}
