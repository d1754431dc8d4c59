"""Sections kept as data: their texts as JSON, their frames as Arrow, their figures as what was asked to be drawn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from discourse.experiment.cache import Outputs, Store
from discourse.experiment.layers import pack, unpack
from discourse.report.tables import Table

if TYPE_CHECKING:
    from discourse.experiment.section import Section

#: The name of a section's own blob; those of its frames follow.
HEAD = "section"


def pack_section(section: Section | None) -> dict[str, bytes]:
    """The section as blobs: `section` (JSON, null where there is none), `table <name>`, `figure <name>`."""
    if section is None:
        return {HEAD: b"null"}
    frames: dict[str, bytes] = {}

    def table(one: Table) -> dict[str, Any]:
        frames[f"table {one.name}"] = pack(one.frame)
        texts = ("name", "caption", "note", "labels", "digits", "values")
        return {name: _plain(getattr(one, name)) for name in texts}

    figures = []
    for one in section.figures:
        frames[f"figure {one.name}"] = pack(one.data)
        figures.append({"kind": one.kind, "options": _plain(one.options)})
    head = {
        "key": section.key,
        "tables": [table(one) for one in section.tables],
        "more": [table(one) for one in section.more],
        "headline": table(section.headline) if section.headline is not None else None,
        "figures": figures,
        "text": _plain(section.text),
        "wanting": section.wanting,
    }
    return {HEAD: json.dumps(head, ensure_ascii=False).encode(), **frames}


@dataclass(frozen=True)
class Stored:
    """A section in the cache, read without drawing or loading what is not asked for."""

    store: Store
    outputs: Outputs
    head: Mapping[str, Any]

    @property
    def key(self) -> str:
        return str(self.head["key"])

    @property
    def wanting(self) -> list[str]:
        return list(self.head["wanting"])

    def headline(self) -> Table | None:
        """The short table that is printed when the run is done."""
        return self._table(self.head["headline"]) if self.head["headline"] else None

    def tables(self) -> list[Table]:
        """The tables of the section: those of the page, then those that are too long for it."""
        return [self._table(one) for one in [*self.head["tables"], *self.head["more"]]]

    def figures(self) -> list[tuple[str, str, Mapping[str, Any]]]:
        """Kind, digest of its data and options of each figure."""
        return [
            (one["kind"], self.outputs[f"figure {one['options']['name']}"], one["options"])
            for one in self.head["figures"]
        ]

    def section(self, drawings: Mapping[str, str] | None = None) -> Section:
        """The section itself; `drawings` has the SVG of figures (by name) that need not be drawn again."""
        from discourse.experiment.section import Section
        from discourse.report.figures import FIGURES

        known = drawings or {}
        figures = []
        for kind, sha, options in self.figures():
            figure = FIGURES.get(kind)(unpack(self.store.read(sha)), **options)
            figures.append(replace(figure, drawing=known.get(options["name"])))
        return Section(
            self.key,
            [self._table(one) for one in self.head["tables"]],
            figures,
            [self._table(one) for one in self.head["more"]],
            self.head["text"],
            self.wanting,
            self.headline(),
        )

    def _table(self, head: Mapping[str, Any]) -> Table:
        return Table(frame=unpack(self.store.read(self.outputs[f"table {head['name']}"])), **head)


def stored(store: Store, outputs: Outputs) -> Stored | None:
    """The section that these outputs of a step are; None where the analysis found nothing to say."""
    head = json.loads(store.read(outputs[HEAD]))
    return Stored(store, outputs, head) if head is not None else None


def _plain(value: Any) -> Any:
    """Mappings as dictionaries, tuples as lists."""
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
