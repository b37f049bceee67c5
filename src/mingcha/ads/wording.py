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
APART = "\x03"  # stands between stretches that are read together
WEIGHS = 100  # thousandths below which a reason is not shown
WHOLE = 1e6  # parts of a thousandth that shares are counted in


@dataclass(frozen=True, slots=True)
class Wording:
    """Of each post its two log-odds of an ad, shape (p, 2), and what its wording adds to each answer, shape (p, answers); and its
    passages with what they add to the lesser, in thousandths: (start, end, weight) of folded characters."""

    odds: Floats
    answers: Floats
    passages: tuple[tuple[tuple[int, int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of posts laid end to end: their keys, posts, and the characters `starts:ends` they cover."""

    keys: NDArray[np.int64]
    posts: Rows
    starts: Rows
    ends: Rows


def stretches(posts_: Sequence[Sounded]) -> Stretches:
    """All stretches of posts; characters are counted through all of them."""
    bounds = np.cumsum([0, *(one.length for one in posts_)])
    codes, starts, ends = (np.concatenate(part) for part in zip(*map(_edged, posts_, bounds.tolist()), strict=True))
    posts = np.repeat(np.arange(len(posts_)), [len(one.codes) + 2 for one in posts_])
    two = (codes[:-1] << BITS) | codes[1:]
    three = (two[:-1] << BITS) | codes[2:]
    inside = [np.flatnonzero(posts[:-size] == posts[size:]) for size in (1, 2)]
    return Stretches(
        np.concatenate([two[inside[0]], three[inside[1]]]),
        np.concatenate([posts[inside[0]], posts[inside[1]]]),
        np.concatenate([starts[inside[0]], starts[inside[1]]]),
        np.concatenate([ends[inside[0] + 1], ends[inside[1] + 2]]),
    )


def _edged(units: Sounded, at: int) -> tuple[Rows, Rows, Rows]:
    codes = np.full(len(units.codes) + 2, EDGE, np.int64)
    codes[1:-1] = units.codes
    starts, ends = np.full(len(codes), at, np.int64), np.full(len(codes), at, np.int64)
    starts[1:-1] += units.starts
    ends[1:-1] += units.ends
    starts[-1] += units.length
    ends[-1] += units.length
    return codes, starts, ends


def keys_of(texts: Sequence[str]) -> NDArray[np.int64]:
    """The keys of stretches as `written`, all read in one go."""
    codes = sounded(APART.join(["", *texts, ""])).codes.astype(np.int64)
    codes[np.isin(codes, [ord(edge) for edge in EDGES])] = EDGE
    ends = np.flatnonzero(codes == ord(APART))
    first, size = ends[:-1] + 1, np.diff(ends) - 1
    codes = np.append(codes, 0)
    keys = codes[first] << BITS | codes[first + 1]
    return np.where(size == 3, keys << BITS | codes[np.minimum(first + 2, len(codes) - 1)], keys)


def written(text: str) -> dict[int, str]:
    """The stretches of one folded text by key, as a model's file writes them: edges as angle brackets."""
    found = stretches([sounded(text)])
    first, last = EDGE << BITS, (1 << BITS) - 1
    return {
        key: (EDGES[0] if key >> BITS == EDGE or key >> 2 * BITS == EDGE else "")
        + text[start:end]
        + (EDGES[1] if key & last == EDGE else "")
        for key, start, end in zip(found.keys.tolist(), found.starts.tolist(), found.ends.tolist(), strict=True)
        if key != (first | EDGE)
    }


def weigh(model: AdModel, read: Sequence[Sounded], before: Floats) -> Wording:
    """What the wording of posts adds to the log-odds `before` it, shape (p, 2)."""
    found, count = stretches(read), len(read)
    at = np.minimum(np.searchsorted(model.gram_keys, found.keys), len(model.gram_keys) - 1)
    known = np.flatnonzero(model.gram_keys[at] == found.keys)
    each, first = np.unique(found.posts[known] * len(model.gram_keys) + at[known], return_index=True)
    posts, rows = np.divmod(each, len(model.gram_keys))
    steady = 1 / np.sqrt(np.bincount(posts, minlength=count) + model.steady)
    ad = model.gram_weights.ad[rows] * steady[posts, None]
    odds = before + np.column_stack([np.bincount(posts, of, count) for of in ad.T])
    ad = ad[np.arange(len(posts)), odds.argmin(axis=1)[posts]]
    answers = np.zeros((count, len(model.answers)))
    heads = np.flatnonzero(np.diff(posts, prepend=-1))
    if len(heads):
        answers[posts[heads]] = np.add.reduceat(model.gram_weights.answers[rows], heads, axis=0)
    first = known[first]
    return Wording(
        odds,
        answers * steady[:, None],
        _passages([one.length for one in read], found.starts[first], found.ends[first], ad * SCALE),
    )


def _passages(
    lengths: Sequence[int], starts: Rows, ends: Rows, weights: Floats
) -> tuple[tuple[tuple[int, int, int], ...], ...]:
    bounds = np.cumsum([0, *lengths])
    each = np.rint(weights / np.maximum(ends - starts, 1) * WHOLE)  # whole numbers: their sums are exact in any company
    size = int(bounds[-1]) + 1
    share = np.cumsum(np.bincount(starts, each, size) - np.bincount(ends, each, size))[:-1]
    side = np.sign(share)
    out: list[list[tuple[int, int, int]]] = [[] for _ in lengths]
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
