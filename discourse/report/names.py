"""Voices, passages and measures of one article as they are printed; the page and the terminal share it."""

from __future__ import annotations

import re

import polars as pl

from discourse.core.polish import number
from discourse.core.schema import check
from discourse.measures import MEASURES, Measure
from discourse.report.labels import (
    FAMILY_LABELS,
    ROLE_LABELS,
    TYPE_LABELS,
    VERB_STANCE_LABELS,
    label,
    reason_label,
    word,
)
from discourse.report.reading import Passage, Reading, Voice


def voice_name(voice: Voice, language: str) -> str:
    """The speaker as printed; a voice without a name is called unresolved."""
    return voice.speaker if voice.speaker is not None else word("unnamed", language)


def verbs(voice: Voice) -> str:
    """The voice's reporting verbs, the frequent ones with their count."""
    return ", ".join(verb if n == 1 else f"{verb} ({n})" for verb, n in voice.verbs)


def evidence(voice: Voice, language: str) -> str:
    """Why the voice has its role, keys of roles in it (`dr (expert)`) in the language; '–' where nothing is known."""
    return "–" if voice.evidence is None else named_roles(voice.evidence, language)


def named_roles(evidence: str, language: str) -> str:
    """The evidence of a role with the keys of roles in it in the language."""
    return re.sub(r"\((\w+)\)", lambda found: f"({label(ROLE_LABELS, found[1], language)})", evidence)


def share(voice: Voice, language: str, digits: int = 0) -> str:
    """The voice's share of the article's words; of a voice heard in boilerplate only, that it has none."""
    return word("boilerplate", language) if voice.boilerplate else f"{number(100 * voice.share, digits, language)}%"


def tip(article: Reading, passage: Passage, language: str) -> str:
    """What a reader is told of a passage: number and name, role, verb, type."""
    voice = article.voices[passage.voice - 1]
    parts = [f"{voice.number}. {voice_name(voice, language)}", label(ROLE_LABELS, passage.role, language)]
    if passage.cue is not None:
        cue = " ".join(passage.cue.split())
        stance = label(VERB_STANCE_LABELS, passage.verb_stance, language) if passage.verb_stance else ""
        quoted = f"„{cue}”" if language == "pl" else f"“{cue}”"
        parts.append(f"{quoted} ({stance})" if stance else quoted)
    parts.append(label(TYPE_LABELS, passage.type, language))
    return " · ".join(parts)


def measure_rows(
    article: Reading, measures: pl.DataFrame, language: str
) -> list[tuple[str, list[dict[str, str]]]]:
    """Families with their measures as printed: label, unit, value (or why there is none), numerator, denominator."""
    families: dict[str, list[dict[str, str]]] = {}
    for row in check(measures, "measures").filter(pl.col("doc_id") == article.doc_id).iter_rows(named=True):
        known = MEASURES.get(row["measure"]) if row["measure"] in MEASURES else None
        name = row["measure"] if known is None else (known.pl if language == "pl" else known.en)
        families.setdefault(known.family if known else "", []).append({
            "name": name,
            "value": _value(row["value"], known, language),
            "numerator": _count(row["numerator"], language),
            "denominator": _count(row["denominator"], language),
            "reason": reason_label(row["reason"], language),
        })
    return [(label(FAMILY_LABELS, family, language), rows) for family, rows in families.items()]


def _value(value: float | None, known: Measure | None, language: str) -> str:
    if known is not None and known.kind == "proportion":
        return f"{number(value, 1, language)}%"
    return number(value, 0 if known is not None and known.base is None else 2, language)


def _count(value: float | None, language: str) -> str:
    return number(value, 0 if value is None or float(value).is_integer() else 2, language)
