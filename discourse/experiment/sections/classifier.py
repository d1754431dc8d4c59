"""Can a document's group be told from how it speaks, from its words, from its subjects, or from all of them?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from discourse.core.seeds import integer
from discourse.experiment.config import Classifier, Experiment
from discourse.experiment.gather import Gathered
from discourse.experiment.section import SECTIONS, Section, both, called, measure_labels
from discourse.experiment.sections.classifier_labels import FEATURES, HEADINGS, MODELS, THREE, VALUES
from discourse.experiment.sections.groups import groups, others
from discourse.models.chance import against_chance, learning_curve
from discourse.models.classify import Classification, classify, design
from discourse.models.features import SETS
from discourse.models.guarded import Guarded, guard
from discourse.models.matrix import count
from discourse.report.figures import FIGURES, Figure
from discourse.report.labels import Text
from discourse.report.tables import Table

#: Coefficients shown a class; rows of guards and of importance shown on the page.
_MOST, _GUARDS, _IMPORTANT = 6, 25, 12


@SECTIONS.register("classifier")
def classifier(experiment: Experiment, gathered: Gathered) -> Section | None:
    """Cross-validated scores against a dummy and chance, confusions, calibration, what the models go by, the guards."""
    wanted = experiment.classifier
    if wanted is None:
        return None
    target = groups(experiment, gathered, wanted.target)
    documents = others(gathered)
    blocks = {block for name in wanted.features for block in SETS[name]}
    guarded = _guarded(wanted, documents, gathered, target)
    kept = target.join(guarded.left_out, on="doc_id", how="anti", maintain_order="left")
    matrix = count(documents, guarded.content) if blocks & {"lemmas", "topics"} else None
    measures = gathered.measures.join(documents.select("doc_id"), on="doc_id", how="semi", maintain_order="left")
    given: dict[str, Any] = {"matrix": matrix, "clusters": guarded.clusters}
    given["measures"] = measures if "measures" in blocks else None
    found = classify(
        kept, **given, features=wanted.features, models=wanted.models, folds=wanted.folds, repeats=wanted.repeats,
        tune=wanted.tune, importance=wanted.importance, topics=wanted.topics, seed=experiment.seed,
    )  # fmt: skip
    note = _note(wanted, guarded, kept.height - found.guards.height)
    tables, more = _scores(wanted, found, note), _more(found, note)
    tables += _chance(experiment, kept, given)
    figures: list[Figure] = []
    best = _best(found)
    if best is not None:
        figures.append(_confusion(experiment, gathered, found, best))
        tables += _explained(gathered, wanted, found, best)
    caption = both("Co zdradzałoby klasę i co z tym zrobiono", "What would give the class away, and what was done")
    tables.append(_guards(guarded.report.head(_GUARDS), "guards", caption))
    more.append(_guards(guarded.report, "guards-all", caption))
    left_out = pl.concat([guarded.left_out, found.guards]).sort("doc_id")
    if not left_out.is_empty():
        caption = both("Dokumenty pominięte przy rozpoznawaniu", "Documents left out of the classification")
        more.append(Table("classifier-left-out", left_out, caption, labels=HEADINGS))
    return Section("classifier", tables, figures, more)


def _guarded(wanted: Classifier, documents: pl.DataFrame, gathered: Gathered, target: pl.DataFrame) -> Guarded:
    content = gathered.content.join(documents.select("doc_id"), on="doc_id", how="semi", maintain_order="left")
    if wanted.guard:
        return guard(
            documents, content, target, cluster=wanted.group, date=wanted.date, names=wanted.names, mask=wanted.mask,
            duplicates=wanted.duplicates,
        )  # fmt: skip
    clusters = documents.select("doc_id", pl.col(wanted.group).alias("cluster")) if wanted.group else None
    report = pl.DataFrame(schema={"kind": pl.String, "item": pl.String, "documents": pl.UInt32, "words": pl.UInt32,
                                  "done": pl.String})  # fmt: skip
    return Guarded(content, clusters, pl.DataFrame(schema={"doc_id": pl.String, "reason": pl.String}), report)


def _note(wanted: Classifier, guarded: Guarded, classified: int) -> Text:
    clustered = guarded.clusters is not None
    unit_pl, unit_en = ("dokumentów", "document")
    if clustered:
        unit_pl, unit_en = f"skupień ({wanted.group or 'powtórzenia'})", wanted.group or "group of near-duplicates"
    tuned_pl, tuned_en = (", z doborem ustawień", ", settings included") if wanted.tune else ("", "")
    return both(
        f"Walidacja krzyżowa (części: {wanted.folds}, powtórzeń: {wanted.repeats}), wszystko dopasowane na częściach "
        f"uczących{tuned_pl}; przedziały 95% z losowania {unit_pl}. Dokumentów: {classified}.",
        f"Cross-validation: {wanted.folds} folds, {wanted.repeats} repeats, everything fitted on the training "
        f"folds{tuned_en}; 95% intervals by {unit_en}. Documents: {classified}.",
    )


def _scores(wanted: Classifier, found: Classification, note: Text) -> list[Table]:
    dummy = pl.col("model") == "dummy"  # the same whatever the features: printed once
    scores = found.scores.filter(~dummy | (pl.col("features") == wanted.features[0])).drop("reason")
    against = found.differences.filter((pl.col("score") == "macro_f1") & (pl.col("against") == "dummy"))
    tables = [
        _table("classifier", scores, both(f"Rozpoznawanie: {called(wanted.target)['pl']}",
                                          f"Telling {called(wanted.target)['en']}"), note),
        _table("classifier-differences", against.drop("reason", "against_features"), both(
            "O ile lepiej niż najczęstsza klasa (makro F1)", "How much better than the most frequent class (macro F1)"),
            note),
    ]  # fmt: skip
    pairs = found.differences.filter((pl.col("score") == "macro_f1") & (pl.col("against") != "dummy"))
    if not pairs.is_empty():
        tables.append(
            _table("classifier-pairs", pairs.drop("reason"), both("Modele i cechy parami: różnica makro F1 na tych "
                   "samych losowaniach", "Models and features in pairs: difference of macro F1 on the same draws"),
                   note)
        )  # fmt: skip
    calibration = found.calibration.filter(~dummy & pl.col("estimate").is_not_null()).drop("reason")
    if not calibration.is_empty():
        tables.append(
            _table("classifier-calibration", calibration, both("Kalibracja prawdopodobieństw (mniej znaczy lepiej)",
                   "Calibration of the probabilities (less is better)"), note)
        )  # fmt: skip
    return tables


def _chance(experiment: Experiment, kept: pl.DataFrame, given: dict[str, Any]) -> list[Table]:
    wanted = experiment.classifier
    assert wanted is not None
    if not wanted.permutations and not wanted.curve:
        return []
    made = design(kept, **given, features=wanted.features, folds=wanted.folds, topics=wanted.topics,
                  seed=experiment.seed)  # fmt: skip
    models = [name for name in wanted.models if name != "dummy"]
    tables = []
    if wanted.permutations:
        frame = against_chance(made, models, folds=wanted.folds, permutations=wanted.permutations, seed=experiment.seed)
        tables.append(_table("classifier-chance", frame, both("Wobec przypadku: makro F1 po potasowaniu klas",
            "Against chance: macro F1 with shuffled classes"), both(
            "Jedna walidacja krzyżowa ze zwykłymi ustawieniami, w częściach wyznaczonych bez oglądania klas; średnia i "
            "przedział: po potasowaniu.", "One cross-validation with usual settings, in folds cut without a look at "
            "the classes; mean and interval: shuffled.")))  # fmt: skip
    if wanted.curve:
        frame = learning_curve(made, models, folds=wanted.folds, seed=integer(experiment.seed, "curve"))
        tables.append(_table("classifier-curve", frame, both("Krzywa uczenia: makro F1 przy części dokumentów uczących",
                             "Learning curve: macro F1 by part of the training documents")))  # fmt: skip
    return tables


def _best(found: Classification) -> tuple[str, str] | None:
    best = (
        found.scores.filter((pl.col("score") == "macro_f1") & (pl.col("model") != "dummy"))
        .sort(["estimate", "model", "features"], descending=[True, False, False])
        .head(1)
    )
    return None if best.is_empty() else (best["model"][0], best["features"][0])


def _named(best: tuple[str, str]) -> Text:
    model, features = MODELS[best[0]], FEATURES[best[1]]
    return both(f"{model['pl']}, {features['pl']}", f"{model['en']}, {features['en']}")


def _of(frame: pl.DataFrame, best: Sequence[str]) -> pl.DataFrame:
    return frame.filter((pl.col("model") == best[0]) & (pl.col("features") == best[1])).drop("model", "features")


def _confusion(experiment: Experiment, gathered: Gathered, found: Classification, best: tuple[str, str]) -> Figure:
    assert experiment.classifier is not None
    named = gathered.labels.get(experiment.classifier.target, {})
    name = _named(best)
    return FIGURES.get("confusion")(
        _of(found.confusion, best)
        .select("actual", "predicted", pl.col("documents").alias("count"))
        .with_columns(pl.col("actual", "predicted").replace({k: v[experiment.language] for k, v in named.items()})),
        name="confusion",
        caption=both(
            f"Co z czym myli najlepszy model ({name['pl']}); dokumenty, średnio na powtórzenie.",
            f"What the best model ({name['en']}) takes for what; documents, mean over the repeats.",
        ),
        language=experiment.language,
    )


def _explained(gathered: Gathered, wanted: Classifier, found: Classification, best: tuple[str, str]) -> list[Table]:
    """Of the best model: its confusions with intervals, its coefficients, what shuffling a feature costs."""
    name = _named(best)
    classes = gathered.labels.get(wanted.target, {})
    values = {"feature": measure_labels(), "class": classes, "actual": classes, "predicted": classes}
    confusion = _of(found.confusion, best).with_columns(pl.col("share", "low", "high") * 100)
    tables = [
        Table("confusion-shares", confusion, both(f"Co z czym myli najlepszy model ({name['pl']})",
              f"What the best model ({name['en']}) takes for what"), both(
              "Udział w prawdziwej klasie, w procentach, z przedziałem 95%.", "Share of the actual class in per cent, "
              "with its 95% interval."), HEADINGS, dict.fromkeys(("share", "low", "high", "documents"), 1), values)
    ]  # fmt: skip
    coefficients = _of(found.coefficients, best)
    if not coefficients.is_empty():
        shown = coefficients.filter(pl.int_range(pl.len()).over("class") < _MOST)
        known = _of(found.agreement, best).drop_nulls()
        agreed = ", ".join(f"{name} {value:.2f}" for name, _, value in known.iter_rows())
        tables.append(
            Table("coefficients", shown, both(f"Cechy o największych współczynnikach ({name['pl']})",
                  f"Features with the largest coefficients ({name['en']})"), both(
                  "Średnia i odchylenie po częściach walidacji; ten sam znak: w jakiej części z nich. Zgodność 20 "
                  f"największych między częściami (Jaccard): {agreed}.",
                  "Mean and standard deviation over the folds; same sign: in what part of them. Agreement on the 20 "
                  f"largest between folds (Jaccard): {agreed}."),
                  HEADINGS, THREE, values)
        )  # fmt: skip
    important = found.importance.group_by("model", "features", maintain_order=True).head(_IMPORTANT)
    if not important.is_empty():
        tables.append(
            Table("importance", important, both("Co kosztuje potasowanie cechy",
                  "What shuffling a feature costs"), both(
                  "Średnia strata makro F1 na częściach testowych; cechy mówiące to samo zastępują się nawzajem.",
                  "Mean loss of macro F1 on the test folds; features that say the same stand in for each other."),
                  HEADINGS, THREE, {**VALUES, **values})
        )  # fmt: skip
    return tables


def _more(found: Classification, note: Text) -> list[Table]:
    tables = [
        _table("predictions", found.predictions, both("Przewidywania", "Predictions")),
        _table("classifier-confusions", found.confusion, both("Co z czym mylą modele",
               "Which model takes what for what"), note),
        _table("classifier-reliability", found.reliability, both("Jak często przewidywanie tak pewne jest trafne",
               "How often a prediction so sure is right"), note),
    ]  # fmt: skip
    if not found.coefficients.is_empty():
        caption = both("Zgodność wyjaśnień między częściami walidacji", "Agreement of explanations between folds")
        tables.append(_table("classifier-agreement", found.agreement, caption))
    if not found.tuning.is_empty():
        caption = both("Ustawienia wybrane na częściach uczących", "Settings chosen on the training folds")
        tables.append(_table("classifier-tuning", found.tuning, caption))
    return tables


def _guards(report: pl.DataFrame, name: str, caption: Text) -> Table:
    return _table(name, report, caption, both(
        "Podpis: lemat, który w co najmniej połowie swoich dokumentów stoi na samym końcu. Słowo jednej klasy: w co "
        "najmniej 5% jej dokumentów i prawie nigdzie indziej; czy je wyciąć (mask), rozstrzyga czytelnik.",
        "Signature: a lemma that ends at least half of its documents. Word of one class: in at least 5% of its "
        "documents and hardly elsewhere; whether to cut it (mask) is for the reader to decide."))  # fmt: skip


def _table(name: str, frame: pl.DataFrame, caption: Text, note: Text | None = None) -> Table:
    return Table(name, frame, caption, note or {}, HEADINGS, {**THREE, "p": 4, "share": 2}, VALUES)
