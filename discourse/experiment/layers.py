"""The layers of one batch of documents, each found in the cache or made from those before it.

A layer's key holds the digests of what the layers before it *are*, not of how they came about: a lexicon entry that
matches nothing in a batch re-runs the markers of that batch, and nothing after them.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from discourse.core.schema import empty
from discourse.experiment.cache import Ingredients, Outputs, Store, key
from discourse.experiment.code import code, data
from discourse.experiment.walk import NEW, why

_STARTED = time.time_ns()
#: Layer → the layers that it is made from, beside the text.
LAYERS: Mapping[str, tuple[str, ...]] = {
    "tokens": (),
    "attributions": ("tokens",),
    "markers": ("tokens", "attributions"),
    "measures": ("tokens", "attributions", "markers"),
    "counts": ("tokens",),
}
_MODULES: Mapping[str, tuple[str, ...]] = {
    "tokens": ("discourse.corpus.load", "discourse.language.annotate"),
    "attributions": ("discourse.attribution.attribute",),
    "markers": ("discourse.markers.match", "discourse.markers.lexicon", "discourse.attribution.inside"),
    "measures": ("discourse.measures",),
    "counts": (),
}


#: The tables of an annotation, in the order in which they are handed on.
TABLES = ("tokens", "markers", "attributions", "speakers")


@dataclass(frozen=True)
class Making:
    """How layers are made: what the experiment says of them, and the ingredients that are the same for every batch."""

    policy: str
    lexicons: tuple[Path, ...]
    measures: tuple[str, ...]
    own: Path | None  # a file with measures of the user's own
    common: Mapping[str, Ingredients]


def making(
    policy: str, lexicons: tuple[Path, ...], measures: tuple[str, ...], own: Path | None, dictionary: str
) -> Making:
    """The making of the layers with these settings, and the present code, lexicons, weights and dictionary."""
    from discourse.attribution.entries import of_voices
    from discourse.core.files import sha256
    from discourse.measures import MEASURES

    common: dict[str, dict[str, str]] = {layer: code(_MODULES[layer]) for layer in LAYERS}
    common["tokens"] |= {
        "setting annotation.policy": policy,
        "dictionary": dictionary,
        **data("weights", "language/weights"),
        **data("list", "language", "*.toml"),
    }
    own_words = {kind: [path for path in lexicons if of_voices(path) == kind] for kind in (True, False)}
    common["attributions"] |= {
        "dictionary": dictionary,
        **data("lexicon", "attribution/lexicons", "*.toml"),
        **data("weights", "attribution/weights"),
        **_digests(own_words[True]),
    }
    common["markers"] |= {
        **data("lexicon", "markers/lexicons", "*.toml"),
        **data("weights", "markers/weights"),
        **_digests(own_words[False]),
    }
    common["measures"] |= {"setting measures": ", ".join(measures)}
    if own is not None:
        common["measures"]["code measures.py"] = sha256(own)
    elif strangers := [name for name in measures if not MEASURES.get(name).define.__module__.startswith("discourse.")]:
        # registered by a script: nothing is known of their code, so that they are measured anew in every process
        common["measures"][f"code of {', '.join(strangers)}"] = f"process {os.getpid()} of {_STARTED}"
    common["counts"] |= code(["discourse.models.matrix"]) | {"version of counts": "1"}
    return Making(policy, lexicons, measures, own, common)


def _digests(lexicons: Sequence[Path]) -> dict[str, str]:
    from discourse.core.files import sha256

    return {f"lexicon {place} {path.name}": sha256(path) for place, path in enumerate(lexicons, start=1)}


def ingredients(layer: str, text: str, made: Mapping[str, Outputs], how: Making) -> Ingredients | None:
    """What the layer of a batch is made from; None where a layer before it is not there."""
    before: dict[str, str] = {}
    for name in LAYERS[layer]:
        if name not in made:
            return None
        before |= {f"input {output}": sha for output, sha in made[name].items()}
    return {**how.common[layer], "text": text, **before}


def reason(
    layer: str, before: Ingredients | None, now: Ingredients, made: Mapping[str, Mapping[str, Outputs]], whole: bool
) -> str:
    """Why a layer is not there: what of it changed, or that a layer before it is to be made first."""
    own = {name: value for name, value in now.items() if not name.startswith("input ")}
    then = {name: value for name, value in (before or {}).items() if not name.startswith("input ")}
    waits = [name for name in LAYERS[layer] if any(name not in one for one in made.values())]
    if before is not None and own != then:
        return why(then, own)
    if waits:
        return f"after {' and '.join(waits)}"
    if not whole:
        return "after the texts are read"
    if before is None:
        return NEW
    return why(before, now)


def found(store: Store, text: str, how: Making) -> dict[str, Outputs]:
    """The layers of the batch with this text that the cache has, as far as can be known without making any."""
    made: dict[str, Outputs] = {}
    for layer in LAYERS:
        parts = ingredients(layer, text, made, how)
        if parts is not None and (outputs := store.find(key(layer, parts))) is not None:
            made[layer] = outputs
    return made


def make(text: str, folder: Path, how: Making) -> tuple[dict[str, Outputs], dict[str, float]]:
    """All layers of the batch with this text, and the seconds of those that the cache lacked: made now, and kept there.

    Importable by workers.
    """
    store = Store(folder)
    frames: dict[str, pl.DataFrame] = {}
    made: dict[str, Outputs] = {}
    fresh: dict[str, float] = {}

    def frame(name: str) -> pl.DataFrame:
        if name not in frames:
            shas = {"text": text, **{output: sha for outputs in made.values() for output, sha in outputs.items()}}
            frames[name] = unpack(store.read(shas[name]))
        return frames[name]

    for layer in LAYERS:
        parts = ingredients(layer, text, made, how)
        assert parts is not None  # the layers come in order
        name = key(layer, parts)
        outputs = store.find(name)
        if outputs is None:
            started = time.perf_counter()
            new = _MAKERS[layer](frame, how)
            frames |= new
            fresh[layer] = time.perf_counter() - started
            outputs = store.keep(name, {output: pack(table) for output, table in new.items()})
        made[layer] = outputs
    return made, fresh


Frames = Callable[[str], pl.DataFrame]


def _tokens(frame: Frames, how: Making) -> dict[str, pl.DataFrame]:
    from discourse.language.annotate import tokens

    return {"tokens": tokens(frame("text"), policy=how.policy)}


def _attributions(frame: Frames, how: Making) -> dict[str, pl.DataFrame]:
    from discourse.attribution.attribute import attribute
    from discourse.experiment.annotation import voices

    attributions, speakers = attribute(frame("text"), frame("tokens"), lexicon=voices(how.lexicons))
    return {"attributions": attributions, "speakers": speakers}


def _markers(frame: Frames, how: Making) -> dict[str, pl.DataFrame]:
    from discourse.attribution.inside import place
    from discourse.experiment.annotation import lexicon
    from discourse.markers.match import markers

    return {"markers": place(markers(frame("tokens"), lexicon(how.lexicons)), frame("attributions"), frame("text"))}


def _measures(frame: Frames, how: Making) -> dict[str, pl.DataFrame]:
    from discourse.experiment.own import load_own
    from discourse.measures import measure

    load_own(how.own)
    text, tokens, markers, attributions, speakers = map(frame, ("text", *TABLES))
    return {"measures": measure(text, tokens, markers, attributions, speakers, names=how.measures)}


def _counts(frame: Frames, how: Making) -> dict[str, pl.DataFrame]:
    """The number of words of each document, and its content words."""
    from discourse.models.matrix import CONTENT

    tokens = frame("tokens") if frame("tokens").height else empty("tokens")
    own = tokens.filter(~pl.col("boilerplate"))
    words = frame("text").select("doc_id").join(
        own.filter("word_start").group_by("doc_id").len("words"), on="doc_id", how="left", maintain_order="left"
    )  # fmt: skip
    content = own.filter(pl.col("pos").is_in(CONTENT)).select("doc_id", "tok", "lemma", "pos", "boilerplate")
    return {"words": words.with_columns(pl.col("words").fill_null(0).cast(pl.Float64)), "content": content}


_MAKERS: Mapping[str, Callable[[Frames, Making], dict[str, pl.DataFrame]]] = {
    "tokens": _tokens,
    "attributions": _attributions,
    "markers": _markers,
    "measures": _measures,
    "counts": _counts,
}


def pack(frame: pl.DataFrame) -> bytes:
    """The frame as Arrow, compressed; the same frame gives the same bytes."""
    buffer = io.BytesIO()
    # the oldest layout: newer ones write strings as they happen to lie in memory
    frame.rechunk().write_ipc(buffer, compression="zstd", compat_level=pl.CompatLevel.oldest())
    return buffer.getvalue()


def unpack(data: bytes) -> pl.DataFrame:
    """The frame that `pack` wrote."""
    return pl.read_ipc(io.BytesIO(data), use_pyarrow=False)
