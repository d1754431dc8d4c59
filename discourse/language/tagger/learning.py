"""The network under training: its weights, their steps by Adam, and convolutions with their gradients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from discourse.core import seeds
from discourse.language.tagger.network import REACH

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Options:
    """What training can be told; the defaults are those of the shipped weights."""

    seed: int = 20260601
    passes: int = 20
    batch: int = 1500  # tokens
    rate: float = 2e-3
    token: int = 64
    hidden: int = 64
    second: int = 64  # values of the second convolution
    output: int = 48
    narrow: int = 32  # what the second convolution sees of a token, once trained
    dropout: float = 0.35
    forget: float = 0.25  # how often a token's form and lemmas are hidden
    ignore: float = 0.15  # how often a reading's own feature is hidden
    decay: float = 2e-5
    minimum: int = 2  # how often a feature must be met


class Network:
    """The weights under training, with Adam's moments and the running mean."""

    def __init__(self, options: Options, segment_features: int, reading_features: int, tags: int) -> None:
        draw = seeds.stream(options.seed, "tagger", "weights")
        d, h, h2, m, k = options.token, options.hidden, options.second, options.output, 2 * REACH + 1

        def normal(*shape: int, scale: float) -> Floats:
            return (draw.standard_normal(shape) * scale).astype(np.float32)

        self.weights: dict[str, Floats] = {
            "features": normal(segment_features, d, scale=0.1),
            "pad": normal(d, scale=0.1),
            "conv1": normal(k, d, h, scale=float(np.sqrt(2 / (k * d)))),
            "bias1": np.zeros(h, np.float32),
            "conv2": normal(k, h, h2, scale=float(np.sqrt(2 / (k * h)))),
            "bias2": np.zeros(h2, np.float32),
            "out2": normal(h2, m, scale=float(np.sqrt(1 / h2))),
            "out1": normal(h, m, scale=float(np.sqrt(1 / h))),
            "tags": normal(tags, m, scale=float(np.sqrt(1 / m))),
            "readings": np.zeros(reading_features, np.float32),
        }
        self.first = {name: np.zeros_like(value) for name, value in self.weights.items()}
        self.second = {name: np.zeros_like(value) for name, value in self.weights.items()}
        self.mean = {name: np.zeros_like(value) for name, value in self.weights.items()}
        self.steps = 0
        self.meant = 0

    def update(self, gradients: dict[str, Floats], rate: float, decay: float) -> None:
        """Take one step of Adam; `decay` shrinks the weights of features."""
        self.steps += 1
        one, two = 1 - 0.9**self.steps, 1 - 0.999**self.steps
        for name, gradient in gradients.items():
            m, v, w = self.first[name], self.second[name], self.weights[name]
            m *= 0.9
            m += 0.1 * gradient
            v *= 0.999
            v += 0.001 * gradient * gradient
            w -= (rate / one) * m / (np.sqrt(v / two) + 1e-8)
            if decay and name in ("features", "readings"):
                w *= 1 - rate * decay * 1e3

    def remember(self) -> None:
        """Take the weights as they are now into the running mean."""
        self.meant += 1
        for name, value in self.weights.items():
            self.mean[name] += (value - self.mean[name]) / self.meant


def convolve(array: Floats, weights: Floats) -> Floats:
    """Each row's sum of products of the rows around it with the weights of their places; beyond the ends is nothing."""
    size = len(array)
    result = array @ weights[REACH]
    for index in range(len(weights)):
        by = index - REACH
        if by > 0 and size > by:
            result[:-by] += array[by:] @ weights[index]
        elif by < 0 and size > -by:
            result[-by:] += array[:by] @ weights[index]
    return result


def convolve_back(array: Floats, weights: Floats, gradient: Floats) -> tuple[Floats, Floats]:
    """Gradients of the input and of the weights of `convolve`."""
    into = np.zeros_like(array)
    of = np.zeros_like(weights)
    for index in range(len(weights)):
        by = index - REACH
        a = array[max(by, 0) : len(array) + min(by, 0)]
        g = gradient[max(-by, 0) : len(array) + min(-by, 0)]
        of[index] = a.T @ g
        into[max(by, 0) : len(array) + min(by, 0)] += g @ weights[index].T
    return into, of
