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
    table = _table()
    rules = [table.rules[number] for number in _rules(form, table)]
    return _foreign(form) or [(form[: len(form) - take] + add, tag) for take, add, tag in rules]


def _foreign(form: str) -> list[tuple[str, str]]:
    """The readings of a form with an ending after an apostrophe or hyphen."""
    found = None if form.isalpha() else _FOREIGN.fullmatch(form)
    if found is None:
        return []
    return [(found.group(1) or found.group(3), tag) for tag in _ENDINGS.get(found.group(2) or found.group(4), ())]


def _rules(form: str, table: Table) -> list[int]:
    """The likeliest rules for a form, none for what is no word. No two of them give the same lemma and tag: what one
    adds differs from what it takes off."""
    if len(form) < 2 or len(form) > 60 or not (form.isalpha() or _WORD.fullmatch(form)):
        return []
    capital = form[0].isupper()
    found = _likely(form, capital, _READINGS, table)
    if capital and not form.isupper():
        return list(dict.fromkeys(found + _likely(form, False, 6, table)))
    return found


#: One row a likely reading of an unknown form, nulls where there is none.
SCHEMA = pl.Schema({"unknown": pl.String, "guess": pl.String, "reading": pl.String})


def table(forms: pl.Series, cache: Cache | None) -> pl.DataFrame:
    """One row a likely reading of each of these unknown (distinct) forms, likeliest first; see `SCHEMA`."""
    kept, missing = cache.find(forms) if cache else (pl.DataFrame(schema=SCHEMA), forms)
    new = _made(missing)
    if cache and len(new):
        cache.write(new)
    return pl.concat([kept, new]).drop_nulls()


def _made(forms: pl.Series) -> pl.DataFrame:
    """The same without a cache; what the rules give is put together for all forms at once."""
    table = _table()
    others: list[tuple[str, str | None, str | None]] = []
    rows: list[int] = []
    rules: list[int] = []
    for row, form in enumerate(forms):
        if foreign := _foreign(form):
            others += [(form, *reading) for reading in foreign]
        elif found := _rules(form, table):
            rows += [row] * len(found)
            rules += found
        else:
            others.append((form, None, None))
    unknown = pl.col("unknown")
    made = table.frame[rules].with_columns(forms.gather(rows).alias("unknown"))
    stem = unknown.str.head(unknown.str.len_chars().cast(pl.Int64) - pl.col("take"))
    made = made.select(unknown, guess=stem + pl.col("add"), reading="tag")
    return pl.concat([made, pl.DataFrame(others, schema=SCHEMA, orient="row")])


def kept() -> Cache | None:
    """Where guesses by the package's rules are kept; none for other rules."""
    return Cache("guesses", digest(), SCHEMA) if _given.get() is None else None


@functools.cache
def digest() -> str:
    """What tells the package's rules and this way of applying them from others."""
    file = resources.files("discourse.language") / "weights" / FILE
    return hashlib.sha256(file.read_bytes() + bytes([_VERSION])).hexdigest()[:16]


def _likely(form: str, name: bool, most: int, table: Table) -> list[int]:
    lower = form.lower()
    size = min(LONGEST, len(lower) - 1)
    while size and (name, lower[len(lower) - size :]) not in table.places:
        size -= 1
    best = table.best(name, lower[len(lower) - size :] if size else "")
    if form.isupper():
        best = [rule for rule in best if table.rules[rule][0] == 0] or best
    if len(form) <= LONGEST + 1:  # a lemma has more than a letter
        best = [rule for rule in best if len(form) - table.rules[rule][0] + len(table.rules[rule][1]) > 1]
    return best[:most]


class Table:
    """Rules (letters off, letters on, tag), numbered in their order; the likeliest of an ending are worked out once."""

    def __init__(self, rules_: pl.DataFrame) -> None:
        rule, key = ["take", "add", "tag"], ["name", "ending"]
        self.frame = rules_.select(rule).unique().sort(rule)
        self.rules: list[tuple[int, str, str]] = self.frame.rows()
        found = rules_.join(self.frame.with_row_index("rule"), on=rule).sort(*key, "rule").with_row_index("begin")
        groups = found.group_by(key, maintain_order=True).agg(pl.col("begin").first(), end=pl.col("begin").last() + 1)
        self.places = {(name, ending): (begin, end) for name, ending, begin, end in groups.iter_rows()}
        self._rule, self._count = found.get_column("rule").to_list(), found.get_column("count").to_list()
        self._best: dict[tuple[bool, str], list[int]] = {}
        self._scored: dict[tuple[bool, str], dict[int, float]] = {}

    def best(self, name: bool, ending: str) -> list[int]:
        """Rules of words that end so and have no rule of a longer ending."""
        found = self._best.get((name, ending))
        if found is None:
            scores = sorted([(-score, rule) for rule, score in self._scores(name, ending).items()])
            found = self._best[name, ending] = [rule for _, rule in scores]
        return found

    def _scores(self, name: bool, ending: str) -> dict[int, float]:
        """How likely each rule of this ending and of shorter ones is; the longer the ending, the more it says."""
        found = self._scored.get((name, ending))
        if found is None:
            found = self._scores(name, ending[1:]) if ending else {}
            if (name, ending) in self.places:
                here = slice(*self.places[name, ending])
                total = sum(self._count[here]) + 3.0
                found = {rule: score * 3.0 / total for rule, score in found.items()}
                for rule, count in zip(self._rule[here], self._count[here], strict=True):
                    found[rule] = found.get(rule, 0.0) + count / total
            self._scored[name, ending] = found
        return found


_given: contextvars.ContextVar[Table | None] = contextvars.ContextVar("_given", default=None)


@contextlib.contextmanager
def using(rules_: pl.DataFrame) -> Iterator[None]:
    """Within the block, guess by these rules instead of those of the package."""
    token = _given.set(Table(rules_))
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
        return Table(pl.read_parquet(file, memory_map=False))


def _common(a: str, b: str) -> int:
    size = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        size += 1
    return size
