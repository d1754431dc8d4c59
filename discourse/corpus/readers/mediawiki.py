"""MediaWiki dumps (Wikinews, Wikipedia; XML, mostly bz2): one article is one document, its wikitext made plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from discourse.corpus.readers import Found, reader
from discourse.corpus.readers.xml import elements, local
from discourse.corpus.rejected import Rejected

#: Links whose text is no text of the article.
_ASIDE = re.compile(r"^:?(?:plik|file|grafika|image|kategoria|category|[a-z]{2,3}(?:-[a-z]+)?):", re.IGNORECASE)
_CATEGORY = re.compile(r"\[\[\s*(?:kategoria|category)\s*:\s*([^\]|]+)", re.IGNORECASE)
#: Sections that are references, not text.
_REFERENCES = re.compile(
    r"^(?:źródł[oa]|zobacz też|zobacz także|linki zewnętrzne|przypisy|bibliografia|uwagi|czytaj też)$", re.IGNORECASE
)
_DAY = re.compile(r"\{\{\s*(?:data|date)\s*\|\s*([^{}|]+)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t]+")
_EMPTY = re.compile(r"\n{3,}")


@reader("mediawiki")
def read_mediawiki(path: Path) -> Iterator[Found]:
    """One document an article: `doc_id` (the page's number), `title`, `text`, `date`, `revised`, `categories`.

    Only the space of articles is read. `date` is the day that a Wikinews article gives in its template, `revised`
    that of the last change. Templates, tables, pictures, references and interlanguage links are no text. Redirects
    and pages without text are rejected.
    """
    for page in elements(path, ["{*}page"]):
        fields = {local(child): child for child in page}
        if _text(fields.get("ns")) not in ("", "0"):
            continue
        title = _text(fields.get("title"))
        place = f"{path}, page {title!r}"
        if "redirect" in fields:
            yield Rejected(place, "redirect", f"leads to {fields['redirect'].get('title')!r}")
            continue
        revision = fields.get("revision")
        parts = {local(child): child for child in revision} if revision is not None else {}
        source = _text(parts.get("text"))
        text = plain(source)
        if not text:
            yield Rejected(place, "no article", "no text is left of the page without its markup")
            continue
        days = _DAY.findall(source)
        yield {
            "doc_id": _text(fields.get("id")) or title,
            "title": title,
            "text": text,
            "date": days[0].strip() if days else None,
            "revised": _text(parts.get("timestamp"))[:10] or None,
            "categories": "; ".join(category.strip() for category in _CATEGORY.findall(source)) or None,
        }


def plain(source: str) -> str:
    """The text of wikitext: without markup, templates, tables, pictures, notes, and sections of references."""
    import mwparserfromhell

    code = mwparserfromhell.parse(source)
    for table in code.filter_tags(matches=lambda node: node.tag in ("table", "ref", "gallery", "math"), recursive=True):
        _remove(code, table)
    for link in code.filter_wikilinks(recursive=True):
        if _ASIDE.match(str(link.title).strip()):
            _remove(code, link)
    kept = []
    level = 0  # of the section of references that is being passed over
    for section in code.get_sections(flat=True, include_lead=True):
        heading = next(iter(section.filter_headings()), None)
        if heading is not None:
            if level and heading.level > level:
                continue
            level = heading.level if _REFERENCES.match(str(heading.title.strip_code()).strip()) else 0
            if level:
                continue
        kept.append(str(section.strip_code(normalize=True, collapse=True)))
    lines = (_SPACES.sub(" ", line).strip() for line in "\n\n".join(kept).split("\n"))
    return _EMPTY.sub("\n\n", "\n".join(lines)).strip()


def _remove(code: Any, node: Any) -> None:
    try:
        code.remove(node)
    except ValueError:
        return  # it stood inside another that is gone already


def _text(element: Any) -> str:
    return "" if element is None else (element.text or "").strip()
