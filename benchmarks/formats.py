"""Corpora written in other formats under other names, and what `corpus new` makes of them without a word of help.

    python benchmarks/formats.py [--documents 500] [--formats csv,xlsx,html,tei,warc] [--data ../shared/data]

Each corpus is written as a CSV in CP-1250 with Polish headings, a spreadsheet, a folder of saved pages, a folder of
TEI files and a crawl, in a temporary folder. A row of the table printed is one such copy: documents written, documents
that the format cannot hold (characters outside CP-1250, cells over 32,767 characters), documents read, how many are
equal to the original up to white space and NFC, the share of words kept (in pages and crawls), whether the manifest
proposed is the right one, and the time.
"""

from __future__ import annotations

import argparse
import collections
import csv
import html
import io
import re
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from discourse.corpus.dates import day
from discourse.corpus.load import load
from discourse.corpus.new import new

CORPORA = {
    "press-events": "press-events/press-events.jsonl.gz",
    "press-outlets": "press-outlets/press-outlets.jsonl.gz",
    "sejm": "sejm/sejm-term10.jsonl.gz",
}
HEADINGS = {"doc_id": "Identyfikator", "title": "Tytuł", "text": "Treść", "date": "Data publikacji", "outlet": "Gazeta",
            "author": "Autor", "event": "Wydarzenie", "speaker": "Mówca"}  # fmt: skip
#: The groups that a person would choose.
GROUPS = {"press-events": {"event", "outlet"}, "press-outlets": {"outlet"}, "sejm": set()}
CELL = 32_767
UNTITLED = "Posiedzenie"  # what a page of a corpus without titles is called; every page is called something
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Written = tuple[Path, pl.DataFrame, int]  # the place to read, the documents in it, how many do not fit


def as_csv(documents: pl.DataFrame, folder: Path) -> Written:
    """Semicolons, CP-1250, Windows line ends, Polish headings: what a Polish spreadsheet exports."""
    place = folder / "eksport.csv"
    kept = [row for row in documents.iter_rows(named=True) if all(_fits(value) for value in row.values())]
    with place.open("w", encoding="cp1250", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([HEADINGS[column] for column in documents.columns])
        writer.writerows([row[column] for column in documents.columns] for row in kept)
    return place, _frame(kept, documents), documents.height - len(kept)


def as_xlsx(documents: pl.DataFrame, folder: Path) -> Written:
    """A sheet below a merged title, with Polish headings."""
    import openpyxl

    place = folder / "dane.xlsx"
    kept = [
        row for row in documents.iter_rows(named=True)
        if all(len(value or "") <= CELL and not ILLEGAL.search(value or "") for value in row.values())
    ]  # fmt: skip
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Artykuły")
    sheet.append(["Zestawienie"])
    sheet.append([HEADINGS[column] for column in documents.columns])
    for row in kept:
        cells = [openpyxl.cell.WriteOnlyCell(sheet, row[column]) for column in documents.columns]
        for cell in cells:
            cell.data_type = "s"  # a text that begins with = is no formula
        sheet.append(cells)
    book.save(place)
    return place, _frame(kept, documents), documents.height - len(kept)


def as_html(documents: pl.DataFrame, folder: Path) -> Written:
    """A folder a group, a saved page a document, with menus, advertisements and a footer around the article."""
    place = folder / "strony"
    for row in documents.iter_rows(named=True):
        file = place / _safe(row.get("event") or row.get("outlet") or "sejm") / f"{row['doc_id']}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_page(row), encoding="utf-8")
    return place, documents, 0


def as_tei(documents: pl.DataFrame, folder: Path) -> Written:
    """A TEI file a document, its metadata in the header."""
    place = folder / "tei"
    place.mkdir()
    kept = []
    for row in documents.iter_rows(named=True):
        if any(ILLEGAL.search(value or "") for value in row.values()):
            continue
        kept.append(row)
        terms = "".join(f'<term type="{key}">{_xml(row[key])}</term>' for key in ("event", "speaker") if row.get(key))
        parts = "".join(f"<p>{_xml(piece)}</p>" for piece in row["text"].split("\n") if piece.strip())
        (place / f"{row['doc_id']}.xml").write_text(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>'
            f"<titleStmt><title>{_xml(row.get('title'))}</title><author>{_xml(row.get('author'))}</author></titleStmt>"
            f"<publicationStmt><p/></publicationStmt><sourceDesc><bibl><publisher>{_xml(row.get('outlet'))}</publisher>"
            f"<date>{_xml(row.get('date'))}</date></bibl></sourceDesc></fileDesc><profileDesc><textClass><keywords>"
            f"{terms}</keywords></textClass></profileDesc></teiHeader><text><body>{parts}</body></text></TEI>",
            encoding="utf-8",
        )
    return place, _frame(kept, documents), documents.height - len(kept)


def as_warc(documents: pl.DataFrame, folder: Path) -> Written:
    """One gzipped crawl of the pages, with their requests, a robots.txt and a missing page between them."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    place = folder / "crawl.warc.gz"
    with place.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warcinfo_record(place.name, {"software": "benchmark"}))
        for row in documents.iter_rows(named=True):
            address = f"https://www.{_host(row)}/{row['doc_id']}"
            kind = [("Content-Type", "text/html; charset=utf-8")]
            headers = StatusAndHeaders("200 OK", kind, protocol="HTTP/1.1")
            payload = io.BytesIO(_page(row).encode())
            writer.write_record(writer.create_warc_record(address, "response", payload=payload, http_headers=headers))
    return place, documents, 0


FORMATS: dict[str, Callable[[pl.DataFrame, Path], Written]] = {
    "csv": as_csv, "xlsx": as_xlsx, "html": as_html, "tei": as_tei, "warc": as_warc,
}  # fmt: skip


def compare(name: str, kind: str, documents: pl.DataFrame, folder: Path) -> dict[str, Any]:
    """One row of the table: a corpus written as `kind`, read back through the manifest that is proposed for it."""
    place, written, unfit = FORMATS[kind](documents, folder)
    began = time.perf_counter()
    made = new(f"kopia-{kind}", [place], folder / "projekt", quick=True)
    took = time.perf_counter() - began
    found = {_key(row["doc_id"]): row for row in made.examined.documents.iter_rows(named=True)}
    equal = kept = total = titles = dates = 0
    for row in written.iter_rows(named=True):
        own = found.get(_key(row["doc_id"]))
        words = _normal(row["text"]).split()
        total += len(words)
        if own is None:
            continue
        equal += _normal(own["text"]) == _normal(row["text"])
        there = collections.Counter(_normal(own["text"]).split())
        kept += sum((collections.Counter(words) & there).values())
        titles += _normal(own["title"]) == _normal(row.get("title") or (UNTITLED if kind in ("html", "warc") else ""))
        dates += (own.get("date") or "") == (day(row["date"]) if row.get("date") else "")
    manifest = made.corpus.manifest
    wanted = GROUPS[name] & set(documents.columns)
    # a folder cannot say what its level is called, and a crawl has no event
    right = manifest.reader == kind and (kind in ("html", "warc") or set(manifest.groups) >= wanted)
    return {
        "corpus": name, "format": kind, "written": written.height, "unfit": unfit, "read": len(found),
        "rejected": len(made.examined.rejected), "equal": f"{100 * equal / max(1, written.height):.2f}%",
        "words": f"{100 * kept / max(1, total):.3f}%", "titles": f"{100 * titles / max(1, written.height):.1f}%",
        "days": f"{100 * dates / max(1, written.height):.1f}%", "groups": ",".join(manifest.groups) or "–",
        "right": "yes" if right else "no", "seconds": f"{took:.1f}",
    }  # fmt: skip


def _page(row: dict[str, Any]) -> str:
    title = html.escape(row.get("title") or UNTITLED)
    meta = [f'<meta property="og:title" content="{title}">', f'<meta property="og:site_name" content="{_host(row)}">']
    if row.get("author"):
        meta.append(f'<meta name="author" content="{html.escape(row["author"])}">')
    if row.get("date") and (known := day(row["date"])):
        meta.append(f'<meta property="article:published_time" content="{known}">')
    body = "".join(f"<p>{html.escape(piece)}</p>" for piece in row["text"].split("\n") if piece.strip())
    return (
        f'<!DOCTYPE html><html lang="pl"><head><meta charset="utf-8"><title>{title}</title>{"".join(meta)}</head><body>'
        '<nav><ul><li><a href="/">Start</a></li><li><a href="/sport">Sport</a></li><li><a href="/p">Pogoda</a></li>'
        f"</ul></nav><article><h1>{title}</h1>{body}</article><aside><h3>Zobacz także</h3><ul>"
        '<li><a href="/a">Inny artykuł</a></li><li><a href="/b">Jeszcze inny</a></li></ul></aside>'
        "<footer><p>Wszelkie prawa zastrzeżone</p></footer></body></html>"
    )


def _frame(rows: list[dict[str, Any]], like: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=like.schema, orient="row")


def _fits(value: str | None) -> bool:
    try:
        (value or "").encode("cp1250")
    except UnicodeEncodeError:
        return False
    return True


def _host(row: dict[str, Any]) -> str:
    return _safe(row.get("outlet") or "sejm.gov.pl").lower()


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name)


def _xml(value: str | None) -> str:
    return html.escape(value or "", quote=False)


def _key(doc_id: str) -> str:
    """The id of a document without the address or folder before it."""
    return doc_id.rsplit("/", 1)[-1]


def _normal(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def rows(arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    for name in arguments.corpora.split(","):
        documents = load([arguments.data / CORPORA[name]])
        if arguments.documents and documents.height > arguments.documents:
            documents = documents.sample(arguments.documents, seed=1).sort("doc_id")
        if "title" in documents.columns and (documents["title"] == "").all():
            documents = documents.drop("title")
        for kind in arguments.formats.split(","):
            folder = Path(tempfile.mkdtemp(prefix="formats-"))
            try:
                yield compare(name, kind, documents, folder)
            finally:
                shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--documents", type=int, default=500, help="documents a corpus; 0 for all")
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--corpora", default=",".join(CORPORA))
    arguments = parser.parse_args()
    columns: list[str] | None = None
    for row in rows(arguments):
        if columns is None:
            columns = list(row)
            print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
        print("| " + " | ".join(str(row[column]) for column in columns) + " |", flush=True)


if __name__ == "__main__":
    main()
