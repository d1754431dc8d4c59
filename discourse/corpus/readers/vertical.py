"""Vertical text of CWB and NoSketch Engine: one token a line, structures as tags."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from discourse.core.errors import DiscourseError
from discourse.corpus.encoding import text_stream
from discourse.corpus.packed import Broken
from discourse.corpus.readers import Found, reader, stem

_TAG = re.compile(r"<(/?)([A-Za-z_][\w.-]*)((?:\s+[\w.:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(/?)>\s*$")
_ATTRIBUTE = re.compile(r"([\w.:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DOCUMENTS = ("doc", "text", "document", "article")
_PARAGRAPHS = ("p", "par", "head")
_NO_SPACE_BEFORE = re.compile(r"^[,.;:!?)\]}»”…%]+$")
_NO_SPACE_AFTER = re.compile(r"^[(\[{«„]+$")


@reader("vertical", ".vert", ".vrt", ".vertical")
def read_vertical(path: Path, document: str = "") -> Iterator[Found]:
    """One document a `<doc>` or `<text>` (or what `document` names), its attributes the metadata.

    The text is put together again from the first column: `<p>` begins a paragraph and `<g/>` joins two tokens. A file
    that never has `<g/>` gets the spaces of ordinary typography.
    """
    names = (document,) if document else _DOCUMENTS
    glue = False
    with contextlib.suppress(Broken), text_stream(path) as lines:  # it is told when the tokens before it are read
        glue = any(line.startswith("<g") and _TAG.match(line) for line in lines)
    metadata: dict[str, Any] | None = None
    tokens: list[str] = []  # with "\n" where a paragraph begins and "" where no space stands
    number = 0
    with text_stream(path) as lines:
        for line in lines:
            tag = _TAG.match(line) if line.startswith("<") else None
            if tag is None:
                form = unescape(line.rstrip("\n").split("\t", 1)[0].strip())
                if form and metadata is not None:
                    tokens.append(form)
                elif form:
                    metadata = {}
                    tokens = [form]
                continue
            closing, name, attributes, empty = tag.groups()
            if name in names:
                if metadata is not None and tokens:
                    number += 1
                    yield _document(metadata, tokens, glue, f"{stem(path)}-{number}")
                metadata = None if closing or empty else _attributes(attributes)
                tokens = []
            elif name in _PARAGRAPHS and not closing:
                tokens.append("\n")
            elif name == "g":
                tokens.append("")
        if metadata is not None and tokens:
            number += 1
            yield _document(metadata, tokens, glue, f"{stem(path)}-{number}")
    if not number:
        raise DiscourseError(f"{path}: no token of vertical text in it")


def _attributes(text: str) -> dict[str, Any]:
    return {name: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(text)}


def _document(metadata: dict[str, Any], tokens: list[str], glue: bool, name: str) -> dict[str, Any]:
    pieces: list[str] = []
    before = "\n"
    for token in tokens:
        if token == "\n":
            pieces.append("\n\n" if pieces else "")
        elif token:
            bare = not glue and (_NO_SPACE_BEFORE.match(token) or _NO_SPACE_AFTER.match(before))
            pieces.append(token if before in ("\n", "") or bare else f" {token}")
        before = token
    doc_id = metadata.pop("doc_id", None) or metadata.pop("id", None) or name
    title = metadata.pop("title", "") or ""
    text = re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip()
    # our own vertical text has the title among the tokens, since it is annotated with them
    if title and text.split("\n", 1)[0].strip() == title.strip():
        text = text.partition("\n")[2].lstrip("\n")
    return {"doc_id": doc_id, "title": title, "text": text, **metadata}
