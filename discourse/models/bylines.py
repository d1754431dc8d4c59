"""Who wrote a document, as far as its byline tells: a person, or a desk whose articles have many authors."""

from __future__ import annotations

import re

import polars as pl

from discourse.core.errors import DiscourseError

#: Words that make a byline a desk, an agency or a rubric and not a person.
_DESK = re.compile(
    r"\b(?:zesp[oó]ł|redakc\w*|redaktorzy|red\b|pap|iar|kai|afp|reuters|agencj\w*|oprac\w*|źródło|newsroom|tygodnik\w*|"
    r"miesięcznik\w*|dziennik|portal|gazeta|serwis|materiał\w*|notujemy|czytelni\w*|anonim\w*|admin\w*|brak)\b"
    r"|\.(?:pl|com|eu|org|net|tv)\b",
    re.IGNORECASE,
)
#: What a scraper writes where there is no byline.
_EMPTY = ("", "none", "null", "nan", "n/a", "-", "–")
_NAME = r"[^\W\d_](?:[\w’'-]*|\.)"
_PERSON = re.compile(rf"(?:{_NAME})(?: (?:{_NAME}|de|von|van)){{0,4}}")
_MONTHS = (
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października",
    "listopada", "grudnia",
)  # fmt: skip


def is_collective(byline: str | None) -> bool:
    """Whether the byline names no person: empty, *Zespół …*, *redakcja*, an agency, a rubric's title.

    Several persons are persons; so is a handle (@name), and a word or a pair of initials that says nothing else.
    """
    text = (byline or "").strip()
    if text.lower() in _EMPTY:
        return True
    if text.startswith("@") and " " not in text:
        return False
    if _DESK.search(text):
        return True
    return not all(_is_person(part.strip()) for part in re.split(r",|;|/| i | oraz ", text))


def _is_person(text: str) -> bool:
    words = [word for word in text.split() if word not in ("de", "von", "van")]
    return bool(_PERSON.fullmatch(text)) and all(word[0].isupper() or len(words) == 1 for word in words)


def day(date: str | None) -> str | None:
    """The day of a date as `YYYY-MM-DD`: from 2021-02-26 07:45, 24.02.2021 or 4 lutego 2021; None where it has none."""
    text = (date or "").strip().lower()
    if found := re.search(r"\b(\d{4})[-./](\d{1,2})[-./](\d{1,2})", text):
        year, month, number = found.groups()
    elif found := re.search(r"\b(\d{1,2})[-./](\d{1,2})[-./](\d{4})\b", text):
        number, month, year = found.groups()
    elif (found := re.search(r"\b(\d{1,2})\.? (\w+) (\d{4})\b", text)) and found[2] in _MONTHS:
        number, month, year = found[1], str(_MONTHS.index(found[2]) + 1), found[3]
    else:
        return None
    return f"{year}-{int(month):02d}-{int(number):02d}"


def byline_clusters(documents: pl.DataFrame, byline: str = "author", date: str | None = "date") -> pl.DataFrame:
    """One row a document: `doc_id`, its `cluster`, and whether its byline is `collective`.

    A person's articles are a cluster. A collective byline is no author: its articles are clusters by day, so that
    what a desk wrote of one event on one day stays together, without a thousand articles becoming one; where no day is
    known, an article is a cluster of its own. Raises `DiscourseError` for a column that is missing.
    """
    for column in (byline, *([date] if date else [])):
        if column not in documents.columns:
            raise DiscourseError(
                f"table 'documents': column {column!r} is missing; it has {', '.join(documents.columns)}"
            )
    names = documents[byline].cast(pl.String).to_list()
    days = documents[date].cast(pl.String).to_list() if date else [None] * len(names)
    rows = []
    for doc_id, name, when in zip(documents["doc_id"].cast(pl.String), names, days, strict=True):
        collective = is_collective(name)
        stamp = day(when)
        cluster = (name or "").strip()
        if collective:
            cluster = f"{cluster} {stamp}".strip() if stamp else f"doc {doc_id}"
        rows.append((doc_id, cluster, collective))
    columns = {"doc_id": pl.String, "cluster": pl.String, "collective": pl.Boolean}
    return pl.DataFrame(rows, schema=columns, orient="row")
