"""The tagger's weights from annotated sentences: deterministic, by stochastic gradient over whole sentences.

The network: a vector a token (sum of its features' vectors), two convolutions over its neighbours, and a vector a
tag; the score of a reading is the product of the token's and the tag's vectors, plus weights of its own features.
Trained to give the annotated readings the probability of one (Adam, dropout, mean of the last passes' weights).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import scipy.sparse as sp

from discourse.core import seeds
from discourse.core.progress import say
from discourse.language import given, tagset
from discourse.language.forms import Forms
from discourse.language.tagger import features
from discourse.language.tagger.learning import Network, Options, convolve, convolve_back
from discourse.language.tagger.network import REACH, Weights, matrix, number

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


@dataclass
class Examples:
    """Sentences as arrays: tokens' types, and over types their features and readings."""

    types: Numbers  # of each token, number of its type
    sentence: Numbers  # of each token
    type_features: sp.csr_matrix  # types × segment features
    forgettable: Floats  # of each segment feature: 1 where it may be hidden
    first: Numbers  # of each type, its first reading (one more at the end)
    tag: Numbers  # of each reading
    reading_features: sp.csr_matrix  # readings × reading features
    right: npt.NDArray[np.bool_]  # of each token's each reading, in order of tokens


def lay_out(store: Forms, tokens: pl.DataFrame) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """Each token's segment, and for each of its readings in turn whether it is the annotated one."""
    segment = given.segments(store, tokens)
    first, sizes = store.first_reading[segment], np.diff(store.first_reading)[segment]
    reading = given.ranges(first, sizes)
    row = np.repeat(np.arange(len(segment)), sizes)
    gold = tokens.select(lemma=tagset.lemma_key(pl.col("lemma")), tag=tagset.annotated_column(tokens))
    ours = pl.DataFrame(
        {
            "lemma": store.readings.get_column("lemma").gather(reading),
            "tag": tagset.canonical_column(store.readings.get_column("tag")).gather(reading),
        }
    ).select(tagset.lemma_key(pl.col("lemma")), "tag")
    want = gold[row]
    same_lemma = (ours.get_column("lemma") == want.get_column("lemma")).to_numpy()
    same_tag = (ours.get_column("tag") == want.get_column("tag")).to_numpy()
    return segment, same_lemma & same_tag


def batches(sentence: Numbers, size: int, draw: np.random.Generator) -> Iterator[list[tuple[int, int]]]:
    """Sentences (begin, end) in random order, about `size` tokens at a time."""
    begins = np.flatnonzero(np.diff(sentence, prepend=-1))
    ends = np.append(begins[1:], len(sentence))
    batch: list[tuple[int, int]] = []
    total = 0
    for index in draw.permutation(len(begins)):
        batch.append((int(begins[index]), int(ends[index])))
        total += batch[-1][1] - batch[-1][0]
        if total >= size:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def fit(store: Forms, tokens: pl.DataFrame, options: Options | None = None) -> Weights:
    """Weights trained on annotated tokens (`sent, form, lemma, tag, space_after`); the same every time."""
    options = options or Options()
    segment, right = lay_out(store, tokens)
    seen, types = np.unique(segment, return_inverse=True)
    sizes = np.diff(store.first_reading)[seen]
    reading = given.ranges(store.first_reading[seen], sizes)
    times = np.bincount(types, minlength=len(seen))

    of_types = _select(features.of_segments(store), "segment", seen)
    of_readings = _select(features.of_readings(store), "reading", reading)
    segment_names = _frequent(of_types, "segment", times, options.minimum)
    reading_names = _frequent(of_readings, "reading", np.repeat(times, sizes), options.minimum)
    tags = tagset.canonical_column(store.readings.get_column("tag")).gather(reading)
    tag_names = pl.concat([pl.Series([""]), tags.unique().sort()])  # the first stands for tags never met
    tag = pl.DataFrame({"tag": tags}).join(
        pl.DataFrame({"tag": tag_names}).with_row_index("number"), on="tag", how="left", maintain_order="left"
    )
    examples = Examples(
        types=types,
        sentence=tokens.get_column("sent").to_numpy().astype(np.int64),
        type_features=number(of_types, "segment", segment_names, len(seen)),
        forgettable=segment_names.str.contains("^[flc]:").to_numpy().astype(np.float32),
        first=np.append(0, np.cumsum(sizes)),
        tag=tag.get_column("number").to_numpy().astype(np.int64),
        reading_features=number(of_readings, "reading", reading_names, len(reading)),
        right=right,
    )
    layers = train(examples, len(segment_names), len(tag_names), options)
    own = layers.pop("readings")
    vectors = layers.pop("features")
    layers["tags"][0] = 0
    layers["narrow"], layers["conv2"] = factored(layers["conv2"], options.narrow)
    return Weights(segment_names, reading_names, tag_names, vectors, own, layers)


def factored(weights: Floats, rank: int) -> tuple[Floats, Floats]:
    """A convolution (place × in × out) as the nearest product of in × rank and place × rank × out."""
    places, inner, outer = weights.shape
    flat = weights.transpose(1, 0, 2).reshape(inner, places * outer)
    u, s, v = np.linalg.svd(flat.astype(np.float64), full_matrices=False)
    u, v = u[:, :rank] * np.sqrt(s[:rank]), v[:rank] * np.sqrt(s[:rank])[:, None]
    back = v.reshape(rank, places, outer).transpose(1, 0, 2)
    return u.astype(np.float32), np.ascontiguousarray(back, dtype=np.float32)


def _select(found: pl.DataFrame, key: str, wanted: Numbers) -> pl.DataFrame:
    """The features of the wanted segments or readings, numbered anew from 0 in the order of `wanted`."""
    numbers = pl.DataFrame({key: wanted}).with_row_index("new").with_columns(pl.col(key).cast(found.schema[key]))
    return found.join(numbers, on=key, how="inner", maintain_order="right_left").select(
        pl.col("new").alias(key), "feature"
    )


def _frequent(found: pl.DataFrame, key: str, times: npt.NDArray[np.int64], minimum: int) -> pl.Series:
    """The names of the features met at least so many times, sorted."""
    counts = pl.DataFrame({"times": times}).with_row_index(key).with_columns(pl.col(key).cast(found.schema[key]))
    met = found.join(counts, on=key).group_by("feature").agg(pl.col("times").sum())
    return met.filter(pl.col("times") >= minimum).get_column("feature").sort()


def train(
    examples: Examples, segment_features: int, tags: int, options: Options, check: object = None
) -> dict[str, Floats]:
    """The weights after all passes: the mean over the last third."""
    network = Network(options, segment_features, examples.reading_features.shape[1], tags)
    draw = seeds.stream(options.seed, "tagger", "order")
    sizes = np.diff(examples.first)[examples.types]
    token_first = np.append(0, np.cumsum(sizes))
    total = options.passes * (len(examples.types) // options.batch + 1)
    step = 0
    for turn in range(options.passes):
        loss = 0.0
        count = 0
        for batch in batches(examples.sentence, options.batch, draw):
            rate = options.rate * max(0.02, 1 - step / total)
            gradients, value, scored = _gradients(network.weights, examples, batch, sizes, token_first, options, draw)
            network.update(gradients, rate, options.decay)
            loss, count, step = loss + value, count + scored, step + 1
            if step > total * 0.6 and step % 5 == 0:
                network.remember()
        say(f"pass {turn + 1} of {options.passes}: loss {loss / max(count, 1):.4f}")
        if callable(check):
            check(network.mean if network.meant else network.weights)
    return network.mean if network.meant else network.weights


def _gradients(
    weights: dict[str, Floats],
    examples: Examples,
    batch: list[tuple[int, int]],
    sizes: Numbers,
    token_first: Numbers,
    options: Options,
    draw: np.random.Generator,
) -> tuple[dict[str, Floats], float, int]:
    # rows: two pads, then each sentence followed by two pads; `rows` are the places of the tokens
    lengths = np.array([end - begin for begin, end in batch])
    tokens = np.concatenate([np.arange(begin, end) for begin, end in batch])
    starts = REACH + np.cumsum(lengths + REACH) - lengths - REACH
    rows = given.ranges(starts, lengths)
    size = int(lengths.sum() + REACH * (len(batch) + 1))
    real = np.zeros(size, np.bool_)
    real[rows] = True

    found = examples.type_features[examples.types[tokens]]
    if options.forget:
        keep = draw.random(found.nnz) >= options.forget * examples.forgettable[found.indices]
        found.data = found.data * keep
    x = np.repeat(weights["pad"][None], size, axis=0)
    x[rows] = found @ weights["features"]
    mask0 = (draw.random(x.shape, dtype=np.float32) >= options.dropout) / np.float32(1 - options.dropout)
    mask0 = mask0.astype(np.float32)
    x *= mask0
    h1 = convolve(x, weights["conv1"]) + weights["bias1"]
    on1 = (h1 > 0) & real[:, None]
    mask1 = on1 * ((draw.random(h1.shape, dtype=np.float32) >= options.dropout) / np.float32(1 - options.dropout))
    mask1 = mask1.astype(np.float32)
    h1 *= mask1
    h2 = convolve(h1, weights["conv2"]) + weights["bias2"]
    mask2 = (h2 > 0) * ((draw.random(h2.shape, dtype=np.float32) >= options.dropout) / np.float32(1 - options.dropout))
    mask2 = mask2.astype(np.float32)
    h2 *= mask2
    out = h2 @ weights["out2"] + h1 @ weights["out1"]

    many = sizes[tokens]
    reading = given.ranges(examples.first[examples.types[tokens]], many)
    right = examples.right[given.ranges(token_first[tokens], many)]
    group = np.repeat(np.arange(len(tokens)), many)
    heads = np.cumsum(many) - many
    useful = (np.add.reduceat(right, heads) > 0) & (many > 1)
    keep = useful[group]
    reading, right = reading[keep], right[keep]
    many = many[useful]
    place = rows[useful]
    heads = np.cumsum(many) - many
    group = np.repeat(np.arange(len(many)), many)
    tag = examples.tag[reading]
    o = out[place]
    own = examples.reading_features[reading]
    if options.ignore:
        own.data = own.data * (draw.random(own.nnz) >= options.ignore)
    score = np.einsum("ij,ij->i", o[group], weights["tags"][tag]) + own @ weights["readings"]
    score -= np.maximum.reduceat(score, heads)[group]
    p = np.exp(score)
    p /= np.add.reduceat(p, heads)[group]
    q = p * right
    mass = np.add.reduceat(q, heads)
    loss = float(-np.log(np.maximum(mass, 1e-12)).sum())
    g = ((p - q / np.maximum(mass, 1e-12)[group]) / len(many)).astype(np.float32)

    gradients: dict[str, Floats] = {}
    gradients["readings"] = np.asarray(own.T @ g).astype(np.float32)
    gradients["tags"] = matrix(tag, np.arange(len(tag)), (len(weights["tags"]), len(tag))) @ (g[:, None] * o[group])
    do = np.zeros_like(out)
    do[place] = np.add.reduceat(g[:, None] * weights["tags"][tag], heads, axis=0)
    gradients["out2"] = np.asarray(h2.T @ do, dtype=np.float32)
    gradients["out1"] = np.asarray(h1.T @ do, dtype=np.float32)
    dh2 = ((do @ weights["out2"].T) * mask2).astype(np.float32)
    gradients["bias2"] = dh2.sum(axis=0, dtype=np.float32)
    dh1, gradients["conv2"] = convolve_back(h1, weights["conv2"], dh2)
    dh1 += do @ weights["out1"].T
    dh1 *= mask1
    gradients["bias1"] = dh1.sum(axis=0)
    dx, gradients["conv1"] = convolve_back(x, weights["conv1"], dh1)
    dx *= mask0
    gradients["features"] = found.T @ dx[rows]
    gradients["pad"] = dx[~real].sum(axis=0)
    return gradients, loss, len(many)
