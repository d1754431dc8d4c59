"""The examples of a lexicon of voices run as tests: cues in brackets, sentences without one, roles of sources."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from discourse.attribution import roles
from discourse.attribution.attribute import attribute
from discourse.attribution.entries import Example
from discourse.attribution.lexicon import Lexicon
from discourse.language.annotate import tokens


@dataclass(frozen=True)
class Failure:
    """An example that does not come out as it says."""

    example: Example
    reason: str

    def __str__(self) -> str:
        return f"{self.example.file}: {self.example.entry}: {self.reason}: {self.example.text}"


def check_examples(lexicon: Lexicon, files: Collection[Path] | None = None) -> list[Failure]:
    """The examples of these files (default: all) that fail with the whole lexicon at work, in its order.

    A `yes` sentence fails where no cue of a report is found in its brackets, a `no` sentence where any is found; a
    source where its words alone tell another role.
    """
    wanted = [one for one in lexicon.examples if files is None or one.file in files]
    cues = _cues([one.text.replace("[", "").replace("]", "") for one in wanted if one.kind != "role"], lexicon)
    told = _roles([one.text for one in wanted if one.kind == "role"], lexicon)
    failures = []
    at, of = iter(cues), iter(told)
    for one in wanted:
        if one.kind == "role":
            if (role := next(of)) != one.role:
                failures.append(Failure(one, f"the role is {role}, not {one.role}"))
            continue
        found = next(at)
        start, end = one.text.find("["), one.text.find("]") - 1
        if one.kind == "yes" and not any(lo < end and hi > start for lo, hi in found):
            failures.append(Failure(one, "no report is found with this cue"))
        if one.kind == "no" and found:
            failures.append(Failure(one, "a report is found, and should not be"))
    return failures


def _cues(lines: list[str], lexicon: Lexicon) -> list[list[tuple[int, int]]]:
    """The cues found in each line; a report without a cue has the place (0, 0)."""
    documents = _documents(lines)
    found: list[list[tuple[int, int]]] = [[] for _ in lines]
    for row in attribute(documents, tokens(documents), lexicon=lexicon)[0].iter_rows(named=True):
        lo, hi = row["cue"] or (0, 0)
        found[int(row["doc_id"])].append((lo, hi))
    return found


def _roles(sources: list[str], lexicon: Lexicon) -> list[str | None]:
    """The role that the words of each source tell."""
    documents = _documents([f"Tak uważa {source}." for source in sources])
    words: list[list[tuple[str, str]]] = [[] for _ in sources]
    for doc_id, tok, lemma, form in tokens(documents).select("doc_id", "tok", "lemma", "form").iter_rows():
        if tok > 1 and form[0].isalnum():
            words[int(doc_id)].append((lemma, form))
    return [roles.decide(roles.signs(several, lexicon))[0] for several in words]


def _documents(lines: list[str]) -> pl.DataFrame:
    return pl.DataFrame({"doc_id": [str(number) for number in range(len(lines))], "title": "", "text": lines},
                        schema={"doc_id": pl.String, "title": pl.String, "text": pl.String})  # fmt: skip
