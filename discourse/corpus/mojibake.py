"""Polish letters that were read in a wrong encoding somewhere on their way here: Ä™ for ę, ³ for ł."""

from __future__ import annotations

import re

import polars as pl

_POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
_MINIMUM = 3  # signs in a document; one alone may be meant


def _misread(letter: str) -> list[str]:
    """What a letter in UTF-8 becomes for a reader of an old encoding."""
    forms = []
    for name in ("cp1250", "cp1252", "iso8859_2", "latin-1"):
        form = letter.encode().decode(name, "ignore")
        if len(form) == 2:
            forms.append(form)
    return forms


_UTF8 = sorted({form for letter in _POLISH for form in _misread(letter)})
#: Letters of CP-1250 and ISO-8859-2 as a reader of a western encoding shows them; inside a word nobody means them.
_WESTERN = re.compile(r"(?<=[a-z])[¹³¿œŸæêñ±¶¼¦¬¯](?=[a-zê³¹¿])|(?<=[a-zê])[³¹¿](?=[a-z])")
_LETTERS = re.compile(f"[{_POLISH.replace('ó', '').replace('Ó', '')}]")
_SIGNS = re.compile("|".join(map(re.escape, _UTF8)))


def mojibake(documents: pl.DataFrame) -> pl.DataFrame:
    """One row a document whose letters are broken: `doc_id`, `signs` (how many), `example`, `kind`.

    `utf-8`: UTF-8 was read as an old encoding; `western`: an old Polish encoding as a western one; `lost`: letters
    became U+FFFD or question marks inside words. Nothing is repaired here: read the file in its own encoding again.
    """
    rows = []
    for doc_id, text in documents.select("doc_id", "text").iter_rows():
        if (found := broken(text)) is not None:
            rows.append((doc_id, *found))
    schema = {"doc_id": pl.String, "signs": pl.UInt32, "example": pl.String, "kind": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def broken(text: str) -> tuple[int, str, str] | None:
    """Number of broken signs, the word of the first, and their kind; None for a text that is whole."""
    if text.isascii() and "?" not in text:
        return None
    kinds = (
        ("utf-8", [match.start() for match in _SIGNS.finditer(text)], _MINIMUM),
        ("lost", [match.start() for match in re.finditer("\ufffd|(?<=[a-z])\\?(?=[a-z])", text)], 1),
    )
    for kind, places, least in kinds:
        if len(places) >= max(least, 1) and (kind == "utf-8" or "\ufffd" in text or len(places) > len(text) / 200):
            return len(places), _word(text, places[0]), kind
    if not _LETTERS.search(text):
        places = [match.start() for match in _WESTERN.finditer(text)]
        if len(places) >= _MINIMUM:
            return len(places), _word(text, places[0]), "western"
    return None


def _word(text: str, place: int) -> str:
    start = max(text.rfind(" ", 0, place), text.rfind("\n", 0, place)) + 1
    return text[start:].split(None, 1)[0][:40] if text[start:].split() else ""
