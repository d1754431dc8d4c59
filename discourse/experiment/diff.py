"""Two runs compared by what they came from and what came out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discourse.experiment.compare import Cells, cells, differences, first_step, record


@dataclass(frozen=True)
class Diff:
    """What is other in the second run: places in the record, steps, files, and the cells of tables."""

    inputs: dict[str, tuple[Any, Any]]
    since: str | None
    files: dict[str, str]  # file → gone, new, changed
    tables: dict[str, Cells]

    @property
    def same(self) -> bool:
        return not self.inputs and not self.files


def diff(one: Path, other: Path) -> Diff:
    """What changed from one run to the other, in inputs and in results. Raises `DiscourseError` where one is no run."""
    a, b = record(one), record(other)
    files = {}
    for name in sorted({*a["outputs"], *b["outputs"]}):
        if a["outputs"].get(name) != b["outputs"].get(name):
            files[name] = "gone" if name not in b["outputs"] else "new" if name not in a["outputs"] else "changed"
    tables = {
        name: cells((one / name).read_bytes(), (other / name).read_bytes())
        for name, how in files.items()
        if how == "changed" and name.endswith(".csv") and (one / name).is_file() and (other / name).is_file()
    }
    since = first_step(a, {step["step"]: step["output"] for step in b.get("steps", [])})
    return Diff(differences(a, b), since, files, tables)
