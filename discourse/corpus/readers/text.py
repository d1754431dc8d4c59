"""Plain text: one file is one document, its name the `doc_id`, no title."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from discourse.corpus.encoding import decode, read_bytes
from discourse.corpus.readers import Found, reader, stem


@reader("text", ".txt", ".text")
def read_text(path: Path, title_line: bool = False) -> Iterator[Found]:
    """The file as one document; the line break that ends the file is not part of its text.

    `title_line`: the first line is the title, and what follows the empty line after it the text.
    """
    text = decode(read_bytes(path), path).removesuffix("\n")
    title = ""
    if title_line:
        title, _, text = text.partition("\n")
    yield {"doc_id": stem(path), "title": title.strip(), "text": text.lstrip("\n") if title_line else text}
