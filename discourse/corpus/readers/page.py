"""The main text, title, author and date of a saved web page, by trafilatura."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from discourse.core.errors import DiscourseError
from discourse.corpus.encoding import decode

if TYPE_CHECKING:
    from trafilatura.settings import Document

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_LARGEST = 20_000_000  # bytes; a page is a thousandth of that
_SHORT = 400  # characters
_OLD_NAMES = {"windows-1250": "cp1250", "iso-8859-2": "iso8859_2", "latin2": "iso8859_2"}


def page(data: bytes, where: object, address: str = "", charset: str = "") -> dict[str, Any] | None:
    """`title`, `text` and what of `author`, `date`, `outlet`, `categories` the page says; None without a main text."""
    if len(data) > _LARGEST:
        raise DiscourseError(f"{where}: a page of more than {_LARGEST // 1_000_000} MB; it is not read")
    source = _decoded(data, where, charset)
    found = _extracted(source, address)
    if found is not None and len(found.text or "") < _SHORT:
        # of a page with little text the library gives everything, menus too, unless it is told that little is enough
        alone = _extracted(source, address, least=10)
        found = alone if alone is not None and (alone.text or "").strip() else found
    if found is None or not (found.text or "").strip():
        return None
    title = (found.title or "").strip()
    text = (found.text or "").strip()
    if title and text.split("\n", 1)[0].strip() == title:
        text = text.partition("\n")[2].lstrip("\n")  # the heading of the page, which is its title already
    document: dict[str, Any] = {"title": title, "text": text}
    outlet = _host(address) or _host(found.url or "") or (found.sitename or "")
    for name, value in (
        ("author", found.author),
        ("date", found.date),
        ("outlet", outlet),
        ("categories", "; ".join(found.categories or [])),
        ("url", address or found.url),
    ):
        if value:
            document[name] = value
    return document


def _extracted(source: str, address: str, least: int | None = None) -> Document | None:
    """What trafilatura takes out of a page, content with `least` characters (250 by its own rule)."""
    import trafilatura
    from trafilatura.settings import DEFAULT_CONFIG

    config = DEFAULT_CONFIG
    if least is not None:
        config = copy.deepcopy(DEFAULT_CONFIG)
        config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(least))
    found = trafilatura.bare_extraction(
        source, url=address or None, with_metadata=True, include_comments=False, include_tables=True,
        include_formatting=False, config=config,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )  # fmt: skip
    return None if isinstance(found, dict) else found


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _decoded(data: bytes, where: object, charset: str) -> str:
    """The page's text: its mark or its bytes tell the encoding, else what the page or its server says."""
    try:
        return decode(data, where)
    except DiscourseError:
        said = charset or (match.group(1).decode() if (match := _CHARSET.search(data[:4096])) else "")
        try:
            return data.decode(_OLD_NAMES.get(said.lower(), said or "utf-8"), "replace")
        except LookupError:
            return data.decode("utf-8", "replace")
