"""JSON lines: one object a line, with a text and any metadata; and JSON, one list of such objects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from discourse.core.errors import DiscourseError
from discourse.corpus.encoding import decode, read_bytes, text_stream
from discourse.corpus.readers import Found, reader
from discourse.corpus.rejected import Rejected

_LARGEST = 512 * 1024**2  # of a file that is one JSON value and can only be read whole


@reader("jsonl", ".jsonl", ".ndjson", ".jsonlines")
def read_jsonl(path: Path, text: str = "text") -> Iterator[Found]:
    """One document a line; lines of white space are passed over, a malformed one is refused by its number."""
    yield from _with_text(_values(path), text)


@reader("json", ".json")
def read_json(path: Path, text: str = "text") -> Iterator[Found]:
    """One document an object of the list that the file is; a file with one object a line is read as JSON lines."""
    yield from _with_text(_listed(path), text)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Every object of a file of JSON lines or of a JSON list, whatever its keys; malformed ones are passed over."""
    for _, value in _listed(path) if path.name.lower().endswith((".json", ".json.gz")) else _values(path):
        if not isinstance(value, Rejected):
            yield value


def _with_text(values: Iterator[tuple[str, dict[str, Any] | Rejected]], text: str) -> Iterator[Found]:
    for place, value in values:
        if isinstance(value, Rejected):
            yield value
        elif text not in value:
            yield Rejected(place, "malformed", f"no {text!r}; its keys are {', '.join(value) or 'none'}")
        else:
            yield value


def _listed(path: Path) -> Iterator[tuple[str, dict[str, Any] | Rejected]]:
    data = decode(read_bytes(path, _LARGEST), path)
    if not data.lstrip().startswith("["):
        yield from _values(path)
        return
    try:
        values = json.loads(data)
    except (ValueError, RecursionError) as error:
        message = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply or a number too long"
        raise DiscourseError(f"{path}: malformed JSON ({message})") from None
    for number, value in enumerate(values, start=1):
        place = f"{path}, object {number}"
        if isinstance(value, dict):
            yield place, value
        else:
            yield place, Rejected(place, "malformed", f"not a JSON object but {type(value).__name__}")


def objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number (from 1) and object of every line that is not empty; a malformed line is an error."""
    for place, value in _values(path):
        if isinstance(value, Rejected):
            raise DiscourseError(f"{value.place}: {value.reason}")
        yield int(place.rsplit(" ", 1)[1]), value


def _values(path: Path) -> Iterator[tuple[str, dict[str, Any] | Rejected]]:
    with text_stream(path) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            place = f"{path}, line {number}"
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                too = "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
                message = error.msg if isinstance(error, json.JSONDecodeError) else too
                yield place, Rejected(place, "malformed", f"malformed JSON ({message})")
                continue
            if not isinstance(value, dict):
                yield place, Rejected(place, "malformed", f"not a JSON object but {type(value).__name__}")
                continue
            yield place, value
