"""Quotation marks paired, whatever their kind."""

from __future__ import annotations

import pytest

from discourse.attribution.quotes import quotes


@pytest.mark.parametrize(
    ("string", "inside"),
    [
        ("„tak” i „nie”", ["tak", "nie"]),
        ('"tak" i "nie"', ["tak", "nie"]),
        ("“tak” i ”nie”", ["tak", "nie"]),
        ("„mówi «tak» cicho”", ["mówi «tak» cicho", "tak"]),
        ("»tak« oraz «nie»", ["tak", "nie"]),
        ('„tak" i ,,nie"', ["tak", "nie"]),
        ('koniec."Tak" - mówi', ["Tak"]),
        ("„bez końca", ["bez końca"]),
        ("środek „bez końca", []),
        ("bez początku” dalej", []),
        ("„tak„, mówi", ["tak"]),
        ("„tak″, mówi", ["tak"]),
        ("„mówi „tak” cicho”", ["mówi „tak” cicho", "tak"]),
        ('5" rury i 6" rury', []),
        ("", []),
    ],
)  # fmt: skip
def test_pairs(string: str, inside: list[str]) -> None:
    assert [string[quote.inner_start : quote.inner_end] for quote in quotes(string)] == inside
