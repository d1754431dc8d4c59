"""WARC files of web crawls: one page in the wanted language is one document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from discourse.core.errors import DiscourseError
from discourse.corpus.languages import language_of
from discourse.corpus.packed import opened
from discourse.corpus.readers import Found, reader
from discourse.corpus.readers.page import page
from discourse.corpus.rejected import Rejected

_LARGEST = 20_000_000
_PAGES = ("text/html", "application/xhtml+xml")


@reader("warc", ".warc")
def read_warc(path: Path, language: str = "pl") -> Iterator[Found]:
    """One document a page of the crawl, its address the `doc_id`; `language` is empty for pages in any.

    Other records (robots.txt, pictures, requests) are no documents. Pages without a main text, in another language,
    answered with another status than 200, or seen before are rejected with their reason.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    seen: set[str] = set()
    with opened(path) as stream:
        records = iter(ArchiveIterator(stream))
        while True:
            try:
                record = next(records, None)
                if record is None:
                    return
                if record.rec_type != "response":
                    continue
                address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
                headers = record.http_headers
                kind = (headers.get_header("Content-Type") or "") if headers else ""
                if not kind.lower().startswith(_PAGES):
                    continue
                data = record.content_stream().read(_LARGEST + 1)
            except (ArchiveLoadFailed, EOFError, ValueError) as error:
                why = " ".join(str(error).split())[:120]
                raise DiscourseError(f"{path}: is cut off or no WARC file ({why}); download it again") from None
            place = f"{path}, {address}"
            if (status := headers.get_statuscode()) != "200":
                yield Rejected(place, "other status", f"the server answered {status}")
            elif address in seen:
                yield Rejected(place, "seen before", "a page of this address came earlier in the file")
            else:
                seen.add(address)
                yield _document(place, address, data, kind, language, record.rec_headers.get_header("WARC-Date") or "")


def _document(place: str, address: str, data: bytes, kind: str, language: str, crawled: str) -> Found:
    charset = kind.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    try:
        found = page(data, place, address, charset)
    except DiscourseError as error:
        return Rejected(place, "unreadable page", str(error).removeprefix(f"{place}: "))
    if found is None:
        return Rejected(place, "no main text", "a page without a main text")
    if language and (is_in := language_of(f"{found['title']}\n{found['text']}")) != language:
        return Rejected(place, "other language", f"its language looks like {is_in!r}, not {language!r}")
    return {"doc_id": address.partition("://")[2] or address, **found, "crawled": crawled}

