"""Whether a classifier does better than chance, and whether more documents would help it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from threadpoolctl import threadpool_limits

from discourse.core.seeds import integer, stream
from discourse.models.classify import Design, predicted
from discourse.models.features import Made, within
from discourse.models.folds import blind_splits, splits
from discourse.models.scores import Drawn, confusion_of, macro_f1
from discourse.models.tuning import fitted

_CHANCE: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(("model", "features"), pl.String),
    **dict.fromkeys(("estimate", "mean", "low", "high", "p"), pl.Float64),
    "permutations": pl.UInt32,
    "shuffled": pl.String,
}


def against_chance(
    made: Design, models: Sequence[str], *, folds: int = 5, permutations: int = 100, seed: int, level: float = 0.95
) -> pl.DataFrame:
    """One row a model and features: macro F1, and what it is when the classes are shuffled.

    `estimate` is the macro F1 of one cross-validation with the models' usual settings, in folds that were cut without
    a look at the classes; `mean, low, high` are those of the same with shuffled classes; `p` is the share of shuffles
    that reach the estimate, the data counted as one of them (Ojala and Garriga 2010; Phipson and Smyth 2010). Where
    every cluster is of one class, whole clusters are shuffled (`shuffled` is `clusters`), or a classifier that knows
    clusters would pass for one that knows classes; otherwise `documents`.
    """
    labels = made.actual
    names, coded = np.unique(labels, return_inverse=True)
    first, unit = np.unique(made.unit, return_index=True, return_inverse=True)[1:]
    whole = made.grouped and bool((coded[first][unit] == coded).all())
    parts = blind_splits(made.unit, folds, integer(seed, "chance", "folds"))
    wanted = [name for name in models if name != "dummy"]
    rows = []
    with threadpool_limits(limits=1):
        given = [within(made.blocks, made.sets, train, test) for train, test in parts]
        for kind in made.sets:
            blocks = [fold[kind] for fold in given]
            for name in wanted:
                scores = []
                for number in range(permutations + 1):
                    shuffled = coded
                    if number:
                        random = stream(seed, "chance", number)
                        shuffled = random.permutation(coded[first])[unit] if whole else random.permutation(coded)
                    model_seed = integer(seed, "chance", name, kind)
                    scores.append(_score(name, blocks, parts, shuffled, len(names), model_seed))
                seen, chance = scores[0], np.array(scores[1:])
                tails = [(1 - level) / 2, (1 + level) / 2]
                low, high = np.quantile(chance, tails) if permutations else (np.nan, np.nan)
                p = (1 + (chance >= seen - 1e-12).sum()) / (permutations + 1)
                mean = chance.mean() if permutations else np.nan
                rows.append((name, kind, seen, mean, low, high, p, permutations, "clusters" if whole else "documents"))
    return pl.DataFrame(rows, schema=_CHANCE, orient="row").fill_nan(None)


def _score(
    name: str, blocks: list[Made], parts: list[tuple[np.ndarray, np.ndarray]], coded: np.ndarray, k: int, seed: int
) -> float:
    found = np.zeros(len(coded), np.intp)
    for (x_train, x_test, _), (train, test) in zip(blocks, parts, strict=True):
        y = coded[train]
        found[test] = y[0] if len(np.unique(y)) < 2 else fitted(name, x_train, y, seed).predict(x_test)
    return float(macro_f1(confusion_of(coded, found, k)))


def learning_curve(
    made: Design,
    models: Sequence[str],
    *,
    shares: Sequence[float] = (0.1, 0.25, 0.5, 0.75, 1.0),
    folds: int = 5,
    seed: int,
    draws: int = 2000,
    level: float = 0.95,
) -> pl.DataFrame:
    """One row a model, features and share of training documents: `documents` (mean), macro F1 `estimate, low, high`.

    One cross-validation with the models' usual settings; of the training clusters (or documents) of each fold a
    random part is taken, the smaller parts within the larger, and all features are fitted anew on it. A share in which
    some fold is left with one class has no estimate, and `reason` says so.
    """
    parts = splits(made.actual, made.unit, folds, made.grouped, integer(seed, "folds", 0))
    rows = []
    for share in shares:
        frames: dict[tuple[str, str], list[pl.DataFrame]] = {}
        taken, short = [], False
        with threadpool_limits(limits=1):
            for fold, (train, test) in enumerate(parts):
                units = stream(seed, "curve", fold).permutation(np.unique(made.unit[train]))
                kept = train[np.isin(made.unit[train], units[: max(2, round(share * len(units)))])]
                taken.append(len(kept))
                if short := short or len(np.unique(made.actual[kept])) < len(made.classes):
                    break
                given = within(made.blocks, made.sets, kept, test)
                for kind in made.sets:
                    for name in models:
                        number = integer(seed, "curve", name, kind, fold)
                        model = fitted(name, given[kind][0], made.actual[kept], number)
                        frames.setdefault((name, kind), []).append(
                            predicted(made, name, kind, 0, fold, model, given[kind][1], test)
                        )
        keys = [(name, kind) for kind in made.sets for name in models]
        drawn = None
        if not short:
            table = pl.concat([frame for key in keys for frame in frames[key]])
            drawn = Drawn(table, made.units, made.classes, seed=seed, draws=draws, level=level)
        for key in keys:
            row: dict[str, object] = {"model": key[0], "features": key[1], "share": share}
            row["documents"] = float(np.mean(taken))
            if drawn is None:
                row["reason"] = "a class has no training document in some fold"
            else:
                total, draw = drawn.confusions[key]
                score = drawn.row(float(macro_f1(total)), macro_f1(draw))
                row |= {name: score[name] for name in ("estimate", "low", "high", "reason")}
            rows.append(row)
    schema = {
        **dict.fromkeys(("model", "features"), pl.String),
        **dict.fromkeys(("share", "documents", "estimate", "low", "high"), pl.Float64),
        "reason": pl.String,
    }
    return pl.DataFrame(rows, schema=schema).sort("model", "features", "share", maintain_order=True)
