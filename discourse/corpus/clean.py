"""Stretches of a document that are not the article's own text: calls to look elsewhere, advertisements, leftovers.

Found by pattern, or by recurrence over the corpus (see `recurrent`), and only flagged. In text that kept its line
breaks a call takes its line. In text from the web that lost them, nobody can tell where a teaser ends (its headline
runs into the article's next sentence): there only the call itself is flagged, up to its colon, with the headline where
a mark ends it within a short stretch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from discourse.core import schema
from discourse.corpus.recurrent import COLUMN as RECURRENT

_LINE = r"[ \t\u00a0]*"  # opens the patterns of what stands at the beginning of a line
_OTHER = r"(?:też|także|również|więcej|koniecznie|TEŻ|TAKŻE|RÓWNIEŻ|WIĘCEJ|KONIECZNIE)"
_VERBS = (
    "Czytaj", "CZYTAJ", "Przeczytaj", "PRZECZYTAJ", "Zobacz", "ZOBACZ", "Sprawdź", "SPRAWDŹ", "Obejrzyj", "OBEJRZYJ",
    "Posłuchaj", "POSŁUCHAJ",
)  # fmt: skip
_VERB = f"(?:{'|'.join(_VERBS)})"
_REST = r"[^\n]{0,400}"

#: Kind, what any match contains (one of these), pattern; group 1 is the stretch. A pattern for anywhere in the text,
#: but that of whole elements, begins with what it contains.
_PATTERNS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("markup", ("<!--",), r"(<!--(?:(?!-->|<!--).){0,20000}-->)"),
    ("markup", ("</",), r"(<(script|style)\b[^<]{0,20000}</\2>)"),
    ("markup", ("<",), r"(</?(?:p|br|div|span|a|b|i|em|strong|img|iframe|ul|ol|li|h[1-6])(?:\s[^<>]{0,500})?/?>)"),
    # lines of their own
    (
        "advertisement",
        ("REKLAMA", "Reklama", "ADVERTISEMENT", "Advertisement", "MATERIAŁ PROMOCYJNY", "Materiał promocyjny"),
        _LINE + r"((?:REKLAMA|Reklama|ADVERTISEMENT|Advertisement|MATERIAŁ PROMOCYJNY|Materiał promocyjny)[.:]?)"
        r"[ \t]*(?=\n|\Z)",
    ),
    (
        "video",
        ("wideo", "Wideo", "WIDEO"),
        _LINE + rf"((?:(?:Zobacz|Oglądaj|Obejrzyj) wideo|ZOBACZ WIDEO|WIDEO:|Wideo:){_REST})",
    ),
    ("teaser", _VERBS, _LINE + rf"({_VERB}(?: {_OTHER})? ?[:|>]{_REST})"),
    ("teaser", _VERBS, _LINE + rf"({_VERB} {_OTHER}\b{_REST})"),
    ("teaser", ("Polecamy", "POLECAMY"), _LINE + rf"((?:Polecamy|POLECAMY)(?: {_OTHER})?(?:[:|>]{_REST}|(?=\n|\Z)))"),
    (
        "credit",
        ("Fot.", "fot.", "FOT.", "Zdjęcie", "Foto", "FOTO"),
        _LINE + r"((?:[Ff]ot\.|FOT\.|Zdjęcie:|Foto:|FOTO:)[^\n]{0,120})(?=\n|\Z)",
    ),
    ("source", ("Źródł", "ŹRÓDŁ"), _LINE + r"((?:Źródło|ŹRÓDŁO|Źródła):[^\n]{0,120})(?=\n|\Z)"),
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
    ("video", ("Zobacz wideo", "ZOBACZ WIDEO"), r"\b(ZOBACZ WIDEO:?|Zobacz wideo:?)"),
    ("teaser", _VERBS, rf"\b({_VERB} {_OTHER} ?[:|>]+)"),
    (
        "teaser",
        ("CZYTAJ", "PRZECZYTAJ", "ZOBACZ"),
        r"\b((?:CZYTAJ|PRZECZYTAJ|ZOBACZ)(?: (?:TEŻ|TAKŻE|RÓWNIEŻ|WIĘCEJ))? ?[:|>]+)",
    ),
    ("teaser", ("CZYTAJ", "PRZECZYTAJ", "ZOBACZ"), r"\b((?:CZYTAJ|PRZECZYTAJ|ZOBACZ) (?:TEŻ|TAKŻE|RÓWNIEŻ|WIĘCEJ))\b"),
    ("teaser", ("Czytaj", "Przeczytaj"), r"\b((?:Czytaj|Przeczytaj) (?:też|także|również))(?=\b|[A-ZĄĆĘŁŃÓŚŻŹ])"),
    ("teaser", ("Polecamy", "POLECAMY"), rf"\b((?:Polecamy|POLECAMY)(?: {_OTHER})? ?:)"),
    (
        "credit",
        ("Fot.", "fot.", "FOT."),
        r"((?<![\w.])(?:Fot\.|fot\.|FOT\.) ?[A-ZĄĆĘŁŃÓŚŻŹ][^\n./]{1,40}/ ?"
        r"(?:PAP|AP|AFP|EPA|Reuters|REUTERS|Agencja \w+|AP Photo|Twitter|Facebook))\b",
    ),
)
_LINES, _HERE, _ANYWHERE = range(3)  # where a match begins: in the hint's line, at the hint, anywhere before it
_COMPILED = tuple(
    (
        kind,
        hints,
        _LINES if pattern.startswith(_LINE) else _ANYWHERE if hints == ("</",) else _HERE,
        re.compile(pattern, re.DOTALL if "<!--" in pattern else 0),
    )
    for kind, hints, pattern in _PATTERNS
)
_HINTS = sorted({hint for _, hints, _ in _PATTERNS for hint in hints})


def boilerplate(documents: pl.DataFrame) -> pl.DataFrame:
    """One row a stretch of a document that is not its own text: `doc_id`, `start`, `end`, `kind`.

    Sorted by document and place; stretches that overlap are one, of the kind that starts first. Offsets are code
    points into `schema.string()`. Documents of the same `doc_id` would share their stretches: ids are distinct.
    Lines that recur over the corpus are of the kind `recurrent`; documents bring their places in a column of that name.
    """
    lines = pl.col(RECURRENT) if RECURRENT in documents.columns else pl.lit([])
    texts = documents.select("doc_id", string=schema.string(), lines=lines).with_row_index("row")
    there = pl.col("string").str.extract_many(_HINTS, overlapping=True).list.unique()
    hints = texts.with_columns(there=there).filter((pl.col("there").list.len() > 0) | (pl.col("lines").list.len() > 0))
    rows: list[tuple[int, str, int, int, str]] = []
    for row, doc_id, text, own, there in hints.iter_rows():
        rows.extend((row, doc_id, start, end, kind) for start, end, kind in _stretches(text, own or (), there))
    found = pl.DataFrame(rows, schema={"row": pl.UInt32, **schema.TABLES["boilerplate"]}, orient="row")
    return found.sort("row", "start").drop("row")


def _stretches(text: str, recurrent: Sequence[Sequence[int]], hints_there: Iterable[str]) -> list[tuple[int, int, str]]:
    found = [(start, end, RECURRENT) for start, end in recurrent]
    places = {hint: text.find(hint) for hint in hints_there}
    for kind, hints, begins, pattern in _COMPILED:
        here = [hint for hint in hints if hint in places]
        if here:
            found += [(*match.span(1), kind) for match in _matches(text, pattern, begins, here, places)]
    merged: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(found):
        end = start + len(text[start:end].rstrip())
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), merged[-1][2])
        elif end > start:
            merged.append((start, end, kind))
    return merged


def _matches(
    text: str, pattern: re.Pattern[str], begins: int, hints: list[str], places: dict[str, int]
) -> Iterator[re.Match[str]]:
    """What `finditer` finds, or `match` at each line, looking only at the hints; `places` are their first."""
    if begins == _ANYWHERE:
        yield from pattern.finditer(text)
        return
    spots = set()
    for hint in hints:
        at = places[hint]
        while at >= 0:
            spots.add(text.rfind("\n", 0, at) + 1 if begins == _LINES else at)
            end = text.find("\n", at) if begins == _LINES else at  # a line is tried once
            at = text.find(hint, end + 1) if end >= 0 else -1
    done = 0
    for spot in sorted(spots):
        match = pattern.match(text, spot) if begins == _LINES or spot >= done else None
        if match:
            yield match
            done = match.end()
