"""Numbers that somebody typed into the paper's text, where they should have been read from a run."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

#: Functions whose quoted arguments name tables, columns and rows, so that a wrong one stops the build; the quoted
#: arguments of all others are text that is read.
READERS = frozenset({
    "num", "cell", "interval", "only-interval", "total", "count", "setting", "row", "rows", "standing", "compared",
    "pick", "run-figure", "name-of", "cite", "bibliography", "import", "include", "link", "raw", "method",
    "seed-value", "seed-percentile", "seed-stands", "outlet-mean", "outlet-word", "register-mean", "clear", "tested",
    "score", "error", "voice", "right", "alpha", "words-of", "documents-of",
})  # fmt: skip
#: Names that have a digit in them.
NAMES = ("COVID-19", "Morfeusz 2", "CoNLL-2010", "UTF-8", "SHA-256", "F1", "US 2020")
_NUMBER = re.compile(r"\d[\d.,\u00a0]*")


def typed_numbers(source: str) -> list[tuple[int, str]]:
    """Line and text of every number in the prose of a typst file.

    Not looked at: comments, raw text, mathematics, labels, references, code but for the content and the quoted text in
    it. Names of things that hold a digit (`NAMES`) are no numbers.
    """
    masked = source
    for name in NAMES:
        masked = masked.replace(name, re.sub(r"\d", "x", name))
    found = []
    for start, text in _prose(masked, 0, len(masked)):
        for match in _NUMBER.finditer(text):
            found.append((source.count("\n", 0, start + match.start()) + 1, match[0]))
    return sorted(found)


_SKIPPED = re.compile(
    r"//[^\n]*|/\*.*?\*/|```.*?```|`[^`]*`|\$[^$]*\$|<[\w:-]+>|@[\w:-]+|https?://\S+|\\u\{[0-9a-fA-F]+\}", re.DOTALL
)
_CODE = re.compile(r"#(?:(?:set|show|let|import|include)\b|[\w.-]+|[({\[])")

_CHAINED = re.compile(r"\.[A-Za-z][\w-]*(?=\()")


def _prose(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Stretches of markup between `start` and `end`."""
    at = begun = start
    while at < end:
        if skipped := _SKIPPED.match(text, at, end):
            yield begun, text[begun:at]
            at = begun = skipped.end()
        elif text[at] == "#" and (code := _CODE.match(text, at, end)):
            yield begun, text[begun:at]
            at = yield from _code(text, at, end, code)
            begun = at
        else:
            at += 1
    yield begun, text[begun:end]


def _code(text: str, start: int, end: int, match: re.Match[str]) -> Generator[tuple[int, str], None, int]:
    """The prose inside the code that begins at `start`; returns where the code ends."""
    name = match[0].lstrip("#")
    if name in ("set", "show", "let", "import", "include"):
        stop = text.find("\n", start, end)  # a statement of one line
        return end if stop < 0 else stop
    at = start + 1 if name[:1] in "({[" else match.end()
    reads = name.split(".")[0] in READERS
    while at < end and (text[at] in "([{" or (chained := _CHAINED.match(text, at, end))):
        if text[at] == ".":
            assert chained is not None
            at = chained.end()
        close = _closing(text, at, end)
        if text[at] == "[":
            yield from _prose(text, at + 1, close)
        else:
            yield from _arguments(text, at + 1, close, reads)
        at = close + 1
    return at


def _arguments(text: str, start: int, end: int, reads: bool) -> Iterator[tuple[int, str]]:
    """The prose in a list of arguments: content, and quoted text where the function is no reader of tables."""
    at = start
    while at < end:
        if text[at] == '"':
            stop = at + 1
            while stop < end and text[stop] != '"':
                stop += 2 if text[stop] == "\\" else 1
            if not reads:
                yield at + 1, text[at + 1 : stop]
            at = stop + 1
        elif text[at] == "[":
            close = _closing(text, at, end)
            yield from _prose(text, at + 1, close)
            at = close + 1
        elif (call := re.compile(r"[A-Za-z][\w.-]*\(").match(text, at, end)) is not None:
            close = _closing(text, call.end() - 1, end)
            yield from _arguments(text, call.end(), close, call[0][:-1] in READERS)
            at = close + 1
        elif skipped := re.compile(r"//[^\n]*|\$[^$]*\$").match(text, at, end):
            at = skipped.end()
        else:
            at += 1


def _closing(text: str, start: int, end: int) -> int:
    """Where the bracket that opens at `start` closes."""
    pairs = {"(": ")", "[": "]", "{": "}"}
    open_: list[str] = []
    at = start
    while at < end:
        if (not open_ or open_[-1] != "]") and text[at] == '"' and open_:
            at += 1
            while at < end and text[at] != '"':
                at += 2 if text[at] == "\\" else 1
        elif open_ and open_[-1] == "]" and (skipped := _SKIPPED.match(text, at, end)):
            at = skipped.end()
            continue
        elif text[at] in pairs:
            open_.append(pairs[text[at]])
        elif open_ and text[at] == open_[-1]:
            open_.pop()
            if not open_:
                return at
        at += 1
    return end
