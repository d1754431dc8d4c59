"""A lexicon of voices as rows, for people who look something up in it."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from discourse.attribution.endings import stem
from discourse.attribution.entries import Held, Verb
from discourse.attribution.lexicon import Lexicon

SECTIONS = ("verb", "phrase", "verbal", "nominal", "predicative", "person", "institution", "document", "title",
            "generic", "known", "office", "holder", "body")  # fmt: skip


def listing(lexicon: Lexicon) -> pl.DataFrame:
    """One row an entry's word: section, word, what is told of it (role or stance, frames, aspect, case, whose)."""
    rows = sorted(set(_rows(lexicon)), key=lambda row: (SECTIONS.index(row[0]), row[1], row[2]))
    return pl.DataFrame(rows, schema=["section", "word", "told"], orient="row")


def _rows(lexicon: Lexicon) -> Iterator[tuple[str, str, str]]:
    for verb in (*lexicon.verbs.values(), *lexicon.negated.values()):
        yield "verb", f"{'nie ' * verb.negated}{verb.lemma}", f"{verb.aspect}, {_introduces(verb.stance, verb)}"
    for phrase in lexicon.phrases:
        yield "phrase", phrase.id, f"source in the case {phrase.case}"
    for several in lexicon.verbals.values():
        for verbal in several:
            whole = " ".join((*("nie",) * verbal.negated, verbal.verb, *verbal.words))
            yield "verbal", whole, f"{verbal.stance}; {', '.join(sorted(verbal.frames))}"
    for section, words in (
        ("nominal", lexicon.nominal),
        ("predicative", lexicon.predicative),
        ("person", lexicon.persons),
        ("institution", lexicon.institutions),
        ("title", lexicon.titles),
        ("document", dict.fromkeys(lexicon.documents, "document")),
        ("generic", dict.fromkeys(lexicon.generic, "nobody in particular")),
        ("institution", {lexicon.bodies[stems]: role for stems, role in lexicon.institution_phrases.items()}),
    ):
        for word, told in words.items():
            yield section, word, told
    for both, role in lexicon.known.items():
        yield "known", lexicon.spelled[both], role
    for both, nouns in lexicon.offices.items():
        yield "office", lexicon.spelled[both], ", ".join(nouns)
    for both, offices in lexicon.holders.items():
        for held in offices:
            yield "holder", lexicon.spelled.get(both, " ".join(both)), _held(held)
    spelled = {(stem(name),): name for name in lexicon.institutions} | lexicon.bodies
    for stems, kinds in lexicon.kinds.items():
        for kind in kinds:
            yield "body", spelled[stems], _held(kind)


def _introduces(stance: str, verb: Verb) -> str:
    return f"{stance}; {', '.join(sorted(verb.frames))}"


def _held(held: Held) -> str:
    whose = " + ".join("/".join(sorted(group)) for group in held.of)
    return ", ".join(sorted(held.nouns)) + (f"; of {whose}" if whose else "")
