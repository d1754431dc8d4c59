"""Days out of the ways in which the Polish web writes them."""

from __future__ import annotations

import datetime
import functools
import re

_MONTHS = {
    "sty": 1, "lut": 2, "mar": 3, "kwi": 4, "maj": 5, "cze": 6, "lip": 7, "sie": 8, "wrz": 9, "paź": 10, "paz": 10,
    "lis": 11, "gru": 12, "jan": 1, "feb": 2, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
}  # fmt: skip
_ISO = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?$")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{4})(?!\d)")
_WORDS = re.compile(r"(?<!\d)(\d{1,2})\.?(?:st|nd|rd|th)?\s+([^\W\d_]{1,12})\.?,?\s+(\d{4})(?!\d)", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)", re.IGNORECASE)
_EPOCH = re.compile(r"^1\d{9}(?:\d{3})?$")
_FIRST, _LAST = 1500, 2100


@functools.lru_cache(maxsize=100_000)
def day(text: str) -> str | None:
    """The day as `2021-02-26`, from what is written; None where no day can be told, or none that exists.

    `2021-02-26 07:45`, `26.02.2021, godz. 9:55`, `26/02/2021` (day first, unless only the month can be), `26 lutego
    2021`, `26 II 2021`, `Feb 26, 2021`, `20210226`, seconds or milliseconds since 1970.
    """
    text = text.strip()
    if match := _COMPACT.match(text):
        return _day(*map(int, match.groups()))
    if _EPOCH.match(text):
        seconds = int(text[:10])
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    if match := _ISO.search(text):
        return _day(*map(int, match.groups()))
    if match := _NUMBERS.search(text):
        first, second, year = map(int, match.groups())
        return _day(year, second, first) or (_day(year, first, second) if second > 12 else None)
    if match := _WORDS.search(text):
        return _day(int(match[3]), _month(match[2]), int(match[1]))
    if match := _MONTH_FIRST.search(text):
        return _day(int(match[3]), _month(match[1]), int(match[2]))
    return None


def order(text: str) -> str | None:
    """The order of a day in numbers: `day first` (26/02/2021), `month first` (02/26/2021) or `either`; else None."""
    if _COMPACT.match(text) or _ISO.search(text) or not (match := _NUMBERS.search(text)):
        return None
    first, second = int(match[1]), int(match[2])
    if first == second or max(first, second) > 31:
        return None
    return "day first" if first > 12 else "month first" if second > 12 else "either"


def _month(word: str) -> int:
    word = word.lower()
    return _ROMAN.get(word) or _MONTHS.get(word[:3], 0)


def _day(year: int, month: int, number: int) -> str | None:
    if not _FIRST <= year <= _LAST:
        return None
    try:
        return datetime.date(year, month, number).isoformat()
    except ValueError:
        return None
