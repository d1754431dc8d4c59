"""The examples of a lexicon run as tests: `yes` sentences with the marked part in brackets, `no` sentences without."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from discourse.language.annotate import tokens
from discourse.markers.lexicon import Entry, Lexicon, example
from discourse.markers.match import markers


@dataclass(frozen=True)
class Failure:
    """An example that does not come out as it says."""

    entry: Entry
    sentence: str
    reason: str

    def __str__(self) -> str:
        return f"{self.entry.file}: entry {self.entry.id!r}: {self.reason}: {self.sentence}"


def check_examples(lexicon: Lexicon) -> list[Failure]:
    """The examples that fail, in the order of the lexicon.

    A `yes` sentence fails where its bracketed part is not found as this very entry, word for word, with the whole
    lexicon at work; a `no` sentence fails where the entry is found in it.
    """
    cases = [
        (entry, sentence, wanted)
        for entry in lexicon.entries
        for sentences, wanted in ((entry.yes, True), (entry.no, False))
        for sentence in sentences
    ]
    texts = [example(sentence) for _, sentence, _ in cases]
    documents = pl.DataFrame(
        {"doc_id": [str(number) for number in range(len(cases))], "title": "", "text": [text for text, _ in texts]}
    )
    found: dict[int, list[tuple[int, int, str]]] = {}
    for row in markers(tokens(documents), lexicon).iter_rows(named=True):
        found.setdefault(int(row["doc_id"]), []).append((row["start"], row["end"], row["marker"]))
    failures = []
    for number, (entry, sentence, wanted) in enumerate(cases):
        text, spans = texts[number]
        hits = found.get(number, [])
        mine = [(start, end) for start, end, marker in hits if marker == entry.id]
        if not wanted and mine:
            failures.append(Failure(entry, sentence, f"found {text[mine[0][0]:mine[0][1]]!r}, and should not be"))
        elif wanted and mine != spans:
            other = ", ".join(f"{text[start:end]!r} as {marker!r}" for start, end, marker in hits)
            failures.append(Failure(entry, sentence, f"not found as marked ({other or 'nothing is found'})"))
    return failures
