"""What the readers of XML share: which dialect a file is, elements as a stream, and no entity ever resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from discourse.core.errors import DiscourseError
from discourse.corpus.packed import opened
from discourse.corpus.readers import SUFFIXES

SUFFIXES[".xml"] = "xml"

#: First element → reader. Headers and lists beside texts are parts of TEI corpora; they have no document.
_DIALECTS = dict.fromkeys(("TEI", "teiCorpus", "teiHeader", "listPerson", "listOrg", "taxonomy"), "tei") | {
    "mediawiki": "mediawiki"
}
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_PROLOGUE = 1 << 16  # bytes in which the first element must begin


def dialect(path: Path) -> str:
    """The reader for an XML file, by its first element; raises `DiscourseError` for one that has none."""
    with opened(path) as stream:
        start = stream.read(_PROLOGUE)
    refuse_entities(start, path)
    found = _ROOT.search(_prologue(start))
    root = found.group(1) if found else ""
    if root not in _DIALECTS:
        raise DiscourseError(
            f"{path}: XML with the root {root or 'missing'!r}, for which there is no reader; known: TEI, mediawiki"
        )
    return _DIALECTS[root]


def refuse_entities(start: bytes, where: object) -> None:
    """Raises `DiscourseError` where the beginning of an XML file declares entities of its own: they may be a bomb."""
    if "<!ENTITY" in _prologue(start, comments=False):
        raise DiscourseError(f"{where}: declares XML entities, which are not read; write the characters themselves")


def elements(path: Path, tags: Sequence[str]) -> Iterator[Any]:
    """Each element with one of these tags as soon as it is whole; it is emptied when the next one is asked for.

    Raises `DiscourseError` where the file breaks off or is no well-formed XML; the elements before stay good.
    """
    with opened(path) as stream:
        start = stream.peek(_PROLOGUE)
        refuse_entities(start[:_PROLOGUE], path)
        events = etree.iterparse(
            stream, events=("end",), tag=list(tags), resolve_entities=False, no_network=True, load_dtd=False,
            remove_comments=True, remove_pis=True, huge_tree=True,
        )  # fmt: skip
        try:
            for _, element in events:
                yield element
                element.clear()
                while element.getprevious() is not None and element.getparent() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            line = error.lineno or 0
            broken = "is cut off" if _cut_off(str(error)) else f"is no well-formed XML ({error.msg})"
            raise DiscourseError(f"{path}, line {line}: {broken}; download or write it again") from None


def local(element: Any) -> str:
    """The element's name without its namespace; empty for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _cut_off(message: str) -> bool:
    return "Premature end" in message or "no element found" in message or "EndTag: '</' not found" in message


def _prologue(start: bytes, comments: bool = True) -> str:
    """What stands before and at the first element, as text, without comments and (for its name) instructions."""
    name = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    text = re.sub(r"<!--.*?-->", "", start.decode(name, "replace"), flags=re.DOTALL)
    if comments:
        return re.sub(r"<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>", "", text, flags=re.DOTALL)
    root = re.search(r"<[A-Za-z_]", text)
    return text[: root.start()] if root else text
