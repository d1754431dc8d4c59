"""TEI P5: a text, or (as in ParlaMint) an utterance, is one document; as in NKJP, the folder may name the text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from discourse.core.errors import DiscourseError
from discourse.corpus.packed import opened
from discourse.corpus.readers import Found, reader, stem
from discourse.corpus.readers.xml import elements, local
from discourse.corpus.rejected import Rejected

_ID = "{http://www.w3.org/XML/1998/namespace}id"
#: Elements that are a paragraph of their own.
_BLOCKS = frozenset(
    ("p", "ab", "head", "u", "seg", "item", "l", "lg", "list", "div", "sp", "opener", "closer", "dateline", "trailer",
     "cell", "row")
)  # fmt: skip
#: What stands in a text and is no part of it.
_ASIDE = frozenset(["note", "gap", "kinesic", "vocal", "incident", "figure", "fw", "desc", "teiHeader", "standOff"])
_NKJP = frozenset({"text.xml", "text_structure.xml"})
_SPACE = re.compile(r"\s+")


@reader("tei")
def read_tei(path: Path, unit: str = "auto") -> Iterator[Found]:
    """One document a `TEI`, or an utterance (`unit = "u"`, the default where utterances have segments: ParlaMint).

    From the header: `title`, `author`, `date`, `outlet` (the source's publisher), key words under their `type`.
    An utterance has `speaker`, `speaker_type`, `sitting`, and what a list of persons beside says of the speaker. An
    index that only includes other files, and NKJP's layers beside its `text.xml`, have no document.
    """
    if unit not in ("auto", "text", "u"):
        raise DiscourseError(f"{path}: unit is {unit!r}; known: auto, text, u")
    if _is_layer(path):
        return
    number = 0
    outer: dict[str, Any] = {}
    headers: dict[Any, dict[str, Any]] = {}  # by the text that they belong to, until that is whole
    for element in elements(path, ["{*}TEI", "{*}teiHeader"]):
        if local(element) == "teiHeader":
            parent = element.getparent()
            if parent is not None and local(parent) == "TEI":
                headers[parent] = _header(element)
            else:
                outer = _header(element)
            continue
        number += 1
        header = outer | headers.pop(element, {})
        body = next((child for child in element if local(child) == "text"), None)
        name = _name(path, element, number)
        if body is None:
            yield Rejected(f"{path}, {name}", "no article", "has no <text>")
            continue
        utterances = list(body.iter("{*}u"))
        if unit == "u" or (unit == "auto" and any(u.find("{*}seg") is not None for u in utterances)):
            yield from _spoken(path, name, header, utterances)
            continue
        title = header.pop("title", "")
        text = _text(body)
        if title and text.split("\n", 1)[0] == title:
            text = text.partition("\n")[2].lstrip("\n")
        yield {"doc_id": name, "title": "" if path.name in _NKJP else title, "text": text, **header,
               **(_nkjp(path) if path.name in _NKJP else {})}  # fmt: skip


def _is_layer(path: Path) -> bool:
    """Whether the file is a layer of annotation or a header beside the `text.xml` of NKJP."""
    return path.name not in _NKJP and (path.parent / "text.xml").exists()


def _name(path: Path, element: Any, number: int) -> str:
    own = element.get(_ID) or element.get("n")
    if path.name in _NKJP:
        return path.parent.name
    return own or (stem(path) if number == 1 else f"{stem(path)}-{number}")


def _spoken(path: Path, name: str, header: dict[str, Any], utterances: list[Any]) -> Iterator[Found]:
    sitting = header.pop("title", "")
    people = _people(path)
    for number, u in enumerate(utterances, start=1):
        who = (u.get("who") or "").lstrip("#")
        kinds = [word.lstrip("#") for word in (u.get("ana") or "").split()]
        text = _text(u)
        doc_id = u.get(_ID) or f"{name}.u{number}"
        if not text:
            yield Rejected(f"{path}, {doc_id}", "no article", "an utterance without words")
            continue
        yield {"doc_id": doc_id, "title": "", "text": text, **header, "sitting": sitting,
               "speaker": people.get(who, {}).get("speaker", who), "speaker_type": kinds[0] if kinds else None,
               **{key: value for key, value in people.get(who, {}).items() if key != "speaker"}}  # fmt: skip


def _text(element: Any) -> str:
    """The element's paragraphs with an empty line between them; annotated words are put together again."""
    blocks: list[list[str]] = [[]]
    _gather(element, blocks)
    paragraphs = (_SPACE.sub(" ", "".join(block)).strip() for block in blocks)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _gather(element: Any, blocks: list[list[str]]) -> None:
    name = local(element)
    if name in _ASIDE:
        return
    if name in ("w", "pc"):
        words = [child for child in element if local(child) == "w"]  # ParlaMint: a word with its norms inside
        form = "".join(element.itertext()).strip() if not words or (element.text or "").strip() else words[0].text or ""
        blocks[-1].append(form if element.get("join") in ("right", "both") else f"{form} ")
        return
    block = name in _BLOCKS
    if block:
        blocks.append([])
    annotated = name == "s" and any(local(child) in ("w", "pc", "name") for child in element)
    if element.text and not annotated:
        blocks[-1].append(element.text)
    if name == "lb":
        blocks[-1].append(" ")
    for child in element:
        _gather(child, blocks)
        if child.tail and child.tail.strip() and not annotated:
            blocks[-1].append(child.tail)
        elif child.tail and not annotated and local(child) not in ("w", "pc"):
            blocks[-1].append(" ")
    if annotated:
        blocks[-1].append(" ")
    if block:
        blocks.append([])


def _header(header: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    titles = header.findall(".//{*}titleStmt/{*}title")
    polish = [t for t in titles if (t.get("{http://www.w3.org/XML/1998/namespace}lang") or "pl") == "pl"]
    main = [t for t in polish or titles if t.get("type") in (None, "main")] or polish or titles
    source = header.find(".//{*}sourceDesc")
    places = (
        ("title", [main[0]] if main else []),
        ("author", header.findall(".//{*}titleStmt/{*}author") or _under(source, "author")),
        ("outlet", _under(source, "publisher")),
    )
    for name, elements_ in places:
        if value := "; ".join(_line(one) for one in elements_ if _line(one)):
            found[name] = value
    dates = header.findall(".//{*}settingDesc//{*}date") or _under(source, "date")
    dates = dates or header.findall(".//{*}publicationStmt/{*}date")
    if dates:
        found["date"] = dates[0].get("when") or dates[0].get("from") or _line(dates[0])
    for term in header.findall(".//{*}keywords/{*}term"):
        if (kind := term.get("type")) and (value := _line(term)):
            found[kind] = value
    for reference in header.findall(".//{*}textClass/{*}catRef"):
        scheme = (reference.get("scheme") or "").lstrip("#").removeprefix("taxonomy-NKJP-")
        if scheme:
            found[scheme] = (reference.get("target") or "").lstrip("#")
    return {key: value for key, value in found.items() if value}


def _under(element: Any, name: str) -> list[Any]:
    return [] if element is None else element.findall(f".//{{*}}{name}")


def _line(element: Any) -> str:
    return _SPACE.sub(" ", "".join(element.itertext())).strip()


def _nkjp(path: Path) -> dict[str, Any]:
    """What the `header.xml` beside a text of NKJP says."""
    root = _parsed(path.parent / "header.xml")
    if root is None:
        return {}
    found = _header(root)
    bibl = root.find(".//{*}sourceDesc//{*}title")
    if bibl is not None and _line(bibl):
        found["title_of_source"] = _line(bibl)
    found.pop("title", None)
    return found


@functools.lru_cache(maxsize=16)
def _persons_file(folder: Path) -> Path | None:
    return next((p for base in (folder, folder.parent) for p in sorted(base.glob("*listPerson*.xml"))), None)


def _people(path: Path) -> dict[str, dict[str, Any]]:
    place = _persons_file(path.parent)
    return _persons(place) if place else {}


@functools.lru_cache(maxsize=4)
def _persons(path: Path) -> dict[str, dict[str, Any]]:
    """Identifier → `speaker` (the name) and `sex` of every person of a list."""
    root = _parsed(path)
    people: dict[str, dict[str, Any]] = {}
    for person in root.iter("{*}person") if root is not None else ():
        name = person.find("{*}persName")
        sex = person.find("{*}sex")
        own = person.get(_ID) or ""
        people[own] = {"speaker": (_full(name) if name is not None else "") or own}
        if sex is not None:
            people[own]["sex"] = sex.get("value")
    return people


def _full(name: Any) -> str:
    """A person's name in the order of speech, whatever the order of the file."""
    parts = [_line(part) for kind in ("forename", "nameLink", "surname") for part in name.findall(f"{{*}}{kind}")]
    return " ".join(parts) or _line(name)


def _parsed(path: Path) -> Any:
    if not path.exists():
        return None
    from discourse.corpus.readers.xml import refuse_entities

    with opened(path) as stream:
        data = stream.read()
    refuse_entities(data[: 1 << 16], path)
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise DiscourseError(f"{path}: is no well-formed XML ({error.msg})") from None
