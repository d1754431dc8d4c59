"""Other taggers behind the interface of our own: chosen by the policy, each an extra to install."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from discourse.core import schema
from discourse.language.adapters import spacy, stanza

#: One token of a foreign tagger: sentence, start, end, form, lemma, tag.
Row = tuple[int, int, int, str, str, str]
Tagger = Callable[[str], list[Row]]
NAMES = ("spacy:MODEL", "stanza")


def known(policy: str) -> bool:
    """Whether the policy names a foreign tagger: `spacy`, `spacy:MODEL` or `stanza`."""
    return policy in ("spacy", "stanza") or (policy.startswith("spacy:") and len(policy) > len("spacy:"))


def raw_tokens(documents: pl.DataFrame, policy: str, tagger: Tagger | None = None) -> pl.DataFrame:
    """One row a token of the documents' annotated strings, by the tagger that the policy names: `raw_tokens`.

    Raises `DiscourseError` where its library or model is not installed.
    """
    if tagger is None:
        tagger = stanza.tagger() if policy == "stanza" else spacy.tagger(policy.partition(":")[2] or spacy.MODEL)
    rows = [
        (doc_id, sent, number, start, end, form, lemma, tag)
        for doc_id, text in documents.select("doc_id", schema.string()).iter_rows()
        for number, (sent, start, end, form, lemma, tag) in enumerate(tagger(text))
    ]
    return pl.DataFrame(rows, schema=schema.TABLES["raw_tokens"], orient="row")
