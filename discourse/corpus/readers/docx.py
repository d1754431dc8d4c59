"""DOCX of word processors: one file is one document."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from discourse.core.errors import DiscourseError
from discourse.corpus.archives import checked_zip
from discourse.corpus.damaged import damaged
from discourse.corpus.readers import Found, reader, stem

_TEMPLATE = datetime.datetime(2013, 12, 23, 23, 15, tzinfo=datetime.UTC)  # what python-docx writes by itself


@reader("docx", ".docx")
def read_docx(path: Path) -> Iterator[Found]:
    """The file as one document, its name the `doc_id`.

    The title is the paragraph of the style Title, else that of the file's properties; the rows of tables are lines
    with tabs between cells. `author` and `date` are those of the properties.
    """
    checked_zip(path, entities=True)
    with damaged(path, "DOCX file"):
        document = _document(path)
    yield document


def _document(path: Path) -> dict[str, str]:
    import docx
    from docx.table import Table

    file = docx.Document(str(path))
    title, blocks = "", []
    for block in file.iter_inner_content():
        if isinstance(block, Table):
            rows = ("\t".join(" ".join(cell.text.split()) for cell in row.cells) for row in block.rows)
            blocks.append("\n".join(rows))
        elif not title and block.style is not None and block.style.name == "Title":
            title = block.text.strip()
        elif block.text.strip():
            blocks.append(block.text.strip())
    if not blocks:
        raise DiscourseError(f"{path}: a DOCX file without text")
    properties = file.core_properties
    document = {"doc_id": stem(path), "title": title or (properties.title or "").strip(), "text": "\n\n".join(blocks)}
    if properties.author and properties.author != "python-docx":
        document["author"] = properties.author
    if (created := properties.created) is not None and created != _TEMPLATE:
        document["date"] = created.date().isoformat()
    return document
