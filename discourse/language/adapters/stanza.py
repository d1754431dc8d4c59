"""Stanza's pipeline for Polish: the only module that knows Stanza."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from typing import Any

from discourse.core.errors import DiscourseError

Row = tuple[int, int, int, str, str, str]


@functools.cache
def tagger() -> Callable[[str], list[Row]]:
    """A function from text to tokens; `DiscourseError` where Stanza or its Polish model is not installed."""
    try:
        library = importlib.import_module("stanza")
    except ImportError:
        raise DiscourseError(
            "policy 'stanza': Stanza is not installed; install it with: pip install 'discourse[stanza]'"
        ) from None
    try:
        pipeline = library.Pipeline("pl", processors="tokenize,mwt,pos,lemma", download_method=None, verbose=False)
    except Exception as error:  # its own kinds, which differ between versions
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise DiscourseError(
            f"policy 'stanza': its Polish model cannot be loaded ({reason}); "
            "get it with: python -c \"import stanza; stanza.download('pl')\""
        ) from None
    return functools.partial(rows, pipeline)


def rows(pipeline: Any, text: str) -> list[Row]:
    """The tokens of one text by a Stanza pipeline: sentence, start, end, form, lemma, tag.

    A multi-word token is cut at its words where these make it up, and is one token otherwise.
    """
    if not text.strip():
        return []
    found = []
    for sent, sentence in enumerate(pipeline(text).sentences):
        for token in sentence.tokens:
            whole = text[token.start_char : token.end_char]
            words = token.words if "".join(word.text for word in token.words) == whole else token.words[:1]
            start = token.start_char
            for word in words:
                form = word.text if len(words) > 1 else whole
                found.append((sent, start, start + len(form), form, word.lemma or form, word.xpos or "ign"))
                start += len(form)
    return found
