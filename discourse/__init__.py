"""How Polish news speaks: stance markers, reported voices, measures and their comparison.

    import discourse, polars as pl
    tables = discourse.annotate(pl.DataFrame({"doc_id": ["a"], "text": ["– Chyba tak – mówi prof. Anna Lis."]}))
    tables.markers, tables.attributions

Each step is a function over frames in its own room: `discourse.language`, `discourse.markers`,
`discourse.attribution`, `discourse.measures`, `discourse.statistics`, `discourse.models`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from discourse.attribution.annotate import Annotation

__version__ = "0.1.0"
__all__ = ["__version__", "annotate"]


def annotate(documents: pl.DataFrame, **options: Any) -> Annotation:
    """The tables of a frame of documents: `documents, tokens, markers, attributions, speakers`.

    `documents` has `doc_id` and `text`, may have `title` and any metadata. Options are those of
    `discourse.attribution.annotate.annotate`. Raises `discourse.core.errors.DiscourseError` for a frame without those
    columns and for ids that occur twice.
    """
    # imported when called: `import discourse` should cost nothing
    from discourse.attribution.annotate import annotate as whole_way

    return whole_way(documents, **options)
