"""Stretches of a document that are not the article's own text: calls to look elsewhere, advertisements, leftovers.

Found by pattern and only flagged. In text that kept its line breaks a call takes its line. In text from the web
that lost them, nobody can tell where a teaser ends (its headline runs into the article's next sentence): there
only the call itself is flagged, up to its colon, with the headline where a mark ends it within a short stretch.
"""

from __future__ import annotations

import re

import polars as pl

from discourse.core import schema

_EDGE = r"(?:(?<=\n)|\A)[ \t\u00a0]*"
_OTHER = r"(?:też|także|również|więcej|koniecznie|TEŻ|TAKŻE|RÓWNIEŻ|WIĘCEJ|KONIECZNIE)"
_VERB = r"(?:Czytaj|CZYTAJ|Przeczytaj|PRZECZYTAJ|Zobacz|ZOBACZ|Sprawdź|SPRAWDŹ|Obejrzyj|OBEJRZYJ|Posłuchaj|POSŁUCHAJ)"
_VERBS = ("zytaj", "ZYTAJ", "obacz", "OBACZ", "prawdź", "PRAWDŹ", "bejrzyj", "BEJRZYJ", "osłuchaj", "OSŁUCHAJ")
_REST = r"[^\n]{0,400}"

#: Kind, what any match contains (one of these), pattern; group 1 is the stretch.
_PATTERNS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("markup", ("<!--",), r"(<!--(?:(?!-->|<!--).){0,20000}-->)"),
    ("markup", ("</",), r"(<(script|style)\b[^<]{0,20000}</\2>)"),
    ("markup", ("<",), r"(</?(?:p|br|div|span|a|b|i|em|strong|img|iframe|ul|ol|li|h[1-6])(?:\s[^<>]{0,500})?/?>)"),
    # lines of their own
    (
        "advertisement",
        ("EKLAMA", "eklama", "DVERTISEMENT", "dvertisement", "ATERIAŁ PROMOCYJNY", "ateriał promocyjny"),
        _EDGE + r"((?:REKLAMA|Reklama|ADVERTISEMENT|Advertisement|MATERIAŁ PROMOCYJNY|Materiał promocyjny)[.:]?)"
        r"[ \t]*(?=\n|\Z)",
    ),
    ("video", ("ideo", "IDEO"), _EDGE + rf"((?:(?:Zobacz|Oglądaj|Obejrzyj) wideo|ZOBACZ WIDEO|WIDEO:|Wideo:){_REST})"),
    ("teaser", _VERBS, _EDGE + rf"({_VERB}(?: {_OTHER})? ?[:|>]{_REST})"),
    ("teaser", _VERBS, _EDGE + rf"({_VERB} {_OTHER}\b{_REST})"),
    ("teaser", ("olecamy", "OLECAMY"), _EDGE + rf"((?:Polecamy|POLECAMY)(?: {_OTHER})?(?:[:|>]{_REST}|(?=\n|\Z)))"),
    (
        "credit",
        ("ot.", "OT.", "Zdjęcie", "Foto", "FOTO"),
        _EDGE + r"((?:[Ff]ot\.|FOT\.|Zdjęcie:|Foto:|FOTO:)[^\n]{0,120})(?=\n|\Z)",
    ),
    ("source", ("ródł", "RÓDŁ"), _EDGE + r"((?:Źródło|ŹRÓDŁO|Źródła):[^\n]{0,120})(?=\n|\Z)"),
    # anywhere
    (
        "notice",
        ("Dals", "Pozosta"),
        r"((?:Dalsza część|Dalszy ciąg) (?:artykułu|tekstu)(?: znajduje się)?"
        r"(?: poniżej| pod (?:materiałem|filmem|zdjęciem)(?: wideo)?)?[.:]?"
        r"|Pozostało \d{1,3} ?% (?:artykułu|tekstu)[.:]?)",
    ),
    ("notice", ("Rozpowszechnianie",), r"(Rozpowszechnianie niniejszego artykułu [^\n.]{0,300}\.?)"),
    # where line breaks are lost, the call alone
    ("advertisement", ("REKLAMA",), r"(?<![\w„\"«(])(?<![A-ZĄĆĘŁŃÓŚŻŹ] )(REKLAMA\.?)(?!\w)(?! [A-ZĄĆĘŁŃÓŚŻŹ]{2})"),
    ("video", ("wideo", "WIDEO"), r"\b(ZOBACZ WIDEO:?|Zobacz wideo:?)"),
    ("teaser", _VERBS, rf"\b({_VERB} {_OTHER} ?[:|>]+)"),
    ("teaser", ("ZYTAJ", "OBACZ"), r"\b((?:CZYTAJ|PRZECZYTAJ|ZOBACZ)(?: (?:TEŻ|TAKŻE|RÓWNIEŻ|WIĘCEJ))? ?[:|>]+)"),
    ("teaser", ("ZYTAJ", "OBACZ"), r"\b((?:CZYTAJ|PRZECZYTAJ|ZOBACZ) (?:TEŻ|TAKŻE|RÓWNIEŻ|WIĘCEJ))\b"),
    ("teaser", ("zytaj",), r"\b((?:Czytaj|Przeczytaj) (?:też|także|również))(?=\b|[A-ZĄĆĘŁŃÓŚŻŹ])"),
    ("teaser", ("olecamy", "OLECAMY"), rf"\b((?:Polecamy|POLECAMY)(?: {_OTHER})? ?:)"),
    (
        "credit",
        ("ot.", "OT."),
        r"((?<![\w.])(?:Fot\.|fot\.|FOT\.) ?[A-ZĄĆĘŁŃÓŚŻŹ][^\n./]{1,40}/ ?"
        r"(?:PAP|AP|AFP|EPA|Reuters|REUTERS|Agencja \w+|AP Photo|Twitter|Facebook))\b",
    ),
)
_COMPILED = tuple(
    (kind, hints, re.compile(pattern, re.DOTALL if "<!--" in pattern else 0)) for kind, hints, pattern in _PATTERNS
)
_HINTS = sorted({hint for _, hints, _ in _PATTERNS for hint in hints})


def boilerplate(documents: pl.DataFrame) -> pl.DataFrame:
    """One row a stretch of a document that is not its own text: `doc_id`, `start`, `end`, `kind`.

    Sorted by document and place; stretches that overlap are one, of the kind that starts first. Offsets are code
    points into `schema.string()`. Documents of the same `doc_id` would share their stretches: ids are distinct.
    """
    texts = documents.select("doc_id", string=schema.string()).with_row_index("row")
    hints = texts.filter(pl.col("string").str.contains_any(list(_HINTS)))
    rows: list[tuple[int, str, int, int, str]] = []
    for row, doc_id, text in hints.iter_rows():
        rows.extend((row, doc_id, start, end, kind) for start, end, kind in _stretches(text))
    found = pl.DataFrame(rows, schema={"row": pl.UInt32, **schema.TABLES["boilerplate"]}, orient="row")
    return found.sort("row", "start").drop("row")


def _stretches(text: str) -> list[tuple[int, int, str]]:
    found = []
    for kind, hints, pattern in _COMPILED:
        if any(hint in text for hint in hints):
            found += [(*match.span(1), kind) for match in pattern.finditer(text)]
    merged: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(found):
        end = start + len(text[start:end].rstrip())
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), merged[-1][2])
        elif end > start:
            merged.append((start, end, kind))
    return merged
