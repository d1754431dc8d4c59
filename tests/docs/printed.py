"""Examples as they are printed in a Markdown page: blocks, commands, output compared, output pasted."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what its fence says besides, its text and the line of its first line."""

    kind: str
    marks: list[str]
    text: str
    line: int

    @property
    def file(self) -> str | None:
        return next((mark.removeprefix("file=") for mark in self.marks if mark.startswith("file=")), None)


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a Markdown page, in order."""
    found: list[Block] = []
    open_: tuple[str, list[str], int] | None = None
    inside: list[str] = []
    for number, line in enumerate(page.split("\n"), start=1):
        if not line.startswith("```"):
            inside.append(line)
        elif open_ is None:
            kind, *marks = line.removeprefix("```").split() or [""]
            open_, inside = (kind, marks, number + 1), []
        else:
            found.append(Block(open_[0], open_[1], "".join(f"{each}\n" for each in inside), open_[2]))
            open_ = None
    assert open_ is None, f"the block in line {open_ and open_[2] - 1} is never closed"
    return found


def commands(block: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines that it should print."""
    found: list[tuple[str, list[str]]] = []
    lines = iter(block.rstrip("\n").split("\n"))
    for line in lines:
        if line.startswith("$ "):
            command = line[2:]
            while command.endswith("\\"):
                command = command[:-1].rstrip() + " " + next(lines).strip()
            found.append((command, []))
        else:
            assert found, f"output without a command: {line!r}"
            found[-1][1].append(line)
    return found


def agrees(printed: str, expected: list[str]) -> bool:
    """Whether the output is the expected one, `…` standing for anything."""
    pattern = ""
    for line in expected:
        if line.strip() == "…":
            pattern += r"(?:.*\n)*"
        else:
            pattern += ".*".join(re.escape(piece) for piece in line.rstrip().split("…")) + r"[ \t]*\n"
    return re.fullmatch(pattern, printed.strip("\n") + "\n") is not None


def pasted(printed: str, expected: list[str]) -> list[str] | None:
    """The lines to put into the page for the expected ones; None where a gap of whole lines leaves that open."""
    lines = [line.rstrip() for line in printed.strip("\n").split("\n")]
    if any(line.strip() == "…" for line in expected):
        return None
    if len(lines) != len(expected):
        return lines
    return [old if agrees(new, [old]) else new for new, old in zip(lines, expected, strict=True)]


def paste(page: Path, old: list[str], new: list[str]) -> None:
    """Put the new lines of output in the place of the old ones."""
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("\n".join(["", *old, ""]), "\n".join(["", *new, ""]), 1), encoding="utf-8")


def compare(printed: str, expected: list[str], where: str, page: Path | None) -> None:
    """Fail where the output is not the expected one, or paste it into the page where that is wanted."""
    while not expected[-1].strip():
        expected = expected[:-1]
    if agrees(printed, expected):
        return
    if page is not None and "DISCOURSE_PASTE" in os.environ and (lines := pasted(printed, expected)) is not None:
        paste(page, expected, lines)
        return
    pytest.fail(f"{where}\nprints\n{printed}\nand not\n" + "\n".join(expected), pytrace=False)
