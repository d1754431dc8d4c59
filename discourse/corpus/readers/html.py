"""Saved web pages: one file is one document, its main text taken out of menus and advertisements by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from discourse.core.errors import DiscourseError
from discourse.corpus.encoding import read_bytes
from discourse.corpus.readers import Found, reader, stem
from discourse.corpus.readers.page import page


@reader("html", ".html", ".htm", ".xhtml")
def read_html(path: Path) -> Iterator[Found]:
    """The page as one document, its file name the `doc_id`: `title`, `text`; `author`, `date`, `outlet` if given."""
    found = page(read_bytes(path), path)
    if found is None:
        raise DiscourseError(f"{path}: a page without a main text; nothing to read")
    yield {"doc_id": stem(path), **found}
