"""What a corpus turned out to hold: documents, words, groups, dates, and problems by kind with examples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from discourse.corpus.dates import order
from discourse.corpus.documents import WRITTEN, Reading, reading
from discourse.corpus.flags import flags, summary
from discourse.corpus.manifest import Corpus, Manifest
from discourse.corpus.recurrent import recurrent
from discourse.corpus.rejected import Rejected

WORD = r"\S*[\p{L}\p{N}]\S*"
#: Flags that take little time; the others ask the language of every text and compare all with all.
QUICK = ("empty", "too_short", "mostly_tables", "mojibake", "duplicate")
_EXAMPLES = 3


@dataclass(frozen=True)
class Problem:
    """Something to look at: its kind, how many documents it concerns, and a few of them."""

    kind: str
    number: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Examined:
    """A corpus as it is: its documents, what was rejected, its flags, and the problems that follow."""

    documents: pl.DataFrame
    rejected: list[Rejected]
    flags: pl.DataFrame
    problems: list[Problem]

    @property
    def blank(self) -> int:
        return self.documents.filter(self.documents["text"].str.strip_chars() == "").height

    @property
    def words(self) -> int:
        return int(self.documents["text"].str.count_matches(WORD).sum() or 0)

    def days(self, column: str) -> tuple[str, str] | None:
        """The first and the last day of a column of days."""
        if column not in self.documents.columns or (found := self.documents[column].drop_nulls()).is_empty():
            return None
        return str(found.min()), str(found.max())

    def other_than_declared(self, manifest: Manifest) -> str:
        """What differs from what the manifest says was there when it was written; empty where nothing does."""
        declared = manifest.found
        problems = []
        if declared and declared.documents != self.documents.height:
            problems.append(f"the manifest says {declared.documents}")
        if len(self.rejected) > (declared.rejected if declared else 0):
            problems.append(f"{len(self.rejected)} could not be read")
        return "; ".join(problems)

    def facts(self, manifest: Manifest) -> dict[str, Any]:
        """What was found, for people and for JSON."""
        groups = {
            column: {str(key): number for key, number in counted(self.documents, column).iter_rows()}
            for column in manifest.groups
        }
        days = {column: self.days(column) for column in manifest.dates}
        return {
            "documents": self.documents.height,
            "words": self.words,
            "rejected": len(self.rejected),
            "dates": {column: list(found) for column, found in days.items() if found},
            "groups": groups,
            "problems": [
                {"kind": problem.kind, "documents": problem.number, "examples": list(problem.examples)}
                for problem in self.problems
            ],
        }


def examine(corpus: Corpus, data: Path | None = None, quick: bool = False) -> Examined:
    """The corpus read as an experiment would read it, and looked through for problems.

    `quick` leaves out what takes long: languages, near-duplicates, recurring lines, boilerplate.
    """
    return examined(corpus, reading(corpus, data), quick)


def examined(corpus: Corpus, found: Reading, quick: bool = False) -> Examined:
    """As `examine`, of a corpus that has been read already."""
    marked = flags(found.documents, QUICK if quick else None)
    problems = [*_rejected(found.rejected), *_dates(corpus, found.documents), *_flagged(marked)]
    if not quick and not corpus.manifest.boilerplate:
        problems += _recurring(corpus, found.documents)
    return Examined(found.documents, found.rejected, marked, problems)


def counted(documents: pl.DataFrame, column: str) -> pl.DataFrame:
    """One row a group: its name and its number of documents, the largest first."""
    counts = documents.group_by(column).len()
    return counts.sort(["len", column], descending=[True, False], nulls_last=True)


def _rejected(rejected: list[Rejected]) -> list[Problem]:
    kinds: dict[str, list[Rejected]] = {}
    for one in rejected:
        kinds.setdefault(one.kind, []).append(one)
    return [
        Problem(f"rejected: {kind}", len(ones), tuple(f"{one.place}: {one.reason}" for one in ones[:_EXAMPLES]))
        for kind, ones in sorted(kinds.items(), key=lambda item: -len(item[1]))
    ]


def _dates(corpus: Corpus, documents: pl.DataFrame) -> list[Problem]:
    problems = []
    for column in corpus.manifest.dates:
        if column not in documents.columns:
            continue
        none = documents.filter(pl.col(column).is_null())
        written = f"{column}{WRITTEN}"
        wrong = none.filter(pl.col(written).is_not_null()) if written in none.columns else none.clear()
        if wrong.height:
            examples = wrong.select(pl.format("{}: {}", "doc_id", written)).to_series().head(_EXAMPLES).to_list()
            problems.append(Problem(f"{column} not understood", wrong.height, tuple(examples)))
        if written in documents.columns:
            problems += _orders(column, documents.select("doc_id", pl.col(written).alias("written")).drop_nulls())
        if none.height > wrong.height:
            lone = none.join(wrong.select("doc_id"), on="doc_id", how="anti")["doc_id"]
            problems.append(Problem(f"no {column}", len(lone), tuple(lone.head(_EXAMPLES).to_list())))
    return problems


def _orders(column: str, written: pl.DataFrame) -> list[Problem]:
    """Where some days of a column can only have the month first, those that may be read either way are in doubt."""
    orders = {name: written["written"].map_elements(order, return_dtype=pl.String) == name
              for name in ("month first", "either")}  # fmt: skip
    doubtful, sure = written.filter(orders["either"]), written.filter(orders["month first"])
    if doubtful.is_empty() or sure.is_empty():
        return []
    ask = f"read as day and month, but {sure['written'][0]} has the month first; write them as 2021-12-31"
    examples = [f"{doc_id}: {text}, {ask}" for doc_id, text in doubtful.head(_EXAMPLES).iter_rows()]
    return [Problem(f"{column} in doubt", doubtful.height, tuple(examples))]


def _flagged(marked: pl.DataFrame) -> list[Problem]:
    return [
        Problem(str(flag).replace("_", " "), number, tuple(examples))
        for flag, number, examples in summary(marked).iter_rows()
    ]


def _recurring(corpus: Corpus, documents: pl.DataFrame) -> list[Problem]:
    lines = recurrent(documents, next(iter(corpus.manifest.groups), None))
    if lines.is_empty():
        return []
    examples = lines.head(_EXAMPLES).select(pl.format("{}× {}", "documents", pl.col("line").str.slice(0, 60)))
    return [Problem("recurring lines", lines.height, tuple(examples.to_series().to_list()))]
