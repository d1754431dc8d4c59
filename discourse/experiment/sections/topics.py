"""What the documents are about, how sure the topics are, and what people are to judge of them."""

from __future__ import annotations

import polars as pl

from discourse.core.seeds import integer
from discourse.experiment.config import Experiment, Topics
from discourse.experiment.gather import Gathered
from discourse.experiment.section import LABELS, SECTIONS, Section, both, called
from discourse.experiment.sections.groups import columns, groups, others, shown
from discourse.measures.items import parts_of_speech
from discourse.models.guarded import lemma_duplicates
from discourse.models.guards import recurring
from discourse.models.matrix import CONTENT, Matrix, count
from discourse.models.topic_study import Study, study
from discourse.models.topic_tables import exemplars, labels, prevalence_by_group, topic_intrusion, word_intrusion
from discourse.models.topics import Topics as Model
from discourse.report.figures import FIGURES, Figure
from discourse.report.labels import Text
from discourse.report.tables import Table

_LABELS = {
    **LABELS,
    "topic": both("temat", "topic"),
    "label": both("etykieta", "label"),
    "words": both("lematy", "lemmas"),
    "c_npmi": both("C_NPMI", "C_NPMI"),
    "c_v": both("C_V", "C_V"),
    "c_npmi_sd": both("odch. st.", "sd"),
    "c_v_sd": both("odch. st.", "sd"),
    "diversity": both("różnorodność", "diversity"),
    "similarity": both("podobieństwo", "similarity"),
    "recurring": both("powraca", "recurring"),
    "recurs": both("powraca", "recurs"),
    "others": both("z", "of"),
    "k": both("k", "k"),
    "topics": both("tematów", "topics"),
    "chosen": both("wybrane", "chosen"),
    "run": both("przebieg", "run"),
    "rank": both("kolejność", "rank"),
    "doc_id": both("dokument", "document"),
    "title": both("tytuł", "title"),
    "item": both("zadanie", "item"),
    "answer": both("odpowiedź", "answer"),
    "intruder": both("intruz", "intruder"),
    "passage": both("fragment", "passage"),
}
_SCORES = dict.fromkeys(("c_npmi", "c_v", "c_npmi_sd", "c_v_sd", "diversity", "similarity", "recurring"), 3)


@SECTIONS.register("topics")
def topics(experiment: Experiment, gathered: Gathered) -> Section | None:
    """Topics by their terms, with coherence and stability, their share in every group, and sheets for raters."""
    wanted = experiment.topics
    if wanted is None:
        return None
    documents = others(gathered)
    kinds = parts_of_speech(wanted.pos) or CONTENT
    content = gathered.content.join(documents.select("doc_id"), on="doc_id", how="semi", maintain_order="left")
    alike = lemma_duplicates(documents, content, wanted.duplicates)
    passages = recurring(content, alike)
    content = content.join(passages.select("doc_id", "tok"), on=["doc_id", "tok"], how="anti", maintain_order="left")
    first = documents.join(alike.filter(pl.col("doc_id") == pl.col("group")), on="doc_id", how="semi")
    matrix = count(first, content, pos=kinds, min_documents=wanted.min_documents, max_share=wanted.max_share)
    found = study(matrix, wanted.ks, experiment.seed, wanted.engine, runs=wanted.runs)
    model = _with_duplicates(found.model, alike)
    named = labels(found.model, matrix)
    by = wanted.by or columns(experiment)[0]
    members = groups(experiment, gathered, by)
    clusters = documents.select("doc_id", pl.col(wanted.cluster).alias("cluster")) if wanted.cluster else None
    spread = prevalence_by_group(
        model, members, seed=integer(experiment.seed, "topics", "prevalence"), clusters=clusters
    )
    left_out = documents.height - first.height
    guarded = both(
        f"Prawie powtórzenia dopasowano raz (pominięto {left_out}); wycięto {passages.height} słów powracających "
        f"fragmentów.",
        f"Near-duplicates are fitted once ({left_out} left out); {passages.height} words of recurring passages cut.",
    )
    tables = [_summary(wanted, found, model, named, matrix, guarded), _grid(wanted, found)]
    return Section(
        "topics",
        tables,
        [_figure(experiment, gathered, by, spread, named, found)],
        [_by_group(spread, by, gathered, wanted.cluster), *_details(experiment, found, matrix, documents, passages)],
    )


def _with_duplicates(model: Model, alike: pl.DataFrame) -> Model:
    """The model with each near-duplicate given the shares of the document that was fitted in its place."""
    shares = model.prevalence.rename({"doc_id": "group"})
    whole = alike.select("doc_id", "group").join(shares, on="group", maintain_order="left").drop("group")
    return Model(model.engine, model.k, model.seed, model.topics, whole)


def _words(model: Model, terms: int) -> pl.DataFrame:
    ranked = model.topics.filter(pl.col("rank") <= terms).sort("topic", "rank")
    return ranked.group_by("topic", maintain_order=True).agg(pl.col("term").alias("words"))


def _summary(
    wanted: Topics, found: Study, model: Model, named: pl.DataFrame, matrix: Matrix, guarded: Text
) -> Table:
    share = model.prevalence.group_by("topic").agg(pl.col("share").mean() * 100)
    frame = named.join(_words(model, wanted.terms), on="topic", maintain_order="left")
    for other in (share, found.coherence, found.stability.drop("similarity")):
        frame = frame.join(other, on="topic", how="left", maintain_order="left")
    return Table(
        "topics",
        frame,
        both(f"Tematy ({wanted.engine}, k = {model.k})", f"Topics ({wanted.engine}, k = {model.k})"),
        both(
            f"Lematy obecne w co najmniej {wanted.min_documents} dokumentach i najwyżej {wanted.max_share:.0%} z nich: "
            f"{len(matrix.terms)}. {guarded['pl']} Etykieta: lematy kluczowe dokumentów, w których temat przeważa. "
            "Udział: średnia po dokumentach, w procentach. Spójność liczona na dokumentach dopasowanych; na "
            "niedopasowanych: w tabeli poniżej. Powraca: w ilu z pozostałych przebiegów temat o co najmniej połowie "
            "tych samych 10 lematów odnajduje się znowu; pokazano przebieg najbardziej podobny do pozostałych.",
            f"Lemmas in at least {wanted.min_documents} documents and at most {wanted.max_share:.0%} of them: "
            f"{len(matrix.terms)}. {guarded['en']} Label: key lemmas of the documents in which the topic is largest. "
            "Share: mean over documents, per cent. Coherence on the documents that were fitted; on others: in the "
            "table below. Recurs: in how many of the other runs a topic with at least half of the same 10 lemmas is "
            "found; the run shown is the one most like the others.",
        ),
        _LABELS,
        {"c_npmi": 3, "c_v": 3, "share": 1},
    )


def _grid(wanted: Topics, found: Study) -> Table:
    return Table(
        "topics-grid",
        found.grid,
        both("Liczba tematów: spójność na dokumentach niedopasowanych, różnorodność, stabilność",
             "Number of topics: coherence on documents not fitted, diversity, stability"),
        both(
            f"Każde k dopasowano {wanted.runs} razy na losowej połowie dokumentów i oceniono na drugiej (10 lematów). "
            "Wybrano k o najwyższym C_NPMI; spośród różniących się o najwyżej 0,01 to, którego tematy najczęściej "
            "powracają.",
            f"Every k was fitted {wanted.runs} times on a random half of the documents and scored on the other (10 "
            "lemmas). The k of the highest C_NPMI was chosen; of those within 0.01 of it, the one whose topics recur "
            "most.",
        ),
        _LABELS,
        {**_SCORES, "topics": 1},
    )  # fmt: skip


def _by_group(spread: pl.DataFrame, by: str, gathered: Gathered, cluster: str | None) -> Table:
    unit_pl, unit_en = (f"skupień ({cluster})", f"clusters ({cluster})") if cluster else ("dokumentów", "documents")
    percent = pl.col("share", "low", "high") * 100
    return Table(
        "topics-by-group",
        spread.with_columns(percent),
        both(f"Udział tematów w grupach ({called(by)['pl']})", f"Shares of topics by {called(by)['en']}"),
        both(f"Średni udział w procentach z 95-procentowym przedziałem bootstrapowym (losowanie {unit_pl}).",
             f"Mean share in per cent with its 95% bootstrap interval (draws of {unit_en})."),
        _LABELS,
        dict.fromkeys(("share", "low", "high"), 1),
        {"group": gathered.labels.get(by, {})},
    )  # fmt: skip


def _figure(
    experiment: Experiment, gathered: Gathered, by: str, spread: pl.DataFrame, named: pl.DataFrame, found: Study
) -> Figure:
    frame = (
        spread.select("topic", "group", "share")
        .join(_words(found.model, 10), on="topic", maintain_order="left")
        .with_columns(shown(experiment, gathered, by))
    )
    return FIGURES.get("topics")(
        frame,
        name="topics",
        caption=both(
            f"Tematy i ich średni udział w grupach ({called(by)['pl']}); przedziały w tables/topics-by-group.csv.",
            f"Topics and their mean share by {called(by)['en']}; intervals in tables/topics-by-group.csv.",
        ),
        language=experiment.language,
    )


def _details(
    experiment: Experiment, found: Study, matrix: Matrix, documents: pl.DataFrame, passages: pl.DataFrame
) -> list[Table]:
    wanted = experiment.topics
    assert wanted is not None
    titles = dict(documents.select("doc_id", pl.col("title").fill_null("")).iter_rows())
    more = [Table("topics-runs", found.runs, both("Przebiegi i ich podobieństwo", "Runs and their similarity"),
                  labels=_LABELS, digits=_SCORES)]  # fmt: skip
    more.append(Table("topic-documents", found.model.prevalence, both("Tematy w dokumentach", "Topics in documents"),
                      labels=_LABELS))  # fmt: skip
    if wanted.exemplars:
        best = exemplars(found.model, matrix, documents=wanted.exemplars).with_columns(
            pl.col("doc_id").replace_strict(titles).alias("title")
        )
        more.append(Table("topics-exemplars", best, both("Dokumenty wzorcowe tematów", "Exemplary documents of topics"),
                          both("Spośród dokumentów nie krótszych niż mediana.", "Among documents of at least median "
                               "length."), _LABELS, {"share": 3}))  # fmt: skip
    if wanted.sheets:
        seed = integer(experiment.seed, "topics", "sheets")
        words = both("Które słowo nie pasuje?", "Which word does not belong?")
        subjects = both("Który temat nie pasuje do dokumentu?", "Which topic does not belong to the document?")
        names = {**_LABELS, **{f"word_{n}": both(f"słowo {n}", f"word {n}") for n in range(1, 7)},
                 **{f"topic_{n}": both(f"temat {n}", f"topic {n}") for n in range(1, 5)}}  # fmt: skip
        for name, caption, (sheet, key) in (
            ("word-intrusion", words, word_intrusion(found.model, seed)),
            ("topic-intrusion", subjects, topic_intrusion(found.model, seed, documents=wanted.sheets, titles=titles)),
        ):
            more += [Table(name, sheet, caption, labels=names), Table(f"{name}-key", key, caption, labels=names)]
    if not passages.is_empty():
        held = passages.group_by("passage").agg(
            pl.col("doc_id").n_unique().alias("documents"), pl.len().alias("words")
        ).sort("documents", "passage", descending=[True, False])
        more.append(Table("topics-passages", held, both("Powracające fragmenty, wycięte", "Recurring passages, cut"),
                          labels={**_LABELS, "words": LABELS["words"]}))  # fmt: skip
    return more
