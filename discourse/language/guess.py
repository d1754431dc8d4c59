"""Readings of words that Morfeusz does not know, by how known words of like endings are inflected.

A rule says: of a form that ends so, take off so many letters, add these, and the form has that tag. Rules come
from annotated text; the likeliest of a form's longest endings become its readings, for the tagger to choose from.
"""

from __future__ import annotations

import contextlib
import contextvars
import functools
import hashlib
import re
from collections.abc import Iterator
from importlib import resources

import polars as pl

from discourse.language import tagset
from discourse.language.cache import Cache

FILE = "endings.parquet"
_VERSION = 1  # rises whenever the same rules would give other readings
LONGEST = 5  # letters of an ending
_KEPT = 12  # rules kept for one ending
_READINGS = 14  # of a form
_OPEN = ("subst", "adj", "adv", "fin", "praet", "inf", "ppas", "pact", "ger", "imps", "impt", "pcon", "pant")
_FOREIGN = re.compile(r"([^\W\d_].*?[^\W\d_])['’ʼ]([a-ząęóy]{1,4})|([^\W\d_]*[^\W\d_a-ząćęłńóśźż])-([a-ząęóy]{1,4})")
_WORD = re.compile(r"[^\W\d_][\w.'’ʼ-]*")

#: Endings after an apostrophe or hyphen (*Blake'a*, *VRML-owi*) → the tags they mark.
_ENDINGS = {
    "a": ("subst:sg:gen:m1", "subst:sg:acc:m1", "subst:sg:gen:m3", "subst:sg:gen:m2"),
    "u": ("subst:sg:gen:m3", "subst:sg:loc:m3", "subst:sg:loc:m1"),
    "owi": ("subst:sg:dat:m1", "subst:sg:dat:m3"),
    "em": ("subst:sg:inst:m1", "subst:sg:inst:m3"),
    "iem": ("subst:sg:inst:m1", "subst:sg:inst:m3"),
    "ie": ("subst:sg:loc:m1", "subst:sg:loc:m3"),
    "e": ("subst:sg:loc:m1", "subst:sg:loc:m3", "subst:pl:nom:m3"),
    "ego": ("subst:sg:gen:m1", "subst:sg:acc:m1"),
    "emu": ("subst:sg:dat:m1",),
    "ów": ("subst:pl:gen:m1", "subst:pl:gen:m3", "subst:pl:acc:m1"),
    "owie": ("subst:pl:nom:m1",),
    "y": ("subst:pl:nom:m3", "subst:pl:acc:m3", "subst:sg:gen:f"),
    "i": ("subst:pl:nom:m3", "subst:pl:acc:m3", "subst:sg:gen:f"),
    "om": ("subst:pl:dat:m1", "subst:pl:dat:m3"),
    "ami": ("subst:pl:inst:m1", "subst:pl:inst:m3"),
    "ach": ("subst:pl:loc:m1", "subst:pl:loc:m3"),
    "ą": ("subst:sg:inst:f",),
    "ę": ("subst:sg:acc:f",),
    "m": ("subst:sg:inst:m1", "subst:sg:loc:m1"),
    "go": ("subst:sg:gen:m1", "subst:sg:acc:m1"),
    "mu": ("subst:sg:dat:m1",),
}


def rules(tokens: pl.DataFrame) -> pl.DataFrame:
    """One row an ending and rule learnt from annotated tokens: `name, ending, take, add, tag, count`.

    `name` says whether it is of words whose lemma is capitalised. Each distinct form with its lemma and tag counts
    once. `take` letters come off, `add` are put on.
    """
    words = (
        tokens.with_columns(tag=tagset.canonical_column(tokens.get_column("tag")))
        .filter(
            pl.col("form").str.contains(r"^\p{L}{3,}$")
            & pl.col("lemma").str.contains(r"^\p{L}{2,}$")
            & pl.col("tag").str.extract(r"^([^:]*)").is_in(_OPEN)
        )
        .select(
            "tag",
            form=pl.col("form").str.to_lowercase(),
            name=pl.col("lemma").str.contains(r"^\p{Lu}"),
            lemma=pl.col("lemma").str.to_lowercase(),
        )
        .unique()
    )
    rows = []
    for tag, form, name, lemma in words.sort("form", "lemma", "tag").iter_rows():
        same = _common(form, lemma)
        if (
            len(form) - same > LONGEST
            or (name and not tag.startswith(("subst", "adj")))
            or lemma.startswith("nie") != form.startswith("nie")
        ):
            continue
        for size in range(max(1, len(form) - same), min(LONGEST, len(form) - 1) + 1):
            rows.append((name, form[-size:], len(form) - same, lemma[same:], tag))
        if form == lemma:
            rows.append((name, "", 0, "", tag))
    frame = pl.DataFrame(
        rows,
        schema={"name": pl.Boolean, "ending": pl.String, "take": pl.UInt8, "add": pl.String, "tag": pl.String},
        orient="row",
    )
    key = ["name", "ending"]
    return (
        frame.group_by(*key, "take", "add", "tag")
        .agg(count=pl.len().cast(pl.UInt32))
        .filter((pl.col("count") > 1) | (pl.col("ending").str.len_chars() > 3))
        .sort(*key, "count", "tag", "add", "take", descending=[False, False, True, False, False, False])
        .group_by(*key, maintain_order=True)
        .head(_KEPT)
        .filter(pl.col("count").sum().over(key) > 1)
    )


def readings(form: str) -> list[tuple[str, str]]:
    """Lemma and tag of each likely reading of an unknown form, likeliest first; none for what is no word."""
    foreign = _FOREIGN.fullmatch(form)
    if foreign:
        stem, ending = foreign.group(1) or foreign.group(3), foreign.group(2) or foreign.group(4)
        if ending in _ENDINGS:
            return [(stem, tag) for tag in _ENDINGS[ending]]
    if len(form) < 2 or len(form) > 60 or not _WORD.fullmatch(form):
        return []
    capital = form[0].isupper()
    found = _likely(form, capital, _READINGS)
    if capital and not form.isupper():
        found += _likely(form, False, 6)
        return list(dict.fromkeys(found))
    return found


#: One row a likely reading of an unknown form, nulls where there is none.
SCHEMA = pl.Schema({"unknown": pl.String, "guess": pl.String, "reading": pl.String})


def table(forms: pl.Series, cache: Cache | None) -> pl.DataFrame:
    """One row a likely reading of each of these unknown (distinct) forms, likeliest first; see `SCHEMA`."""
    kept, missing = cache.find(forms) if cache else (pl.DataFrame(schema=SCHEMA), forms)
    none: list[tuple[str | None, str | None]] = [(None, None)]
    unknown: list[str] = []
    found: list[tuple[str | None, str | None]] = []
    for form in missing:
        likely = readings(form) or none
        unknown += [form] * len(likely)
        found += likely
    lemmas, tags = ([pair[at] for pair in found] for at in (0, 1))
    new = pl.DataFrame(dict(zip(SCHEMA, (unknown, lemmas, tags), strict=True)), schema=SCHEMA)
    if cache and len(new):
        cache.write(new)
    return pl.concat([kept, new]).drop_nulls()


def kept() -> Cache | None:
    """Where guesses by the package's rules are kept; none for other rules."""
    return Cache("guesses", digest(), SCHEMA) if _given.get() is None else None


@functools.cache
def digest() -> str:
    """What tells the package's rules and this way of applying them from others."""
    file = resources.files("discourse.language") / "weights" / FILE
    return hashlib.sha256(file.read_bytes() + bytes([_VERSION])).hexdigest()[:16]


def _likely(form: str, name: bool, most: int) -> list[tuple[str, str]]:
    lower = form.lower()
    table = _table()
    size = min(LONGEST, len(lower) - 1)
    while size and (name, lower[len(lower) - size :]) not in table:
        size -= 1
    best = table.best(name, lower[len(lower) - size :] if size else "")
    if form.isupper():
        best = [rule for rule in best if rule[0] == 0] or best
    # no two rules of one ending give the same lemma and tag: what they add differs from what they take off
    length = len(form)
    if length > LONGEST + 1:
        return [(form[: length - take] + add, tag) for take, add, tag in best[:most]]
    found = [(form[: length - take] + add, tag) for take, add, tag in best]
    return [pair for pair in found if len(pair[0]) > 1][:most]


class Table(dict[tuple[bool, str], list[tuple[int, str, str, int]]]):
    """Rules by kind of word and ending; the likeliest rules of a longest ending are worked out once."""

    def __init__(self) -> None:
        super().__init__()
        self._best: dict[tuple[bool, str], list[tuple[int, str, str]]] = {}
        self._scored: dict[tuple[bool, str], dict[tuple[int, str, str], float]] = {}

    def best(self, name: bool, ending: str) -> list[tuple[int, str, str]]:
        """Rules (letters off, letters on, tag) of words that end so and have no rule of a longer ending."""
        found = self._best.get((name, ending))
        if found is None:
            scores = sorted(self._scores(name, ending).items(), key=lambda item: (-item[1], item[0]))
            found = self._best[name, ending] = [rule for rule, _ in scores]
        return found

    def _scores(self, name: bool, ending: str) -> dict[tuple[int, str, str], float]:
        """How likely each rule of this ending and of shorter ones is; the longer the ending, the more it says."""
        found = self._scored.get((name, ending))
        if found is None:
            found = self._scores(name, ending[1:]) if ending else {}
            here = self.get((name, ending))
            if here is not None:
                total = sum(count for *_, count in here) + 3.0
                found = {rule: score * 3.0 / total for rule, score in found.items()}
                for take, add, tag, count in here:
                    found[take, add, tag] = found.get((take, add, tag), 0.0) + count / total
            self._scored[name, ending] = found
        return found


_given: contextvars.ContextVar[Table | None] = contextvars.ContextVar("_given", default=None)


@contextlib.contextmanager
def using(rules_: pl.DataFrame) -> Iterator[None]:
    """Within the block, guess by these rules instead of those of the package."""
    token = _given.set(_indexed(rules_))
    try:
        yield
    finally:
        _given.reset(token)


def _table() -> Table:
    table = _given.get()
    return _shipped() if table is None else table


@functools.cache
def _shipped() -> Table:
    with resources.as_file(resources.files("discourse.language") / "weights" / FILE) as file:
        return _indexed(pl.read_parquet(file, memory_map=False))


def _indexed(rules_: pl.DataFrame) -> Table:
    table = Table()
    for name, ending, take, add, tag, count in rules_.iter_rows():
        table.setdefault((name, ending), []).append((take, add, tag, count))
    return table


def _common(a: str, b: str) -> int:
    size = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        size += 1
    return size
