"""PDF with a text layer: one file is one document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from discourse.core.errors import DiscourseError
from discourse.corpus.damaged import damaged
from discourse.corpus.readers import Found, reader, stem

_HYPHEN = re.compile(r"(\w)[-\u00ad]\n([a-ząćęłńóśźż])")
_PAGE_NUMBER = re.compile(r"^[ \t]*[–—-]?[ \t]*\d{1,4}[ \t]*[–—-]?[ \t]*$", re.MULTILINE)


@reader("pdf", ".pdf")
def read_pdf(path: Path) -> Iterator[Found]:
    """The file as one document, its name the `doc_id`: lines are joined into paragraphs, and broken words.

    Raises `DiscourseError` for a file that is locked or broken, or has no text layer.
    """
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every flaw that it can live with
    with damaged(path, "PDF"):
        file = PdfReader(path)
        if file.is_encrypted and not file.decrypt(""):
            raise DiscourseError(f"{path}: a PDF with a password; save it without one")
        pages = [page.extract_text() for page in file.pages]
        properties = file.metadata
    text = paragraphs("\n".join(pages))
    if not text:
        raise DiscourseError(f"{path}: a PDF without a text layer; recognise its text (OCR) first")
    document = {"doc_id": stem(path), "title": "", "text": text}
    if properties is not None:
        for name, value in (("title", properties.title), ("author", properties.author)):
            if value and str(value).strip():
                document[name] = str(value).strip()
        try:
            created = properties.creation_date
        except ValueError:
            created = None
        if created is not None:
            document["date"] = created.date().isoformat()
    yield document


def paragraphs(text: str) -> str:
    """The lines of a page joined: a paragraph ends at an empty line, or after a short line that ends a sentence."""
    text = _PAGE_NUMBER.sub("", text.replace("\x00", ""))
    text = _HYPHEN.sub(r"\1\2", text)
    lines = [line.strip() for line in text.split("\n")]
    longest = max(map(len, lines), default=0)
    done: list[str] = []
    current: list[str] = []
    for line in lines:
        if line:
            current.append(line)
        if current and (not line or (len(line) < 0.75 * longest and line[-1:] in '.!?…”":')):
            done.append(" ".join(current))
            current = []
    return "\n\n".join([*done, " ".join(current)] if current else done)
