"""JSON lines: one object a line, with `text` and any metadata."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from discourse.core.errors import DiscourseError
from discourse.corpus.encoding import decode, read_bytes
from discourse.corpus.readers import Document, reader


@reader("jsonl", ".jsonl", ".ndjson", ".jsonlines")
def read_jsonl(path: Path) -> Iterator[Document]:
    """One document a line; lines of white space are passed over, a malformed one is refused by its number."""
    for number, document in objects(path):
        if "text" not in document:
            raise DiscourseError(f"{path}, line {number}: no 'text'; its keys are {', '.join(document) or 'none'}")
        yield document


def objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number (from 1) and object of every line that is not empty."""
    for number, line in enumerate(decode(read_bytes(path), path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            too = "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
            message = error.msg if isinstance(error, json.JSONDecodeError) else too
            raise DiscourseError(f"{path}, line {number}: malformed JSON ({message})") from None
        if not isinstance(value, dict):
            raise DiscourseError(f"{path}, line {number}: not a JSON object but {type(value).__name__}")
        yield number, value
