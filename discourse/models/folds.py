"""Splits into training and test documents."""

from __future__ import annotations

import numpy as np

from discourse.core.errors import DiscourseError


def check_classes(actual: np.ndarray, unit: np.ndarray, folds: int, grouped: bool) -> list[str]:
    """The classes, sorted; raises `DiscourseError` where they cannot be cross-validated in so many folds."""
    if folds < 2:
        raise DiscourseError(f"cross-validation needs at least 2 folds, not {folds}; set folds higher")
    classes = sorted(set(actual.tolist()))
    if len(classes) < 2:
        found = f"one class ({classes[0]!r})" if classes else "no document with a class and features"
        raise DiscourseError(f"table 'target': {found}, nothing to tell apart; choose a column with two or more")
    for name in classes:
        size = len(np.unique(unit[actual == name]))
        if size < folds:
            what = "clusters" if grouped else "documents"
            raise DiscourseError(
                f"table 'target': class {name!r} has {size} {what}, fewer than {folds} folds; "
                "set folds lower, or leave the class out"
            )
    return classes


def splits(
    actual: np.ndarray, unit: np.ndarray, folds: int, grouped: bool, seed: int
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Row numbers of training and test documents for each fold, stratified by class; clusters are kept whole."""
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    rows = np.zeros((len(actual), 1))
    if grouped:
        return list(StratifiedGroupKFold(folds, shuffle=True, random_state=seed).split(rows, actual, unit))
    return list(StratifiedKFold(folds, shuffle=True, random_state=seed).split(rows, actual))


def blind_splits(unit: np.ndarray, folds: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Training and test rows of folds of about equal size that look at no class; units are kept whole.

    For a test against chance: the folds are the same whatever the labels, so that shuffled ones are exchangeable.
    """
    names, number, sizes = np.unique(unit, return_inverse=True, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(names))
    fold_of = np.zeros(len(names), np.intp)
    filled = np.zeros(folds)
    for at in order[np.argsort(-sizes[order], kind="stable")]:
        fold_of[at] = filled.argmin()
        filled[fold_of[at]] += sizes[at]
    fold = fold_of[number]
    return [(np.flatnonzero(fold != at), np.flatnonzero(fold == at)) for at in range(folds)]
