"""One article with its voices on a page."""

from __future__ import annotations

import polars as pl

from discourse.report.labels import language as known_language
from discourse.report.names import evidence, measure_rows, share, tip, verbs, voice_name
from discourse.report.pages.environment import render
from discourse.report.reading import reading


def article_page(
    document: pl.DataFrame, tokens: pl.DataFrame, markers: pl.DataFrame, attributions: pl.DataFrame,
    speakers: pl.DataFrame, measures: pl.DataFrame | None = None, language: str = "pl",
) -> str:
    """The article as an HTML page: its text with markers and voices, whose words fill it, who speaks, the counts.

    `document` is a frame of one row; of the other tables, this document's rows are taken. Raises `DiscourseError`
    where there is not exactly one document, or a table lacks its columns.
    """
    language = known_language(language)
    article = reading(document, tokens, markers, attributions, speakers)
    return render(
        "article.html.j2", language=language, article=article, paragraphs=article.paragraphs(),
        names={voice.number: voice_name(voice, language) for voice in article.voices},
        evidence={voice.number: evidence(voice, language) for voice in article.voices},
        share=share,
        verbs={voice.number: verbs(voice) for voice in article.voices},
        tips={id_: tip(article, passage, language) for id_, passage in article.passages.items()},
        families=measure_rows(article, measures, language) if measures is not None else [],
    )
