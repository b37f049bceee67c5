"""The model of `ads-model@<date>`: what each feature adds to the log-odds of an ad, and which answer it then speaks for.

Sums, a logistic, nothing hidden: every weight stands in one file beside the stretch of wording or the cue it is of. There are
two sums, for an ad has to be told from what does not solicit and from what solicits for something else; the lesser of the two
counts. Weights are thousandths of log-odds and come from texts written for it (bench/ads_train.py). A stretch of wording counts
by the square root of how many known stretches a post has, so that a long post is no surer than a short one for its length alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
SCALE = 1000
SUMS = 2


@dataclass(frozen=True, slots=True)
class Weights:
    """For the log-odds of an ad, shape (n, 2): against what does not solicit, against what solicits for something else; and for
    each answer, shape (n, answers); a row a feature."""

    ad: Floats
    answers: Floats


@dataclass(frozen=True, slots=True)
class AdModel:
    """Weights of named features and of stretches of wording, the latter sorted by key; `lines[i]` is from where on a post longer
    than `i` of the `lengths` (in units of `text.sounded`) is an ad, `steady` how many stretches any post is taken to have besides:
    one of two is never sure for them alone."""

    id: str
    answers: tuple[str, ...]
    bias: Weights
    named: Mapping[str, int]
    named_weights: Weights
    gram_keys: NDArray[np.int64]
    gram_weights: Weights
    lengths: tuple[int, ...]
    lines: tuple[float, ...]
    steady: int

    def line(self, length: int, *, offered: bool) -> float:
        """The probability from which a post is an ad; where no offer is seen it must be twice as near to certain."""
        line = self.lines[sum(length > size for size in self.lengths)]
        return line if offered else (1 + line) / 2

    def known(self, features: Sequence[str]) -> list[int]:
        """Rows of the named features the model knows."""
        return [self.named[name] for name in features if name in self.named]


def load_model(data: Mapping[str, Any], keys_of: Callable[[Sequence[str]], Rows]) -> AdModel:
    """A model from its parsed JSON: `id, answers, lengths, lines`, and weights `bias, named {feature: row}, grams {stretch: row}`.

    `keys_of` is `wording.keys_of`. A row is what it adds to either sum, then, where it speaks for any, what it adds to each answer.
    """
    width = len(data["answers"])
    keys, rows = keys_of(list(data["grams"])), _weights(data["grams"].values(), width)
    order = np.argsort(keys)
    return AdModel(
        id=data["id"],
        answers=tuple(data["answers"]),
        bias=_weights([data["bias"]], width),
        named={name: at for at, name in enumerate(data["named"])},
        named_weights=_weights(data["named"].values(), width),
        gram_keys=keys[order],
        gram_weights=Weights(rows.ad[order], rows.answers[order]),
        lengths=tuple(data["lengths"]),
        lines=tuple(line / SCALE for line in data["lines"]),
        steady=data["steady"],
    )


def _weights(rows: Any, width: int) -> Weights:
    whole = np.array([[*row, *[0] * (width + SUMS - len(row))] for row in rows], np.float64) / SCALE
    return Weights(whole[:, :SUMS].copy(), whole[:, SUMS:].copy())
