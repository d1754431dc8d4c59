"""Patterns over tokens: a subset of CQL (the query language of Sketch Engine, KorBa and NKJP) read into a tree.

    może                                  a plain word: its form, whatever the case of its letters
    "[Mm]oże"                             a regular expression over the form as written
    [lemma="móc" & tag="fin:.*"]          conditions on one token: form, lower, lemma, pos, tag, shape; & | ! ( )
    A B    A | B    ( … )                 sequence, alternative, group
    A?  A*  A+  A{2}  A{0,3}              repetition
    <s>  </s>                             a sentence bound; nothing else lets a pattern leave its sentence
    (?= …) (?! …) (?<= …) (?<! …)         context that must or must not follow or precede
    @A                                    the marked part, where it is not the whole match
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NoReturn

import polars as pl

from discourse.core.errors import DiscourseError, nearest
from discourse.markers.tree import (
    REACH,
    All,
    Any,
    Bound,
    Choice,
    Condition,
    Look,
    Node,
    Not,
    Repeat,
    Sequence,
    Test,
    Token,
    fewest_marks,
    literals,
    shortest,
    whole,
)

ATTRIBUTES = ("form", "lower", "lemma", "pos", "tag", "shape")
SHAPES = ("lower", "title", "upper", "mixed", "number", "other")

_MAX_TOKENS = 1000

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_PUNCTUATION = ",.;:…–—-%„”«»/"
_NAME = re.compile(r"[A-Za-z_]+")
_COUNT = re.compile(r"\{\s*(\d*)\s*(,?)\s*(\d*)\s*\}")
_LOOK = {"(?=": (True, True), "(?!": (True, False), "(?<=": (False, True), "(?<!": (False, False)}


class PatternError(DiscourseError):
    """A pattern that cannot be read, with the place where it goes wrong."""

    def __init__(self, pattern: str, place: int, reason: str) -> None:
        self.pattern, self.place, self.reason = pattern, place, reason
        super().__init__(f"pattern {pattern!r}, character {place + 1}: {reason}")


@lru_cache(maxsize=20_000)
def parse(pattern: str) -> Node:
    """The tree of a pattern; tokens outside its marked part have `marked` false.

    Raises `PatternError` naming the character at which the pattern cannot be read.
    """
    reader = _Reader(pattern)
    try:
        node = reader.pattern()
    except RecursionError:
        raise PatternError(pattern, 0, "groups are nested too deeply") from None
    if reader.tokens > _MAX_TOKENS:
        raise PatternError(pattern, 0, f"repetitions unfold to more than {_MAX_TOKENS} tokens; shorten them")
    if shortest(node) == 0:
        raise PatternError(pattern, 0, "it would match the empty stretch; let at least one token be obligatory")
    if fewest_marks(node) == 0:
        raise PatternError(pattern, 0, "it can match without a marked token; put @ before one in every alternative")
    return node


class _Reader:
    """Recursive descent over one pattern."""

    def __init__(self, pattern: str) -> None:
        self.text, self.at, self.tokens = pattern, 0, 0
        self.any_mark, self.in_mark, self.in_look = "@" in _outside_strings(pattern), False, False

    def fail(self, reason: str, place: int | None = None) -> NoReturn:
        raise PatternError(self.text, self.at if place is None else place, reason)

    def skip(self) -> None:
        while self.text[self.at : self.at + 1].isspace():
            self.at += 1

    def take(self, literal: str) -> bool:
        self.skip()
        if self.text.startswith(literal, self.at):
            self.at += len(literal)
            return True
        return False

    def need(self, literal: str, after: str) -> None:
        if not self.take(literal):
            found = f", not {self.text[self.at]!r}" if self.at < len(self.text) else "; the pattern ends here"
            self.fail(f"expected {literal!r} {after}{found}")

    def pattern(self) -> Node:
        node = self.choice()
        self.skip()
        if self.at < len(self.text):
            self.fail(f"{self.text[self.at]!r} does not fit here")
        return node

    def choice(self) -> Node:
        parts = [self.sequence()]
        while self.take("|"):
            parts.append(self.sequence())
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def sequence(self) -> Node:
        parts: list[Node] = []
        while (part := self.item()) is not None:
            parts.append(part)
        if not parts:
            self.fail("expected a token, a word or a group")
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def item(self) -> Node | None:
        before = self.tokens
        if self.take("@"):
            place = self.at - 1
            if self.in_mark:
                self.fail("@ inside a part that is marked already", place)
            if self.in_look:
                self.fail("@ inside context; only what is matched can be marked", place)
            self.in_mark = True
            node = self.atom()
            self.in_mark = False
            if node is None or isinstance(node, Bound | Look):
                self.fail("@ wants a token, a word or a group after it", place)
        else:
            node = self.atom()
        if node is None:
            return None
        place = self.at
        low, high = self.count()
        if (low, high) == (1, 1):
            return node
        if isinstance(node, Bound | Look):
            self.fail("a bound or a context cannot be repeated", place)
        self.tokens = before + (self.tokens - before) * max(low, 1 if high is None else high)
        return Repeat(node, low, high)

    def count(self) -> tuple[int, int | None]:
        for sign, counts in (("?", (0, 1)), ("*", (0, None)), ("+", (1, None))):
            if self.take(sign):
                return counts
        self.skip()
        if not self.text.startswith("{", self.at):
            return 1, 1
        match = _COUNT.match(self.text, self.at)
        if not match or not (match[1] or match[3]):
            self.fail("expected a repetition such as {2}, {0,3} or {1,}")
        low = int(match[1] or 0)
        high: int | None = low if not match[2] else int(match[3]) if match[3] else None
        if high is not None and (high < low or high == 0):
            self.fail(f"the repetition {match[0]} can never be met")
        if max(low, high or 0) > REACH:
            self.fail(f"a repetition reaches at most {REACH} tokens")
        self.at = match.end()
        return low, high

    def atom(self) -> Node | None:
        self.skip()
        place = self.at
        if self.text.startswith("(?", place):
            for opening, (ahead, wanted) in _LOOK.items():
                if self.take(opening):
                    return self.look(place, ahead, wanted)
        if self.text.startswith("<", place) and (self.take("<s>") or self.take("</s>")):
            return Bound()
        if self.take("("):
            node = self.choice()
            self.need(")", "to close the group")
            return node
        if self.take("["):
            condition = All() if self.take("]") else self.any_of()
            if condition != All():
                self.need("]", "to close the token")
            return self.token(condition)
        if self.at < len(self.text) and self.text[self.at] in "\"'":
            return self.token(self.value("form"))
        if match := _WORD.match(self.text, self.at):
            self.at = match.end()
            return self.token(Test("lower", re.escape(match[0].lower())))
        if self.at < len(self.text) and self.text[self.at] in _PUNCTUATION:
            self.at += 1
            return self.token(Test("form", re.escape(self.text[self.at - 1])))
        return None

    def look(self, place: int, ahead: bool, wanted: bool) -> Look:
        if self.in_look:
            self.fail("context inside context; write two contexts side by side", place)
        self.in_look = True
        node = self.choice()
        self.in_look = False
        self.need(")", "to close the context")
        return Look(node, ahead, wanted)

    def token(self, condition: Condition) -> Token:
        self.tokens += 1
        return Token(condition, marked=not self.in_look and (self.in_mark or not self.any_mark))

    def any_of(self) -> Condition:
        parts = [self.all_of()]
        while self.take("|"):
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def all_of(self) -> Condition:
        parts = [self.one()]
        while self.take("&"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def one(self) -> Condition:
        self.skip()
        if self.take("!"):
            return Not(self.one())
        if self.take("("):
            condition = self.any_of()
            self.need(")", "to close the condition")
            return condition
        match = _NAME.match(self.text, self.at)
        if not match:
            self.fail('expected a condition such as lemma="móc"')
        if match[0] not in ATTRIBUTES:
            self.fail(f"unknown attribute {match[0]!r}{nearest(match[0], ATTRIBUTES)}")
        self.at = match.end()
        negated = self.take("!=")
        if not negated:
            self.need("=", f"or != after {match[0]!r}")
        self.skip()
        test = self.value(match[0])
        return Not(test) if negated else test

    def value(self, attribute: str) -> Test:
        """A quoted regular expression; `%c` after it ignores the case of letters."""
        place = self.at
        quote = self.text[self.at : self.at + 1]
        if quote not in ('"', "'"):
            self.fail(f'expected a value in quotation marks, such as {attribute}="…"')
        end = self.at + 1
        while end < len(self.text) and self.text[end] != quote:
            end += 2 if self.text[end] == "\\" else 1
        if end >= len(self.text):
            self.fail("the quotation mark is never closed", place)
        regex = self.text[self.at + 1 : end].replace("\\" + quote, quote)
        self.at = end + 1
        if self.text.startswith("%c", self.at):
            self.at += 2
            attribute, regex = ("lower", regex.lower()) if attribute == "form" else (attribute, f"(?i){regex}")
        if reason := _refused(regex):
            self.fail(f"the regular expression {regex!r} cannot be used: {reason}", place)
        if attribute == "shape" and regex not in SHAPES and literals(regex) is not None:
            wrong = [value for value in literals(regex) or () if value not in SHAPES]
            if wrong:
                self.fail(f"unknown shape {wrong[0]!r}{nearest(wrong[0], SHAPES)}", place)
        return Test(attribute, regex)


@lru_cache(maxsize=20_000)
def _refused(regex: str) -> str | None:
    """Why the linear-time engine refuses a regular expression; null where it does not."""
    if "\\" not in regex and literals(regex) is not None:
        return None
    try:
        pl.Series([""]).str.contains(whole(regex), strict=True)
    except pl.exceptions.PolarsError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        return next((line.removeprefix("error: ") for line in lines if line.startswith("error: ")), lines[0])
    return None


def _outside_strings(pattern: str) -> str:
    return re.sub(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'", "", pattern)
