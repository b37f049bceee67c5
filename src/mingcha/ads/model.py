"""The model of `ads-model@<date>`: what each feature adds to the log-odds of an ad, and which answer it then speaks for.

Sums, a logistic, nothing hidden: every weight stands in one file beside the stretch of wording or the cue it is of. Weights
are thousandths of log-odds and come from texts written for it (bench/ads_train.py). A stretch of wording counts by the square
root of how many known stretches a post has, so that a long post is no surer than a short one for its length alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
SCALE = 1000


@dataclass(frozen=True, slots=True)
class Weights:
    """For the log-odds of an ad, shape (n,), and for each answer, shape (n, answers), a row a feature."""

    ad: Floats
    answers: Floats


@dataclass(frozen=True, slots=True)
class AdModel:
    """Weights of named features and of stretches of wording, the latter sorted by key; `line` is from where on a post is an ad,
    `steady` how many stretches any post is taken to have besides: one of two is never sure for them alone."""

    id: str
    answers: tuple[str, ...]
    bias: Weights
    named: Mapping[str, int]
    named_weights: Weights
    gram_keys: NDArray[np.int64]
    gram_weights: Weights
    line: float
    steady: int

    def known(self, features: Sequence[str]) -> list[int]:
        """Rows of the named features the model knows."""
        return [self.named[name] for name in features if name in self.named]


def load_model(data: Mapping[str, Any], key_of: Callable[[str], int]) -> AdModel:
    """A model from its parsed JSON: `id, answers, line`, and weights `bias, named {feature: row}, grams {stretch: row}`.

    `key_of` is `wording.key_of`. A row is what it adds to an ad, then, where it speaks for any, what it adds to each answer.
    """
    width = len(data["answers"])
    keyed = sorted((key_of(text), row) for text, row in data["grams"].items())
    return AdModel(
        id=data["id"],
        answers=tuple(data["answers"]),
        bias=_weights([data["bias"]], width),
        named={name: at for at, name in enumerate(data["named"])},
        named_weights=_weights(data["named"].values(), width),
        gram_keys=np.array([key for key, _ in keyed], np.int64),
        gram_weights=_weights((row for _, row in keyed), width),
        line=data["line"] / SCALE,
        steady=data["steady"],
    )


def _weights(rows: Any, width: int) -> Weights:
    whole = np.array([[*row, *[0] * (width + 1 - len(row))] for row in rows], np.float64) / SCALE
    return Weights(whole[:, 0].copy(), whole[:, 1:].copy())
