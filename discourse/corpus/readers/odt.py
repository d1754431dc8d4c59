"""ODT of word processors: one file is one document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from discourse.core.errors import DiscourseError
from discourse.corpus.archives import checked_zip
from discourse.corpus.damaged import damaged
from discourse.corpus.readers import Found, reader, stem


@reader("odt", ".odt")
def read_odt(path: Path) -> Iterator[Found]:
    """The file as one document, its name the `doc_id`.

    The title is the paragraph of the style Title, else that of the file's properties; the rows of tables are lines
    with tabs between cells. `author` and `date` are those of the properties.
    """
    checked_zip(path, entities=True)
    with damaged(path, "ODT file"):
        document = _document(path)
    yield document


def _document(path: Path) -> dict[str, str]:
    import odfdo

    file = odfdo.Document(str(path))
    body, meta = file.body, file.meta
    title, blocks = "", []
    for element in body.xpath("//text:p|//text:h|//table:table-row"):
        if not isinstance(element, odfdo.Element):
            continue
        if element.tag == "table:table-row":
            cells = [" ".join(cell.inner_text.split()) for cell in element.get_elements("table:table-cell")]
            if any(cells):
                blocks.append("\t".join(cells))
            continue
        if any(parent in ("table:table-cell", "office:annotation", "text:note-body") for parent in _ancestors(element)):
            continue
        text = element.inner_text.strip()
        if not title and (element.get_attribute_string("text:style-name") or "") == "Title":
            title = text
        elif text:
            blocks.append(text)
    if not blocks:
        raise DiscourseError(f"{path}: an ODT file without text")
    document = {"doc_id": stem(path), "title": title or (meta.title or "").strip(), "text": "\n\n".join(blocks)}
    if author := (meta.initial_creator or meta.creator):
        document["author"] = author
    if (created := meta.creation_date) is not None:
        document["date"] = created.date().isoformat()
    return document


def _ancestors(element: object) -> Iterator[str]:
    parent = getattr(element, "parent", None)
    while parent is not None:
        yield parent.tag
        parent = parent.parent
