"""Plain text: one file is one document, its name the `doc_id`, no title."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from discourse.corpus.encoding import decode, read_bytes
from discourse.corpus.readers import Document, reader


@reader("text", ".txt", ".text")
def read_text(path: Path) -> Iterator[Document]:
    """The file as one document; the line break that ends the file is not part of its text."""
    name = path.name.removesuffix(".gz")
    text = decode(read_bytes(path), path).removesuffix("\n")
    yield {"doc_id": Path(name).stem, "title": "", "text": text}
