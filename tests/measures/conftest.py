"""Small annotations written by hand, so that measures are tested without the steps that they follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl
import pytest

from discourse.core import schema


@dataclass
class Annotation:
    """Rows of the tables of one or several articles; `frames` in the order in which `measure` takes them."""

    documents: list[dict[str, object]] = field(default_factory=list)
    tokens: list[dict[str, object]] = field(default_factory=list)
    markers: list[dict[str, object]] = field(default_factory=list)
    attributions: list[dict[str, object]] = field(default_factory=list)
    people: list[dict[str, object]] = field(default_factory=list)

    def article(self, doc_id: str, written: str = "", *, boilerplate: tuple[str, ...] = ()) -> Annotation:
        """Adds an article of tokens `form/lemma/tag` (both default to the form, `subst`; `+form` continues a word).

        Sentences end where `//` stands. Tokens whose form is in `boilerplate` are flagged.
        """
        text, sent, word = "", 0, -1
        for tok, item in enumerate(written.replace("//", "").split()):
            form, lemma, tag = (*item.split("/"), "", "")[:3]
            glued = form.startswith("+")
            form = form.lstrip("+")
            if text and not glued:
                text += " "
            word += not glued
            row = {
                "doc_id": doc_id,
                "sent": sent,
                "tok": tok,
                "start": len(text),
                "end": len(text) + len(form),
                "form": form,
                "lemma": lemma or form,
                "tag": tag or ("subst:sg:nom:m3" if form.isalnum() else "interp"),
                "word": word,
                "word_start": form.isalnum() and not glued,
                "paragraph": 0,
                "boilerplate": form in boilerplate,
            }
            row["pos"] = str(row["tag"]).split(":")[0]
            self.tokens.append(row)
            text += form
            if form in ".?!":
                sent += 1
        self.documents.append({"doc_id": doc_id, "title": "", "text": text})
        return self

    def marker(self, doc_id: str, form: str, category: str, **more: object) -> Annotation:
        start, end = self._find(doc_id, form)
        row = {"doc_id": doc_id, "start": start, "end": end, "category": category, "marker": form.lower()}
        self.markers.append(row | {"boilerplate": False, "quoted": False, "attribution": None} | more)
        return self

    def says(self, doc_id: str, *contents: str, speaker: str | None, role: str, **more: object) -> Annotation:
        """Adds an attribution of the pieces of text to a speaker; further columns as given."""
        number = sum(row["doc_id"] == doc_id for row in self.attributions)
        row = {"doc_id": doc_id, "attribution": number, "type": "direct", "cue": None, "source": None}
        row |= {"content": [list(self._find(doc_id, piece)) for piece in contents], "speaker": speaker, "role": role}
        self.attributions.append(row | {"verb": None, "verb_stance": None, "boilerplate": False} | more)
        return self

    def speaker(self, doc_id: str, speaker: str, role: str, **more: object) -> Annotation:
        """Adds a row of the table of speakers."""
        portrait = {"person": True, "name": speaker, "gender": None, "titles": "", "affiliation": None}
        self.people.append({"doc_id": doc_id, "speaker": speaker, "role": role, "evidence": "", **portrait, **more})
        return self

    def place(self, doc_id: str, piece: str) -> list[int]:
        """Where a piece of the text stands."""
        return list(self._find(doc_id, piece))

    def cast(self) -> pl.DataFrame:
        """The table of speakers."""
        more = dict.fromkeys(("name", "gender", "titles", "affiliation"), pl.String) | {"person": pl.Boolean}
        return pl.DataFrame(self.people, schema=schema.TABLES["speakers"] | more)

    def frames(self) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        tables = ("documents", "tokens", "markers", "attributions")
        return tuple(pl.DataFrame(getattr(self, table), schema=schema.TABLES[table]) for table in tables)  # type: ignore[return-value]

    def _find(self, doc_id: str, piece: str) -> tuple[int, int]:
        text = str(next(row["text"] for row in self.documents if row["doc_id"] == doc_id))
        return text.index(piece), text.index(piece) + len(piece)


@pytest.fixture
def annotation() -> Annotation:
    return Annotation()


@pytest.fixture
def value() -> Callable[..., float | None]:
    """`value(annotation, measure, doc_id="a")`: one value of the table."""
    from discourse.measures import measure

    def of(annotation: Annotation, name: str, doc_id: str = "a") -> float | None:
        table = measure(*annotation.frames(), annotation.cast(), names=[name])
        return table.filter(pl.col("doc_id") == doc_id)["value"].item()

    return of
