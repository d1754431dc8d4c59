"""Text to chunks: what stands between them, and what a memory changes (nothing)."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.language import tokenize

WHITE = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"


def frame(*texts: str) -> pl.DataFrame:
    return pl.DataFrame({"doc_id": [str(i) for i in range(len(texts))], "title": "", "text": texts})


def test_gaps_tell_spaces_from_lines_and_paragraphs() -> None:
    table = tokenize.chunks(frame("\n Tak, nie\r\nŻe\n\nco\u2028ja\u3000ty\r\rwy", "On")).frame()
    assert table.rows() == [
        (0, 2, 5, "Tak", 3), (0, 5, 6, ",", 0), (0, 7, 10, "nie", 1), (0, 12, 14, "Że", 2), (0, 16, 18, "co", 3),
        (0, 19, 21, "ja", 2), (0, 22, 24, "ty", 1), (0, 26, 28, "wy", 3), (1, 0, 2, "On", 3),
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.one_of(st.sampled_from("ab" + WHITE), st.characters(exclude_categories=["Cs"])))))
def test_stretches_are_what_stands_between_white_space(texts: list[str]) -> None:
    table = tokenize.chunks(frame(*texts)).frame()
    between = [piece for text in texts for piece in text.translate(dict.fromkeys(map(ord, WHITE), " ")).split(" ")]
    joined = table.with_columns(run=(pl.col("gap") > 0).cum_sum()).group_by("run", maintain_order=True)
    assert joined.agg(pl.col("form").str.join("")).get_column("form").to_list() == [*filter(None, between)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.sampled_from("aż. \n👍"), max_size=12), max_size=6))
def test_a_memory_changes_nothing(texts: list[str]) -> None:
    known = tokenize.memory()
    for text in (*texts, *texts):
        documents = frame(text)
        assert tokenize.chunks(documents, known).frame().equals(tokenize.chunks(documents).frame())


PARTS = (
    *"aZżŚ2305.,:;-'’()„”…«»*/@#–Awpl",
    "\u0301",
    "\u00ad",
    "я",
    "www.",
    ".pl",
    "12:305",
    "m.in",
    "S.A",
    "1.5",
    "×",
    "👍",
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PARTS), min_size=1, max_size=8).map("".join), min_size=1))
def test_the_compiled_loop_cuts_as_the_pattern_does(texts: list[str]) -> None:
    found = tokenize.chunks(frame(*texts)).frame()
    expected = pl.Series(texts).str.extract_all(tokenize.PATTERN).explode()
    assert found.get_column("form").to_list() == expected.to_list()
