"""What the columns of a table are for, told from their names and values: text, title, id, days, groups."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from discourse.corpus.dates import day

#: Our name → what others call it, in small letters without Polish marks.
NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "tekst", "tresc", "body", "content", "article", "artykul", "fulltext", "full_text", "maintext",
             "main_text", "tekst_artykulu", "tresc_artykulu", "article_text", "wypowiedz", "speech", "transcript"),
    "title": ("title", "tytul", "headline", "naglowek", "head", "tytul_artykulu", "nazwa"),
    "doc_id": ("doc_id", "docid", "id", "identyfikator", "identifier", "uuid", "guid", "article_id", "id_artykulu",
               "text_id", "id_tekstu", "nr", "numer", "plik", "file", "filename", "nazwa_pliku", "url", "link",
               "adres"),
    "date": ("date", "data", "dzien", "day", "data_publikacji", "published", "publication_date", "pubdate", "pub_date",
             "date_published", "published_at", "created", "created_at", "timestamp", "datetime",
             "czas"),
    "author": ("author", "autor", "byline", "autorzy", "authors", "podpis", "dziennikarz"),
    "outlet": ("outlet", "zrodlo", "source", "gazeta", "portal", "medium", "media", "tytul_prasowy", "newspaper",
               "site", "publisher", "wydawca", "domain", "domena", "redakcja", "serwis"),
    "event": ("event", "wydarzenie", "zdarzenie"),
    "genre": ("genre", "gatunek"),
    "section": ("section", "dzial", "rubryka"),
    "speaker": ("speaker", "mowca", "posel", "mowiacy"),
}  # fmt: skip
#: Columns that name persons or addresses: never a group to compare, however few they are.
_NO_GROUPS = frozenset({"author", "speaker", "url", "crawled", "revised", "doc_id", "title", "text", "corpus",
                        "sitting", "title_of_source", "sitename", "conllu", "recurrent"})  # fmt: skip
_MOST_GROUPS = 60  # values of a column that may be any; those that outlets have by name may be more
_DATE_SHAPE = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}")


@dataclass(frozen=True)
class Roles:
    """Which column is what: `text` (None where there is none), `rename` (column → our name), the columns of days."""

    text: str | None
    rename: dict[str, str]
    dates: list[str]


def plain(name: str) -> str:
    """A name in small letters without Polish marks, words joined by `_`: `Data publikacji` → `data_publikacji`."""
    letters = unicodedata.normalize("NFD", name.strip().lower().replace("ł", "l"))
    return re.sub(r"\W+", "_", "".join(c for c in letters if not unicodedata.combining(c))).strip("_")


def roles(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], needs_text: bool = True) -> Roles:
    """The roles of the columns, by their names first and by their values where no name fits.

    The text is else the column of the longest values; an id is taken only where its values are distinct. A table of
    metadata has no text (`needs_text` is false).
    """
    known = {plain(column): column for column in columns}
    values = {c: [str(row[c]).strip() for row in rows if row.get(c) not in (None, "")] for c in columns}
    chosen: dict[str, str] = {}
    for role, names in NAMES.items():
        for name in names:
            column = known.get(name)
            if column is None or column in chosen.values() or (role == "text" and not needs_text):
                continue
            if role == "doc_id" and (len(set(values[column])) < len(rows) or not rows):
                continue
            if role == "date" and not _days(values[column], 0.5):  # the name says so; half of them may be broken
                continue
            chosen[role] = column
            break
    if needs_text and ("text" not in chosen or not _prose(values[chosen["text"]])):
        longest = max(columns, key=lambda column: _mean(values[column]), default=None)
        if longest is not None and _prose(values[longest]):
            chosen = {role: column for role, column in chosen.items() if column != longest}
            chosen["text"] = longest
    dates = [chosen["date"]] if "date" in chosen else []
    dates += [c for c in columns if c not in chosen.values() and _shaped(values[c]) and _days(values[c])]
    rename = {column: role for role, column in chosen.items() if column != role}
    # a name of ours that another column has already is not taken from it
    rename = {column: role for column, role in rename.items() if role not in columns or role in ("text", "doc_id")}
    return Roles(chosen.get("text"), rename, [rename.get(column, column) for column in dates])


def groups(documents: pl.DataFrame, dates: Sequence[str] = ()) -> list[str]:
    """The columns by which a corpus may be compared: few values, each with several documents, in most documents."""
    found = []
    for column in documents.columns:
        if column in _NO_GROUPS or column in dates or column.endswith("_written"):
            continue
        if documents[column].dtype != pl.String:
            continue
        there = documents[column].replace("", None).drop_nulls()
        kinds = there.n_unique()
        most = 400 if column == "outlet" else _MOST_GROUPS
        often = 2 if column == "outlet" or documents.height < 50 else 5
        wordy = bool(len(there)) and int(there.str.len_chars().max() or 0) > 80  # type: ignore[arg-type]
        if 2 <= kinds <= most and len(there) >= 0.8 * documents.height and len(there) >= often * kinds and not wordy:
            found.append(column)
    return found


def _mean(values: Sequence[str]) -> float:
    return sum(map(len, values)) / len(values) if values else 0.0


def _prose(values: Sequence[str]) -> bool:
    """Whether these are texts rather than names: a third of them has a space in it and 20 characters."""
    return bool(values) and sum(len(value) >= 20 and " " in value for value in values) >= len(values) / 3


def _days(values: Sequence[str], share: float = 0.8) -> bool:
    return bool(values) and sum(day(value) is not None for value in values[:300]) >= share * len(values[:300])


def _shaped(values: Sequence[str]) -> bool:
    """Whether these look like days although nothing calls them so: no bare numbers, nothing long."""
    some = values[:50]
    return bool(some) and all(
        len(value) <= 40 and _DATE_SHAPE.search(value) and not value.isdecimal() for value in some
    )
