"""Articles as the rules of this room see them: columns of small integers over the tokens of one document.

All columns are computed at once for a whole frame, from its distinct forms, lemmas and tags; an `Article` is a slice.
Indexes are tokens within the document; ranges are half-open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from discourse.attribution import links, vocabulary
from discourse.attribution.glue import cut
from discourse.attribution.grammar import (
    AGLT,
    ANY_CASE,
    ANY_GENDER,
    COLON,
    DASH,
    FIN,
    FINITE,
    M1,
    NOM,
    NOUN,
    NUM,
    OPEN,
    PL,
    PLAIN,
    PRI,
    QUOTE,
    SG,
    STOP,
    UNKNOWN,
    VOC,
    F,
    parse,
)
from discourse.attribution.lexicon import Lexicon
from discourse.attribution.quotes import Quote, quotes
from discourse.attribution.typography import glued, headline, in_names
from discourse.attribution.vocabulary import (
    BARRED,
    BODY,
    CAP,
    CUE,
    DIGITS,
    FIRST,
    HEAD,
    INSTITUTION,
    LONG,
    NUMERAL,
    OPENER,
    PARTICLE,
    PERSON,
    SECOND,
    TABLED,
    UNIT,
    VOICE,
)
from discourse.core import schema
from discourse.core.codes import codes

#: Tokens whose columns are held at once: bounds the memory, changes no result.
_BATCH = 300_000


@dataclass(slots=True)
class Article:
    """One document: its string, its quotations, and a list a column over its tokens."""

    doc_id: str
    string: str
    title_end: int  # end of the title in the string; 0 without one
    form: list[str]
    low: list[str]
    lemma: list[str]
    start: list[int]
    end: list[int]
    sent_lo: list[int]
    sent_hi: list[int]
    par_lo: list[int]
    par_hi: list[int]
    cls: list[int]
    case: list[int]  # cases of the chosen reading, then what any reading of the form allows:
    cases: list[int]
    nominative: list[int]  # genders of its nominative singular readings, and (<< 5) of its nominative plural ones
    number: list[int]
    gender: list[int]
    person: list[int]
    perfective: list[bool]
    kind: list[int]
    cap: list[bool]  # begins with a capital letter
    proper: list[bool]  # capital in form and in lemma
    voice: list[bool]  # a noun of somebody or something that may speak
    word: list[int]  # what the lexicon has the form or the lemma for, as flags of `vocabulary`
    spaced: list[bool]  # a mark with space on at least one side
    boilerplate: list[bool]
    opener: list[int]  # nearest dash at or before the token, in its paragraph, that may open speech; -1
    dash: list[int]  # nearest spaced dash at or before the token in its paragraph; -1
    caps: list[int]  # all tokens that begin with a capital
    finite: list[int]  # finite verbs
    personal: list[int]  # tokens of the first person, or that address somebody
    subjects: list[int]  # names of persons in the nominative
    numerals: list[int]  # tokens that begin with a digit
    openers: list[int]  # all dashes that may open speech
    voices: list[int]  # tokens that are nouns of somebody or something that may speak
    bodies: list[int]  # capitalised tokens with which the name of a known body may begin
    candidates: list[int]  # tokens whose lemma or form is in the lexicon of cues
    colons: list[int]
    quotes: list[Quote]
    quote: list[int]  # innermost quotation around the token; -1
    inner: list[tuple[int, int]]  # tokens inside each quotation
    closing: dict[int, int]  # token of a closing mark → its quotation
    opening: dict[int, int]  # token of an opening mark → its quotation
    links: list[tuple[int, int]] = field(default_factory=list)  # tokens of link teasers set into the text

    def __len__(self) -> int:
        return len(self.form)

    def text(self, lo: int, hi: int) -> str:
        return self.string[self.start[lo] : self.end[hi - 1]] if hi > lo else ""


def articles(documents: pl.DataFrame, tokens: pl.DataFrame, lexicon: Lexicon) -> Iterator[Article]:
    """The documents in the order given, each as an `Article`; documents without tokens are left out."""
    if tokens.is_empty():
        return
    tokens = cut(tokens)
    strings = dict(documents.select("doc_id", schema.string()).iter_rows())
    titles = dict(documents.select("doc_id", pl.col("title").fill_null("").str.len_chars()).iter_rows())
    ids = tokens.get_column("doc_id").rle()
    names, lengths = ids.struct.field("value").to_list(), ids.struct.field("len").to_list()
    begin, first = 0, 0
    while first < len(names):
        last, size = first, 0
        while last < len(names) and (last == first or size + lengths[last] <= _BATCH):
            size += lengths[last]
            last += 1
        columns = _columns(tokens.slice(begin, size), lexicon)
        lo = 0
        for doc_id, length in zip(names[first:last], lengths[first:last], strict=True):
            yield _article(doc_id, strings[doc_id], titles[doc_id], columns, lo, lo + length)
            lo += length
        begin, first = begin + size, last


def _columns(tokens: pl.DataFrame, lexicon: Lexicon) -> dict[str, Any]:
    """Every column over the whole frame, worked out once a distinct form, lemma or tag."""
    form_values, form_codes = _codes(tokens.get_column("form"))
    lemma_values, lemma_codes = _codes(tokens.get_column("lemma"))
    low_values = [form.lower() for form in form_values]
    known = vocabulary.of(lexicon)
    forms, lemmas = known.forms(form_values)[form_codes], known.lemmas(lemma_values)[lemma_codes]
    parsed = _parsed(tokens.get_column("tag"))
    kind, cases, nominative = vocabulary.kind(forms), vocabulary.cases(forms), vocabulary.nominative(forms)
    cap = (forms & CAP) > 0
    proper = (forms & lemmas & CAP) > 0
    either = forms | lemmas
    voice = (either & VOICE) > 0
    cue = ((either & CUE) > 0) | (((forms & HEAD) > 0) & np.r_[(forms[1:] & SECOND) > 0, False])
    particle = (forms & PARTICLE) > 0
    start, end = (tokens.get_column(name).to_numpy().astype(np.int64) for name in ("start", "end"))
    doc = tokens.get_column("doc_id").rle_id().to_numpy()
    new_doc = np.r_[True, doc[1:] != doc[:-1]]
    digits = (forms & DIGITS) > 0
    parsed[digits] = (NUM, ANY_CASE, SG | PL, ANY_GENDER, 0, 0)  # whatever the tagger makes of them
    cases[digits], nominative[digits] = ANY_CASE, ANY_GENDER | ANY_GENDER << 5
    named = in_names(cap, proper, kind, particle, parsed, cases, new_doc)
    named |= cap & (cases == VOC) & (parsed[:, 0] == NOUN) & (parsed[:, 1] == VOC)  # Temido: a name, no vocative
    parsed[named] = (UNKNOWN, ANY_CASE, SG | PL, ANY_GENDER, 0, 0)
    cases[named], nominative[named] = ANY_CASE, ANY_GENDER | ANY_GENDER << 5
    index = np.arange(len(doc))
    base = np.maximum.accumulate(np.where(new_doc, index, 0))
    cls, case, number, gender, person, perfective = parsed.T.copy()
    long, unit, opens = ((forms & flag) > 0 for flag in (LONG, UNIT, OPENER))
    broken = glued(kind, cap, cls, start, end, long, unit, opens) | tokens.get_column("broken").to_numpy()
    sentence = tokens.get_column("sent").to_numpy() + np.cumsum(broken)
    sent_lo, sent_hi = _bounds(doc, sentence)
    par_lo, par_hi = _bounds(doc, tokens.get_column("paragraph").to_numpy())
    before = np.r_[True, (start[1:] > end[:-1]) | new_doc[1:]]
    after = np.r_[before[1:], True]
    spaced = before | after
    is_dash = (kind == DASH) & spaced
    opener = is_dash & _opening(kind, cap, cls == NUM, before, after, index == par_lo)
    return {
        "form": np.array(form_values, dtype=object)[form_codes],
        "low": np.array(low_values, dtype=object)[form_codes],
        "lemma": np.array(lemma_values, dtype=object)[lemma_codes],
        "start": start,
        "end": end,
        "sent_lo": _runs(sent_lo - base),
        "sent_hi": _runs(sent_hi - base),
        "par_lo": _runs(par_lo - base),
        "par_hi": _runs(par_hi - base),
        "cls": cls.astype(np.uint8),
        "case": case.astype(np.uint8),
        "number": number.astype(np.uint8),
        "cases": cases.astype(np.uint8),
        "nominative": nominative,
        "gender": gender.astype(np.uint8),
        "person": person.astype(np.uint8),
        "perfective": perfective > 0,
        "kind": kind.astype(np.uint8),
        "cap": cap,
        "proper": proper,
        "voice": voice,
        "word": (either & (BARRED | INSTITUTION | PERSON | TABLED | BODY)).astype(np.uint8),
        "finite": np.isin(cls, list(FINITE)),
        "personal": (np.isin(cls, (FIN, AGLT)) & ((person & PRI) > 0)) | ((forms & FIRST) > 0),
        "subjects": proper & ((nominative & (M1 | F)) > 0) & ((case & NOM) > 0),
        "numerals": (forms & NUMERAL) > 0,
        "spaced": _runs(spaced),
        "boilerplate": _runs(tokens.get_column("boilerplate").to_numpy()),
        "opener": _runs(_nearest(opener, index, par_lo, base)),
        "dash": _runs(_nearest(is_dash, index, par_lo, base)),
        "openers": opener,
        "body": cap & ((forms & BODY) > 0),
        "candidates": cue,
        "colons": kind == COLON,
    }


def _codes(column: pl.Series) -> tuple[list[str], np.ndarray]:
    """The distinct values of a column and, for each row, which of them it is."""
    values, rows = codes(column)
    return values.to_list(), rows


def _parsed(tags: pl.Series) -> np.ndarray:
    """What `parse` says of each tag, a row a tag."""
    values, rows = _codes(tags)
    return np.array([parse(tag) for tag in values], dtype=np.int64).reshape(len(values), 6)[rows]


def _bounds(doc: np.ndarray, unit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First and one past the last token of each token's sentence or paragraph."""
    new = np.r_[True, (doc[1:] != doc[:-1]) | (unit[1:] != unit[:-1])]
    firsts = np.flatnonzero(new)
    which = np.cumsum(new) - 1
    return firsts[which], np.r_[firsts[1:], len(doc)][which]


def _opening(
    kind: np.ndarray, cap: np.ndarray, number: np.ndarray, before: np.ndarray, after: np.ndarray, first: np.ndarray
) -> np.ndarray:
    """Where a dash may open speech: at the head of a paragraph, or between a stop and a capital."""
    follows = np.r_[kind[1:], PLAIN]
    starts = np.r_[cap[1:] | number[1:], False] | (follows == QUOTE) | (follows == OPEN) | (follows == STOP)
    ended = np.r_[True, (kind[:-1] == STOP) | (kind[:-1] == COLON)]
    closed = (
        np.r_[False, False, (kind[1:-1] == QUOTE) & (kind[:-2] == STOP)] if len(kind) > 2 else np.zeros(len(kind), bool)
    )
    return (first & (after | np.r_[cap[1:], False])) | ((ended | closed) & before & starts)


def _runs(column: np.ndarray) -> list[Any]:
    """A column as a list, each run of one value at once."""
    heads = np.flatnonzero(np.r_[True, column[1:] != column[:-1]])
    many = np.diff(heads, append=len(column))
    found: list[Any] = []
    for value, length in zip(column[heads].tolist(), many.tolist(), strict=True):
        found += [value] * length
    return found


def _nearest(flag: np.ndarray, index: np.ndarray, lo: np.ndarray, base: np.ndarray) -> np.ndarray:
    last = np.maximum.accumulate(np.where(flag, index, -1))
    return np.where(last >= lo, last - base, -1)


#: The columns of an article that are lists over its tokens: as they are, of small numbers, and made of runs.
_LISTS = "form", "low", "lemma", "start", "end", "nominative", "perfective", "cap", "proper", "voice"
_SMALL = "cls", "case", "cases", "number", "gender", "person", "kind", "word"
_RUNS = "sent_lo", "sent_hi", "par_lo", "par_hi", "spaced", "boilerplate", "opener", "dash"
#: Those that are lists of the tokens for which they hold, each with the column that it is made of.
_PLACES = {
    "caps": "cap", "finite": "finite", "personal": "personal", "subjects": "subjects", "numerals": "numerals",
    "openers": "openers", "voices": "voice", "bodies": "body", "candidates": "candidates", "colons": "colons",
}  # fmt: skip


def _article(doc_id: str, string: str, title: int, columns: dict[str, Any], lo: int, hi: int) -> Article:
    marks = quotes(string)
    quote = [-1] * (hi - lo)
    inner: list[tuple[int, int]] = []
    if marks:
        edges = np.searchsorted(columns["start"][lo:hi], [[mark.inner_start, mark.inner_end] for mark in marks])
        inner = [(first, last) for first, last in edges.tolist()]
        for which, (first, last) in enumerate(inner):
            quote[first:last] = [which] * (last - first)
    lists: dict[str, Any] = {name: columns[name][lo:hi].tolist() for name in _LISTS}
    lists |= {name: list(columns[name][lo:hi].tobytes()) for name in _SMALL}  # half as long as by `tolist`
    lists |= {name: columns[name][lo:hi] for name in _RUNS}
    lists |= {name: columns[column][lo:hi].nonzero()[0].tolist() for name, column in _PLACES.items()}
    article = Article(
        doc_id,
        string,
        title or headline(string),
        **lists,
        quotes=marks,
        quote=quote,
        inner=inner,
        closing={last: which for which, (_, last) in enumerate(inner) if marks[which].closed},
        opening={first - 1: which for which, (first, _) in enumerate(inner)},
    )
    links.part(article)
    return article
