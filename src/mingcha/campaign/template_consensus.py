"""What most members say at each place of a backbone, and so the next backbone: words kept, slots opened, passages taken in.

A place is kept when more than half of the members that have it say the same there. Numbers are stricter: where a few
members have another number, it is a slot. Everything is counted in members, copies included.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mingcha.campaign.kernels.lay import Backbone, Bools, lay_all, single_grams
from mingcha.campaign.kernels.ranks import I32, I64
from mingcha.campaign.template_tokens import Tokens, grams, held_by

FEW = 10  # one member in so many: below it a passage is somebody's own, and another number a slip
OTHERS = 50  # one member in so many with another number makes a number a slot
PASSAGE = 6  # tokens that make a passage of their own
PASSAGE_GRAM = 4
DATE_ENDS = {("年", "月"), ("月", "日"), ("月", "号")}  # the last belongs to the date when the first stands within it
DATE_WORDS = frozenset("年月日号")
JOINTS = 2  # marks between two figures of one value
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


Run = tuple[int, int, int]  # members, first token, token after the last


class Said(NamedTuple):
    """Tokens most put first at a place, whether something of their own follows, tokens most put last."""

    ahead: tuple[int, int]
    opens: bool
    behind: tuple[int, int]


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
    slots[list(said)] = [one.opens for one in said.values()]
    joined = _joined(tokens, laid, slots)
    kept &= ~joined
    slots[:-1] |= varies | joined
    out = _Writer()
    for j in range(len(draft.keys) + 1):
        if j in said:
            out.put(tokens, said[j].ahead)
        if slots[j]:
            out.open()
        if j in said:
            out.put(tokens, said[j].behind)
        if j in taken:
            out.put(tokens, taken[j])
        if j < len(draft.keys) and kept[j]:
            out.keys.append(int(keys[j]))
            out.fulls.append(int(fulls[j]))
            out.slots.append(False)
    return out.draft()


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
    varies |= _spanned(tokens, laid, top)
    return keys, fulls, ~weak & ~varies, varies


def _spanned(tokens: Tokens, laid: Laid, top: I64) -> Bools:
    """Places between two that most members hold, where most of those that hold both have something, whatever it is.

    It tells values that recur from an optional passage: who lacks the passage has nothing there. What most of those say
    that say something is not a value.
    """
    solid = top * 2 > tokens.total
    held = np.flatnonzero(solid)
    loose = np.diff(held, prepend=-1, append=len(solid)) > 1
    if not loose.any():
        return np.zeros(len(solid), np.bool_)
    number = np.full(len(solid), -1, np.int64)
    number[held] = np.arange(1, len(held) + 1)
    where = np.full((len(tokens.texts), len(held) + 2), -1, np.int64)
    where[:, 0], where[:, -1] = tokens.offsets[:-1] - 1, tokens.offsets[1:]
    on = np.flatnonzero((laid.at >= 0) & ~laid.moved)
    on = on[number[laid.at[on]] > 0]
    where[tokens.owners[on], number[laid.at[on]]] = on
    both = (where[:, 1:] >= 0) & (where[:, :-1] >= 0)
    both[:, 0], both[:, -1] = where[:, 1] >= 0, where[:, -2] >= 0
    some = both & (np.diff(where, axis=1) > 1)
    having = tokens.weights @ some
    full, span = loose & (having * 2 > tokens.weights @ both), np.cumsum(solid)
    inside: Bools = ~solid & full[span] & (top * 2 <= having[span])
    return inside


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


def _having(tokens: Tokens, laid: Laid) -> I64:
    """How many members put something before each place."""
    firsts, _, gaps = inserted(tokens, laid)
    pairs = np.unique(gaps * len(tokens.texts) + tokens.owners[firsts])
    weights = tokens.weights[pairs % len(tokens.texts)]
    return np.bincount(pairs // len(tokens.texts), weights, minlength=len(laid.cover) + 1).astype(np.int64)


def filled(tokens: Tokens, laid: Laid) -> Bools:
    """Places before which more than half of the members that have its surroundings put something."""
    having = _having(tokens, laid)
    left = np.concatenate([laid.cover[:1], laid.cover])
    right = np.concatenate([laid.cover, laid.cover[-1:]])
    around = np.minimum(left, right) if len(laid.cover) else np.full(1, tokens.total)
    enough: Bools = (having * 2 > around) & (having >= _few(tokens))
    return enough


def _said_alike(tokens: Tokens, laid: Laid, places: I64) -> dict[int, "Said"]:
    """What most members put first and last at each of some places, which then is no value. Numbers are always values."""
    firsts, lasts, gaps = inserted(tokens, laid)
    chosen = np.isin(gaps, places)
    runs: dict[int, list[Run]] = {}
    for first, last, gap in zip(*(a[chosen].tolist() for a in (firsts, lasts, gaps)), strict=True):
        runs.setdefault(gap, []).append((int(tokens.weights[tokens.owners[first]]), first, last))
    out: dict[int, Said] = {}
    for gap, those in runs.items():
        need = max(sum(run[0] for run in those), int(laid.cover[max(0, gap - 1) : gap + 1].min(initial=tokens.total)))
        ahead, agreed = _agreed(tokens, those, need, True)
        whole = sum(run[0] for run in agreed if run[2] - run[1] == ahead) * 2 > need
        heads = set(agreed)
        rest = [
            (weight, first + (ahead if (weight, first, last) in heads else 0), last) for weight, first, last in those
        ]
        behind, ended = (0, agreed) if whole else _agreed(tokens, rest, need, False)
        head, tail = agreed[0], ended[0]
        out[gap] = Said((head[1], head[1] + ahead), not whole, (tail[2] - behind, tail[2]))
    return out


def _agreed(tokens: Tokens, runs: list[Run], need: int, forward: bool) -> tuple[int, list[Run]]:
    """How many tokens at the start (or end) more than half of `need` members share, and the runs that have them."""
    size = 0
    while True:
        saying: dict[int, list[Run]] = {}
        for run in runs:
            if run[2] - run[1] > size:
                saying.setdefault(int(tokens.keys[run[1] + size if forward else run[2] - 1 - size]), []).append(run)
        weight, key = max(((sum(r[0] for r in those), -key) for key, those in saying.items()), default=(0, 0))
        if weight * 2 <= need or tokens.vocabulary.numeric[-key] or tokens.vocabulary.words[-key] in DATE_WORDS:
            return size, runs
        size, runs = size + 1, saying[-key]


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
    # what many put in one place is a slot's value, however often it recurs, unless most of them put the same
    busy = np.where(filled(tokens, laid), _having(tokens, laid), 0)[np.where(room > 0, -1 - laid.at, 0)]
    held[held * 2 <= busy] = 0
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


def _joined(tokens: Tokens, laid: Laid, slots: Bools) -> Bools:
    """Places that belong to the figures beside them: marks and date words between two, and the end of a date."""
    firsts, lasts, gaps = inserted(tokens, laid)
    weights, known = tokens.weights[tokens.owners[firsts]], tokens.vocabulary
    runs = np.bincount(gaps, weights, minlength=len(slots))

    def mostly(flags: Bools) -> Bools:
        most: Bools = np.bincount(gaps, weights * flags, minlength=len(slots)) * 2 > runs
        return most

    begins, ends = mostly(known.numeric[tokens.keys[firsts]]), mostly(known.numeric[tokens.keys[lasts - 1]])
    out = np.zeros(len(laid.cover), np.bool_)
    marks = np.flatnonzero(slots)
    for left, right in zip(marks[:-1].tolist(), marks[1:].tolist(), strict=True):
        near = right - left <= JOINTS and bool(known.joint[laid.draft.fulls[left:right]].all())
        out[left:right] = near and ends[left] and begins[right]
    words = np.array(known.words)
    for holds, closes in DATE_ENDS:
        counts = np.concatenate([np.zeros(1, np.int64), np.cumsum((words == holds)[tokens.keys])])
        dated = slots & ends & mostly(counts[lasts] > counts[firsts])
        out |= dated[:-1] & (words[laid.draft.keys] == closes)
    return out
