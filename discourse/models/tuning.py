"""Settings of a classifier chosen within the training documents, by cross-validation among them."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np

from discourse.models.folds import splits
from discourse.models.learners import GRIDS, LEARNERS
from discourse.models.scores import confusion_of, macro_f1

#: Folds within the training documents.
_INNER = 3


def fitted(name: str, x: Any, y: np.ndarray, seed: int, settings: Mapping[str, Any] | None = None) -> Any:
    """The learner of this name with these settings, fitted."""
    model = LEARNERS.get(name)(seed)
    if settings:
        model.set_params(**settings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a solver that stops at its last round, fewer features than are selected
        return model.fit(x, y)


def best_settings(name: str, x: Any, y: np.ndarray, unit: np.ndarray, grouped: bool, seed: int) -> Mapping[str, Any]:
    """The settings among `GRIDS` with the best macro F1 over three folds of the training documents, clusters whole.

    The first of the grid where there is nothing to choose, or a class has too few documents (clusters) to be split.
    """
    grid = GRIDS.get(name, ())
    if not grid:
        return {}
    classes, coded = np.unique(y, return_inverse=True)
    if len(grid) == 1 or min(len(np.unique(unit[coded == at])) for at in range(len(classes))) < _INNER:
        return grid[0]
    parts = splits(y, unit, _INNER, grouped, seed)
    if any(len(np.unique(y[train])) < 2 for train, _ in parts):
        return grid[0]
    scores = []
    for settings in grid:
        found = np.empty(len(y), y.dtype)
        for train, test in parts:
            found[test] = fitted(name, x[train], y[train], seed, settings).predict(x[test])
        scores.append(float(macro_f1(confusion_of(coded, np.searchsorted(classes, found), len(classes)))))
    return grid[int(np.argmax(scores))]
