"""Figures: every registered kind draws plain frames, the same each time, and survives odd ones."""

from __future__ import annotations

import datetime
from pathlib import Path

import polars as pl
import pytest

from discourse.core.errors import DiscourseError
from discourse.core.schema import CATEGORIES, ROLES
from discourse.report.figures import FIGURES, Figure, svg, write_figure
from discourse.report.figures.base import wrapped
from discourse.report.palette import CATEGORY_COLOURS, CATEGORY_LINES, ROLE_COLOURS

MARKUP = "<script>ż & „x”"
FRAMES: dict[str, pl.DataFrame] = {
    "intervals": pl.DataFrame({"label": ["asekuracja (na 1000 słów)", MARKUP], "estimate": [1.5, -0.2],
                               "low": [0.5, -1.0], "high": [2.5, 0.6], "panel": ["Postawa", "Głosy"]}),
    "placement": pl.DataFrame({"label": ["asekuracja", "asekuracja", MARKUP], "group": ["all", "felieton", None],
                               "value": [3.5, 3.5, None], "percentile": [80.0, 20.0, None]}),
    "distribution": pl.DataFrame({"group": ["depesza", "depesza", MARKUP, "depesza"],
                                  "value": [1.0, 2.0, 3.0, float("nan")]}),
    "roles": pl.DataFrame({"group": ["depesza", "depesza", MARKUP], "role": ["expert", "official", "expert"],
                           "share": [0.25, 0.5, 0.03]}),
    "topics": pl.DataFrame({"topic": [1, 1], "words": ["rzeka, woda, susza"] * 2, "group": ["depesza", MARKUP],
                            "share": [0.75, 0.25]}),
    "confusion": pl.DataFrame({"actual": ["depesza", MARKUP], "predicted": ["depesza", "depesza"], "count": [3, 1]}),
    "counts": pl.DataFrame({"month": ["2024-01", "2024-01", None], "group": ["depesza", MARKUP, "depesza"],
                            "documents": [3, 1, 2]}),
    "timeline": pl.DataFrame({"date": [datetime.date(2024, 1, 1), datetime.date(2024, 2, 1)], "value": [1.0, 2.0],
                              "series": ["depesza", MARKUP]}),
}


def draw(kind: str, frame: pl.DataFrame, language: str = "pl") -> Figure:
    return FIGURES.get(kind)(frame, name=f"my {kind}", caption={"pl": "Podpis", "en": "Caption"}, language=language)


def test_every_kind_is_tried_here() -> None:
    assert FIGURES.names() == sorted(FRAMES)


@pytest.mark.parametrize("kind", sorted(FRAMES))
def test_a_kind_writes_the_same_bytes_twice_and_escapes(kind: str, tmp_path: Path) -> None:
    first, second = (write_figure(draw(kind, FRAMES[kind]), tmp_path / name) for name in "ab")
    assert [path.suffix for path in first] == [".pdf", ".html", ".svg", ".png", ".csv"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert "<script" not in first[2].read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", sorted(FRAMES))
def test_a_kind_leaves_its_frame_alone_and_names_what_it_lacks(kind: str) -> None:
    frame = FRAMES[kind].clone()
    assert draw(kind, frame, "en").data.equals(FRAMES[kind])
    with pytest.raises(DiscourseError, match=f"figure '{kind}': there is no row to draw"):
        draw(kind, frame.clear())
    with pytest.raises(DiscourseError, match=f"figure '{kind}': column '.*' is missing"):
        draw(kind, frame.select(pl.lit(1).alias("x")))


def test_ids_belong_to_the_figure() -> None:
    assert 'id="clip' not in "".join(svg(draw(kind, frame)) for kind, frame in FRAMES.items())


def test_numbers_are_those_of_the_language() -> None:
    assert ">1,50 [0,50; 2,50]<" in svg(draw("intervals", FRAMES["intervals"]))
    assert ">1.50 [0.50; 2.50]<" in svg(draw("intervals", FRAMES["intervals"], "en"))


def test_what_is_not_attributed_is_the_authors() -> None:
    drawing = svg(draw("roles", FRAMES["roles"]))
    assert ">autor tekstu<" in drawing
    assert ">97%<" in drawing


def test_roles_and_categories_have_each_their_colour() -> None:
    assert len(set(ROLE_COLOURS.values())) == len(ROLES)
    assert len(set(CATEGORY_COLOURS.values())) == len(CATEGORIES) == len(CATEGORY_LINES)


def test_a_word_of_one_letter_does_not_end_a_line() -> None:
    assert wrapped("udział słów oddanych politykom i urzędom", 32) == "udział słów oddanych politykom\ni\u00a0urzędom"
    assert wrapped("i tak, 5 z 7", 6) == "i\u00a0tak,\n5 z\u00a07"
