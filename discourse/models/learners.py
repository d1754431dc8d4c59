"""The classifiers, by name: a seed in, an unfitted scikit-learn estimator out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from discourse.core.registry import Registry

#: A learner: a seed in, an estimator with `fit` and `predict` out; linear ones have `coef_` and `classes_`.
Learner = Callable[[int], Any]

LEARNERS: Registry[Learner] = Registry("classifier")


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
