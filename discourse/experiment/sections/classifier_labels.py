"""What the tables of the classifier call their columns and values."""

from __future__ import annotations

from discourse.experiment.section import LABELS, both

FEATURES = {
    "measures": both("miary", "measures"),
    "lemmas": both("lematy", "lemmas"),
    "topics": both("tematy", "topics"),
    "both": both("miary i lematy", "measures and lemmas"),
    "all": both("miary, lematy i tematy", "measures, lemmas and topics"),
}
MODELS = {
    "dummy": both("najczęstsza klasa", "most frequent class"),
    "logistic": both("regresja logistyczna", "logistic regression"),
    "svm": both("liniowa SVM", "linear SVM"),
    "boosting": both("drzewa wzmacniane", "boosted trees"),
}
SCORES = {
    "macro_f1": both("makro F1", "macro F1"),
    "balanced_accuracy": both("trafność zrównoważona", "balanced accuracy"),
    "accuracy": both("trafność", "accuracy"),
    "brier": both("Brier", "Brier"),
    "ece": both("błąd kalibracji", "calibration error"),
}
KINDS = {
    "duplicate": both("prawie powtórzenia", "near-duplicates"),
    "passage": both("powracający fragment", "recurring passage"),
    "signature": both("podpis", "signature"),
    "outlet": both("nazwa tytułu", "outlet’s name"),
    "author": both("nazwisko autora", "author’s name"),
    "mask": both("podane", "given"),
    "byline": both("podpis zbiorowy", "collective byline"),
    "suspect": both("słowo jednej klasy", "word of one class"),
}
DONE = {
    "grouped": both("razem w jednej części", "kept in one fold"),
    "left out": both("pominięte", "left out"),
    "masked": both("wycięte z lematów", "cut from lemmas"),
    "by day": both("grupowane według dnia", "grouped by day"),
    "reported": both("tylko wskazane", "only pointed out"),
}
HEADINGS = {
    **LABELS,
    "model": both("model", "model"),
    "features": both("cechy", "features"),
    "score": both("wskaźnik", "score"),
    "estimate": both("wartość", "value"),
    "against": both("wobec", "against"),
    "against_features": both("cechy", "features"),
    "class": both("klasa", "class"),
    "feature": both("cecha", "feature"),
    "coefficient": both("współczynnik", "coefficient"),
    "same_sign": both("ten sam znak", "same sign"),
    "agreement": both("zgodność", "agreement"),
    "loss": both("strata makro F1", "loss of macro F1"),
    "above_zero": both("części ze stratą", "folds with a loss"),
    "setting": both("ustawienie", "setting"),
    "mean": both("średnia", "mean"),
    "p": both("p", "p"),
    "permutations": both("permutacji", "permutations"),
    "shuffled": both("tasowano", "shuffled"),
    "bin": both("od prawdopodobieństwa", "from probability"),
    "probability": both("prawdopodobieństwo", "probability"),
    "right": both("trafnych", "right"),
    "brier": both("Brier", "Brier"),
    "kind": both("rodzaj", "kind"),
    "item": both("co", "what"),
    "done": both("co zrobiono", "what was done"),
    "folds": both("części", "folds"),
    "repeat": both("powtórzenie", "repeat"),
    "fold": both("część", "fold"),
    "doc_id": both("dokument", "document"),
    "actual": both("prawdziwa", "actual"),
    "predicted": both("przypisana", "predicted"),
}
THREE = dict.fromkeys(
    ("estimate", "low", "high", "mean", "sd", "coefficient", "loss", "agreement", "probability", "right", "brier"), 3
)
VALUES = {"model": MODELS, "features": FEATURES, "score": SCORES, "against": MODELS,
           "against_features": FEATURES, "kind": KINDS, "done": DONE,
           "shuffled": {"clusters": both("skupienia", "clusters"),
                        "documents": both("dokumenty", "documents")}}  # fmt: skip
