"""The registered measures: what each is called, counted in and divided by."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import polars as pl

from discourse.core.registry import Registry
from discourse.measures.layers import Layers

#: What a measure's function does: layers in, a frame `doc_id, numerator` (and `denominator`, where it is a ratio) out.
Definition = Callable[[Layers], pl.DataFrame]

Kind = Literal["rate", "proportion", "number"]


@dataclass(frozen=True)
class Measure:
    """A measure: `value = scale × numerator / denominator`, or the numerator alone where `base` is None."""

    name: str
    family: str
    pl: str  # label in Polish
    en: str  # label in English
    unit: str
    scale: float
    kind: Kind
    base: str | None  # what the denominator counts, as in "no words", the reason where there is none
    define: Definition

    @property
    def doc(self) -> str:
        """Formula, unit and source: the docstring of the defining function."""
        return inspect.getdoc(self.define) or ""


MEASURES: Registry[Measure] = Registry("measure")


def measure(
    name: str,
    *,
    family: str,
    pl: str,
    en: str,
    unit: str,
    kind: Kind,
    base: str | None = "words",
    scale: float | None = None,
) -> Callable[[Definition], Definition]:
    """A decorator that registers a function from layers to counts as the measure `name`.

    `kind` is `rate` (counted things per 1,000 of the base), `proportion` (percent of the base) or `number` (anything
    else); it sets `scale` to 1000, 100 or 1 where none is given. `base` names what the denominator counts; a measure
    without a base is a plain number and its value is the numerator. Documents that the function leaves out count
    0 of 0: a plain number is 0 for them, a ratio is missing, with the reason `no <base>`.
    """
    if kind not in get_args(Kind):
        raise ValueError(f"measure {name!r}: kind {kind!r} is none of {', '.join(get_args(Kind))}")
    if kind != "number" and base is None:
        raise ValueError(f"measure {name!r}: a {kind} needs a base")
    factor = {"rate": 1000.0, "proportion": 100.0, "number": 1.0}[kind] if scale is None else float(scale)

    def register(define: Definition) -> Definition:
        MEASURES.register(name)(Measure(name, family, pl, en, unit, factor, kind, base, define))
        return define

    return register
