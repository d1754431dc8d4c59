"""Can a document's group be told from how it speaks, from its words, or from both?"""

from __future__ import annotations

import polars as pl

from discourse.experiment.config import Experiment
from discourse.experiment.gather import Gathered
from discourse.experiment.section import LABELS, SECTIONS, Section, both, called, measure_labels
from discourse.experiment.sections.groups import groups, others
from discourse.models.classify import classify
from discourse.models.matrix import count
from discourse.report.figures import FIGURES
from discourse.report.tables import Table

_FEATURES = {
    "measures": both("miary", "measures"),
    "lemmas": both("lematy", "lemmas"),
    "both": both("miary i lematy", "measures and lemmas"),
}
_MODELS = {
    "dummy": both("najczęstsza klasa", "most frequent class"),
    "logistic": both("regresja logistyczna", "logistic regression"),
    "svm": both("liniowa SVM", "linear SVM"),
}
_SCORES = {
    "macro_f1": both("makro F1", "macro F1"),
    "balanced_accuracy": both("trafność zrównoważona", "balanced accuracy"),
    "accuracy": both("trafność", "accuracy"),
}
_LABELS = {
    **LABELS,
    "model": both("model", "model"),
    "features": both("cechy", "features"),
    "score": both("wskaźnik", "score"),
    "estimate": both("wartość", "value"),
    "against": both("wobec", "against"),
    "class": both("klasa", "class"),
    "feature": both("cecha", "feature"),
    "coefficient": both("współczynnik", "coefficient"),
    "sd": both("odch. stand.", "sd"),
    "folds": both("części", "folds"),
    "repeat": both("powtórzenie", "repeat"),
    "fold": both("część", "fold"),
    "doc_id": both("dokument", "document"),
    "actual": both("prawdziwa", "actual"),
    "predicted": both("przypisana", "predicted"),
}
#: Coefficients shown a class.
_MOST = 6


@SECTIONS.register("classifier")
def classifier(experiment: Experiment, gathered: Gathered) -> Section | None:
    """Cross-validated scores against a dummy, the confusions of the best model, its coefficients."""
    wanted = experiment.classifier
    if wanted is None:
        return None
    target = groups(experiment, gathered, wanted.target)
    documents = others(gathered)
    clusters = documents.select("doc_id", pl.col(wanted.group).alias("cluster")) if wanted.group else None
    needs = set(wanted.features)
    found = classify(
        target,
        measures=gathered.measures.filter(pl.col("doc_id").is_in(documents["doc_id"].implode()))
        if needs & {"measures", "both"}
        else None,
        matrix=count(documents, gathered.content) if needs & {"lemmas", "both"} else None,
        clusters=clusters,
        models=wanted.models,
        folds=wanted.folds,
        repeats=wanted.repeats,
        seed=experiment.seed,
    )
    named = gathered.labels.get(wanted.target, {})
    kinds = {"model": _MODELS, "features": _FEATURES, "score": _SCORES, "against": _MODELS}
    dummy = pl.col("model") == "dummy"  # the same whatever the features: printed once
    shown = pl.col("features").is_in(list(wanted.features))
    unit_pl, unit_en = (f"skupień ({wanted.group})", wanted.group) if wanted.group else ("dokumentów", "document")
    classified = target.height - found.guards.height
    note = both(
        f"Walidacja krzyżowa (części: {wanted.folds}, powtórzeń: {wanted.repeats}), wszystko dopasowane na częściach "
        f"uczących; przedziały 95% z losowania {unit_pl}. Dokumentów: {classified}.",
        f"Cross-validation: {wanted.folds} folds, {wanted.repeats} repeats, everything fitted on the training folds; "
        f"95% intervals by {unit_en}. Documents: {classified}.",
    )
    scores = Table(
        "classifier",
        found.scores.filter(shown & (~dummy | (pl.col("features") == wanted.features[0]))).drop("reason"),
        both(f"Rozpoznawanie: {called(wanted.target)['pl']}", f"Telling {called(wanted.target)['en']}"),
        note,
        _LABELS,
        dict.fromkeys(("estimate", "low", "high"), 3),
        kinds,
    )
    against = Table(
        "classifier-differences",
        found.differences.filter(shown & (pl.col("score") == "macro_f1")).drop("reason"),
        both(
            "O ile lepiej niż najczęstsza klasa (makro F1)", "How much better than the most frequent class (macro F1)"
        ),
        note,
        _LABELS,
        dict.fromkeys(("estimate", "low", "high"), 3),
        kinds,
    )
    best = (
        found.scores.filter(shown & (pl.col("score") == "macro_f1") & (pl.col("model") != "dummy"))
        .sort(["estimate", "model", "features"], descending=[True, False, False])
        .head(1)
    )
    tables, figures, more = [scores, against], [], []
    if not best.is_empty():
        chosen = (pl.col("model") == best["model"][0]) & (pl.col("features") == best["features"][0])
        name = {language: f"{_MODELS[best['model'][0]][language]}, {_FEATURES[best['features'][0]][language]}"
                for language in ("pl", "en")}  # fmt: skip
        figures.append(
            FIGURES.get("confusion")(
                found.confusion.filter(chosen)
                .rename({"documents": "count"})
                .with_columns(
                    pl.col("actual", "predicted").replace({k: v[experiment.language] for k, v in named.items()})
                ),
                name="confusion",
                caption=both(
                    f"Co z czym myli najlepszy model ({name['pl']}); dokumenty, średnio na powtórzenie.",
                    f"What the best model ({name['en']}) takes for what; documents, mean over the repeats.",
                ),
                language=experiment.language,
            )
        )
        weights = Table(
            "coefficients",
            found.coefficients.filter(
                chosen & (pl.int_range(pl.len()).over("model", "features", "class") < _MOST)
            ).drop("model", "features"),
            both(
                f"Cechy o największych współczynnikach ({name['pl']})",
                f"Features with the largest coefficients ({name['en']})",
            ),
            both("Średnia i odchylenie po częściach walidacji.", "Mean and standard deviation over the folds."),
            _LABELS,
            {"coefficient": 3, "sd": 3},
            {"feature": measure_labels(), "class": named},
        )
        tables.append(weights)
        more.append(Table("predictions", found.predictions, both("Przewidywania", "Predictions"), labels=_LABELS))
    if not found.guards.is_empty():
        left_out = both("Dokumenty pominięte przy rozpoznawaniu", "Documents left out of the classification")
        more.append(Table("classifier-left-out", found.guards, left_out, labels=_LABELS))
    return Section("classifier", tables, figures, more)
