"""What the wording of posts adds, many posts at once: sums of known stretches, and the passages they stand in.

A stretch is two or three units of the text as it sounds, the edges of the post among them; each counts once a post, where it
first stands. It gives the characters it covers an equal share; neighbouring characters on one side are one passage.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingcha.ads.model import SCALE, AdModel, Floats, Rows
from mingcha.text.sounded import Sounded, sounded

BITS = 21  # of a code point
EDGE = 1  # stands before the first and after the last unit
EDGES = ("⟨", "⟩")  # how the two are written
WEIGHS = 100  # thousandths below which a reason is not shown
WHOLE = 1e6  # parts of a thousandth that shares are counted in


@dataclass(frozen=True, slots=True)
class Wording:
    """Of each post what its wording adds to the log-odds of an ad, shape (p,), and to each answer, shape (p, answers); and its
    passages with what they add, in thousandths: (start, end, weight) of folded characters."""

    ad: Floats
    answers: Floats
    passages: tuple[tuple[tuple[int, int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of posts laid end to end: their keys, posts, and the characters `starts:ends` they cover."""

    keys: NDArray[np.int64]
    posts: Rows
    starts: Rows
    ends: Rows


def stretches(texts: Sequence[str]) -> Stretches:
    """All stretches of folded texts; characters are counted through all texts."""
    read = [sounded(text) for text in texts]
    bounds = np.cumsum([0, *map(len, texts)])
    codes, starts, ends = (
        np.concatenate(part) for part in zip(*map(_edged, read, texts, bounds.tolist()), strict=True)
    )
    posts = np.repeat(np.arange(len(texts)), [len(one.codes) + 2 for one in read])
    two = (codes[:-1] << BITS) | codes[1:]
    three = (two[:-1] << BITS) | codes[2:]
    inside = [np.flatnonzero(posts[:-size] == posts[size:]) for size in (1, 2)]
    return Stretches(
        np.concatenate([two[inside[0]], three[inside[1]]]),
        np.concatenate([posts[inside[0]], posts[inside[1]]]),
        np.concatenate([starts[inside[0]], starts[inside[1]]]),
        np.concatenate([ends[inside[0] + 1], ends[inside[1] + 2]]),
    )


def _edged(units: Sounded, text: str, at: int) -> tuple[Rows, Rows, Rows]:
    codes = np.full(len(units.codes) + 2, EDGE, np.int64)
    codes[1:-1] = units.codes
    starts, ends = np.full(len(codes), at, np.int64), np.full(len(codes), at, np.int64)
    starts[1:-1] += units.starts
    ends[1:-1] += units.ends
    starts[-1] += len(text)
    ends[-1] += len(text)
    return codes, starts, ends


def key_of(text: str) -> int:
    """The key of a stretch as `written`."""
    inner = sounded(text.strip("".join(EDGES))).codes.tolist()
    units = [*([EDGE] if text.startswith(EDGES[0]) else []), *inner, *([EDGE] if text.endswith(EDGES[1]) else [])]
    key = 0
    for unit in units:
        key = key << BITS | unit
    return key


def written(text: str) -> dict[int, str]:
    """The stretches of one folded text by key, as a model's file writes them: edges as angle brackets."""
    found = stretches([text])
    first, last = EDGE << BITS, (1 << BITS) - 1
    return {
        key: (EDGES[0] if key >> BITS == EDGE or key >> 2 * BITS == EDGE else "")
        + text[start:end]
        + (EDGES[1] if key & last == EDGE else "")
        for key, start, end in zip(found.keys.tolist(), found.starts.tolist(), found.ends.tolist(), strict=True)
        if key != (first | EDGE)
    }


def weigh(model: AdModel, texts: Sequence[str]) -> Wording:
    """What the wording of folded texts adds."""
    found, count = stretches(texts), len(texts)
    at = np.minimum(np.searchsorted(model.gram_keys, found.keys), len(model.gram_keys) - 1)
    known = np.flatnonzero(model.gram_keys[at] == found.keys)
    each, first = np.unique(found.posts[known] * len(model.gram_keys) + at[known], return_index=True)
    posts, rows = np.divmod(each, len(model.gram_keys))
    steady = 1 / np.sqrt(np.bincount(posts, minlength=count) + model.steady)
    ad = model.gram_weights.ad[rows] * steady[posts]
    answers = np.zeros((count, len(model.answers)))
    heads = np.flatnonzero(np.diff(posts, prepend=-1))
    if len(heads):
        answers[posts[heads]] = np.add.reduceat(model.gram_weights.answers[rows], heads, axis=0)
    first = known[first]
    return Wording(
        np.bincount(posts, ad, count).astype(np.float64),
        answers * steady[:, None],
        _passages(texts, found.starts[first], found.ends[first], ad * SCALE),
    )


def _passages(
    texts: Sequence[str], starts: Rows, ends: Rows, weights: Floats
) -> tuple[tuple[tuple[int, int, int], ...], ...]:
    bounds = np.cumsum([0, *map(len, texts)])
    each = np.rint(weights / np.maximum(ends - starts, 1) * WHOLE)  # whole numbers: their sums are exact in any company
    size = int(bounds[-1]) + 1
    share = np.cumsum(np.bincount(starts, each, size) - np.bincount(ends, each, size))[:-1]
    side = np.sign(share)
    out: list[list[tuple[int, int, int]]] = [[] for _ in texts]
    if not len(share):
        return tuple(map(tuple, out))
    cuts = np.union1d(np.flatnonzero(np.diff(side)) + 1, bounds[bounds < size - 1])
    sums = np.add.reduceat(share, cuts) / WHOLE
    told = np.flatnonzero(np.abs(sums) >= WEIGHS)
    begin, end = cuts[told], np.append(cuts, size - 1)[told + 1]
    whose = np.searchsorted(bounds, begin, side="right") - 1
    whole = np.rint(sums[told]).astype(int)
    for post, first, last, weight in zip(whose.tolist(), begin.tolist(), end.tolist(), whole.tolist(), strict=True):
        out[post].append((first - int(bounds[post]), last - int(bounds[post]), weight))
    return tuple(map(tuple, out))
