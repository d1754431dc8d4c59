"""The clause around a candidate, read for a model: what introduces it, its infinitive, its subject.

Where the flat window of `features` counts words, this looks for roles: the verb or noun that a content clause hangs
on, the infinitive that a modal governs and what stands behind it, the noun in the nominative that it is said of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from discourse.markers.classes import cues, subject_class, verb_class
from discourse.markers.run import Text, expand

_BEFORE, _AFTER = 24, 24
HARD = frozenset(".;:!?")
STOPS = HARD | frozenset(",–—-„”\"()")
VERBS = frozenset(("fin", "praet", "bedzie", "impt", "winien"))
_WH = frozenset(("który", "jaki", "co", "kto", "jak", "gdzie", "kiedy", "ile", "czy", "gdy"))
_CONTENT = frozenset(("że", "iż", "żeby", "by", "aby", "czy", "jakoby"))
_IF = frozenset(("jeśli", "jeżeli", "gdy", "gdyby"))
_COPULAS = frozenset(("być", "zostać", "stać", "okazać", "bywać", "pozostać", "zostawać"))
_VERBAL = frozenset((*VERBS, "inf", "imps", "ppas", "pcon", "pact", "ger"))
_HEADS = _VERBAL | {"subst", "adj", "adv"}
_PRONOUNS = frozenset(("nikt", "kto", "ktoś", "to", "co", "nic", "wszystko"))
_DETERMINERS = frozenset(("który", "jaki", "każdy", "wszyscy", "ten", "żaden"))

Feature = tuple[str, str]


@dataclass(slots=True)
class Clause:
    """The tokens of a sentence near a candidate, and where it stands among them."""

    forms: Sequence[str]
    lower: Sequence[str]
    lemmas: Sequence[str]
    tags: Sequence[Sequence[str]]
    pos: Sequence[str]
    at: int

    def part(self, place: int, number: int) -> str:
        """One part of a token's tag; empty where the tag is shorter."""
        tag = self.tags[place]
        return tag[number] if number < len(tag) else ""


def described(clause: Clause) -> Iterator[Feature]:
    """The features of a candidate, some of them more than once."""
    left = _left(clause)
    verb, before = _infinitive(clause)
    complement = None if verb is None else _complement(clause, verb)
    kind, person = _kind(clause)
    yield from _form(clause, kind, person)
    yield from _introduced(clause, left)
    if verb is not None:
        yield from _verb(clause, verb, complement, before)
        yield from _object(clause, verb)
    else:
        yield "inf'", "none"
    subject, where = _named(clause, left, verb, complement, before)
    yield from _subject(clause, subject, where)
    yield from _classes(clause, kind, person, verb, complement, subject)
    yield from _around(clause)


def clauses(tokens: pl.DataFrame, anchor: np.ndarray, text: Text) -> Iterator[Clause]:
    """The tokens around each candidate, no further than its sentence; `anchor` numbers the candidates' rows."""
    bounds = np.flatnonzero(text.sentence)
    mine = np.searchsorted(bounds, anchor, side="right")
    low, high = np.maximum(bounds[mine - 1], anchor - _BEFORE), np.minimum(bounds[mine], anchor + _AFTER + 1)
    window = tokens.select("form", "lemma", "tag")[expand(low, high)[1]]
    forms, lemmas = window["form"].to_list(), window["lemma"].to_list()
    lower = window["form"].str.to_lowercase().to_list()
    parts = {tag: tag.split(":") for tag in window["tag"].unique()}  # many tokens share a tag
    tags = [parts[tag] for tag in window["tag"].to_list()]
    pos = [tag[0] for tag in tags]
    end = 0
    for size, at in zip((high - low).tolist(), (anchor - low).tolist(), strict=True):
        part = slice(end, end + size)
        end += size
        yield Clause(forms[part], lower[part], lemmas[part], tags[part], pos[part], at)


def _left(clause: Clause) -> int:
    """The mark before the clause; -1 where the sentence begins."""
    place = clause.at - 1
    while place >= 0 and clause.forms[place] not in STOPS:
        place -= 1
    return place


def _infinitive(clause: Clause) -> tuple[int | None, bool]:
    """The infinitive that the candidate governs, and whether it stands before it."""
    for place in range(clause.at + 1, min(len(clause.forms), clause.at + 16)):
        if clause.forms[place] in HARD or clause.pos[place] in VERBS:
            break
        if clause.pos[place] == "inf":
            return place, False
    for place in range(clause.at - 1, max(-1, clause.at - 9), -1):
        if clause.forms[place] in HARD:
            break
        if clause.pos[place] == "inf":
            return place, True
    return None, False


def _complement(clause: Clause, verb: int) -> int | None:
    """What a copula links to."""
    if clause.lemmas[verb] not in _COPULAS:
        return None
    for place in range(verb + 1, min(len(clause.forms), verb + 8)):
        if clause.forms[place] in HARD or clause.forms[place] == ",":
            return None
        if clause.pos[place] in ("ppas", "adj", "adv", "subst", "ger", "num", "prep"):
            return place
    return None


def _kind(clause: Clause) -> tuple[str, str]:
    """The candidate's word class with mood and tense, and its person."""
    at, size = clause.at, len(clause.forms)
    by = at + 1 < size and clause.lower[at + 1] == "by"
    future = any(clause.pos[place] == "bedzie" for place in range(max(0, at - 4), min(size, at + 3)))
    person = clause.part(at, 2) if clause.pos[at] == "fin" else ""
    for place in range(at + 1, min(size, at + 3)):
        if clause.pos[place] == "aglt":
            person = clause.part(place, 2)
    return clause.pos[at] + ("+by" if by else "") + ("+future" if future else ""), person


def _negated(clause: Clause) -> bool:
    return clause.at > 0 and clause.lower[clause.at - 1] == "nie"


def _form(clause: Clause, kind: str, person: str) -> Iterator[Feature]:
    not_ = _negated(clause)
    yield "kind", kind
    yield "not", str(not_)
    yield "kind+not", f"{kind} {not_}"
    yield "person", person
    yield "kind+person", f"{kind} {person} {not_}"


def _introduced(clause: Clause, left: int) -> Iterator[Feature]:
    """The conjunction or pronoun that opens the clause, and the word that a content clause hangs on."""
    opening = next(
        (
            clause.lemmas[place]
            for place in range(left + 1, min(left + 4, clause.at))
            if clause.pos[place] in ("comp", "conj") or clause.lemmas[place] in _WH
        ),
        None,
    ) or next(
        (
            clause.lemmas[place]
            for place in range(clause.at - 1, left, -1)
            if clause.pos[place] == "comp" or clause.lemmas[place] in _WH
        ),
        None,
    )
    yield "opening", opening or (clause.forms[left] if left >= 0 else "^")
    if opening in _CONTENT and left > 0 and clause.forms[left] == ",":
        for place in range(left - 1, max(-1, left - 6), -1):
            if clause.pos[place] in _HEADS:
                yield "head", clause.lemmas[place]
                return


def _verb(clause: Clause, verb: int, complement: int | None, before: bool) -> Iterator[Feature]:
    lemma, size = clause.lemmas[verb], len(clause.forms)
    low, high = (verb + 1, clause.at) if before else (clause.at + 1, verb)
    near = range(max(0, min(clause.at, verb) - 2), min(size, max(clause.at, verb) + 3))
    reflexive = " się" if any(clause.lower[place] == "się" for place in near) else ""
    yield "inf'", lemma
    yield "side", "before" if before else "after"
    yield "aspect'", clause.tags[verb][-1]
    yield "inf+się", lemma + reflexive
    yield "się", str(bool(reflexive))
    if "nie" in clause.lower[low:high]:
        yield "inf not", ""
    if complement is not None:
        pos = clause.pos[complement]
        yield "complement", clause.lemmas[complement]
        yield "complement pos", pos + (":" + clause.part(complement, 2) if pos in ("subst", "ger") else "")
        yield "copula+pos", f"{lemma} {pos}"
        if pos == "ppas":
            yield "passive", lemma


def _object(clause: Clause, verb: int) -> Iterator[Feature]:
    for place in range(verb + 1, min(len(clause.forms), verb + 4)):
        pos = clause.pos[place]
        if clause.forms[place] in STOPS:
            return
        if pos == "prep":
            yield "inf prep", clause.lemmas[place]
            yield "inf+prep", f"{clause.lemmas[verb]} {clause.lemmas[place]}"
            return
        if pos in ("subst", "ger", "num", "dig", "adj"):
            yield "object pos", f"{pos}:{clause.part(place, 2)}"
            if pos == "subst":
                yield "object", clause.lemmas[place]
            return


def _classes(
    clause: Clause, kind: str, person: str, verb: int | None, complement: int | None, subject: int | None
) -> Iterator[Feature]:
    """Verb and subject by what kind of thing they name, with the candidate's form; alone where nothing is negated."""
    passive = complement is not None and clause.pos[complement] == "ppas"
    linked = clause.lemmas[complement] if complement is not None and passive else ""
    does = "none" if verb is None else verb_class(clause.lemmas[verb], linked, passive)
    acts = f"{person}none"
    if subject is not None:
        acts = subject_class(clause.lemmas[subject], clause.part(subject, 3))
    not_ = _negated(clause)
    yield "kind+verb class", f"{kind} {not_} {does}"
    yield "kind+subject class", f"{kind} {not_} {acts}"
    if not not_:
        yield "verb class", does
        yield "subject class", acts
        yield "verb+subject class", f"{does} {acts}"


def _subject(clause: Clause, place: int | None, where: str) -> Iterator[Feature]:
    """The subject, wherever it stands: before the candidate, behind it, beyond a relative pronoun or an insertion."""
    yield "where", where
    if place is None:
        return
    lemma, number, gender = clause.lemmas[place], clause.part(place, 1), clause.part(place, 3)
    yield "subject'", lemma
    yield "subject gender", number + gender
    yield "where+gender", f"{where} {gender}"
    yield "subject ending'", lemma[-3:]
    yield "subject name", str(place > 0 and clause.forms[place][:1].isupper())


def _named(
    clause: Clause, left: int, verb: int | None, complement: int | None, before: bool
) -> tuple[int | None, str]:
    for place in range(clause.at - 1, left, -1):
        if _nominative(clause, place):
            if clause.lemmas[place] not in ("który", "jaki"):
                return place, "before"
            noun = _antecedent(clause, place, left)
            return (place, "relative") if noun is None else (noun, "antecedent")
    if verb is not None:
        for place in range(clause.at + 1, min(len(clause.forms), (clause.at if before else verb) + 7)):
            if clause.forms[place] in STOPS:
                break
            if place not in (verb, complement) and _noun(clause, place):
                return place, "behind"
    for place in range(left - 1, max(-1, left - 14), -1):
        if clause.forms[place] in HARD:
            break
        if _noun(clause, place):
            return place, "far"
    return None, "none"


def _antecedent(clause: Clause, pronoun: int, left: int) -> int | None:
    for place in range(left - 1, max(-1, left - 8), -1):
        agrees = clause.part(place, 1) == clause.part(pronoun, 1)
        agrees &= clause.part(place, 3)[:1] == clause.part(pronoun, 3)[:1]
        if agrees and clause.pos[place] in ("subst", "ger"):
            return place
    return None


def _noun(clause: Clause, place: int) -> bool:
    return clause.pos[place] in ("subst", "depr", "ger") and clause.part(place, 2) == "nom"


def _nominative(clause: Clause, place: int) -> bool:
    pos, nominative = clause.pos[place], "nom" in clause.tags[place]
    if clause.lower[place] in _PRONOUNS:
        return True
    if pos == "adj":
        return nominative and clause.lemmas[place] in _DETERMINERS
    return nominative and pos in ("subst", "depr", "ppron3", "ppron12", "ger", "num")


def _around(clause: Clause) -> Iterator[Feature]:
    at, size = clause.at, len(clause.forms)
    for place in range(max(0, at - 3), min(size, at + 12)):
        if place > at and clause.forms[place] in HARD:
            break
        if clause.pos[place] in ("adv", "part", "qub") and clause.lower[place] != "nie":
            yield "adverb", clause.lemmas[place]
        if clause.pos[place] == "dig" or (clause.pos[place] == "num" and clause.lemmas[place] != "jeden"):
            yield "number'", ""
    for cue in cues(clause.lemmas):
        yield "cue", cue
    if "?" in clause.forms[at:]:
        yield "question", ""
    if _IF & set(clause.lower[at + 1 :]):
        yield "if", "after"
    if _IF & set(clause.lower[:at]):
        yield "if", "before"
    if at == 0 or clause.forms[at - 1] in STOPS:
        yield "first", ""
    for offset in (-2, 2):
        if 0 <= at + offset < size:
            yield f"lemma{offset}", clause.lemmas[at + offset]
            yield f"pos{offset}", clause.pos[at + offset]
