"""Morfeusz's readings of distinct chunks: the only module that knows Morfeusz.

A chunk is cut into *segments* (Morfeusz's tokens): by its dictionary, or, where that does not know the whole, at
its hyphens. Each segment has its readings: lemma (with Morfeusz's homonym suffix) and tag (several values a
position joined by dots, as Morfeusz gives them; `tagset.expand` takes them apart).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping

import morfeusz2
import numpy as np
import numpy.typing as npt
import polars as pl

from discourse.language import added, bulk

#: Rises whenever the same chunk would be analysed into something else; old caches are then left alone.
VERSION = 11

#: One row a reading of a segment of a chunk; rows of one chunk stand together, in order of segments.
SCHEMA = pl.Schema(
    {
        "chunk": pl.String,  # as in the text; with a final dot where it is an abbreviation before a dot
        "segment": pl.UInt8,  # from 0 within the chunk
        "length": pl.UInt32,  # of the segment, in code points of the chunk as written
        "form": pl.String,  # the segment as written
        "lemma": pl.String,
        "tag": pl.String,
    }
)

UNKNOWN = "ign"
#: Before a chunk that is to be one segment, whatever it could be cut into. No chunk of a text begins with it.
WHOLE = "\x01"
_IGNORED = re.compile("[\u00ad\u200d]")
_HYPHENS = re.compile("([-\u2010\u2011])")
_ABBREVIATION = "brev:pun"
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_LEGAL_ACT = re.compile(r"\d+(?:/\d+)+/[^\W\d_]+")
_ADDRESS = re.compile(r"https?://|www\.|[@#]|[^@\s]+@|(?:[^.]+\.)+[a-z]{2,4}$")
#: A part before the hyphen that keeps the chunk whole when Morfeusz does not know it: 14-letnia, F-16, PRL-owski.
_KEEPS = re.compile(r"\d+(?:[.,]\d+)?-[^\W\d_].*|[^\W\d_]+\d*-\d+\w*|[^\W\d_]*[^\W\d_a-ząćęłńóśźż]-[a-ząćęłńóśźż]{1,8}")

Segment = tuple[str, list[tuple[str, str]]]


Edge = tuple[int, int, tuple[str, str, str]]  # from node, to node, (form, lemma, tag)


class _Morfeusz(morfeusz2.Morfeusz):
    """Morfeusz without the names and labels of readings, which nobody here asks for: half the time of an analysis."""

    def __init__(self) -> None:
        super().__init__(expand_tags=False, generate=False)
        self._tags: dict[int, str] = {}

    def analyse(self, text: str) -> list[Edge]:
        edges = []
        for reading in self._morfeusz_obj.analyse(text):
            number = reading.tagId
            tag = self._tags.get(number)
            if tag is None:
                tag = self._tags[number] = reading.getTag(self._morfeusz_obj)
            edges.append((reading.startNode, reading.endNode, (reading.orth, reading.lemma, tag)))
        return edges


@functools.cache
def _engine() -> _Morfeusz:
    return _Morfeusz()


def dictionary() -> str:
    """The name of Morfeusz's dictionary: analyses are kept apart by it."""
    return str(_engine().dict_id())


def analyse(chunks: Iterable[str]) -> pl.DataFrame:
    """One row a reading of each of these chunks (distinct, as written); see `SCHEMA`.

    Plain words go to Morfeusz together, the others one by one.
    """
    given = chunks if isinstance(chunks, pl.Series) else pl.Series(list(chunks), dtype=pl.String)
    number = np.flatnonzero(_plain(given))
    words = given.gather(number)
    edges = bulk.edges(words) if len(words) else None
    if edges is None:
        return _one_by_one(given)
    word = edges.get_column("word").to_numpy()
    heads = np.flatnonzero(np.diff(word, prepend=-1))
    simple = np.zeros(len(words), np.bool_)  # of one segment, and nothing to be added
    simple[word[heads]] = np.maximum.reduceat(edges.get_column("end").to_numpy(), heads) == 1
    simple &= ~added.concerned(words, edges.get_column("word"), edges.get_column("lemma"))
    rows = simple[word]
    own = words.gather(word[rows])
    found = pl.DataFrame(
        {
            "chunk": own,
            "segment": pl.zeros(len(own), pl.UInt8, eager=True),
            "length": words.str.len_chars().gather(word[rows]),
            "form": own,
        }
    ).hstack(edges.filter(pl.Series(rows)).select("lemma", "tag"))
    others = np.ones(len(given), np.bool_)
    others[number[simple]] = False
    if not others.any():
        return found
    rest = _one_by_one(given.filter(pl.Series(others)), _by_word(words, edges.filter(pl.Series(~rows))))
    place = np.flatnonzero(others)[rest.get_column("chunk").rle_id().to_numpy()]
    order = np.argsort(np.concatenate([number[word[rows]], place]), kind="stable")
    return pl.concat([found, rest])[order]


def _plain(chunks: pl.Series) -> npt.NDArray[np.bool_]:
    """Whether each chunk is of letters alone, as Unicode composes them."""
    plain = chunks.str.contains(r"^[A-Za-zÀ-ÖØ-öø-ɏ]{1,100}$").to_numpy().copy()
    rest = np.flatnonzero(~plain)
    others = chunks.gather(rest)
    plain[rest] = (others.str.contains(r"^\p{L}{1,100}$") & (others.str.normalize("NFC") == others)).to_numpy()
    return plain


def _by_word(words: pl.Series, edges: pl.DataFrame) -> dict[str, list[Edge]]:
    """The edges that `bulk` gave, by word."""
    found: dict[str, list[Edge]] = {}
    texts = words.gather(edges.get_column("word"))
    for text, (_, start, end, form, lemma, tag) in zip(texts, edges.iter_rows(), strict=True):
        found.setdefault(text, []).append((start, end, (form, lemma, tag)))
    return found


def _one_by_one(chunks: Iterable[str], edges: Mapping[str, list[Edge]] | None = None) -> pl.DataFrame:
    """The readings of each chunk; `edges` are those of chunks about which Morfeusz has been asked."""
    known = edges or {}
    rows: list[tuple[str, int, int, str, str, str]] = []
    for chunk in chunks:
        if len(chunk) > 1 and chunk[0] == WHOLE:
            written = chunk[1:]
            rows.extend((chunk, 0, len(written), written, lemma, tag) for lemma, tag in _whole(written))
            continue
        text = _normal(chunk) or chunk
        abbreviation = len(text) > 1 and text[-1] == "."
        written = chunk[:-1] if abbreviation else chunk
        parts = _abbreviation(text) if abbreviation else _segments(text, known.get(text))
        lengths = _lengths(written, [form for form, _ in parts])
        start = 0
        for number, ((_, readings), length) in enumerate(zip(parts, lengths, strict=True)):
            form = written[start : start + length]
            rows.extend((chunk, min(number, 255), length, form, lemma, tag) for lemma, tag in readings)
            start += length
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    return pl.DataFrame(dict(zip(SCHEMA, columns, strict=True)), schema=SCHEMA)


def _abbreviation(text: str) -> list[Segment]:
    """An abbreviation before its dot: Morfeusz's readings with the dot, then those of the bare word."""
    word = text[:-1]
    if word.lower() in added.DOTTED:
        return [(word, [(added.DOTTED[word.lower()], _ABBREVIATION)])]
    readings = [
        (lemma, tag)
        for start, end, (_, lemma, tag) in _engine().analyse(text)
        if (start, end) == (0, 1) and tag != UNKNOWN
    ]
    readings = added.mended(word, readings)
    bare = _segments(word)
    if len(bare) == 1:
        more = [reading for reading in bare[0][1] if reading not in readings]
        readings += [reading for reading in more if reading[1] != UNKNOWN or not readings]
    return [(word, readings or bare[0][1])]


def _whole(written: str) -> list[tuple[str, str]]:
    text = _normal(written) or written
    segments = _segments(text)
    if len(segments) == 1:
        return segments[0][1]
    edges = _engine().analyse(text)
    last = max(end for _, end, _ in edges)
    spanning = [(r[1], r[2]) for start, end, r in edges if (start, end) == (0, last)]
    return list(dict.fromkeys(spanning)) or [(text, "interp" if not any(map(str.isalnum, text)) else UNKNOWN)]


def _segments(text: str, edges: list[Edge] | None = None) -> list[Segment]:
    if text in added.SIGNS:
        return [(text, [(added.SIGNS[text], "brev:npun")])]
    if len(text) == 1 and not text.isalnum():
        return [(text, [(text, "interp" if unicodedata.category(text)[0] == "P" else "sym")])]
    if unicodedata.category(text[0]) == "So" and not any(map(str.isalnum, text)):  # an emoji of several signs
        return [(text, [(text, "sym")])]
    if text[0].isdigit() and (_NUMBER.fullmatch(text) or _LEGAL_ACT.fullmatch(text)):
        return [(text, [(text, "dig")])]
    if len(text) > 100 or (not text.isalpha() and _ADDRESS.match(text)):
        return [(text, [(text, UNKNOWN)])]
    path = _path(edges or _engine().analyse(text))
    if path is not None:
        return path
    if all(unicodedata.category(sign)[0] == "P" for sign in text):
        return [(text, [(text, "interp")])]
    parts = [part for part in _HYPHENS.split(text) if part]
    if len(parts) == 1 or _KEEPS.fullmatch(text):
        return [(text, [(text, UNKNOWN)])]
    return [segment for part in parts for segment in _segments(part)]


def _path(edges: list[Edge]) -> list[Segment] | None:
    """The segments of a chunk that Morfeusz knows as a whole; `None` where a part of it is unknown.

    Of several ways through the lattice: past tense with its ending (*mia-łem*) before a noun (*miał* of coal),
    otherwise the fewest segments (*coś*, not *co-ś*).
    """
    last = max(end for _, end, _ in edges)
    if last == 1:
        readings = list(dict.fromkeys((lemma, tag) for _, _, (_, lemma, tag) in edges))
        form = edges[0][2][0]
        readings = added.mended(form, [] if readings[0][1] == UNKNOWN else readings)
        return [(form, readings)] if readings else None
    between: dict[tuple[int, int], list[tuple[str, str, str]]] = {}
    for start, end, (form, lemma, tag) in edges:
        between.setdefault((start, end), []).append((form, lemma, tag))
    ways: list[list[tuple[int, int]]] = []

    def walk(node: int, way: list[tuple[int, int]]) -> None:
        if node == last:
            ways.append(way)
        elif len(ways) < 16:
            for edge in sorted(edge for edge in between if edge[0] == node):
                walk(edge[1], [*way, edge])

    walk(0, [])
    known = [way for way in ways if not any(tag == UNKNOWN for edge in way for _, _, tag in between[edge])]
    if not known:
        return None

    def order(way: list[tuple[int, int]]) -> tuple[bool, int]:
        past = len(way) > 1 and between[way[0]][0][2].startswith(("praet", "winien"))
        return not past, len(way)

    best = min(known, key=order)
    segments = []
    for edge in best:
        readings = list(dict.fromkeys((lemma, tag) for _, lemma, tag in between[edge]))
        segments.append((between[edge][0][0], readings))
    return segments


def _lengths(written: str, forms: list[str]) -> list[int]:
    """How many code points of the chunk as written each segment takes; the last takes what remains."""
    if len(forms) == 1:
        return [len(written)]
    if written.isalpha() and "".join(forms) == written and unicodedata.is_normalized("NFC", written):
        return list(map(len, forms))
    lengths = []
    position = 0
    for form in forms[:-1]:
        want = unicodedata.normalize("NFC", form)
        end = position
        while end < len(written) and len(_normal(written[position:end])) < len(want):
            end += 1
        while end < len(written) and (unicodedata.combining(written[end]) or written[end] in "\u00ad\u200d"):
            end += 1
        lengths.append(end - position)
        position = end
    return [*lengths, len(written) - position]


def _normal(text: str) -> str:
    if text.isalpha() and unicodedata.is_normalized("NFC", text):
        return text
    return _IGNORED.sub("", unicodedata.normalize("NFC", text))
