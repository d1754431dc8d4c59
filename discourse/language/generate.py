"""Inflected forms of a lemma, from Morfeusz's generator."""

from __future__ import annotations

import functools

import morfeusz2


@functools.cache
def _engine() -> morfeusz2.Morfeusz:
    return morfeusz2.Morfeusz(analyse=False, generate=True)


@functools.lru_cache(maxsize=2_000)
def generated(lemma: str) -> tuple[tuple[str, str], ...]:
    """(form, tag) of every inflected form of a lemma and of its homonyms, in Morfeusz's order; none where unknown."""
    if not lemma or " " in lemma:
        return ()
    return tuple((form, tag) for form, _, tag, _, _ in _engine().generate(lemma))
