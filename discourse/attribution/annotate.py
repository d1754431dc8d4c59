"""The whole way from documents to who says what how surely, in one call."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from discourse.attribution.attribute import attribute
from discourse.attribution.inside import place
from discourse.attribution.lexicon import Lexicon as Voices
from discourse.corpus.load import checked
from discourse.language.annotate import tokens as tokenise
from discourse.markers.lexicon import Lexicon
from discourse.markers.match import markers as match


@dataclass(frozen=True)
class Annotation:
    """The tables of a set of documents; see `discourse.core.schema.TABLES` for their columns."""

    documents: pl.DataFrame
    tokens: pl.DataFrame
    markers: pl.DataFrame
    attributions: pl.DataFrame
    speakers: pl.DataFrame


def annotate(
    documents: pl.DataFrame, *, policy: str = "default", lexicon: Lexicon | None = None, voices: Voices | None = None
) -> Annotation:
    """Tokens, markers, attributions and speakers of the documents (columns `doc_id`, `title`, `text`).

    `policy` chooses among Morfeusz's readings (`language.annotate.tokens`); `lexicon` takes the place of the built-in
    stance markers, `voices` of the built-in words for who speaks. Raises `DiscourseError` for documents without
    `doc_id` or `text`, or with one id twice.
    """
    documents = checked(documents)
    tokens = tokenise(documents, policy=policy)
    attributions, speakers = attribute(documents, tokens, lexicon=voices)
    markers = place(match(tokens, lexicon), attributions, documents)
    return Annotation(documents, tokens, markers, attributions, speakers)
