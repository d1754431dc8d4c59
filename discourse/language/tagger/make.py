"""The weights' folder: everything that the language step learns from annotated text, made in one go."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import polars as pl
import threadpoolctl

from discourse.core.errors import DiscourseError
from discourse.core.files import replacing
from discourse.language import forms, guess
from discourse.language.tagger import network, train


def make(tokens: pl.DataFrame, folder: Path | None = None, seed: int | None = None) -> list[Path]:
    """The files written: rules for unknown words, then the tagger's weights, from annotated tokens.

    `folder` is the package's own where it is not given. Raises `DiscourseError` where there is too little to learn.
    """
    if len(tokens) < 100:
        raise DiscourseError(f"{len(tokens)} tokens are too few to train on; give at least 100")
    own = Path(str(resources.files("discourse.language") / "weights"))
    place = own if folder is None else folder
    endings = place / guess.FILE
    rules = guess.rules(tokens)
    with replacing(endings) as temporary:
        rules.write_parquet(temporary, compression="zstd", compression_level=19)
    # one thread: sums of products then come out the same whatever the machine does beside
    with guess.using(rules), threadpoolctl.threadpool_limits(1, user_api="blas"):
        store = forms.Forms()
        options = train.Options() if seed is None else train.Options(seed=seed)
        weights = train.fit(store, tokens, options)
    weights.save(place / network.FILE)
    return [endings, place / network.FILE]
