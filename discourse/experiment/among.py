"""Where one article stands among the frozen measures of corpora, whose texts need not be at hand."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.progress import say
from discourse.corpus.manifest import find, manifests
from discourse.experiment.frozen import Frozen, frozen, how, stale
from discourse.measures import MEASURES
from discourse.report.labels import FAMILY_LABELS
from discourse.report.tables import Table
from discourse.statistics.place import place

#: The id under which the article is measured with the others.
_OWN = "\x00article"


def kept_of(names: Sequence[str]) -> list[tuple[str, Frozen]]:
    """The frozen measures of the corpora; raises `DiscourseError` for one that has none.

    Says on standard error where other code than today's made them.
    """
    found = []
    for name in dict.fromkeys(names):
        kept = frozen(find(name, where="--among"))
        if kept is None:
            known = [other for other in manifests() if frozen(find(other)) is not None]
            raise DiscourseError(f"--among {name}: no frozen measures of this corpus; there are those of "
                                 f"{', '.join(known) or 'none'}")  # fmt: skip
        if old := stale(kept, how()):
            say(f"{name}: frozen by other code than today's ({', '.join(old)}); freeze it again where its texts are")
        found.append((name, kept))
    return found


def among(own: pl.DataFrame, others: Sequence[tuple[str, Frozen]]) -> pl.DataFrame:
    """One row a corpus and measure: `statistics.place` of the article's measures `own` among the corpus's articles."""
    frames = []
    mine = own.with_columns(pl.lit(_OWN).alias("doc_id"))
    for name, kept in others:
        theirs = kept.tables()["measures"]
        groups = theirs.select("doc_id").unique(maintain_order=True).with_columns(pl.lit(name).alias("group"))
        frames.append(place(pl.concat([mine.select(theirs.columns), theirs]), _OWN, groups, overall=None))
    return pl.concat(frames)


def table(placed: pl.DataFrame, others: Sequence[tuple[str, Frozen]]) -> Table:
    """The article's value and its percentile among the articles of each corpus, one row a measure."""
    names = [name for name, _ in others]
    wide = placed.pivot(on="group", index=["measure", "value"], values="percentile", maintain_order=True)
    family = pl.Series("family", [MEASURES.get(name).family for name in wide["measure"]], dtype=pl.String)
    sizes = dict(placed.group_by("group").agg(pl.col("n").max().cast(pl.Int64)).iter_rows())
    counts = "; ".join(f"{name}: n = {sizes[name]:d}" for name in names)
    return Table(
        "among",
        wide.select(family, "measure", "value", *names),
        {"pl": f"Centyl artykułu wśród innych ({counts})",
         "en": f"The article’s percentile among others ({counts})"},
        labels={"family": {"pl": "rodzina", "en": "family"}, "measure": {"pl": "miara", "en": "measure"},
                "value": {"pl": "wartość", "en": "value"}},
        digits=dict.fromkeys(names, 0),
        values={"measure": {name: {"pl": MEASURES.get(name).pl, "en": MEASURES.get(name).en} for name in MEASURES},
                "family": FAMILY_LABELS},
    )  # fmt: skip
