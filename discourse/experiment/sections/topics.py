"""What the documents are about."""

from __future__ import annotations

import polars as pl

from discourse.experiment.config import Experiment
from discourse.experiment.gather import Gathered
from discourse.experiment.section import LABELS, SECTIONS, Section, both, called
from discourse.experiment.sections.groups import columns, groups, others, shown
from discourse.models.coherence import coherence
from discourse.models.matrix import count
from discourse.models.topics import fit_topics
from discourse.report.figures import FIGURES
from discourse.report.tables import Table


@SECTIONS.register("topics")
def topics(experiment: Experiment, gathered: Gathered) -> Section | None:
    """Topics by their terms, with coherence, and their share in every group."""
    wanted = experiment.topics
    if wanted is None:
        return None
    matrix = count(others(gathered), gathered.content, min_documents=wanted.min_documents, max_share=wanted.max_share)
    model = fit_topics(matrix, wanted.k, experiment.seed, wanted.engine, top=wanted.terms)
    scores = coherence(model.topics, matrix, top=wanted.terms)
    words = model.topics.sort("topic", "rank").group_by("topic", maintain_order=True).agg(pl.col("term").alias("words"))
    share = model.prevalence.group_by("topic").agg("share").with_columns(pl.col("share").list.mean() * 100)
    table = words.join(share, on="topic", maintain_order="left").join(
        scores.pivot(on="measure", index="topic", values="coherence"), on="topic", maintain_order="left"
    )
    by = wanted.by or columns(experiment)[0]
    spread = (
        groups(experiment, gathered, by)
        .join(model.prevalence, on="doc_id", maintain_order="left")
        .group_by("topic", "group", maintain_order=True)
        .agg("share")
        .with_columns(pl.col("share").list.mean())
        .join(words, on="topic", maintain_order="left")
        .sort("topic", maintain_order=True)
        .with_columns(shown(experiment, gathered, by))
    )
    figure = FIGURES.get("topics")(
        spread,
        name="topics",
        caption=both(
            f"Tematy i ich średni udział w grupach ({called(by)['pl']})",
            f"Topics and their mean share by {called(by)['en']}",
        ),
        language=experiment.language,
    )
    named = Table(
        "topics",
        table,
        both(f"Tematy ({wanted.engine}, k = {wanted.k})", f"Topics ({wanted.engine}, k = {wanted.k})"),
        both(
            f"Lematy wyrazów znaczących obecne w co najmniej {wanted.min_documents} dokumentach i najwyżej "
            f"{wanted.max_share:.0%} z nich: {len(matrix.terms)}. Udział: średnia po dokumentach, w procentach. "
            "Spójność liczona na tych samych dokumentach.",
            f"Lemmas of content words in at least {wanted.min_documents} documents and at most {wanted.max_share:.0%} "
            f"of them: {len(matrix.terms)}. Share: mean over documents, per cent. Coherence on the same documents.",
        ),
        {
            **LABELS,
            "topic": both("temat", "topic"),
            "words": both("lematy", "lemmas"),
            "c_npmi": both("C_NPMI", "C_NPMI"),
            "c_v": both("C_V", "C_V"),
        },
        {"c_npmi": 3, "c_v": 3, "share": 1},
    )
    return Section("topics", [named], [figure])
