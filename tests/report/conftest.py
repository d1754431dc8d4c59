"""One invented article, annotated by hand: nested and interrupted speech, boilerplate, markup, an unnamed source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
import pytest

from discourse.core import schema

TITLE = "Zielińska: poziom Brdy raczej nie wróci do normy"
TEXT = """Poziom Brdy spadł o 40 centymetrów. Zdaniem prof. Anny Zielińskiej, hydrolożki z Uniwersytetu Brdzkiego, \
to niestety nie koniec.

REKLAMA

– Rzeka prawdopodobnie nie wróci do dawnego stanu – mówi badaczka. – Trzeba oszczędzać wodę, a burmistrz powiedział \
mi, że podobno miasto ma „niemal <b>pełne</b> zbiorniki” & spokój.

Burmistrz Jan Okoński zapewnia, że zapasy na pewno wystarczą. Urzędnik, który prosi o niepodawanie nazwiska, twierdzi, \
że nikt ich nie mierzył. <script>alert("x")</script>"""


@dataclass(frozen=True)
class Annotated:
    """The frames of an annotation, as `article_page` and the terminal take them."""

    document: pl.DataFrame
    tokens: pl.DataFrame
    markers: pl.DataFrame
    attributions: pl.DataFrame
    speakers: pl.DataFrame

    @property
    def frames(self) -> tuple[pl.DataFrame, ...]:
        return self.document, self.tokens, self.markers, self.attributions, self.speakers


def annotated(
    title: str,
    text: str,
    markers: Sequence[tuple[str, str, bool | None, int | None]] = (),
    attributions: Sequence[dict[str, object]] = (),
    speakers: Sequence[tuple[str, str, str]] = (),
    boilerplate: str = "",
) -> Annotated:
    """Frames from strings: every span is given by the words it covers, at their first occurrence."""
    string = f"{title}\n\n{text}" if title else text

    def at(words: object) -> list[int] | None:
        if words is None:
            return None
        start = string.index(str(words))
        return [start, start + len(str(words))]

    grey = at(boilerplate) if boilerplate else [0, 0]
    assert grey
    rows, word, paragraph, last = [], -1, 0, 0
    for tok, match in enumerate(re.finditer(r"\w+|[^\w\s]", string)):
        paragraph += "\n" in string[last:match.start()]
        last = match.end()
        start_word = match[0][0].isalnum()
        word += 1
        rows.append(("d1", 0, tok, match.start(), match.end(), match[0], match[0].lower(), "ign", "ign", word,
                     start_word, paragraph, grey[0] <= match.start() < grey[1]))
    found = [("d1", *at(words), category, f"{category}.{words}", grey[0] <= at(words)[0] < grey[1], quoted, attribution)
             for words, category, quoted, attribution in markers]
    said = [("d1", i, a["type"], at(a.get("cue")), at(a.get("source")), [at(piece) for piece in a["content"]],
             a.get("speaker"), a["role"], a.get("verb"), a.get("stance"), False) for i, a in enumerate(attributions)]
    return Annotated(
        pl.DataFrame({"doc_id": ["d1"], "title": [title], "text": [text]}),
        pl.DataFrame(rows, schema=schema.TABLES["tokens"], orient="row"),
        pl.DataFrame(found, schema=schema.TABLES["markers"], orient="row"),
        pl.DataFrame(said, schema=schema.TABLES["attributions"], orient="row"),
        pl.DataFrame([("d1", *row) for row in speakers], schema=schema.TABLES["speakers"], orient="row"),
    )


@pytest.fixture(scope="session")
def article() -> Annotated:
    """The article about the river: four voices (one unnamed), one report inside another."""
    return annotated(
        TITLE, TEXT,
        markers=[("raczej", "hedge", False, 0), ("niestety", "attitude", False, 1),
                 ("prawdopodobnie", "hedge", True, 2), ("Trzeba", "obligation", True, 2),
                 ("podobno", "reportive", True, 3),
                 ("niemal", "approximator", True, 3), ("na pewno", "booster", False, 4)],
        attributions=[
            {"type": "according", "source": "Zielińska", "content": ["poziom Brdy raczej nie wróci do normy"],
             "speaker": "Anna Zielińska", "role": "expert"},
            {"type": "according", "cue": "Zdaniem", "source": "prof. Anny Zielińskiej",
             "content": ["to niestety nie koniec"], "speaker": "Anna Zielińska", "role": "expert", "verb": "zdaniem",
             "stance": "neutral"},
            {"type": "direct", "cue": "mówi", "source": "badaczka",
             "content": ["Rzeka prawdopodobnie nie wróci do dawnego stanu",
                         TEXT[TEXT.index("Trzeba"):TEXT.index("spokój.") + 7]],
             "speaker": "Anna Zielińska", "role": "expert", "verb": "mówić", "stance": "neutral"},
            {"type": "indirect", "cue": "powiedział", "source": "burmistrz",
             "content": [TEXT[TEXT.index("podobno"):TEXT.index("spokój.") + 6]],
             "speaker": "Jan Okoński", "role": "official", "verb": "powiedzieć", "stance": "neutral"},
            {"type": "indirect", "cue": "zapewnia", "source": "Burmistrz Jan Okoński",
             "content": ["zapasy na pewno wystarczą"], "speaker": "Jan Okoński", "role": "official",
             "verb": "zapewniać", "stance": "endorsing"},
            {"type": "indirect", "cue": "twierdzi", "content": ["nikt ich nie mierzył"], "role": "anonymous",
             "verb": "twierdzić", "stance": "distancing"},
        ],
        speakers=[("Anna Zielińska", "expert", "tytuł: prof."), ("Jan Okoński", "official", "funkcja: burmistrz")],
        boilerplate="REKLAMA",
    )
