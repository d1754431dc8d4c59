"""Metadata in the names of folders and files: read by a pattern, and the pattern told from the names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from discourse.core.errors import DiscourseError
from discourse.corpus.dates import day
from discourse.corpus.readers import stem

_DAY = re.compile(r"^(\d{4}-\d{2}-\d{2}|\d{2}-\d{2}-\d{4}|\d{8})(?=$|[_ -])|(?<=[_ -])(\d{4}-\d{2}-\d{2}|\d{8})$")


def name_pattern(names: str, where: object) -> re.Pattern[str]:
    """The expression for a pattern of names, `{outlet}/{date}_{doc_id}`; `{_}` is a part that says nothing."""
    fields = re.findall(r"\{([^{}]*)\}", names)
    wrong = next((field for field in fields if not field.isidentifier()), None)
    if wrong is not None or not fields:
        raise DiscourseError(f"{where}: names {names!r} needs fields such as {{outlet}}, of letters, digits and _")
    if twice := next((field for field in fields if field != "_" and fields.count(field) > 1), None):
        raise DiscourseError(f"{where}: names {names!r} has the field {twice!r} twice")
    pieces = re.split(r"(\{[^{}]*\})", names)
    last = len(pieces) - 2 if not pieces[-1] else None  # a last field may take the rest of the name
    parts = []
    for number, piece in enumerate(pieces):
        field = piece[1:-1]
        repeat = "+" if number == last else "+?"
        if number % 2 == 0:
            parts.append(re.escape(piece))
        else:
            parts.append(f"[^/]{repeat}" if field == "_" else f"(?P<{field}>[^/]{repeat})")
    return re.compile(f"(?:^|/){''.join(parts)}$")


def from_names(found: Sequence[Path], base: Path, known: Sequence[str] = ()) -> tuple[str, list[str]]:
    """A pattern of what folders and file names say, and which of its fields are days; empty where they say nothing.

    Fields that are `known` from elsewhere are left out.
    """
    parts = [path.relative_to(base).parts[:-1] for path in found if path.is_relative_to(base)]
    if len(parts) < len(found) or len({len(part) for part in parts}) != 1:
        return "", []
    fields: list[str] = []
    days = []
    for level in zip(*parts, strict=True):
        name, is_day = _level(level, len(found), fields)
        if name in known:
            name, is_day = "_", False
        fields.append(name)
        days += [name] if is_day else []
    stems = [stem(path) for path in found]
    matches = [_DAY.search(name) for name in stems]
    dated = [m for m, name in zip(matches, stems, strict=True) if m and day(_digits(m)) and len(name) > len(m.group(0))]
    last = "{_}"
    if len(dated) == len(stems) and "date" not in (*fields, *known):
        at_start = all(m.start() == 0 for m in dated)
        at_end = all(m.end() == len(name) for m, name in zip(dated, stems, strict=True))
        if at_start or at_end:
            both = zip(dated, stems, strict=True)
            separators = {name[m.end()] if at_start else name[m.start() - 1] for m, name in both}
            if len(separators) == 1:
                mark = separators.pop()
                last = f"{{date}}{mark}{{_}}" if at_start else f"{{_}}{mark}{{date}}"
                days.append("date")
    if last == "{_}" and all(name == "{_}" for name in (f"{{{name}}}" for name in fields)):
        return "", []
    return "/".join([*(f"{{{name}}}" for name in fields), last]), days


def _digits(match: re.Match[str]) -> str:
    return match.group(1) or match.group(2)


def _level(values: Sequence[str], number: int, taken: Sequence[str]) -> tuple[str, bool]:
    """The name of a level of folders (`_` where it says nothing), and whether it is a day."""
    kinds = set(values)
    if len(kinds) < 2 or len(kinds) > max(2, number // 2):
        return "_", False
    if all(re.fullmatch(r"(?:19|20)\d\d", kind) for kind in kinds):
        name = "year"
    elif all(re.fullmatch(r"0?[1-9]|1[0-2]", kind) for kind in kinds):
        name = "month"
    elif all(len(kind) >= 8 and day(kind) for kind in kinds):
        return ("date", True) if "date" not in taken else ("_", False)
    elif sum(bool(re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", kind)) for kind in kinds) > len(kinds) / 2:
        name = "outlet"
    else:
        name = "folder"
    while name in taken:
        name += "2"
    return name, False
