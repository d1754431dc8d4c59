"""spaCy's pipelines for Polish (`pl_core_news_sm`, `_md`, `_lg`): the only module that knows spaCy."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from typing import Any

from discourse.core.errors import DiscourseError

MODEL = "pl_core_news_md"
Row = tuple[int, int, int, str, str, str]
_VALUES = {
    "Sing": "sg", "Plur": "pl", "Nom": "nom", "Gen": "gen", "Dat": "dat", "Acc": "acc", "Ins": "inst", "Loc": "loc",
    "Voc": "voc", "Fem": "f", "Neut": "n",
}  # fmt: skip
_MASCULINE = {"Hum": "m1", "Nhum": "m2", "Inan": "m3"}


@functools.cache
def tagger(model: str = MODEL) -> Callable[[str], list[Row]]:
    """A function from text to tokens by this model; `DiscourseError` where spaCy or the model is not installed."""
    try:
        library = importlib.import_module("spacy")
    except ImportError:
        raise DiscourseError(
            f"policy 'spacy:{model}': spaCy is not installed; install it with: pip install 'discourse[spacy]'"
        ) from None
    try:
        pipeline = library.load(model)
    except OSError:
        raise DiscourseError(
            f"policy 'spacy:{model}': the model is not installed; install it with: python -m spacy download {model}"
        ) from None
    return functools.partial(rows, pipeline)


def rows(pipeline: Any, text: str) -> list[Row]:
    """The tokens of one text by a spaCy pipeline: sentence, start, end, form, lemma, tag.

    The tag is the model's class with number, case and gender as far as its morphology tells them.
    """
    sent, found = -1, []
    for token in pipeline(text):
        if token.is_space:
            continue
        if token.is_sent_start or sent < 0:
            sent += 1
        end = token.idx + len(token.text)
        found.append((sent, token.idx, end, token.text, token.lemma_ or token.text, _tag(token)))
    return found


def _tag(token: Any) -> str:
    features = token.morph.to_dict()
    gender = features.get("Gender", "")
    values = [_VALUES.get(features.get(name, "")) for name in ("Number", "Case")]
    values.append(_MASCULINE.get(features.get("Animacy", "Inan")) if gender == "Masc" else _VALUES.get(gender))
    return ":".join([token.tag_.lower() or "ign", *filter(None, values)])
