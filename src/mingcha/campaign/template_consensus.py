"""What most members say at each place of a backbone, and so the next backbone: words kept, slots opened, passages taken in.

A place is kept when more than half of the members that have it say the same there. Numbers are stricter: where a few
members have another number, it is a slot. Everything is counted in members, copies included.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingcha.campaign.kernels.lay import Backbone, Bools, lay_all, single_grams
from mingcha.campaign.kernels.ranks import I32, I64
from mingcha.campaign.template_tokens import Tokens, grams, held_by

FEW = 20  # one member in so many: below it a passage is somebody's own, and another number a slip
OTHERS = 50  # one member in so many with another number makes a number a slot
PASSAGE = 6  # tokens that make a passage of their own
PASSAGE_GRAM = 4
AT_ONCE = 8  # passages taken in in one round


@dataclass(frozen=True, slots=True)
class Draft:
    """A backbone with its spelling: token j is `fulls[j]`; `slots[j]`: one stands before it (`slots[-1]`: at the end)."""

    keys: I32
    fulls: I32
    slots: Bools


@dataclass(frozen=True, slots=True)
class Laid:
    """All texts laid beside a draft, as `kernels.lay` says, and how many members have each of its places."""

    draft: Draft
    at: I32
    moved: Bools
    cover: I64


def lay(tokens: Tokens, draft: Draft) -> Laid:
    """Lay all texts beside a draft."""
    backbone = Backbone(draft.keys, draft.slots, *single_grams(draft.keys))
    at, moved = lay_all(tokens.keys, tokens.offsets, backbone)
    on = at >= 0
    weights = tokens.weights[tokens.owners[on]]
    cover = np.bincount(at[on], weights=weights, minlength=len(draft.keys)).astype(np.int64)
    return Laid(draft, at, moved, cover)


def revise(tokens: Tokens, laid: Laid) -> Draft:
    """The next draft. A draft that is its own next is settled."""
    draft = laid.draft
    keys, fulls, kept, varies = _columns(tokens, laid)
    slots = filled(tokens, laid)
    said, taken = _said_alike(tokens, laid, np.flatnonzero(slots)), passages(tokens, laid)
    slots[list(said)] = False
    slots[:-1] |= varies
    out = _Writer()
    for j in range(len(draft.keys) + 1):
        if j in said:
            out.put(tokens, said[j])
        if slots[j]:
            out.open()
        if j in taken:
            out.put(tokens, taken[j])
        if j < len(draft.keys) and kept[j]:
            out.keys.append(int(keys[j]))
            out.fulls.append(int(fulls[j]))
            out.slots.append(False)
    return _join(tokens, out.draft())


class _Writer:
    """A draft being written; `slots` is one longer than the tokens."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self.fulls: list[int] = []
        self.slots = [False]

    def open(self) -> None:
        self.slots[-1] = True

    def put(self, tokens: Tokens, stretch: tuple[int, int]) -> None:
        for i in range(*stretch):
            self.keys.append(int(tokens.keys[i]))
            self.fulls.append(int(tokens.fulls[i]))
            self.slots.append(False)

    def draft(self) -> Draft:
        return Draft(np.array(self.keys, np.int32), np.array(self.fulls, np.int32), np.array(self.slots, np.bool_))


def _columns(tokens: Tokens, laid: Laid) -> tuple[I32, I32, Bools, Bools]:
    """For each place: the word most say, how most of them write it, whether it stays, and whether it is a slot."""
    size, words = len(laid.draft.keys), len(tokens.vocabulary.words)
    on = np.flatnonzero(laid.at >= 0)
    cols, said = laid.at[on].astype(np.int64), tokens.keys[on]
    weights = tokens.weights[tokens.owners[on]]
    keys, top = _most(cols, said, weights, (size, words))
    mine = said == keys[cols]
    fulls, _ = _most(cols[mine], tokens.fulls[on][mine], weights[mine], (size, words))
    numeric = tokens.vocabulary.numeric
    other = np.bincount(cols, weights=weights * (numeric[said] & ~mine), minlength=size)
    strays = numeric[keys] & (other > 0) & (other * OTHERS >= laid.cover)
    few = _few(tokens)
    weak = (laid.cover * 2 <= _around(laid.cover)) | (laid.cover < few)
    varies = ((top * 2 <= laid.cover) | strays) & (laid.cover >= few)
    return keys, fulls, ~weak & ~varies, varies


def _few(tokens: Tokens) -> int:
    """Members that must have a passage for it to belong to the template."""
    return min(tokens.total, max(2, tokens.total // FEW))


def _most(cols: I64, said: I32, weights: I64, sizes: tuple[int, int]) -> tuple[I32, I64]:
    """The word with most weight in each column (of equals the smaller id; 0 in empty columns), and its weight."""
    size, words = sizes
    pairs, where = np.unique(cols * words + said, return_inverse=True)
    sums = np.bincount(where, weights=weights, minlength=len(pairs)).astype(np.int64)
    order = np.lexsort((pairs, -sums, pairs // words))
    heads, first = np.unique((pairs // words)[order], return_index=True)
    best, top = np.zeros(size, np.int32), np.zeros(size, np.int64)
    best[heads], top[heads] = (pairs % words)[order][first], sums[order][first]
    return best, top


def _around(cover: I64) -> I64:
    """What the places within a passage's length have on the side that has less: short dips stay far below it."""
    padded = np.concatenate([np.zeros(PASSAGE, np.int64), cover, np.zeros(PASSAGE, np.int64)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, PASSAGE + 1).max(axis=1)
    least: I64 = np.minimum(windows[: len(cover)], windows[PASSAGE:])
    return least


def inserted(tokens: Tokens, laid: Laid) -> tuple[I64, I64, I64]:
    """Runs of tokens put before one place: their first token, the token after the last, and the place."""
    off = laid.at < 0
    fresh = np.ones(len(off), np.bool_)
    fresh[1:] = (laid.at[1:] != laid.at[:-1]) | (tokens.owners[1:] != tokens.owners[:-1])
    firsts = np.flatnonzero(off & fresh)
    bounds = np.append(np.flatnonzero(fresh), len(off))
    lasts = bounds[np.searchsorted(bounds, firsts, side="right")]
    return firsts, lasts, -1 - laid.at[firsts].astype(np.int64)


def filled(tokens: Tokens, laid: Laid) -> Bools:
    """Places before which more than half of the members that have its surroundings put something."""
    firsts, _, gaps = inserted(tokens, laid)
    places = len(laid.cover) + 1
    pairs = np.unique(gaps * len(tokens.texts) + tokens.owners[firsts])
    having = np.bincount(pairs // len(tokens.texts), tokens.weights[pairs % len(tokens.texts)], minlength=places)
    left = np.concatenate([laid.cover[:1], laid.cover])
    right = np.concatenate([laid.cover, laid.cover[-1:]])
    around = np.minimum(left, right) if len(laid.cover) else np.full(1, tokens.total)
    enough: Bools = (having * 2 > around) & (having >= _few(tokens))
    return enough


def _said_alike(tokens: Tokens, laid: Laid, places: I64) -> dict[int, tuple[int, int]]:
    """Where most members put the very same words: those words, as a stretch of tokens. Numbers alone are no words."""
    firsts, lasts, gaps = inserted(tokens, laid)
    chosen = np.isin(gaps, places)
    votes: dict[int, dict[bytes, tuple[int, int, int]]] = {}
    for first, last, gap in zip(*(a[chosen].tolist() for a in (firsts, lasts, gaps)), strict=True):
        weight = int(tokens.weights[tokens.owners[first]])
        said = votes.setdefault(gap, {})
        key = tokens.keys[first:last].tobytes()
        had = said.get(key)
        said[key] = (weight, first, last) if had is None else (had[0] + weight, had[1], had[2])
    out: dict[int, tuple[int, int]] = {}
    for gap, said in votes.items():
        total = sum(weight for weight, _, _ in said.values())
        weight, first, last = max(said.values(), key=lambda v: (v[0], -v[1]))
        numbers = tokens.vocabulary.numeric[tokens.keys[first:last]].any() and len(said) > 1
        if weight * 2 > max(total, int(laid.cover[gap - 1 : gap + 1].min(initial=tokens.total))) and not numbers:
            out[gap] = first, last
    return out


def passages(tokens: Tokens, laid: Laid) -> dict[int, tuple[int, int]]:
    """Passages several members put where the draft has nothing, as a place and a stretch of tokens of one of them."""
    firsts, lasts, gaps = inserted(tokens, laid)
    long = lasts - firsts >= PASSAGE
    room = np.zeros(len(laid.at), np.int64)  # tokens left in the run, 0 outside long runs
    for first, last in zip(firsts[long].tolist(), lasts[long].tolist(), strict=True):
        room[first:last] = np.arange(last - first, 0, -1)
    hashes, _ = grams(tokens, PASSAGE_GRAM)
    held = held_by(tokens, hashes, room >= PASSAGE_GRAM)
    held[held < max(2, _few(tokens))] = 0
    out: dict[int, tuple[int, int]] = {}
    for _ in range(AT_ONCE):
        scores = np.concatenate([np.zeros(1, np.int64), np.cumsum(held)])
        gains = scores[lasts] - scores[firsts]
        gains[np.isin(gaps, list(out))] = 0
        if not len(gains) or not gains.any():
            break
        best = int(np.argmax(gains))
        common = firsts[best] + np.flatnonzero(held[firsts[best] : lasts[best]])
        first, last = int(common[0]), int(common[-1]) + PASSAGE_GRAM
        if last - first >= PASSAGE:
            out[int(gaps[best])] = first, last
        held[np.isin(hashes, hashes[firsts[best] : lasts[best]])] = 0
    return out


def _join(tokens: Tokens, draft: Draft) -> Draft:
    """The draft with slots merged over the marks and date words between two of them."""
    joint, slots = tokens.vocabulary.joint, draft.slots
    keep = np.ones(len(draft.keys), np.bool_)
    marks = np.flatnonzero(slots)
    for left, right in zip(marks[:-1].tolist(), marks[1:].tolist(), strict=True):
        if right - left <= 2 and joint[draft.fulls[left:right]].all():
            keep[left:right] = False
    return Draft(draft.keys[keep], draft.fulls[keep], slots[np.append(keep, True)])
