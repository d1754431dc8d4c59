"""Quotation marks of every kind, paired within paragraphs, in one pass over the marks of a string."""

from __future__ import annotations

import re
from dataclasses import dataclass

# single letters rather than a class: only so does `re` skip at once to where a match can begin
_MARK = re.compile("\"|„|”|“|‟|«|»|″|\n|‚‚|,,(?=\\w)|''")
_OPENERS = "([{-–—/„«»“+"
#: Marks nested deeper than this are left alone, so that nothing grows faster than the text.
_DEPTH = 4
#: An unclosed mark at the head of a paragraph quotes the paragraph, if that is no longer than this.
_UNCLOSED = 4000


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted stretch: `start`, `end` with its marks, `inner_start`, `inner_end` without them."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


def quotes(string: str) -> list[Quote]:
    """The quoted stretches of a string, by start, outer before inner.

    Straight marks open or close by the space around them, by turns where that does not tell. A mark without a partner
    quotes nothing, unless it stands at the head of a paragraph: then it quotes the paragraph.
    """
    found: list[Quote] = []
    stack: list[tuple[str, int, int]] = []  # family, start, inner start
    paragraph = 0
    for match in _MARK.finditer(string):
        mark, at, after = match.group(), match.start(), match.end()
        if mark == "\n":
            _give_up(stack, string, paragraph, at, found)
            paragraph = after
            continue
        family = "«" if mark in "«»" else '"'
        inside = bool(stack) and any(kind == family for kind, _, _ in stack)
        if _opens(mark, string, at, after, inside):
            if len(stack) < _DEPTH:
                stack.append((family, at, after))
        elif inside:
            while stack[-1][0] != family:
                stack.pop()
            _, start, inner = stack.pop()
            if at > inner:
                found.append(Quote(start, after, inner, at, True))
    _give_up(stack, string, paragraph, len(string), found)
    found.sort(key=lambda quote: (quote.start, -quote.end))
    return found


def _opens(mark: str, string: str, at: int, after: int, inside: bool) -> bool:
    before = string[at - 1] if at else " "
    follows = string[after] if after < len(string) else " "
    can_open = (before.isspace() or before in _OPENERS) and not follows.isspace()
    can_close = not before.isspace() and not follows.isalnum()
    if mark in ("„", ",,", "‚‚", "‟"):
        return not (inside and can_close and not can_open)  # „A„. is closed by the wrong mark
    if mark == "«":
        return not (inside and can_close and not can_open)
    if mark == "»":
        return not inside and can_open
    if mark in "”“″":
        return not inside and can_open
    if inside:
        return can_open and not can_close and before != "-" and before not in "–—"
    return can_open or not can_close


def _give_up(stack: list[tuple[str, int, int]], string: str, paragraph: int, end: int, found: list[Quote]) -> None:
    """Close what is open at the end of a paragraph: the paragraph if the mark heads it, else nothing."""
    if stack:
        _, start, inner = stack[0]
        heads = start - paragraph <= 2 and not string[paragraph:start].strip(" -–—")
        if heads and inner < end and end - start <= _UNCLOSED:
            found.append(Quote(start, end, inner, end, False))
    stack.clear()
