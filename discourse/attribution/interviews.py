"""Interviews: the turns of an article that is questions and answers, and whose the answers are."""

from __future__ import annotations

from dataclasses import dataclass

from discourse.attribution.grammar import COLON, COMMA, DASH, FINITE, PLAIN, STOP
from discourse.attribution.view import Article

#: A label of a turn is no longer than this, in tokens.
_LABEL = 7
_TALK = ("rozmawia", "rozmow", "wywiad", "poprosi", "pytamy", "zapyta", "spyta", "opowiada")


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer: its label (null where answers stand after dashes) and its tokens."""

    label: tuple[int, int] | None
    lo: int
    hi: int


def turns(article: Article) -> list[Turn]:
    """The answers of an interview whose turns begin with a name and a colon; none if the article is no interview."""
    labels = _labels(article)
    by_text: dict[str, list[tuple[int, int, int]]] = {}
    for number, (lo, hi) in enumerate(labels):
        end = labels[number + 1][0] if number + 1 < len(labels) else len(article)
        by_text.setdefault(article.text(lo, hi), []).append((lo, hi, end))
    repeated = {text: many for text, many in by_text.items() if len(many) > 1}
    if len(repeated) < 2:
        return []
    asking = {text for text, many in repeated.items() if _asks(article, many)}
    if not asking or len(asking) == len(repeated):
        first = min(repeated, key=lambda text: repeated[text][0][0])
        asking = {first}
    found = [
        Turn((lo, hi), hi + 1, _own_end(article, hi + 1, end))
        for text, many in repeated.items()
        if text not in asking
        for lo, hi, end in many
    ]
    return sorted((turn for turn in found if turn.hi > turn.lo), key=lambda turn: turn.lo)


def asked(article: Article) -> frozenset[str]:
    """The labels that open turns in an interview, by their text: the interviewer's too."""
    counts: dict[str, int] = {}
    for lo, hi in _labels(article):
        text = article.text(lo, hi)
        counts[text] = counts.get(text, 0) + 1
    return frozenset(text for text, count in counts.items() if count > 1)


def is_talk(article: Article) -> bool:
    """Whether the first paragraphs say that this is a conversation."""
    return any(low.startswith(_TALK) for low in article.low[:160])


def _labels(article: Article) -> list[tuple[int, int]]:
    """The stretches before a colon that open a paragraph and may name who speaks."""
    found = []
    for colon in article.colons:
        lo = article.par_lo[colon]
        if 0 < colon - lo <= _LABEL and article.end[colon] > article.title_end and article.par_hi[colon] > colon + 1:
            inside = range(lo, colon)
            if article.cap[lo] and all(
                article.cls[at] not in FINITE and (article.kind[at] in (PLAIN, COMMA, STOP) or not article.spaced[at])
                for at in inside
            ):
                found.append((lo, colon))
    return found


def _asks(article: Article, many: list[tuple[int, int, int]]) -> bool:
    questions = sum(article.form[max(hi, end - 1)] == "?" for _, hi, end in many)
    return questions * 2 >= len(many)


def _own_end(article: Article, lo: int, hi: int) -> int:
    """The end of a turn without headings and teasers at its close: paragraphs that end without a stop."""
    end = hi
    while end > lo and article.par_lo[end - 1] > lo:
        last = article.kind[end - 1]
        boiler = article.boilerplate[end - 1]
        if last == STOP and not boiler:
            break
        if last not in (STOP, DASH, COLON) or boiler:
            end = article.par_lo[end - 1]
        else:
            break
    return end
