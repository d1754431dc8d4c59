"""The classifiers, by name: a seed in, an unfitted scikit-learn estimator out; and what of each is tuned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from discourse.core.registry import Registry

#: A learner: a seed in, an estimator with `fit` and `predict` out; linear ones have `coef_` and `classes_`.
Learner = Callable[[int], Any]

LEARNERS: Registry[Learner] = Registry("classifier")

#: Settings tried within the training documents, the default first: of equals the first is taken.
GRIDS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "logistic": ({"C": 1.0}, {"C": 0.1}, {"C": 10.0}),
    "svm": ({"C": 0.1}, {"C": 0.01}, {"C": 1.0}),
    "boosting": ({"boost__max_leaf_nodes": 15}, {"boost__max_leaf_nodes": 4}),
}

#: Features that boosting is given: more say nothing new, and it takes no sparse ones.
_MOST = 500


@LEARNERS.register("dummy")
def dummy(seed: int) -> Any:
    """The most frequent class of the training documents, whatever the document."""
    from sklearn.dummy import DummyClassifier

    return DummyClassifier(strategy="most_frequent")


@LEARNERS.register("logistic")
def logistic(seed: int) -> Any:
    """Logistic regression, multinomial, with an L2 penalty (C = 1) and classes weighted to balance."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=1.0, class_weight="balanced", max_iter=2000)


@LEARNERS.register("svm")
def svm(seed: int) -> Any:
    """Linear support vectors, one class against the rest, with classes weighted to balance."""
    from sklearn.svm import LinearSVC

    return LinearSVC(C=0.1, class_weight="balanced", max_iter=5000, random_state=seed)


@LEARNERS.register("boosting")
def boosting(seed: int) -> Any:
    """Gradient-boosted trees over the 500 features with the largest F of the training documents, classes balanced."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.feature_selection import SelectKBest
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import FunctionTransformer

    trees = HistGradientBoostingClassifier(
        max_iter=100, learning_rate=0.1, max_leaf_nodes=15, min_samples_leaf=5, early_stopping=False,
        class_weight="balanced", random_state=seed,
    )  # fmt: skip
    return Pipeline([
        ("select", SelectKBest(_f_values, k=_MOST)),
        ("dense", FunctionTransformer(_dense, accept_sparse=True)),
        ("boost", trees),
    ])


def _f_values(x: Any, y: Any) -> Any:
    import warnings

    import numpy as np
    from sklearn.feature_selection import f_classif

    with warnings.catch_warnings(), np.errstate(invalid="ignore", divide="ignore"):
        warnings.simplefilter("ignore")  # a column without variance has no F
        return f_classif(x, y)


def _dense(x: Any) -> Any:
    return x.toarray() if hasattr(x, "toarray") else x
