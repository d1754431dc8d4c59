"""Measures: one number a document, with its numerator and denominator. Each family has its file.

`measure` computes the table; `MEASURES` says what each is. A function of one's own becomes a measure by
`discourse.measures.registry.measure`:

    from discourse.measures.layers import over, tally
    from discourse.measures.registry import measure

    @measure("comma_rate", family="mine", pl="przecinki na 1000 słów", en="commas per 1,000 words",
             unit="per 1,000 words", kind="rate")
    def comma_rate(layers):
        return over(tally(layers.own_tokens.filter(pl.col("form") == ",")), layers.length)
"""

from discourse.measures import framing, framing_sources, lexical, stance  # noqa: F401 — each registers its measures
from discourse.measures.compute import measure
from discourse.measures.layers import Layers
from discourse.measures.registry import MEASURES, Measure

__all__ = ["MEASURES", "Layers", "Measure", "measure"]
